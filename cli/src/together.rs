//! `unstuck eval --together`: typed text and behaviour in one posterior, against either alone; and when
//! to bring in a human.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    rc::Rc,
};

use unstuck::model::BehaviourModel;
use unstuck_train::{
    intents::{Encoder, Questions, Size},
    together::{self, Half, Unseen, handoff},
};

use crate::{Outcome, held_out, questions::read_utf8, source, together_card, together_plots as plots};

/// The seed that intent models are built with, as `unstuck build` does.
const BUILD_SEED: u64 = 1;
/// A talk is played under eleven policies, so that fewer visits do.
const VISITS_A_TALK: usize = 5;
/// The intents that the encoder has not seen.
const HELD_OUT: &str = "models/corpus/held-out";
/// Where the plots of a card lie.
const IMAGES: &str = "docs/images";

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
    /// Write this card, and its plots.
    pub card: Option<&'a PathBuf>,
}

/// Measures, and prints what was measured.
pub fn run(test: &Test) -> Outcome {
    let playbook = source::load_playbook(test.playbook)?;
    let bytes = fs::read(test.behaviour).map_err(|e| at(test.behaviour, e))?;
    let behaviour = Rc::new(BehaviourModel::load(&bytes).map_err(|e| at(test.behaviour, e))?);
    let questions = Questions::from_playbook(&playbook)?;
    let encoder = Encoder::shipped(Size::Full)?;
    let intents = Rc::new(Unseen::build(&questions, &encoder, BUILD_SEED)?);
    let unseen = match test.playbook.join("unseen.tsv") {
        path if path.is_file() => Questions::from_tsv_for(&read_utf8(&path)?, &questions.labels)?,
        _ => Questions { labels: questions.labels.clone(), ..Questions::default() },
    };
    let half = if test.seed == together::SEED { Half::Judge } else { Half::Develop };
    let (visits, seed) = (test.visits, test.seed);
    let asking =
        together::Test { playbook: &playbook, behaviour, intents, unseen: &unseen, visits, seed, half };
    let report = together::report(&together::ask(&asking)?, visits, seed);
    let costs = handoff::compare(&asking, visits.div_ceil(VISITS_A_TALK))?;
    let held_out = match Path::new(HELD_OUT) {
        folder if folder.is_dir() => held_out::run(folder, &encoder, BUILD_SEED)?,
        _ => Vec::new(),
    };
    if let Some(card) = test.card {
        let command = format!(
            "unstuck eval --together {} --visits {visits} --seed {seed} --card {}",
            test.playbook.display(),
            card.display()
        );
        write(card, &together_card::card(&report, &costs, &held_out, &command))?;
        for (name, svg) in [
            ("together-bars.svg", plots::bars(&report)?),
            ("together-reliability.svg", plots::reliability(&report)?),
            ("together-costs.svg", plots::costs(&costs)?),
        ] {
            write(&Path::new(IMAGES).join(name), &svg)?;
        }
    }
    let figures = serde_json::json!({ "together": report, "handoff": costs, "held_out": held_out });
    if test.json {
        println!("{figures:#}");
    } else {
        println!("{}", together_card::card(&report, &costs, &held_out, "unstuck eval --together"));
    }
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|e| at(path, e))
}

fn at(path: &Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
