//! Stage 6. Whether to speak: expected utility, and what forbids it.

mod decide;
mod holdout;
mod moment;
mod offers;
pub mod settings;

pub use decide::Verdict;
pub use holdout::held_out;
pub use moment::{Hands, Moment};
pub use offers::{MAX_OFFERS, Offer, Offers};

use serde::{Deserialize, Serialize};

use crate::{
    action::reason,
    belief::Belief,
    event::Event,
    playbook::{Place, Playbook},
    profile::Profile,
    time::Millis,
};
use settings::Settings;

/// What a decision is made on.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The session's time, which never runs backwards.
    pub now: Millis,
    /// The host's clock, in which the profile is kept.
    pub wall: Millis,
    /// The app's playbook.
    pub playbook: &'a Playbook,
    /// Its settings for the policy.
    pub settings: &'a Settings,
    /// Where the user is believed to be stuck.
    pub belief: &'a Belief,
    /// A signal fired at this moment.
    pub fired: bool,
    /// A human has the conversation, or is being fetched.
    pub human_owns: bool,
    /// The user's pseudonym, for the holdout.
    pub user: &'a str,
    /// What is remembered of the user.
    pub profile: &'a Profile,
}

/// The policy's state.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Policy {
    /// The offers made.
    pub offers: Offers,
    hands: Hands,
    /// The stuck point that has been the best, and since when.
    leading: Option<(String, Millis)>,
    /// When to decide again without being told anything new.
    recheck: Option<Millis>,
    /// When the last word of the talk was said.
    talked: Option<Millis>,
    /// Whether the chat is open, where the host says so.
    chat: Option<bool>,
    /// The code and the stuck point of the last silence that was told.
    silence: Option<(String, String)>,
}

impl Policy {
    /// Takes in one event.
    pub fn observe(&mut self, playbook: &Playbook, event: &Event, place: &Place) {
        self.hands.observe(playbook, event, place);
    }

    /// A word was said in the chat, by whomever.
    pub fn talked(&mut self, now: Millis) {
        self.talked = Some(now);
    }

    /// The chat was opened or closed.
    pub fn chat(&mut self, open: bool) {
        self.chat = Some(open);
        if !open {
            self.talked = None;
        }
    }

    /// The user comes back after a long while: counts of the visit begin anew.
    pub fn new_visit(&mut self) {
        self.offers.new_visit();
        self.hands = Hands::default();
        self.leading = None;
        self.recheck = None;
        self.talked = None;
        self.silence = None;
    }

    /// When something is due: a decision to be made again, or an offer that goes unanswered.
    pub fn due(&self, settings: &Settings) -> Option<Millis> {
        self.recheck.into_iter().chain(self.offers.expires(settings)).min()
    }

    /// Makes the offer of a verdict and gives its number.
    pub fn make(&mut self, stuck_point: &str, step: &str, now: Millis) -> u32 {
        self.silence = None;
        self.leading = None;
        self.offers.make(stuck_point, step, now)
    }

    /// Whether a silence is worth telling: an offer was stopped and not only put off for a moment, and
    /// for another reason than the last one.
    pub fn tells(&mut self, verdict: &Verdict) -> bool {
        const NOT_YET: [&str; 3] = [reason::SETTLING.code, reason::MID_TASK.code, reason::OFFER_OPEN.code];
        let (true, Some(point), Some(why)) = (verdict.stopped, &verdict.stuck_point, verdict.reasons.first())
        else {
            return false;
        };
        if why.code == reason::HOLDOUT.code {
            self.offers.hold_out(point);
        }
        if NOT_YET.contains(&why.code.as_str()) {
            return false;
        }
        let silence = Some((why.code.clone(), point.clone()));
        let news = self.silence != silence;
        self.silence = silence;
        news
    }

    /// Until when the chat forbids offers, as `Some(end)`; `Some(None)` where there is no end in sight.
    fn talks_until(&self, asked: &Asked) -> Option<Option<Millis>> {
        match self.chat {
            Some(true) => Some(None),
            _ => {
                let end = self.talked?.plus(i64::from(asked.settings.talk_ms));
                (end > asked.now).then_some(Some(end))
            }
        }
    }
}
