//! What came out of one input, in a line: enough to see which decision changed, and by how much.
//!
//! `0.31219 -1.5 suggest: believed dead_click | 12-1 suggest bind.number.rejected 0.91 believed`: stuck, worth
//! and decision, the signals that fired, then each action by its key, what it is about and its reasons.

use serde_json::Value;

use crate::trace::TOLERANCE;

/// Digits after the point that are kept of a number: more than the tolerance needs.
const DIGITS: usize = 6;

/// The short form of one output.
pub fn of(output: &Value) -> String {
    if let Some(error) = output.get("error") {
        return format!("refused {} {}", text(error, "kind"), text(error, "place"));
    }
    let explain = &output["explain"];
    let mut words =
        vec![number(&explain["stuck"]), number(&explain["worth"]), text(explain, "decision").into()];
    words.extend(list(&explain["signals"]).map(|signal| text(signal, "kind").to_owned()));
    for action in list(&output["actions"]) {
        words.push(format!("| {} {}", text(action, "key"), text(action, "do")));
        words.extend(about(action));
        words.extend(list(&action["reasons"]).map(|reason| text(reason, "code").to_owned()));
    }
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

/// What an action is about.
fn about(action: &Value) -> Vec<String> {
    let named =
        ["stuck_point", "offer", "tool", "guide", "state", "handoff"].map(|name| match &action[name] {
            Value::String(word) => word.clone(),
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        });
    let mut words = named.to_vec();
    words.push(text(&action["card"], "id").to_owned());
    if action.get("probability").is_some() {
        words.push(number(&action["probability"]));
    }
    words.extend(list(&action["choices"]).map(|choice| format!("[{}]", text(choice, "id"))));
    words
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn number(value: &Value) -> String {
    let rounded = format!("{:.DIGITS$}", value.as_f64().unwrap_or_default());
    let short = rounded.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// Where two lists of short forms differ, if they do.
pub fn difference(is: &[Value], was: &[Value]) -> Option<String> {
    if is.len() != was.len() {
        return Some(format!("{} outputs, were {}", is.len(), was.len()));
    }
    let pairs = is.iter().zip(was).enumerate();
    pairs.into_iter().find_map(|(at, (is, was))| {
        let (is, was) = (is.as_str()?, was.as_str()?);
        (!same(is, was)).then(|| format!("input {at}:\n  is  {is}\n  was {was}"))
    })
}

fn same(is: &str, was: &str) -> bool {
    let near = |(is, was): (&str, &str)| match (is.parse::<f64>(), was.parse::<f64>()) {
        (Ok(is), Ok(was)) => (is - was).abs() <= TOLERANCE + 1e-6,
        _ => is == was,
    };
    is.split(' ').count() == was.split(' ').count() && is.split(' ').zip(was.split(' ')).all(near)
}

#[test]
fn numbers_may_differ_a_little_and_words_not_at_all() {
    let was = "0.31 1.5 suggest: believed | 12-1 suggest a.b 0.91 believed";
    for (is, expected) in [
        (was, true),
        ("0.31009 1.5 suggest: believed | 12-1 suggest a.b 0.91 believed", true),
        ("0.3102 1.5 suggest: believed | 12-1 suggest a.b 0.91 believed", false),
        ("0.31 1.5 suggest: believed | 12-2 suggest a.b 0.91 believed", false),
        ("0.31 1.5 suggest: believed", false),
    ] {
        assert_eq!(same(is, was), expected, "{is}");
    }
}
