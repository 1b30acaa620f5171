//! Replays a trace natively, as `tests/hosts/parity/replay.mjs` does through the Wasm.

use std::{fs, rc::Rc};

use serde_json::{Value, json};
use unstuck::{
    Bundle, Config, Engine, Error, ErrorKind, Input, Output, Playbook,
    model::{BehaviourModel, IntentModel},
};

use crate::trace::Trace;

/// The fixtures, loaded once for all traces.
pub fn fixtures() -> Rc<Bundle> {
    let fixture =
        |name: &str| fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let playbook: Playbook = serde_json::from_slice(&fixture("playbook.json")).unwrap();
    let behaviour = BehaviourModel::load(&fixture("models/behaviour.onnx")).unwrap();
    let intents = IntentModel::load(&fixture("models/intents.onnx")).unwrap();
    Rc::new(Bundle::new(playbook, Box::new(behaviour), Box::new(intents)).unwrap())
}

/// A new session.
pub fn start(config: &Config, bundle: &Rc<Bundle>) -> Engine {
    Engine::start(config.clone(), bundle.clone()).unwrap()
}

/// The session in another engine, as after a reload of the page.
pub fn reload(session: &Engine, config: &Config, bundle: &Rc<Bundle>) -> Engine {
    let mut again = start(config, bundle);
    again.restore(&session.save().unwrap()).unwrap();
    again
}

/// All outputs of one trace.
pub fn replay(bundle: &Rc<Bundle>, trace: &Trace) -> Vec<Value> {
    let mut session = start(&trace.config, bundle);
    let mut outputs = Vec::new();
    for (at, input) in trace.inputs.iter().enumerate() {
        if trace.save_restore_at.contains(&at) {
            session = reload(&session, &trace.config, bundle);
        }
        outputs.push(push(&mut session, input).map_or_else(refused, |output| json!(output)));
    }
    outputs
}

/// One input as a host gives it.
pub fn push(session: &mut Engine, input: &Value) -> Result<Output, Error> {
    let read = serde_json::from_value::<Input>(input.clone());
    let unread = |error: serde_json::Error| Error::new(ErrorKind::Input, "input", error.to_string());
    read.map_err(unread).and_then(|input| session.push(input))
}

/// As the Wasm throws it.
fn refused(error: Error) -> Value {
    let kind = format!("{:?}", error.kind()).to_lowercase();
    json!({ "error": { "kind": kind, "place": error.place() } })
}
