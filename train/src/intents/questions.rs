//! Example questions with what they ask about: from a playbook, or from a file of `text TAB label`.

use std::collections::{BTreeMap, BTreeSet};

use unstuck::{
    Error, ErrorKind, Playbook, Result,
    model::{intents::MAX_LABELS, text, vague},
};

/// Questions and their labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questions {
    /// The labels; a question's class is a position here.
    pub labels: Vec<String>,
    /// Each question with its class.
    pub rows: Vec<(String, usize)>,
    /// Questions that have none of the labels, to learn what is out of scope.
    pub outside: Vec<String>,
    /// What in the file its author will not have meant: a sentence each, with the line.
    pub doubts: Vec<String>,
}

/// What people may type anywhere and hardly any app is for.
const OFF_TOPIC: &str = include_str!("../../../models/corpus/off-topic.txt");
/// What people type who do not name their trouble: `text TAB hint`, a hint as in [`vague::LABELS`].
const VAGUE: &str = include_str!("vague.tsv");
/// None of their labels has more than one in so many of a playbook's questions, or they would drown a
/// small playbook's own.
const VAGUE_SHARE: usize = 8;

impl Questions {
    /// The example questions of a playbook's stuck points and intents, in its order. What has no
    /// question has no label: it can only be met by behaviour. The few questions of a playbook say little
    /// of what it is not for, so off-topic ones are put outside; and texts that do not name their trouble have labels of their own.
    pub fn from_playbook(playbook: &Playbook) -> Result<Self> {
        let points = playbook.stuck_points.iter().map(|p| (&p.id, &p.questions));
        let intents = playbook.intents.iter().map(|i| (&i.id, &i.questions));
        let outside = OFF_TOPIC.lines().map(str::to_owned).collect();
        let mut this = Self { outside, ..Self::default() };
        for (id, questions) in points.chain(intents) {
            let texts: Vec<&String> = questions.values().flatten().collect();
            if !texts.is_empty() {
                let class = this.labels.len();
                this.rows.extend(texts.into_iter().map(|text| (text.clone(), class)));
                this.labels.push(id.clone());
            }
        }
        let this = this.checked()?;
        Ok(this.with_vague())
    }

    /// More labels, for texts that do not name their trouble; a text that the playbook claims stays its.
    fn with_vague(mut self) -> Self {
        let taken: BTreeSet<String> = self.rows.iter().map(|(text, _)| text::normalise(text)).collect();
        let rows = VAGUE.lines().filter_map(|line| line.split_once('\t'));
        let free: Vec<_> = rows.filter(|(text, _)| !taken.contains(&text::normalise(text))).collect();
        let most = (self.rows.len() / VAGUE_SHARE).max(1);
        for (label, _) in vague::LABELS {
            let hint = label.trim_matches(['(', ')']);
            let mine: Vec<&str> = free.iter().filter(|(_, h)| *h == hint).map(|(text, _)| *text).collect();
            let kept = mine.len().min(most);
            // Evenly through the list, so that both languages keep their part.
            let some = (0..kept).map(|i| (mine[i * mine.len() / kept].to_owned(), self.labels.len()));
            self.rows.extend(some);
            self.labels.push(label.to_owned());
        }
        self
    }

    /// Reads lines of `text TAB label`; the labels are put in alphabetical order.
    pub fn from_tsv(tsv: &str) -> Result<Self> {
        let rows = read_tsv(tsv)?;
        let labels: BTreeSet<&str> = rows.iter().map(|row| row.label).collect();
        let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
        let mut this = Self::with_labels(&rows, labels)?;
        this.doubts.extend(doubts(&rows));
        this.checked()
    }

    /// Reads lines of `text TAB label` for a model that has these labels, such as a test set.
    pub fn from_tsv_for(tsv: &str, labels: &[String]) -> Result<Self> {
        Self::with_labels(&read_tsv(tsv)?, labels.to_vec())
    }

    fn with_labels(lines: &[Line], labels: Vec<String>) -> Result<Self> {
        let mut this = Self { labels, ..Self::default() };
        for Line { number, text, label } in lines {
            let class = this.labels.iter().position(|known| known == label).ok_or_else(|| {
                let known = this.labels.join(", ");
                wrong(*number, format!("the label `{label}` is unknown to the model; it knows {known}"))
            })?;
            if text::normalise(text).is_empty() {
                this.doubts.push(format!("line {number}: the text `{text}` has no letter; it is left out"));
            } else {
                this.rows.push(((*text).to_owned(), class));
            }
        }
        Ok(this)
    }

    fn checked(self) -> Result<Self> {
        let n = self.labels.len();
        if !(2..=MAX_LABELS).contains(&n) {
            let detail = format!("labels with questions: {n}; a model needs 2 to {MAX_LABELS}");
            return Err(Error::new(ErrorKind::Input, "questions", detail));
        }
        match self.rows.iter().find(|(question, _)| text::normalise(question).is_empty()) {
            Some((question, class)) => {
                let detail = format!("the question `{question}` has no letter: write what people type");
                Err(Error::new(ErrorKind::Input, self.labels[*class].clone(), detail))
            }
            None => Ok(self),
        }
    }
}

/// Texts, one a line, with an optional tab and label behind them, which are left out.
pub fn read_texts(tsv: &str) -> Vec<&str> {
    let lines = tsv.lines().map(|line| line.split_once('\t').map_or(line, |(text, _)| text));
    lines.filter(|text| !text.trim().is_empty()).collect()
}

/// A line of a file of questions.
struct Line<'a> {
    /// From 1.
    number: usize,
    text: &'a str,
    label: &'a str,
}

fn read_tsv(tsv: &str) -> Result<Vec<Line<'_>>> {
    let mut lines = Vec::new();
    for (i, line) in tsv.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let number = i + 1;
        let parts = line.split_once('\t').filter(|(_, label)| !label.trim().is_empty());
        let (text, label) =
            parts.ok_or_else(|| wrong(number, "each line must be a text, a tab and a label".to_owned()))?;
        lines.push(Line { number, text, label: label.trim() });
    }
    if lines.is_empty() {
        return Err(Error::new(ErrorKind::Input, "questions", "the file holds no question"));
    }
    Ok(lines)
}

/// Texts that stand there twice: with the same label they count twice, with two they teach nothing.
fn doubts(lines: &[Line]) -> Vec<String> {
    let mut first: BTreeMap<String, &Line> = BTreeMap::new();
    let mut doubts = Vec::new();
    for line in lines.iter().filter(|line| !text::normalise(line.text).is_empty()) {
        let Some(before) = first.get(&text::normalise(line.text)) else {
            first.insert(text::normalise(line.text), line);
            continue;
        };
        let place = format!("line {}: the same text as in line {}", line.number, before.number);
        doubts.push(if before.label == line.label {
            format!("{place}; it counts twice")
        } else {
            format!("{place}, but with the label `{}` and not `{}`; decide for one", line.label, before.label)
        });
    }
    doubts
}

fn wrong(line: usize, detail: String) -> Error {
    Error::new(ErrorKind::Input, format!("line {line}"), detail)
}
