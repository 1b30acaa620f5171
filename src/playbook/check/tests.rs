//! Each case spoils one thing in the fixture playbook and says what must be found, and where.

use serde_json::{Value, json};

use super::*;
use crate::playbook::from_value;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../tests/fixtures/playbook.json")).unwrap()
}

fn errors(playbook: Value) -> Vec<Problem> {
    let mut problems = check(&from_value(playbook).unwrap());
    problems.retain(|p| p.severity == Severity::Error);
    problems
}

#[test]
fn the_fixture_has_no_error() {
    assert_eq!(errors(fixture()), []);
    assert!(ensure_sound(&from_value(fixture()).unwrap()).is_ok());
}

struct Case {
    /// What is put where.
    spoil: (&'static str, Value),
    place: &'static str,
    what: &'static str,
}

fn case(at: &'static str, value: Value, place: &'static str, what: &'static str) -> Case {
    Case { spoil: (at, value), place, what }
}

fn run(cases: Vec<Case>, severity: Severity) {
    let mut missed = Vec::new();
    for Case { spoil: (at, value), place, what } in cases {
        let mut playbook = fixture();
        let (parent, key) = at.rsplit_once('/').unwrap();
        match playbook.pointer_mut(parent) {
            Some(Value::Array(list)) => match key.parse::<usize>().ok().filter(|n| *n < list.len()) {
                Some(n) => list[n] = value,
                None => list.push(value),
            },
            Some(Value::Object(map)) => drop(map.insert(key.into(), value)),
            _ => panic!("{at}: the fixture has no such place"),
        }
        let found = check(&from_value(playbook).unwrap_or_else(|e| panic!("{at}: {e}")));
        if !found.iter().any(|p| p.severity == severity && p.place == place && p.what.contains(what)) {
            missed.push(format!("{at}: wanted {place}: {what}; found {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

fn text() -> Value {
    json!({"zh": "字", "en": "text"})
}

fn flow(nodes: Value) -> Value {
    json!({"id": "spoilt", "nodes": nodes})
}

#[test]
fn finds_ids_and_references() {
    let card = json!({"id": "spoilt", "title": text(), "body": text()});
    run(
        vec![
            case("/version", json!(2), "/version", "version 2 is not known"),
            case("/journeys/0/steps/1/id", json!("a b"), "/journeys/0/steps/1/id", "`a b` cannot be an id"),
            case("/cards/0/guide", json!("nowhere"), "/cards/0/guide", "no guide `nowhere`"),
            case("/cards/0/flow", json!("nowhere"), "/cards/0/flow", "no flow `nowhere`"),
            case("/stuck_points/0/step", json!("nowhere"), "/stuck_points/0/step", "no step `nowhere`"),
            case("/stuck_points/0/help", json!({"card": "no"}), "/stuck_points/0/help/card", "no card `no`"),
            case("/intents/0/reply", json!({"flow": "no"}), "/intents/0/reply/flow", "no flow `no`"),
            case(
                "/escalations/0/intents",
                json!(["no"]),
                "/escalations/0/intents/0",
                "no intent or stuck point",
            ),
            case("/journeys/0/steps/0/next", json!(["no"]), "/journeys/0/steps/0/next/0", "has no step `no`"),
        ],
        Severity::Error,
    );
    run(
        vec![case("/cards/-", card, "/cards/", "nothing leads to card `spoilt`")]
            .into_iter()
            .map(last_card)
            .collect(),
        Severity::Warning,
    );
}

#[test]
fn finds_wording_and_settings_that_cannot_be() {
    let wording = |wording: Value, place, what| case("/wording", wording, place, what);
    let hours = json!({"unavailable": {"zh": "{hours}，请留言。", "en": "Leave a message."}});
    let known = json!({"helo": text()});
    run(
        vec![
            wording(known, "/wording/helo", "no sentence `helo`"),
            wording(hours, "/wording/unavailable/en", "does not say `{hours}`"),
        ],
        Severity::Error,
    );
    let settings = json!({"dialogue": {"answer_at": 55, "clarify_margin": 0.0}});
    run(
        vec![case("/settings", settings, "/settings/dialogue/answer_at", "not a probability")],
        Severity::Error,
    );
    let mut playbook = fixture();
    playbook["wording"] =
        json!({"hello": text(), "queued_at": {"zh": "第 {position} 位", "en": "#{position}"}});
    assert_eq!(errors(playbook), []);
}

/// The card goes to the end of the list, whose length is the fixture's business.
fn last_card(mut case: Case) -> Case {
    let end = fixture()["cards"].as_array().unwrap().len();
    case.place = Box::leak(format!("/cards/{end}").into_boxed_str());
    case
}

#[test]
fn finds_ids_used_twice() {
    for list in ["journeys", "stuck_points", "cards", "tools", "flows", "intents", "escalations"] {
        let mut playbook = fixture();
        let items = playbook[list].as_array_mut().unwrap();
        items.push(items[0].clone());
        let place = format!("/{list}/{}/id", items.len() - 1);
        assert!(errors(playbook).iter().any(|p| p.place == place && p.what.contains("already")), "{list}");
    }
}

#[test]
fn finds_rules_that_cannot_hold_and_numbers_that_cannot_be() {
    let rule = |rule: Value, what| case("/journeys/0/goal", json!([rule]), "/journeys/0/goal/0", what);
    let hours = |day: Value, what| case("/hours/week/0", day, "/hours/week/0/0", what);
    run(
        vec![
            rule(json!({}), "without parts"),
            rule(json!({"target": "a", "endpoint": "GET /a"}), "more than one of"),
            rule(json!({"endpoint": "GET /a", "status": "pending"}), "has not ended"),
            rule(json!({"screen": "/a", "status": "ok"}), "belongs to an endpoint"),
            rule(json!({"screen": ""}), "empty or overlong"),
            case(
                "/journeys/0/steps/0/at",
                json!([]),
                "/journeys/0/steps/0/at",
                "nothing shows that someone is at",
            ),
            case("/journeys/0/steps/0/typical_ms", json!(0), "/journeys/0/steps/0/typical_ms", "0 ms"),
            case("/stuck_points/0/worth", json!(-1.0), "/stuck_points/0/worth", "never to help"),
            case("/stuck_points/0/evidence", json!([{}]), "/stuck_points/0/evidence/0", "asks for nothing"),
            case("/escalations/0/priority", json!(0), "/escalations/0/priority", "priority of 0"),
            case("/hours/utc_offset_minutes", json!(4800), "/hours/utc_offset_minutes", "no clock"),
            hours(json!([[600, 540]]), "[600, 540] is no span"),
            hours(json!([[0, 1441]]), "is no span"),
            case("/hours/week/0", json!([[0, 60], [30, 90]]), "/hours/week/0/1", "overlaps"),
        ],
        Severity::Error,
    );
    run(
        vec![case(
            "/hours/week",
            json!([[], [], [], [], [], [], []]),
            "/hours/week",
            "nobody is ever on duty",
        )],
        Severity::Warning,
    );
}

#[test]
fn finds_ways_that_lead_nowhere() {
    let say = |id: &str, next: Value| json!({"id": id, "do": "say", "text": text(), "next": next});
    let cases = [
        (json!([say("a", Value::Null), say("b", Value::Null)]), "/nodes/1", "no node leads to `b`"),
        (json!([say("a", json!("b")), say("b", json!("a"))]), "/nodes/0", "goes round for ever"),
        (json!([say("a", json!("c"))]), "/nodes/0/next", "has no node `c`"),
        (json!([]), "/nodes", "says nothing"),
        (
            json!([{"id": "t", "do": "tool", "tool": "any", "next": {"done": "e"}}, say("e", Value::Null)]),
            "/nodes/0/next",
            "no way to go when the tool fails",
        ),
        (
            json!([{"id": "c", "do": "choose", "text": text(), "options": []}]),
            "/nodes/0/options",
            "offers no answer",
        ),
    ];
    for (nodes, below, what) in cases {
        let mut playbook = fixture();
        playbook["flows"] = json!([flow(nodes)]);
        let place = format!("/flows/0{below}");
        let found = errors(playbook);
        assert!(found.iter().any(|p| p.place == place && p.what.contains(what)), "{what}: {found:#?}");
    }
}

#[test]
fn finds_steps_that_nothing_leads_to_and_rounds_without_end() {
    let mut journey = fixture()["journeys"][0].clone();
    let last = journey["steps"].as_array().unwrap().len() - 1;
    let first = journey["steps"][0]["id"].clone();
    let end = journey["steps"][last]["id"].clone();
    let mut playbook = fixture();
    journey["steps"][last]["next"] = json!([first]);
    playbook["journeys"][0] = journey.clone();
    assert!(errors(playbook.clone()).iter().any(|p| p.what.contains("round for ever")));

    journey["steps"][last]["next"] = json!([]);
    for step in journey["steps"].as_array_mut().unwrap().iter_mut().take(last) {
        step["next"] = json!([end]);
    }
    playbook["journeys"][0] = journey;
    let unreached = errors(playbook).iter().filter(|p| p.what.starts_with("no step leads to")).count();
    assert_eq!(unreached, last - 1);
}

#[test]
fn finds_missing_translations_and_questions_that_tell_nothing_apart() {
    run(
        vec![
            case("/cards/0/title", json!({"zh": "字"}), "/cards/0/title", "missing in en"),
            case(
                "/stuck_points/0/offer",
                json!({"zh": "字", "en": " "}),
                "/stuck_points/0/offer",
                "missing in en",
            ),
            case("/languages", json!([]), "/languages", "no language"),
            case(
                "/stuck_points/0/questions",
                json!({"en": ["", "b"]}),
                "/stuck_points/0/questions/en/0",
                "empty",
            ),
        ],
        Severity::Error,
    );
    run(
        vec![
            case(
                "/stuck_points/0/questions",
                json!({"en": ["a", "A?"]}),
                "/stuck_points/0/questions/en/1",
                "twice",
            ),
            case(
                "/stuck_points/0/questions",
                json!({"en": ["a"]}),
                "/stuck_points/0/questions",
                "0 example questions in zh",
            ),
            case("/languages", json!(["en"]), "/cards/0/title/zh", "nobody will see"),
        ],
        Severity::Warning,
    );
    let mut playbook = fixture();
    playbook["stuck_points"][0]["questions"]["en"] = json!(["Where is my code?"]);
    playbook["stuck_points"][1]["questions"]["en"] = json!(["where is my CODE"]);
    let found = errors(playbook);
    assert!(
        found.iter().any(|p| p.place == "/stuck_points/1/questions/en/0" && p.what.contains("same words"))
    );
}

#[test]
fn refuses_more_than_the_caps() {
    let mut playbook = fixture();
    let rules = vec![json!({"screen": "/a"}); Cap::RULES.max + 1];
    playbook["journeys"][0]["goal"] = json!(rules);
    let found = errors(playbook);
    assert!(
        found.iter().any(|p| p.place == "/journeys/0/goal" && p.what == "17 rules are too many"),
        "{found:#?}"
    );
}

#[test]
fn what_does_not_parse_names_its_place() {
    let cases = [
        ("/cards/0/title/fr", json!("x"), "/cards/0/title", "unknown variant `fr`"),
        ("/cards/0/titel", json!("x"), "/cards/0", "unknown field `titel`"),
        ("/journeys/0/steps/0/typical_ms", json!("soon"), "/journeys/0/steps/0/typical_ms", "expected u32"),
        ("/flows/0/nodes/0/nxt", json!("x"), "/flows/0/nodes/0", "unknown field `nxt`"),
    ];
    for (at, value, place, detail) in cases {
        let mut playbook = fixture();
        let (parent, key) = at.rsplit_once('/').unwrap();
        playbook.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(key.into(), value);
        let error = crate::playbook::parse(&playbook.to_string()).unwrap_err();
        assert!(error.place().starts_with(place) && error.detail().contains(detail), "{at}: {error}");
    }
}

#[test]
fn plain_words_say_something_of_their_own_with_the_same_values() {
    let offer = |plain: Value| json!({"zh": "查{order}？", "en": "Look up {order}?", "plain": plain});
    let at = "/stuck_points/0/offer";
    let said = |plain: Value, place: &'static str, what: &'static str| case(at, offer(plain), place, what);
    run(
        vec![
            said(json!({"en": " "}), "/stuck_points/0/offer/plain/en", "the plain words are empty"),
            said(json!({"zh": "帮您查？"}), "/stuck_points/0/offer/plain/zh", "do not say `{order}`"),
            said(
                json!({"en": format!("{{order}}{}", "x".repeat(2_000))}),
                "/stuck_points/0/offer/plain/en",
                "2007 characters are too many",
            ),
        ],
        Severity::Error,
    );
    run(
        vec![said(
            json!({"en": "Look up {order}?"}),
            "/stuck_points/0/offer/plain/en",
            "the plain words are the usual ones",
        )],
        Severity::Warning,
    );
    let mut half = fixture();
    half["stuck_points"][0]["offer"] = offer(json!({"en": "Shall I look at {order} for you?"}));
    assert_eq!(errors(half), [], "one language may have them and the other not");
}
