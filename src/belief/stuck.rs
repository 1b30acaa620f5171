//! Where behaviour says that the user is stuck: the model's slots and causes as stuck points.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::evidence::Facts;
use crate::{
    action::Guess,
    event::Event,
    model::StepOutput,
    playbook::{Cause, Place, Playbook, StuckPoint},
    signal::Signal,
    time::Millis,
};

/// As many stuck points as are kept of a belief.
pub const MAX_BELIEVED: usize = 8;
/// The least share that a step or a cause gets, so that evidence can contradict the model.
const FLOOR: f64 = 0.02;
/// What is left of a stuck point once its step is done.
const AFTER_SUCCESS: f64 = 0.05;
/// Less likely than this, a stuck point is not believed in at all.
pub const NOTHING: f64 = 0.1;
/// How much of a step's trouble is shared evenly among the causes that the playbook lists for it,
/// whatever the model says: its designer knows which occur there.
const LISTED: f64 = 0.3;
/// What the model puts on a cause that the playbook does not list for the step counts only so much,
/// because the model knows no app.
const UNLISTED: f64 = 0.3;
/// A stuck point, as behaviour alone has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Believed {
    /// The stuck point.
    pub stuck_point: String,
    /// 0 to 1.
    pub probability: f64,
    /// Evidence that the playbook names for it was seen in the last half minute.
    pub evident: bool,
}

/// Where the user is stuck, as behaviour alone has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Belief {
    /// Stuck now, wherever, as the model says: 0 to 1.
    pub stuck: f64,
    /// The likeliest stuck points, best first; at most [`MAX_BELIEVED`].
    pub points: Vec<Believed>,
    pub(super) facts: Facts,
    pub(super) done: BTreeSet<String>,
}

impl Belief {
    /// Takes in one event, or a moment at which signals fell due: what fired, and where it left the
    /// user. To be called before [`Self::update`].
    pub fn observe(&mut self, event: Option<&Event>, place: &Place, fired: &[Signal]) {
        self.facts.observe(event, place, fired);
        self.done.extend(place.succeeded.iter().cloned());
        if let Some(step) = place.step.as_ref().filter(|_| place.entered) {
            self.done.remove(step);
        }
    }

    /// Spreads what the model says over the playbook's stuck points. `slots` are the steps behind the
    /// model's slots, in their order.
    ///
    /// By the model, each point weighs P(stuck) · P(its step) · P(its cause); against them stand "not
    /// stuck" and "stuck in a way that the playbook does not know". The playbook's evidence is a second
    /// witness: a point is believed unless both are wrong (noisy-or).
    pub fn update(&mut self, playbook: &Playbook, slots: &[String], said: &StepOutput, now: Millis) {
        self.stuck = finite(said.stuck);
        let listed = listed(playbook);
        let rest = 1.0 - self.stuck + self.stuck * unknown_share(&listed, slots, said);
        let weights: Vec<f64> =
            playbook.stuck_points.iter().map(|point| self.weigh(&listed, point, slots, said)).collect();
        let sum = (weights.iter().sum::<f64>() + rest).max(f64::MIN_POSITIVE);
        let witnessed = |(point, weight)| self.witnessed(point, weight / sum, now);
        let mut points: Vec<_> = playbook.stuck_points.iter().zip(&weights).map(witnessed).collect();
        let sum: f64 = points.iter().map(|(_, probability, _)| probability).sum();
        points.sort_by(|(_, a, _), (_, b, _)| b.total_cmp(a));
        points.truncate(MAX_BELIEVED);
        let believed = |(point, probability, evident): &(&StuckPoint, f64, bool)| Believed {
            stuck_point: point.id.clone(),
            probability: probability / sum.max(1.0),
            evident: *evident,
        };
        self.points = points.iter().map(believed).collect();
    }

    /// Stuck now, wherever: by the model, or by all stuck points together where evidence says more.
    pub fn stuck_anywhere(&self) -> f64 {
        self.points.iter().map(|p| p.probability).sum::<f64>().max(self.stuck).min(1.0)
    }

    /// The stuck points that are believed in, best first.
    pub fn guesses(&self) -> Vec<Guess> {
        let guess = |p: &Believed| Guess { id: p.stuck_point.clone(), probability: p.probability };
        self.points.iter().filter(|p| p.probability >= NOTHING).map(guess).collect()
    }

    fn weigh(&self, listed: &Listed, point: &StuckPoint, slots: &[String], said: &StepOutput) -> f64 {
        let step = slots.iter().position(|s| *s == point.step).and_then(|at| said.slot.get(at));
        let cause = finite(said.cause.get(point.cause.index()).copied().unwrap_or(0.0));
        let causes = listed.get(point.step.as_str()).copied().unwrap_or_default();
        let neighbours = causes.iter().sum::<usize>().max(1) as f64;
        let twins = causes.get(point.cause.index()).copied().unwrap_or_default().max(1);
        let cause = (1.0 - LISTED) * cause.max(FLOOR) / twins as f64 + LISTED / neighbours;
        self.stuck * finite(step.copied().unwrap_or(0.0)).max(FLOOR) * cause
    }

    /// A point with its probability, and whether it is evident.
    fn witnessed<'p>(
        &self,
        point: &'p StuckPoint,
        modelled: f64,
        now: Millis,
    ) -> (&'p StuckPoint, f64, bool) {
        let (witness, evident) = self.facts.witness(point, now);
        let still = if self.done.contains(&point.step) { AFTER_SUCCESS } else { 1.0 };
        (point, still * (1.0 - (1.0 - modelled) * (1.0 - witness)), evident)
    }
}

/// For each step, how many stuck points the playbook has for each cause, in [`Cause::ALL`]'s order.
type Listed<'p> = BTreeMap<&'p str, [usize; Cause::ALL.len()]>;

/// Once for all points: looked up for each, steps are compared as often as the points' square.
fn listed(playbook: &Playbook) -> Listed<'_> {
    let mut listed = Listed::new();
    for point in &playbook.stuck_points {
        if let Some(count) = listed.entry(&point.step).or_default().get_mut(point.cause.index()) {
            *count += 1;
        }
    }
    listed
}

/// The share of "stuck" that falls on steps and causes for which the playbook has no stuck point.
fn unknown_share(listed: &Listed, slots: &[String], said: &StepOutput) -> f64 {
    let nowhere = said.slot.last().copied().map_or(0.0, finite);
    slots.iter().zip(&said.slot).fold(nowhere, |sum, (step, share)| {
        let unlisted = listed.get(step.as_str()).map_or(1.0, |causes| {
            let known = causes.iter().zip(&said.cause).filter(|(count, _)| **count > 0);
            UNLISTED * (1.0 - known.map(|(_, p)| finite(*p)).sum::<f64>()).max(0.0)
        });
        sum + finite(*share) * unlisted
    })
}

/// A probability that can be counted with, whatever a model says.
fn finite(probability: f32) -> f64 {
    if probability.is_finite() { f64::from(probability).clamp(0.0, 1.0) } else { 0.0 }
}
