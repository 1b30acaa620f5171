//! What was seen lately that a playbook's `evidence` can name: signals, and codes of errors.

use serde::{Deserialize, Serialize};

use crate::{
    event::{Event, EventKind},
    playbook::{Evidence, Place, StuckPoint, fits},
    signal::{Signal, SignalKind},
    time::Millis,
};

/// As many facts as are kept; the one seen longest ago goes first.
pub const MAX_FACTS: usize = 24;
/// After so long, in milliseconds, a fact weighs 1/e of what it did: a refusal of two minutes ago says
/// little about now.
const FADES_MS: f64 = 120_000.0;

/// Signals and error codes seen lately, newest last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts(Vec<Fact>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Fact {
    what: What,
    target: String,
    step: Option<String>,
    at: Millis,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Signal(SignalKind),
    Code(String),
}

impl Facts {
    /// Takes in one event with what fired at it. What belongs to a step that is done is forgotten.
    pub fn observe(&mut self, event: Option<&Event>, place: &Place, fired: &[Signal]) {
        for signal in fired {
            self.keep(What::Signal(signal.kind), &signal.target, place, signal.at);
        }
        if let Some(event) = event {
            match &event.kind {
                EventKind::ValidationError { field, code } if !code.is_empty() => {
                    self.keep(What::Code(code.clone()), field, place, event.t);
                }
                EventKind::Api(api) if api.status.failed() && !api.code.is_empty() => {
                    self.keep(What::Code(api.code.clone()), &api.endpoint, place, event.t);
                }
                _ => {}
            }
        }
        self.0.retain(|fact| !fact.step.as_ref().is_some_and(|step| place.succeeded.contains(step)));
    }

    /// How well a stuck point's evidence holds now: for each piece, 0 (not seen) to 1 (seen just now).
    pub fn support<'a>(&'a self, point: &'a StuckPoint, now: Millis) -> impl Iterator<Item = f64> + 'a {
        point.evidence.iter().map(move |evidence| self.holds(evidence, &point.step, now))
    }

    fn holds(&self, evidence: &Evidence, step: &str, now: Millis) -> f64 {
        let seen = |wanted: &dyn Fn(&What) -> bool| {
            let about = self.0.iter().rev().find(|fact| wanted(&fact.what) && fact.about(evidence, step));
            about.map_or(0.0, |fact| fact.freshness(now))
        };
        let signal = evidence.signal.map(|kind| seen(&|what| *what == What::Signal(kind)));
        let code =
            evidence.code.as_ref().map(|code| seen(&|what| matches!(what, What::Code(c) if c == code)));
        match (signal, code) {
            (Some(signal), Some(code)) => signal.min(code),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => seen(&|_| true),
        }
    }

    fn keep(&mut self, what: What, target: &str, place: &Place, at: Millis) {
        let step = place.step.clone();
        self.0.retain(|fact| !(fact.what == what && fact.target == target && fact.step == step));
        if self.0.len() >= MAX_FACTS {
            self.0.remove(0);
        }
        self.0.push(Fact { what, target: target.to_owned(), step, at });
    }
}

impl Fact {
    /// Whether it is about what the evidence asks for: the target it names, wherever that was seen;
    /// where it names none, the stuck point's step, or no step at all (a search from the home screen).
    fn about(&self, evidence: &Evidence, step: &str) -> bool {
        match &evidence.target {
            Some(pattern) => fits(pattern, &self.target),
            None => self.step.as_ref().is_none_or(|at| at == step),
        }
    }

    fn freshness(&self, now: Millis) -> f64 {
        libm::exp(-(now.since(self.at).max(0) as f64) / FADES_MS)
    }
}
