//! Into a screen and straight back out of it.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene},
};
use crate::{
    event::{Activity, Event, EventKind, How},
    time::Millis,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::QuickBack,
    fires: "Forward into a screen, and back to where one came from after at least `at_least_ms` and at \
            most `within_ms`.",
    never: &[
        "something was done there: a field edited, a form sent, a search, a copy, media, a step done",
        "`taps` or more taps there",
        "a reload, or the app itself going on",
        "a page that was in the background meanwhile",
    ],
};

/// The screen that the user is on and the one before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuickBack {
    before: String,
    now: String,
    entered: Millis,
    forward: bool,
    taps: u32,
    busy: bool,
}

impl QuickBack {
    fn turn(&mut self, event: &Event, how: How, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let own = &scene.settings.quick_back;
        let stay = event.t.since(self.entered);
        let quick = (i64::from(own.at_least_ms)..=i64::from(own.within_ms)).contains(&stay);
        let idle = !self.busy && self.taps < own.taps && scene.place.succeeded.is_empty();
        if how == How::Back && self.forward && event.screen == self.before && quick && idle {
            out.push(Signal {
                kind: SignalKind::QuickBack,
                at: event.t,
                since: self.entered,
                screen: std::mem::take(&mut self.now),
                target: String::new(),
                count: 1,
            });
        }
        *self = Self {
            before: std::mem::take(&mut self.now),
            now: event.screen.clone(),
            entered: event.t,
            forward: how == How::Forward,
            ..Self::default()
        };
    }
}

impl Detector for QuickBack {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        match &event.kind {
            EventKind::Screen { how } if event.screen != self.now => self.turn(event, *how, scene, out),
            EventKind::Tap(_) => self.taps = self.taps.saturating_add(1),
            EventKind::Screen { .. }
            | EventKind::Input(_)
            | EventKind::Submit { .. }
            | EventKind::Search { .. }
            | EventKind::Copy { .. }
            | EventKind::Activity { what: Activity::Media } => self.busy = true,
            _ => self.busy |= scene.progressed(),
        }
    }

    fn hide(&mut self) {
        self.busy = true;
    }
}
