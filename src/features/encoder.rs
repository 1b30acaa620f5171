//! From an event, the place and the signals to the model's numbers.

use serde::{Deserialize, Serialize};

use super::{
    StepInput,
    event_row::EventRow,
    measure::{Clock, Fading},
    schema::{ACTS, EVENT, SLOT, SLOTS, Trouble},
    slots::{About, Steps, choose},
};
use crate::{
    event::{Event, EventKind, How, StatusClass},
    playbook::{Playbook, place::Place},
    signal::{Signal, SignalKind},
    time::Millis,
};

/// An answer later than this is slow, in milliseconds: one second is the limit for an uninterrupted
/// flow of thought and ten that of attention (Nielsen, 1993); this lies between, on a log scale.
pub const SLOW_MS: u32 = 3_000;
/// The weight of the newest step in the user's own pace.
const PACE: f32 = 0.3;

/// What the encoder remembers of a session. Bounded: a fixed number of counts, and of steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Encoder {
    pub(super) clock: Clock,
    pub(super) steps: Steps,
    slots: Vec<String>,
    pub(super) last: Option<String>,
    before: Option<String>,
    /// The user is at a step, and not off the journeys.
    pub(super) on: bool,
    /// How long the page was seen since the last known step was entered, in milliseconds.
    pub(super) at_step_ms: i64,
    pub(super) progress_at: i64,
    pub(super) signals: [Fading; SignalKind::ALL.len()],
    pub(super) troubles: [Fading; Trouble::ALL.len()],
    pub(super) acts: [Fading; ACTS.len()],
    /// How much longer than typical this user's steps take, as a logarithm: above 0 is slow.
    pub(super) pace: f32,
    pub(super) paced: u32,
    open_calls: u32,
    open_since: i64,
}

/// One moment that the model is told about: an event, or a signal that came without one.
struct Moment<'a> {
    t: Millis,
    event: Option<&'a Event>,
    place: &'a Place,
    signals: &'a [Signal],
}

impl Encoder {
    /// Takes in an event, with the place after it and the signals that it fired. None where the
    /// model has nothing to learn from it: a call that only began, mere movement of the page, what
    /// the bot itself did.
    pub fn encode(
        &mut self,
        playbook: &Playbook,
        event: &Event,
        place: &Place,
        signals: &[Signal],
    ) -> Option<StepInput> {
        let gap = self.take_in(&Moment { t: event.t, event: Some(event), place, signals });
        (told(event) || !signals.is_empty()).then(|| self.write(playbook, Some(event), place, signals, gap))
    }

    /// Takes in signals that came due at a time without an event.
    pub fn encode_due(
        &mut self,
        playbook: &Playbook,
        at: Millis,
        place: &Place,
        signals: &[Signal],
    ) -> StepInput {
        let gap = self.take_in(&Moment { t: at, event: None, place, signals });
        self.write(playbook, None, place, signals, gap)
    }

    /// The ids of the steps in the slots of the last input.
    pub fn slots(&self) -> &[String] {
        &self.slots
    }

    /// How long a call has been open, in milliseconds; 0 where none is.
    pub(super) fn waiting_ms(&self) -> i64 {
        if self.open_calls == 0 { 0 } else { self.clock.seen() - self.open_since }
    }

    fn take_in(&mut self, moment: &Moment) -> i64 {
        let before = self.clock.seen();
        let gap = self.clock.advance(moment.t);
        let spent = self.clock.seen() - before;
        self.at_step_ms += spent;
        if let Some(last) = self.last.as_deref().filter(|_| self.on) {
            let step = self.steps.at(last);
            step.dwell_ms += spent;
            step.last = self.clock.seen();
        }
        if let Some(event) = moment.event {
            self.go_to(moment.place);
            self.count(&event.kind);
        }
        for signal in moment.signals {
            self.fired(signal, moment.place);
        }
        gap
    }

    fn go_to(&mut self, place: &Place) {
        let now = self.clock.seen();
        for done in &place.succeeded {
            self.steps.at(done).done = true;
            if self.last.as_ref() == Some(done) && place.typical_ms > 0 && !place.entered {
                let ratio = libm::logf((self.at_step_ms.max(500) as f32) / place.typical_ms as f32);
                self.pace += PACE * (ratio.clamp(-2.0, 2.0) - self.pace);
                self.paced = self.paced.saturating_add(1);
            }
        }
        if !place.succeeded.is_empty() || place.goal.is_some() {
            self.progress_at = now;
        }
        if let Some(step) = place.step.as_ref().filter(|_| place.entered) {
            if self.last.as_ref() != Some(step) {
                self.before = self.last.replace(step.clone());
            }
            let visited = self.steps.at(step);
            visited.visits = visited.visits.saturating_add(1);
            visited.done = place.succeeded.contains(step);
            visited.last = now;
            self.at_step_ms = 0;
        }
        self.on = place.step.is_some();
    }

    fn count(&mut self, kind: &EventKind) {
        match kind {
            EventKind::Screen { how } => {
                self.act(0);
                match how {
                    How::Forward => {}
                    How::Back => self.act(1),
                    How::Reload => self.act(2),
                }
            }
            EventKind::Tap(_) => self.act(3),
            EventKind::Input(_) => self.act(4),
            EventKind::Submit { .. } => self.act(5),
            EventKind::Search { .. } => self.act(6),
            EventKind::Help { .. } => self.act(7),
            EventKind::Copy { .. } => self.act(8),
            EventKind::Visibility { visible } => self.clock.show(*visible),
            EventKind::ValidationError { .. } => self.trouble(Trouble::Rejected),
            EventKind::JsError { .. } => self.trouble(Trouble::Thrown),
            EventKind::Api(api) => self.called(api.status, api.latency_ms),
            _ => {}
        }
    }

    fn called(&mut self, status: StatusClass, latency_ms: u32) {
        if status == StatusClass::Pending {
            if self.open_calls == 0 {
                self.open_since = self.clock.seen();
            }
            self.open_calls = self.open_calls.saturating_add(1);
            return;
        }
        self.open_calls = self.open_calls.saturating_sub(1);
        match status {
            StatusClass::Client => self.trouble(Trouble::Declined),
            StatusClass::Server => self.trouble(Trouble::Failed),
            StatusClass::Network | StatusClass::Timeout => self.trouble(Trouble::Lost),
            StatusClass::Pending | StatusClass::Ok | StatusClass::Cancelled => {}
        }
        if latency_ms > SLOW_MS {
            self.trouble(Trouble::Slow);
        }
    }

    fn act(&mut self, which: usize) {
        if let Some(count) = self.acts.get_mut(which) {
            count.add(1.0, self.clock.seen());
        }
    }

    fn trouble(&mut self, what: Trouble) {
        let now = self.clock.seen();
        if let Some(count) = self.troubles.get_mut(what as usize) {
            count.add(1.0, now);
        }
        let step = self.last.as_deref().map(|last| self.steps.at(last));
        if let Some(count) = step.and_then(|s| s.troubles.get_mut(what as usize)) {
            count.add(1.0, now);
        }
    }

    /// A signal is about the step where what it is made of began.
    fn fired(&mut self, signal: &Signal, place: &Place) {
        let now = self.clock.seen();
        if let Some(count) = self.signals.get_mut(signal.kind.index()) {
            count.add(1.0, now);
        }
        let earlier = place.step.is_some() && signal.since < place.since;
        let step = if earlier { self.before.as_ref().or(self.last.as_ref()) } else { self.last.as_ref() };
        if let Some(step) = step {
            self.steps.signal(step, signal.kind, now);
        }
    }

    fn write(
        &mut self,
        playbook: &Playbook,
        event: Option<&Event>,
        place: &Place,
        signals: &[Signal],
        gap: i64,
    ) -> StepInput {
        let now = self.clock.seen();
        let sought = [6, 7].iter().filter_map(|&i| self.acts.get(i)).map(|f| f.at(now)).sum::<f32>().min(2.0);
        self.slots = choose(playbook, &self.steps, self.last.as_deref(), sought);
        let mut row = Vec::with_capacity(EVENT);
        EventRow { encoder: self, playbook, event, place, signals, gap }.write(&mut row);
        let about = About {
            playbook,
            steps: &self.steps,
            now,
            on: self.on,
            last: self.last.as_deref(),
            before: self.before.as_deref(),
            sought,
        };
        let mut slots = Vec::with_capacity(SLOTS * SLOT);
        self.slots.iter().for_each(|step| about.write(step, &mut slots));
        slots.resize(SLOTS * SLOT, 0.0);
        StepInput { event: row, slots, filled: self.slots.len() }
    }
}

/// Whether the model is told of an event at all.
fn told(event: &Event) -> bool {
    match &event.kind {
        EventKind::Activity { .. } | EventKind::Outcome { .. } | EventKind::Other { .. } => false,
        EventKind::Api(api) => !matches!(api.status, StatusClass::Pending | StatusClass::Cancelled),
        _ => true,
    }
}
