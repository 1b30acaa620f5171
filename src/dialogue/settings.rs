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
    /// How long a request waits for a human before it expires, in milliseconds.
    pub handoff_wait_ms: u32,
    /// How patient it is in elder mode.
    #[serde(skip_serializing_if = "Elder::is_default")]
    pub elder: Elder,
}

/// How patient the bot is in elder mode. Of two that hold, the smaller counts: a human is never later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Elder {
    /// As `failures` of all.
    pub failures: u8,
    /// As `retries` of all.
    pub retries: u8,
}

impl Default for Elder {
    fn default() -> Self {
        Self { failures: 2, retries: 1 }
    }
}

impl Elder {
    /// Left out of what is written: a playbook that says nothing of it stays the same to the byte.
    fn is_default(&self) -> bool {
        *self == Self::default()
    }
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
            elder: Elder::default(),
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
    ("handoff_wait_ms", "Ours: five minutes, after which a message is the better choice."),
];

/// The same for [`Elder`].
pub const ELDER: &[Row] = &[
    (
        "failures",
        "Ours: one attempt in vain may be a hitch, a second one tires. Beside it the button to a human stands under every answer and every question of a flow.",
    ),
    ("retries", "Ours: one slip; who types with effort is not asked a third time."),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn same<S: Default + Serialize>(table: &[Row]) {
        let value = serde_json::to_value(S::default()).unwrap();
        let mut keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut rows: Vec<_> = table.iter().map(|(name, _)| *name).collect();
        keys.sort_unstable();
        rows.sort_unstable();
        assert_eq!(rows, keys);
    }

    #[test]
    fn the_tables_name_every_setting_once_and_nothing_else() {
        same::<Settings>(TABLE);
        same::<Elder>(ELDER);
    }

    #[test]
    fn elder_mode_is_written_only_where_it_differs() {
        let elder = Elder { failures: 1, ..Elder::default() };
        let written = serde_json::to_value(Settings { elder, ..Settings::default() }).unwrap();
        assert_eq!(written["elder"], serde_json::json!({ "failures": 1, "retries": 1 }));
        let read: Settings = serde_json::from_str(r#"{ "elder": { "retries": 0 } }"#).unwrap();
        assert_eq!(read.elder, Elder { failures: 2, retries: 0 });
    }
}
