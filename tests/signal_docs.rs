//! `docs/signals.md` and the table of caps in `docs/events.md` are made from the code.
//! `UNSTUCK_BLESS=1 cargo test --test signal_docs` writes them anew.

use std::{fmt::Write, fs, path::PathBuf};

use unstuck::{
    event::wire,
    signal::{
        RULES, SignalKind,
        detector::Rule,
        settings::Settings,
        threshold::{COUNT_MAX, LIST_MAX, Row, SPAN_MAX_MS},
    },
};

fn docs(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs").join(file)
}

fn compare(file: &str, made: &str) {
    let path = docs(file);
    if std::env::var_os("UNSTUCK_BLESS").is_some() {
        fs::write(&path, made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/{file} is old: run `UNSTUCK_BLESS=1 cargo test --test signal_docs`");
}

fn wire_name(kind: SignalKind) -> String {
    serde_json::to_string(&kind).unwrap().trim_matches('"').to_owned()
}

const INTRO: &str = "# Signals

<!-- Made from src/signal/ by tests/signal_docs.rs. Do not edit. -->

A signal is a small fact about struggle, seen in the events of one session. It is not yet a belief: the \
behaviour model weighs signals together with everything else before the bot offers anything.

Every number below is a setting. In the playbook:

```yaml
settings:
  signals:
    off: [quick_back]
    rage_click: { clicks: 3 }
```

- **One element, some signals**: `data-unstuck-ignore=\"rage_click dead_click\"` on an element holds for \
everything inside it, across shadow roots. Without a value it means all signals that are about an element.
- **A whole signal**: `off`.
- **A host that cannot see a signal** names it as `unsupported`; it is then reported as unknown, never as zero.
- **The background**: while the page is hidden nothing is observed and nothing waits. Visibility and focus \
only ever suppress.
- **Repetition**: the same signal about the same thing on the same screen stays quiet for its `rearm_ms`.
";

fn signals_page() -> String {
    let rows = Settings::rows();
    let mut page = INTRO.to_owned();
    let _ = writeln!(
        page,
        "- **Limits**: a count is 1 to {COUNT_MAX}, a span 1 to {SPAN_MAX_MS} ms, a list has at most {LIST_MAX} entries."
    );
    for rule in &RULES {
        let _ = writeln!(page, "\n## `{}`\n\n{}\n\nNever for:", wire_name(rule.kind), rule.fires);
        for never in rule.never {
            let _ = writeln!(page, "- {never}");
        }
        page.push_str("\n| setting | default | what | from |\n|---|---|---|---|\n");
        for row in rows.iter().filter(|row| row.signal == rule.kind) {
            let Row { name, default, unit, meaning, source, .. } = row;
            let figure = [default, unit.word()].join(" ");
            let _ = writeln!(page, "| `{name}` | {} | {meaning} | {source} |", shown(figure.trim()));
        }
    }
    page
}

/// Lists as words.
fn shown(json: &str) -> String {
    match json.trim_matches(['[', ']']) {
        "" => "none".to_owned(),
        list if list.len() < json.len() => list.replace('"', "`").replace(',', ", "),
        _ => json.to_owned(),
    }
}

#[test]
fn the_table_of_rules_is_the_code() {
    compare("signals.md", &signals_page());
}

#[test]
fn every_signal_has_one_rule_in_wire_order() {
    assert_eq!(RULES.map(|rule| rule.kind), SignalKind::ALL);
}

#[test]
fn rules_name_only_settings_that_exist() {
    let rows = Settings::rows();
    let known = |rule: &Rule, word: &str| {
        word == "commit" || rows.iter().any(|row| row.signal == rule.kind && row.name == word)
    };
    for rule in &RULES {
        for text in rule.never.iter().chain([&rule.fires]) {
            for word in text.split('`').skip(1).step_by(2) {
                assert!(known(rule, word), "{:?} has no setting `{word}`", rule.kind);
            }
        }
    }
}

const CAPS_BEGIN: &str = "<!-- caps: made from src/event/wire.rs -->\n";
const CAPS_END: &str = "<!-- end of caps -->\n";

#[test]
fn the_caps_of_events_are_the_code() {
    let caps = [
        ("one event, as JSON", wire::EVENT_MAX),
        ("`screen`", wire::SCREEN_MAX),
        ("`target`, `field`, `form`", wire::ID_MAX),
        ("`endpoint`", wire::ENDPOINT_MAX),
        ("`code`, `class`, `name`, an unknown kind", wire::NAME_MAX),
    ];
    let mut table = "| text | bytes at most |\n|---|---|\n".to_owned();
    for (what, cap) in caps {
        let _ = writeln!(table, "| {what} | {cap} |");
    }
    let page = fs::read_to_string(docs("events.md")).unwrap();
    let (before, rest) = page.split_once(CAPS_BEGIN).expect("the mark of the caps");
    let (_, after) = rest.split_once(CAPS_END).expect("the end of the caps");
    compare("events.md", &[before, CAPS_BEGIN, &table, CAPS_END, after].concat());
}

#[test]
fn every_kind_of_event_is_explained() {
    let page = fs::read_to_string(docs("events.md")).unwrap();
    let golden: serde_json::Value = serde_json::from_str(include_str!("contracts/events.json")).unwrap();
    for event in golden["same"].as_array().unwrap() {
        let kind = event["kind"].as_str().unwrap();
        assert!(page.contains(&format!("| `{kind}` |")), "docs/events.md does not explain `{kind}`");
        let common = ["v", "t", "screen", "kind"];
        for field in event.as_object().unwrap().keys().filter(|f| !common.contains(&f.as_str())) {
            assert!(page.contains(&format!("`{field}`")), "docs/events.md lacks `{field}` of `{kind}`");
        }
    }
}
