//! When an answer is given, a question asked back, a human offered.

use serde::{Deserialize, Serialize};

/// How sure the bot must be, and how patient it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// From this probability on a meaning is answered without asking back.
    pub answer_at: f64,
    /// Two meanings closer than this are asked about.
    pub clarify_margin: f64,
    /// A meaning below this is not proposed when asking back.
    pub propose_at: f64,
    /// From this probability on a question counts as out of scope.
    pub out_of_scope_at: f64,
    /// After so many turns in a row that did not help, a human is offered.
    pub failures: u8,
    /// How often a flow asks again for a value that does not fit, before a human is offered.
    pub retries: u8,
    /// How long a request waits for a human before it expires, in milliseconds.
    pub handoff_wait_ms: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            answer_at: 0.55,
            clarify_margin: 0.2,
            propose_at: 0.12,
            out_of_scope_at: 0.5,
            failures: 3,
            retries: 2,
            handoff_wait_ms: 300_000,
        }
    }
}

impl Settings {
    /// The names of those that should be probabilities and do not lie between 0 and 1.
    pub fn improbable(&self) -> impl Iterator<Item = &'static str> {
        let probabilities = [
            ("answer_at", self.answer_at),
            ("clarify_margin", self.clarify_margin),
            ("propose_at", self.propose_at),
            ("out_of_scope_at", self.out_of_scope_at),
        ];
        probabilities.into_iter().filter(|(_, value)| !(0.0..=1.0).contains(value)).map(|(name, _)| name)
    }
}
