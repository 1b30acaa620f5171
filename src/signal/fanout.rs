//! All detectors together: what is due comes in time order, and nothing is said twice.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    dead_click::DeadClick,
    detector::{Detector, Scene, is_request},
    error_click::ErrorClick,
    field_reedit::FieldReedit,
    form_abandonment::FormAbandonment,
    form_error_loop::FormErrorLoop,
    frantic_scrolling::FranticScrolling,
    help_seeking::HelpSeeking,
    hesitation::Hesitation,
    idle_at_step::IdleAtStep,
    quick_back::QuickBack,
    rage_click::RageClick,
    repeated_failure::RepeatedFailure,
    search_without_result::SearchWithoutResult,
    settings::Settings,
    slow_response::SlowResponse,
    wandering::Wandering,
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

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Detectors {
    rage_click: RageClick,
    dead_click: DeadClick,
    error_click: ErrorClick,
    quick_back: QuickBack,
    wandering: Wandering,
    form_error_loop: FormErrorLoop,
    field_reedit: FieldReedit,
    form_abandonment: FormAbandonment,
    hesitation: Hesitation,
    idle_at_step: IdleAtStep,
    slow_response: SlowResponse,
    repeated_failure: RepeatedFailure,
    search_without_result: SearchWithoutResult,
    frantic_scrolling: FranticScrolling,
    help_seeking: HelpSeeking,
}

impl Detectors {
    /// Each with its kind, in wire order.
    fn all(&self) -> [(SignalKind, &dyn Detector); SignalKind::ALL.len()] {
        [
            (SignalKind::RageClick, &self.rage_click),
            (SignalKind::DeadClick, &self.dead_click),
            (SignalKind::ErrorClick, &self.error_click),
            (SignalKind::QuickBack, &self.quick_back),
            (SignalKind::Wandering, &self.wandering),
            (SignalKind::FormErrorLoop, &self.form_error_loop),
            (SignalKind::FieldReedit, &self.field_reedit),
            (SignalKind::FormAbandonment, &self.form_abandonment),
            (SignalKind::Hesitation, &self.hesitation),
            (SignalKind::IdleAtStep, &self.idle_at_step),
            (SignalKind::SlowResponse, &self.slow_response),
            (SignalKind::RepeatedFailure, &self.repeated_failure),
            (SignalKind::SearchWithoutResult, &self.search_without_result),
            (SignalKind::FranticScrolling, &self.frantic_scrolling),
            (SignalKind::HelpSeeking, &self.help_seeking),
        ]
    }

    fn all_mut(&mut self) -> [(SignalKind, &mut dyn Detector); SignalKind::ALL.len()] {
        [
            (SignalKind::RageClick, &mut self.rage_click),
            (SignalKind::DeadClick, &mut self.dead_click),
            (SignalKind::ErrorClick, &mut self.error_click),
            (SignalKind::QuickBack, &mut self.quick_back),
            (SignalKind::Wandering, &mut self.wandering),
            (SignalKind::FormErrorLoop, &mut self.form_error_loop),
            (SignalKind::FieldReedit, &mut self.field_reedit),
            (SignalKind::FormAbandonment, &mut self.form_abandonment),
            (SignalKind::Hesitation, &mut self.hesitation),
            (SignalKind::IdleAtStep, &mut self.idle_at_step),
            (SignalKind::SlowResponse, &mut self.slow_response),
            (SignalKind::RepeatedFailure, &mut self.repeated_failure),
            (SignalKind::SearchWithoutResult, &mut self.search_without_result),
            (SignalKind::FranticScrolling, &mut self.frantic_scrolling),
            (SignalKind::HelpSeeking, &mut self.help_seeking),
        ]
    }
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
