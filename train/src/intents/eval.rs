//! A model file against questions it has not seen.

use std::{collections::BTreeMap, time::Instant};

use serde::Serialize;
use unstuck::{
    Result,
    model::{Intents, vague},
};

use super::Questions;
use crate::metrics::{BINS, accuracy, argmax, auroc, ece, fpr95, macro_f1};

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
    /// Area under the ROC curve of `1 - out_of_scope`, known against without a known intent; none where
    /// no such texts were given.
    pub auroc: Option<f64>,
    /// The share of texts without a known intent that is kept where 95 % of the known ones are.
    pub fpr95: Option<f64>,
    /// What else the texts without a known intent tell.
    #[serde(flatten)]
    pub outside: Option<Outside>,
    /// From text to posterior, in milliseconds, one thread.
    pub ms_per_question: f64,
    /// The labels that are taken for each other most often.
    pub confusions: Vec<Confusion>,
    /// How often answers of a confidence are right.
    pub reliability: Vec<Reliability>,
    /// How accurate the surest answers are.
    pub coverage: Vec<Coverage>,
}

/// Answers of about the same confidence.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reliability {
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub accuracy: f64,
    /// How many.
    pub n: usize,
}

/// The accuracy where only the surest answers are given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The share of questions that is answered.
    pub coverage: f64,
    /// The share of the answers that is right.
    pub accuracy: f64,
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
    /// The share of them that is turned away at the model's own threshold.
    pub turned_away: f64,
}

/// Asks the model every question that names something; what a vague one is about, behaviour says. `outside`
/// are texts that have none of its intents.
pub fn evaluate(model: &impl Intents, questions: &Questions, outside: &[&str]) -> Result<Scores> {
    let begun = Instant::now();
    let mut pairs = Vec::new();
    let mut sure = Vec::new();
    let mut ranks = Vec::new();
    let named = |class: usize| vague::hints(&questions.labels[class]).is_none();
    for (text, class) in questions.rows.iter().filter(|(_, class)| named(*class)) {
        let posterior = model.posterior(text)?;
        let guess = likeliest(model.labels(), &posterior.probabilities);
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
        auroc: (!outside.is_empty()).then(|| auroc(&ranks)),
        fpr95: (!outside.is_empty()).then(|| fpr95(&ranks)),
        outside: (!outside.is_empty())
            .then(|| Outside { oos_n: outside.len(), turned_away: 1.0 - kept(false) }),
        ms_per_question: took / ranks.len().max(1) as f64,
        confusions: confusions(questions, &pairs),
        reliability: reliability(&sure),
        coverage: coverage(sure),
    })
}

/// The likeliest label that names something: what the bot takes a text for where behaviour says nothing.
fn likeliest(labels: &[String], probabilities: &[f32]) -> usize {
    let named = |(label, p): (&String, &f32)| if vague::hints(label).is_none() { *p } else { 0.0 };
    argmax(&labels.iter().zip(probabilities).map(named).collect::<Vec<_>>())
}

/// In as many bins as [`ece`] has; empty ones are left out.
fn reliability(sure: &[(f32, bool)]) -> Vec<Reliability> {
    let mut bins = vec![(0.0, 0, 0); BINS];
    for &(confidence, right) in sure {
        let bin = &mut bins[((confidence * BINS as f32) as usize).min(BINS - 1)];
        *bin = (bin.0 + f64::from(confidence), bin.1 + usize::from(right), bin.2 + 1);
    }
    let of = |(sum, right, n): (f64, usize, usize)| Reliability {
        confidence: sum / n as f64,
        accuracy: right as f64 / n as f64,
        n,
    };
    bins.into_iter().filter(|(_, _, n)| *n > 0).map(of).collect()
}

/// At every twentieth of the questions, from the surest to all.
fn coverage(mut sure: Vec<(f32, bool)>) -> Vec<Coverage> {
    const STEPS: usize = 20;
    sure.sort_by(|a, b| b.0.total_cmp(&a.0));
    let answered = |step: usize| (sure.len() * step).div_ceil(STEPS);
    let at = |n: usize| Coverage {
        coverage: n as f64 / sure.len() as f64,
        accuracy: sure[..n].iter().filter(|(_, right)| *right).count() as f64 / n as f64,
    };
    (1..=STEPS).map(answered).filter(|n| *n > 0).map(at).collect()
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
