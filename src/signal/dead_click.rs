//! A tap on something that should react, and nothing happened.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, is_reaction},
    settings::Settings,
};
use crate::{
    event::{Event, EventKind, Opens, StatusClass, Tap},
    time::Millis,
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::DeadClick,
    fires: "A tap on a control, and for `wait_ms` nothing at all follows: no change of the document, no \
            route, no network call, no form sent, no scrolling, selection, focus elsewhere or media.",
    never: &[
        "a disabled control",
        "the same control again while the network call that it began is under way",
        "the controls in `skip`",
        "a tap that ends with selected text, or with a modifier key",
        "a tap that opens a download, a new tab, the print dialogue or the file picker, itself or by a script's click",
        "an element that opted out",
        "a page that goes to the background while it waits",
    ],
};

/// How many taps can wait for a reaction at once.
const WAITING_MAX: usize = 8;

/// Taps that wait for a reaction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeadClick {
    waiting: Window<Waiting, WAITING_MAX>,
    busy: Option<Busy>,
}

/// A control whose network call is under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Busy {
    target: String,
    endpoint: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Waiting {
    due: Millis,
    screen: String,
    target: String,
    count: u32,
}

impl DeadClick {
    fn tap(&mut self, event: &Event, tap: &Tap, settings: &Settings) {
        let own = &settings.dead_click;
        if tap.opens != Opens::Nothing {
            self.waiting.clear();
        }
        if tap.ignore.contains(&SignalKind::DeadClick)
            || tap.disabled
            || tap.selection
            || tap.modifier
            || tap.opens != Opens::Nothing
            || own.skip.contains(&tap.control)
            || self.busy.as_ref().is_some_and(|busy| busy.target == tap.target)
        {
            return;
        }
        let same = |w: &&mut Waiting| w.target == tap.target && w.screen == event.screen;
        if let Some(waiting) = self.waiting.items_mut().find(same) {
            waiting.count = waiting.count.saturating_add(1);
            return;
        }
        let due = event.t.plus(i64::from(own.wait_ms));
        let (screen, target) = (event.screen.clone(), tap.target.clone());
        self.waiting.push(event.t, Waiting { due, screen, target, count: 1 });
    }
}

impl Detector for DeadClick {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, _out: &mut Vec<Signal>) {
        match &event.kind {
            EventKind::Tap(tap) => return self.tap(event, tap, scene.settings),
            EventKind::Api(api) if api.status == StatusClass::Pending => {
                let Some((_, tapped)) = self.waiting.last() else { return };
                let (target, endpoint) = (tapped.target.clone(), api.endpoint.clone());
                self.busy = Some(Busy { target, endpoint });
            }
            EventKind::Api(api) => {
                self.busy.take_if(|busy| busy.endpoint == api.endpoint);
            }
            EventKind::Screen { .. } => self.busy = None,
            _ => {}
        }
        if is_reaction(&event.kind) {
            self.waiting.clear();
        }
    }

    fn due(&self) -> Option<Millis> {
        self.waiting.iter().map(|(_, waiting)| waiting.due).min()
    }

    fn expire(&mut self, now: Millis, _settings: &Settings, out: &mut Vec<Signal>) {
        for (since, dead) in self.waiting.iter().filter(|(_, waiting)| waiting.due <= now) {
            out.push(Signal {
                kind: SignalKind::DeadClick,
                at: now,
                since,
                screen: dead.screen.clone(),
                target: dead.target.clone(),
                count: dead.count,
            });
        }
        self.waiting.retain(|_, waiting| waiting.due > now);
    }

    fn hide(&mut self) {
        *self = Self::default();
    }
}
