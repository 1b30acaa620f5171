//! Stage 4. The models, seen from the engine: two traits, so that stages after it never name tract.

#[cfg(feature = "onnx")]
pub mod behaviour;
#[cfg(feature = "onnx")]
pub mod intents;
pub mod meta;
#[cfg(feature = "onnx")]
pub mod onnx;
pub mod text;
pub mod vague;

#[cfg(feature = "onnx")]
pub use behaviour::BehaviourModel;
#[cfg(feature = "onnx")]
pub use intents::IntentModel;

pub use crate::features::StepInput;

use crate::{error::Result, features::schema, playbook::Cause};

/// What the behaviour model says after one event. All calibrated probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct StepOutput {
    /// Stuck now.
    pub stuck: f32,
    /// At which slot; the last is "none of these". Sums to 1.
    pub slot: [f32; schema::SLOTS + 1],
    /// Why, in the order of [`Cause::ALL`]. Sums to 1.
    pub cause: [f32; Cause::ALL.len()],
}

/// The behaviour model: one step an event.
pub trait Behaviour {
    /// The state before the first event: `STATE` zeros.
    fn start(&self) -> Vec<f32> {
        vec![0.0; schema::STATE]
    }

    /// One event further. `state` is replaced by the new one; it is unchanged after an error.
    fn step(&self, state: &mut Vec<f32>, input: &StepInput) -> Result<StepOutput>;
}

/// The intent model.
pub trait Intents {
    /// The stuck points' and intents' ids and perhaps those of [`vague::LABELS`], in the order of the posterior.
    fn labels(&self) -> &[String];

    /// The calibrated posterior of a text over [`Self::labels`], and whether it is out of scope.
    fn posterior(&self, text: &str) -> Result<Posterior>;
}

/// What a text means.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior {
    /// A probability a label; sums to 1.
    pub probabilities: Vec<f32>,
    /// 0 to 1: how likely it is that none of the labels is meant.
    pub out_of_scope: f32,
}
