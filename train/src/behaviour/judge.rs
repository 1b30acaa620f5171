//! Lets models and rules judge visits.

use std::collections::BTreeMap;

use unstuck::{Result, features::schema::SLOTS, model::Behaviour, signal::SignalKind};

use super::{
    data::{Moment, follow, follow_until},
    rum,
};
use crate::traces::{Labels, Trace};

/// What was said at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// When.
    pub t: i64,
    /// Stuck now, 0 to 1; or how often a rule fired so far.
    pub score: f32,
    /// Whether the likeliest step was the true one, where that is known.
    pub step: Option<bool>,
    /// Whether the likeliest cause was the true one, where that is known.
    pub cause: Option<bool>,
    /// Whether the person was stuck then.
    pub stuck: bool,
}

/// A visit, and what was said in it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What is true of it.
    pub labels: Labels,
    /// What was said at each moment.
    pub said: Vec<Said>,
    /// How long it was, in milliseconds.
    pub length_ms: i64,
}

impl Judged {
    /// What is said while it counts: in a stuck visit from getting stuck until just before they get
    /// through, leave or ask for help; in another visit always.
    pub(super) fn counting(&self) -> impl Iterator<Item = &Said> {
        let end = self.labels.until.unwrap_or(i64::MAX);
        self.said.iter().filter(move |s| !self.labels.stuck || (s.stuck && s.t < end))
    }

    pub(super) fn score(&self) -> f32 {
        self.counting().map(|s| s.score).fold(0.0, f32::max)
    }
}

/// Lets a model judge visits.
pub fn judge(model: &dyn Behaviour, traces: &[Trace]) -> Result<Vec<Judged>> {
    traces.iter().map(|trace| Ok(judged(trace, listen(model, &follow(trace))?))).collect()
}

/// Lets a model judge visits by what it says after their `k`th event, and by nothing else. Visits that
/// are over by then are left out: of them everything is known.
pub fn judge_at(model: &dyn Behaviour, traces: &[Trace], k: usize) -> Result<Vec<Judged>> {
    let going_on = |trace: &&Trace| {
        let until = trace.labels.until.unwrap_or(i64::MAX);
        trace.events.len() > k && k.checked_sub(1).is_none_or(|i| trace.events[i].t.0 < until)
    };
    let at = |trace: &Trace| {
        let last = listen(model, &follow_until(trace, k))?.pop();
        let said = last.map(|said| Said { stuck: trace.labels.stuck, ..said });
        Ok(judged(trace, said.into_iter().collect()))
    };
    traces.iter().filter(going_on).map(at).collect()
}

fn listen(model: &dyn Behaviour, moments: &[Moment]) -> Result<Vec<Said>> {
    let mut state = model.start();
    let say = |moment: &Moment| {
        let output = model.step(&mut state, &moment.input)?;
        let truth = moment.truth;
        Ok(Said {
            t: moment.t,
            score: output.stuck,
            step: truth.slot.map(|slot| slot < SLOTS && best(&output.slot[..SLOTS]) == slot),
            cause: truth.cause.map(|cause| best(&output.cause) == cause),
            stuck: truth.stuck,
        })
    };
    moments.iter().map(say).collect()
}

fn judged(trace: &Trace, said: Vec<Said>) -> Judged {
    let length_ms = match (trace.events.first(), trace.events.last()) {
        (Some(first), Some(last)) => last.t.since(first.t),
        _ => 0,
    };
    Judged { labels: trace.labels.clone(), said, length_ms }
}

fn best(scores: &[f32]) -> usize {
    let top = |a: &(usize, &f32), b: &(usize, &f32)| a.1.total_cmp(b.1);
    scores.iter().enumerate().max_by(top).map_or(0, |(i, _)| i)
}

/// Lets each signal alone judge visits: its score is how often it fired so far. Beside them, all
/// signals together, and the frustration rules of a product.
pub fn judge_by_rules(traces: &[Trace]) -> BTreeMap<String, Vec<Judged>> {
    let mut tables: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    for trace in traces {
        let moments = follow(trace);
        let mut add = |name: String, said: Vec<Said>| {
            tables.entry(name).or_default().push(judged(trace, said));
        };
        for kind in SignalKind::ALL.into_iter().map(Some).chain([None]) {
            let count =
                |m: &Moment| m.fired.iter().filter(|s| kind.is_none_or(|kind| s.kind == kind)).count();
            add(name(kind), so_far(&moments, |m| count(m)));
        }
        let mut frustrations = rum::frustrations(&trace.events).into_iter().peekable();
        let until = |m: &Moment| std::iter::from_fn(|| frustrations.next_if(|t| *t <= m.t)).count();
        add(RUM.to_owned(), so_far(&moments, until));
    }
    tables
}

fn so_far(moments: &[Moment], mut count: impl FnMut(&Moment) -> usize) -> Vec<Said> {
    let mut sum = 0;
    let say = |m: &Moment| {
        sum += count(m);
        Said { t: m.t, score: sum as f32, step: None, cause: None, stuck: m.truth.stuck }
    };
    moments.iter().map(say).collect()
}

/// All frustration rules of Datadog RUM together.
pub const RUM: &str = "Datadog RUM frustrations";
/// All signals of ours together.
pub const ANY: &str = "any signal";

fn name(kind: Option<SignalKind>) -> String {
    let word = kind.and_then(|k| serde_json::to_value(k).ok());
    word.and_then(|w| w.as_str().map(str::to_owned)).unwrap_or_else(|| ANY.to_owned())
}
