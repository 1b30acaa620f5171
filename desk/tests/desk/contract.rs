//! Holds every answer to `openapi.yaml`, and the routes to its paths.

use std::{error::Error, fs, path::Path, sync::LazyLock};

use jsonschema::{Retrieve, Uri};
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};

use crate::server::Running;

/// Where the contract pretends to lie, so that its references to `../schemas` resolve.
const BASE: &str = "https://unstuck.test/desk/openapi.yaml";

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

/// Finds the documents that the contract refers to: itself and the core's schemas.
struct Documents;

impl Retrieve for Documents {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let path = uri.path().as_str();
        if path == "/desk/openapi.yaml" {
            return Ok(OPENAPI.clone());
        }
        Ok(serde_json::from_str(&fs::read_to_string(root().join(path.trim_start_matches('/')))?)?)
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
    // A path template's braces may not stand in a URI as they are.
    let pointer = pointer.replace('{', "%7B").replace('}', "%7D");
    let schema = json!({ "$ref": format!("{BASE}#{pointer}/content/application~1json/schema") });
    let validator = jsonschema::options().with_retriever(Documents).build(&schema).unwrap();
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
