//! What is typed: vague questions written by hand, and clear ones, each answered by a model that has not
//! seen it.

use std::collections::BTreeMap;

use unstuck::{
    Result,
    dialogue::language_of,
    model::{IntentModel, Intents, Posterior, text::normalise, vague},
    playbook::{Cause, Language},
};

use crate::{
    intents::{Encoder, Options, Questions, build},
    judge::dice::Dice,
};

/// Vague questions: `text TAB what it hints at`. No intent model learns from them.
pub const VAGUE: &str = include_str!("vague.tsv");
/// The hint of a question that has none.
pub const NO_HINT: &str = "vague";
/// How often a vague question hints at what it is like to be stuck.
const HINTS: f64 = 0.5;
/// Clear questions of the playbook are asked of a model that lacks this part of them.
const FOLDS: usize = 5;

/// Which half of the questions: whatever is chosen is chosen on one and reported on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// To choose by.
    Develop,
    /// To report on.
    Judge,
}

impl Half {
    fn has(self, at: usize) -> bool {
        // By pairs: rows come by two, one in each language.
        (at / 2).is_multiple_of(2) == (self == Self::Develop)
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// What is typed.
    pub text: String,
    /// In which language.
    pub language: Language,
    /// What a vague one hints at, or the label of a clear one.
    pub about: String,
}

/// All that is typed.
pub struct Texts {
    vague: Vec<Question>,
    clear: Vec<Question>,
}

impl Texts {
    /// The vague questions, and clear ones: the playbook's own, and rows that it has never had.
    pub fn of(questions: &Questions, unseen: &Questions, half: Half) -> Self {
        let vague = VAGUE.lines().filter_map(|line| line.split_once('\t')).enumerate();
        let rows = questions.rows.iter().chain(&unseen.rows).enumerate();
        Self {
            vague: vague
                .filter(|(at, _)| half.has(*at))
                .map(|(_, (text, hint))| question(text, hint))
                .collect(),
            clear: rows
                .filter(|(at, (_, class))| half.has(*at) && names(&questions.labels[*class]))
                .map(|(_, (text, class))| question(text, &questions.labels[*class]))
                .collect(),
        }
    }

    /// What somebody stuck like this types when they do not name it.
    pub fn vague(&self, dice: &mut Dice, language: Language, cause: Cause) -> &Question {
        let hint = if dice.odds(HINTS) { hint(cause) } else { NO_HINT };
        let fits = |q: &&Question| q.language == language && q.about == hint;
        let fitting: Vec<&Question> = self.vague.iter().filter(fits).collect();
        dice.one::<&Question>(&fitting)
    }

    /// A clear question about this, or about anything but this; none where there is none.
    pub fn clear(&self, dice: &mut Dice, language: Language, about: &str, but: bool) -> Option<&Question> {
        let fits = |q: &&Question| q.language == language && (q.about == about) != but;
        let fitting: Vec<&Question> = self.clear.iter().filter(fits).collect();
        (!fitting.is_empty()).then(|| *dice.one(&fitting))
    }
}

/// Whether texts with this label name their trouble.
pub fn names(label: &str) -> bool {
    vague::hints(label).is_none()
}

fn question(text: &str, about: &str) -> Question {
    let language = language_of(text).unwrap_or(Language::En);
    Question { text: text.to_owned(), language, about: about.to_owned() }
}

/// What vague words about being stuck like this hint at.
pub fn hint(cause: Cause) -> &'static str {
    match cause {
        Cause::NotUnderstood => "puzzled",
        Cause::CannotFind => "lost",
        Cause::InputRejected | Cause::DeclinedByRule => "refused",
        Cause::SystemError | Cause::UnstableDependency => "failed",
        Cause::Slow | Cause::WaitingForOutcome => "waiting",
        Cause::CannotOperate | Cause::InterfaceDefect => "broken",
    }
}

/// An intent model that has seen none of what it is asked: a question of the playbook is answered by one
/// of five that was built without it, everything else by the model that ships.
pub struct Unseen {
    whole: IntentModel,
    parts: Vec<IntentModel>,
    part_of: BTreeMap<String, usize>,
}

impl Unseen {
    /// Builds all of them, as `unstuck build` does.
    pub fn build(questions: &Questions, encoder: &Encoder, seed: u64) -> Result<Self> {
        let fold = |i: usize| i % FOLDS;
        let model = |rows: Vec<(String, usize)>| {
            let questions = Questions { rows, ..questions.clone() };
            let options = Options { seed, encoder: encoder.clone(), data: String::new() };
            IntentModel::load(&build(&questions, &options, |_| {}))
        };
        let but = |part: usize| {
            let kept = questions.rows.iter().enumerate().filter(|(i, _)| fold(*i) != part);
            kept.map(|(_, row)| row.clone()).collect::<Vec<_>>()
        };
        let part_of = questions.rows.iter().enumerate().map(|(i, (text, _))| (normalise(text), fold(i)));
        Ok(Self {
            whole: model(questions.rows.clone())?,
            parts: (0..FOLDS).map(|part| model(but(part))).collect::<Result<_>>()?,
            part_of: part_of.collect(),
        })
    }

    /// Whether the model that ships has learnt from this text.
    pub fn learnt(&self, text: &str) -> bool {
        self.part_of.contains_key(&normalise(text))
    }
}

impl Intents for Unseen {
    fn labels(&self) -> &[String] {
        self.whole.labels()
    }

    fn posterior(&self, text: &str) -> Result<Posterior> {
        let part = self.part_of.get(&normalise(text)).and_then(|part| self.parts.get(*part));
        part.unwrap_or(&self.whole).posterior(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hint_has_questions_in_both_languages_and_halves() {
        let none = Questions { labels: vec![], rows: vec![], ..Questions::default() };
        for half in [Half::Develop, Half::Judge] {
            let texts = Texts::of(&none, &none, half);
            for language in [Language::Zh, Language::En] {
                for wanted in Cause::ALL.map(hint).into_iter().chain([NO_HINT]) {
                    let fits = |q: &&Question| q.about == wanted && q.language == language;
                    assert!(texts.vague.iter().filter(fits).count() >= 4, "{half:?} {language:?} {wanted}");
                }
            }
        }
    }
}
