//! What one input came to, gathered over all moments that it brought.

use super::{
    io::{Config, Explain, Output},
    senses::Sensed,
    state::State,
};
use crate::{
    action::{Action, ActionKind, Reason},
    belief::Meaning,
    policy::Verdict,
    signal::Signal,
    time::Millis,
};

/// As many guesses as an explanation shows.
const MAX_EXPLAINED: usize = 5;

/// What one input came to.
#[derive(Debug, Default)]
pub struct Told {
    /// What to do.
    actions: Vec<Action>,
    /// What fired.
    fired: Vec<Signal>,
    /// The last decision.
    pub verdict: Option<Verdict>,
    /// What a typed text meant.
    pub meaning: Option<Meaning>,
    /// The profile has changed.
    pub profile: bool,
    sequence: u64,
    number: u32,
    t: Millis,
}

impl Told {
    /// The next moment: its number, and the host's time of it.
    pub fn begin(&mut self, sequence: u64, t: Millis) {
        self.sequence = sequence;
        self.number = 0;
        self.t = t;
    }

    /// One thing to do; gives its key.
    pub fn act(&mut self, kind: ActionKind, reasons: Vec<Reason>) -> String {
        self.number = self.number.saturating_add(1);
        let key = format!("{}-{}", self.sequence, self.number);
        self.actions.push(Action { key: key.clone(), t: self.t, kind, reasons });
        key
    }

    /// What was sensed.
    pub fn sensed(&mut self, sensed: Sensed) {
        self.fired.extend(sensed.fired);
    }

    /// All of it, for the host.
    pub fn output(self, config: &Config, state: &State, wake_at: Option<Millis>) -> Output {
        let explain = config.explain.then(|| self.explain(state));
        Output {
            actions: self.actions,
            wake_at,
            profile: self.profile.then(|| state.profile.clone()),
            explain,
        }
    }

    fn explain(&self, state: &State) -> Explain {
        let mut believed = match &self.meaning {
            Some(meaning) => meaning.ranked.clone(),
            None => state.belief.guesses(),
        };
        believed.truncate(MAX_EXPLAINED);
        Explain {
            signals: self.fired.clone(),
            stuck: state.belief.stuck_anywhere(),
            step: state.senses.place().step,
            believed,
            worth: self.verdict.as_ref().map_or(0.0, |verdict| verdict.worth),
            decision: self.verdict.as_ref().map(decision).unwrap_or_default(),
        }
    }
}

/// A verdict in a word and the code of its first reason.
fn decision(verdict: &Verdict) -> String {
    let word = if verdict.offer { "suggest" } else { "stay_silent" };
    let code = verdict.reasons.first().map_or("", |reason| reason.code.as_str());
    format!("{word}: {code}")
}
