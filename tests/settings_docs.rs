//! `docs/settings.md` is made from the code: `UNSTUCK_BLESS=1 cargo test --features schema --test settings_docs`.
#![cfg(feature = "schema")]

use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf};

use schemars::{JsonSchema, schema_for};
use serde::Serialize;
use serde_json::Value;
use unstuck::{dialogue, policy};

const INTRO: &str = "# Settings

<!-- Made from src/policy/settings.rs and src/dialogue/settings.rs by tests/settings_docs.rs. Do not edit. -->

How the bot behaves in an app. In the playbook, under `settings`; what is left out has its default:

```yaml
settings:
  policy:
    per_visit: 2
    caps: [{ cap: 3, period_ms: 86400000 }]
  dialogue:
    answer_at: 0.6
```

The thresholds of the signals are in [signals.md](signals.md).

";

/// A table of a group's settings: what each means comes from its doc comment, the default from `Default`.
fn table<S: Default + Serialize + JsonSchema>(title: &str, why: &BTreeMap<&str, &str>) -> String {
    let schema = serde_json::to_value(schema_for!(S)).unwrap();
    let defaults = serde_json::to_value(S::default()).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    let mut page = format!("## `{title}`\n\n| setting | default | what it is |\n|---|---|---|\n");
    // What has a table of its own is not in the defaults.
    for (name, property) in properties.iter().filter(|(name, _)| defaults.get(name).is_some()) {
        let means = property["description"].as_str().unwrap_or_default().replace('\n', " ");
        let why = why.get(name.as_str()).map(|why| format!(" *{why}*")).unwrap_or_default();
        let _ = writeln!(page, "| `{name}` | {} | {means}{why} |", shown(&defaults[name]));
    }
    page
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.is_empty() => "empty".to_owned(),
        other => format!("`{other}`"),
    }
}

#[test]
fn the_page_of_settings_is_what_the_code_says() {
    let why = |rows: &[(&'static str, &'static str)]| rows.iter().copied().collect();
    let policy = table::<policy::settings::Settings>("policy", &why(policy::settings::TABLE));
    let dialogue = table::<dialogue::settings::Settings>("dialogue", &why(dialogue::settings::TABLE));
    let elder = table::<dialogue::settings::Elder>("dialogue.elder", &why(dialogue::settings::ELDER));
    let page = format!("{INTRO}{policy}\n{dialogue}\n{elder}");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md");
    if std::env::var_os("UNSTUCK_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/settings.md is old: run with UNSTUCK_BLESS=1");
}
