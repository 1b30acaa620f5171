//! Lasting hindrances: what people see of each, and what they do until their patience is over.

use unstuck::{
    EventKind,
    event::{Control, How, StatusClass},
    playbook::Cause,
};

use super::{
    site::{Desk, Work},
    tape::{Fate, Tape},
};

/// A wait longer than this is noticed, in milliseconds: Nielsen's limit for attention, to which each
/// person adds a share of their own.
pub(super) const NOTICED_MS: f64 = 8_000.0;

/// How often each cause befalls a desk, as weights in the order of [`Cause::ALL`].
pub fn weights(desk: &Desk) -> [f64; Cause::ALL.len()] {
    let calls = if desk.call.is_some() { 1.0 } else { 0.0 };
    let typed = if desk.fields.is_empty() { 0.0 } else { 1.0 };
    let only = |works: &[Work], weight: f64| if works.contains(&desk.work) { weight } else { 0.0 };
    Cause::ALL.map(|cause| match cause {
        Cause::NotUnderstood => only(&[Work::Weigh, Work::Fill, Work::Pick], 1.0),
        Cause::CannotFind => 0.7,
        Cause::CannotOperate => only(&[Work::Pick, Work::Fill], 1.0),
        Cause::InputRejected => 1.3 * typed,
        Cause::DeclinedByRule | Cause::SystemError => {
            if desk.work == Work::Watch {
                0.0
            } else {
                calls
            }
        }
        Cause::UnstableDependency => 0.8 * calls,
        Cause::Slow => 0.5 + 0.5 * calls,
        Cause::InterfaceDefect => {
            if desk.work == Work::Watch {
                0.0
            } else {
                0.8
            }
        }
        Cause::WaitingForOutcome => only(&[Work::Code, Work::Watch], 3.0),
    })
}

impl Tape<'_> {
    /// Up to the first moment at which the hindrance is felt.
    pub fn run_into(&mut self, desk: &Desk, cause: Cause) {
        match cause {
            Cause::CannotFind => {
                self.take(2_500.0);
                self.wrong_turn();
            }
            Cause::NotUnderstood => {
                self.step_up(desk);
                self.take(desk.usual_ms * 1.3);
            }
            Cause::CannotOperate => {
                self.step_up(desk);
                self.take(desk.usual_ms * 0.5);
                self.mishandle(desk);
            }
            Cause::Slow if self.dice.odds(0.5) => {
                // The desk itself does not load.
                self.route.clone_from(&desk.route);
                self.report(EventKind::Screen { how: How::Forward });
                self.hang(desk, true);
            }
            Cause::WaitingForOutcome => {
                self.step_up(desk);
                self.take(1_500.0);
                if desk.work == Work::Code && self.dice.odds(0.7) {
                    self.click(&format!("{}:send", desk.id), Control::Button);
                    let fate = self.sound();
                    self.await_call(&format!("POST /v1/{}/send", desk.id), fate);
                }
                self.linger(desk, 20_000.0);
            }
            _ => {
                self.step_up(desk);
                self.prepare(desk);
                self.strike(desk, cause);
            }
        }
    }

    /// One more act of somebody hindered.
    pub fn struggle(&mut self, desk: &Desk, cause: Cause) {
        self.act_on(&desk.route, |tape| tape.strike(desk, cause), |tape| tape.step_up(desk));
    }

    /// One more act of somebody held up at a screen: they try `again`, or do what people do besides, and
    /// come `back` where that led them away.
    pub fn act_on(&mut self, screen: &str, again: impl FnOnce(&mut Self), back: impl FnOnce(&mut Self)) {
        match self.dice.among(&[0.62, 0.1, 0.07, 0.06, 0.08, 0.07]) {
            0 => again(self),
            1 => self.take(7_000.0),
            2 => {
                self.come(screen, How::Reload);
                self.take(2_500.0);
            }
            3 => {
                let away = self.dice.lognormal(18_000.0, 0.6);
                self.hidden(away);
            }
            4 => {
                let turns = self.dice.whole(0, 4);
                self.scroll(1.5, turns);
                self.take(2_000.0);
            }
            _ => {
                let menu = self.dice.one(&self.site.menus).route.clone();
                self.come(&menu, How::Back);
                self.take(3_000.0);
                back(self);
                self.take(2_000.0);
            }
        }
    }

    /// The hindrance once more.
    fn strike(&mut self, desk: &Desk, cause: Cause) {
        match cause {
            Cause::NotUnderstood => self.ponder(desk),
            Cause::CannotFind => self.hunt(),
            Cause::CannotOperate => self.mishandle(desk),
            Cause::InputRejected => self.refused_again(desk),
            Cause::DeclinedByRule => self.answered(desk, StatusClass::Client),
            Cause::SystemError => {
                let kinds =
                    [StatusClass::Server, StatusClass::Server, StatusClass::Server, StatusClass::Timeout];
                let status = *self.dice.one(&kinds);
                self.answered(desk, status);
            }
            Cause::Slow => {
                self.take(1_500.0);
                let loads = desk.call.is_none() || self.dice.odds(0.3);
                self.hang(desk, loads);
            }
            Cause::UnstableDependency => self.flicker(desk),
            Cause::InterfaceDefect => self.press_dead(desk),
            Cause::WaitingForOutcome => self.linger(desk, 14_000.0),
        }
    }

    /// Reads, points at words, copies one to look it up, tries a value that is refused.
    fn ponder(&mut self, desk: &Desk) {
        self.take(6_000.0);
        match self.dice.among(&[0.3, 0.15, 0.15, 0.2, 0.2]) {
            0 => self.tap(&format!("{}:term", desk.id), Control::None),
            1 => {
                self.report(EventKind::Copy { target: format!("{}:term", desk.id) });
                let away = self.dice.lognormal(25_000.0, 0.5);
                self.hidden(away);
            }
            2 => self.click(&format!("{}:hint", desk.id), Control::Button),
            3 if !desk.fields.is_empty() => {
                let f = self.dice.whole(0, desk.fields.len() - 1);
                self.type_in(&desk.id, f, desk.fields[f], false);
                if self.dice.odds(0.5) {
                    self.decide(desk);
                    self.refuse(desk, f);
                }
            }
            3 => self.click(&format!("{}:set", desk.id), Control::Toggle),
            _ => self.scroll(1.0, 1),
        }
        self.take(5_000.0);
    }

    /// From menu to menu, by search and by scrolling.
    fn hunt(&mut self) {
        match self.dice.among(&[0.5, 0.2, 0.3]) {
            0 => {
                let menu = self.dice.one(&self.site.menus).route.clone();
                self.click("menu", Control::Link);
                let how = if self.dice.odds(0.4) { How::Back } else { How::Forward };
                self.come(&menu, how);
                self.take(2_500.0);
            }
            1 => {
                let results = if self.dice.odds(0.6) { 0 } else { self.dice.whole(1, 9) as u32 };
                self.search(results);
                self.take(2_500.0);
            }
            _ => {
                let turns = self.dice.whole(2, 8);
                self.scroll(4.0, turns);
            }
        }
        self.take(1_500.0);
    }

    /// Holds a control wrong, loses what was set.
    fn mishandle(&mut self, desk: &Desk) {
        match self.dice.among(&[0.35, 0.25, 0.4]) {
            0 => {
                for _ in 0..self.dice.whole(2, 6) {
                    self.click(&format!("{}:wheel", desk.id), Control::Date);
                    self.take(700.0);
                }
            }
            1 => self.insist(&format!("{}:edge", desk.id), Control::None),
            _ if !desk.fields.is_empty() => {
                self.type_in(&desk.id, 0, desk.fields[0], false);
                self.take(1_000.0);
                self.type_in(&desk.id, 0, 0, false);
            }
            _ => self.insist(&format!("{}:grip", desk.id), Control::Button),
        }
        self.take(2_500.0);
    }

    fn refused_again(&mut self, desk: &Desk) {
        let f = desk.id.len() % desk.fields.len().max(1);
        if self.dice.odds(0.85) {
            self.take(2_500.0);
            self.type_in(&desk.id, f, desk.fields[f], false);
        }
        self.decide(desk);
        self.refuse(desk, f);
        self.take(2_500.0);
    }

    fn answered(&mut self, desk: &Desk, status: StatusClass) {
        self.decide(desk);
        let after_ms = if status == StatusClass::Timeout { 10_000.0 } else { self.sound().after_ms };
        let call = desk.call.clone().unwrap_or_default();
        self.await_call(&call, Fate { status, after_ms });
        self.stir();
        self.take(4_000.0);
    }

    fn flicker(&mut self, desk: &Desk) {
        for _ in 0..self.dice.whole(1, 2) {
            let kinds = [StatusClass::Ok, StatusClass::Network, StatusClass::Server, StatusClass::Timeout];
            let status = *self.dice.one(&kinds);
            let after_ms = self.dice.lognormal(1_800.0, 0.9).min(20_000.0);
            self.await_call(&format!("GET /ext/{}", desk.id), Fate { status, after_ms });
            self.take(1_500.0);
        }
        let status = *self.dice.one(&[StatusClass::Server, StatusClass::Network, StatusClass::Timeout]);
        self.answered(desk, status);
    }

    fn press_dead(&mut self, desk: &Desk) {
        self.take(1_200.0);
        self.insist(&format!("{}:go", desk.id), Control::Button);
        if desk.usual_ms % 2.0 < 0.7 {
            self.now += 25;
            self.report(EventKind::JsError { class: "TypeError".into() });
        }
        self.take(2_500.0);
    }
}
