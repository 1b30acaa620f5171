//! The intent model: what a typed text means, from its n-grams.

use std::sync::OnceLock;

use super::{
    Intents, Posterior,
    meta::{Meta, Role},
    onnx::{File, Graph, Port, shapes},
    text::{self, MAX_GRAMS},
};
use crate::error::{Error, ErrorKind, Result};

/// The graph's inputs: the n-grams' buckets and weights; unused places at the end weigh 0.
pub const INPUTS: [Port; 2] = [("grams", &[MAX_GRAMS]), ("weights", &[MAX_GRAMS])];
/// The most labels of a model: eight times the largest public benchmark's.
pub const MAX_LABELS: usize = 1_200;

/// The names and shapes of the graph's outputs, both calibrated: a probability a label, and how likely
/// it is that none is meant.
pub fn outputs(labels: &[usize; 2]) -> [Port<'_>; 2] {
    [("probabilities", labels), ("out_of_scope", &[1, 1])]
}

/// The intent model, run by tract.
#[derive(Debug)]
pub struct IntentModel {
    meta: Meta,
    /// What the graph is prepared from.
    file: File,
    graph: OnceLock<Graph>,
}

impl IntentModel {
    /// Loads a model file; one that is for another contract is refused with a sentence that says what
    /// differs.
    pub fn load(bytes: &[u8]) -> Result<Self> {
        let this = Self::open(bytes)?;
        this.graph().map(|_| ())?;
        Ok(this)
    }

    /// Checks a model file, and prepares its graph when the first text is asked about: most visits have
    /// none, and preparing takes a third of the engine's start.
    pub fn open(bytes: &[u8]) -> Result<Self> {
        let file = File::read(bytes)?;
        let labels = file.meta()?.labels.len();
        if !(1..=MAX_LABELS).contains(&labels) {
            let detail = format!("there are {labels} labels; 1 to {MAX_LABELS} are read");
            return Err(Error::new(ErrorKind::Model, "unstuck.labels", detail));
        }
        let meta = file.check(Role::Intents, text::VERSION, &INPUTS, &outputs(&[1, labels]))?;
        Ok(Self { meta, file, graph: OnceLock::new() })
    }

    fn graph(&self) -> Result<&Graph> {
        if let Some(graph) = self.graph.get() {
            return Ok(graph);
        }
        let shape = [1, self.meta.labels.len()];
        let graph = self.file.prepare(shapes(&INPUTS), shapes(&outputs(&shape)))?;
        Ok(self.graph.get_or_init(|| graph))
    }

    /// What the file says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }
}

impl Intents for IntentModel {
    fn labels(&self) -> &[String] {
        &self.meta().labels
    }

    fn posterior(&self, text: &str) -> Result<Posterior> {
        let (mut grams, mut weights) = (vec![0.0; MAX_GRAMS], vec![0.0; MAX_GRAMS]);
        let read = text::grams(text);
        let places = grams.iter_mut().zip(&mut weights);
        for ((id, weight), gram) in places.zip(&read) {
            // Buckets are below 2^24, so a float holds them exactly.
            (*id, *weight) = (gram.id as f32, gram.weight);
        }
        let outputs = self.graph()?.run(&[&grams, &weights])?;
        let shape = || Error::new(ErrorKind::Model, "outputs", "the model gave a wrong shape");
        let [probabilities, out_of_scope] = <[Vec<f32>; 2]>::try_from(outputs).map_err(|_| shape())?;
        let out_of_scope = out_of_scope.first().copied().ok_or_else(shape)?.clamp(0.0, 1.0);
        // A text without a letter means nothing, whatever a model makes of nothing.
        let out_of_scope = if read.is_empty() { 1.0 } else { out_of_scope };
        Ok(Posterior { probabilities, out_of_scope })
    }
}
