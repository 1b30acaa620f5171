//! Waiting, and what people do besides trying: they fidget, and drift about.

use unstuck::{
    EventKind,
    event::{Api, Control, How, StatusClass},
};

use super::{
    app::{Stop, Task},
    walk::Walk,
};

impl Walk<'_> {
    /// An answer that takes some seconds, and comes.
    pub fn wait_a_while(&mut self, stop: &Stop) {
        let endpoint = format!("GET /api{}/parts", stop.screen);
        let latency_ms = self.rng.about(4_000.0, 0.35).clamp(2_000.0, 7_000.0) as u32;
        self.emit(EventKind::Api(Api { endpoint: endpoint.clone(), ..Api::default() }));
        self.now += i64::from(latency_ms);
        self.emit(EventKind::Api(Api { endpoint, status: StatusClass::Ok, latency_ms, ..Api::default() }));
        self.react();
    }

    /// What should come comes late.
    pub fn pass_the_time(&mut self) {
        let span = self.rng.about(20_000.0, 0.4);
        if self.rng.chance(0.4) { self.away(span) } else { self.pass(span) }
    }

    /// What hands do while one waits.
    pub fn fidget(&mut self, stop: &Stop) {
        match self.rng.below(3) {
            0 => self.scroll(false),
            1 => self.tap_dead(&format!("{}.frame", stop.id), Control::None),
            _ => self.tap_dead(&stop.commit, Control::Button),
        }
    }

    /// What people do between two tries, whatever is in their way.
    pub fn drift(&mut self, stop: &Stop) {
        match self.rng.below(6) {
            0 => self.scroll(false),
            1 => self.away(15_000.0),
            2 => {
                self.go(&stop.screen, How::Reload);
                self.think(2_000.0);
            }
            3 => {
                let screen = self.rng.pick(&self.app.side).clone();
                self.go(&screen, How::Forward);
                self.think(3_000.0);
                self.arrive(stop);
            }
            4 => self.tap_dead(&format!("{}.word", stop.id), Control::None),
            _ => self.think(6_000.0),
        }
    }

    /// The answer takes very long; the impatient tap again, load again, go away.
    pub(super) fn wait_long(&mut self, stop: &Stop, first: bool) {
        if !first {
            self.think(1_500.0);
            if self.rng.chance(0.3) {
                self.reload(stop);
            }
        }
        let latency = self.rng.about(11_000.0, 0.5).clamp(5_000.0, 60_000.0);
        // It is the screen that does not load, as often as an answer that does not come.
        let loads = self.loading || stop.endpoint.is_none() || self.rng.chance(0.2);
        if loads {
            self.now += 150;
            if !first && self.rng.chance(0.5) {
                self.emit(EventKind::Screen { how: How::Reload });
            }
        } else {
            self.press(stop);
        }
        let endpoint =
            stop.endpoint.clone().filter(|_| !loads).unwrap_or_else(|| format!("GET /api{}", stop.screen));
        let status = if self.rng.chance(0.25) { StatusClass::Timeout } else { StatusClass::Ok };
        let impatient = self.rng.chance(self.person.rages);
        // What the step waits for is not what came: the list is still empty, the page still loads.
        let elsewhere = format!("GET /api{}/parts", stop.screen);
        let endpoint = if status == StatusClass::Ok { elsewhere } else { endpoint };
        self.emit(EventKind::Api(Api { endpoint: endpoint.clone(), ..Api::default() }));
        let begun = self.now;
        self.felt = Some(begun + self.rng.about(2_600.0, 0.06).min(latency) as i64);
        if impatient {
            self.now += (latency * 0.4) as i64;
            let times = 2 + self.rng.below(4);
            self.hammer(&stop.commit, Control::Button, times);
        } else if self.rng.chance(0.4) {
            self.now += (latency * self.rng.between(0.3, 0.7)) as i64;
            self.fidget(stop);
        }
        self.now = self.now.max(begun + latency as i64);
        let latency_ms = (self.now - begun) as u32;
        self.emit(EventKind::Api(Api { endpoint, status, latency_ms, ..Api::default() }));
    }

    /// All is done, and what should come does not.
    pub(super) fn await_outcome(&mut self, stop: &Stop, first: bool) {
        if first && (stop.task != Task::Code || self.rng.chance(0.6)) {
            if stop.task != Task::Code {
                self.press(stop);
            }
            let latency = self.latency();
            self.call(&format!("POST /api{}/begin", stop.screen), StatusClass::Ok, latency);
        }
        let span = self.rng.about(30_000.0, 0.5);
        self.felt = Some(self.now + self.rng.about(15_000.0, 0.3).min(span) as i64);
        match self.rng.below(5) {
            0 => self.away(span),
            _ => self.pass(span),
        }
        match self.rng.below(7) {
            0 => self.reload(stop),
            1 | 4 | 5 => {
                self.tap(&format!("{}.again", stop.id), Control::Button);
                let latency = self.latency();
                self.call(&format!("POST /api{}/again", stop.screen), StatusClass::Ok, latency);
            }
            2 => {
                let latency = self.latency();
                self.call(&format!("GET /api{}/state", stop.screen), StatusClass::Ok, latency);
            }
            _ => self.scroll(false),
        }
    }
}
