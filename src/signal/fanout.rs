//! All detectors together: what is due comes in time order, and nothing is said twice.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Scene, is_request},
    settings::Settings,
};
use crate::{
    event::{Event, EventKind},
    playbook::place::Place,
    time::Millis,
    window::Window,
};

/// How many signals are remembered so as not to be repeated.
const FIRED_MAX: usize = 32;

/// All detectors of a session. Its memory is bounded, whatever is fed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signals {
    #[serde(skip_serializing_if = "is_default")]
    settings: Settings,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unsupported: Vec<SignalKind>,
    hidden: bool,
    visible_since: Millis,
    asked: Option<Millis>,
    fired: Window<Fired, FIRED_MAX>,
    detectors: Detectors,
}

fn is_default(settings: &Settings) -> bool {
    *settings == Settings::default()
}

/// What a signal was about, to recognise its repetition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Fired {
    kind: SignalKind,
    screen: String,
    target: String,
}

/// The detectors, each with its kind, in wire order.
macro_rules! detectors {
    ($($Kind:ident $file:ident,)+) => {
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        struct Detectors {
            $($file: super::$file::$Kind,)+
        }

        impl Detectors {
            fn all(&self) -> [(SignalKind, &dyn Detector); SignalKind::ALL.len()] {
                [$((SignalKind::$Kind, &self.$file)),+]
            }

            fn all_mut(&mut self) -> [(SignalKind, &mut dyn Detector); SignalKind::ALL.len()] {
                [$((SignalKind::$Kind, &mut self.$file)),+]
            }
        }
    };
}

detectors! {
    RageClick rage_click,
    DeadClick dead_click,
    ErrorClick error_click,
    QuickBack quick_back,
    Wandering wandering,
    FormErrorLoop form_error_loop,
    FieldReedit field_reedit,
    FormAbandonment form_abandonment,
    Hesitation hesitation,
    IdleAtStep idle_at_step,
    SlowResponse slow_response,
    RepeatedFailure repeated_failure,
    SearchWithoutResult search_without_result,
    FranticScrolling frantic_scrolling,
    HelpSeeking help_seeking,
}

impl Signals {
    /// Detectors with these thresholds, for a host that cannot see the `unsupported` signals.
    pub fn new(settings: &Settings, unsupported: &[SignalKind]) -> Self {
        let unsupported = SignalKind::ALL.into_iter().filter(|k| unsupported.contains(k)).collect();
        Self { settings: settings.clone(), unsupported, ..Self::default() }
    }

    /// The signals that this host cannot see: never zero, but unknown.
    pub fn unsupported(&self) -> &[SignalKind] {
        &self.unsupported
    }

    /// The earliest time at which something becomes certain because nothing happened until then.
    pub fn due(&self) -> Option<Millis> {
        self.detectors.all().into_iter().filter_map(|(_, detector)| detector.due()).min()
    }

    /// Adds everything that is due at or before `now`, in time order.
    pub fn advance(&mut self, now: Millis, out: &mut Vec<Signal>) {
        while let Some(at) = self.due().filter(|at| *at <= now) {
            let mut raw = Vec::new();
            for (_, detector) in self.detectors.all_mut() {
                if detector.due().is_some_and(|due| due <= at) {
                    detector.expire(at, &self.settings, &mut raw);
                }
            }
            self.admit(raw, out);
        }
    }

    /// Takes in one event. Time must not run backwards, and [`Self::advance`] to the event's time
    /// comes first.
    pub fn observe(&mut self, event: &Event, place: &Place, out: &mut Vec<Signal>) {
        self.follow_visibility(event);
        if self.hidden {
            return;
        }
        if is_request(&event.kind) {
            self.asked = Some(event.t);
        }
        let scene =
            Scene { settings: &self.settings, place, asked: self.asked, visible_since: self.visible_since };
        let mut raw = Vec::new();
        for (kind, detector) in self.detectors.all_mut() {
            if !self.settings.off.contains(&kind) && !self.unsupported.contains(&kind) {
                detector.observe(event, &scene, &mut raw);
            }
        }
        self.admit(raw, out);
    }

    /// A page in the background suppresses; an act of the user proves that it is back.
    fn follow_visibility(&mut self, event: &Event) {
        match event.kind {
            EventKind::Visibility { visible: false } => {
                self.hidden = true;
                for (_, detector) in self.detectors.all_mut() {
                    detector.hide();
                }
            }
            EventKind::Visibility { visible: true } => {
                self.hidden = false;
                self.visible_since = event.t;
            }
            EventKind::Tap(_) | EventKind::Input(_) if self.hidden => {
                self.hidden = false;
                self.visible_since = event.t;
            }
            _ => {}
        }
    }

    /// Lets through what was not said about the same thing a moment ago.
    fn admit(&mut self, raw: Vec<Signal>, out: &mut Vec<Signal>) {
        for signal in raw {
            let fired =
                Fired { kind: signal.kind, screen: signal.screen.clone(), target: signal.target.clone() };
            let rearm = i64::from(self.settings.rearm_ms(signal.kind));
            let repeated = self.fired.iter().any(|(at, old)| *old == fired && signal.at.since(at) < rearm);
            if !repeated {
                self.fired.push(signal.at, fired);
                out.push(signal);
            }
        }
    }
}
