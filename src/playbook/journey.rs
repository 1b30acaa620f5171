//! Journeys and what binds them to an app: steps, and the rules that an event meets or not.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::event::StatusClass;

/// A way to a goal: product → scenario → steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Journey {
    /// Its id.
    pub id: String,
    /// The product it belongs to (`bank card`).
    pub product: Text,
    /// The scenario (`bind a card`).
    pub scenario: Text,
    /// The steps; the first is where it starts.
    pub steps: Vec<Step>,
    /// What shows that the goal is reached.
    pub goal: Vec<Match>,
    /// Money moves in it: no offer between the deciding tap and its outcome.
    #[serde(default)]
    pub pays: bool,
}

/// A step of a journey.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its id, unique in the playbook (`bind.verify`).
    pub id: String,
    /// Its name for people.
    pub title: Text,
    /// What shows that the user is at it.
    pub at: Vec<Match>,
    /// What shows that it is done.
    pub success: Vec<Match>,
    /// The steps that can follow; empty means the next in the list.
    #[serde(default)]
    pub next: Vec<String>,
    /// The target of the deciding tap, for the hesitation signal.
    #[serde(default)]
    pub commit: Option<String>,
    /// How long it usually takes, in milliseconds.
    #[serde(default = "default_typical_ms")]
    pub typical_ms: u32,
}

fn default_typical_ms() -> u32 {
    20_000
}

/// A rule that an event meets or not: every part that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// The screen's route template, equal to the event's, or a prefix that ends in `*`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen: Option<String>,
    /// The tapped target, edited field, form or copied element; a trailing `*` is a prefix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The endpoint of an API call that ended; a trailing `*` is a prefix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// How that call ended; `ok` where it is not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusClass>,
    /// The name given to `track()`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom: Option<String>,
}
