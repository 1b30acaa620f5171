//! What is remembered of a user on the device: a fold of events, and nothing that names them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{playbook::Language, time::Millis};

/// As many declined stuck points as are remembered.
pub const MAX_DECLINED: usize = 64;
/// As many times of shown offers as are remembered.
pub const MAX_SHOWN: usize = 32;
const DAY_MS: i64 = 86_400_000;

/// What is remembered. Kept by the host on the device; it never leaves it. Times are the host's.
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

impl Profile {
    /// The user sent the offer for a stuck point away.
    pub fn declined(&mut self, stuck_point: &str, at: Millis) {
        self.declined.insert(stuck_point.to_owned(), at);
        while self.declined.len() > MAX_DECLINED {
            let oldest = self.declined.iter().min_by_key(|(_, at)| **at).map(|(id, _)| id.clone());
            let Some(oldest) = oldest else { break };
            self.declined.remove(&oldest);
        }
    }

    /// The user saw an offer.
    pub fn shown(&mut self, at: Millis) {
        self.shown.push(at);
        let excess = self.shown.len().saturating_sub(MAX_SHOWN);
        self.shown.drain(..excess);
    }

    /// The user took up help by the bot.
    pub fn took_self_service(&mut self) {
        self.self_service = self.self_service.saturating_add(1);
    }

    /// The user asked for a human.
    pub fn took_human(&mut self) {
        self.human = self.human.saturating_add(1);
    }

    /// The user chose a language.
    pub fn speaks(&mut self, language: Language) {
        self.language = Some(language);
    }

    /// How many days ago the offer for a stuck point was sent away, where that is within `memory_ms`.
    /// A time in the future (the clock was set back) counts as today.
    pub fn declined_for(&self, stuck_point: &str, wall: Millis, memory_ms: i64) -> Option<i64> {
        let ago = wall.since(*self.declined.get(stuck_point)?).max(0);
        (ago < memory_ms).then_some(ago / DAY_MS)
    }

    /// How many offers were shown since then.
    pub fn shown_since(&self, since: Millis) -> usize {
        self.shown.iter().filter(|at| **at > since).count()
    }

    /// Cuts what a host gives to the sizes that are kept.
    pub fn bounded(mut self) -> Self {
        let excess = self.shown.len().saturating_sub(MAX_SHOWN);
        self.shown.drain(..excess);
        let declined = std::mem::take(&mut self.declined);
        for (stuck_point, at) in declined {
            self.declined(&stuck_point, at);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decline_is_remembered_for_its_time() {
        let mut profile = Profile::default();
        profile.declined("a", Millis(0));
        let cases = [(0, Some(0)), (2 * DAY_MS, Some(2)), (30 * DAY_MS - 1, Some(29)), (30 * DAY_MS, None)];
        for (wall, expected) in cases {
            assert_eq!(profile.declined_for("a", Millis(wall), 30 * DAY_MS), expected, "{wall}");
        }
        assert_eq!(profile.declined_for("a", Millis(-DAY_MS), 30 * DAY_MS), Some(0));
        assert_eq!(profile.declined_for("b", Millis(0), 30 * DAY_MS), None);
    }

    #[test]
    fn it_does_not_grow_and_the_oldest_goes_first() {
        let mut profile = Profile::default();
        for n in 0..200 {
            profile.declined(&format!("point-{n}"), Millis(n));
            profile.shown(Millis(n));
        }
        assert_eq!((profile.declined.len(), profile.shown.len()), (MAX_DECLINED, MAX_SHOWN));
        assert!(profile.declined.contains_key("point-199") && !profile.declined.contains_key("point-135"));
        assert_eq!(profile.shown_since(Millis(189)), 10);
    }
}
