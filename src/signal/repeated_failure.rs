//! One endpoint fails repeatedly.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
    threshold::COUNT_MAX,
};
use crate::{
    event::{Api, Event, EventKind, StatusClass},
    time::Millis,
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::RepeatedFailure,
    fires: "Within `within_ms` the same endpoint failed `failures` times by the system's fault (5xx, no \
            network, time-out), or `refusals` times in any way, each time because the user asked again: a \
            tap, a form sent, a search or a change of screen at most `asked_ms` before the call.",
    never: &[
        "retries of the app itself: without the user asking again they are one failure",
        "polls and beacons that nobody asked for",
        "calls that the app called off",
        "failures before a success of the same endpoint: they are forgotten",
        "a page in the background",
    ],
};

const FAILURES: usize = COUNT_MAX as usize;

/// The failures since each endpoint's last success.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RepeatedFailure {
    failures: Window<Failure, FAILURES>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Failure {
    endpoint: String,
    /// What the user had asked for then: the same request does not fail twice.
    asked: Millis,
    /// The app declined, as opposed to the system failing.
    declined: bool,
}

impl RepeatedFailure {
    fn fail(&mut self, event: &Event, api: &Api, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let own = &scene.settings.repeated_failure;
        let Some(asked) = scene.asked else { return };
        let patience = i64::from(own.asked_ms) + i64::from(api.latency_ms);
        let known = self.failures.iter().any(|(_, f)| f.endpoint == api.endpoint && f.asked == asked);
        if known || event.t.since(asked) > patience {
            return;
        }
        let declined = api.status == StatusClass::Client;
        self.failures.keep(event.t, own.within_ms);
        self.failures.push(event.t, Failure { endpoint: api.endpoint.clone(), asked, declined });
        let (mut all, mut of_system, mut since) = (0u32, 0u32, event.t);
        for (_, failure) in self.failures.iter().filter(|(_, f)| f.endpoint == api.endpoint) {
            since = since.min(failure.asked);
            all += 1;
            of_system += u32::from(!failure.declined);
        }
        if of_system >= own.failures || all >= own.refusals {
            out.push(certain(SignalKind::RepeatedFailure, event, since, &api.endpoint, all));
        }
    }
}

impl Detector for RepeatedFailure {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let EventKind::Api(api) = &event.kind else { return };
        if api.status == StatusClass::Ok {
            self.failures.retain(|_, failure| failure.endpoint != api.endpoint);
        } else if api.status.failed() {
            self.fail(event, api, scene, out);
        }
    }
}
