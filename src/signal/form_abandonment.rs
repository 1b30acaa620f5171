//! A form begun and left.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene},
    settings::Settings,
    threshold::COUNT_MAX,
};
use crate::{
    event::{Api, Control, Event, EventKind, How, Input, LengthClass, StatusClass},
    time::Millis,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::FormAbandonment,
    fires: "A screen is left with `fields` or more of a form's fields filled in and the form not sent, and \
            the user is not back on it within `return_ms`.",
    never: &[
        "a form that was sent, or whose call that changes something went through; unless it was refused after that",
        "going on by a button of the form (a wizard), unless the form had just been refused",
        "a step done, or a search made with the fields",
        "fields emptied before leaving",
        "an element that opted out",
        "a page that goes to the background",
    ],
};

/// The form under way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormAbandonment {
    draft: Option<Draft>,
    /// The last tap was on a button.
    button: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Draft {
    screen: String,
    form: String,
    since: Millis,
    /// Fields that are filled in; at most [`COUNT_MAX`].
    filled: Vec<String>,
    sent: bool,
    refused: bool,
    /// When it counts as abandoned, once its screen was left.
    due: Option<Millis>,
}

impl FormAbandonment {
    fn edit(&mut self, event: &Event, input: &Input) {
        let same = |d: &Draft| d.screen == event.screen && d.form == input.form;
        if !self.draft.as_ref().is_some_and(same) {
            self.draft = Some(Draft {
                screen: event.screen.clone(),
                form: input.form.clone(),
                since: event.t,
                filled: Vec::new(),
                sent: false,
                refused: false,
                due: None,
            });
        }
        let Some(draft) = &mut self.draft else { return };
        draft.sent = false;
        draft.filled.retain(|f| *f != input.field);
        if input.length != LengthClass::Empty && draft.filled.len() < COUNT_MAX as usize {
            draft.filled.push(input.field.clone());
        }
    }

    fn answer(&mut self, api: &Api) {
        if api.endpoint.starts_with("GET ") {
            return;
        }
        let Some(draft) = &mut self.draft else { return };
        if api.status == StatusClass::Ok {
            draft.sent = true;
            draft.due = None;
        } else if api.status.failed() && draft.sent {
            draft.sent = false;
            draft.refused = true;
        }
    }

    fn turn(&mut self, event: &Event, how: How, settings: &Settings) {
        let own = &settings.form_abandonment;
        let button = std::mem::take(&mut self.button);
        let Some(draft) = &mut self.draft else { return };
        if draft.screen == event.screen {
            draft.due = None;
            return;
        }
        if draft.due.is_some() {
            return;
        }
        let went_on = how == How::Forward && button && !draft.refused;
        let begun = u32::try_from(draft.filled.len()).unwrap_or(u32::MAX) >= own.fields;
        if draft.sent || went_on || !begun {
            self.draft = None;
        } else {
            draft.due = Some(event.t.plus(i64::from(own.return_ms)));
        }
    }
}

impl Detector for FormAbandonment {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, _out: &mut Vec<Signal>) {
        if scene.progressed() {
            *self = Self::default();
            return;
        }
        match &event.kind {
            EventKind::Input(input) if !input.ignore.contains(&SignalKind::FormAbandonment) => {
                self.edit(event, input);
            }
            EventKind::Tap(tap) => self.button = tap.control == Control::Button && !tap.disabled,
            EventKind::Submit { .. } => {
                if let Some(draft) = &mut self.draft {
                    draft.sent = true;
                }
            }
            EventKind::ValidationError { .. } => {
                if let Some(draft) = &mut self.draft {
                    draft.refused |= draft.sent || self.button;
                    draft.sent = false;
                }
            }
            EventKind::Search { .. } => self.draft = None,
            EventKind::Api(api) => self.answer(api),
            EventKind::Screen { how } => self.turn(event, *how, scene.settings),
            _ => {}
        }
    }

    fn due(&self) -> Option<Millis> {
        self.draft.as_ref().and_then(|d| d.due)
    }

    fn expire(&mut self, now: Millis, _settings: &Settings, out: &mut Vec<Signal>) {
        if let Some(draft) = self.draft.take_if(|d| d.due.is_some_and(|due| due <= now)) {
            out.push(Signal {
                kind: SignalKind::FormAbandonment,
                at: now,
                since: draft.since,
                screen: draft.screen,
                target: draft.form,
                count: u32::try_from(draft.filled.len()).unwrap_or(u32::MAX).max(1),
            });
        }
    }

    fn hide(&mut self) {
        self.draft = None;
    }
}
