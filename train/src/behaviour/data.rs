//! From a visit to what the model reads and what it should have said.

use unstuck::{
    Millis,
    engine::{Sensed, Senses},
    features::{StepInput, schema::SLOTS},
    playbook::Cause,
    signal::Signal,
};

use crate::traces::Trace;

/// One moment of a visit.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When.
    pub t: i64,
    /// What the model reads.
    pub input: StepInput,
    /// What fired.
    pub fired: Vec<Signal>,
    /// What is true then.
    pub truth: Truth,
}

/// What is true at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Truth {
    /// Stuck now.
    pub stuck: bool,
    /// The slot of the step, [`SLOTS`] where it has none; none while not stuck, or where nobody knows.
    pub slot: Option<usize>,
    /// The position of the cause in wire order; none while not stuck, or where nobody knows.
    pub cause: Option<usize>,
}

/// Follows a visit as the engine does: what is due comes before the next event.
pub fn follow(trace: &Trace) -> Vec<Moment> {
    follow_until(trace, usize::MAX)
}

/// The same for the first `events` events alone.
pub fn follow_until(trace: &Trace, events: usize) -> Vec<Moment> {
    let playbook = &trace.playbook;
    let mut senses = Senses::new(playbook, &[], Vec::new());
    let mut moments = Vec::with_capacity(trace.events.len().min(events));
    for event in trace.events.iter().take(events) {
        while let Some(due) = senses.due().filter(|due| *due <= event.t) {
            let sensed = senses.advance(playbook, due);
            moments.extend(moment(trace, due, sensed, senses.slots()));
        }
        let sensed = senses.observe(playbook, event);
        moments.extend(moment(trace, event.t, sensed, senses.slots()));
    }
    moments
}

/// None where the model is told nothing.
fn moment(trace: &Trace, t: Millis, sensed: Sensed, slots: &[String]) -> Option<Moment> {
    let input = sensed.input?;
    let labels = &trace.labels;
    let stuck = labels.from.is_some_and(|from| t.0 >= from) && labels.until.is_none_or(|until| t.0 <= until);
    let at = |step: &String| slots.iter().position(|s| s == step).unwrap_or(SLOTS);
    let truth = Truth {
        stuck,
        slot: labels.step.as_ref().filter(|_| stuck).map(at),
        cause: labels.cause.filter(|_| stuck).map(Cause::index),
    };
    Some(Moment { t: t.0, input, fired: sensed.fired, truth })
}

/// A visit, ready to learn from.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The share of visits like it among real ones, over their share here.
    pub weight: f32,
    /// Its moments.
    pub moments: Vec<Moment>,
}
