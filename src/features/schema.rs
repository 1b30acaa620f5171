//! The shape that the behaviour model and the encoder agree on.

/// The version of names and order; a model of another version is refused.
pub const VERSION: u32 = 1;
/// Candidate slots: steps at which the user may be stuck.
pub const SLOTS: usize = 8;
/// The width of the model's state.
pub const STATE: usize = 32;
