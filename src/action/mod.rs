//! What the bot wants done. Plain data: the core decides, the host does.

pub mod handoff;
pub mod reason;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{playbook::Cause, time::Millis};

/// One action with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Action {
    /// `(sequence, number)` inside the session: with the session id it is the idempotency key of
    /// every side effect, so a replay does nothing twice. Written `sequence-number`.
    pub key: String,
    /// When it was decided.
    pub t: Millis,
    /// What to do.
    #[serde(flatten)]
    pub kind: ActionKind,
    /// Why, most important first. Never empty.
    pub reasons: Vec<Reason>,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum ActionKind {
    /// Offer a way out before the user asks.
    Suggest(Suggest),
    /// Take an offer back that no longer holds.
    Withdraw {
        /// The offer's number.
        offer: u32,
    },
    /// Say something in the chat.
    Say(Say),
    /// Ask something in the chat and wait for a choice or for text.
    Ask(Say),
    /// Lead through the page, element by element.
    Guide(Guide),
    /// Run a tool of the integrator's; after the user's yes where `confirm` is set.
    RunTool(RunTool),
    /// Bring in a human, or say how that stands.
    HandOff(HandOff),
    /// Nothing, on purpose.
    StaySilent {},
}

/// A way out, offered unasked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Suggest {
    /// The offer's number in this session, from 1; its outcome comes back under it.
    pub offer: u32,
    /// The stuck point it is for.
    pub stuck_point: String,
    /// Why the user is believed to be stuck there.
    pub cause: Cause,
    /// One sentence in the user's language.
    pub text: String,
    /// The label of yes.
    pub accept: String,
    /// The label of no.
    pub decline: String,
    /// How sure the bot is, 0 to 1.
    pub probability: f64,
}

/// A turn of the bot in the chat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Say {
    /// The words, in the user's language.
    pub text: String,
    /// A card below the words.
    pub card: Option<CardView>,
    /// Buttons below it; the picked one comes back as `choose`.
    pub choices: Vec<Choice>,
    /// What the answer rests on, where it answers a question.
    pub basis: Option<Basis>,
    /// The hint in the text field where text is wanted, empty otherwise.
    pub expects: String,
}

/// A card or an article, ready to show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CardView {
    /// The card's id in the playbook.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its paragraphs and steps: lines that begin with `1. ` or `- ` are lists.
    pub body: String,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// What comes back when it is picked.
    pub id: String,
    /// Its label.
    pub label: String,
    /// How to draw it.
    #[serde(default)]
    pub role: ChoiceRole,
}

/// How to draw a button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChoiceRole {
    /// One of several.
    #[default]
    Plain,
    /// The one the bot proposes.
    Primary,
    /// The way to a human.
    Human,
    /// The way out.
    Quiet,
}

/// What an answer rests on: typed text and behaviour, together and apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Basis {
    /// The best guesses with both, best first; at most three.
    pub together: Vec<Guess>,
    /// What it would have been without the behaviour.
    pub text_alone: Option<Guess>,
    /// What it would have been without the text.
    pub behaviour_alone: Option<Guess>,
}

/// An intent or stuck point with its probability.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guess {
    /// The stuck point's or intent's id.
    pub id: String,
    /// 0 to 1.
    pub probability: f64,
}

/// A guide: elements to point at, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Guide {
    /// The guide's id in the playbook.
    pub guide: String,
    /// Its steps.
    pub steps: Vec<GuideStep>,
}

/// One element to point at. A host that cannot find the target in time skips it and says why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GuideStep {
    /// The element's stable id.
    pub target: String,
    /// What to do there, in the user's language.
    pub text: String,
    /// How long to wait for the target, in milliseconds.
    pub wait_ms: u32,
}

/// A call of a tool that the integrator registered by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunTool {
    /// The tool's id in the playbook.
    pub tool: String,
    /// Its arguments: the slots the dialogue filled.
    pub arguments: BTreeMap<String, String>,
    /// After how long the host reports a failure, in milliseconds.
    pub timeout_ms: u32,
}

/// How the handoff stands, and, once there is consent, the request itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandOff {
    /// The handoff's idempotency key.
    pub handoff: String,
    /// How it stands.
    pub state: handoff::State,
    /// What to tell the user about it.
    pub text: String,
    /// Buttons below it (consent, cancel, leave a message).
    pub choices: Vec<Choice>,
    /// The request to send to the desk: set exactly when `state` became `consented` or
    /// `message_left`.
    pub request: Option<Box<handoff::ContextPackage>>,
}

/// Why, in a form that people and programs can read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// A stable code, one of [`reason::ALL`]; `docs/reasons.md` lists them.
    pub code: String,
    /// One sentence in English with the figures.
    pub text: String,
}
