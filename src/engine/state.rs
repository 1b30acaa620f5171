//! All that a session remembers; a snapshot is this and nothing else.

use serde::{Deserialize, Serialize};

use super::{clock::Clock, io::Config, senses::Senses};
use crate::{
    belief::Belief,
    dialogue::{Context, Facts},
    event::OfferOutcome,
    handoff::{Conversation, EvidenceLine, Tried},
    model::Behaviour,
    playbook::{Language, Playbook},
    policy::{Offer, Policy},
    profile::Profile,
    signal::Signal,
    snapshot,
    time::Millis,
};

/// After so long without an input the next one begins a new visit, in milliseconds: the half hour of
/// web analytics (Google Analytics, Matomo).
pub const VISIT_GAP_MS: i64 = 1_800_000;
/// As many signals as a human gets to see; the one seen longest ago goes first.
pub const MAX_EVIDENCE: usize = 20;

/// A session.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    pub clock: Clock,
    /// Counts inputs other than ticks, and moments at which something fell due: the same whenever the
    /// host wakes the engine.
    pub sequence: u64,
    pub language: Language,
    #[serde(serialize_with = "snapshot::apart")]
    pub profile: Profile,
    #[serde(serialize_with = "snapshot::apart")]
    pub senses: Senses,
    #[serde(serialize_with = "snapshot::apart")]
    pub belief: Belief,
    #[serde(serialize_with = "snapshot::apart")]
    pub policy: Policy,
    #[serde(serialize_with = "snapshot::apart")]
    pub conversation: Conversation,
    pub evidence: Vec<EvidenceLine>,
    /// The last input of the visit; none between visits.
    pub active: Option<Millis>,
    /// The behaviour model gave an error at its last step.
    pub model_failed: bool,
}

impl State {
    /// Before the first input.
    pub fn new(config: &Config, playbook: &Playbook, behaviour: &dyn Behaviour) -> Self {
        let profile = config.profile.clone().bounded();
        Self {
            clock: Clock::default(),
            sequence: 0,
            language: profile.language.unwrap_or(config.language),
            profile,
            senses: Senses::new(playbook, &config.unsupported, behaviour.start()),
            belief: Belief::default(),
            policy: Policy::default(),
            conversation: Conversation::default(),
            evidence: Vec::new(),
            active: None,
            model_failed: false,
        }
    }

    /// A visit is over: what was seen in it no longer counts. The talk goes on.
    pub fn end_visit(&mut self, config: &Config, playbook: &Playbook, behaviour: &dyn Behaviour) {
        self.senses = Senses::new(playbook, &config.unsupported, behaviour.start());
        self.belief = Belief::default();
        self.policy.new_visit();
        self.evidence.clear();
        self.active = None;
    }

    /// Keeps what fired, for the human: the same again only counts up.
    pub fn note(&mut self, fired: &[Signal]) {
        for signal in fired {
            let same = |line: &EvidenceLine| {
                line.signal == signal.kind && line.screen == signal.screen && line.target == signal.target
            };
            let earlier = self.evidence.iter().position(same).map(|at| self.evidence.remove(at));
            if self.evidence.len() >= MAX_EVIDENCE {
                self.evidence.remove(0);
            }
            self.evidence.push(EvidenceLine {
                signal: signal.kind,
                screen: signal.screen.clone(),
                target: signal.target.clone(),
                count: earlier.map_or(0, |line| line.count).saturating_add(1),
                t: self.clock.host(signal.at),
            });
        }
    }

    /// What the human gets to see of the session beside the talk.
    pub fn facts(&self) -> Facts {
        let tried = |offer: &Offer| {
            let (outcome, t) = offer.outcome.map_or(("shown", offer.made), |(what, t)| (word(what), t));
            Tried { what: format!("offer:{}", offer.stuck_point), outcome: outcome.to_owned(), t }
        };
        let seen = self.policy.offers.all().iter().filter(|offer| offer.shown.is_some());
        Facts { evidence: self.evidence.clone(), tried: seen.map(tried).collect() }
    }

    /// When the conversation has something to say unasked.
    pub fn talk_due(&self, session: &str, playbook: &Playbook) -> Option<Millis> {
        let context = Context {
            session,
            now: self.clock.now(),
            playbook,
            language: self.language,
            believed: &[],
            facts: &Facts::default(),
            profile: &self.profile,
        };
        self.conversation.due(&context)
    }

    /// Lets the conversation have its turn.
    pub fn talk<T>(
        &mut self,
        session: &str,
        playbook: &Playbook,
        turn: impl FnOnce(&mut Conversation, &Context) -> T,
    ) -> T {
        let facts = self.facts();
        let believed = self.belief.guesses();
        let context = Context {
            session,
            now: self.clock.now(),
            playbook,
            language: self.language,
            believed: &believed,
            facts: &facts,
            profile: &self.profile,
        };
        turn(&mut self.conversation, &context)
    }
}

/// The word for an outcome in what was tried.
fn word(outcome: OfferOutcome) -> &'static str {
    match outcome {
        OfferOutcome::Shown | OfferOutcome::Expired => "shown",
        OfferOutcome::Accepted => "accepted",
        OfferOutcome::Dismissed => "dismissed",
        OfferOutcome::Resolved => "resolved",
        OfferOutcome::Unresolved => "unresolved",
    }
}
