//! What a typed text means, with the behaviour before it.

use crate::action::{Basis, Guess};

/// What a typed text means: text and behaviour in one posterior.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning {
    /// Stuck points and intents with their probabilities, best first; at most five.
    pub ranked: Vec<Guess>,
    /// How likely it is that none of them is meant, 0 to 1.
    pub out_of_scope: f64,
    /// The same, apart: for the answer to say what it rests on.
    pub basis: Basis,
}
