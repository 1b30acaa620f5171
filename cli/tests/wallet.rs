//! The wallet's playbook as a product: how much is in it, and whether it understands people it has not met.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use unstuck::{model::IntentModel, playbook::Language};
use unstuck_cli::source::load_playbook;
use unstuck_train::intents::{Encoder, Options, Questions, Size, build, evaluate};

/// Questions a stuck point and language.
const QUESTIONS: usize = 12;
/// The least share of the unseen questions that is understood. It was .92 when they were written.
const UNDERSTOOD: f64 = 0.85;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../playbooks/wallet")
}

#[test]
fn it_covers_what_it_promises() {
    let playbook = load_playbook(&folder()).unwrap();
    let steps = playbook.journeys.iter().map(|journey| journey.steps.len()).sum::<usize>();
    assert!(steps >= 18, "{steps} steps");
    assert!(playbook.stuck_points.len() >= 30 && playbook.cards.len() >= 40);
    assert!(playbook.flows.len() >= 6 && playbook.tools.len() >= 5);
    let mut few = Vec::new();
    for point in &playbook.stuck_points {
        for language in [Language::Zh, Language::En] {
            let asked = point.questions.get(&language).map_or(0, Vec::len);
            if asked < QUESTIONS {
                few.push(format!("{} has {asked} questions in {}", point.id, language.code()));
            }
        }
    }
    assert!(few.is_empty(), "{}", few.join("\n"));
}

#[test]
fn it_understands_questions_that_it_was_not_taught() {
    let playbook = load_playbook(&folder()).unwrap();
    let taught = Questions::from_playbook(&playbook).unwrap();
    let encoder = Encoder::shipped(Size::Full).unwrap();
    let bytes = build(&taught, &Options { seed: 1, encoder, data: "the wallet".to_owned() }, |_| {});
    let model = IntentModel::load(&bytes).unwrap();
    let unseen = fs::read_to_string(folder().join("unseen.tsv")).unwrap();
    let unseen = Questions::from_tsv_for(&unseen, &taught.labels).unwrap();

    let known: BTreeSet<&String> = taught.rows.iter().map(|(question, _)| question).collect();
    let seen: Vec<_> = unseen.rows.iter().filter(|(question, _)| known.contains(question)).collect();
    assert!(seen.is_empty(), "taught, so no test: {seen:?}");
    let mut asked = BTreeMap::new();
    unseen.rows.iter().for_each(|(_, class)| *asked.entry(&unseen.labels[*class]).or_insert(0) += 1);
    let missing: Vec<_> =
        playbook.stuck_points.iter().filter(|point| !asked.contains_key(&point.id)).collect();
    assert!(missing.is_empty(), "no unseen question about {missing:?}");

    let scores = evaluate(&model, &unseen, &[]).unwrap();
    let worst = scores.confusions.iter().map(|c| format!("{} for {}: {}", c.guess, c.truth, c.example));
    let worst = worst.collect::<Vec<_>>().join("\n");
    assert!(scores.accuracy >= UNDERSTOOD, "{:.3} of {}:\n{worst}", scores.accuracy, scores.n);
}
