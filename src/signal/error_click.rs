//! A tap that was followed at once by an error of the app's code.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
};
use crate::{
    event::{Event, EventKind},
    time::Millis,
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::ErrorClick,
    fires: "An uncaught error of the app's code within `within_ms` after a tap. One tap makes one signal.",
    never: &[
        "an error whose class is in `skip`",
        "an error of a class that came without a tap in the last `ambient_ms`",
        "an element that opted out",
        "a page in the background",
    ],
};

/// How many error classes are remembered as the page's own.
const AMBIENT_MAX: usize = 8;

/// The last tap, and the errors that come without one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErrorClick {
    tap: Option<Tapped>,
    ambient: Window<String, AMBIENT_MAX>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Tapped {
    at: Millis,
    target: String,
    /// Its error was told already, or the element opted out.
    done: bool,
}

impl Detector for ErrorClick {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let own = &scene.settings.error_click;
        match &event.kind {
            EventKind::Tap(tap) => {
                let done = tap.ignore.contains(&SignalKind::ErrorClick);
                self.tap = Some(Tapped { at: event.t, target: tap.target.clone(), done });
            }
            EventKind::JsError { class } if !own.skip.contains(class) => {
                self.ambient.keep(event.t, own.ambient_ms);
                let known = self.ambient.iter().any(|(_, ambient)| ambient == class);
                let recent = |tap: &&mut Tapped| event.t.since(tap.at) <= i64::from(own.within_ms);
                match self.tap.as_mut().filter(recent) {
                    None => self.ambient.push(event.t, class.clone()),
                    Some(tap) if !tap.done && !known => {
                        tap.done = true;
                        out.push(certain(SignalKind::ErrorClick, event, tap.at, &tap.target, 1));
                    }
                    Some(_) => {}
                }
            }
            _ => {}
        }
    }

    fn hide(&mut self) {
        self.tap = None;
    }
}
