//! The user went to the help themselves.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
};
use crate::{
    event::{Event, EventKind, OfferOutcome},
    time::Millis,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::HelpSeeking,
    fires: "The user opened the help: a help page of the app, or the bot.",
    never: &[
        "help that opens within `own_ms` after an offer of the bot was taken up: the bot opened it",
        "help opened again within `rearm_ms`",
        "a page in the background",
    ],
};

/// When an offer was last taken up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HelpSeeking {
    accepted: Option<Millis>,
}

impl Detector for HelpSeeking {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        match event.kind {
            EventKind::Outcome { what: OfferOutcome::Accepted, .. } => self.accepted = Some(event.t),
            EventKind::Help {} => {
                let own = i64::from(scene.settings.help_seeking.own_ms);
                if self.accepted.is_none_or(|at| event.t.since(at) > own) {
                    out.push(certain(SignalKind::HelpSeeking, event, event.t, "", 1));
                }
            }
            _ => {}
        }
    }
}
