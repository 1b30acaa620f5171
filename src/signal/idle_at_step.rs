//! Nothing at all for much longer than the step takes.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, is_act},
    settings::Settings,
};
use crate::{
    event::{Activity, Control, Event, EventKind, StatusClass},
    time::Millis,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::IdleAtStep,
    fires: "At a step of the playbook the user does nothing for `at_least_ms` or `of_typical` of the step's \
            usual time, whichever is longer.",
    never: &[
        "a screen that belongs to no step, or a step that is done",
        "while a network call that the user asked for is under way (that is a slow response)",
        "while a video plays or a map or canvas is used",
        "the same stillness twice: it takes another act of the user to start anew",
        "a page in the background",
    ],
};

/// The step, and since when nothing happens there.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdleAtStep {
    step: Option<String>,
    screen: String,
    done: bool,
    /// A call that the user asked for and that has not ended.
    awaits: Option<String>,
    still: Option<(Millis, Millis)>,
}

impl IdleAtStep {
    fn follow(&mut self, scene: &Scene<'_>) {
        if scene.place.entered || self.step != scene.place.step {
            *self = Self { step: scene.place.step.clone(), ..Self::default() };
        }
        let succeeded = self.step.as_ref().is_some_and(|step| scene.place.succeeded.contains(step));
        self.done |= succeeded || scene.place.goal.is_some();
    }

    fn wait(&mut self, event: &Event, scene: &Scene<'_>) {
        let EventKind::Api(api) = &event.kind else { return };
        if api.status != StatusClass::Pending {
            self.awaits.take_if(|endpoint| *endpoint == api.endpoint);
        } else if scene.asked_for(event.t, scene.settings.slow_response.asked_ms) {
            self.awaits = Some(api.endpoint.clone());
        }
    }
}

impl Detector for IdleAtStep {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, _out: &mut Vec<Signal>) {
        self.follow(scene);
        let waited = self.awaits.is_some();
        self.wait(event, scene);
        let watches = match &event.kind {
            EventKind::Activity { what } => *what == Activity::Media,
            EventKind::Tap(tap) => tap.control == Control::Media,
            _ => false,
        };
        let restarts = is_act(&event.kind)
            || matches!(event.kind, EventKind::Visibility { visible: true })
            || waited && self.awaits.is_none();
        if self.step.is_none() || self.done || watches || self.awaits.is_some() {
            self.still = None;
        } else if restarts {
            let own = &scene.settings.idle_at_step;
            let share = i64::from(scene.place.typical_ms) * i64::from(own.of_typical) / 100;
            self.screen.clone_from(&event.screen);
            self.still = Some((event.t, event.t.plus(share.max(i64::from(own.at_least_ms)))));
        }
    }

    fn due(&self) -> Option<Millis> {
        self.still.map(|(_, due)| due)
    }

    fn expire(&mut self, now: Millis, _settings: &Settings, out: &mut Vec<Signal>) {
        if let Some((since, _)) = self.still.take_if(|(_, due)| *due <= now) {
            out.push(Signal {
                kind: SignalKind::IdleAtStep,
                at: now,
                since,
                screen: self.screen.clone(),
                target: String::new(),
                count: 1,
            });
        }
    }

    fn hide(&mut self) {
        self.still = None;
    }
}
