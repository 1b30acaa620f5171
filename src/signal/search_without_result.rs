//! Searches that find nothing.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene},
    settings::Settings,
    threshold::COUNT_MAX,
};
use crate::{
    event::{Event, EventKind},
    time::Millis,
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::SearchWithoutResult,
    fires: "`searches` searches within `within_ms` found nothing. A search counts when no other follows \
            it within `settle_ms`.",
    never: &[
        "a search that is still being typed, whatever it finds on the way",
        "empty searches before one that found something: they are forgotten",
        "a page that goes to the background before the search settled",
    ],
};

const SEARCHES: usize = COUNT_MAX as usize;

/// The searches that found nothing, and the one that may still go on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchWithoutResult {
    latest: Option<Latest>,
    empty: Window<(), SEARCHES>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Latest {
    at: Millis,
    due: Millis,
    screen: String,
    results: u32,
}

impl Detector for SearchWithoutResult {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, _out: &mut Vec<Signal>) {
        if let EventKind::Search { results } = event.kind {
            let due = event.t.plus(i64::from(scene.settings.search_without_result.settle_ms));
            self.latest = Some(Latest { at: event.t, due, screen: event.screen.clone(), results });
        }
    }

    fn due(&self) -> Option<Millis> {
        self.latest.as_ref().map(|latest| latest.due)
    }

    fn expire(&mut self, now: Millis, settings: &Settings, out: &mut Vec<Signal>) {
        let own = &settings.search_without_result;
        let Some(latest) = self.latest.take_if(|latest| latest.due <= now) else { return };
        if latest.results > 0 {
            self.empty.clear();
            return;
        }
        self.empty.keep(latest.at, own.within_ms);
        self.empty.push(latest.at, ());
        if self.empty.count() >= own.searches {
            out.push(Signal {
                kind: SignalKind::SearchWithoutResult,
                at: now,
                since: self.empty.first().map_or(latest.at, |(at, ())| at),
                screen: latest.screen,
                target: String::new(),
                count: self.empty.count(),
            });
        }
    }

    fn hide(&mut self) {
        self.latest = None;
    }
}
