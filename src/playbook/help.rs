//! What helps: stuck points, and the cards, guides and tools that they lead to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cause, Language, Text};

/// A place and a cause where people get stuck, and what helps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StuckPoint {
    /// Its id, unique among stuck points and intents.
    pub id: String,
    /// The step it is at.
    pub step: String,
    /// Why people are stuck there.
    pub cause: Cause,
    /// Its name for people, the agent included.
    pub title: Text,
    /// The offer: one sentence that says what is seen and what can be done.
    pub offer: Text,
    /// What is done when the offer is taken up, or the question asked.
    pub help: Help,
    /// What solving it is worth, in units of one interruption's cost.
    #[serde(default = "default_worth")]
    pub worth: f64,
    /// Narrower evidence, such as an endpoint or an error code: each that holds raises the belief.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// How people ask about it.
    #[serde(default)]
    pub questions: BTreeMap<Language, Vec<String>>,
}

fn default_worth() -> f64 {
    8.0
}

/// What points to one stuck point and not to its neighbour.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// A signal that fired at the step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<crate::signal::SignalKind>,
    /// The target, field or endpoint it is about; a trailing `*` is a prefix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The code of a validation error or an API answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What helps: exactly one of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// Show a card.
    Card(String),
    /// Lead through the page.
    Guide(String),
    /// Find out more, or do something, in a dialogue.
    Flow(String),
    /// Offer a human.
    Human {},
}

/// An answer to read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Paragraphs and steps; lines that begin with `1. ` or `- ` are lists.
    pub body: Text,
    /// A guide that can be started from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guide: Option<String>,
    /// A flow that can be started from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<String>,
}

/// A way through the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Its id.
    pub id: String,
    /// The elements to point at.
    pub steps: Vec<GuideStep>,
}

/// An element to point at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GuideStep {
    /// The element's stable id.
    pub target: String,
    /// What to do there.
    pub text: Text,
    /// How long to wait for it, in milliseconds.
    #[serde(default = "default_wait_ms")]
    pub wait_ms: u32,
}

fn default_wait_ms() -> u32 {
    4_000
}

/// Something the bot can do, by a function that the integrator registers under the same id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub title: Text,
    /// The question to ask before it runs; without one it runs at once, so only for reading.
    #[serde(default)]
    pub confirm: Option<Text>,
    /// The slots it takes.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// After how long it counts as failed, in milliseconds.
    #[serde(default = "default_timeout_ms")]
    pub timeout_ms: u32,
}

fn default_timeout_ms() -> u32 {
    8_000
}
