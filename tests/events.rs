//! The wire of events against its golden file: `tests/contracts/events.json`.

use serde_json::Value;
use unstuck::{Event, EventKind, Input, event::wire};

fn golden(part: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("contracts/events.json")).unwrap();
    file[part].as_array().unwrap().clone()
}

fn json(event: &Event) -> Value {
    serde_json::from_str(&wire::write(event)).unwrap()
}

#[test]
fn every_kind_comes_back_as_it_was_written() {
    for wanted in golden("same") {
        let event = wire::parse(&wanted.to_string()).unwrap();
        assert_eq!(json(&event), wanted);
    }
}

/// Does not compile, and then does not pass, when a kind is added and the golden file forgets it.
#[test]
fn the_golden_file_has_every_kind() {
    let name = |kind: &EventKind| match kind {
        EventKind::Screen { .. } => "screen",
        EventKind::Tap(_) => "tap",
        EventKind::Input(_) => "input",
        EventKind::Submit { .. } => "submit",
        EventKind::ValidationError { .. } => "validation_error",
        EventKind::Api(_) => "api",
        EventKind::JsError { .. } => "js_error",
        EventKind::Scroll { .. } => "scroll",
        EventKind::Visibility { .. } => "visibility",
        EventKind::Activity { .. } => "activity",
        EventKind::Search { .. } => "search",
        EventKind::Copy { .. } => "copy",
        EventKind::Help {} => "help",
        EventKind::Custom { .. } => "custom",
        EventKind::Outcome { .. } => "outcome",
        EventKind::Other { .. } => "other",
    };
    let mut seen: Vec<&str> = Vec::new();
    for value in golden("same") {
        let kind = wire::from_value(value.clone()).unwrap().kind;
        assert_eq!(name(&kind), value["kind"]);
        seen.push(name(&kind));
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 16, "{seen:?}");
}

#[test]
fn a_newer_or_careless_sender_is_understood() {
    for case in golden("read") {
        let event = wire::from_value(case["from"].clone()).unwrap();
        assert_eq!(json(&event), case["as"], "{}", case["what"]);
    }
}

#[test]
fn a_bad_event_is_refused_with_a_sentence_and_its_place() {
    for case in golden("refused") {
        let refused = wire::parse(case["text"].as_str().unwrap()).unwrap_err();
        assert_eq!(refused.to_string(), case["sentence"].as_str().unwrap(), "{}", case["text"]);
    }
}

#[test]
fn an_event_over_the_cap_is_refused_before_it_is_read() {
    let long = format!(r#"{{"t":1,"kind":"help","x":"{}"}}"#, "y".repeat(wire::EVENT_MAX));
    assert!(wire::parse(&long).unwrap_err().to_string().starts_with("an event has at most 8192 bytes"));
}

#[test]
fn the_engines_input_reads_events_the_same_way() {
    let input: Input =
        serde_json::from_str(r#"{"input":"event","t":3,"screen":"/","kind":"pinch"}"#).unwrap();
    let Input::Event(event) = input else { panic!("not an event") };
    assert_eq!(event.kind, EventKind::Other { name: "pinch".into() });
    let refused = serde_json::from_str::<Input>(r#"{"input":"event","t":3,"kind":"submit"}"#).unwrap_err();
    assert!(refused.to_string().contains("/form: is missing"), "{refused}");
}
