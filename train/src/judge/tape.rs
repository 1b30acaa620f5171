//! What the page would report of a visit. Calls run beside the person, so events are put in order at the end.

use unstuck::{
    Event, EventKind, Millis,
    event::{Activity, Api, Control, How, Input, LengthClass, StatusClass, Tap},
};

use super::{dice::Dice, folk::Folk, site::Site};

/// How a call ends.
#[derive(Clone, Copy, Debug)]
pub struct Fate {
    /// How.
    pub status: StatusClass,
    /// After how many milliseconds.
    pub after_ms: f64,
}

/// A visit while it goes on.
pub struct Tape<'a> {
    /// Where.
    pub site: &'a Site,
    /// Who.
    pub folk: &'a Folk,
    /// The dice.
    pub dice: Dice,
    /// The time, in milliseconds.
    pub now: i64,
    /// The screen.
    pub route: String,
    /// What was reported, not yet in order.
    pub events: Vec<Event>,
}

impl Tape<'_> {
    /// Reports something now.
    pub fn report(&mut self, kind: EventKind) {
        self.report_at(self.now, kind);
    }

    fn report_at(&mut self, t: i64, kind: EventKind) {
        self.events.push(Event { t: Millis(t), screen: self.route.clone(), kind });
    }

    /// Time goes by, in milliseconds of the clock; the app may do things of its own.
    pub fn pass(&mut self, ms: f64) {
        let end = self.now + ms.clamp(1.0, 3_600_000.0) as i64;
        for (rate, poll) in [(self.site.polls, true), (self.site.mutters, false)] {
            let mut at = self.now;
            if rate <= 0.0 {
                continue;
            }
            loop {
                at += self.dice.exponential(60_000.0 / rate) as i64 + 1;
                if at >= end {
                    break;
                }
                if poll {
                    let fate = self.sound();
                    self.call_at(at, "GET /v1/pulse", fate, false);
                } else {
                    self.report_at(at, EventKind::JsError { class: "RangeError".into() });
                }
            }
        }
        self.now = end;
    }

    /// Time that the person takes: gamma around a mean for tempo 1, in milliseconds.
    pub fn take(&mut self, mean_ms: f64) {
        let ms = self.dice.gamma(mean_ms * self.folk.tempo, 3);
        if self.dice.odds((self.folk.breaks * ms / 60_000.0).min(0.5)) {
            self.interruption();
        }
        self.pass(ms);
    }

    /// Something else calls: another tab, or the doorbell.
    pub fn interruption(&mut self) {
        let ms = self.dice.pareto(12_000.0, 1.1).min(1_200_000.0);
        let hides = if self.folk.group == "background" { 0.95 } else { 0.5 };
        if self.dice.odds(hides) { self.hidden(ms) } else { self.pass(ms) }
    }

    /// The page is not seen for so long.
    pub fn hidden(&mut self, ms: f64) {
        self.report(EventKind::Visibility { visible: false });
        self.pass(ms);
        self.report(EventKind::Visibility { visible: true });
    }

    /// What a sound call does: log-normal answers with a heavy tail (Dean and Barroso, The tail at
    /// scale, 2013), and failures that anybody may meet.
    pub fn sound(&mut self) -> Fate {
        let mut after_ms = self.dice.lognormal(self.site.answer_ms, self.site.answer_sigma);
        if self.dice.odds(self.site.tail) {
            after_ms += self.dice.pareto(1_500.0, 1.6);
        }
        let fails = self.dice.odds(self.site.glitches);
        let all = [StatusClass::Server, StatusClass::Network, StatusClass::Timeout];
        let status = if fails { *self.dice.one(&all) } else { StatusClass::Ok };
        Fate { status, after_ms: after_ms.clamp(15.0, 30_000.0) }
    }

    /// A call; the person goes on meanwhile.
    pub fn call(&mut self, endpoint: &str, fate: Fate) {
        let coded = fate.status.failed() && self.site.coded;
        self.call_at(self.now, endpoint, fate, coded);
    }

    /// A call whose end the person waits for.
    pub fn await_call(&mut self, endpoint: &str, fate: Fate) {
        self.call(endpoint, fate);
        self.pass(fate.after_ms + 30.0);
    }

    fn call_at(&mut self, t: i64, endpoint: &str, fate: Fate, coded: bool) {
        let endpoint = endpoint.to_owned();
        self.report_at(t, EventKind::Api(Api { endpoint: endpoint.clone(), ..Api::default() }));
        let code = if coded { "E17".to_owned() } else { String::new() };
        let latency_ms = fate.after_ms as u32;
        let end = Api { endpoint, status: fate.status, latency_ms, code };
        self.report_at(t + i64::from(latency_ms), EventKind::Api(end));
    }

    /// Comes to a screen, which may fetch what it shows.
    pub fn come(&mut self, route: &str, how: How) {
        route.clone_into(&mut self.route);
        self.report(EventKind::Screen { how });
        self.stir();
        if self.dice.odds(self.site.fetches) {
            let fate = self.sound();
            self.await_call(&format!("GET /v1{route}"), fate);
            self.stir();
        }
    }

    /// The document changes.
    pub fn stir(&mut self) {
        self.now += 10 + (60.0 * self.dice.share()) as i64;
        self.report(EventKind::Activity { what: Activity::Dom });
    }

    /// A tap that nothing answers.
    pub fn tap(&mut self, target: &str, control: Control) {
        let (x, y) = (self.dice.whole(4, 380) as i32, self.dice.whole(60, 760) as i32);
        self.report(EventKind::Tap(Tap { target: target.into(), control, x, y, ..Tap::default() }));
    }

    /// A tap that works.
    pub fn click(&mut self, target: &str, control: Control) {
        self.tap(target, control);
        self.stir();
    }

    /// Taps on one spot until the person sees that nothing comes of it.
    pub fn insist(&mut self, target: &str, control: Control) {
        self.tap(target, control);
        if self.dice.odds(self.folk.hammers) {
            for _ in 0..self.dice.whole(1, 6) {
                self.now += self.dice.gamma(260.0, 4) as i64;
                if let Some(Event { kind: EventKind::Tap(tap), .. }) = self.events.last().cloned() {
                    self.report(EventKind::Tap(tap));
                }
            }
        }
    }

    /// Types into a field so many characters.
    pub fn type_in(&mut self, desk: &str, field: usize, chars: usize, right: bool) {
        let name = format!("{desk}:f{field}");
        self.take(1_350.0);
        self.tap(&name, Control::Text);
        self.report(EventKind::Activity { what: Activity::Focus });
        self.take(400.0 + 280.0 * chars as f64);
        let length = match chars {
            0 => LengthClass::Empty,
            1..=5 => LengthClass::Short,
            6..=20 => LengthClass::Medium,
            _ => LengthClass::Long,
        };
        let valid = (self.site.checks && chars > 0).then_some(right);
        let form = format!("{desk}:form");
        self.report(EventKind::Input(Input { field: name, form, length, valid, ignore: vec![] }));
    }

    /// Scrolls so many screens, back and forth where something is sought.
    pub fn scroll(&mut self, screens: f64, turns: usize) {
        let distance = 700.0 * self.dice.gamma(screens, 2);
        let lasts = (250.0 + distance * self.dice.even(0.4, 1.2)) as i64;
        self.now += lasts;
        self.report(EventKind::Scroll {
            reversals: turns as u16,
            distance_px: distance as u32,
            duration_ms: lasts as u32,
        });
    }

    /// Searches.
    pub fn search(&mut self, results: u32) {
        self.click("search", Control::Text);
        self.take(3_500.0);
        let fate = self.sound();
        self.await_call("GET /v1/search", fate);
        self.report(EventKind::Search { results });
        self.stir();
    }
}
