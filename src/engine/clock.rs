//! The session's time: the host's, except that it never runs backwards.

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// Inputs may come out of order by so much, in milliseconds: they are then taken as of now. A host
/// whose time is further back has set its clock back, and time goes on from where it was.
pub const JITTER_MS: i64 = 1_000;

/// The session's time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clock {
    now: Option<Millis>,
    /// Session time less host time.
    offset: i64,
}

impl Clock {
    /// The session's time: the greatest so far.
    pub fn now(&self) -> Millis {
        self.now.unwrap_or_default()
    }

    /// The session's time of a host's time that has not been taken in.
    pub fn peek(&self, host: Millis) -> Millis {
        host.plus(self.offset)
    }

    /// Takes in the host's time and gives the session's; [`Self::reach`] makes it the present.
    pub fn take(&mut self, host: Millis) -> Millis {
        let Some(now) = self.now else {
            self.now = Some(host);
            return host;
        };
        if now.since(self.peek(host)) > JITTER_MS {
            self.offset = now.since(host);
        }
        self.peek(host).max(now)
    }

    /// Time has come that far; it never goes back.
    pub fn reach(&mut self, at: Millis) {
        self.now = Some(self.now.map_or(at, |now| now.max(at)));
    }

    /// The host's time of a time of the session.
    pub fn host(&self, at: Millis) -> Millis {
        at.plus(self.offset.saturating_neg())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_runs_backwards_and_goes_on_at_the_hosts_pace() {
        let mut clock = Clock::default();
        // Host time in, session time out.
        let cases = [
            ("the first", 10_000, 10_000),
            ("forward", 12_000, 12_000),
            ("repeated", 12_000, 12_000),
            ("out of order by a little", 11_500, 12_000),
            ("and on", 12_400, 12_400),
            ("set back by ten seconds", 2_400, 12_400),
            ("goes on from there", 3_400, 13_400),
            ("a jump forward", 100_000, 110_000),
        ];
        for (name, host, session) in cases {
            let at = clock.take(Millis(host));
            clock.reach(at);
            assert_eq!(at, Millis(session), "{name}");
        }
        assert_eq!(clock.host(Millis(110_500)), Millis(100_500));
    }
}
