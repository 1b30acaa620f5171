//! One field filled in, emptied, filled in again.

use serde::{Deserialize, Serialize};

use super::{
    Signal, SignalKind,
    detector::{Detector, Rule, Scene, certain},
    settings::FieldReedit as Own,
    threshold::COUNT_MAX,
};
use crate::{
    event::{Control, Event, EventKind, Input, LengthClass},
    window::Window,
};

/// The rule in words.
pub const RULE: Rule = Rule {
    kind: SignalKind::FieldReedit,
    fires: "The same field was filled in again `times` times within `within_ms`: after it was emptied, or \
            after it was refused on sending or leaving.",
    never: &[
        "going on typing, also where an error shows and goes while typing",
        "going back and forth between two fields that nobody refused",
        "a field whose content was searched for",
        "edits before the screen changed or a step was done: they are forgotten",
        "an element that opted out",
    ],
};

const REEDITS: usize = COUNT_MAX as usize;
/// How many fields of a screen are followed.
const FIELDS_MAX: usize = 16;

/// The fields of this screen and what was filled in again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldReedit {
    screen: String,
    fields: Window<Field, FIELDS_MAX>,
    again: Window<String, REEDITS>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Field {
    id: String,
    /// A tap or a form sent came after the last edit: an error now is an answer, not a hint while typing.
    left: bool,
    /// It was emptied or refused since it was filled in.
    questioned: bool,
}

impl FieldReedit {
    fn edit(&mut self, event: &Event, input: &Input, own: &Own, out: &mut Vec<Signal>) {
        for field in self.fields.items_mut().filter(|f| f.id != input.field) {
            field.left = true;
        }
        let Some(field) = self.fields.items_mut().find(|f| f.id == input.field) else {
            if input.length != LengthClass::Empty {
                let field = Field { id: input.field.clone(), left: false, questioned: false };
                self.fields.push(event.t, field);
            }
            return;
        };
        field.left = false;
        if input.length == LengthClass::Empty {
            field.questioned = true;
            return;
        }
        if !std::mem::take(&mut field.questioned) {
            return;
        }
        self.again.keep(event.t, own.within_ms);
        self.again.push(event.t, input.field.clone());
        let mut same = self.again.iter().filter(|(_, id)| **id == input.field);
        let since = same.next().map_or(event.t, |(at, _)| at);
        let count = u32::try_from(same.count()).unwrap_or(u32::MAX).saturating_add(1);
        if count >= own.times {
            out.push(certain(SignalKind::FieldReedit, event, since, &input.field, count));
        }
    }

    fn forget(&mut self, screen: &str) {
        *self = Self { screen: screen.to_owned(), ..Self::default() };
    }
}

impl Detector for FieldReedit {
    fn observe(&mut self, event: &Event, scene: &Scene<'_>, out: &mut Vec<Signal>) {
        let elsewhere = matches!(event.kind, EventKind::Screen { .. }) && event.screen != self.screen;
        if elsewhere || scene.progressed() {
            self.forget(&event.screen);
        }
        match &event.kind {
            EventKind::Input(input) if !input.ignore.contains(&SignalKind::FieldReedit) => {
                self.edit(event, input, &scene.settings.field_reedit, out);
            }
            EventKind::Tap(tap) if tap.control != Control::Text => {
                self.fields.items_mut().for_each(|f| f.left = true);
            }
            EventKind::Submit { .. } => self.fields.items_mut().for_each(|f| f.left = true),
            EventKind::ValidationError { field, .. } => {
                for known in self.fields.items_mut().filter(|f| f.id == *field) {
                    known.questioned |= known.left;
                }
            }
            EventKind::Search { .. } => self.forget(&event.screen),
            _ => {}
        }
    }
}
