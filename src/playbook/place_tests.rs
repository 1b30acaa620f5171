//! Journeys walked event by event: each line is an event and what the tracker must say after it.

use serde_json::json;

use super::*;
use crate::playbook::parse;

fn playbook() -> Playbook {
    let text = json!({"zh": "字", "en": "text"});
    let step = |id: &str, at: serde_json::Value, success: serde_json::Value, next: serde_json::Value| json!({"id": id, "title": text, "at": at, "success": success, "next": next, "commit": format!("{id}.go"), "typical_ms": 9_000});
    let bind = json!({"id": "bind", "product": text, "scenario": text, "goal": [{"custom": "bound"}], "steps": [
        step("bind.number", json!([{"screen": "/cards/bind"}]), json!([{"endpoint": "POST /cards/check"}]), json!([])),
        step("bind.code", json!([{"screen": "/cards/bind"}, {"target": "bind.code*"}]), json!([{"endpoint": "POST /cards/verify"}]), json!([])),
        step("bind.done", json!([{"screen": "/cards/done"}]), json!([{"screen": "/cards/done"}]), json!([])),
    ]});
    let pay = json!({"id": "pay", "product": text, "scenario": text, "pays": true, "goal": [{"screen": "/pay/receipt"}], "steps": [
        step("pay.amount", json!([{"screen": "/pay/*"}]), json!([{"target": "pay.next"}]), json!(["pay.method", "pay.result"])),
        step("pay.method", json!([{"screen": "/pay/method"}]), json!([{"target": "pay.confirm"}]), json!(["pay.result"])),
        step("pay.result", json!([{"screen": "/pay/result"}]), json!([{"endpoint": "POST /payments"}]), json!([])),
    ]});
    let playbook = json!({"version": 1, "id": "app", "languages": ["zh", "en"], "journeys": [bind, pay],
        "stuck_points": [], "cards": [], "hours": {"utc_offset_minutes": 0, "week": [[],[],[],[],[],[],[]], "text": text}});
    parse(&playbook.to_string()).unwrap()
}

/// `kind subject @screen`, as one writes it on paper.
fn event(t: i64, line: &str) -> Event {
    let (what, screen) = line.split_once('@').unwrap();
    let (kind, subject) = what.trim().split_once(' ').unwrap_or((what.trim(), ""));
    let mut json = match kind {
        "tap" => json!({"kind": "tap", "target": subject}),
        "ok" => json!({"kind": "api", "endpoint": subject, "status": "ok"}),
        "fails" => json!({"kind": "api", "endpoint": subject, "status": "server"}),
        "track" => json!({"kind": "custom", "name": subject}),
        "scroll" => json!({"kind": "scroll", "reversals": 0, "distance_px": 10, "duration_ms": 10}),
        _ => json!({"kind": "screen"}),
    };
    json["t"] = t.into();
    json["screen"] = screen.into();
    serde_json::from_value(json).unwrap()
}

struct After {
    event: &'static str,
    step: Option<&'static str>,
    entered: bool,
    succeeded: &'static [&'static str],
    goal: Option<&'static str>,
    progress: f32,
}

const fn after(event: &'static str, step: Option<&'static str>, progress: f32) -> After {
    After { event, step, entered: false, succeeded: &[], goal: None, progress }
}

fn walk(walks: &[After]) {
    let playbook = playbook();
    let mut tracker = Tracker::default();
    for (n, expected) in walks.iter().enumerate() {
        let place = tracker.observe(&playbook, &event(n as i64, expected.event));
        let seen = (place.step.as_deref(), place.entered, place.succeeded, place.goal.as_deref());
        let succeeded: Vec<_> = expected.succeeded.iter().map(|s| (*s).to_owned()).collect();
        assert_eq!(
            seen,
            (expected.step, expected.entered, succeeded, expected.goal),
            "{n}: {}",
            expected.event
        );
        let off = (tracker.progress() - expected.progress).abs();
        assert!(off < 1e-3, "{n}: {}: progress {}", expected.event, tracker.progress());
        let saved = serde_json::to_string(&tracker).unwrap();
        assert_eq!(serde_json::from_str::<Tracker>(&saved).unwrap(), tracker, "{n}: save and restore");
    }
}

#[test]
fn two_steps_on_one_screen_follow_each_other_by_success() {
    walk(&[
        after("screen @/home", None, 0.0),
        After { entered: true, ..after("screen @/cards/bind", Some("bind.number"), 0.0) },
        after("scroll @/cards/bind", Some("bind.number"), 0.0),
        after("fails POST /cards/check@/cards/bind", Some("bind.number"), 0.0),
        After {
            entered: true,
            succeeded: &["bind.number"],
            ..after("ok POST /cards/check@/cards/bind", Some("bind.code"), 0.333)
        },
        after("scroll @/cards/bind", Some("bind.code"), 0.333),
        After {
            succeeded: &["bind.code"],
            ..after("ok POST /cards/verify@/cards/bind", Some("bind.code"), 0.666)
        },
        After {
            entered: true,
            succeeded: &["bind.done"],
            ..after("screen @/cards/done", Some("bind.done"), 1.0)
        },
        After { goal: Some("bind"), ..after("track bound@/cards/done", Some("bind.done"), 1.0) },
        after("track bound@/cards/done", Some("bind.done"), 1.0),
        After { entered: true, ..after("screen @/cards/bind", Some("bind.number"), 0.0) },
    ]);
}

#[test]
fn a_named_target_beats_the_screen() {
    walk(&[
        After { entered: true, ..after("screen @/cards/bind", Some("bind.number"), 0.0) },
        After { entered: true, ..after("tap bind.code.field@/cards/bind", Some("bind.code"), 0.0) },
        after("scroll @/cards/bind", Some("bind.code"), 0.0),
    ]);
}

#[test]
fn a_screen_of_no_step_leaves_and_coming_back_goes_on() {
    walk(&[
        After { entered: true, ..after("screen @/pay/amount", Some("pay.amount"), 0.0) },
        After { succeeded: &["pay.amount"], ..after("tap pay.next@/pay/amount", Some("pay.amount"), 0.5) },
        after("screen @/help", None, 0.5),
        after("ok GET /help@/help", None, 0.5),
        After { entered: true, ..after("screen @/pay/method", Some("pay.method"), 0.333) },
        After {
            succeeded: &["pay.method"],
            ..after("tap pay.confirm@/pay/method", Some("pay.method"), 0.666)
        },
        After { entered: true, ..after("screen @/pay/result", Some("pay.result"), 0.666) },
        after("screen @/home", None, 0.666),
        After { succeeded: &["pay.result"], ..after("ok POST /payments@/home", None, 1.0) },
        After { goal: Some("pay"), entered: true, ..after("screen @/pay/receipt", Some("pay.amount"), 1.0) },
    ]);
}

#[test]
fn a_late_answer_of_the_screen_before_moves_nobody() {
    walk(&[
        After { entered: true, ..after("screen @/cards/bind", Some("bind.number"), 0.0) },
        after("screen @/home", None, 0.0),
        after("fails GET /cards@/cards/bind", None, 0.0),
    ]);
}

#[test]
fn the_place_tells_later_stages_what_they_need() {
    let mut tracker = Tracker::default();
    let place = tracker.observe(&playbook(), &event(7, "screen @/pay/method"));
    let expected = Place {
        step: Some("pay.method".into()),
        commit: Some("pay.method.go".into()),
        typical_ms: 9_000,
        pays: true,
        entered: true,
        since: Millis(7),
        ..Place::default()
    };
    assert_eq!(place, expected);
    assert_eq!(
        tracker.observe(&playbook(), &event(9, "screen @/home")),
        Place { since: Millis(9), ..Place::default() }
    );
    assert_eq!(tracker.last_step(), Some("pay.method"));
}
