//! Round and round over several screens.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
};
use crate::{
    event::{Activity, Event, EventKind},
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::Wandering,
    fires: "Within `within_ms`, `screens` different screens were each visited `visits` times or more, \
            and nothing got done.",
    never: &[
        "a hub and its pages, or two screens compared: too few screens come again",
        "a field edited, a form sent, something copied or played, or a step done meanwhile: that is progress",
        "the same screen loaded again",
    ],
};

/// How many visits are remembered.
const VISITS_MAX: usize = 32;

/// The screens visited without getting anything done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wandering {
    visits: Window<String, VISITS_MAX>,
}

impl Wandering {
    fn visits_of(&self, screen: &str) -> u32 {
        self.visits.iter().map(|(_, visited)| u32::from(visited == screen)).sum()
    }

    /// How many different screens were visited often enough, each counted at its last visit.
    fn screens(&self, visits: u32) -> u32 {
        let mut seen: Vec<&str> = Vec::new();
        for (_, screen) in self.visits.iter() {
            if !seen.contains(&screen.as_str()) && self.visits_of(screen) >= visits {
                seen.push(screen);
            }
        }
        u32::try_from(seen.len()).unwrap_or(u32::MAX)
    }
}

impl Detector for Wandering {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let own = &scene.settings.wandering;
        match &event.kind {
            _ if scene.progressed() => self.visits.clear(),
            EventKind::Input(_)
            | EventKind::Submit { .. }
            | EventKind::Copy { .. }
            | EventKind::Activity { what: Activity::Media } => self.visits.clear(),
            EventKind::Screen { .. } => {
                self.visits.keep(event.t, own.within_ms);
                if self.visits.last().is_some_and(|(_, last)| *last == event.screen) {
                    return;
                }
                self.visits.push(event.t, event.screen.clone());
                if self.screens(own.visits) >= own.screens {
                    let since = self.visits.first().map_or(event.t, |(at, _)| at);
                    out.push(certain(SignalKind::Wandering, event, since, "", self.visits.count()));
                    self.visits.clear();
                }
            }
            _ => {}
        }
    }
}
