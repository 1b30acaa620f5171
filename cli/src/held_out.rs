//! Intents that the encoder has not seen: the held-out part of `models/corpus`.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Serialize;
use unstuck::model::IntentModel;
use unstuck_train::intents::{Encoder, Options, Questions, Scores, build, evaluate};

use crate::questions::read_utf8;

/// So many questions of each intent are learnt from.
const EXAMPLES: [usize; 3] = [6, 12, 24];

/// One measurement.
#[derive(Debug, Serialize)]
pub struct HeldOut {
    /// Questions an intent that it was built on.
    pub examples: usize,
    /// Intents.
    pub labels: usize,
    /// How it did on the others.
    pub scores: Scores,
}

/// Builds on a few questions of each intent in a folder of `text TAB label`, and asks the others.
pub fn run(folder: &Path, encoder: &Encoder, seed: u64) -> Result<Vec<HeldOut>, Box<dyn std::error::Error>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let texts: Result<Vec<String>, String> = files.iter().map(|file| read_utf8(file)).collect();
    let all = Questions::from_tsv(&texts?.concat())?;
    EXAMPLES.iter().map(|examples| measured(&all, *examples, encoder, seed)).collect()
}

fn measured(
    all: &Questions,
    examples: usize,
    encoder: &Encoder,
    seed: u64,
) -> Result<HeldOut, Box<dyn std::error::Error>> {
    // An intent's rows are Chinese ones first: half of the examples are the first of each language.
    let mut taken: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    let mut learns = |(text, class): &(String, usize)| {
        let count = taken.entry((*class, text.is_ascii())).or_default();
        *count += 1;
        *count <= examples / 2
    };
    let (learnt, asked): (Vec<_>, Vec<_>) = all.rows.iter().cloned().partition(|row| learns(row));
    let some = |rows| Questions { rows, labels: all.labels.clone(), ..Questions::default() };
    let options = Options { seed, encoder: encoder.clone(), data: String::new() };
    let model = IntentModel::load(&build(&some(learnt), &options, |_| {}))?;
    let scores = evaluate(&model, &some(asked), &[])?;
    Ok(HeldOut { examples, labels: all.labels.len(), scores })
}
