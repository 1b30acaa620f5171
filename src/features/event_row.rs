//! The features of one event, in their order.

use super::{
    encoder::Encoder,
    measure::{order, seconds},
    schema::{ACTS, KINDS, Row, SIGNALS, Trouble},
};
use crate::{
    event::{Api, Control, Event, EventKind, How, StatusClass},
    playbook::{Playbook, place::Place},
    signal::Signal,
};

/// What a row of event features is about: the encoder has already taken the event in.
pub(super) struct EventRow<'a> {
    pub encoder: &'a Encoder,
    pub playbook: &'a Playbook,
    pub event: Option<&'a Event>,
    pub place: &'a Place,
    pub signals: &'a [Signal],
    /// Since the event before, seen or not, in milliseconds.
    pub gap: i64,
}

impl EventRow<'_> {
    pub fn write(&self, row: &mut impl Row) {
        row.one_of("kind", &KINDS, self.kind());
        self.write_detail(row);
        self.write_call(row);
        self.write_time(row);
        self.write_step(row);
        let now = self.encoder.clock.seen();
        let fired = |i: usize| self.signals.iter().filter(|s| s.kind.index() == i).count();
        row.each("signal now", &SIGNALS, |i| order(fired(i) as f32));
        row.each("signal lately", &SIGNALS, |i| {
            self.encoder.signals.get(i).map_or(0.0, |f| order(f.at(now)))
        });
        row.each("trouble lately", &Trouble::NAMES, |i| {
            self.encoder.troubles.get(i).map_or(0.0, |f| order(f.at(now)))
        });
        let here = self.encoder.last.as_deref().and_then(|id| self.encoder.steps.get(id));
        row.each("trouble at the step", &Trouble::NAMES, |i| {
            here.and_then(|v| v.troubles.get(i)).map_or(0.0, |f| order(f.at(now)))
        });
        row.each("done lately", &ACTS, |i| self.encoder.acts.get(i).map_or(0.0, |f| order(f.at(now))));
    }

    fn kind(&self) -> Option<usize> {
        let Some(event) = self.event else { return Some(KINDS.len() - 1) };
        let word = match event.kind {
            EventKind::Screen { .. } => "screen",
            EventKind::Tap(_) => "tap",
            EventKind::Input(_) => "input",
            EventKind::Submit { .. } => "submit",
            EventKind::ValidationError { .. } => "validation_error",
            EventKind::Api(_) => "api",
            EventKind::JsError { .. } => "js_error",
            EventKind::Scroll { .. } => "scroll",
            EventKind::Visibility { .. } => "visibility",
            EventKind::Search { .. } => "search",
            EventKind::Copy { .. } => "copy",
            EventKind::Help { .. } => "help",
            EventKind::Custom { .. } => "custom",
            EventKind::Activity { .. } | EventKind::Outcome { .. } | EventKind::Other { .. } => "due",
        };
        KINDS.iter().position(|k| *k == word)
    }

    fn write_detail(&self, row: &mut impl Row) {
        let kind = self.event.map(|e| &e.kind);
        let how = if let Some(EventKind::Screen { how }) = kind { Some(*how) } else { None };
        row.put("screen", "by going back", yes(how == Some(How::Back)));
        row.put("screen", "by loading again", yes(how == Some(How::Reload)));
        let tap = if let Some(EventKind::Tap(tap)) = kind { Some(tap) } else { None };
        let field =
            |c: Control| matches!(c, Control::Text | Control::Select | Control::Toggle | Control::Date);
        let commits = |target: &str| !target.is_empty() && self.place.commit.as_deref() == Some(target);
        row.put("tap", "on a disabled control", yes(tap.is_some_and(|t| t.disabled)));
        row.put("tap", "on nothing interactive", yes(tap.is_some_and(|t| t.control == Control::None)));
        row.put("tap", "on a field", yes(tap.is_some_and(|t| field(t.control))));
        row.put("tap", "the deciding one", yes(tap.is_some_and(|t| commits(&t.target))));
        let input = if let Some(EventKind::Input(input)) = kind { Some(input) } else { None };
        row.put("input", "length class", input.map_or(0.0, |i| i.length as u8 as f32 / 3.0));
        row.put("input", "valid", yes(input.is_some_and(|i| i.valid == Some(true))));
        row.put("input", "not valid", yes(input.is_some_and(|i| i.valid == Some(false))));
        let (reversals, distance) = match kind {
            Some(EventKind::Scroll { reversals, distance_px, .. }) => {
                (*reversals as f32, *distance_px as f32)
            }
            _ => (0.0, 0.0),
        };
        row.put("scroll", "reversals", order(reversals));
        row.put("scroll", "distance", order(distance / 1_000.0));
        let nothing = matches!(kind, Some(EventKind::Search { results: 0 }));
        row.put("search", "without result", yes(nothing));
        let shown = matches!(kind, Some(EventKind::Visibility { visible: true }));
        row.put("visibility", "back again", yes(shown));
        row.put("visibility", "away for", if shown { seconds(self.encoder.clock.hidden_ms()) } else { 0.0 });
    }

    fn write_call(&self, row: &mut impl Row) {
        let none = Api::default();
        let api = if let Some(EventKind::Api(api)) = self.event.map(|e| &e.kind) { api } else { &none };
        let is = |status: StatusClass| yes(api.status == status);
        row.put("call", "ok", is(StatusClass::Ok));
        row.put("call", "declined", is(StatusClass::Client));
        row.put("call", "failed", is(StatusClass::Server));
        row.put("call", "never arrived", is(StatusClass::Network));
        row.put("call", "given up", is(StatusClass::Timeout));
        row.put("call", "latency", seconds(i64::from(api.latency_ms)));
        row.put("call", "with a code", yes(!api.code.is_empty()));
    }

    fn write_time(&self, row: &mut impl Row) {
        let e = self.encoder;
        let typical = self.place.typical_ms.max(1_000) as f32;
        let over = if e.on { e.at_step_ms as f32 / typical } else { 0.0 };
        row.put("time", "since the event before", seconds(self.gap));
        row.put("time", "at the step", seconds(e.at_step_ms));
        row.put("time", "at the step over typical", order(over));
        row.put("time", "at the step over the user's own pace", order(over * libm::expf(-e.pace)));
        row.put("time", "since the last success", seconds(e.clock.seen() - e.progress_at));
        row.put("time", "in the session", seconds(e.clock.seen()));
        row.put("time", "waiting for an answer", seconds(e.waiting_ms()));
        row.put("pace", "slower than typical", e.pace);
        row.put("pace", "known from steps", order(e.paced as f32));
    }

    fn write_step(&self, row: &mut impl Row) {
        let e = self.encoder;
        let (place, told) = (self.place, self.event.is_some());
        let last = e.last.as_deref();
        let here = last.and_then(|id| e.steps.get(id));
        let journey = last.and_then(|id| self.playbook.journey_of(id));
        let index = journey.and_then(|j| j.steps.iter().position(|s| Some(s.id.as_str()) == last));
        let length = journey.map_or(1, |j| j.steps.len()).max(1) as f32;
        row.put("step", "at one", yes(e.on));
        row.put("step", "one is known", yes(last.is_some()));
        row.put("step", "entered now", yes(told && place.entered));
        row.put("step", "done now", yes(told && !place.succeeded.is_empty()));
        row.put("step", "goal reached now", yes(told && place.goal.is_some()));
        row.put("step", "done before", yes(here.is_some_and(|v| v.done)));
        row.put("step", "money moves", yes(place.pays));
        row.put("step", "has a deciding tap", yes(place.commit.is_some()));
        row.put("step", "visits", here.map_or(0.0, |v| order(v.visits as f32)));
        row.put("step", "share of the journey", index.map_or(0.0, |i| i as f32 / length));
        row.put("step", "typical time", if e.on { seconds(i64::from(place.typical_ms)) } else { 0.0 });
    }
}

fn yes(b: bool) -> f32 {
    f32::from(u8::from(b))
}
