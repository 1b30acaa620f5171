//! How people run errands when nothing lasting is in their way: slips, glitches and detours included.

use unstuck::{
    EventKind,
    event::{Control, How, StatusClass},
};

use super::{
    site::{Desk, Work},
    tape::Tape,
};

impl Tape<'_> {
    /// From where they are to a menu, one menu after the other, sometimes by a wrong one.
    pub fn walk_to(&mut self, menu: usize) {
        let mut way = vec![menu];
        while let Some(&m) = way.last().filter(|m| **m != 0) {
            way.push(self.site.menus[m].parent);
        }
        for &m in way.iter().rev().skip(usize::from(way.len() > 1)) {
            if self.dice.odds(self.folk.astray) {
                self.wrong_turn();
            }
            let route = self.site.menus[m].route.clone();
            if self.route != route {
                self.click("menu", Control::Link);
                self.come(&route, How::Forward);
                self.take(1_800.0);
            }
        }
    }

    /// Into a menu that is not the one, and back.
    pub fn wrong_turn(&mut self) {
        let from = self.route.clone();
        let other = self.dice.one(&self.site.menus).route.clone();
        self.click("menu", Control::Link);
        self.come(&other, How::Forward);
        self.take(2_500.0);
        if self.dice.odds(0.4) {
            self.scroll(1.0, 0);
        }
        self.come(&from, How::Back);
        self.take(1_200.0);
    }

    /// Strolls through menus without a goal.
    pub fn stroll(&mut self) {
        for _ in 0..self.dice.whole(2, 7) {
            let menu = self.dice.one(&self.site.menus).route.clone();
            self.click("menu", Control::Tab);
            let how = if self.dice.odds(0.3) { How::Back } else { How::Forward };
            self.come(&menu, how);
            self.take(6_000.0);
            if self.dice.odds(0.5) {
                let turns = self.dice.whole(0, 2);
                self.scroll(2.0, turns);
            }
        }
        if self.dice.odds(0.2) {
            let results = self.dice.whole(0, 8) as u32;
            self.search(results);
            self.take(3_000.0);
        }
    }

    /// To a desk's screen, unless they are there.
    pub fn step_up(&mut self, desk: &Desk) {
        if self.route != desk.route {
            let route = desk.route.clone();
            self.come(&route, How::Forward);
        }
    }

    /// All that a desk wants, up to the deciding tap.
    pub fn prepare(&mut self, desk: &Desk) {
        match desk.work {
            Work::Fill => {
                self.take(2_000.0);
                for (f, chars) in desk.fields.iter().enumerate() {
                    self.type_in(&desk.id, f, *chars, true);
                    if self.dice.odds(0.04) {
                        self.type_in(&desk.id, f, *chars, true);
                    }
                }
            }
            Work::Pick => self.pick(desk),
            Work::Weigh => {
                for _ in 0..self.dice.whole(1, 3) {
                    self.take(desk.usual_ms / 2.5);
                    self.scroll(1.0, 0);
                }
            }
            Work::Code => self.receive_code(desk),
            Work::Watch => {}
        }
    }

    fn pick(&mut self, desk: &Desk) {
        self.take(desk.usual_ms * 0.4);
        let control = *self.dice.one(&[Control::Stepper, Control::Date, Control::Select, Control::Carousel]);
        let quick = matches!(control, Control::Stepper | Control::Carousel);
        let taps = if quick { self.dice.whole(2, 12) } else { self.dice.whole(1, 3) };
        for _ in 0..taps {
            self.click(&format!("{}:set", desk.id), control);
            self.take(if quick { 350.0 } else { 1_800.0 });
        }
        self.take(desk.usual_ms * 0.3);
    }

    /// The code comes when it comes; who waits long asks for another.
    fn receive_code(&mut self, desk: &Desk) {
        let comes_ms = self.dice.lognormal(8_000.0, 0.7).min(75_000.0);
        if comes_ms > 28_000.0 && self.dice.odds(0.4) {
            self.pass(26_000.0);
            self.click(&format!("{}:resend", desk.id), Control::Button);
            let fate = self.sound();
            self.await_call(&format!("POST /v1/{}/send", desk.id), fate);
            self.pass(comes_ms - 26_000.0);
        } else if self.dice.odds(0.45) {
            self.hidden(comes_ms);
        } else {
            self.pass(comes_ms);
        }
        self.type_in(&desk.id, 0, 6, true);
    }

    /// The deciding tap, and the form sent with it.
    pub fn decide(&mut self, desk: &Desk) {
        self.take(900.0);
        let go = format!("{}:go", desk.id);
        if self.dice.odds(0.012) {
            // The page was not ready, or the finger missed: once, to anybody.
            self.tap(&go, Control::Button);
            self.take(2_200.0);
        }
        self.tap(&go, Control::Button);
        if self.site.forms && !desk.fields.is_empty() {
            self.report(EventKind::Submit { form: format!("{}:form", desk.id) });
        }
    }

    /// A field is refused, as this app shows it.
    pub fn refuse(&mut self, desk: &Desk, field: usize) {
        let fate = self.sound();
        match self.dice.among(&self.site.refusals) {
            0 => {
                self.now += 60;
                let code = if self.site.coded { "format".to_owned() } else { String::new() };
                self.report(EventKind::ValidationError { field: format!("{}:f{field}", desk.id), code });
            }
            1 if desk.call.is_some() => {
                let call = desk.call.clone().unwrap_or_default();
                self.await_call(&call, super::tape::Fate { status: StatusClass::Client, ..fate });
            }
            _ => {}
        }
        self.stir();
    }

    /// A desk from beginning to end, with slips and glitches, until it is done.
    pub fn do_desk(&mut self, desk: &Desk) {
        self.prepare(desk);
        let mut slips = self.folk.slips;
        while !desk.fields.is_empty() && self.dice.odds(slips) {
            self.decide(desk);
            let f = self.dice.whole(0, desk.fields.len() - 1);
            self.refuse(desk, f);
            self.take(2_500.0);
            self.type_in(&desk.id, f, desk.fields[f], true);
            slips = 0.2;
        }
        self.finish(desk);
    }

    /// The deciding tap that works in the end: a glitch is tried again.
    pub fn finish(&mut self, desk: &Desk) {
        if desk.work == Work::Watch {
            return self.watch(desk);
        }
        for _ in 0..6 {
            self.decide(desk);
            let Some(call) = &desk.call else { break };
            let fate = self.sound();
            self.await_call(call, fate);
            self.stir();
            if fate.status == StatusClass::Ok {
                break;
            }
            self.take(3_000.0);
        }
        self.stir();
    }

    /// The page asks for the result until it is there.
    fn watch(&mut self, desk: &Desk) {
        let mut left = self.dice.lognormal(6_000.0, 0.6).min(45_000.0);
        while left > 0.0 {
            let fate = self.sound();
            self.call(desk.call.as_deref().unwrap_or("GET /v1/state"), fate);
            self.pass(3_000.0);
            left -= 3_000.0;
        }
        self.report(EventKind::Custom { name: format!("{}:settled", desk.id) });
        self.stir();
    }
}
