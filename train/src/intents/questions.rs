//! Example questions with what they ask about: from a playbook, or from a file of `text TAB label`.

use std::collections::BTreeSet;

use unstuck::{
    Error, ErrorKind, Playbook, Result,
    model::{intents::MAX_LABELS, text},
};

/// Questions and their labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questions {
    /// The labels; a question's class is a position here.
    pub labels: Vec<String>,
    /// Each question with its class.
    pub rows: Vec<(String, usize)>,
}

impl Questions {
    /// The example questions of a playbook's stuck points and intents, in its order. What has no
    /// question has no label: it can only be met by behaviour.
    pub fn from_playbook(playbook: &Playbook) -> Result<Self> {
        let points = playbook.stuck_points.iter().map(|p| (&p.id, &p.questions));
        let intents = playbook.intents.iter().map(|i| (&i.id, &i.questions));
        let mut this = Self::default();
        for (id, questions) in points.chain(intents) {
            let texts: Vec<&String> = questions.values().flatten().collect();
            if !texts.is_empty() {
                let class = this.labels.len();
                this.rows.extend(texts.into_iter().map(|text| (text.clone(), class)));
                this.labels.push(id.clone());
            }
        }
        this.checked()
    }

    /// Reads lines of `text TAB label`; the labels are put in alphabetical order.
    pub fn from_tsv(tsv: &str) -> Result<Self> {
        let rows = read_tsv(tsv)?;
        let labels: BTreeSet<&str> = rows.iter().map(|(_, label)| *label).collect();
        let labels: Vec<String> = labels.into_iter().map(str::to_owned).collect();
        Self::with_labels(&rows, labels)?.checked()
    }

    /// Reads lines of `text TAB label` for a model that has these labels, such as a test set.
    pub fn from_tsv_for(tsv: &str, labels: &[String]) -> Result<Self> {
        Self::with_labels(&read_tsv(tsv)?, labels.to_vec())
    }

    fn with_labels(rows: &[(&str, &str)], labels: Vec<String>) -> Result<Self> {
        let class = |(i, (text, label)): (usize, &(&str, &str))| {
            let class = labels.iter().position(|l| l == label).ok_or_else(|| {
                wrong(
                    i,
                    format!("the label `{label}` is unknown to the model; it knows {}", labels.join(", ")),
                )
            })?;
            Ok(((*text).to_owned(), class))
        };
        let rows = rows.iter().enumerate().map(class).collect::<Result<_>>()?;
        Ok(Self { labels, rows })
    }

    fn checked(self) -> Result<Self> {
        let n = self.labels.len();
        if !(2..=MAX_LABELS).contains(&n) {
            let detail = format!("there are {n} labels with questions; a model needs 2 to {MAX_LABELS}");
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

fn read_tsv(tsv: &str) -> Result<Vec<(&str, &str)>> {
    let mut rows = Vec::new();
    for (i, line) in tsv.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row = line.split_once('\t').filter(|(text, label)| !text.is_empty() && !label.is_empty());
        rows.push(row.ok_or_else(|| wrong(i, "each line must be a text, a tab and a label".to_owned()))?);
    }
    if rows.is_empty() {
        return Err(Error::new(ErrorKind::Input, "questions", "the file holds no question"));
    }
    Ok(rows)
}

fn wrong(line: usize, detail: String) -> Error {
    Error::new(ErrorKind::Input, format!("line {}", line + 1), detail)
}
