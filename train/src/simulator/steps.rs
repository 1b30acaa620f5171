//! How a step is done when nothing is in the way.

use unstuck::{
    EventKind,
    event::{Control, How, LengthClass, StatusClass},
};

use super::{
    app::{HOME, Stop, Task},
    walk::Walk,
};

impl Walk<'_> {
    /// Arrives at a step's screen, unless it is there already.
    pub fn arrive(&mut self, stop: &Stop) {
        if self.screen != stop.screen {
            self.go(&stop.screen, How::Forward);
        }
    }

    /// All of a step up to the deciding tap.
    pub fn prepare(&mut self, stop: &Stop) {
        let share = stop.takes_ms / (1.0 + stop.fields.len() as f64);
        self.think(share * 0.6);
        if self.rng.chance(self.person.pauses) {
            self.pause();
        }
        match stop.task {
            Task::Form => self.fill_all(stop, share),
            Task::Code => self.type_code(stop),
            Task::Choose => self.choose(stop),
            Task::Read => self.read(stop.takes_ms),
            Task::Confirm => {
                if self.rng.chance(0.3) {
                    self.scroll(false);
                }
            }
        }
    }

    /// The deciding tap, and an answer where the step asks for one.
    pub fn commit(&mut self, stop: &Stop, status: StatusClass, latency_ms: f64) {
        self.press(stop);
        if let Some(endpoint) = &stop.endpoint {
            self.answer(endpoint, status, latency_ms, status.failed());
        }
        self.react();
        if self.app.tracks && !status.failed() {
            self.emit(EventKind::Custom { name: "done".into() });
        }
    }

    /// The deciding tap.
    pub fn press(&mut self, stop: &Stop) {
        self.think(900.0);
        if self.rng.chance(0.012) {
            // The finger missed, or the page was not ready.
            self.tap_dead(&stop.commit, Control::Button);
            self.think(2_000.0);
        }
        self.tap_dead(&stop.commit, Control::Button);
        self.now += 10;
        if self.app.submits && !stop.fields.is_empty() {
            self.emit(EventKind::Submit { form: stop.form.clone() });
        }
    }

    fn fill_all(&mut self, stop: &Stop, share: f64) {
        for field in &stop.fields {
            self.think((share - 2_500.0).max(500.0));
            let slip = self.rng.chance(self.person.slips);
            let length = *self.rng.pick(&[LengthClass::Short, LengthClass::Medium, LengthClass::Medium]);
            self.fill(field, &stop.form, length, !slip);
            if slip {
                self.think(1_200.0);
                self.fill(field, &stop.form, length, true);
            }
        }
    }

    fn type_code(&mut self, stop: &Stop) {
        if self.rng.chance(0.5) {
            let endpoint = format!("POST /api{}/send", stop.screen);
            let latency = self.latency();
            self.call(&endpoint, StatusClass::Ok, latency);
        }
        let comes = self.rng.about(9_000.0, 0.6).clamp(2_000.0, 50_000.0);
        if self.rng.chance(0.4) {
            self.away(comes)
        } else {
            self.pass(comes)
        }
        for field in &stop.fields {
            self.fill(field, &stop.form, LengthClass::Medium, true);
        }
    }

    fn choose(&mut self, stop: &Stop) {
        if self.rng.chance(0.5) {
            self.scroll(false);
            self.think(1_500.0);
        }
        match self.rng.below(4) {
            0 => self.step_by_step(stop, Control::Stepper),
            1 => self.step_by_step(stop, Control::Carousel),
            _ => {
                for _ in 0..1 + self.rng.below(3) {
                    let item = self.rng.below(5);
                    self.tap(&format!("{}.item{item}", stop.id), Control::Button);
                    self.think(1_800.0);
                }
            }
        }
    }

    /// Many quick taps that all do what they should.
    fn step_by_step(&mut self, stop: &Stop, control: Control) {
        let taps = 3 + self.rng.below(7);
        self.tap_often(stop, control, taps);
    }

    /// Quick taps on one control that reacts to each.
    pub fn tap_often(&mut self, stop: &Stop, control: Control, taps: usize) {
        for _ in 0..taps {
            self.tap(&format!("{}.more", stop.id), control);
            self.now += 150 + self.rng.below(450) as i64;
        }
    }

    fn read(&mut self, takes_ms: f64) {
        for _ in 0..1 + self.rng.below(3) {
            self.think(takes_ms / 3.0);
            self.scroll(false);
        }
    }

    /// A pause that has nothing to do with the app: a call, a doorbell, another window.
    pub fn pause(&mut self) {
        if self.rng.chance(0.6) {
            self.away(60_000.0);
        } else {
            let span = self.rng.about(60_000.0, 0.6);
            self.pass(span);
        }
    }

    /// Looks around without looking for anything.
    pub fn explore(&mut self) {
        let back = self.screen.clone();
        for _ in 0..1 + self.rng.below(4) {
            let screen = self.rng.pick(&self.app.side).clone();
            self.tap("nav", Control::Link);
            self.go(&screen, How::Forward);
            self.think(5_000.0);
            if self.rng.chance(0.4) {
                self.scroll(false);
            }
            if self.rng.chance(0.1) {
                self.search(true);
                self.think(2_000.0);
            }
        }
        let how = if self.rng.chance(0.6) { How::Back } else { How::Forward };
        self.go(if back.is_empty() { HOME } else { &back }, how);
    }
}
