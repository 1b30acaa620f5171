//! What is remembered of a user on the device: a fold of events, and nothing that names them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{playbook::Language, time::Millis};

/// What is remembered. Kept by the host on the device; it never leaves it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// The language they last used.
    pub language: Option<Language>,
    /// Larger text, plainer words, a human sooner.
    pub elder_mode: bool,
    /// How often they took up self-service and how often a human.
    pub self_service: u32,
    /// How often they asked for a human.
    pub human: u32,
    /// Stuck points whose offer was sent away, and when; at most 64, the oldest goes first.
    pub declined: BTreeMap<String, Millis>,
    /// When offers were shown lately; at most 32.
    pub shown: Vec<Millis>,
}
