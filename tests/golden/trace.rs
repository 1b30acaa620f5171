//! The traces' files, and how a recorded one is compared.

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use unstuck::Config;

/// How far a number may be from the golden one: processors differ in their kernels.
pub const TOLERANCE: f64 = 1e-4;

/// One session: what went in, and what came out natively.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trace {
    /// What it shows.
    pub about: String,
    pub config: Config,
    /// The session is saved and restored before the inputs with these positions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub save_restore_at: Vec<usize>,
    pub inputs: Vec<Value>,
    /// In full where it is recorded, in the form of `short.rs` where it is generated.
    pub outputs: Vec<Value>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn generated_path() -> PathBuf {
    folder().join("generated.jsonl")
}

/// The recorded traces, a file each.
pub fn recorded() -> Vec<(PathBuf, Trace)> {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    let read = |path: &PathBuf| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    files.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// The generated traces, a line each.
pub fn generated() -> Vec<Trace> {
    let text = fs::read_to_string(generated_path()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Recorded ones first.
pub fn all() -> Vec<Trace> {
    recorded().into_iter().map(|(_, trace)| trace).chain(generated()).collect()
}

/// A default of the configuration is left out: it says nothing and stands five hundred times.
pub fn write_generated(traces: &[Trace]) {
    let Value::Object(usual) = serde_json::to_value(Config::default()).unwrap() else { return };
    let line = |trace: &Trace| {
        let mut value = serde_json::to_value(trace).unwrap();
        if let Some(config) = value.pointer_mut("/config").and_then(Value::as_object_mut) {
            config.retain(|name, value| usual.get(name) != Some(value));
        }
        value.to_string() + "\n"
    };
    fs::write(generated_path(), traces.iter().map(line).collect::<String>()).unwrap();
}

/// Where two outputs differ, if they do.
pub fn difference(is: &Value, was: &Value, place: &str) -> Option<String> {
    match (is, was) {
        (Value::Number(is), Value::Number(was)) => {
            let (is, was) = (is.as_f64().unwrap(), was.as_f64().unwrap());
            ((is - was).abs() > TOLERANCE).then(|| format!("{place}: {is}, was {was}"))
        }
        (Value::Object(is), Value::Object(was)) => {
            let names = is.keys().chain(was.keys());
            let of = |object: &Map<_, _>, name: &String| object.get(name).cloned().unwrap_or_default();
            names
                .map(|name| (name, of(is, name), of(was, name)))
                .find_map(|(name, is, was)| difference(&is, &was, &format!("{place}/{name}")))
        }
        (Value::Array(is), Value::Array(was)) if is.len() == was.len() => {
            let pairs = is.iter().zip(was).enumerate();
            pairs.into_iter().find_map(|(at, (is, was))| difference(is, was, &format!("{place}/{at}")))
        }
        _ => (is != was).then(|| format!("{place}: {is}, was {was}")),
    }
}
