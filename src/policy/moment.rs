//! Whether this is a moment to speak: what the user's hands are at, and whether money is moving.

use serde::{Deserialize, Serialize};

use super::settings::Settings;
use crate::{
    event::{Event, EventKind, StatusClass},
    playbook::{Match, Place, Playbook, fits},
    time::Millis,
};

/// What the user's hands are at. Times only, so that it is a few bytes however long the session is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hands {
    typed: Option<Millis>,
    acted: Option<Millis>,
    hidden: bool,
    payment: Option<Payment>,
}

/// Between the deciding tap and its outcome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Payment {
    step: String,
    since: Millis,
}

/// What kind of moment it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Between two things, or after something failed.
    Boundary,
    /// In the middle of doing something, until then.
    MidTask(Millis),
    /// Typing, until then.
    Typing(Millis),
    /// Money is moving; at the latest until then.
    Paying(Millis),
    /// The page cannot be seen.
    Hidden,
}

impl Hands {
    /// Takes in one event.
    pub fn observe(&mut self, playbook: &Playbook, event: &Event, place: &Place) {
        match &event.kind {
            EventKind::Input(_) => self.typed = Some(event.t),
            EventKind::Tap(_) | EventKind::Scroll { .. } => self.acted = Some(event.t),
            // What was being typed or done is done.
            EventKind::Screen { .. } | EventKind::Submit { .. } => (self.typed, self.acted) = (None, None),
            EventKind::Visibility { visible } => self.hidden = !visible,
            // They have to look up; who types goes on typing past a field that is checked as they go.
            kind if refused(kind) => self.acted = None,
            _ => {}
        }
        let over = self.payment.as_ref().is_some_and(|payment| payment.is_over(playbook, event, place));
        if over {
            self.payment = None;
        }
        if place.pays && is_commit(event, place) {
            let step = place.step.clone().unwrap_or_default();
            self.payment = Some(Payment { step, since: event.t });
        }
    }

    /// What kind of moment it is now. `fired`: a signal fired just now, which is itself an end of
    /// something.
    pub fn now(&self, settings: &Settings, fired: bool, now: Millis) -> Moment {
        let until = |since: Option<Millis>, span: u32| {
            since.map(|since| since.plus(i64::from(span))).filter(|end| *end > now)
        };
        let paying = self.payment.as_ref().map(|payment| payment.since);
        if self.hidden {
            Moment::Hidden
        } else if let Some(end) = until(paying, settings.payment_ms) {
            Moment::Paying(end)
        } else if let Some(end) = until(self.typed, settings.typing_ms) {
            Moment::Typing(end)
        } else if let Some(end) = until(self.acted, settings.mid_task_ms).filter(|_| !fired) {
            Moment::MidTask(end)
        } else {
            Moment::Boundary
        }
    }
}

impl Payment {
    /// An outcome is the answer of a call that the step or its journey waits for (of any call, where
    /// they name none), the step's success, a refused field, or another step.
    fn is_over(&self, playbook: &Playbook, event: &Event, place: &Place) -> bool {
        let moved = place.step.as_ref().is_some_and(|step| *step != self.step);
        let answered = match &event.kind {
            EventKind::Api(api) if api.status != StatusClass::Pending => {
                let mut awaited = self.endpoints(playbook).peekable();
                awaited.peek().is_none() || awaited.any(|pattern| fits(pattern, &api.endpoint))
            }
            EventKind::ValidationError { .. } => true,
            _ => false,
        };
        moved || answered || place.succeeded.contains(&self.step) || place.goal.is_some()
    }

    fn endpoints<'a>(&'a self, playbook: &'a Playbook) -> impl Iterator<Item = &'a str> {
        let success = playbook.step(&self.step).map(|step| step.success.as_slice()).unwrap_or_default();
        let goal = playbook.journey_of(&self.step).map(|j| j.goal.as_slice()).unwrap_or_default();
        success.iter().chain(goal).filter_map(|rule: &Match| rule.endpoint.as_deref())
    }
}

fn is_commit(event: &Event, place: &Place) -> bool {
    let EventKind::Tap(tap) = &event.kind else { return false };
    !tap.disabled && place.commit.as_deref().is_some_and(|commit| fits(commit, &tap.target))
}

/// Whether the app refused something.
fn refused(kind: &EventKind) -> bool {
    match kind {
        EventKind::ValidationError { .. } => true,
        EventKind::Api(api) => api.status.failed(),
        _ => false,
    }
}
