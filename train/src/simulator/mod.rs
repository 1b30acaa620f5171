//! People in apps. Synthetic: what is assumed, and why, is in `docs/simulator.md`.

pub mod app;
pub mod page;
pub mod person;
mod session;
mod steps;
mod trouble;
mod walk;

use serde::{Deserialize, Serialize};
use unstuck::{Event, Playbook, playbook::Cause};

use self::app::App;
pub use self::session::{Odds, visit};
use crate::random::Random;

/// One visit: what was captured, and what is true. One line of a traces file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// Its id.
    pub session: String,
    /// The app's playbook.
    pub playbook: Playbook,
    /// What was captured, in order.
    pub events: Vec<Event>,
    /// What is true of it.
    pub labels: Labels,
}

/// What is true of a visit. Times are in the events' milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Labels {
    /// Somebody got stuck.
    pub stuck: bool,
    /// From when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Until when: they got through, left, or asked for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// At which step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
    /// When they asked for help themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_opened_at: Option<i64>,
    /// They left without having got through.
    pub gave_up: bool,
    /// What sort of person it was, where that is known: figures are given by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
}

/// Visits in an app before the next app begins.
const VISITS_AN_APP: usize = 20;

/// As many visits as asked for, in random apps. The seed decides everything.
pub fn simulate(seed: u64, sessions: usize, odds: Odds) -> impl Iterator<Item = Trace> {
    let mut rng = Random::new(seed);
    let mut app = None;
    (0..sessions).map(move |i| {
        if i % VISITS_AN_APP == 0 {
            app = None;
        }
        let app = app.get_or_insert_with(|| App::random(rng.bits()));
        visit(app, rng.bits(), &odds)
    })
}

/// Reads a traces file: one visit a line. An error names the line.
pub fn read(text: &str) -> unstuck::Result<Vec<Trace>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(i, line)| {
            serde_json::from_str(line).map_err(|e| {
                let detail = format!("{e}; a line is one visit: session, playbook, events, labels");
                unstuck::Error::new(unstuck::ErrorKind::Input, format!("line {}", i + 1), detail)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
