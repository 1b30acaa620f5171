//! What no host should send and some will: taken, cut or refused, and the session goes on.

use serde_json::{Value, json};

use super::struggle::number_refused;
use crate::visit::Visit;

/// Between rubbish the app goes on.
pub fn rubbish(visit: &mut Visit) {
    for _ in 0..visit.dice.between(5, 12) {
        let t = visit.t + visit.pause();
        let all = [events(t), talk(t)].concat();
        let input = visit.dice.one(&all).clone();
        visit.t = t;
        visit.put(input);
        if visit.dice.percent(25) {
            visit.goes(500, "/cards/new");
        }
    }
    if visit.dice.percent(40) {
        number_refused(visit);
    }
}

fn events(t: i64) -> Vec<Value> {
    let event = |fields: Value| {
        let mut event = json!({ "input": "event", "t": t, "screen": "/cards/new" });
        event.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        event
    };
    vec![
        // Kinds and fields of a newer version.
        event(json!({ "kind": "hover", "target": "bind.number" })),
        event(json!({ "kind": "手势 🤏", "force": 0.5 })),
        event(json!({ "kind": "help", "since": { "newer": [1, 2, 3] } })),
        event(json!({ "kind": "tap", "target": "bind.submit", "ignore": ["dead_click", "no_such_signal"] })),
        event(json!({ "kind": "other", "name": "swipe" })),
        // Numbers that do not fit.
        event(json!({ "kind": "scroll", "reversals": -5, "distance_px": 1e12, "duration_ms": 0.6 })),
        event(json!({ "kind": "tap", "target": "bind.submit", "x": 1e300, "y": -2.5 })),
        event(json!({ "kind": "search", "results": 4294967296_i64 })),
        event(json!({ "kind": "activity", "what": "dom", "t": t as f64 + 0.25 })),
        // Texts over their caps, cut between two characters.
        event(json!({ "kind": "tap", "target": "按钮💥".repeat(30) })),
        event(json!({ "kind": "validation_error", "field": "bind.number", "code": "𠮷".repeat(40) })),
        event(json!({ "kind": "custom", "name": "e\u{301}".repeat(50), "screen": "/路径".repeat(60) })),
        event(json!({ "kind": "input", "field": "bind.number", "length": null, "valid": null })),
        // What must be refused.
        event(json!({ "kind": "submit" })),
        event(json!({ "kind": "screen", "how": "sideways" })),
        event(json!({ "kind": "help", "v": 2 })),
        event(json!({ "kind": "help", "t": "soon" })),
        event(json!({ "kind": "help", "t": 1e300 })),
        event(json!({ "kind": "help", "t": 1_i64 << 60 })),
        event(json!({ "kind": "help", "t": null })),
        event(json!({ "kind": 7 })),
        event(json!({ "kind": "visibility", "visible": "yes" })),
        event(json!({ "kind": "outcome", "offer": 1, "what": "loved" })),
        event(json!({ "kind": "outcome", "offer": 99, "what": "accepted" })),
        json!({ "input": "event", "kind": "help" }),
    ]
}

fn talk(t: i64) -> Vec<Value> {
    let long = "x".repeat(201);
    let values: serde_json::Map<_, _> = (0..33).map(|n| (format!("v{n}"), json!("1"))).collect();
    vec![
        json!({ "input": "shout", "t": t, "text": "hello" }),
        json!({ "t": t, "text": "hello" }),
        json!({ "input": "say", "t": t }),
        json!({ "input": "say", "t": t, "text": 5 }),
        json!({ "input": "say", "t": t, "text": "长".repeat(2_001) }),
        json!({ "input": "choose", "t": t, "id": long }),
        json!({ "input": "choose", "t": t, "id": "offer:x:accept" }),
        json!({ "input": "choose", "t": t, "id": "offer:7:accept" }),
        json!({ "input": "choose", "t": t, "id": "no:such 🚫" }),
        json!({ "input": "choose", "t": t, "id": "handoff:accept" }),
        json!({ "input": "tool", "t": t, "key": "1-1", "outcome": "sent" }),
        json!({ "input": "tool", "t": t, "key": "1-1", "outcome": "sent", "values": values }),
        json!({ "input": "guide", "t": t, "guide": "guide.none", "outcome": "done" }),
        json!({ "input": "guide", "t": t, "guide": long, "outcome": "done" }),
        json!({ "input": "language", "t": t, "language": "fr" }),
        json!({ "input": "handoff", "t": t, "update": { "handoff": "h", "state": "asleep", "revision": 1 } }),
        json!({ "input": "handoff", "t": t, "update": { "handoff": "h", "state": "live", "revision": -1 } }),
        json!({ "input": "tick", "t": 0.5 }),
        json!({ "input": "agent", "t": t, "text": "a\u{0}b" }),
        json!([]),
        json!("hello"),
        Value::Null,
    ]
}
