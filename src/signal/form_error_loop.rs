//! The same form refused again and again.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
    settings::FormErrorLoop as Own,
    threshold::COUNT_MAX,
};
use crate::{
    event::{Api, Control, Event, EventKind, StatusClass},
    time::Millis,
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::FormErrorLoop,
    fires: "`refusals` attempts at the same form within `within_ms`, each followed within `answer_ms` by a \
            validation error or by a call that changes something and is declined (4xx). An attempt is a \
            form sent, or a tap on a button; several fields marked at once are one refusal.",
    never: &[
        "errors that appear while the user is still typing",
        "a call that is declined and then let through in the same attempt (a token renewed)",
        "a declined call that only reads (GET)",
        "refusals before the form went through or a step was done: they are forgotten",
        "a button that opted out",
    ],
};

const REFUSALS: usize = COUNT_MAX as usize;

/// The attempt under way and the refusals so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormErrorLoop {
    attempt: Option<Attempt>,
    refused: Window<Form, REFUSALS>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Attempt {
    form: Form,
    at: Millis,
    refused: bool,
    /// The call that declined it.
    endpoint: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Form {
    screen: String,
    id: String,
}

impl FormErrorLoop {
    fn attempt(&mut self, event: &Event, id: &str) {
        let form = Form { screen: event.screen.clone(), id: id.to_owned() };
        self.attempt = Some(Attempt { form, at: event.t, refused: false, endpoint: String::new() });
    }

    fn refuse(&mut self, event: &Event, endpoint: &str, own: &Own, out: &mut Vec<Signal>) {
        let Some(attempt) = &mut self.attempt else { return };
        if attempt.refused || event.t.since(attempt.at) > i64::from(own.answer_ms) {
            return;
        }
        attempt.refused = true;
        endpoint.clone_into(&mut attempt.endpoint);
        let form = attempt.form.clone();
        self.refused.keep(event.t, own.within_ms);
        self.refused.push(event.t, form.clone());
        let mut same = self.refused.iter().filter(|(_, refused)| **refused == form);
        let since = same.next().map_or(event.t, |(at, _)| at);
        let count = u32::try_from(same.count()).unwrap_or(u32::MAX).saturating_add(1);
        if count >= own.refusals {
            out.push(certain(SignalKind::FormErrorLoop, event, since, &form.id, count));
        }
    }

    fn answer(&mut self, event: &Event, api: &Api, own: &Own, out: &mut Vec<Signal>) {
        let changes = !api.endpoint.starts_with("GET ");
        if api.status == StatusClass::Client && changes {
            self.refuse(event, &api.endpoint, own, out);
        } else if api.status == StatusClass::Ok
            && self.attempt.as_ref().is_some_and(|a| a.refused && a.endpoint == api.endpoint)
        {
            self.attempt = None;
            self.refused.pop_last();
        }
    }

    /// A change of screen after an attempt that was not refused: the form went through.
    fn leave(&mut self, event: &Event) {
        if let Some(attempt) = self.attempt.take_if(|a| a.form.screen != event.screen)
            && !attempt.refused
        {
            self.refused.retain(|_, form| *form != attempt.form);
        }
    }
}

impl Detector for FormErrorLoop {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let own = &scene.settings.form_error_loop;
        if scene.progressed() {
            *self = Self::default();
            return;
        }
        match &event.kind {
            EventKind::Submit { form } => self.attempt(event, form),
            EventKind::Tap(tap) if tap.ignore.contains(&SignalKind::FormErrorLoop) => self.attempt = None,
            EventKind::Tap(tap) if tap.control == Control::Button && !tap.disabled => {
                self.attempt(event, &tap.target);
            }
            EventKind::Input(_) => self.attempt = None,
            EventKind::ValidationError { .. } => self.refuse(event, "", own, out),
            EventKind::Api(api) => self.answer(event, api, own, out),
            EventKind::Screen { .. } => self.leave(event),
            _ => {}
        }
    }
}
