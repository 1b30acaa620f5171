//! Questions that belong to no stuck point, and what must bring in a human at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Language, Text};

/// A question that belongs to no stuck point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Intent {
    /// Its id, unique among stuck points and intents.
    pub id: String,
    /// What is done.
    pub reply: Reply,
    /// How people say it.
    pub questions: BTreeMap<Language, Vec<String>>,
}

/// What is done about an intent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Say a sentence.
    Say(Text),
    /// Show a card.
    Card(String),
    /// Start a flow.
    Flow(String),
    /// Bring in a human: always honoured.
    Human {},
}

/// When a human must be offered at once, whatever the models say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// Its id (`money_lost`).
    pub id: String,
    /// Its name for the agent.
    pub title: Text,
    /// Words or phrases that trigger it, in each language; compared after normalisation.
    #[serde(default)]
    pub phrases: BTreeMap<Language, Vec<String>>,
    /// Intents or stuck points that trigger it.
    #[serde(default)]
    pub intents: Vec<String>,
    /// 1 is first in the queue.
    #[serde(default = "default_priority")]
    pub priority: u8,
    /// What to say first.
    pub text: Text,
}

fn default_priority() -> u8 {
    2
}
