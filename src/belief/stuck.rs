//! Where behaviour says that the user is stuck: the model's slots and causes as stuck points.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    evidence::Facts,
    listed::{Listed, finite},
};
use crate::{
    action::Guess,
    event::Event,
    model::StepOutput,
    playbook::{Place, Playbook, StuckPoint},
    signal::Signal,
    time::Millis,
};

/// As many stuck points as are kept of a belief.
pub const MAX_BELIEVED: usize = 8;
/// What is left of a stuck point once its step is done.
const AFTER_SUCCESS: f64 = 0.05;
/// Less likely than this, a stuck point is not believed in at all.
pub const NOTHING: f64 = 0.1;

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

    /// Spreads what the model says over the playbook's stuck points. `listed` is of that playbook, and `slots`
    /// are the steps behind the model's slots, in their order.
    ///
    /// By the model, each point weighs P(stuck) · P(its step) · P(its cause); against them stand "not
    /// stuck" and "stuck in a way that the playbook does not know". The playbook's evidence is a second
    /// witness: a point is believed unless both are wrong (noisy-or).
    pub fn update(
        &mut self,
        playbook: &Playbook,
        listed: &Listed,
        slots: &[String],
        said: &StepOutput,
        now: Millis,
    ) {
        self.stuck = finite(said.stuck);
        let (weights, unknown) = listed.weights(slots, said);
        let rest = 1.0 - self.stuck + self.stuck * unknown;
        let sum = (weights.iter().sum::<f64>() + rest).max(f64::MIN_POSITIVE);
        let mut points: Vec<Witnessed> = playbook
            .stuck_points
            .iter()
            .zip(&weights)
            .map(|(point, weight)| self.witnessed(point, weight / sum, now))
            .collect();
        let sum: f64 = points.iter().map(|witnessed| witnessed.probability).sum();
        points.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        points.truncate(MAX_BELIEVED);
        let believed = |witnessed: &Witnessed| Believed {
            stuck_point: witnessed.point.id.clone(),
            probability: witnessed.probability / sum.max(1.0),
            evident: witnessed.evident,
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

    fn witnessed<'p>(&self, point: &'p StuckPoint, modelled: f64, now: Millis) -> Witnessed<'p> {
        let (witness, evident) = self.facts.witness(point, now);
        let still = if self.done.contains(&point.step) { AFTER_SUCCESS } else { 1.0 };
        Witnessed { point, probability: still * (1.0 - (1.0 - modelled) * (1.0 - witness)), evident }
    }
}

/// A stuck point by both witnesses, the model and the evidence.
struct Witnessed<'p> {
    point: &'p StuckPoint,
    probability: f64,
    evident: bool,
}
