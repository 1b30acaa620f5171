//! Labels for visits that nobody labelled, from what customers can know: the help was opened, a human
//! was asked, the journey was left, an offer was taken up or sent away.

use unstuck::{Event, EventKind, Playbook, engine::Senses, event::OfferOutcome};

use super::{Labels, given::GivenLabels};

/// What happened longer before somebody asked for help, in milliseconds, is not what they ask about:
/// offers are most welcome after two or three minutes of trouble (BoldChat), five are ample.
const REACH_MS: i64 = 300_000;
/// Help opened this soon after an offer was taken up was opened by the bot, in milliseconds.
const OWN_MS: i64 = 2_000;

/// What is followed through a visit.
#[derive(Default)]
struct Course {
    /// Steps entered, with the time.
    entered: Vec<(i64, String)>,
    /// When what the signals are made of began, and at which step.
    struggled: Vec<(i64, Option<String>)>,
    /// The last step is not done, nor its journey's goal reached.
    open: bool,
    helped: Option<i64>,
    accepted: Option<i64>,
    dismissed: bool,
}

/// The labels. Stuck is who opened the help, asked for a human, took up an offer, or left a journey at a
/// step where a signal had fired; who sent an offer away and did none of these is not. It ends with the
/// first of them, and begins with the first signal at that step, or with entering it, at most five
/// minutes before. `last` is the time of the last event.
pub(super) fn derive(playbook: &Playbook, events: &[Event], given: &GivenLabels, last: i64) -> Labels {
    let course = Course::follow(playbook, events);
    let helped = given.help_opened_at.or(course.helped);
    let asked = [helped, given.contact_at].into_iter().flatten().min();
    let spoke = asked.is_some() || course.accepted.is_some() || course.dismissed;
    let walked_out = given.gave_up || (course.left_in_trouble() && !spoke);
    let left = given.left_at.or(walked_out.then_some(last));
    let sure = given.stuck == Some(true);
    let moments = [given.until, asked, course.accepted, left];
    let until = moments.into_iter().flatten().min().or(sure.then_some(last));
    let Some(until) = until else {
        return Labels { person: given.person.clone(), ..Labels::default() };
    };
    let step = given.step.clone().or_else(|| course.step_at(until));
    Labels {
        stuck: true,
        from: Some(given.from.unwrap_or_else(|| course.began(step.as_deref(), until))),
        until: Some(until),
        step,
        cause: given.cause,
        help_opened_at: asked.filter(|at| *at == until),
        gave_up: left == Some(until) && asked != Some(until),
        person: given.person.clone(),
    }
}

impl Course {
    fn follow(playbook: &Playbook, events: &[Event]) -> Self {
        let mut course = Self::default();
        let mut senses = Senses::new(playbook, &[], Vec::new());
        let mut taken_up = i64::MIN / 2;
        for event in events {
            while let Some(due) = senses.due().filter(|due| *due <= event.t) {
                let sensed = senses.advance(playbook, due);
                course.struggle(&sensed);
            }
            let sensed = senses.observe(playbook, event);
            if let Some(step) = sensed.place.step.clone().filter(|_| sensed.place.entered) {
                course.entered.push((event.t.0, step));
                course.open = true;
            }
            let current = course.entered.last().map(|(_, step)| step);
            if sensed.place.goal.is_some() || current.is_some_and(|s| sensed.place.succeeded.contains(s)) {
                course.open = false;
            }
            course.struggle(&sensed);
            match &event.kind {
                EventKind::Outcome { what: OfferOutcome::Accepted, .. } => {
                    taken_up = event.t.0;
                    course.accepted.get_or_insert(event.t.0);
                }
                EventKind::Outcome { what: OfferOutcome::Dismissed, .. } => course.dismissed = true,
                EventKind::Help {} if event.t.0 - taken_up > OWN_MS => {
                    course.helped.get_or_insert(event.t.0);
                }
                _ => {}
            }
        }
        course
    }

    fn struggle(&mut self, sensed: &unstuck::engine::Sensed) {
        let seeking = unstuck::signal::SignalKind::HelpSeeking;
        let began = sensed.fired.iter().filter(|s| s.kind != seeking).map(|s| s.since.0).min();
        let step = self.entered.last().map(|(_, step)| step.clone());
        self.struggled.extend(began.map(|t| (t, step)));
    }

    fn left_in_trouble(&self) -> bool {
        let Some((_, step)) = self.entered.last().filter(|_| self.open) else { return false };
        self.struggled.iter().any(|(_, at)| at.as_ref() == Some(step))
    }

    fn step_at(&self, t: i64) -> Option<String> {
        self.entered.iter().rev().find(|(at, _)| *at <= t).map(|(_, step)| step.clone())
    }

    /// When it began: the first signal at the step within reach, or entering it.
    fn began(&self, step: Option<&str>, until: i64) -> i64 {
        let reach = until - REACH_MS;
        let within = |t: i64| t >= reach && t < until;
        let signals = self.struggled.iter().filter(|(t, at)| within(*t) && at.as_deref() == step);
        let entry = self.entered.iter().rev().find(|(t, s)| *t < until && Some(s.as_str()) == step);
        signals.map(|(t, _)| *t).min().or(entry.map(|(t, _)| (*t).max(reach))).unwrap_or(reach)
    }
}
