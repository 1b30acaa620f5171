//! Many fast taps on one spot without any reaction.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, is_visible_reaction},
    settings::Settings,
    threshold::COUNT_MAX,
};
use crate::{
    event::{Event, EventKind, Opens, Tap},
    time::Millis,
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::RageClick,
    fires: "`clicks` taps on the same element within `within_ms`, each within `radius_px` of the one \
            before, and until `settle_ms` after the last one the page shows no reaction: no change of the document, no route, no answer of the network, no scrolling, no selection.",
    never: &[
        "a tap that ends with selected text (a double or triple click on words)",
        "a tap with a modifier key, or one that opens a download, a new tab, the print dialogue or the file picker",
        "the controls in `skip`",
        "an element that opted out",
        "a page in the background",
    ],
};

const TAPS: usize = COUNT_MAX as usize;

/// The chain of taps that may become a rage.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RageClick {
    target: String,
    screen: String,
    taps: Window<(i32, i32), TAPS>,
    /// Taps of a chain that is long enough, and when it is certain.
    certain: Option<(u32, Millis)>,
}

impl RageClick {
    fn tap(&mut self, event: &Event, tap: &Tap, settings: &Settings) {
        let own = &settings.rage_click;
        if tap.ignore.contains(&SignalKind::RageClick)
            || tap.selection
            || tap.modifier
            || tap.opens != Opens::Nothing
            || own.skip.contains(&tap.control)
        {
            *self = Self::default();
            return;
        }
        let near = |(x, y): (i32, i32)| {
            let (dx, dy) = (i64::from(x) - i64::from(tap.x), i64::from(y) - i64::from(tap.y));
            dx.saturating_mul(dx).saturating_add(dy.saturating_mul(dy)) <= i64::from(own.radius_px).pow(2)
        };
        let same = self.target == tap.target && self.screen == event.screen;
        if !same || !self.taps.last().is_some_and(|(_, spot)| near(*spot)) {
            *self = Self { target: tap.target.clone(), screen: event.screen.clone(), ..Self::default() };
        }
        self.taps.push(event.t, (tap.x, tap.y));
        let settled = event.t.plus(i64::from(own.settle_ms));
        if let Some((count, _)) = self.certain {
            self.certain = Some((count.saturating_add(1), settled));
            return;
        }
        self.taps.keep(event.t, own.within_ms);
        if self.taps.count() >= own.clicks {
            self.certain = Some((self.taps.count(), settled));
        }
    }
}

impl Detector for RageClick {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, _out: &mut Vec<Signal>) {
        if let EventKind::Tap(tap) = &event.kind {
            self.tap(event, tap, scene.settings);
        } else if is_visible_reaction(&event.kind) {
            *self = Self::default();
        }
    }

    fn due(&self) -> Option<Millis> {
        self.certain.map(|(_, at)| at)
    }

    fn expire(&mut self, now: Millis, _settings: &Settings, out: &mut Vec<Signal>) {
        let chain = std::mem::take(self);
        if let Some((count, _)) = chain.certain {
            let since = chain.taps.first().map_or(now, |(at, _)| at);
            out.push(Signal {
                kind: SignalKind::RageClick,
                at: now,
                since,
                screen: chain.screen,
                target: chain.target,
                count,
            });
        }
    }

    fn hide(&mut self) {
        *self = Self::default();
    }
}
