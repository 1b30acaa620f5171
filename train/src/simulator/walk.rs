//! What a person does, turned into the events that the page would capture.

use unstuck::{
    Event, EventKind, Millis,
    event::{Activity, Api, Control, How, Input, LengthClass, StatusClass, Tap},
};

use super::{app::App, person::Person};
use crate::random::Random;

/// One person in one app, and what was captured so far.
pub struct Walk<'a> {
    /// The app.
    pub app: &'a App,
    /// The person.
    pub person: &'a Person,
    /// The dice.
    pub rng: Random,
    /// Now, in milliseconds of the session.
    pub now: i64,
    /// The screen they are on.
    pub screen: String,
    /// What was captured.
    pub events: Vec<Event>,
    /// When a wait that still goes on was first felt to be one.
    pub felt: Option<i64>,
    /// The screen itself does not load.
    pub loading: bool,
}

impl Walk<'_> {
    /// What was captured, without doing anything.
    pub fn emit(&mut self, kind: EventKind) {
        self.events.push(Event { t: Millis(self.now), screen: self.screen.clone(), kind });
    }

    /// Time that depends on the person, around a median in milliseconds. Meanwhile the app may do
    /// things of its own.
    pub fn think(&mut self, median_ms: f64) {
        let span = self.rng.about(median_ms * self.person.slowness, 0.4);
        self.pass(span);
    }

    /// Time that does not depend on the person, in milliseconds.
    pub fn pass(&mut self, span_ms: f64) {
        let end = self.now + span_ms.clamp(1.0, 900_000.0) as i64;
        if self.rng.chance(self.app.silent_errors * span_ms / 60_000.0) {
            self.now += self.rng.below((end - self.now).max(1) as usize) as i64;
            self.emit(EventKind::JsError { class: "TypeError".into() });
        }
        if self.app.polls && self.rng.chance((span_ms / 30_000.0).min(0.9)) {
            let fails = self.rng.chance(self.app.poll_failures);
            let status = if fails { StatusClass::Network } else { StatusClass::Ok };
            let latency = self.latency();
            self.answer("GET /api/background", status, latency, false);
        }
        self.now = self.now.max(end);
    }

    /// An answer time of this app, in milliseconds.
    pub fn latency(&mut self) -> f64 {
        let median = if self.rng.chance(self.app.sluggish) { 2_500.0 } else { self.app.latency_ms };
        self.rng.about(median, 0.5).clamp(20.0, 6_000.0)
    }

    /// Goes to a screen, which may load something.
    pub fn go(&mut self, screen: &str, how: How) {
        screen.clone_into(&mut self.screen);
        self.emit(EventKind::Screen { how });
        if self.rng.chance(self.app.loads) {
            let latency = self.latency();
            self.call(&format!("GET /api{screen}"), StatusClass::Ok, latency);
        }
        self.react();
    }

    /// A tap to which the page reacts, nearly always.
    pub fn tap(&mut self, target: &str, control: Control) {
        self.tap_dead(target, control);
        if self.rng.chance(self.app.reacts) {
            self.react();
        }
    }

    /// A tap to which nothing reacts.
    pub fn tap_dead(&mut self, target: &str, control: Control) {
        let (x, y) = (self.rng.below(360) as i32, self.rng.below(640) as i32);
        self.emit(EventKind::Tap(Tap { target: target.into(), control, x, y, ..Tap::default() }));
    }

    /// Several taps on one spot, faster than anything can react.
    pub fn hammer(&mut self, target: &str, control: Control, times: usize) {
        self.tap_dead(target, control);
        for _ in 1..times {
            self.now += 120 + self.rng.below(180) as i64;
            let Some(Event { kind: EventKind::Tap(tap), .. }) = self.events.last().cloned() else { return };
            self.emit(EventKind::Tap(tap));
        }
    }

    /// The document changes.
    pub fn react(&mut self) {
        self.now += 20 + self.rng.below(150) as i64;
        self.emit(EventKind::Activity { what: Activity::Dom });
    }

    /// Fills in a field.
    pub fn fill(&mut self, field: &str, form: &str, length: LengthClass, valid: bool) {
        self.tap_dead(field, Control::Text);
        self.now += 30;
        self.emit(EventKind::Activity { what: Activity::Focus });
        self.think(2_500.0);
        let valid = self.app.knows_validity.then_some(valid);
        self.emit(EventKind::Input(Input {
            field: field.into(),
            form: form.into(),
            length,
            valid,
            ignore: vec![],
        }));
    }

    /// A call, begun and ended.
    pub fn call(&mut self, endpoint: &str, status: StatusClass, latency_ms: f64) {
        self.answer(endpoint, status, latency_ms, false);
    }

    /// A call, begun and ended, whose answer carries a code where the app's answers do.
    pub fn answer(&mut self, endpoint: &str, status: StatusClass, latency_ms: f64, coded: bool) {
        let endpoint = endpoint.to_owned();
        self.emit(EventKind::Api(Api { endpoint: endpoint.clone(), ..Api::default() }));
        self.now += latency_ms as i64;
        let code = if coded && self.app.codes { "refused".to_owned() } else { String::new() };
        self.emit(EventKind::Api(Api { endpoint, status, latency_ms: latency_ms as u32, code }));
    }

    /// Scrolls; a search for something reverses often.
    pub fn scroll(&mut self, searching: bool) {
        let reversals = if searching { 3 + self.rng.below(6) } else { self.rng.below(2) } as u16;
        let distance_px = self.rng.about(if searching { 4_000.0 } else { 900.0 }, 0.5) as u32;
        let duration_ms = self.rng.about(if searching { 3_500.0 } else { 900.0 }, 0.4) as u32;
        self.now += i64::from(duration_ms);
        self.emit(EventKind::Scroll { reversals, distance_px, duration_ms });
    }

    /// Is away from the page.
    pub fn away(&mut self, median_ms: f64) {
        self.emit(EventKind::Visibility { visible: false });
        self.now += self.rng.about(median_ms, 0.6).clamp(1_000.0, 1_800_000.0) as i64;
        self.emit(EventKind::Visibility { visible: true });
    }

    /// Uses the app's search.
    pub fn search(&mut self, finds: bool) {
        self.tap("search", Control::Text);
        self.think(3_000.0);
        let results = if finds { 1 + self.rng.below(9) as u32 } else { 0 };
        self.emit(EventKind::Search { results });
    }
}
