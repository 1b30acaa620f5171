//! What goes over the wire beside the core's own contracts.

use serde::{Deserialize, Serialize};
use unstuck::{
    Millis,
    handoff::{ContextPackage, Speaker, State, Update},
    playbook::Language,
};

/// Characters of a message.
pub const MAX_TEXT_CHARS: usize = 4_000;
/// Characters of a key, a message id or an agent's name.
pub const MAX_NAME_CHARS: usize = 128;

/// One thing that the live channel carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Its number in this handoff, from 1, to resume from. News that is not kept, such as a better
    /// place in the queue, has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<i64>,
    /// What it carries.
    #[serde(flatten)]
    pub body: FrameBody,
}

/// What a frame carries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FrameBody {
    /// The handoff stands differently now.
    State {
        /// How.
        update: Update,
        /// Since when.
        t: Millis,
    },
    /// Someone said something.
    Message {
        /// The sender's id for it.
        id: String,
        /// Who.
        from: Speaker,
        /// The agent's name; empty for the user.
        name: String,
        /// What.
        text: String,
        /// When it came in.
        t: Millis,
    },
}

/// A message as it is sent. The sender chooses the id; a repeated one is taken once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The sender's id for it.
    pub id: String,
    /// What is said.
    pub text: String,
    /// The agent's name; not set by users.
    #[serde(default)]
    pub agent: String,
}

/// Who acts at the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// The name that users are shown.
    pub agent: String,
}

/// A handoff in the agents' list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The idempotency key.
    pub key: String,
    /// How it stands.
    pub state: State,
    /// Counts every change that the user is told of.
    pub revision: u32,
    /// Who has it; empty where nobody does.
    pub agent: String,
    /// The place in the queue, from 1.
    pub position: Option<u32>,
    /// 1 is first.
    pub priority: u8,
    /// When it came in.
    pub asked_at: Millis,
    /// When it last changed.
    pub changed_at: Millis,
    /// A message left, or a request missed, that someone has dealt with.
    pub handled: bool,
    /// The user's language.
    pub language: Language,
    /// What it is about: the stuck point's name, else why a human was asked for.
    pub title: String,
    /// The last words, whoever said them.
    pub last: String,
}

/// A handoff as the agent who opens it sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Detail {
    /// What the list shows.
    pub summary: Summary,
    /// What the user agreed to send.
    pub package: ContextPackage,
    /// What was said and what happened at the desk, in order.
    pub frames: Vec<Frame>,
}
