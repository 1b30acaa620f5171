//! The fields of an event on the wire, read one by one and forgivingly.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Api, EventKind, Input, Tap, wire::refusal};
use crate::{
    error::{Error, Result},
    signal::SignalKind,
};

/// The fields of an event that are not read yet.
pub(super) struct Fields(pub Map<String, Value>);

impl Fields {
    pub fn kind(&mut self, name: String) -> Result<EventKind> {
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

    pub fn time(&mut self) -> Result<i64> {
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

    pub fn text(&mut self, name: &str) -> Result<String> {
        self.or_default(name)
    }

    fn or_default<T: DeserializeOwned + Default>(&mut self, name: &str) -> Result<T> {
        Ok(self.optional(name)?.unwrap_or_default())
    }

    pub fn required<T: DeserializeOwned>(&mut self, name: &str) -> Result<T> {
        self.present(name)?;
        self.optional(name)?.ok_or_else(|| missing(name))
    }

    fn present(&self, name: &str) -> Result<()> {
        if self.0.get(name).is_none_or(Value::is_null) { Err(missing(name)) } else { Ok(()) }
    }

    pub fn optional<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>> {
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
