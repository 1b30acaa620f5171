//! The exports for JavaScript: converts types and nothing else.

use std::rc::Rc;

use js_sys::{Error as JsError, Float32Array, JSON, Reflect};
use wasm_bindgen::prelude::*;

use crate::{
    Bundle, Config, Engine, Error, ErrorKind, Input, Output,
    model::{BehaviourModel, IntentModel, onnx},
    playbook,
};

/// A playbook with its models, loaded once for all sessions of a host.
#[wasm_bindgen]
pub struct Loaded(Rc<Bundle>);

#[wasm_bindgen]
impl Loaded {
    /// Throws an `Error` with `kind` and `place` where something does not fit.
    #[wasm_bindgen(constructor)]
    pub fn new(playbook: &str, behaviour: &[u8], intents: &[u8]) -> Result<Loaded, JsValue> {
        let playbook = playbook::parse(playbook).map_err(thrown)?;
        let behaviour = BehaviourModel::load(behaviour).map_err(thrown)?;
        let intents = IntentModel::open(intents).map_err(thrown)?;
        let bundle = Bundle::new(playbook, Box::new(behaviour), Box::new(intents)).map_err(thrown)?;
        Ok(Loaded(Rc::new(bundle)))
    }

    /// A new session.
    pub fn start(&self, config: JsValue) -> Result<Core, JsValue> {
        let engine = Engine::start(read_config(config).map_err(thrown)?, self.0.clone()).map_err(thrown)?;
        Ok(Core { engine })
    }

    /// A session that goes on from what [`Core::save`] gave.
    pub fn restore(&self, config: JsValue, snapshot: &str) -> Result<Core, JsValue> {
        let mut core = self.start(config)?;
        core.engine.restore(snapshot).map_err(thrown)?;
        Ok(core)
    }
}

/// One session's engine. Config, inputs and outputs are plain objects as in the JSON Schemas.
#[wasm_bindgen]
pub struct Core {
    engine: Engine,
}

#[wasm_bindgen]
impl Core {
    /// One input in, what to do out. After a throw the session is as it was before.
    pub fn push(&mut self, input: JsValue) -> Result<JsValue, JsValue> {
        let output = read_input(&input).and_then(|input| self.engine.push(input));
        output.and_then(|output| written(&output)).map_err(thrown)
    }

    /// The session's state, to go on from later.
    pub fn save(&self) -> Result<String, JsValue> {
        self.engine.save().map_err(thrown)
    }
}

/// Anyone's ONNX file of the declared operators, for a model of one's own and for benchmarks.
#[wasm_bindgen]
pub struct Graph(onnx::Graph);

#[wasm_bindgen]
impl Graph {
    /// Throws an `Error` that names what in the file is not run.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Graph, JsValue> {
        onnx::Graph::open(bytes).map(Graph).map_err(thrown)
    }

    /// Runs the graph once; inputs and outputs are in the file's order.
    pub fn run(&self, inputs: Vec<Float32Array>) -> Result<Vec<Float32Array>, JsValue> {
        let inputs: Vec<Vec<f32>> = inputs.iter().map(Float32Array::to_vec).collect();
        let inputs: Vec<&[f32]> = inputs.iter().map(Vec::as_slice).collect();
        let outputs = self.0.run(&inputs).map_err(thrown)?;
        Ok(outputs.iter().map(|values| Float32Array::from(values.as_slice())).collect())
    }
}

fn read_config(config: JsValue) -> Result<Config, Error> {
    serde_wasm_bindgen::from_value(config)
        .map_err(|error| Error::new(ErrorKind::Input, "config", error.to_string()))
}

/// By way of JSON text, which crosses over once, and not once for each field.
fn read_input(input: &JsValue) -> Result<Input, Error> {
    let text = JSON::stringify(input).ok().map(String::from);
    let value = text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    Input::from_value(value).map_err(|error| Error::new(ErrorKind::Input, "input", error.to_string()))
}

/// By way of JSON text too.
fn written(output: &Output) -> Result<JsValue, Error> {
    let wrong = |detail: String| Error::new(ErrorKind::Input, "output", detail);
    let text = serde_json::to_string(output).map_err(|error| wrong(error.to_string()))?;
    JSON::parse(&text).map_err(|_| wrong("it is no JSON".into()))
}

fn thrown(error: Error) -> JsValue {
    let thrown = JsError::new(&error.to_string());
    for (key, value) in
        [("kind", format!("{:?}", error.kind()).to_lowercase()), ("place", error.place().into())]
    {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&thrown, &key.into(), &value.into());
    }
    thrown.into()
}
