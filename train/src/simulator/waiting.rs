//! What people do besides trying: they wait a while, fidget, and drift about.

use unstuck::{
    EventKind,
    event::{Api, Control, How, StatusClass},
};

use super::{app::Stop, walk::Walk};

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
}
