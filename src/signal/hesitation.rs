//! Everything filled in, and the deciding tap does not come.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, is_act},
    settings::Settings,
};
use crate::{
    event::{Control, Event, EventKind, LengthClass, StatusClass},
    time::Millis,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::Hesitation,
    fires: "At a step that has a deciding tap (`commit` in the playbook), after something was filled in or \
            picked, the user does nothing for `at_least_ms` or `of_typical` of the step's usual time, \
            whichever is longer.",
    never: &[
        "a step without a deciding tap, or one where nothing was filled in yet",
        "a field that is empty or known to be wrong",
        "the deciding tap was made; or a network call that the user waits for is under way",
        "fields that opted out",
        "the same pause twice: it takes another act of the user to start anew",
        "a page in the background",
    ],
};

/// What is filled in at this step, and since when nothing happens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hesitation {
    step: Option<String>,
    commit: String,
    screen: String,
    filled: bool,
    /// A call that began after the user's last act and has not ended.
    awaits: Option<String>,
    paused: Option<(Millis, Millis)>,
}

impl Hesitation {
    fn follow(&mut self, scene: &Scene<'_>) {
        if scene.place.entered || self.step != scene.place.step {
            *self = Self { step: scene.place.step.clone(), ..Self::default() };
        }
    }

    fn fill(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Input(input) if !input.ignore.contains(&SignalKind::Hesitation) => {
                self.filled = input.length != LengthClass::Empty && input.valid != Some(false);
            }
            EventKind::Tap(tap) if tap.target == self.commit => self.filled &= tap.disabled,
            EventKind::Tap(tap) => {
                let picks = [Control::Select, Control::Toggle, Control::Stepper, Control::Date];
                self.filled |= picks.contains(&tap.control);
            }
            EventKind::Submit { .. } | EventKind::ValidationError { .. } => self.filled = false,
            EventKind::Api(api) if api.status == StatusClass::Pending => {
                self.awaits = Some(api.endpoint.clone());
            }
            EventKind::Api(api) if self.awaits.as_ref() == Some(&api.endpoint) => self.awaits = None,
            _ => {}
        }
    }
}

impl Detector for Hesitation {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, _out: &mut Vec<Signal>) {
        self.follow(scene);
        let Some(commit) = &scene.place.commit else { return };
        self.commit.clone_from(commit);
        let waited = self.awaits.is_some();
        self.fill(event);
        let restarts = is_act(&event.kind)
            || matches!(event.kind, EventKind::Visibility { visible: true })
            || waited && self.awaits.is_none();
        if !self.filled || self.awaits.is_some() {
            self.paused = None;
        } else if restarts {
            let own = &scene.settings.hesitation;
            let share = i64::from(scene.place.typical_ms) * i64::from(own.of_typical) / 100;
            self.screen.clone_from(&event.screen);
            self.paused = Some((event.t, event.t.plus(share.max(i64::from(own.at_least_ms)))));
        }
    }

    fn due(&self) -> Option<Millis> {
        self.paused.map(|(_, due)| due)
    }

    fn expire(&mut self, now: Millis, _settings: &Settings, out: &mut Vec<Signal>) {
        if let Some((since, _)) = self.paused.take_if(|(_, due)| *due <= now) {
            out.push(Signal {
                kind: SignalKind::Hesitation,
                at: now,
                since,
                screen: self.screen.clone(),
                target: self.commit.clone(),
                count: 1,
            });
        }
    }

    fn hide(&mut self) {
        self.paused = None;
    }
}
