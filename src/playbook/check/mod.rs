//! What a playbook says that cannot be, or that its author will not have meant.

mod caps;
mod ids;
mod references;
mod rules;
mod texts;
mod ways;
mod wording;

use serde::{Deserialize, Serialize};

use super::{Playbook, VERSION};
use crate::error::{Error, ErrorKind, Result};

pub use caps::Cap;
pub use texts::MIN_QUESTIONS;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The engine refuses the playbook.
    Error,
    /// It works, though hardly as meant.
    Warning,
}

/// Something wrong in a playbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// Where: a JSON Pointer into the playbook.
    pub place: String,
    /// What is wrong, a sentence without its full stop.
    pub what: String,
    /// What would be right.
    pub mend: String,
}

/// Everything wrong in a playbook, in the order of the checks. Each is a function of its own in the Wasm too: what
/// an engine there optimises is the one that takes long, and not all of them.
pub fn check(playbook: &Playbook) -> Vec<Problem> {
    let mut report = Report::default();
    if playbook.version != VERSION {
        let what = format!("version {} is not known", playbook.version);
        report.error("/version", what, format!("write {VERSION}"));
    }
    caps::check(playbook, &mut report);
    ids::check(playbook, &mut report);
    references::check(playbook, &mut report);
    rules::check(playbook, &mut report);
    ways::check(playbook, &mut report);
    texts::check(playbook, &mut report);
    wording::check(playbook, &mut report);
    for fault in playbook.settings.signals.faults("/settings/signals") {
        report.error(fault.place, fault.what, fault.mend);
    }
    for name in playbook.settings.dialogue.improbable() {
        let place = format!("/settings/dialogue/{name}");
        report.error(place, format!("`{name}` is not a probability"), "write a number from 0 to 1");
    }
    report.problems
}

/// Refuses a playbook that has an error; the place and the sentence are those of the first.
pub fn ensure_sound(playbook: &Playbook) -> Result<()> {
    match check(playbook).into_iter().find(|p| p.severity == Severity::Error) {
        Some(Problem { place, what, mend, .. }) => {
            Err(Error::new(ErrorKind::Playbook, place, format!("{what}: {mend}")))
        }
        None => Ok(()),
    }
}

/// Where the checks put what they find.
#[derive(Default)]
struct Report {
    problems: Vec<Problem>,
}

impl Report {
    fn error(&mut self, place: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Error, place.into(), what.into(), mend.into());
    }

    fn warn(&mut self, place: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Warning, place.into(), what.into(), mend.into());
    }

    fn add(&mut self, severity: Severity, place: String, what: String, mend: String) {
        self.problems.push(Problem { severity, place, what, mend });
    }
}

/// A key as a part of a JSON Pointer (RFC 6901).
pub(super) fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
