//! The playbook: journeys, stuck points and what helps, as data. Written in YAML, run as JSON.
//!
//! `unstuck check` turns the JSON Pointers of its errors into file and line.

pub mod check;
mod flow;
mod help;
mod hours;
mod intent;
mod journey;
mod lookup;
mod matching;
mod parse;
pub mod place;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use check::{Problem, Severity, check, ensure_sound};
pub use flow::{Flow, FlowOption, Node, NodeKind, SlotKind};
pub use help::{Card, Evidence, Guide, GuideStep, Help, StuckPoint, Tool};
pub use hours::Hours;
pub use intent::{Escalation, Intent, Reply};
pub use journey::{Journey, Match, Step};
pub use matching::fits;
pub use parse::{from_value, parse};
pub use place::{Place, Tracker};

/// The version of the contract that this core reads.
pub const VERSION: u32 = 1;

/// A text in each language: `{ zh: …, en: … }`, with plainer words where they help:
/// `{ zh: …, en: …, plain: { en: … } }`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Text {
    /// The usual words.
    #[serde(flatten)]
    pub words: BTreeMap<Language, String>,
    /// What is said instead in elder mode; a language without it has the usual words there too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub plain: BTreeMap<Language, String>,
}

/// A language of the bot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    #[default]
    En,
}

/// Why a user is stuck. The order is the wire order of the behaviour model: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A word or a rule is not understood.
    NotUnderstood,
    /// What is looked for is not found.
    CannotFind,
    /// The control is not mastered.
    CannotOperate,
    /// What is typed is refused.
    InputRejected,
    /// A rule of the business declines.
    DeclinedByRule,
    /// The system fails.
    SystemError,
    /// It is slow.
    Slow,
    /// A partner's interface is unstable.
    UnstableDependency,
    /// The interface is broken.
    InterfaceDefect,
    /// Something awaited does not come.
    WaitingForOutcome,
}

impl Cause {
    /// All of them, in wire order.
    pub const ALL: [Self; 10] = [
        Self::NotUnderstood,
        Self::CannotFind,
        Self::CannotOperate,
        Self::InputRejected,
        Self::DeclinedByRule,
        Self::SystemError,
        Self::Slow,
        Self::UnstableDependency,
        Self::InterfaceDefect,
        Self::WaitingForOutcome,
    ];

    /// The position in [`Self::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

/// All that an app's service designer tells the bot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Playbook {
    /// The contract version: 1.
    pub version: u32,
    /// The app's id.
    pub id: String,
    /// The languages that every text must have.
    pub languages: Vec<Language>,
    /// What people want to get done.
    pub journeys: Vec<Journey>,
    /// Where they get stuck, and what helps.
    pub stuck_points: Vec<StuckPoint>,
    /// Short answers and long ones.
    pub cards: Vec<Card>,
    /// Ways through the page.
    #[serde(default)]
    pub guides: Vec<Guide>,
    /// What the bot can do in the app.
    #[serde(default)]
    pub tools: Vec<Tool>,
    /// Dialogues that find out more.
    #[serde(default)]
    pub flows: Vec<Flow>,
    /// Questions that belong to no stuck point (greeting, thanks, asking for a human, …).
    #[serde(default)]
    pub intents: Vec<Intent>,
    /// When a human must be offered at once.
    #[serde(default)]
    pub escalations: Vec<Escalation>,
    /// When humans are on duty.
    pub hours: Hours,
    /// How the bot behaves in this app.
    #[serde(default)]
    pub settings: Settings,
    /// Sentences of the bot that this app words differently, by key (see `dialogue::wording`).
    #[serde(default)]
    pub wording: BTreeMap<String, Text>,
}

/// How the bot behaves in this app. Every number has its default and its reason in `docs/settings.md`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Thresholds of the signals.
    pub signals: crate::signal::settings::Settings,
    /// Caps, cool-downs, the holdout.
    pub policy: crate::policy::settings::Settings,
    /// When an answer is given, a question asked back, a human offered.
    pub dialogue: crate::dialogue::settings::Settings,
}
