//! From questions to a model file.

use std::collections::BTreeMap;

use unstuck::model::{
    meta::{CONTRACT, Meta, Role},
    text,
};

use super::{
    Questions,
    calibrate::{Calibration, Evidence, softmax, temperature},
    graph,
    held_out::{Trained, cross_validate},
};
use crate::metrics::{accuracy, argmax, auroc, ece};

/// What a build depends on beside its questions.
#[derive(Clone, Debug)]
pub struct Options {
    /// The order of training, and who is held out.
    pub seed: u64,
    /// What the questions are, in a sentence, for the file's metadata.
    pub data: String,
}

/// Trains on the questions and writes the file. The same questions and options give the same bytes.
pub fn build(questions: &Questions, options: &Options) -> Vec<u8> {
    let held_out = cross_validate(questions, options.seed);
    let temperature = temperature(&held_out.scores);
    let known: Vec<Evidence> = held_out.known.iter().map(|k| k.evidence(temperature)).collect();
    let inside: Vec<Evidence> = held_out.inside.iter().map(|k| k.evidence(temperature)).collect();
    let outside: Vec<Evidence> = held_out.outside.iter().map(|k| k.evidence(temperature)).collect();
    let calibration = Calibration::fit(temperature, &inside, &outside, &known);
    let all: Vec<usize> = (0..questions.rows.len()).collect();
    let trained = Trained::on(questions, &all, &questions.background, options.seed);
    let meta = Meta {
        role: Role::Intents,
        contract: CONTRACT,
        features: text::VERSION,
        labels: questions.labels.clone(),
        temperature,
        thresholds: BTreeMap::from([("out_of_scope".to_owned(), 0.5)]),
        data: options.data.clone(),
        results: results(&held_out.scores, &calibration, &inside, &outside),
    };
    graph::write(&trained.model, &trained.idf, &calibration, &meta)
}

fn results(
    scores: &[(Vec<f32>, usize)],
    calibration: &Calibration,
    inside: &[Evidence],
    outside: &[Evidence],
) -> BTreeMap<String, f64> {
    let pairs: Vec<(usize, usize)> = scores.iter().map(|(s, class)| (*class, argmax(s))).collect();
    let sure = |(s, class): &(Vec<f32>, usize)| {
        let probabilities = softmax(s, calibration.temperature);
        let guess = argmax(&probabilities);
        (probabilities[guess], guess == *class)
    };
    let rank = |known: bool| move |e: &Evidence| (1.0 - calibration.out_of_scope(e), known);
    let ranks: Vec<(f32, bool)> =
        inside.iter().map(rank(true)).chain(outside.iter().map(rank(false))).collect();
    let of = |name: &str, value: f64| (format!("cross_validated_{name}"), value);
    BTreeMap::from([
        of("n", scores.len() as f64),
        of("accuracy", accuracy(&pairs)),
        of("ece", ece(&scores.iter().map(sure).collect::<Vec<_>>())),
        of("auroc_of_left_out_intents", auroc(&ranks)),
    ])
}
