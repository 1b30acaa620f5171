//! An answer that takes too long.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
    settings::{Settings, SlowResponse as Own},
};
use crate::{
    event::{Api, Event, EventKind, How, Opens, StatusClass},
    time::Millis,
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::SlowResponse,
    fires: "A network call that began within `asked_ms` after a tap, a form sent, a search or a change of \
            screen has no answer after `slow_ms`; it fires while the call is still under way. Hosts that \
            report only the end of a call get it then. Calls that began together are one signal.",
    never: &[
        "a call that nobody asked for: a poll, a beacon, a save while typing",
        "a call during which the user goes on typing, or goes back",
        "an upload after the file picker, and the endpoints in `skip`",
        "a call during which the page was in the background",
    ],
};

/// How many calls can be under way at once.
const CALLS_MAX: usize = 16;
/// How many requests of the user are remembered for hosts that report only the end of calls.
const REQUESTS_MAX: usize = 8;

/// The calls that the user waits for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SlowResponse {
    calls: Window<Call, CALLS_MAX>,
    requests: Window<(), REQUESTS_MAX>,
    /// The host reports the beginning of calls.
    sees_begin: bool,
    /// The last tap opened the file picker.
    uploads: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Call {
    due: Millis,
    screen: String,
    endpoint: String,
}

impl SlowResponse {
    fn begin(&mut self, event: &Event, api: &Api, scene: &Scene<'_>) {
        let own = &scene.settings.slow_response;
        self.sees_begin = true;
        if !self.uploads && scene.asked_for(event.t, own.asked_ms) && !skipped(own, &api.endpoint) {
            let due = event.t.plus(i64::from(own.slow_ms));
            let (screen, endpoint) = (event.screen.clone(), api.endpoint.clone());
            self.calls.push(event.t, Call { due, screen, endpoint });
        }
    }

    fn end(&mut self, event: &Event, api: &Api, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let own = &scene.settings.slow_response;
        let mut found = false;
        self.calls
            .retain(|_, call| found || call.endpoint != api.endpoint || std::mem::replace(&mut found, true));
        let start = event.t.plus(-i64::from(api.latency_ms));
        let asked = |at: Millis| (0..=i64::from(own.asked_ms)).contains(&start.since(at));
        if !self.sees_begin
            && api.latency_ms >= own.slow_ms
            && api.status != StatusClass::Cancelled
            && start >= scene.visible_since
            && !self.uploads
            && self.requests.iter().any(|(at, ())| asked(at))
            && !skipped(own, &api.endpoint)
        {
            out.push(certain(SignalKind::SlowResponse, event, start, &api.endpoint, 1));
        }
    }

    fn ask(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Tap(tap) => self.uploads = tap.opens == Opens::FilePicker,
            EventKind::Screen { how: How::Back } => self.calls.clear(),
            _ => {}
        }
        self.requests.push(event.t, ());
    }
}

fn skipped(own: &Own, endpoint: &str) -> bool {
    own.skip.iter().any(|rule| match rule.strip_suffix('*') {
        Some(prefix) => endpoint.starts_with(prefix),
        None => rule == endpoint,
    })
}

impl Detector for SlowResponse {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        match &event.kind {
            EventKind::Api(api) if api.status == StatusClass::Pending => self.begin(event, api, scene),
            EventKind::Api(api) => self.end(event, api, scene, out),
            EventKind::Input(_) => {
                self.calls.clear();
                self.requests.clear();
            }
            kind if super::detector::is_request(kind) => self.ask(event),
            _ => {}
        }
    }

    fn due(&self) -> Option<Millis> {
        self.calls.iter().map(|(_, call)| call.due).min()
    }

    fn expire(&mut self, now: Millis, settings: &Settings, out: &mut Vec<Signal>) {
        let Some((since, call)) = self.calls.iter().find(|(_, call)| call.due <= now) else { return };
        let together = since.plus(i64::from(settings.slow_response.asked_ms));
        let count = self.calls.iter().filter(|(at, _)| *at <= together).count();
        out.push(Signal {
            kind: SignalKind::SlowResponse,
            at: now,
            since,
            screen: call.screen.clone(),
            target: call.endpoint.clone(),
            count: u32::try_from(count).unwrap_or(u32::MAX),
        });
        self.calls.retain(|at, call| at > together && call.due > now);
    }

    fn hide(&mut self) {
        self.calls.clear();
        self.requests.clear();
    }
}
