//! Waiting for what is late or does not come, and what hands do meanwhile.

use unstuck::{
    EventKind,
    event::{Control, How, StatusClass},
};

use super::{
    plight::NOTICED_MS,
    site::{Desk, Work},
    tape::{Fate, Tape},
};

impl Tape<'_> {
    /// What was asked for does not come for long; and what comes may be a failure, or only a part.
    pub(super) fn hang(&mut self, desk: &Desk, loads: bool) {
        let get = format!("GET /v1{}", desk.route);
        let call = desk.call.clone().filter(|_| !loads);
        if call.is_some() {
            self.decide(desk);
        }
        let after_ms = (4_000.0 + self.dice.lognormal(9_000.0, 0.8)).min(60_000.0);
        let status = match (&call, self.dice.odds(0.4)) {
            // Of a deciding call that went well the person would not be hindered any more.
            (Some(_), _) | (None, true) => StatusClass::Timeout,
            (None, false) => StatusClass::Ok,
        };
        let begun = self.now;
        self.call(&call.unwrap_or(get), Fate { status, after_ms });
        let gives_up = self.dice.lognormal(NOTICED_MS, 0.4);
        while self.now - begun < after_ms.min(3.0 * gives_up) as i64 {
            let step = self.dice.exponential(60_000.0 / self.folk.fidgets.max(0.2)).min(after_ms);
            self.pass(step.min((begun - self.now) as f64 + after_ms).max(200.0));
            if self.now - begun < after_ms as i64 {
                self.fidget(desk);
            }
        }
    }

    /// Waits for what does not come.
    pub(super) fn linger(&mut self, desk: &Desk, mean_ms: f64) {
        let ms = self.dice.gamma(mean_ms, 2);
        if desk.work == Work::Watch {
            let fate = self.sound();
            self.call(desk.call.as_deref().unwrap_or("GET /v1/state"), fate);
        }
        if self.dice.odds(0.2) {
            self.hidden(ms);
        } else {
            self.pass(ms);
            self.fidget(desk);
        }
        if desk.work == Work::Code && self.dice.odds(0.3) {
            self.click(&format!("{}:resend", desk.id), Control::Button);
            let fate = self.sound();
            self.await_call(&format!("POST /v1/{}/send", desk.id), fate);
        }
    }

    /// What hands do while one waits.
    pub(super) fn fidget(&mut self, desk: &Desk) {
        match self.dice.among(&[0.3, 0.25, 0.2, 0.15, 0.1]) {
            0 => self.scroll(0.5, 0),
            1 => self.tap(&desk.id.clone(), Control::None),
            2 => self.insist(&format!("{}:go", desk.id), Control::Button),
            3 => self.report(EventKind::Screen { how: How::Reload }),
            _ => {}
        }
    }
}
