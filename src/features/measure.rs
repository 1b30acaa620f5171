//! How times and counts become numbers of about 0 to 2, and a clock that no jump can upset.

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// A count loses half of its weight in this time, in milliseconds: about the length of one try.
pub(super) const HALF_LIFE_MS: f32 = 60_000.0;
/// A gap counts as at most this long, in milliseconds: an hour later it is another visit anyway.
const MAX_GAP_MS: i64 = 3_600_000;

/// A span in milliseconds, by its order: 0 for none, 0.6 for 10 s, 1.0 for a minute, 2.0 for an hour.
pub(super) fn seconds(ms: i64) -> f32 {
    libm::logf(1.0 + ms.clamp(0, MAX_GAP_MS) as f32 / 1_000.0) / 4.1
}

/// A count or a ratio by its order: 0 for 0, 0.7 for 1, 1.4 for 3.
pub(super) fn order(x: f32) -> f32 {
    libm::logf(1.0 + x.clamp(0.0, 1_000.0))
}

/// A count that fades: its weight, and when it had it. There are many of them: a snapshot has them as pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Fading(f32, i64);

impl Fading {
    pub fn add(&mut self, weight: f32, now: i64) {
        *self = Self(self.at(now) + weight, now);
    }

    /// What is left of it.
    pub fn at(&self, now: i64) -> f32 {
        let Self(weight, then) = *self;
        if weight == 0.0 {
            return 0.0;
        }
        let age = now.saturating_sub(then).max(0) as f32;
        weight * libm::exp2f(-age / HALF_LIFE_MS)
    }
}

/// Time on the page. It never runs backwards, a jump of the host's clock is one gap of at most an
/// hour, and it stands still while the page is hidden: a user elsewhere is not stuck here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Clock {
    host: Option<Millis>,
    seen: i64,
    hidden: bool,
    hidden_ms: i64,
}

impl Clock {
    /// Goes on to the host's time and says how long that was, seen or not.
    pub fn advance(&mut self, t: Millis) -> i64 {
        let gap = self.host.map_or(0, |host| t.since(host)).clamp(0, MAX_GAP_MS);
        self.host = Some(t);
        if self.hidden {
            self.hidden_ms = (self.hidden_ms + gap).min(MAX_GAP_MS);
        } else {
            self.seen = self.seen.saturating_add(gap);
        }
        gap
    }

    /// The page was hidden, or can be seen again.
    pub fn show(&mut self, visible: bool) {
        if !visible && !self.hidden {
            self.hidden_ms = 0;
        }
        self.hidden = !visible;
    }

    /// Milliseconds that the page was seen.
    pub fn seen(&self) -> i64 {
        self.seen
    }

    /// How long the page was hidden the last time, in milliseconds.
    pub fn hidden_ms(&self) -> i64 {
        self.hidden_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_halves_in_a_minute_and_never_grows_by_itself() {
        let mut count = Fading::default();
        count.add(2.0, 1_000);
        assert!((count.at(61_000) - 1.0).abs() < 1e-6);
        assert_eq!(count.at(0), 2.0);
    }

    #[test]
    fn the_clock_survives_jumps_and_stands_still_while_hidden() {
        let mut clock = Clock::default();
        let gaps = [1_000, 3_000, i64::MAX, 2_000, 5_000].map(|t| clock.advance(Millis(t)));
        assert_eq!(gaps, [0, 2_000, MAX_GAP_MS, 0, 3_000]);
        let before = clock.seen();
        clock.show(false);
        clock.advance(Millis(9_000));
        assert_eq!((clock.seen(), clock.hidden_ms()), (before, 4_000));
    }
}
