//! A model file against questions it has not seen.

use std::{collections::BTreeMap, time::Instant};

use serde::Serialize;
use unstuck::{Result, model::Intents};

use super::Questions;
use crate::metrics::{accuracy, argmax, auroc, ece, fpr95, macro_f1};

/// As many confusions as a report lists.
const MAX_CONFUSIONS: usize = 20;

/// What was measured. Shares are 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// Questions with a known intent.
    pub n: usize,
    /// The share of them whose likeliest label is the right one.
    pub accuracy: f64,
    /// The mean of F1 over labels.
    pub macro_f1: f64,
    /// Expected calibration error of the likeliest label's probability, 15 bins.
    pub ece: f64,
    /// The share of them that is not turned away as out of scope.
    pub kept: f64,
    /// What the questions without a known intent tell, where there are any.
    #[serde(flatten)]
    pub outside: Option<Outside>,
    /// From text to posterior, in milliseconds, one thread.
    pub ms_per_question: f64,
    /// The labels that are taken for each other most often.
    pub confusions: Vec<Confusion>,
}

/// A label that is taken for another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Confusion {
    /// The right label.
    pub truth: String,
    /// What the model took it for.
    pub guess: String,
    /// How often.
    pub times: usize,
    /// The first question of them.
    pub example: String,
}

/// How well questions without a known intent are told from those that have one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outside {
    /// Questions without a known intent.
    pub oos_n: usize,
    /// Area under the ROC curve of `1 - out_of_scope`.
    pub auroc: f64,
    /// The share of them that is kept where 95 % of the known ones are.
    pub fpr95: f64,
    /// The share of them that is turned away at the model's own threshold.
    pub turned_away: f64,
}

/// Asks the model every question; `outside` are texts that have none of its intents.
pub fn evaluate(model: &impl Intents, questions: &Questions, outside: &[&str]) -> Result<Scores> {
    let begun = Instant::now();
    let mut pairs = Vec::new();
    let mut sure = Vec::new();
    let mut ranks = Vec::new();
    for (text, class) in &questions.rows {
        let posterior = model.posterior(text)?;
        let guess = argmax(&posterior.probabilities);
        pairs.push((*class, guess));
        sure.push((posterior.probabilities[guess], guess == *class));
        ranks.push((1.0 - posterior.out_of_scope, true));
    }
    for text in outside {
        ranks.push((1.0 - model.posterior(text)?.out_of_scope, false));
    }
    let took = begun.elapsed().as_secs_f64() * 1e3;
    let kept = |known: bool| {
        let (all, kept) = ranks
            .iter()
            .filter(|(_, k)| *k == known)
            .fold((0.0, 0.0), |(all, kept), (rank, _)| (all + 1.0, kept + f64::from(u8::from(*rank > 0.5))));
        kept / f64::max(all, 1.0)
    };
    Ok(Scores {
        n: pairs.len(),
        accuracy: accuracy(&pairs),
        macro_f1: macro_f1(&pairs, questions.labels.len()),
        ece: ece(&sure),
        kept: kept(true),
        outside: (!outside.is_empty()).then(|| Outside {
            oos_n: outside.len(),
            auroc: auroc(&ranks),
            fpr95: fpr95(&ranks),
            turned_away: 1.0 - kept(false),
        }),
        ms_per_question: took / ranks.len().max(1) as f64,
        confusions: confusions(questions, &pairs),
    })
}

fn confusions(questions: &Questions, pairs: &[(usize, usize)]) -> Vec<Confusion> {
    let mut found: BTreeMap<(usize, usize), (usize, &str)> = BTreeMap::new();
    for (pair, (text, _)) in pairs.iter().zip(&questions.rows).filter(|((truth, guess), _)| truth != guess) {
        found.entry(*pair).or_insert((0, text.as_str())).0 += 1;
    }
    let label = |class: usize| questions.labels[class].clone();
    let mut all: Vec<Confusion> = found
        .into_iter()
        .map(|((truth, guess), (times, example))| Confusion {
            truth: label(truth),
            guess: label(guess),
            times,
            example: example.to_owned(),
        })
        .collect();
    all.sort_by_key(|c| std::cmp::Reverse(c.times));
    all.truncate(MAX_CONFUSIONS);
    all
}
