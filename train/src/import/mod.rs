//! Public sets as ours, so that the same commands learn and judge by them: of real people as visits, of
//! their questions as `text TAB label`.

pub mod iweb;
pub mod questions;
pub mod wikispeedia;

use unstuck::{
    Error, ErrorKind,
    playbook::{Journey, Match, Playbook, Step, Text},
};

use crate::playbook::of_journeys;

/// A playbook of one journey.
fn playbook(id: String, steps: Vec<Step>, goal: Match) -> Playbook {
    let journey = Journey {
        id: "task".into(),
        product: Text::default(),
        scenario: Text::default(),
        steps,
        goal: vec![goal],
        pays: false,
    };
    of_journeys(id, vec![journey])
}

/// A step that a screen alone shows, and that the next screen shows to be done.
fn step(id: String, screen: String, typical_ms: u32) -> Step {
    Step {
        id,
        title: Text::default(),
        at: vec![Match { screen: Some(screen), ..Match::default() }],
        success: vec![],
        next: vec![],
        commit: None,
        typical_ms,
    }
}

/// What is wrong with a line, from 1.
fn refusal(line: usize, detail: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Input, format!("line {line}"), detail.to_string())
}
