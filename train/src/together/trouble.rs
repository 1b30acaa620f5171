//! What somebody does at a stuck point, cause by cause. The playbook's evidence has no say in it: a person
//! waits, tries again, wanders or gives up as the judge's people do, and the page reports what it sees.

use unstuck::{
    EventKind,
    event::{Activity, Api, Control, How, Input, LengthClass, StatusClass},
    playbook::{Cause, Step},
};

use super::app::{self, Spot};
use crate::judge::tape::Tape;

/// How often the app names its refusals by a code.
const CODED: f64 = 0.85;
/// How often a refusal shows at the field and not as the answer of a call.
const AT_FIELD: f64 = 0.5;

impl Tape<'_> {
    /// Gets through a step without trouble.
    pub fn pass_step(&mut self, step: &Step) {
        self.come(&app::screen(step), How::Forward);
        self.take(f64::from(step.typical_ms) * 0.7);
        if let Some(commit) = &step.commit {
            self.click(commit, Control::Button);
        }
        for done in &step.success {
            if let Some(endpoint) = &done.endpoint {
                let fate = self.sound();
                self.answer(endpoint, StatusClass::Ok, fate.after_ms, "");
            } else if let Some(name) = &done.custom {
                self.report(EventKind::Custom { name: name.clone() });
            }
        }
        self.take(800.0);
    }

    /// Comes to a stuck point and meets it.
    pub fn meet(&mut self, spot: &Spot) {
        let sought = spot.cause == Cause::CannotFind && self.dice.odds(0.4);
        if !sought {
            self.come(&spot.screen, How::Forward);
            self.take(spot.usual_ms * 0.5);
        }
        self.attempt(spot);
    }

    /// One more act of somebody stuck.
    pub fn try_on(&mut self, spot: &Spot) {
        let back = |tape: &mut Self| tape.come(&spot.screen, How::Forward);
        self.act_on(&spot.screen, |tape| tape.attempt(spot), back);
    }

    fn attempt(&mut self, spot: &Spot) {
        match spot.cause {
            Cause::NotUnderstood => self.wonder(spot),
            Cause::CannotFind => self.look_for(spot),
            Cause::CannotOperate => self.fumble(spot),
            Cause::InputRejected => self.be_refused(spot),
            Cause::DeclinedByRule => self.fail(spot, &[StatusClass::Client]),
            Cause::SystemError => {
                self.fail(spot, &[StatusClass::Server, StatusClass::Server, StatusClass::Timeout])
            }
            Cause::UnstableDependency => {
                self.fail(spot, &[StatusClass::Server, StatusClass::Network, StatusClass::Timeout])
            }
            Cause::Slow => self.sit_through(spot),
            Cause::InterfaceDefect => {
                self.take(1_200.0);
                self.insist(&spot.press, Control::Button);
                self.take(2_500.0);
            }
            Cause::WaitingForOutcome => self.await_outcome(spot),
        }
    }

    /// Reads, points at words, tries something.
    fn wonder(&mut self, spot: &Spot) {
        self.take(8_000.0);
        match self.dice.among(&[0.25, 0.15, 0.2, 0.4]) {
            0 => self.tap(&format!("{}.text", spot.step), Control::None),
            1 => {
                self.report(EventKind::Copy { target: format!("{}.text", spot.step) });
                let away = self.dice.lognormal(25_000.0, 0.5);
                self.hidden(away);
            }
            2 => self.scroll(1.0, 1),
            _ if !spot.codes.is_empty() => self.be_refused(spot),
            _ => self.take(6_000.0),
        }
        self.take(4_000.0);
    }

    /// From screen to screen, by search and by scrolling.
    fn look_for(&mut self, spot: &Spot) {
        match self.dice.among(&[0.4, 0.2, 0.25, 0.15]) {
            0 => {
                let menu = self.dice.one(&self.site.menus).route.clone();
                let how = if self.dice.odds(0.4) { How::Back } else { How::Forward };
                self.come(&menu, how);
            }
            1 => {
                let results = if self.dice.odds(0.6) { 0 } else { self.dice.whole(1, 9) as u32 };
                self.search(results);
            }
            2 => {
                let turns = self.dice.whole(2, 8);
                self.scroll(4.0, turns);
            }
            _ => self.come(&spot.screen, How::Forward),
        }
        self.take(3_000.0);
    }

    /// Holds a control wrong, loses what was set.
    fn fumble(&mut self, spot: &Spot) {
        match self.dice.among(&[0.4, 0.25, 0.35]) {
            0 => {
                for _ in 0..self.dice.whole(2, 6) {
                    self.click(&format!("{}.minus", spot.press), Control::Stepper);
                    self.take(700.0);
                }
            }
            1 => self.insist(&spot.press, Control::None),
            _ => self.be_refused(spot),
        }
        self.take(2_500.0);
    }

    /// Types, sends, and is told that it is wrong.
    fn be_refused(&mut self, spot: &Spot) {
        let field = spot.field.clone().unwrap_or_else(|| format!("{}.value", spot.step));
        if self.dice.odds(0.85) {
            self.write(&field, &spot.step);
        }
        let code = self.code(spot);
        self.click(&spot.press, Control::Button);
        match spot.call.clone().filter(|_| !self.dice.odds(AT_FIELD)) {
            Some(call) => {
                let after_ms = self.sound().after_ms;
                self.answer(&call, StatusClass::Client, after_ms, &code);
            }
            None => self.report(EventKind::ValidationError { field, code }),
        }
        self.stir();
        self.take(3_000.0);
    }

    /// Presses the deciding button, and the call fails.
    fn fail(&mut self, spot: &Spot, kinds: &[StatusClass]) {
        self.take(1_500.0);
        self.click(&spot.press, Control::Button);
        let code = self.code(spot);
        match spot.call.clone() {
            Some(call) => {
                let status = *self.dice.one(kinds);
                let sound = self.sound().after_ms;
                let after_ms = if status == StatusClass::Timeout { 10_000.0 } else { sound };
                self.answer(&call, status, after_ms, &code);
            }
            None => {
                let field = spot.field.clone().unwrap_or_else(|| format!("{}.value", spot.step));
                self.report(EventKind::ValidationError { field, code });
            }
        }
        self.stir();
        self.take(4_000.0);
    }

    /// What was asked for does not come for long.
    fn sit_through(&mut self, spot: &Spot) {
        let call = spot.call.clone().unwrap_or_else(|| format!("GET /api{}", spot.screen));
        if call.starts_with("POST") {
            self.click(&spot.press, Control::Button);
        } else {
            self.come(&spot.screen, How::Reload);
        }
        let after_ms = (4_000.0 + self.dice.lognormal(9_000.0, 0.8)).min(60_000.0);
        let kinds = [StatusClass::Ok, StatusClass::Timeout, StatusClass::Timeout];
        let status = *self.dice.one(&kinds);
        self.answer(&call, status, after_ms, "");
        self.take(2_000.0);
    }

    /// Waits for what does not come, looks again, taps.
    fn await_outcome(&mut self, spot: &Spot) {
        let ms = self.dice.gamma(14_000.0, 2);
        if self.dice.odds(0.2) {
            self.hidden(ms)
        } else {
            self.pass(ms)
        }
        match self.dice.among(&[0.35, 0.25, 0.4]) {
            0 => self.insist(&spot.press, Control::Button),
            1 => self.scroll(0.5, 0),
            _ => {}
        }
    }

    /// A call from its start to its end; the person waits.
    fn answer(&mut self, endpoint: &str, status: StatusClass, after_ms: f64, code: &str) {
        let begun = Api { endpoint: endpoint.to_owned(), ..Api::default() };
        self.report(EventKind::Api(begun));
        self.pass(after_ms);
        let latency_ms = after_ms as u32;
        let end = Api { endpoint: endpoint.to_owned(), status, latency_ms, code: code.to_owned() };
        self.report(EventKind::Api(end));
    }

    /// Edits a field.
    fn write(&mut self, field: &str, step: &str) {
        self.take(1_350.0);
        self.tap(field, Control::Text);
        self.report(EventKind::Activity { what: Activity::Focus });
        self.take(3_500.0);
        let input = Input {
            field: field.to_owned(),
            form: format!("{step}.form"),
            length: LengthClass::Medium,
            valid: None,
            ignore: vec![],
        };
        self.report(EventKind::Input(input));
    }

    fn code(&mut self, spot: &Spot) -> String {
        match spot.codes.is_empty() || !self.dice.odds(CODED) {
            true => String::new(),
            false => self.dice.one(&spot.codes).clone(),
        }
    }
}
