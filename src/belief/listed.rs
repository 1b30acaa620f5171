//! A playbook's stuck points as belief counts them: worked out once, because steps compared at each event are
//! compared as often as the points' square.

use std::collections::BTreeMap;

use crate::{
    model::StepOutput,
    playbook::{Cause, Playbook},
};

/// The least share that a step or a cause gets, so that evidence can contradict the model.
const FLOOR: f64 = 0.02;
/// How much of a step's trouble is shared evenly among the causes that the playbook lists for it,
/// whatever the model says: its designer knows which occur there.
const EVEN: f64 = 0.3;
/// What the model puts on a cause that the playbook does not list for the step counts only so much,
/// because the model knows no app.
const UNLISTED: f64 = 0.3;

/// For each cause, in [`Cause::ALL`]'s order, how many stuck points a step has.
type Counts = [usize; Cause::ALL.len()];

/// A playbook's stuck points by step.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The places of the steps that have stuck points.
    steps: BTreeMap<String, usize>,
    /// By a step's place.
    counts: Vec<Counts>,
    /// In the playbook's order.
    points: Vec<Point>,
}

/// What a stuck point's weight is made of, beside what the model says.
#[derive(Clone, Copy, Debug)]
struct Point {
    /// Of its step.
    place: usize,
    cause: usize,
    /// How many stuck points its step has for its cause, itself among them.
    twins: f64,
    /// How many its step has.
    neighbours: f64,
}

impl Listed {
    /// Of a playbook.
    pub fn of(playbook: &Playbook) -> Self {
        let mut steps = BTreeMap::new();
        let mut counts: Vec<Counts> = Vec::new();
        let mut places = Vec::new();
        for point in &playbook.stuck_points {
            let place = *steps.entry(point.step.clone()).or_insert(counts.len());
            if place == counts.len() {
                counts.push(Counts::default());
            }
            if let Some(count) = counts.get_mut(place).and_then(|c| c.get_mut(point.cause.index())) {
                *count += 1;
            }
            places.push((place, point.cause.index()));
        }
        let points = places.into_iter().map(|(place, cause)| Point::new(place, cause, &counts)).collect();
        Self { steps, counts, points }
    }

    /// By the model, what each stuck point weighs, in the playbook's order; and the share of "stuck" that falls
    /// on steps and causes for which the playbook has no stuck point.
    pub fn weights(&self, slots: &[String], said: &StepOutput) -> (Vec<f64>, f64) {
        let mut shares = vec![0.0; self.counts.len()];
        let mut unknown = said.slot.last().copied().map_or(0.0, finite);
        for (step, share) in slots.iter().zip(&said.slot) {
            let place = self.steps.get(step);
            if let Some(share_of_step) = place.and_then(|place| shares.get_mut(*place)) {
                *share_of_step = finite(*share);
            }
            let counts = place.and_then(|place| self.counts.get(*place));
            unknown += finite(*share) * counts.map_or(1.0, |counts| unlisted(counts, said));
        }
        (self.points.iter().map(|point| point.weight(&shares, said)).collect(), unknown)
    }
}

/// The share of a step's trouble that falls on causes for which it has no stuck point.
fn unlisted(counts: &Counts, said: &StepOutput) -> f64 {
    let known = counts.iter().zip(&said.cause).filter(|(count, _)| **count > 0);
    UNLISTED * (1.0 - known.map(|(_, p)| finite(*p)).sum::<f64>()).max(0.0)
}

impl Point {
    fn new(place: usize, cause: usize, counts: &[Counts]) -> Self {
        let counts = counts.get(place).copied().unwrap_or_default();
        let twins = counts.get(cause).copied().unwrap_or_default().max(1) as f64;
        Self { place, cause, twins, neighbours: counts.iter().sum::<usize>().max(1) as f64 }
    }

    /// P(stuck) · P(its step) · P(its cause). `shares` are those of the steps, by place.
    fn weight(&self, shares: &[f64], said: &StepOutput) -> f64 {
        let share = shares.get(self.place).copied().unwrap_or(0.0).max(FLOOR);
        let cause = finite(said.cause.get(self.cause).copied().unwrap_or(0.0)).max(FLOOR);
        finite(said.stuck) * share * ((1.0 - EVEN) * cause / self.twins + EVEN / self.neighbours)
    }
}

/// A probability that can be counted with, whatever a model says.
pub(super) fn finite(probability: f32) -> f64 {
    if probability.is_finite() { f64::from(probability).clamp(0.0, 1.0) } else { 0.0 }
}
