//! Stage 3. Numbers for the behaviour model: one vector an event, one a candidate slot.

mod encoder;
mod event_row;
mod measure;
pub mod schema;
mod slots;

pub use encoder::{Encoder, SLOW_MS};

/// What the behaviour model gets for one event. Rows of `slots` at and after `filled` are zero.
#[derive(Clone, Debug, PartialEq)]
pub struct StepInput {
    /// The event's features, in the order of [`schema`].
    pub event: Vec<f32>,
    /// `SLOTS` rows of slot features, row after row.
    pub slots: Vec<f32>,
    /// How many slots are filled.
    pub filled: usize,
}

#[cfg(test)]
mod tests;
