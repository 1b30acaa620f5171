//! What the traces cover, counted from what went in and what came out.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::Serialize;
use serde_json::Value;
use unstuck::{action::reason, handoff::machine::TABLE, playbook::NodeKind, signal::SignalKind};

use crate::trace::Trace;

/// Reasons that the fixture cannot give, each with why.
const OUT_OF_REACH: [(&str, &str); 3] = [
    ("model_failed", "the fixture's models do not fail"),
    ("flow_broken", "the fixture names nothing that it does not have"),
    ("flow_bound", "the fixture's flows do not go round"),
];

/// What must come besides what the code itself lists.
const OWED: &[(&str, &[&str])] = &[
    ("languages", &["zh", "en"]),
    ("actions", &["suggest", "withdraw", "say", "ask", "guide", "run_tool", "hand_off", "stay_silent"]),
    (
        "inputs",
        &[
            "event",
            "say",
            "choose",
            "ask_human",
            "tool",
            "guide",
            "handoff",
            "agent",
            "language",
            "elder",
            "chat",
            "tick",
        ],
    ),
    (
        "kinds of event",
        &[
            "screen",
            "tap",
            "input",
            "submit",
            "validation_error",
            "api",
            "js_error",
            "scroll",
            "visibility",
            "activity",
            "search",
            "copy",
            "help",
            "custom",
            "outcome",
            "other",
            "hover",
        ],
    ),
    ("clock", &["set back", "out of order", "repeated", "another visit"]),
    (
        "sessions",
        &[
            "elder mode",
            "declined before",
            "offers shown before",
            "signals unsupported",
            "saved and restored",
        ],
    ),
    ("tools' outcomes", &["sent", "paid", "unpaid", "failed", "teapot"]),
    ("guides' outcomes", &["done", "left", "skipped"]),
    ("offers' outcomes", &["shown", "accepted", "dismissed", "expired", "unresolved"]),
    ("texts", &["emoji", "full-width", "beyond the basic plane"]),
    ("refusals", &["input input", "input /text", "input /id", "input /values", "input /guide"]),
];

/// How often each thing came, by group.
#[derive(Default)]
pub struct Coverage(BTreeMap<&'static str, BTreeMap<String, u32>>);

impl Coverage {
    pub fn take(&mut self, trace: &Trace, outputs: &[Value]) {
        let config = &trace.config;
        self.count("languages", &wire(&config.language));
        for (name, is) in [
            ("elder mode", config.profile.elder_mode),
            ("declined before", !config.profile.declined.is_empty()),
            ("offers shown before", !config.profile.shown.is_empty()),
            ("signals unsupported", !config.unsupported.is_empty()),
            ("saved and restored", !trace.save_restore_at.is_empty()),
        ] {
            if is {
                self.count("sessions", name);
            }
        }
        let mut t = None;
        for input in &trace.inputs {
            self.input(input, &mut t);
        }
        let mut handoff = (String::new(), String::new());
        for output in outputs {
            self.output(output, &mut handoff);
        }
    }

    fn input(&mut self, input: &Value, before: &mut Option<i64>) {
        let name = word(input, "input");
        self.count("inputs", &name);
        match name.as_str() {
            "event" => self.count("kinds of event", &word(input, "kind")),
            "tool" => self.count("tools' outcomes", &word(input, "outcome")),
            "guide" => self.count("guides' outcomes", &word(input, "outcome")),
            _ => {}
        }
        if let Some(what) = input.get("what").and_then(Value::as_str).filter(|_| input.get("offer").is_some())
        {
            self.count("offers' outcomes", what);
        }
        let unicode = input.to_string();
        for (what, is) in [
            ("emoji", unicode.contains('😭')),
            ("full-width", unicode.contains('ｃ')),
            ("beyond the basic plane", unicode.contains('𠮷')),
        ] {
            if is {
                self.count("texts", what);
            }
        }
        let Some(t) = input.get("t").and_then(Value::as_i64) else { return };
        if let Some(before) = before.replace(t) {
            let name = match t - before {
                ..-1_000 => "set back",
                -1_000..0 => "out of order",
                0 => "repeated",
                1..1_800_000 => return,
                _ => "another visit",
            };
            self.count("clock", name);
        }
    }

    fn output(&mut self, output: &Value, handoff: &mut (String, String)) {
        if let Some(error) = output.get("error") {
            self.count("refusals", &format!("{} {}", word(error, "kind"), word(error, "place")));
        }
        // A silent decision that is no action of its own has its reason's code here alone.
        if let Some((_, code)) = word(&output["explain"], "decision").split_once(": ") {
            self.count("reasons", code);
        }
        for signal in list(&output["explain"]["signals"]) {
            self.count("signals", &word(signal, "kind"));
        }
        for action in list(&output["actions"]) {
            self.count("actions", &word(action, "do"));
            for reason in list(&action["reasons"]) {
                self.count("reasons", &word(reason, "code"));
                let text = word(reason, "text");
                if let Some(node) = text.strip_prefix("node `").and_then(|rest| rest.strip_suffix('`')) {
                    self.count("nodes of flows", node);
                }
            }
            if word(action, "do") == "hand_off" {
                let (key, state) = (word(action, "handoff"), word(action, "state"));
                self.count("states of a handoff", &state);
                if handoff.0 == key && handoff.1 != state {
                    self.count("moves of a handoff", &format!("{} to {state}", handoff.1));
                }
                *handoff = (key, state);
            }
        }
    }

    fn count(&mut self, group: &'static str, name: &str) {
        *self.0.entry(group).or_default().entry(name.to_owned()).or_default() += 1;
    }

    /// What is owed and does not come.
    pub fn missing(&self) -> Vec<String> {
        let listed = OWED.iter().flat_map(|(group, names)| names.iter().map(move |name| (*group, *name)));
        let listed = listed.map(|(group, name)| (group, name.to_owned()));
        let by_code = [
            ("signals", SignalKind::ALL.iter().map(wire).collect()),
            ("reasons", reasons()),
            ("moves of a handoff", moves()),
            ("nodes of flows", nodes()),
        ];
        let by_code = by_code
            .into_iter()
            .flat_map(|(group, names): (_, Vec<_>)| names.into_iter().map(move |name| (group, name)));
        let seen = |group: &str, name: &str| self.0.get(group).is_some_and(|names| names.contains_key(name));
        let missing = listed.chain(by_code).filter(|(group, name)| !seen(group, name));
        missing.map(|(group, name)| format!("{group}: {name}")).collect()
    }
}

/// The reasons within reach.
fn reasons() -> Vec<String> {
    let reachable = |code: &str| OUT_OF_REACH.iter().all(|(other, _)| *other != code);
    reason::ALL.iter().map(|code| code.code.to_owned()).filter(|code| reachable(code)).collect()
}

/// All that the handoff's table allows. A message after a request has a key of its own, so that move is
/// not seen as one.
fn moves() -> Vec<String> {
    let all = TABLE.iter().flat_map(|(from, _, next)| next.iter().map(move |to| (*from, *to)));
    let all: BTreeSet<String> = all.map(|(from, to)| format!("{} to {}", wire(&from), wire(&to))).collect();
    all.into_iter().filter(|name| name != "expired to message_left").collect()
}

/// The nodes of all flows of the fixture, except those that only bring in a human and say nothing.
fn nodes() -> Vec<String> {
    let playbook: unstuck::Playbook =
        serde_json::from_str(include_str!("../fixtures/playbook.json")).unwrap();
    let nodes = playbook.flows.iter().flat_map(|flow| &flow.nodes);
    nodes.filter(|node| !matches!(node.kind, NodeKind::Human {})).map(|node| node.id.clone()).collect()
}

/// The word of a value on the wire.
fn wire(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn word(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (group, names) in &self.0 {
            let names: Vec<_> = names.iter().map(|(name, count)| format!("{name} {count}")).collect();
            writeln!(f, "{group}: {}", names.join(", "))?;
        }
        for (code, why) in OUT_OF_REACH {
            writeln!(f, "not covered: reason {code}: {why}")?;
        }
        Ok(())
    }
}
