//! Holds every answer to `openapi.yaml`, and the routes to its paths.

use std::{fs, path::Path, sync::LazyLock};

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

use crate::server::Running;

static OPENAPI: LazyLock<Value> = LazyLock::new(|| {
    let text = fs::read_to_string(root().join("desk/openapi.yaml")).unwrap();
    json_of(&Yaml::load_from_str(&text).unwrap()[0])
});

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn json_of(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::Boolean(yes)) => json!(yes),
        Yaml::Value(Scalar::Integer(number)) => json!(number),
        Yaml::Value(Scalar::FloatingPoint(number)) => json!(number.into_inner()),
        Yaml::Value(Scalar::String(words)) => json!(words),
        Yaml::Sequence(items) => items.iter().map(json_of).collect(),
        Yaml::Mapping(entries) => {
            let entry = |(key, value): (&Yaml<'_>, _)| (key.as_str().unwrap().to_owned(), json_of(value));
            Value::Object(entries.iter().map(entry).collect::<Map<_, _>>())
        }
        _ => Value::Null,
    }
}

/// One schema that stands by itself: the contract's own parts and the core's schemas as `$defs`.
fn standing_alone(schema: &Value) -> Value {
    let mut defs = Map::new();
    for (name, part) in OPENAPI["components"]["schemas"].as_object().into_iter().flatten() {
        defs.insert(name.clone(), localised(part));
    }
    for entry in fs::read_dir(root().join("schemas")).unwrap() {
        let path = entry.unwrap().path();
        let mut core: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for (name, part) in core["$defs"].as_object().cloned().into_iter().flatten() {
            defs.entry(name).or_insert(part);
        }
        core.as_object_mut().unwrap().retain(|key, _| key != "$defs" && key != "$schema");
        defs.insert(path.file_stem().unwrap().to_string_lossy().into_owned(), core);
    }
    json!({ "$defs": defs, "allOf": [localised(schema)] })
}

/// The same with its references to elsewhere as references to `$defs`.
fn localised(schema: &Value) -> Value {
    match schema {
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| match (key.as_str(), value.as_str()) {
                ("$ref", Some(to)) => (key.clone(), json!(local(to))),
                _ => (key.clone(), localised(value)),
            };
            Value::Object(entries.iter().map(entry).collect())
        }
        Value::Array(items) => items.iter().map(localised).collect(),
        other => other.clone(),
    }
}

fn local(to: &str) -> String {
    let (file, inside) = to.split_once('#').unwrap_or((to, ""));
    match (file.rsplit('/').next().unwrap_or_default(), inside.rsplit('/').next().unwrap_or_default()) {
        (file, "") => format!("#/$defs/{}", file.trim_end_matches(".json")),
        (_, part) => format!("#/$defs/{part}"),
    }
}

/// Fails where the contract does not know the answer, or its body does not fit.
pub fn hold(method: &str, path: &str, status: u16, body: &Value) {
    let path = path.split('?').next().unwrap();
    let Some((template, item)) = OPENAPI["paths"].as_object().unwrap().iter().find(|(t, _)| fits(t, path))
    else {
        panic!("{path} is not in the contract")
    };
    let operation = &item[method.to_lowercase()];
    let pointer =
        format!("/paths/{}/{}/responses/{status}", template.replace('/', "~1"), method.to_lowercase());
    let response = match operation["responses"].get(status.to_string()) {
        Some(response) => response,
        // Every route may refuse a page that may not ask.
        None if status == 403 => &OPENAPI["components"]["responses"]["Refusal"],
        None => panic!("{method} {template} answered {status}, which is not in the contract: {body}"),
    };
    let pointer = match response["$ref"].as_str() {
        Some(reference) => reference.trim_start_matches('#').to_owned(),
        None if status == 403 => "/components/responses/Refusal".to_owned(),
        None => pointer,
    };
    let Some(response) = OPENAPI.pointer(&pointer) else { panic!("{pointer} is not in the contract") };
    if response.get("content").is_none() {
        return;
    }
    let schema = &response["content"]["application/json"]["schema"];
    let validator = jsonschema::validator_for(&standing_alone(schema)).unwrap();
    let faults: Vec<_> = validator.iter_errors(body).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{method} {template} {status}: {}\n{body:#}", faults.join("\n"));
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len() && template.iter().zip(path).all(|(t, p)| t.starts_with('{') || *t == p)
}

#[tokio::test]
async fn the_routes_are_those_of_the_contract_and_no_others() {
    let desk = Running::start().await;
    for (template, item) in OPENAPI["paths"].as_object().unwrap() {
        let path = template.replace("{key}", "nowhere");
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let known = item.get(method.to_lowercase()).is_some();
            let status = desk.status(method, &path).await;
            assert_eq!(status != 405, known, "{method} {template} answered {status}");
        }
    }
}
