//! The exports as JavaScript sees them, in Node and, with `WASM_BINDGEN_USE_BROWSER`, in a browser.

use js_sys::{Array, Float32Array, JSON, Reflect};
use unstuck::{
    features::schema::{EVENT, SLOT, SLOTS, STATE},
    wasm::{Core, Graph, Loaded},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const PLAYBOOK: &str = include_str!("../fixtures/playbook.json");
const BEHAVIOUR: &[u8] = include_bytes!("../fixtures/models/behaviour.onnx");
const INTENTS: &[u8] = include_bytes!("../fixtures/models/intents.onnx");

fn main() {}

fn object(json: &str) -> JsValue {
    JSON::parse(json).expect("the test's own JSON parses")
}

fn loaded() -> Loaded {
    Loaded::new(PLAYBOOK, BEHAVIOUR, INTENTS).expect("the fixture's bundle loads")
}

fn core() -> Core {
    let config = object(r#"{"session":"s1","language":"en","explain":true}"#);
    loaded().start(config).expect("the fixture session starts")
}

fn text(value: &JsValue, key: &str) -> String {
    Reflect::get(value, &key.into()).ok().and_then(|v| v.as_string()).unwrap_or_default()
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).map(String::from).expect("JSON")
}

fn first_action(output: &JsValue) -> JsValue {
    let actions = Reflect::get(output, &"actions".into()).expect("an output has actions");
    Array::from(&actions).get(0)
}

#[wasm_bindgen_test]
fn a_silence_says_why() {
    let output =
        core().push(object(r#"{"input":"event","t":1000,"screen":"/home","kind":"screen"}"#)).expect("fits");
    let explain = Reflect::get(&output, &"explain".into()).expect("an output explains");
    assert_eq!(text(&explain, "decision"), "stay_silent: nothing_believed");
}

#[wasm_bindgen_test]
fn asking_for_a_human_is_honoured_in_both_languages() {
    for words in ["I want to talk to a human", "转人工"] {
        let input = format!(r#"{{"input":"say","t":1000,"text":"{words}"}}"#);
        let output = core().push(object(&input)).expect("fits");
        assert_eq!(text(&first_action(&output), "do"), "hand_off", "{words}");
    }
}

#[wasm_bindgen_test]
fn a_bad_input_throws_a_sentence_and_the_session_goes_on() {
    let mut core = core();
    let error = core.push(object(r#"{"input":"event","t":"noon","kind":"screen"}"#)).expect_err("must throw");
    assert_eq!(text(&error, "kind"), "input");
    assert!(text(&error, "message").len() > 10);
    assert_eq!(text(&core.push(JsValue::UNDEFINED).expect_err("must throw"), "kind"), "input");
    assert!(core.push(object(r#"{"input":"event","t":1000,"screen":"/home","kind":"screen"}"#)).is_ok());
}

#[wasm_bindgen_test]
fn several_inputs_are_taken_as_one_after_the_other_and_a_refused_one_costs_only_itself() {
    let inputs = [
        r#"{"input":"event","t":1000,"screen":"/home","kind":"screen"}"#,
        r#"{"input":"event","t":"noon","kind":"screen"}"#,
        r#"{"input":"say","t":2000,"text":"转人工"}"#,
    ];
    let (mut one, mut all) = (core(), core());
    let answers = all.push_all(object(&format!("[{}]", inputs.join(",")))).expect("a list");
    for (input, answer) in inputs.iter().zip(Array::from(&answers).iter()) {
        match one.push(object(input)) {
            Ok(output) => assert_eq!(json(&answer), json(&output)),
            Err(error) => {
                assert_eq!(text(&answer, "refused"), text(&error, "message"));
                assert_eq!(text(&answer, "kind"), "input");
            }
        }
    }
    assert_eq!(all.save().expect("saves"), one.save().expect("saves"));
    assert_eq!(text(&all.push_all(object("{}")).expect_err("no list"), "kind"), "input");
}

#[wasm_bindgen_test]
fn a_broken_model_or_playbook_throws_its_kind() {
    let kind = |error: Option<JsValue>| text(&error.unwrap_or_default(), "kind");
    assert_eq!(kind(Loaded::new("{", BEHAVIOUR, INTENTS).err()), "playbook");
    assert_eq!(kind(Loaded::new(PLAYBOOK, b"no model", INTENTS).err()), "model");
    assert_eq!(kind(Loaded::new(PLAYBOOK, BEHAVIOUR, BEHAVIOUR).err()), "model");
    assert_eq!(kind(loaded().restore(object(r#"{"session":"s1"}"#), "{}").err()), "snapshot");
}

#[wasm_bindgen_test]
fn a_saved_session_goes_on_elsewhere() {
    let mut before = core();
    before.push(object(r#"{"input":"say","t":1000,"text":"转人工"}"#)).expect("fits");
    let snapshot = before.save().expect("saves");
    let config = object(r#"{"session":"s1","language":"en","explain":true}"#);
    let mut after = loaded().restore(config, &snapshot).expect("restores");
    let next = r#"{"input":"choose","t":2000,"id":"handoff:accept"}"#;
    let (one, two) = (before.push(object(next)).expect("fits"), after.push(object(next)).expect("fits"));
    assert_eq!(json(&one), json(&two));
}

#[wasm_bindgen_test]
fn sessions_of_one_bundle_know_nothing_of_each_other() {
    let loaded = loaded();
    let start = |session: &str| {
        loaded.start(object(&format!(r#"{{"session":"{session}","language":"en"}}"#))).expect("starts")
    };
    let (mut asking, mut other) = (start("s1"), start("s2"));
    let untouched = other.save().expect("saves");
    asking.push(object(r#"{"input":"say","t":1000,"text":"转人工"}"#)).expect("fits");
    assert_eq!(other.save().expect("saves"), untouched);
    let foreign = loaded.restore(object(r#"{"session":"s2"}"#), &asking.save().expect("saves"));
    assert_eq!(text(&foreign.err().unwrap_or_default(), "kind"), "snapshot");
    assert!(other.push(object(r#"{"input":"say","t":1000,"text":"转人工"}"#)).is_ok());
}

#[wasm_bindgen_test]
fn a_graph_of_ones_own_runs_by_the_ports_of_its_file() {
    let graph = Graph::new(BEHAVIOUR).expect("its operators are declared");
    let zeros = |length: usize| Float32Array::new_with_length(length as u32);
    let outputs =
        graph.run(vec![zeros(EVENT), zeros(STATE), zeros(SLOTS * SLOT), zeros(SLOTS)]).expect("it runs");
    assert_eq!(
        outputs.iter().map(|o| o.length() as usize).take(3).collect::<Vec<_>>(),
        [STATE, 1, SLOTS + 1]
    );
    let stuck = outputs.get(1).map_or(-1.0, |o| o.get_index(0));
    assert!((0.0..=1.0).contains(&stuck), "{stuck} is no probability");
    let error = graph.run(vec![zeros(1)]).expect_err("one input is not four");
    assert_eq!(text(&error, "kind"), "model");
}
