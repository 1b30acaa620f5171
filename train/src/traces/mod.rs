//! Visits in a file: one a line, what was captured and what is true of it. `docs/traces.md` explains the
//! wire to those who bring their own.

mod derive;
mod given;

use serde::{Deserialize, Serialize};
use unstuck::{Error, ErrorKind, Event, Playbook, Result, playbook::Cause};

use self::given::Given;

/// The version of a line.
pub const VERSION: u32 = 1;

/// One visit: what was captured, and what is true. One line of a traces file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trace {
    /// [`VERSION`].
    pub version: u32,
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

/// Reads a traces file: one visit a line; labels that are not there are derived from what was done. An
/// error names the line and says what would be right.
pub fn read(text: &str) -> Result<Vec<Trace>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let traces: Vec<Trace> = lines.map(|(i, line)| read_line(i + 1, line)).collect::<Result<_>>()?;
    if traces.is_empty() {
        let detail = "the file has no visits; a line is one visit, as `unstuck simulate` writes it";
        return Err(refusal(1, detail));
    }
    Ok(traces)
}

fn read_line(number: usize, line: &str) -> Result<Trace> {
    // The version first: a line of another one may well have other fields.
    let value: serde_json::Value = serde_json::from_str(line).map_err(|e| broken(number, &e))?;
    for (place, version) in [("", value.get("version")), ("playbook's ", value.pointer("/playbook/version"))]
    {
        let read = if place.is_empty() { VERSION } else { unstuck::playbook::VERSION };
        if let Some(is) = version.filter(|v| v.as_u64() != Some(u64::from(read))) {
            let detail = format!("the {place}version is {is}; this program reads version {read}");
            return Err(refusal(number, &detail));
        }
    }
    let given: Given = serde_json::from_str(line).map_err(|e| broken(number, &e))?;
    given.settle().map_err(|detail| refusal(number, &detail))
}

fn broken(number: usize, error: &serde_json::Error) -> Error {
    let detail = format!("{error}; a line is one visit: version, session, playbook, events, labels");
    refusal(number, &detail)
}

fn refusal(line: usize, detail: &str) -> Error {
    Error::new(ErrorKind::Input, format!("line {line}"), detail)
}

/// Refuses visits of which all are stuck, or none: neither learning nor judging can go on from them.
pub fn both_kinds(traces: &[Trace]) -> Result<()> {
    let stuck = traces.iter().filter(|t| t.labels.stuck).count();
    if stuck > 0 && stuck < traces.len() {
        return Ok(());
    }
    let what = if stuck == 0 { "none of the visits is stuck" } else { "all of the visits are stuck" };
    let detail = format!(
        "{what}, from the first line to this one; there must be visits of both kinds, so add some with \
         `\"stuck\": {}` in their labels",
        stuck == 0
    );
    Err(refusal(traces.len(), &detail))
}

#[cfg(test)]
mod tests;
