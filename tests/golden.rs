//! Golden traces natively: every word as it was, every number within 1e-4. The same files run in Node
//! and Chromium through the Wasm (`tests/golden/parity.mjs`).
//!
//! `UNSTUCK_BLESS=1 cargo test --test golden` writes the outputs anew.
#![cfg(all(feature = "onnx", not(target_arch = "wasm32")))]

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use unstuck::{
    Config, Engine, Error, Input, Millis, Output, Playbook,
    model::{BehaviourModel, IntentModel},
};

/// How far a number may be from the golden one: processors differ in their kernels.
const TOLERANCE: f64 = 1e-4;
/// As many traces as are kept at least.
const AT_LEAST: usize = 10;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trace {
    /// What it shows.
    about: String,
    config: Config,
    /// The session is saved and restored before the inputs with these positions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    save_restore_at: Vec<usize>,
    inputs: Vec<Value>,
    outputs: Vec<Value>,
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(root().join("fixtures").join(name)).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn engine(config: &Config) -> Engine {
    let playbook: Playbook = serde_json::from_slice(&fixture("playbook.json")).unwrap();
    let behaviour = BehaviourModel::load(&fixture("models/behaviour.onnx")).unwrap();
    let intents = IntentModel::load(&fixture("models/intents.onnx")).unwrap();
    Engine::new(config.clone(), playbook, Box::new(behaviour), Box::new(intents)).unwrap()
}

fn traces() -> Vec<(PathBuf, Trace)> {
    let files = fs::read_dir(root().join("golden")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    assert!(files.len() >= AT_LEAST, "only {} golden traces", files.len());
    let read = |path: &PathBuf| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    files.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

fn run(trace: &Trace) -> Vec<Value> {
    let mut session = engine(&trace.config);
    let mut outputs = Vec::new();
    for (at, input) in trace.inputs.iter().enumerate() {
        if trace.save_restore_at.contains(&at) {
            let saved = session.save().unwrap();
            session = engine(&trace.config);
            session.restore(&saved).unwrap();
        }
        let input: Input = serde_json::from_value(input.clone()).unwrap();
        let output = session.push(input).map(|output| serde_json::to_value(output).unwrap());
        outputs.push(output.unwrap_or_else(refused));
    }
    outputs
}

/// As the Wasm throws it.
fn refused(error: Error) -> Value {
    let kind = format!("{:?}", error.kind()).to_lowercase();
    json!({ "error": { "kind": kind, "place": error.place() } })
}

/// Where two outputs differ, if they do.
fn difference(is: &Value, was: &Value, place: &str) -> Option<String> {
    match (is, was) {
        (Value::Number(is), Value::Number(was)) => {
            let (is, was) = (is.as_f64().unwrap(), was.as_f64().unwrap());
            ((is - was).abs() > TOLERANCE).then(|| format!("{place}: {is}, was {was}"))
        }
        (Value::Object(is), Value::Object(was)) => {
            let names = is.keys().chain(was.keys());
            let of =
                |object: &serde_json::Map<_, _>, name: &String| object.get(name).cloned().unwrap_or_default();
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

/// All actions and profiles, and the state in the end, wake-ups apart.
fn came(trace: &Trace, mut before: impl FnMut(Engine, &Input) -> (Engine, Vec<Output>)) -> (String, String) {
    let mut session = engine(&trace.config);
    let mut outputs = Vec::new();
    for input in &trace.inputs {
        let input: Input = serde_json::from_value(input.clone()).unwrap();
        let (same, more) = before(session, &input);
        session = same;
        outputs.extend(more);
        outputs.extend(session.push(input).ok());
    }
    let told: Vec<_> = outputs.iter().flat_map(|o| o.actions.iter().map(|a| json!(a))).collect();
    (json!(told).to_string(), session.save().unwrap())
}

#[test]
fn wake_ups_and_restores_change_nothing_with_real_models() {
    for (path, trace) in traces() {
        let straight = came(&trace, |session, _| (session, Vec::new()));
        let mut now = Millis(0);
        let other = came(&trace, |session, input| {
            let saved = session.save().unwrap();
            let mut session = engine(&trace.config);
            session.restore(&saved).unwrap();
            // Half-way to the next input, where the clock is not set back.
            let half = Millis(now.0 / 2 + input.t().0 / 2);
            let ticks = (half > now).then(|| session.push(Input::Tick { t: half }).unwrap());
            now = input.t();
            (session, ticks.into_iter().collect())
        });
        assert_eq!(other, straight, "{}", path.display());
    }
}

#[test]
fn golden_traces_come_out_as_they_were() {
    let bless = std::env::var_os("UNSTUCK_BLESS").is_some();
    let mut wrong = Vec::new();
    for (path, mut trace) in traces() {
        let outputs = run(&trace);
        if bless {
            trace.outputs = outputs;
            fs::write(&path, serde_json::to_string_pretty(&trace).unwrap() + "\n").unwrap();
        } else if let Some(place) = difference(&json!(outputs), &json!(trace.outputs), "") {
            wrong.push(format!("{}: {place}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "UNSTUCK_BLESS=1 writes them anew:\n{}", wrong.join("\n"));
}
