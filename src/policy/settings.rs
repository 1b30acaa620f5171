//! Caps, cool-downs and costs of the policy. `docs/settings.md` is generated from [`TABLE`].

use serde::{Deserialize, Serialize};

/// How much the bot may interrupt. Worth and costs are in units of one interruption at a good moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What an offer costs that is for the wrong trouble, or for none.
    pub mistake_cost: f64,
    /// How many times dearer an interruption is in the middle of doing something.
    pub mid_task_cost: f64,
    /// What an offer must be worth beyond its costs.
    pub least_worth: f64,
    /// How long a belief must hold before it is acted on, in milliseconds, where the playbook names no
    /// evidence that was just seen.
    pub settle_ms: u32,
    /// How long after the last keystrokes the user still counts as typing, in milliseconds.
    pub typing_ms: u32,
    /// How long after the last tap or scroll the user still counts as doing something, in milliseconds.
    pub mid_task_ms: u32,
    /// After so long without an outcome a payment no longer forbids offers, in milliseconds.
    pub payment_ms: u32,
    /// How long after the last word the chat still counts as going on, in milliseconds, where the host
    /// does not say that it was closed.
    pub talk_ms: u32,
    /// How long an offer stays on screen unanswered, in milliseconds.
    pub offer_ms: u32,
    /// The least time from the end of one offer to the next, in milliseconds. Something new has to
    /// happen after it: no offer is made merely because the time is over.
    pub cool_down_ms: u32,
    /// The least time from an offer that was sent away to the next, in milliseconds.
    pub declined_cool_down_ms: u32,
    /// For how long the offer for a stuck point is not made again once it was sent away, in days.
    pub declined_days: u32,
    /// The most offers in one visit.
    pub per_visit: u32,
    /// The most offers in a period, over visits; every one must allow it.
    pub caps: Vec<Cap>,
    /// The share of users, 0 to 1, to whom the offer for a stuck point is not made, so that its effect
    /// can be measured.
    pub holdout: f64,
    /// Changes who is held out, for a new experiment.
    pub holdout_salt: String,
}

/// At most so many offers in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// How many.
    pub cap: u32,
    /// In how long, in milliseconds.
    pub period_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mistake_cost: 2.0,
            mid_task_cost: 2.5,
            least_worth: 0.0,
            settle_ms: 1_500,
            typing_ms: 2_500,
            mid_task_ms: 1_200,
            payment_ms: 30_000,
            talk_ms: 120_000,
            offer_ms: 90_000,
            cool_down_ms: 60_000,
            declined_cool_down_ms: 300_000,
            declined_days: 30,
            per_visit: 3,
            caps: vec![Cap { cap: 5, period_ms: DAY_MS }],
            holdout: 0.1,
            holdout_salt: String::new(),
        }
    }
}

/// A day in milliseconds.
pub const DAY_MS: i64 = 86_400_000;

/// One row of the table of settings: name and where its default comes from.
pub type Row = (&'static str, &'static str);

/// Why each default is what it is.
pub const TABLE: &[Row] = &[
    (
        "mistake_cost",
        "Ours: a wrong offer also costs trust. With the usual worth of 8 an offer needs a belief of 0.3.",
    ),
    (
        "mid_task_cost",
        "After arXiv 2601.10253: 62 % of interruptions mid-task are sent away, 52 % are welcome at a boundary. With the usual worth mid-task needs a belief of 0.45.",
    ),
    ("least_worth", "Ours: break-even."),
    ("settle_ms", "Ours: longer than the gap between two taps, so that one noisy step is not acted on."),
    ("typing_ms", "Ours: longer than a pause between words."),
    ("mid_task_ms", "Ours: a little over the second that chains taps in Datadog's and PostHog's rules."),
    ("payment_ms", "Ours: the usual time-out of a gateway."),
    ("talk_ms", "Ours: two minutes of silence end a talk."),
    ("offer_ms", "Ours: unanswered that long, it is not wanted."),
    ("cool_down_ms", "Ours: one offer at a time to take in."),
    ("declined_cool_down_ms", "Ours. Forrester: a decline must be remembered."),
    ("declined_days", "Forrester: a decline must be remembered; a month, since apps and people change."),
    ("per_visit", "Ours; the kind of cap is that of Pendo and Intercom."),
    ("caps", "The shape is Firefox's message router: any number of `{cap, period_ms}`; five a day."),
    ("holdout", "Ours: a tenth is enough for an interval after some thousand visits."),
    ("holdout_salt", "Change it to draw a new share of users."),
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

    #[test]
    fn the_beliefs_that_the_table_names_are_those_of_the_defaults() {
        let settings = Settings::default();
        let usual_worth = 8.0;
        let needed = |interruption: f64| {
            (interruption + settings.mistake_cost + settings.least_worth)
                / (usual_worth + settings.mistake_cost)
        };
        let named = |name: &str, figure: f64| {
            let (_, why) = TABLE.iter().find(|(row, _)| *row == name).unwrap();
            assert!(
                why.contains(&format!("belief of {figure:.3}").trim_end_matches('0').to_owned()),
                "{why}"
            );
        };
        named("mistake_cost", needed(1.0));
        named("mid_task_cost", needed(settings.mid_task_cost));
    }
}
