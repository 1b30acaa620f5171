//! What is in the way, one failed try at a time, for each cause.

use unstuck::{
    EventKind,
    event::{Control, How, LengthClass, StatusClass},
    playbook::Cause,
};

use super::{
    app::{HOME, Stop, Task},
    walk::Walk,
};

/// Which causes fit what a step asks, as weights.
pub fn likely(stop: &Stop) -> [f64; Cause::ALL.len()] {
    Cause::ALL.map(|cause| match (cause, stop.task) {
        (Cause::InputRejected, Task::Form | Task::Code) => 2.5,
        (Cause::InputRejected, _) => 0.0,
        (Cause::DeclinedByRule | Cause::SystemError | Cause::UnstableDependency, _) => {
            if stop.endpoint.is_some() { 1.0 } else { 0.0 }
        }
        (Cause::Slow, _) => {
            if stop.endpoint.is_some() {
                1.7
            } else {
                0.9
            }
        }
        (Cause::WaitingForOutcome, Task::Code) => 4.5,
        (Cause::WaitingForOutcome, Task::Confirm) if stop.endpoint.is_some() => 1.8,
        (Cause::WaitingForOutcome, _) => 0.0,
        (Cause::NotUnderstood, Task::Read | Task::Confirm | Task::Form) => 1.3,
        (Cause::CannotOperate, Task::Choose | Task::Form) => 1.4,
        (Cause::CannotFind | Cause::NotUnderstood | Cause::CannotOperate | Cause::InterfaceDefect, _) => 0.9,
    })
}

impl Walk<'_> {
    /// One try at a step that fails for a cause. `first` tells the first try from its repetitions.
    pub fn fail(&mut self, stop: &Stop, cause: Cause, first: bool) {
        match cause {
            Cause::NotUnderstood => self.puzzle(stop),
            Cause::CannotFind => self.look_for(stop),
            Cause::CannotOperate => self.fumble(stop),
            Cause::InputRejected => self.be_refused(stop, first),
            Cause::DeclinedByRule => self.be_declined(stop, first),
            Cause::SystemError => self.meet_failure(stop, first),
            Cause::Slow => self.wait_long(stop, first),
            Cause::UnstableDependency => self.meet_flicker(stop, first),
            Cause::InterfaceDefect => self.press_in_vain(stop, first),
            Cause::WaitingForOutcome => self.await_outcome(stop, first),
        }
    }

    /// Reads again, taps on words, picks one thing and another, goes a step back, does not decide.
    fn puzzle(&mut self, stop: &Stop) {
        self.think(stop.takes_ms * 1.2);
        if self.rng.chance(0.2) {
            // Nothing but thinking, until they go on.
            return self.think(stop.takes_ms * 3.0);
        }
        if self.rng.chance(0.25) && !stop.fields.is_empty() {
            // What was not understood is filled in as it was understood.
            return self.be_refused(stop, true);
        }
        for _ in 0..1 + self.rng.below(3) {
            match self.rng.below(6) {
                0 | 1 => {
                    self.tap(&format!("{}.word", stop.id), Control::None);
                    self.think(5_000.0);
                }
                2 if !stop.fields.is_empty() => {
                    let field = self.rng.pick(&stop.fields).clone();
                    let length =
                        *self.rng.pick(&[LengthClass::Empty, LengthClass::Short, LengthClass::Medium]);
                    self.fill(&field, &stop.form, length, true);
                }
                2 | 3 => {
                    self.scroll(false);
                    self.think(6_000.0);
                }
                4 => {
                    self.tap(&format!("{}.option", stop.id), Control::Toggle);
                    self.think(7_000.0);
                }
                _ => self.step_back(stop, 4_000.0),
            }
        }
        self.think(stop.takes_ms * 0.8);
    }

    /// Looks for it here and elsewhere, and comes back.
    fn look_for(&mut self, stop: &Stop) {
        self.think(2_500.0);
        let searching = self.rng.chance(0.7);
        self.scroll(searching);
        if self.rng.chance(self.person.searches) {
            let finds = self.rng.chance(0.35);
            self.search(finds);
            self.think(2_500.0);
        }
        for _ in 0..1 + self.rng.below(3) {
            let screen = self.rng.pick(&self.app.side).clone();
            self.tap("nav", Control::Link);
            self.go(&screen, How::Forward);
            self.think(2_200.0);
            if self.rng.chance(0.5) {
                let searching = self.rng.chance(0.6);
                self.scroll(searching);
            }
            if self.rng.chance(0.5) {
                self.go(HOME, How::Back);
                self.think(1_500.0);
            }
        }
        self.arrive(stop);
    }

    /// Taps beside it, holds it wrong, sets a value and loses it.
    fn fumble(&mut self, stop: &Stop) {
        for _ in 0..2 + self.rng.below(3) {
            match self.rng.below(4) {
                0 => {
                    self.tap_dead(&format!("{}.frame", stop.id), Control::None);
                    self.think(1_800.0);
                }
                1 if !stop.fields.is_empty() => {
                    let field = self.rng.pick(&stop.fields).clone();
                    self.fill(&field, &stop.form, LengthClass::Short, false);
                    self.think(1_500.0);
                    self.fill(&field, &stop.form, LengthClass::Empty, false);
                }
                2 => {
                    let control =
                        *self.rng.pick(&[Control::Date, Control::Stepper, Control::Select, Control::File]);
                    for _ in 0..2 + self.rng.below(4) {
                        self.tap(&format!("{}.picker", stop.id), control);
                        self.think(900.0);
                    }
                }
                _ => {
                    self.tap_dead(&format!("{}.handle", stop.id), Control::Button);
                    self.think(2_000.0);
                }
            }
        }
        self.think(stop.takes_ms * 0.4);
    }

    /// The app refuses what was typed; some of it is typed again.
    pub fn be_refused(&mut self, stop: &Stop, first: bool) {
        let field = self.rng.pick(&stop.fields).clone();
        if !first {
            self.think(3_500.0);
            if self.rng.chance(0.3) {
                self.fill(&field, &stop.form, LengthClass::Empty, false);
            }
            self.fill(&field, &stop.form, LengthClass::Medium, false);
        }
        self.press(stop);
        let at_once = self.app.reports_refusals && self.rng.chance(0.6);
        if !at_once && let Some(endpoint) = &stop.endpoint {
            let latency = self.latency();
            self.answer(endpoint, StatusClass::Client, latency, true);
        }
        if self.app.reports_refusals {
            self.now += 40;
            let code = if self.app.codes { "refused".to_owned() } else { String::new() };
            self.emit(EventKind::ValidationError { field, code });
        }
        self.react();
    }

    /// All is well typed, and a rule says no.
    fn be_declined(&mut self, stop: &Stop, first: bool) {
        if !first {
            self.think(6_000.0);
            match self.rng.below(4) {
                0 => self.step_back(stop, 5_000.0),
                1 => self.tap(&format!("{}.option", stop.id), Control::Toggle),
                _ => {}
            }
        }
        let latency = self.latency();
        self.commit(stop, StatusClass::Client, latency);
        self.think(3_000.0);
    }

    /// The server fails, each time.
    fn meet_failure(&mut self, stop: &Stop, first: bool) {
        if !first {
            self.think(2_500.0);
            if self.rng.chance(0.25) {
                self.reload(stop);
            }
        }
        let latency = self.latency();
        let status = if self.rng.chance(0.9) { StatusClass::Server } else { StatusClass::Timeout };
        self.commit(stop, status, latency);
        if self.rng.chance(0.2) {
            self.emit(EventKind::JsError { class: "Error".into() });
        }
    }

    /// A partner's interface works now and then, and not to the end.
    fn meet_flicker(&mut self, stop: &Stop, first: bool) {
        if !first {
            self.think(3_000.0);
        }
        let partner = format!("GET /partner{}", stop.screen);
        for _ in 0..1 + self.rng.below(3) {
            let latency = self.rng.about(self.app.latency_ms * 3.0, 0.8).clamp(50.0, 20_000.0);
            let weights = [0.35, 0.2, 0.25, 0.2];
            let all = [StatusClass::Ok, StatusClass::Server, StatusClass::Network, StatusClass::Timeout];
            let status = all[self.rng.weighted(&weights)];
            self.call(&partner, status, latency);
            self.think(1_200.0);
        }
        let status = *self.rng.pick(&[StatusClass::Server, StatusClass::Network, StatusClass::Timeout]);
        let latency = self.rng.about(4_000.0, 0.7).clamp(200.0, 30_000.0);
        self.commit(stop, status, latency);
    }

    /// The control does nothing, or its code breaks.
    fn press_in_vain(&mut self, stop: &Stop, first: bool) {
        if !first {
            self.think(2_000.0);
            if self.rng.chance(0.2) {
                self.reload(stop);
                self.think(2_000.0);
            }
        }
        let rages = self.rng.chance(self.person.rages);
        let times = if rages { 3 + self.rng.below(4) } else { 1 };
        self.hammer(&stop.commit, Control::Button, times);
        // A defect shows itself in the same way each time, if it shows itself at all.
        if stop.takes_ms as i64 % 2 == 0 {
            self.now += 15;
            self.emit(EventKind::JsError { class: "TypeError".into() });
        }
        self.pass(1_800.0);
    }

    pub(super) fn reload(&mut self, stop: &Stop) {
        self.go(&stop.screen, How::Reload);
        self.think(1_500.0);
    }

    fn step_back(&mut self, stop: &Stop, median_ms: f64) {
        self.go(HOME, How::Back);
        self.think(median_ms);
        self.arrive(stop);
    }
}
