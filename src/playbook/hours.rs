//! When humans are on duty.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::time::Millis;

/// When humans are on duty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// The offset of the service's clock from UTC, in minutes; +480 for China.
    pub utc_offset_minutes: i32,
    /// `[from, to)` in minutes of the day for Monday to Sunday; an empty list is a day off.
    pub week: [Vec<[u16; 2]>; 7],
    /// The hours in words.
    pub text: Text,
}

/// Minutes of a day.
pub const DAY_MINUTES: u16 = 24 * 60;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = DAY_MINUTES as i64 * MINUTE_MS;
/// 1 January 1970 was a Thursday: the fourth day of a week that begins on Monday.
const EPOCH_WEEKDAY: i64 = 3;

impl Hours {
    /// Whether someone is on duty at `t`.
    pub fn open_at(&self, t: Millis) -> bool {
        let (day, minute) = self.local(t);
        self.spans(day).any(|[from, to]| (i64::from(*from)..i64::from(*to)).contains(&minute))
    }

    /// When someone is on duty next: `t` itself where someone is, none where nobody ever is.
    pub fn next_opening(&self, t: Millis) -> Option<Millis> {
        if self.open_at(t) {
            return Some(t);
        }
        let (day, minute) = self.local(t);
        let midnight = Millis(day.saturating_mul(DAY_MS)).plus(-self.offset_ms());
        (0..=7_i64).find_map(|ahead| {
            let starts =
                self.spans(day + ahead).filter(|[from, to]| from < to).map(|[from, _]| i64::from(*from));
            let start = starts.filter(|from| ahead > 0 || *from > minute).min()?;
            Some(midnight.plus(ahead * DAY_MS + start * MINUTE_MS))
        })
    }

    fn offset_ms(&self) -> i64 {
        i64::from(self.utc_offset_minutes) * MINUTE_MS
    }

    /// The local day since the epoch, and the minute in it.
    fn local(&self, t: Millis) -> (i64, i64) {
        let local = t.plus(self.offset_ms()).0;
        (local.div_euclid(DAY_MS), local.rem_euclid(DAY_MS) / MINUTE_MS)
    }

    fn spans(&self, day: i64) -> impl Iterator<Item = &[u16; 2]> {
        let weekday = (day + EPOCH_WEEKDAY).rem_euclid(7);
        usize::try_from(weekday).ok().and_then(|d| self.week.get(d)).into_iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday to Friday 09:00–12:00 and 13:00–18:00, Saturday till midnight, in China.
    fn hours() -> Hours {
        let weekday = vec![[13 * 60, 18 * 60], [9 * 60, 12 * 60]];
        let [a, b, c, d] = std::array::from_fn(|_| weekday.clone());
        let week = [a, b, c, d, weekday, vec![[20 * 60, DAY_MINUTES]], vec![]];
        Hours { utc_offset_minutes: 480, week, text: Text::default() }
    }

    /// Monday 5 January 2026, 00:00 in China.
    const MONDAY: i64 = 1_767_542_400_000;

    fn at(day: i64, hour: i64, minute: i64) -> Millis {
        Millis(MONDAY + day * DAY_MS + (hour * 60 + minute) * MINUTE_MS)
    }

    #[test]
    fn says_who_is_on_duty_and_when_next() {
        let cases = [
            (at(0, 8, 59), false, Some(at(0, 9, 0))),
            (at(0, 9, 0), true, Some(at(0, 9, 0))),
            (at(0, 12, 0), false, Some(at(0, 13, 0))),
            (at(0, 17, 59), true, Some(at(0, 17, 59))),
            (at(4, 18, 0), false, Some(at(5, 20, 0))),
            (at(5, 23, 59), true, Some(at(5, 23, 59))),
            (at(6, 0, 0), false, Some(at(7, 9, 0))),
            (at(-1, 23, 59), false, Some(at(0, 9, 0))),
        ];
        for (t, open, next) in cases {
            assert_eq!((hours().open_at(t), hours().next_opening(t)), (open, next), "{t:?}");
        }
    }

    #[test]
    fn nobody_ever_on_duty_has_no_next_opening() {
        let never = Hours { week: Default::default(), ..hours() };
        assert_eq!(never.next_opening(at(0, 9, 0)), None);
    }

    #[test]
    fn extreme_times_do_not_panic() {
        for t in [Millis(i64::MIN), Millis(i64::MAX), Millis(0)] {
            hours().open_at(t);
            hours().next_opening(t);
        }
    }
}
