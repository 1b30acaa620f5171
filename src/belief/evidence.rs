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
/// From this freshness on, evidence counts as seen at this very moment: half a minute.
const FRESH: f64 = 0.78;
/// More sightings of one fact convince no further.
const MAX_TIMES: u8 = 8;
/// How far one sighting convinces by itself, as the share of cases in which a playbook's author who
/// names it is right. A signal that already counts several tries:
const COUNTED: f64 = 0.35;
/// A single try that came to nothing, a long stillness where the author expects one:
const SINGLE: f64 = 0.25;
/// A refusal with the code of the case: people mistype once without being stuck.
const REFUSED: f64 = 0.22;
/// A habit that people who get on well have too:
const HABIT: f64 = 0.12;

/// Signals and error codes seen lately, newest last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts(Vec<Fact>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Fact {
    what: What,
    target: String,
    step: Option<String>,
    at: Millis,
    times: u8,
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

    /// How far a stuck point's evidence convinces by itself, 0 to 1, and whether some of it was seen
    /// just now. The pieces are witnesses apart: 1 − Π(1 − one) (noisy-or).
    pub fn witness(&self, point: &StuckPoint, now: Millis) -> (f64, bool) {
        let seen = point.evidence.iter().filter_map(|evidence| self.sighting(evidence, &point.step, now));
        let (doubt, evident) =
            seen.fold((1.0, false), |(doubt, evident), (one, fresh)| (doubt * (1.0 - one), evident || fresh));
        (1.0 - doubt, evident)
    }

    /// The weaker of the parts that a piece of evidence asks for; nothing where one was not seen.
    fn sighting(&self, evidence: &Evidence, step: &str, now: Millis) -> Option<(f64, bool)> {
        let seen = |wanted: &dyn Fn(&What) -> bool| {
            let fact = self.0.iter().rev().find(|fact| wanted(&fact.what) && fact.about(evidence, step))?;
            Some((fact.convinces(now), fact.freshness(now) >= FRESH))
        };
        let signal = evidence.signal.map(|kind| seen(&|what| *what == What::Signal(kind)));
        let code =
            evidence.code.as_ref().map(|code| seen(&|what| matches!(what, What::Code(c) if c == code)));
        match (signal, code) {
            (Some(signal), Some(code)) => {
                let ((a, fresh_a), (b, fresh_b)) = (signal?, code?);
                Some((a.min(b), fresh_a && fresh_b))
            }
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => seen(&|_| true),
        }
    }

    fn keep(&mut self, what: What, target: &str, place: &Place, at: Millis) {
        let step = place.step.clone();
        let same = |fact: &Fact| fact.what == what && fact.target == target && fact.step == step;
        let before = self.0.iter().find(|fact| same(fact)).map_or(0, |fact| fact.times);
        self.0.retain(|fact| !same(fact));
        if self.0.len() >= MAX_FACTS {
            self.0.remove(0);
        }
        let times = before.saturating_add(1).min(MAX_TIMES);
        self.0.push(Fact { what, target: target.to_owned(), step, at, times });
    }
}

impl What {
    fn credit(&self) -> f64 {
        use SignalKind as S;
        match self {
            Self::Code(_) => REFUSED,
            Self::Signal(
                S::RageClick
                | S::FormErrorLoop
                | S::RepeatedFailure
                | S::SearchWithoutResult
                | S::SlowResponse,
            ) => COUNTED,
            Self::Signal(S::DeadClick | S::ErrorClick | S::IdleAtStep) => SINGLE,
            Self::Signal(_) => HABIT,
        }
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

    /// All its sightings together, faded.
    fn convinces(&self, now: Millis) -> f64 {
        let doubt = libm::pow(1.0 - self.what.credit(), f64::from(self.times));
        (1.0 - doubt) * self.freshness(now)
    }

    fn freshness(&self, now: Millis) -> f64 {
        libm::exp(-(now.since(self.at).max(0) as f64) / FADES_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::{Cause, Help, Text};

    fn point(evidence: Vec<Evidence>) -> StuckPoint {
        StuckPoint {
            id: "p".into(),
            step: "s".into(),
            cause: Cause::InterfaceDefect,
            title: Text::default(),
            offer: Text::default(),
            help: Help::Human {},
            worth: 8.0,
            evidence,
            questions: Default::default(),
        }
    }

    fn signal(kind: SignalKind, target: &str, at: i64) -> Signal {
        Signal {
            kind,
            at: Millis(at),
            since: Millis(at),
            screen: "/s".into(),
            target: target.into(),
            count: 1,
        }
    }

    fn at_step() -> Place {
        Place { step: Some("s".into()), ..Place::default() }
    }

    #[test]
    fn sightings_add_up_and_fade() {
        let dead = Evidence { signal: Some(SignalKind::DeadClick), ..Evidence::default() };
        let point = point(vec![dead]);
        let mut facts = Facts::default();
        let mut before = facts.witness(&point, Millis(0)).0;
        assert_eq!(before, 0.0);
        for at in [0, 2_000, 4_000] {
            facts.observe(None, &at_step(), &[signal(SignalKind::DeadClick, "b", at)]);
            let (now, evident) = facts.witness(&point, Millis(at));
            assert!(now > before && now < 0.9 && evident, "{now}");
            before = now;
        }
        let (later, evident) = facts.witness(&point, Millis(124_000));
        assert!(later < before / 2.0 && !evident, "{later}");
    }

    #[test]
    fn one_refusal_or_one_dead_tap_is_no_reason_to_speak_and_two_are() {
        // The belief that an offer of the usual worth needs; docs/settings.md.
        const NEEDED: f64 = 0.3;
        for kind in [SignalKind::DeadClick, SignalKind::IdleAtStep, SignalKind::ErrorClick] {
            let point = point(vec![Evidence { signal: Some(kind), ..Evidence::default() }]);
            let mut facts = Facts::default();
            facts.observe(None, &at_step(), &[signal(kind, "b", 0)]);
            assert!(facts.witness(&point, Millis(0)).0 < NEEDED, "{kind:?} once");
            facts.observe(None, &at_step(), &[signal(kind, "b", 2_000)]);
            assert!(facts.witness(&point, Millis(2_000)).0 > NEEDED, "{kind:?} twice");
        }
    }

    #[test]
    fn what_belongs_to_another_step_or_element_is_no_evidence() {
        let about = |target: &str| Evidence {
            signal: Some(SignalKind::RageClick),
            target: Some(target.into()),
            ..Evidence::default()
        };
        let mut facts = Facts::default();
        facts.observe(None, &at_step(), &[signal(SignalKind::RageClick, "pay.submit", 0)]);
        for (pattern, seen) in [("pay.submit", true), ("pay.*", true), ("bind.*", false)] {
            assert_eq!(facts.witness(&point(vec![about(pattern)]), Millis(0)).0 > 0.0, seen, "{pattern}");
        }
        let done = Place { succeeded: vec!["s".into()], ..Place::default() };
        facts.observe(None, &done, &[]);
        assert_eq!(facts.witness(&point(vec![about("pay.*")]), Millis(0)).0, 0.0, "the step is done");
    }
}
