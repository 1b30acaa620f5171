//! Public sets of real people as visits of ours, so that the same commands learn and judge by them.

pub mod iweb;
pub mod wikispeedia;

use std::collections::BTreeMap;

use unstuck::{
    Error, ErrorKind,
    playbook::{Hours, Journey, Language, Match, Playbook, Settings, Step, Text, VERSION},
};

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
    Playbook {
        version: VERSION,
        id,
        languages: vec![Language::En],
        journeys: vec![journey],
        stuck_points: vec![],
        cards: vec![],
        guides: vec![],
        tools: vec![],
        flows: vec![],
        intents: vec![],
        escalations: vec![],
        hours: Hours { utc_offset_minutes: 0, week: Default::default(), text: Text::default() },
        settings: Settings::default(),
        wording: BTreeMap::new(),
    }
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
