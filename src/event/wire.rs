//! The JSON wire of events, version 1: `{"v":1,"t":…,"screen":…,"kind":…,…}`.
//!
//! Written for forward compatibility: an unknown kind becomes [`EventKind::Other`], an unknown field or
//! an unknown signal in `ignore` is passed over, an optional field may be missing or null, a number with
//! a fraction is rounded and one out of range is brought to its end, a text over its cap is cut. All
//! else that is wrong is refused with a sentence and the JSON Pointer of the place; the session goes on.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{Api, Event, EventKind, Input, Tap};
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

/// The fields of an event that are not read yet.
struct Fields(Map<String, Value>);

impl Fields {
    fn kind(&mut self, name: String) -> Result<EventKind> {
        Ok(match name.as_str() {
            "screen" => EventKind::Screen { how: self.or_default("how")? },
            "tap" => EventKind::Tap(self.tap()?),
            "input" => EventKind::Input(self.input()?),
            "submit" => EventKind::Submit { form: self.required("form")? },
            "validation_error" => {
                EventKind::ValidationError { field: self.required("field")?, code: self.text("code")? }
            }
            "api" => EventKind::Api(self.api()?),
            "js_error" => EventKind::JsError { class: self.text("class")? },
            "scroll" => EventKind::Scroll {
                reversals: self.number("reversals")?,
                distance_px: self.number("distance_px")?,
                duration_ms: self.number("duration_ms")?,
            },
            "visibility" => EventKind::Visibility { visible: self.required("visible")? },
            "activity" => EventKind::Activity { what: self.required("what")? },
            "search" => {
                self.present("results")?;
                EventKind::Search { results: self.number("results")? }
            }
            "copy" => EventKind::Copy { target: self.text("target")? },
            "help" => EventKind::Help {},
            "custom" => EventKind::Custom { name: self.required("name")? },
            "outcome" => {
                self.present("offer")?;
                EventKind::Outcome { offer: self.number("offer")?, what: self.required("what")? }
            }
            "other" => EventKind::Other { name: self.text("name")? },
            _ => EventKind::Other { name },
        })
    }

    fn tap(&mut self) -> Result<Tap> {
        Ok(Tap {
            target: self.text("target")?,
            control: self.or_default("control")?,
            x: self.number("x")?,
            y: self.number("y")?,
            disabled: self.or_default("disabled")?,
            opens: self.or_default("opens")?,
            selection: self.or_default("selection")?,
            modifier: self.or_default("modifier")?,
            ignore: self.ignore()?,
        })
    }

    fn input(&mut self) -> Result<Input> {
        Ok(Input {
            field: self.required("field")?,
            form: self.text("form")?,
            length: self.or_default("length")?,
            valid: self.optional("valid")?,
            ignore: self.ignore()?,
        })
    }

    fn api(&mut self) -> Result<Api> {
        Ok(Api {
            endpoint: self.required("endpoint")?,
            status: self.required("status")?,
            latency_ms: self.number("latency_ms")?,
            code: self.text("code")?,
        })
    }

    /// A signal that this version does not know is passed over, so that a newer page can name it.
    fn ignore(&mut self) -> Result<Vec<SignalKind>> {
        let names: Vec<Value> = self.or_default("ignore")?;
        Ok(names.into_iter().filter_map(|name| serde_json::from_value(name).ok()).collect())
    }

    fn time(&mut self) -> Result<i64> {
        self.present("t")?;
        match self.0.get("t").and_then(Value::as_i64) {
            Some(time) => Ok(time),
            None => self.number("t"),
        }
    }

    /// A whole number; missing is 0, a fraction is rounded, out of range goes to the nearest end.
    fn number<N: Whole>(&mut self, name: &str) -> Result<N> {
        match self.optional::<f64>(name)? {
            Some(number) if number.is_finite() => Ok(nearest(number)),
            _ => Ok(N::default()),
        }
    }

    fn text(&mut self, name: &str) -> Result<String> {
        self.or_default(name)
    }

    fn or_default<T: DeserializeOwned + Default>(&mut self, name: &str) -> Result<T> {
        Ok(self.optional(name)?.unwrap_or_default())
    }

    fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T> {
        self.present(name)?;
        self.optional(name)?.ok_or_else(|| missing(name))
    }

    fn present(&self, name: &str) -> Result<()> {
        if self.0.get(name).is_none_or(Value::is_null) { Err(missing(name)) } else { Ok(()) }
    }

    fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => serde_json::from_value(value)
                .map(Some)
                .map_err(|e| refusal(&format!("/{name}"), &e.to_string())),
        }
    }
}

/// Whole numbers of the wire, and their ends.
trait Whole: TryFrom<i64> + Default {
    const ENDS: (i64, i64);
}

impl Whole for i64 {
    /// Far beyond any time that is taken.
    const ENDS: (i64, i64) = (-(1 << 62), 1 << 62);
}
impl Whole for i32 {
    const ENDS: (i64, i64) = (i32::MIN as i64, i32::MAX as i64);
}
impl Whole for u32 {
    const ENDS: (i64, i64) = (0, u32::MAX as i64);
}
impl Whole for u16 {
    const ENDS: (i64, i64) = (0, u16::MAX as i64);
}

/// The nearest one that can be held. Never `as` from a float to its type: out of range, and at its very end,
/// that saturates natively and gives 0 or the least in the baseline Wasm, as wasm-opt lowers it.
fn nearest<N: Whole>(number: f64) -> N {
    let (low, high) = N::ENDS;
    let whole = libm::round(number).clamp(low as f64, high as f64) as i64;
    N::try_from(whole).unwrap_or_default()
}

fn missing(name: &str) -> Error {
    refusal(&format!("/{name}"), "is missing; this kind of event needs it")
}

fn refusal(place: &str, sentence: &str) -> Error {
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
