//! The behaviour model: one graph, one step an event.

use super::{
    Behaviour, StepInput, StepOutput,
    meta::{Meta, Role},
    onnx::{File, Graph, Port, shapes},
};
use crate::{
    error::{Error, ErrorKind, Result},
    features::schema::{self, EVENT, SLOT, SLOTS, STATE},
    playbook::Cause,
};

/// The graph's inputs: the event, the state before it, the slots, and 1 for each slot that is filled.
pub const INPUTS: [Port; 4] =
    [("event", &[1, EVENT]), ("state", &[1, STATE]), ("slots", &[SLOTS, SLOT]), ("filled", &[1, SLOTS])];

/// The graph's outputs: the state after the event, and the three answers as calibrated probabilities.
pub const OUTPUTS: [Port; 4] = [
    ("state_after", &[1, STATE]),
    ("stuck", &[1, 1]),
    ("slot", &[1, SLOTS + 1]),
    ("cause", &[1, Cause::ALL.len()]),
];

/// The behaviour model, run by tract.
#[derive(Debug)]
pub struct BehaviourModel {
    meta: Meta,
    graph: Graph,
}

impl BehaviourModel {
    /// Loads a model file; one that is for another contract is refused with a sentence that says what
    /// differs.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        let file = File::read(bytes)?;
        let meta = file.check(Role::Behaviour, schema::VERSION, &INPUTS, &OUTPUTS)?;
        meta.check_labels(&labels())?;
        Ok(Self { meta, graph: file.prepare(shapes(&INPUTS), shapes(&OUTPUTS))? })
    }

    /// What the file says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }
}

/// The labels of a behaviour model: the causes in wire order.
pub fn labels() -> Vec<String> {
    let word = |cause: &Cause| serde_json::to_value(cause).ok().and_then(|v| v.as_str().map(str::to_owned));
    Cause::ALL.iter().filter_map(word).collect()
}

impl Behaviour for BehaviourModel {
    fn step(&self, state: &mut Vec<f32>, input: &StepInput) -> Result<StepOutput> {
        let mut filled = [0.0; SLOTS];
        filled.iter_mut().take(input.filled).for_each(|x| *x = 1.0);
        let outputs = self.graph.run(&[&input.event, state, &input.slots, &filled])?;
        let shape = || Error::new(ErrorKind::Model, "outputs", "the model gave a wrong shape");
        let [after, stuck, slot, cause] = <[Vec<f32>; 4]>::try_from(outputs).map_err(|_| shape())?;
        let output = StepOutput {
            stuck: stuck.first().copied().ok_or_else(shape)?.clamp(0.0, 1.0),
            slot: slot.try_into().map_err(|_| shape())?,
            cause: cause.try_into().map_err(|_| shape())?,
        };
        *state = after;
        Ok(output)
    }
}
