//! `unstuck featurize`: what the intent model sees of a text, for whoever trains with other tools.

use std::{fs, path::PathBuf, process::ExitCode};

use serde::Serialize;
use unstuck::model::text;
use unstuck_train::intents::read_texts;

use crate::Outcome;

/// Write the n-grams of texts as the intent model reads them: one JSON object a line.
#[derive(clap::Args)]
pub struct Args {
    /// Texts, one a line; what stands behind a TAB is left out.
    texts: PathBuf,
}

/// A text's n-grams.
#[derive(Serialize)]
struct Line {
    /// Their buckets.
    grams: Vec<u32>,
    /// How much each weighs.
    weights: Vec<f32>,
}

/// Writes a line for each text.
pub fn run(args: &Args) -> Outcome {
    let file = fs::read_to_string(&args.texts).map_err(|e| format!("{}: {e}", args.texts.display()))?;
    for text in read_texts(&file) {
        let grams = text::grams(text);
        let line = Line {
            grams: grams.iter().map(|g| g.id).collect(),
            weights: grams.iter().map(|g| g.weight).collect(),
        };
        println!("{}", serde_json::to_string(&line)?);
    }
    Ok(ExitCode::SUCCESS)
}
