//! `unstuck eval --together`: typed text and behaviour in one posterior, against either alone.

use std::{fs, path::Path, process::ExitCode, sync::Arc};

use unstuck::model::BehaviourModel;
use unstuck_train::{
    intents::{Encoder, Questions, Size},
    together::{self, Half, Unseen},
};

use crate::{Outcome, questions::read_utf8, source};

/// The seed that intent models are built with, as `unstuck build` does.
const BUILD_SEED: u64 = 1;

/// What is measured.
#[derive(Debug)]
pub struct Test<'a> {
    /// The playbook.
    pub playbook: &'a Path,
    /// The behaviour model.
    pub behaviour: &'a Path,
    /// How many visits.
    pub visits: usize,
    /// Decides them.
    pub seed: u64,
    /// Print JSON.
    pub json: bool,
}

/// Measures, and prints what was measured.
pub fn run(test: &Test) -> Outcome {
    let playbook = source::load_playbook(test.playbook)?;
    let bytes = fs::read(test.behaviour).map_err(|e| format!("{}: {e}", test.behaviour.display()))?;
    let questions = Questions::from_playbook(&playbook)?;
    let intents = Arc::new(Unseen::build(&questions, &Encoder::shipped(Size::Full)?, BUILD_SEED)?);
    let unseen = match test.playbook.join("unseen.tsv") {
        path if path.is_file() => Questions::from_tsv_for(&read_utf8(&path)?, &questions.labels)?,
        _ => Questions { labels: questions.labels.clone(), ..Questions::default() },
    };
    let half = if test.seed == together::SEED { Half::Judge } else { Half::Develop };
    let asked = together::ask(&together::Test {
        playbook: &playbook,
        behaviour: Arc::new(BehaviourModel::load(&bytes)?),
        intents,
        unseen: &unseen,
        visits: test.visits,
        seed: test.seed,
        half,
    })?;
    let report = together::report(&asked, test.visits, test.seed);
    if let Some(path) = std::env::var_os("TOGETHER_DUMP") {
        fs::write(path, serde_json::to_string(&asked)?)?;
    }
    println!("{}", serde_json::to_string_pretty(&report)?);
    Ok(ExitCode::SUCCESS)
}
