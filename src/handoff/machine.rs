//! Which state may follow which, by whom: one table.

use serde::{Deserialize, Serialize};

use super::{State, Update};
use crate::{
    action::{Reason, reason},
    time::Millis,
};

/// Who moves a handoff on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The bot: it offers, sees that nobody is on duty, and that nobody came.
    Bot,
    /// The user.
    User,
    /// The desk.
    Desk,
}

/// What may follow what. The desk may skip states, because its news can overtake each other. It may
/// still take what expired here a moment before; what the user took back stays taken back.
pub const TABLE: &[(State, By, &[State])] = {
    use State::{
        Assigned, Cancelled, Consented, Declined, Ended, Expired, Live, MessageLeft, Offered, Queued,
        Returned, Unavailable,
    };
    &[
        (Offered, By::User, &[Consented, Declined]),
        (Offered, By::Bot, &[Unavailable]),
        (Unavailable, By::User, &[MessageLeft, Declined]),
        (Consented, By::User, &[Cancelled]),
        (Consented, By::Bot, &[Expired]),
        (Consented, By::Desk, &[Queued, Assigned, Live, Ended, Returned, Unavailable, Cancelled, Expired]),
        (Queued, By::User, &[Cancelled]),
        (Queued, By::Bot, &[Expired]),
        (Queued, By::Desk, &[Assigned, Live, Ended, Returned, Unavailable, Cancelled, Expired]),
        (Assigned, By::User, &[Cancelled]),
        (Assigned, By::Desk, &[Queued, Live, Ended, Returned, Cancelled, Expired]),
        (Live, By::User, &[Cancelled]),
        (Live, By::Desk, &[Queued, Ended, Returned, Cancelled]),
        (Expired, By::User, &[MessageLeft, Declined]),
        (Expired, By::Desk, &[Assigned, Live]),
    ]
};

/// Whether the table lets `by` move a handoff from one state to the other.
pub fn allowed(from: State, by: By, to: State) -> bool {
    TABLE.iter().any(|(state, who, next)| *state == from && *who == by && next.contains(&to))
}

/// One request for a human.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Handoff {
    /// The idempotency key.
    pub key: String,
    /// How it stands.
    pub state: State,
    /// Why a human.
    pub reason: String,
    /// 1 is first in the queue.
    pub priority: u8,
    /// When the request went out; none before.
    pub sent: Option<Millis>,
    /// The number of the desk's last news.
    pub revision: u32,
    /// The agent's name; empty where unknown.
    pub agent: String,
    /// The place in the queue.
    pub position: Option<u32>,
    /// The next words are the message to leave.
    pub writing: bool,
}

impl Handoff {
    /// A new one, offered.
    pub fn new(key: String, reason: String, priority: u8) -> Self {
        Self {
            key,
            state: State::Offered,
            reason,
            priority,
            sent: None,
            revision: 0,
            agent: String::new(),
            position: None,
            writing: false,
        }
    }

    /// Moves it on; says why not where the table forbids it.
    pub fn move_on(&mut self, by: By, to: State) -> Result<(), Reason> {
        if !allowed(self.state, by, to) {
            let because = format!("{to:?} by {by:?} cannot follow {:?}", self.state);
            return Err(reason::OLD_NEWS.because(because));
        }
        self.state = to;
        self.writing = false;
        Ok(())
    }

    /// Takes the desk's news; says why not where it is old or tells nothing new.
    pub fn learn(&mut self, update: &Update) -> Result<(), Reason> {
        let old = |because: String| Err(reason::OLD_NEWS.because(because));
        if update.handoff != self.key {
            return old(format!("it is about `{}`, not `{}`", update.handoff, self.key));
        }
        if update.revision <= self.revision {
            return old(format!("number {} is not above {}", update.revision, self.revision));
        }
        if update.state != self.state {
            self.move_on(By::Desk, update.state)?;
        } else if !self.is_news(update) {
            self.revision = update.revision;
            return old("it tells nothing new".to_owned());
        }
        self.revision = update.revision;
        self.position = update.position;
        if !update.agent.is_empty() {
            self.agent.clone_from(&update.agent);
        }
        Ok(())
    }

    /// Whether news of the same state tells the user something: a better place, or who it is.
    fn is_news(&self, update: &Update) -> bool {
        let moved_up = update.position.is_some() && update.position != self.position;
        let named = !update.agent.is_empty() && update.agent != self.agent;
        self.state == State::Queued && moved_up || self.human_speaks() && named
    }

    /// Whether a human has the conversation: the bot is quiet.
    pub fn human_speaks(&self) -> bool {
        matches!(self.state, State::Assigned | State::Live)
    }

    /// Whether it is on its way to a human.
    pub fn under_way(&self) -> bool {
        matches!(self.state, State::Consented | State::Queued) || self.human_speaks()
    }

    /// Whether the user is being asked.
    pub fn open(&self) -> bool {
        matches!(self.state, State::Offered | State::Unavailable)
    }

    /// When it expires, if nobody comes.
    pub fn expires(&self, wait_ms: u32) -> Option<Millis> {
        let waits = matches!(self.state, State::Consented | State::Queued);
        self.sent.filter(|_| waits).map(|sent| sent.plus(i64::from(wait_ms)))
    }
}
