//! The fusion on few visits: these fail where it gets worse.

use std::{collections::BTreeSet, fs, path::Path};

use unstuck::model::text::normalise;

use super::*;
use crate::intents::{Encoder, Size};

const VISITS: usize = 120;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The playbook of the tests' fixtures: small, so that its models are built in seconds.
fn played() -> Report {
    let playbook = fs::read_to_string(root().join("tests/fixtures/playbook.json")).unwrap();
    let playbook: Playbook = serde_json::from_str(&playbook).unwrap();
    let behaviour = fs::read(root().join("models/behaviour.onnx")).unwrap();
    let questions = Questions::from_playbook(&playbook).unwrap();
    let encoder = Encoder::shipped(Size::Compact).unwrap();
    let test = Test {
        playbook: &playbook,
        behaviour: Rc::new(BehaviourModel::load(&behaviour).unwrap()),
        intents: Rc::new(Unseen::build(&questions, &encoder, 1).unwrap()),
        unseen: &Questions { labels: questions.labels.clone(), ..Questions::default() },
        visits: VISITS,
        seed: 3,
        half: Half::Develop,
    };
    report(&ask(&test).unwrap(), VISITS, 3)
}

#[test]
fn vague_words_are_understood_by_behaviour_and_clear_ones_are_not_overheard() {
    let report = played();
    assert!(report.vague.n > 60, "{:?}", report.vague);
    assert!(report.vague.over_text.value > 0.3, "{:?}", report.vague);
    assert!(report.vague.over_behaviour.value > -0.05, "{:?}", report.vague);
    assert!(report.clear.over_text.value > -0.02, "{:?}", report.clear);
}

#[test]
fn no_vague_question_is_learnt_from() {
    let lines =
        |tsv: &str| tsv.lines().map(|line| line.split('\t').next().map(normalise)).collect::<Vec<_>>();
    let judged = lines(texts::VAGUE);
    let learnt: BTreeSet<_> = lines(include_str!("../intents/vague.tsv")).into_iter().collect();
    assert_eq!(judged.iter().collect::<BTreeSet<_>>().len(), judged.len(), "a question is there twice");
    let both: Vec<_> = judged.iter().filter(|text| learnt.contains(*text)).collect();
    assert!(both.is_empty(), "{both:?}");
}
