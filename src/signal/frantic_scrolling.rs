//! Scrolling up and down, looking for something.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
};
use crate::{
    event::{Event, EventKind},
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::FranticScrolling,
    fires: "Within `within_ms` the scrolling changed its direction `reversals` times or more, over \
            `distance_px` or more.",
    never: &[
        "reading or a long feed: one direction, with a look back now and then",
        "a jitter or a bounce: too short a way",
        "scrolling before a tap, an edit, a search or another screen: what was looked for was found",
        "a page in the background",
    ],
};

/// How many bursts of scrolling are remembered.
const BURSTS_MAX: usize = 32;

/// The bursts of scrolling since the user last did something else.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FranticScrolling {
    bursts: Window<Burst, BURSTS_MAX>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Burst {
    screen: String,
    reversals: u16,
    distance_px: u32,
    duration_ms: u32,
}

impl Detector for FranticScrolling {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let own = &scene.settings.frantic_scrolling;
        match event.kind {
            EventKind::Scroll { reversals, distance_px, duration_ms } => {
                let screen = event.screen.clone();
                self.bursts.keep(event.t, own.within_ms);
                self.bursts.retain(|_, burst| burst.screen == event.screen);
                self.bursts.push(event.t, Burst { screen, reversals, distance_px, duration_ms });
                let turns: u32 = self.bursts.iter().map(|(_, b)| u32::from(b.reversals)).sum();
                let way = self.bursts.iter().fold(0u32, |sum, (_, b)| sum.saturating_add(b.distance_px));
                if turns >= own.reversals && way >= own.distance_px {
                    let first = self.bursts.first();
                    let since = first.map_or(event.t, |(at, b)| at.plus(-i64::from(b.duration_ms)));
                    out.push(certain(SignalKind::FranticScrolling, event, since, "", turns));
                    self.bursts.clear();
                }
            }
            EventKind::Tap(_)
            | EventKind::Input(_)
            | EventKind::Search { .. }
            | EventKind::Submit { .. }
            | EventKind::Screen { .. } => self.bursts.clear(),
            _ => {}
        }
    }

    fn hide(&mut self) {
        self.bursts.clear();
    }
}
