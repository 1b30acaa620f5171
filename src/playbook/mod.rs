//! The playbook: journeys, stuck points and what helps, as data. Written in YAML, run as JSON.
//!
//! `unstuck check` turns the JSON Pointers of its errors into file and line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::StatusClass;

/// The version of the contract that this core reads.
pub const VERSION: u32 = 1;

/// A text in each language: `{ zh: …, en: … }`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Language, String>);

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

/// A dialogue: nodes, the first is the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Its id.
    pub id: String,
    /// Its nodes.
    pub nodes: Vec<Node>,
}

/// A node of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Node {
    /// Its id inside the flow.
    pub id: String,
    /// What it does.
    #[serde(flatten)]
    pub kind: NodeKind,
}

/// What a node does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum NodeKind {
    /// Say something and go on.
    Say {
        /// The words; `{slot}` is replaced.
        text: Text,
        /// A card below them.
        #[serde(default)]
        card: Option<String>,
        /// The next node; none ends the flow by asking whether it helped.
        #[serde(default)]
        next: Option<String>,
    },
    /// Ask with buttons.
    Choose {
        /// The question.
        text: Text,
        /// The answers.
        options: Vec<FlowOption>,
    },
    /// Ask for a value and keep it in a slot.
    Slot {
        /// The question.
        text: Text,
        /// The slot's name.
        slot: String,
        /// What the value may look like.
        #[serde(default)]
        accept: SlotKind,
        /// What to say to a value that does not fit.
        retry: Text,
        /// The next node.
        next: String,
    },
    /// Run a tool.
    Tool {
        /// The tool's id.
        tool: String,
        /// Next by the result's `outcome` word; `failed` is where everything else goes.
        next: BTreeMap<String, String>,
    },
    /// Lead through the page.
    Guide {
        /// The guide's id.
        guide: String,
        /// The next node; none ends the flow.
        #[serde(default)]
        next: Option<String>,
    },
    /// Offer a human.
    Human {},
}

/// A button of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FlowOption {
    /// Its label.
    pub label: Text,
    /// The next node.
    pub next: String,
}

/// What a slot's value may look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// Anything that is not empty.
    #[default]
    Text,
    /// An order number: 6 to 32 letters, digits and dashes.
    Order,
    /// An amount of money.
    Amount,
    /// The last four digits of a card.
    LastFour,
}

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

/// When humans are on duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The offset of the service's clock from UTC, in minutes; +480 for China.
    pub utc_offset_minutes: i32,
    /// `[from, to)` in minutes of the day for Monday to Sunday; an empty list is a day off.
    pub week: [Vec<[u16; 2]>; 7],
    /// The hours in words.
    pub text: Text,
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
