//! The JSON wire of events, version 1: `{"v":1,"t":…,"screen":…,"kind":…,…}`.
//!
//! Written for forward compatibility: an unknown kind becomes [`EventKind::Other`], an unknown field or
//! an unknown signal in `ignore` is passed over, an optional field may be missing or null, a number with
//! a fraction is rounded and one out of range is brought to its end, a text over its cap is cut. All
//! else that is wrong is refused with a sentence and the JSON Pointer of the place; the session goes on.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{Api, Event, EventKind, Input, Tap, fields::Fields};
use crate::{
    error::{Error, ErrorKind, Result},
    signal::SignalKind,
    time::Millis,
};

/// The version that is written, and the only one that is read.
pub const VERSION: u64 = 1;
/// The longest event, in bytes of JSON.
pub const EVENT_MAX: usize = 8_192;
/// The longest route template, in bytes of UTF-8, as all caps here.
pub const SCREEN_MAX: usize = 200;
/// The longest id of an element, a field or a form.
pub const ID_MAX: usize = 128;
/// The longest endpoint: a method and a path template.
pub const ENDPOINT_MAX: usize = 220;
/// The longest code, class or name.
pub const NAME_MAX: usize = 64;
/// The furthest time from 1970 in either direction that JavaScript holds exactly, in milliseconds.
pub const TIME_MAX: i64 = 1 << 53;
/// The longest sentence that quotes a sender, in bytes.
const SENTENCE_MAX: usize = 240;

/// Reads one event from its JSON text.
pub fn parse(json: &str) -> Result<Event> {
    if json.len() > EVENT_MAX {
        let detail = format!("an event has at most {EVENT_MAX} bytes, this one has {}", json.len());
        return Err(refusal("", &detail));
    }
    let value = serde_json::from_str(json).map_err(|e| refusal("", &format!("an event is JSON, but {e}")))?;
    from_value(value)
}

/// Reads one event from a JSON value.
pub fn from_value(value: Value) -> Result<Event> {
    let Value::Object(map) = value else {
        return Err(refusal("", "an event is a JSON object with `t` and `kind`"));
    };
    let mut fields = Fields(map);
    let version = fields.optional::<u64>("v")?.unwrap_or(VERSION);
    if version != VERSION {
        return Err(refusal("/v", &format!("this core reads version {VERSION}, not {version}")));
    }
    let t = Millis(fields.time()?);
    let screen = fields.text("screen")?;
    let name: String = fields.required("kind")?;
    let kind = fields.kind(name)?;
    Event { t, screen, kind }.capped()
}

/// Writes one event as JSON text; [`parse`] reads it back.
pub fn write(event: &Event) -> String {
    let mut wire = Map::from_iter([("v".to_owned(), Value::from(VERSION))]);
    if let Ok(Value::Object(fields)) = serde_json::to_value(event) {
        wire.extend(fields);
    }
    Value::Object(wire).to_string()
}

impl Event {
    /// The event with every text cut to its cap. Refuses a time that JavaScript cannot hold.
    pub fn capped(mut self) -> Result<Self> {
        if self.t.0.unsigned_abs() > TIME_MAX.unsigned_abs() {
            let detail = format!("a time is within ±{TIME_MAX} milliseconds of 1970, not {}", self.t.0);
            return Err(refusal("/t", &detail));
        }
        cut(&mut self.screen, SCREEN_MAX);
        match &mut self.kind {
            EventKind::Tap(Tap { target, ignore, .. }) => {
                cut(target, ID_MAX);
                once_each(ignore);
            }
            EventKind::Input(Input { field, form, ignore, .. }) => {
                cut(field, ID_MAX);
                cut(form, ID_MAX);
                once_each(ignore);
            }
            EventKind::ValidationError { field, code } => {
                cut(field, ID_MAX);
                cut(code, NAME_MAX);
            }
            EventKind::Api(Api { endpoint, code, .. }) => {
                cut(endpoint, ENDPOINT_MAX);
                cut(code, NAME_MAX);
            }
            EventKind::Submit { form: id } | EventKind::Copy { target: id } => cut(id, ID_MAX),
            EventKind::JsError { class: name } | EventKind::Custom { name } | EventKind::Other { name } => {
                cut(name, NAME_MAX)
            }
            EventKind::Screen { .. }
            | EventKind::Scroll { .. }
            | EventKind::Visibility { .. }
            | EventKind::Activity { .. }
            | EventKind::Search { .. }
            | EventKind::Help {}
            | EventKind::Outcome { .. } => {}
        }
        Ok(self)
    }
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        from_value(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

pub(super) fn refusal(place: &str, sentence: &str) -> Error {
    let mut detail = sentence.to_owned();
    cut(&mut detail, SENTENCE_MAX);
    Error::new(ErrorKind::Input, place, detail)
}

/// Cuts a text to at most `cap` bytes, between two characters.
fn cut(text: &mut String, cap: usize) {
    if text.len() > cap {
        let end = (0..=cap).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
}

fn once_each(kinds: &mut Vec<SignalKind>) {
    kinds.sort_unstable();
    kinds.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        let mut text = "银行卡".to_owned();
        cut(&mut text, 7);
        assert_eq!(text, "银行");
    }

    #[test]
    fn every_text_of_an_event_is_cut() {
        let long = "x".repeat(1_000);
        let kinds = [
            format!(r#""kind":"tap","target":"{long}""#),
            format!(r#""kind":"input","field":"{long}","form":"{long}""#),
            format!(r#""kind":"submit","form":"{long}""#),
            format!(r#""kind":"validation_error","field":"{long}","code":"{long}""#),
            format!(r#""kind":"api","endpoint":"{long}","status":"ok","code":"{long}""#),
            format!(r#""kind":"js_error","class":"{long}""#),
            format!(r#""kind":"copy","target":"{long}""#),
            format!(r#""kind":"custom","name":"{long}""#),
            format!(r#""kind":"{long}""#),
        ];
        for kind in kinds {
            let event = parse(&format!(r#"{{"t":0,"screen":"{long}",{kind}}}"#)).unwrap();
            let written = write(&event);
            assert!(written.len() < 200 + SCREEN_MAX + ENDPOINT_MAX + ID_MAX, "{}: {written}", written.len());
        }
    }

    #[test]
    fn an_event_of_the_host_is_capped_too() {
        let event = Event { t: Millis(TIME_MAX + 1), screen: String::new(), kind: EventKind::Help {} };
        assert_eq!(event.capped().unwrap_err().place(), "/t");
    }
}
