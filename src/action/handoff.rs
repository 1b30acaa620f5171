//! The contract with the desk: how a handoff stands, and what the human gets to see. Plain data; the
//! state machine is the handoff stage.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    action::Guess,
    playbook::{Cause, Language},
    signal::SignalKind,
    time::Millis,
};

/// How a handoff stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The user is asked whether they want it, and what would be sent.
    Offered,
    /// The user said yes; the request is on its way.
    Consented,
    /// The user said no.
    Declined,
    /// The desk has it.
    Queued,
    /// An agent has it and has not spoken.
    Assigned,
    /// The human speaks; the bot is quiet.
    Live,
    /// The human closed it.
    Ended,
    /// Nobody is on duty: a message can be left.
    Unavailable,
    /// The message was left.
    MessageLeft,
    /// The user took it back.
    Cancelled,
    /// Nobody came in time.
    Expired,
    /// The human gave it back to the bot.
    Returned,
}

/// News from the desk, fed back by the host. An old or repeated one changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Update {
    /// The handoff's key.
    pub handoff: String,
    /// How it stands now.
    pub state: State,
    /// Counts up at the desk; an update with a number not above the last one is old.
    pub revision: u32,
    /// The agent's name to show, where one is known.
    #[serde(default)]
    pub agent: String,
    /// The place in the queue, from 1, where it is known.
    #[serde(default)]
    pub position: Option<u32>,
}

/// What the human gets on screen. Redacted; no raw event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ContextPackage {
    /// The contract version: 1.
    pub version: u32,
    /// The handoff's idempotency key.
    pub handoff: String,
    /// When it was asked for.
    pub t: Millis,
    /// The app's id (the playbook's).
    pub app: String,
    /// The user's language.
    pub language: Language,
    /// Why a human: `asked`, `escalation:<id>`, `not_resolved`, `upset`, `stuck_point`.
    pub reason: String,
    /// 1 is first in the queue.
    pub priority: u8,
    /// Where the user is believed to be stuck; none where nothing is believed.
    pub stuck: Option<StuckAt>,
    /// Other guesses, best first; at most three.
    pub guesses: Vec<Guess>,
    /// What it is believed on, in words and counts.
    pub evidence: Vec<EvidenceLine>,
    /// What was offered and tried, and what became of it.
    pub tried: Vec<Tried>,
    /// The conversation so far, redacted, oldest first, capped.
    pub conversation: Vec<Line>,
    /// What the dialogue asked for and got, redacted.
    pub slots: BTreeMap<String, String>,
    /// Preferences: `prefers_human`, `elder_mode`.
    pub preferences: Vec<String>,
    /// The message left where nobody was on duty.
    #[serde(default)]
    pub message: Option<String>,
}

/// Where the user is believed to be stuck, for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StuckAt {
    /// The stuck point's id.
    pub stuck_point: String,
    /// Its name in the desk's language is looked up by id; this is the user's.
    pub title: String,
    /// Product, scenario and step in words.
    pub path: [String; 3],
    /// Why.
    pub cause: Cause,
    /// 0 to 1.
    pub probability: f64,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EvidenceLine {
    /// The signal.
    pub signal: SignalKind,
    /// The screen's template.
    pub screen: String,
    /// The element, field or endpoint.
    pub target: String,
    /// How many.
    pub count: u32,
    /// When it last fired.
    pub t: Millis,
}

/// Something that was tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tried {
    /// The card, guide, flow or tool.
    pub what: String,
    /// `shown`, `accepted`, `dismissed`, `done`, `failed`, `resolved`, `unresolved`.
    pub outcome: String,
    /// When.
    pub t: Millis,
}

/// A line of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Line {
    /// Who said it.
    pub from: Speaker,
    /// The words, redacted.
    pub text: String,
    /// When.
    pub t: Millis,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The user.
    User,
    /// The bot.
    Bot,
    /// The human at the desk.
    Agent,
}
