//! What every detector is: it looks at one event after another and keeps a bounded memory.

use crate::{
    event::{Activity, Event, EventKind},
    playbook::place::Place,
    signal::{Signal, SignalKind, settings::Settings},
    time::Millis,
};

/// One signal's rule. Time is monotone when it gets here, and the page is visible.
pub trait Detector {
    /// Takes in one event and adds the signals that it makes certain.
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>);

    /// The earliest time at which something becomes certain because nothing happened until then.
    fn due(&self) -> Option<Millis> {
        None
    }

    /// Adds what is certain by absence at `now`. Afterwards [`Self::due`] is none or later than `now`.
    fn expire(&mut self, _now: Millis, _settings: &Settings, _out: &mut Vec<Signal>) {}

    /// The page went to the background: nobody waits for anything any more.
    fn hide(&mut self) {}
}

/// What a detector may know beside the event.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The thresholds.
    pub settings: &'a Settings,
    /// Where in the playbook the user is, this event included.
    pub place: &'a Place,
    /// When the user last did something that asks the app for something: a tap, a form sent, a
    /// search, a change of screen. This event included.
    pub asked: Option<Millis>,
    /// Since when the page is visible.
    pub visible_since: Millis,
}

impl Scene<'_> {
    /// Whether a step was done or a goal reached by this very event.
    pub fn progressed(&self) -> bool {
        !self.place.succeeded.is_empty() || self.place.goal.is_some()
    }

    /// Whether something that began at `start` began because of the user: at most `within_ms` after
    /// they asked the app for something.
    pub fn asked_for(&self, start: Millis, within_ms: u32) -> bool {
        self.asked.is_some_and(|asked| (0..=i64::from(within_ms)).contains(&start.since(asked)))
    }
}

/// What a detector does, in words. The names in backticks are its settings: no figure is written
/// twice.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The signal.
    pub kind: SignalKind,
    /// When it fires.
    pub fires: &'static str,
    /// What never makes it fire.
    pub never: &'static [&'static str],
}

/// Whether the user did something, as opposed to the app or the network.
pub fn is_act(kind: &EventKind) -> bool {
    match kind {
        EventKind::Screen { .. }
        | EventKind::Tap(_)
        | EventKind::Input(_)
        | EventKind::Submit { .. }
        | EventKind::Scroll { .. }
        | EventKind::Search { .. }
        | EventKind::Copy { .. }
        | EventKind::Help {}
        | EventKind::Outcome { .. } => true,
        EventKind::Activity { what } => !matches!(what, Activity::Dom),
        _ => false,
    }
}

/// Whether the user asked the app for something that it has to answer.
pub fn is_request(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Screen { .. } | EventKind::Tap(_) | EventKind::Submit { .. } | EventKind::Search { .. }
    )
}

/// Whether the user can see that something came of a tap: the page moved, or an answer arrived.
pub fn is_visible_reaction(kind: &EventKind) -> bool {
    match kind {
        EventKind::Screen { .. }
        | EventKind::Input(_)
        | EventKind::ValidationError { .. }
        | EventKind::Scroll { .. }
        | EventKind::Search { .. }
        | EventKind::Copy { .. }
        | EventKind::Help {} => true,
        EventKind::Api(api) => api.status != crate::event::StatusClass::Pending,
        EventKind::Activity { what } => !matches!(what, Activity::Focus),
        _ => false,
    }
}

/// Whether a tap did something at all, even if it cannot be seen yet.
pub fn is_reaction(kind: &EventKind) -> bool {
    is_visible_reaction(kind)
        || matches!(kind, EventKind::Api(_) | EventKind::Submit { .. } | EventKind::Activity { .. })
}

/// A signal about something on the event's screen that is certain now.
pub fn certain(kind: SignalKind, event: &Event, since: Millis, target: &str, count: u32) -> Signal {
    Signal {
        kind,
        at: event.t,
        since,
        screen: event.screen.clone(),
        target: target.to_owned(),
        count: count.max(1),
    }
}
