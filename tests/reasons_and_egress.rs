//! Two pages of the docs are generated; here they are held to what the code says.
//! `UNSTUCK_BLESS=1 cargo test -p unstuck --features schema --test reasons_and_egress` writes them.
#![cfg(feature = "schema")]
#![allow(clippy::unwrap_used)]

use std::{fmt::Write, fs, path::Path};

use serde_json::Value;
use unstuck::{action::reason, insight::egress::Egress};

fn held_to(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(page);
    if std::env::var_os("UNSTUCK_BLESS").is_some() {
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/{page} is not what the code says; write it with UNSTUCK_BLESS=1");
}

#[test]
fn the_page_of_reasons_lists_every_code() {
    let mut page = String::from(
        "# Reasons\n\nEvery action, silence included, says why. The code is stable; the sentence \
         beside it carries the figures of the case. Generated from `src/action/reason.rs`.\n\n\
         | code | what it means |\n|---|---|\n",
    );
    for code in reason::ALL {
        writeln!(page, "| `{}` | {} |", code.code, code.means).unwrap();
    }
    held_to("reasons.md", &page);
}

#[test]
fn the_page_of_egress_lists_every_field() {
    let schema = serde_json::to_value(schemars::schema_for!(Egress)).unwrap();
    let mut page = String::from(
        "# What may leave the device\n\nNothing else does. Raw events stay on the device, field \
         values and typed text are never captured from the app, and the host logs each of these \
         and shows the log to the user who asks. One switch changes that: in the \
         [remote mode](edge.md), which an integrator has to turn on, the engine runs on their \
         server, and raw events and what the user types to the bot go there. Generated from \
         `src/insight/egress.rs`.\n",
    );
    for variant in schema["oneOf"].as_array().unwrap() {
        let name = variant["properties"]["kind"]["const"].as_str().unwrap();
        write!(page, "\n## `{name}`\n\n{}\n", prose(variant)).unwrap();
        page.push_str("\n| field | what |\n|---|---|\n");
        fields(&schema, variant, "", &mut page);
    }
    held_to("egress.md", &page);
}

/// One row a field, those of nested objects below their own.
fn fields(schema: &Value, object: &Value, prefix: &str, page: &mut String) {
    let object = resolved(schema, object);
    for (name, field) in object["properties"].as_object().into_iter().flatten() {
        if name == "kind" {
            continue;
        }
        let path = format!("{prefix}{name}");
        writeln!(page, "| `{path}` | {} |", prose(field)).unwrap();
        for nested in [field, &field["items"], &field["anyOf"][0]] {
            if nested.is_object() {
                fields(schema, nested, &format!("{path}."), page);
            }
        }
    }
    // A variant that wraps a type names it beside its tag.
    if let (true, Some(_)) = (prefix.is_empty(), object.get("$ref")) {
        fields(schema, &schema["$defs"][reference(&object)], "", page);
    }
}

fn resolved(schema: &Value, object: &Value) -> Value {
    let is_field = object.get("properties").is_none();
    match object.get("$ref") {
        Some(_) if is_field => schema["$defs"][reference(object)].clone(),
        _ => object.clone(),
    }
}

fn reference(object: &Value) -> &str {
    object["$ref"].as_str().unwrap().rsplit('/').next().unwrap()
}

fn prose(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ").replace('|', "\\|")
}
