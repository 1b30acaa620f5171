//! Stage 7. The talk: answers, questions back, flows. It never talks to the desk; where a human is
//! wanted it says so with [`Wish::Human`], and [`crate::handoff`] does the rest.

pub mod settings;

use crate::{
    action::{
        ActionKind, Guess, Reason,
        handoff::{EvidenceLine, Tried},
    },
    playbook::{Language, Playbook},
    profile::Profile,
    time::Millis,
};

/// What a turn of the talk may know, and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The session's id.
    pub session: &'a str,
    /// The time of the input.
    pub now: Millis,
    /// The app's playbook.
    pub playbook: &'a Playbook,
    /// The user's language.
    pub language: Language,
    /// Where behaviour says that the user is stuck: stuck points, best first; empty where nothing is
    /// believed.
    pub believed: &'a [Guess],
    /// What the human gets to see of the session.
    pub facts: &'a Facts,
    /// What is remembered of the user.
    pub profile: &'a Profile,
}

/// What the session knows beside the talk, for the human.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Signals that fired, newest last; at most twenty.
    pub evidence: Vec<EvidenceLine>,
    /// Offers and what became of them, oldest first.
    pub tried: Vec<Tried>,
}

/// A turn of the bot: what to do, and why. The engine gives it its key and its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What to do.
    pub kind: ActionKind,
    /// Why, most important first. Never empty.
    pub reasons: Vec<Reason>,
}

/// What the dialogue wants: a turn of its own, or a human.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A turn.
    Turn(Turn),
    /// A human.
    Human {
        /// For the desk: `asked`, `escalation:<id>`, `not_resolved`, `stuck_point`.
        reason: String,
        /// 1 is first in the queue.
        priority: u8,
        /// Why, most important first.
        reasons: Vec<Reason>,
    },
}
