//! Where in the playbook the user is: events bound to steps, and what got done.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use super::{Journey, Match, Playbook, Step};
use crate::{
    event::{Event, EventKind},
    time::Millis,
};

/// Where the user is after one event, as later stages need it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The step; none where the screen belongs to no step.
    pub step: Option<String>,
    /// The target of the step's deciding tap.
    pub commit: Option<String>,
    /// How long the step usually takes, in milliseconds; 0 outside a step.
    pub typical_ms: u32,
    /// Money moves in the step's journey.
    pub pays: bool,
    /// The step was entered by this very event.
    pub entered: bool,
    /// Steps that this very event showed to be done.
    pub succeeded: Vec<String>,
    /// The journey whose goal this very event showed to be reached.
    pub goal: Option<String>,
    /// When the step was entered, or left where there is none now.
    pub since: Millis,
}

/// Follows a user through the journeys. Holds ids of the playbook only, so its size is bounded by it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tracker {
    place: Place,
    /// The last step that was known, kept when the user wanders off.
    last: Option<String>,
    /// Steps begun and not done.
    open: BTreeSet<String>,
    /// Steps done since their journey was last begun.
    done: BTreeSet<String>,
    /// Journeys whose goal is reached and that were not begun again.
    reached: BTreeSet<String>,
    progress: f32,
}

impl Tracker {
    /// Takes in one event and says where the user is now.
    pub fn observe(&mut self, playbook: &Playbook, event: &Event) -> Place {
        self.place.entered = false;
        self.place.succeeded.clear();
        self.place.goal = None;
        self.succeed(playbook, event);
        if let Some(step) = self.bind(playbook, event) {
            if self.place.step.as_deref() != Some(step.id.as_str()) {
                self.enter(playbook, step, event.t);
                self.succeed(playbook, event);
            }
        } else if shows_presence(&event.kind) && !self.still_possible(playbook, &event.screen) {
            self.leave(event.t);
        }
        self.reach(playbook, event);
        self.progress = self.measure(playbook);
        self.place.clone()
    }

    /// Where the user is; the marks of the last event are still set.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The step that the user is at, or was at before they wandered off.
    pub fn last_step(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// How far along its journey the last known step is: the share of steps behind, 0 to 1; 1 at the goal.
    pub fn progress(&self) -> f32 {
        self.progress
    }

    /// The step that an event puts the user at: the rule that says most wins, then a step that the
    /// current one leads to, then the journey that is under way. A step that is not done is not lost
    /// to another of the same screen by an event that says no more than the screen.
    fn bind<'a>(&self, playbook: &'a Playbook, event: &Event) -> Option<&'a Step> {
        let next = self.last.as_deref().map(|last| playbook.next_of(last)).unwrap_or_default();
        let journey = self.last.as_deref().and_then(|last| playbook.journey_of(last));
        let here = self.place.step.as_deref();
        let mut best: Option<(&Step, (Strength, [bool; 4]))> = None;
        for candidate in &playbook.journeys {
            let same = journey.is_some_and(|j| j.id == candidate.id);
            for step in &candidate.steps {
                let follows = next.contains(&step.id.as_str());
                let Some(strength) = self.strength(step, event, follows) else { continue };
                let at = here == Some(step.id.as_str());
                let rank = (strength, [at && self.open.contains(&step.id), follows, at, same]);
                if best.is_none_or(|(_, other)| rank > other) {
                    best = Some((step, rank));
                }
            }
        }
        let (step, (strength, _)) = best?;
        let current = here.filter(|id| self.open.contains(*id)).and_then(|id| playbook.step(id));
        current.filter(|c| on_screen(c, &event.screen).is_some_and(|s| s >= strength)).or(Some(step))
    }

    /// How much the event says for the step. A network call may belong to the screen before, so a
    /// screen alone counts for one only where it has just finished the step that leads here.
    fn strength(&self, step: &Step, event: &Event, follows: bool) -> Option<Strength> {
        let handed_on = follows && !self.place.succeeded.is_empty();
        if step.at.iter().any(|rule| !rule.screen_only() && rule.meets(event)) {
            Some(Strength::Named)
        } else if shows_presence(&event.kind) || handed_on {
            let alone = step.at.iter().filter(|rule| rule.screen_only() && rule.meets(event));
            alone.filter_map(|rule| screen_strength(rule, &event.screen)).max()
        } else {
            None
        }
    }

    /// Whether the current step has a rule that this screen does not contradict.
    fn still_possible(&self, playbook: &Playbook, screen: &str) -> bool {
        let current = self.place.step.as_deref().and_then(|id| playbook.step(id));
        screen.is_empty() || current.is_some_and(|step| on_screen(step, screen).is_some())
    }

    fn enter(&mut self, playbook: &Playbook, step: &Step, t: Millis) {
        let journey = playbook.journey_of(&step.id);
        if let Some(journey) = journey.filter(|j| self.begins_again(j, step)) {
            self.reached.remove(&journey.id);
            for other in &journey.steps {
                self.open.remove(&other.id);
                self.done.remove(&other.id);
            }
        }
        self.done.remove(&step.id);
        self.open.insert(step.id.clone());
        self.last = Some(step.id.clone());
        self.place.step = Some(step.id.clone());
        self.place.commit = step.commit.clone();
        self.place.typical_ms = step.typical_ms;
        self.place.pays = journey.is_some_and(|j| j.pays);
        self.place.entered = true;
        self.place.since = t;
    }

    /// A journey begins again where its first step is entered after its goal was reached.
    fn begins_again(&self, journey: &Journey, step: &Step) -> bool {
        self.reached.contains(&journey.id) && journey.steps.first().is_some_and(|s| s.id == step.id)
    }

    fn leave(&mut self, t: Millis) {
        if self.place.step.is_some() {
            self.place =
                Place { since: t, succeeded: std::mem::take(&mut self.place.succeeded), ..Place::default() };
        }
    }

    /// Marks steps that were begun and that the event shows to be done, late ones included.
    fn succeed(&mut self, playbook: &Playbook, event: &Event) {
        let done: Vec<_> = self
            .open
            .iter()
            .filter(|id| playbook.step(id).is_some_and(|s| any(&s.success, event)))
            .cloned()
            .collect();
        for id in done {
            self.open.remove(&id);
            self.done.insert(id.clone());
            self.place.succeeded.push(id);
        }
    }

    /// Marks the goal of a journey that was begun.
    fn reach(&mut self, playbook: &Playbook, event: &Event) {
        let begun =
            |j: &&Journey| j.steps.iter().any(|s| self.open.contains(&s.id) || self.done.contains(&s.id));
        let goal = playbook
            .journeys
            .iter()
            .filter(begun)
            .find(|j| !self.reached.contains(&j.id) && any(&j.goal, event));
        if let Some(journey) = goal {
            self.reached.insert(journey.id.clone());
            self.place.goal = Some(journey.id.clone());
        }
    }

    fn measure(&self, playbook: &Playbook) -> f32 {
        let Some(last) = self.last.as_deref() else { return 0.0 };
        let Some(journey) = playbook.journey_of(last) else { return 0.0 };
        if self.reached.contains(&journey.id) {
            return 1.0;
        }
        let behind = journey.steps.iter().filter(|s| self.done.contains(&s.id)).count();
        let ahead = steps_ahead(journey, last).saturating_sub(usize::from(self.done.contains(last)));
        let all = behind + ahead;
        if all == 0 { 1.0 } else { behind as f32 / all as f32 }
    }
}

/// How much a rule says for a step, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Any screen will do, and the element decides.
    Anywhere,
    /// The screen begins as asked for.
    Prefix,
    /// The screen is the one asked for.
    Exact,
    /// More than the screen holds.
    Named,
}

/// The most that a screen alone says for a step; none where it contradicts every rule.
fn on_screen(step: &Step, screen: &str) -> Option<Strength> {
    step.at.iter().filter_map(|rule| screen_strength(rule, screen)).max()
}

fn screen_strength(rule: &Match, screen: &str) -> Option<Strength> {
    rule.allows_screen(screen).then(|| match rule.screen.as_deref() {
        None => Strength::Anywhere,
        Some(pattern) if pattern == screen => Strength::Exact,
        Some(_) => Strength::Prefix,
    })
}

/// Steps on the shortest way from a step to the journey's end, itself included.
fn steps_ahead(journey: &Journey, from: &str) -> usize {
    let mut distance = BTreeMap::from([(from, 1)]);
    let mut queue = VecDeque::from([from]);
    while let Some(step) = queue.pop_front() {
        let here = distance.get(step).copied().unwrap_or(1);
        let next = journey.next_of(step);
        if next.is_empty() {
            return here;
        }
        for following in next {
            if !distance.contains_key(following) {
                distance.insert(following, here + 1);
                queue.push_back(following);
            }
        }
    }
    distance.len()
}

fn any(rules: &[Match], event: &Event) -> bool {
    rules.iter().any(|rule| rule.meets(event))
}

/// Whether the event shows that the user is on its screen now, and not that something of an earlier
/// screen came in late.
fn shows_presence(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Screen { .. }
            | EventKind::Tap(_)
            | EventKind::Input(_)
            | EventKind::Submit { .. }
            | EventKind::Scroll { .. }
            | EventKind::Search { .. }
            | EventKind::Copy { .. }
    )
}

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
