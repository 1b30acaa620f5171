//! When an answer is given, a question asked back, a human offered. `docs/settings.md` is generated from
//! [`TABLE`].

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
    /// As `failures`, in elder mode; where both hold, the smaller.
    pub elder_failures: u8,
    /// As `retries`, in elder mode; where both hold, the smaller.
    pub elder_retries: u8,
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
            elder_failures: 2,
            elder_retries: 1,
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

/// One row of the table of settings: name and where its default comes from.
pub type Row = (&'static str, &'static str);

/// Why each default is what it is.
pub const TABLE: &[Row] = &[
    ("answer_at", "Ours: likelier right than all else together, with some room."),
    ("clarify_margin", "Ours: asking costs one tap, a wrong answer a whole turn."),
    ("propose_at", "Ours: below that a button is right less than once in eight times."),
    ("out_of_scope_at", "Ours: likelier foreign than not."),
    ("failures", "Ours: the third attempt in vain is one too many."),
    ("retries", "Ours: a slip of the finger, and one of the eye."),
    (
        "elder_failures",
        "Ours: one attempt in vain may be a hitch, a second one tires. Beside it the button to a human stands under every answer and every question of a flow.",
    ),
    ("elder_retries", "Ours: one slip; who types with effort is not asked a third time."),
    ("handoff_wait_ms", "Ours: five minutes, after which a message is the better choice."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_setting_once_and_nothing_else() {
        let value = serde_json::to_value(Settings::default()).unwrap();
        let mut keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut rows: Vec<_> = TABLE.iter().map(|(name, _)| *name).collect();
        keys.sort_unstable();
        rows.sort_unstable();
        assert_eq!(rows, keys);
    }
}
