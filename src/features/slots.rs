//! The candidates: steps at which the user may be stuck, and what is remembered of each.
//!
//! Who gets in is plain code, so that it can be read: the step they are at; the steps they were at,
//! the latest first; the steps that can follow; and, once a search or the help was used, the entries
//! of journeys not begun, because what a user cannot find they have not visited.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    measure::{Fading, order, seconds},
    schema::{Row, SLOTS, Trouble},
};
use crate::{playbook::Playbook, signal::SignalKind};

/// Steps that are remembered; the one longest not visited is forgotten first.
const MAX_STEPS: usize = 32;
/// Steps that were visited get at most this many slots beside the current one.
const VISITED: usize = 4;
/// Steps that can follow the last known one get at most this many.
const FOLLOWING: usize = 2;

/// Signals that say the same sort of thing about a step.
const FAMILIES: [&str; 6] = ["pointer", "form", "time", "failure", "moving", "seeking"];

fn family(kind: SignalKind) -> usize {
    match kind {
        SignalKind::RageClick | SignalKind::DeadClick | SignalKind::ErrorClick => 0,
        SignalKind::FormErrorLoop | SignalKind::FieldReedit | SignalKind::FormAbandonment => 1,
        SignalKind::Hesitation | SignalKind::IdleAtStep => 2,
        SignalKind::SlowResponse | SignalKind::RepeatedFailure => 3,
        SignalKind::QuickBack | SignalKind::Wandering | SignalKind::FranticScrolling => 4,
        SignalKind::SearchWithoutResult | SignalKind::HelpSeeking => 5,
    }
}

/// What is remembered of one step. Times are on the encoder's clock, in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Visited {
    pub visits: u32,
    pub dwell_ms: i64,
    pub last: i64,
    pub done: bool,
    pub troubles: [Fading; Trouble::ALL.len()],
    families: [Fading; FAMILIES.len()],
}

/// The steps visited in this session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Steps(BTreeMap<String, Visited>);

impl Steps {
    /// What is remembered of a step; a new one may push out the one longest not visited.
    pub fn at(&mut self, step: &str) -> &mut Visited {
        if !self.0.contains_key(step) && self.0.len() >= MAX_STEPS {
            let oldest = self.0.iter().min_by_key(|(_, v)| v.last).map(|(id, _)| id.clone());
            oldest.and_then(|id| self.0.remove(&id));
        }
        self.0.entry(step.to_owned()).or_default()
    }

    /// What is remembered of a step, if it was visited.
    pub fn get(&self, step: &str) -> Option<&Visited> {
        self.0.get(step)
    }

    /// A signal fired at a step.
    pub fn signal(&mut self, step: &str, kind: SignalKind, now: i64) {
        if let Some(fading) = self.at(step).families.get_mut(family(kind)) {
            fading.add(1.0, now);
        }
    }

    /// The steps visited, the latest first.
    fn latest(&self) -> Vec<&str> {
        let mut steps: Vec<_> = self.0.iter().map(|(id, v)| (id.as_str(), v.last)).collect();
        steps.sort_by_key(|(id, last)| (std::cmp::Reverse(*last), *id));
        steps.into_iter().map(|(id, _)| id).collect()
    }
}

/// Who gets a slot. `last` is the last known step; `sought` is how lately the user searched.
pub(super) fn choose(playbook: &Playbook, steps: &Steps, last: Option<&str>, sought: f32) -> Vec<String> {
    let mut slots: Vec<String> = Vec::with_capacity(SLOTS);
    let mut add = |id: &str, room: usize| {
        if slots.len() < room.min(SLOTS) && playbook.step(id).is_some() && !slots.iter().any(|s| s == id) {
            slots.push(id.to_owned());
        }
    };
    let latest = steps.latest();
    let following = last.map(|id| playbook.next_of(id)).unwrap_or_default();
    last.iter().for_each(|id| add(id, 1));
    latest.iter().for_each(|id| add(id, 1 + VISITED));
    let before = following.iter().take(FOLLOWING);
    before.for_each(|id| add(id, SLOTS));
    if sought > SOUGHT || last.is_none() {
        let entries = playbook.journeys.iter().filter_map(|j| j.steps.first());
        entries.filter(|s| steps.get(&s.id).is_none()).for_each(|s| add(&s.id, SLOTS));
    }
    latest.iter().for_each(|id| add(id, SLOTS));
    slots
}

/// A search counts for as long as this is left of it: about two minutes.
const SOUGHT: f32 = 0.25;

/// What a row of slot features is about.
pub(super) struct About<'a> {
    pub playbook: &'a Playbook,
    pub steps: &'a Steps,
    pub now: i64,
    /// The user is at a step now, and not off the journeys.
    pub on: bool,
    pub last: Option<&'a str>,
    /// The step before `last`.
    pub before: Option<&'a str>,
    pub sought: f32,
}

impl About<'_> {
    /// The features of one candidate.
    pub fn write(&self, step: &str, row: &mut impl Row) {
        let blank = Visited::default();
        let seen = self.steps.get(step);
        let v = seen.unwrap_or(&blank);
        let yes = |b: bool| f32::from(u8::from(b));
        let is_last = self.last == Some(step);
        row.put("slot", "is the current step", yes(is_last && self.on));
        row.put("slot", "is the last known step", yes(is_last));
        row.put("slot", "is the step before it", yes(self.before == Some(step)));
        row.put("slot", "visited", yes(seen.is_some()));
        row.put("slot", "done", yes(v.done));
        row.put("slot", "visits", order(v.visits as f32));
        let typical = self.playbook.step(step).map_or(0, |s| s.typical_ms);
        row.put("slot", "time at it", seconds(v.dwell_ms));
        row.put("slot", "time at it over typical", order(v.dwell_ms as f32 / typical.max(1_000) as f32));
        row.put("slot", "time since", seen.map_or(1.0, |v| seconds(self.now - v.last)));
        row.each("slot trouble", &Trouble::NAMES, |i| fading(&v.troubles, i, self.now));
        row.each("slot signals", &FAMILIES, |i| fading(&v.families, i, self.now));
        self.write_order(step, seen.is_some(), row);
    }

    /// Where the candidate lies in the playbook.
    fn write_order(&self, step: &str, seen: bool, row: &mut impl Row) {
        let yes = |b: bool| f32::from(u8::from(b));
        let journey = self.playbook.journey_of(step);
        let index = |id: &str| journey.and_then(|j| j.steps.iter().position(|s| s.id == id));
        let here = index(step).unwrap_or(0) as f32;
        let from = self.last.and_then(index);
        let length = journey.map_or(1, |j| j.steps.len()).max(1) as f32;
        let follows = self.last.is_some_and(|id| self.playbook.next_of(id).contains(&step));
        row.put("slot order", "same journey", yes(from.is_some()));
        row.put(
            "slot order",
            "steps ahead",
            from.map_or(0.0, |f| ((here - f as f32) / 4.0).clamp(-1.0, 1.0)),
        );
        row.put("slot order", "can follow", yes(follows));
        row.put("slot order", "is an entry", yes(here == 0.0));
        row.put("slot order", "share of the journey", here / length);
        row.put("slot order", "may be sought", if seen { 0.0 } else { self.sought });
        row.put("slot order", "money moves", yes(journey.is_some_and(|j| j.pays)));
    }
}

fn fading(all: &[Fading], i: usize, now: i64) -> f32 {
    all.get(i).map_or(0.0, |f| order(f.at(now)))
}
