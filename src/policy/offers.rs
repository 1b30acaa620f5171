//! The offers of a visit and what became of them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::settings::Settings;
use crate::{
    action::{Reason, reason},
    event::OfferOutcome,
    playbook::Place,
    time::Millis,
};

/// As many offers as are remembered; the oldest goes first.
pub const MAX_OFFERS: usize = 16;

/// One offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Its number in this session, from 1.
    pub number: u32,
    /// The stuck point it is for.
    pub stuck_point: String,
    /// The step of that stuck point.
    pub step: String,
    /// When it was made.
    pub made: Millis,
    /// When the user saw it first.
    pub shown: Option<Millis>,
    /// The last that is known of it, and since when; none while it waits to be shown.
    pub outcome: Option<(OfferOutcome, Millis)>,
}

impl Offer {
    /// Whether it may still be on screen.
    pub fn is_open(&self) -> bool {
        matches!(self.outcome, None | Some((OfferOutcome::Shown, _)))
    }
}

/// The offers of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Offers {
    list: Vec<Offer>,
    numbers: u32,
    this_visit: u32,
    offered: BTreeSet<String>,
}

impl Offers {
    /// All that are remembered, oldest first.
    pub fn all(&self) -> &[Offer] {
        &self.list
    }

    /// The offer with this number.
    pub fn get(&self, number: u32) -> Option<&Offer> {
        self.list.iter().find(|offer| offer.number == number)
    }

    /// The one that may be on screen.
    pub fn open(&self) -> Option<&Offer> {
        self.list.iter().rev().find(|offer| offer.is_open())
    }

    /// How many were made in this visit.
    pub fn this_visit(&self) -> u32 {
        self.this_visit
    }

    /// Whether the stuck point had its offer in this visit, or would have had it but for the holdout.
    pub fn was_offered(&self, stuck_point: &str) -> bool {
        self.offered.contains(stuck_point)
    }

    /// When the last offer was made, or when something last became of it.
    pub fn last_change(&self) -> Option<Millis> {
        self.list.last().map(|offer| offer.outcome.map_or(offer.made, |(_, at)| at))
    }

    /// When an offer was last sent away.
    pub fn last_declined(&self) -> Option<Millis> {
        self.list.iter().filter_map(|offer| offer.outcome).filter_map(declined).max()
    }

    /// When the open offer goes unanswered.
    pub fn expires(&self, settings: &Settings) -> Option<Millis> {
        self.open().map(|offer| offer.shown.unwrap_or(offer.made).plus(i64::from(settings.offer_ms)))
    }

    pub(super) fn make(&mut self, stuck_point: &str, step: &str, now: Millis) -> u32 {
        self.numbers = self.numbers.saturating_add(1);
        self.this_visit = self.this_visit.saturating_add(1);
        self.offered.insert(stuck_point.to_owned());
        if self.list.len() >= MAX_OFFERS {
            self.list.remove(0);
        }
        self.list.push(Offer {
            number: self.numbers,
            stuck_point: stuck_point.to_owned(),
            step: step.to_owned(),
            made: now,
            shown: None,
            outcome: None,
        });
        self.numbers
    }

    /// Notes that this offer would have been made to a user who is not held out.
    pub(super) fn hold_out(&mut self, stuck_point: &str) {
        self.offered.insert(stuck_point.to_owned());
    }

    pub(super) fn new_visit(&mut self) {
        self.this_visit = 0;
        self.offered.clear();
    }

    /// Notes what became of an offer. False where that is not news, or the offer is not known.
    ///
    /// Shown comes first; accepted, dismissed and expired each end an open offer, and only an accepted
    /// one can be resolved or not. Hosts may report one thing twice: by a choice and by an event.
    pub fn settle(&mut self, number: u32, what: OfferOutcome, now: Millis) -> bool {
        let Some(offer) = self.list.iter_mut().find(|offer| offer.number == number) else { return false };
        let follows = match what {
            OfferOutcome::Shown => offer.outcome.is_none(),
            // The tap may cross the withdrawal on its way.
            OfferOutcome::Accepted => {
                offer.is_open() || matches!(offer.outcome, Some((OfferOutcome::Expired, _)))
            }
            OfferOutcome::Dismissed | OfferOutcome::Expired => offer.is_open(),
            OfferOutcome::Resolved | OfferOutcome::Unresolved => {
                matches!(offer.outcome, Some((OfferOutcome::Accepted, _)))
            }
        };
        if follows {
            offer.outcome = Some((what, now));
            if !matches!(what, OfferOutcome::Expired) && offer.shown.is_none() {
                offer.shown = Some(now);
            }
            // What nobody saw can be offered again.
            if matches!(what, OfferOutcome::Expired) && offer.shown.is_none() {
                self.offered.remove(&offer.stuck_point);
            }
        }
        follows
    }

    /// Why the open offer is to be taken back: its time is over, or the user has got on without it.
    pub fn lapsed(&self, settings: &Settings, place: &Place, now: Millis) -> Option<(u32, Reason)> {
        let offer = self.open()?;
        let elsewhere = place.entered && place.step.as_ref().is_some_and(|step| *step != offer.step);
        let why = if place.succeeded.contains(&offer.step) || place.goal.is_some() {
            reason::NO_LONGER_HOLDS.because(format!("{} is done.", offer.step))
        } else if elsewhere {
            let step = place.step.as_deref().unwrap_or_default();
            reason::NO_LONGER_HOLDS.because(format!("The user has gone on to {step}."))
        } else if self.expires(settings).is_some_and(|end| end <= now) {
            reason::UNANSWERED.because(format!("No answer for {} s.", settings.offer_ms / 1_000))
        } else {
            return None;
        };
        Some((offer.number, why))
    }
}

fn declined((what, at): (OfferOutcome, Millis)) -> Option<Millis> {
    (what == OfferOutcome::Dismissed).then_some(at)
}
