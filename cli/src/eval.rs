//! `unstuck eval`: how good a model is.

use std::path::PathBuf;

use crate::{Outcome, traces};

/// Judge a behaviour model by visits.
#[derive(clap::Args)]
pub struct Args {
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// Visits for a behaviour model, as `unstuck simulate` writes them.
    #[arg(long)]
    traces: PathBuf,
    /// Beside the visits, judge each signal alone.
    #[arg(long)]
    rules: bool,
    /// Write the figures as JSON.
    #[arg(long)]
    json: bool,
}

/// Prints the figures.
pub fn run(args: &Args) -> Outcome {
    let Args { model, traces, rules, json } = args;
    traces::run(&traces::Test { model, traces, rules: *rules, json: *json })
}
