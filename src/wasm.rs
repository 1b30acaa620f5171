//! The exports for JavaScript: converts types and nothing else.

use std::rc::Rc;

use js_sys::{Error as JsError, Float32Array, JSON, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
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
        let output = self.take(read(&input).unwrap_or_default());
        output.and_then(|output| written(&output)).map_err(thrown)
    }

    /// A list of inputs, each as by [`Self::push`], that crosses over once. Gives back a list: an output for each
    /// input, or for one that is refused an object of its `kind`, its `place` and a sentence (`refused`).
    #[wasm_bindgen(js_name = pushAll)]
    pub fn push_all(&mut self, inputs: JsValue) -> Result<JsValue, JsValue> {
        let inputs: Vec<Value> = read(&inputs).map_err(thrown)?;
        let answers: Vec<Answer> = inputs.into_iter().map(|input| self.answer(input)).collect();
        written(&answers).map_err(thrown)
    }

    /// The session's state, to go on from later.
    pub fn save(&self) -> Result<String, JsValue> {
        self.engine.save().map_err(thrown)
    }
}

impl Core {
    fn take(&mut self, input: Value) -> Result<Output, Error> {
        let input = Input::from_value(input);
        let input = input.map_err(|error| Error::new(ErrorKind::Input, "input", error.to_string()))?;
        self.engine.push(input)
    }

    fn answer(&mut self, input: Value) -> Answer {
        match self.take(input) {
            Ok(output) => Answer::Output(output),
            Err(error) => Answer::Refused {
                kind: kind(&error),
                place: error.place().into(),
                refused: error.to_string(),
            },
        }
    }
}

/// What came of one input among several.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Output(Output),
    Refused { kind: String, place: String, refused: String },
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
fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, Error> {
    // Of what is no data, such as `undefined`, there is no text.
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_default();
    serde_json::from_str(&text).map_err(|error| Error::new(ErrorKind::Input, "", error.to_string()))
}

/// By way of JSON text too.
fn written<T: Serialize>(value: &T) -> Result<JsValue, Error> {
    let wrong = |detail: String| Error::new(ErrorKind::Input, "output", detail);
    let text = serde_json::to_string(value).map_err(|error| wrong(error.to_string()))?;
    JSON::parse(&text).map_err(|_| wrong("it is no JSON".into()))
}

fn thrown(error: Error) -> JsValue {
    let thrown = JsError::new(&error.to_string());
    for (key, value) in [("kind", kind(&error)), ("place", error.place().into())] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&thrown, &key.into(), &value.into());
    }
    thrown.into()
}

fn kind(error: &Error) -> String {
    format!("{:?}", error.kind()).to_lowercase()
}
