use serde_json::{Value, json};

use super::*;
use crate::simulator::{Odds, simulate};

/// A visit as a customer gives it: tries a declined call twice at the first step.
fn visit(labels: Value, more: &[Value]) -> String {
    let playbook = simulate(1, 1, Odds::default()).next().unwrap().playbook;
    let (screen, step) = {
        let step = &playbook.journeys[0].steps[0];
        (step.at[0].screen.clone().unwrap(), step.id.clone())
    };
    assert!(step.ends_with("s0"));
    let call = |t: i64, status: &str| json!({"t": t, "screen": screen, "kind": "api", "endpoint": "POST /x", "status": status, "latency_ms": 50});
    let tap = |t: i64| json!({"t": t, "screen": screen, "kind": "tap", "target": "x", "control": "button"});
    let mut events = vec![json!({"t": 1_000, "screen": screen, "kind": "screen"})];
    for t in [5_000, 15_000, 25_000] {
        events.extend([tap(t), call(t + 100, "pending"), call(t + 300, "server")]);
    }
    events.extend(more.iter().cloned());
    json!({"session": "s", "playbook": playbook, "events": events, "labels": labels}).to_string()
}

fn labels(text: &str) -> Labels {
    read(text).unwrap_or_else(|e| panic!("{e}")).remove(0).labels
}

#[test]
fn a_trace_survives_its_file() {
    for trace in simulate(1, 30, Odds::default()) {
        let line = serde_json::to_string(&trace).unwrap();
        assert_eq!(read(&format!("{line}\n\n{line}\n")).unwrap(), [trace.clone(), trace]);
    }
}

#[test]
fn bad_input_gets_a_sentence_with_the_line() {
    let good = visit(json!({}), &[]);
    let mut version: Value = serde_json::from_str(&good).unwrap();
    version["version"] = json!(9);
    let mut playbook: Value = serde_json::from_str(&good).unwrap();
    playbook["playbook"]["version"] = json!(9);
    let cases = [
        ("".to_owned(), "line 1", "no visits"),
        (format!("{good}\n{{\"session\": 1}}"), "line 2", "a line is one visit"),
        (format!("{good}\n{version}"), "line 2", "version is 9; this program reads version 1"),
        (playbook.to_string(), "line 1", "playbook's version is 9"),
        (format!("\n{}", visit(json!({"step": "nowhere"}), &[])), "line 2", "step `nowhere`"),
        (visit(json!({"stuck": true, "from": 9, "until": 3}), &[]), "line 1", "which is earlier"),
        (visit(json!({"cause": "bad luck"}), &[]), "line 1", "unknown variant"),
    ];
    for (text, place, says) in cases {
        let error = read(&text).unwrap_err();
        assert_eq!(error.place(), place, "{error}");
        assert!(error.detail().contains(says), "{error}");
    }
}

#[test]
fn visits_of_one_kind_are_refused() {
    let all = |stuck| simulate(2, 20, Odds { stuck, ..Odds::default() }).collect::<Vec<_>>();
    for (traces, says) in [(all(0.0), "none of the visits"), (all(1.0), "all of the visits")] {
        let error = both_kinds(&traces).unwrap_err();
        assert!(error.detail().contains(says) && error.place() == "line 20", "{error}");
    }
    assert_eq!(both_kinds(&simulate(2, 40, Odds::default()).collect::<Vec<_>>()), Ok(()));
}

#[test]
fn opening_the_help_or_asking_a_human_ends_what_began_with_the_first_signal() {
    let help = json!({"t": 40_000, "kind": "help"});
    for text in [
        visit(json!({}), std::slice::from_ref(&help)),
        visit(json!({"contact_at": 40_000}), &[]),
        visit(json!({"help_opened_at": 40_000}), &[]),
    ] {
        let labels = labels(&text);
        assert_eq!((labels.stuck, labels.until, labels.help_opened_at), (true, Some(40_000), Some(40_000)));
        assert_eq!(labels.step.as_deref(), Some("j0.s0"));
        assert!((5_000..20_000).contains(&labels.from.unwrap()), "{labels:?}");
    }
}

#[test]
fn an_offer_taken_up_counts_and_one_sent_away_does_not() {
    let outcome = |what: &str| json!({"t": 41_000, "kind": "outcome", "offer": 1, "what": what});
    let accepted = labels(&visit(json!({}), &[outcome("accepted")]));
    assert_eq!((accepted.stuck, accepted.until), (true, Some(41_000)));
    assert!(!labels(&visit(json!({}), &[outcome("dismissed")])).stuck);
}

#[test]
fn leaving_in_trouble_counts_and_a_word_that_says_otherwise_wins() {
    let left = labels(&visit(json!({}), &[]));
    assert!(left.stuck && left.gave_up, "{left:?}");
    assert!(!labels(&visit(json!({"stuck": false}), &[])).stuck);
    let sure = labels(&visit(json!({"stuck": true, "from": 2_000, "until": 9_000, "cause": "slow"}), &[]));
    assert_eq!((sure.from, sure.until, sure.cause), (Some(2_000), Some(9_000), Some(Cause::Slow)));
}
