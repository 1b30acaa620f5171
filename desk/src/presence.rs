//! Which agents are at their desks: connected, or so lately that a reload explains it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use unstuck::Millis;

/// Who is there. Not kept over a restart: agents' pages connect again within seconds.
#[derive(Debug)]
pub struct Presence {
    /// Before this nothing is known; everybody counts as just gone.
    since: Millis,
    agents: Mutex<BTreeMap<String, Seat>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seat {
    connections: u32,
    left: Millis,
}

impl Presence {
    pub fn new(now: Millis) -> Self {
        Self { since: now, agents: Mutex::default() }
    }

    pub fn arrive(&self, agent: &str) {
        self.change(agent, |seat| seat.connections += 1);
    }

    pub fn leave(&self, agent: &str, now: Millis) {
        self.change(agent, |seat| {
            seat.connections = seat.connections.saturating_sub(1);
            seat.left = now;
        });
    }

    /// Whether anybody is there, or was `grace_ms` ago.
    pub fn any(&self, now: Millis, grace_ms: i64) -> bool {
        let agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        agents.values().any(|seat| seat.connections > 0 || now.since(seat.left) <= grace_ms)
    }

    /// Whether an agent has been gone for longer than `grace_ms`.
    pub fn gone(&self, agent: &str, now: Millis, grace_ms: i64) -> bool {
        let agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        match agents.get(agent) {
            Some(seat) => seat.connections == 0 && now.since(seat.left) > grace_ms,
            None => now.since(self.since) > grace_ms,
        }
    }

    /// The names of those connected now.
    pub fn names(&self) -> Vec<String> {
        let agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        agents.iter().filter(|(_, seat)| seat.connections > 0).map(|(name, _)| name.clone()).collect()
    }

    fn change(&self, agent: &str, change: impl FnOnce(&mut Seat)) {
        let mut agents = self.agents.lock().unwrap_or_else(PoisonError::into_inner);
        change(agents.entry(agent.to_owned()).or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reload_is_no_absence_and_a_longer_one_is() {
        let presence = Presence::new(Millis(0));
        assert!(!presence.any(Millis(0), 10));
        assert!(!presence.gone("Lin", Millis(10), 10), "just after a restart nobody counts as gone");
        assert!(presence.gone("Lin", Millis(11), 10));
        presence.arrive("Lin");
        presence.arrive("Lin");
        presence.leave("Lin", Millis(20));
        assert!(presence.any(Millis(100), 10), "the second page is still open");
        presence.leave("Lin", Millis(100));
        assert!(presence.any(Millis(110), 10) && !presence.gone("Lin", Millis(110), 10));
        assert!(!presence.any(Millis(111), 10) && presence.gone("Lin", Millis(111), 10));
        assert_eq!(presence.names(), Vec::<String>::new());
    }
}
