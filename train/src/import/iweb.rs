//! iWeb: people with a map under injected latency, who then rate it from 1 to 5.
//!
//! A load is a call with its latency, a press is a tap on the map. A rating of 2 or less counts as stuck,
//! for the whole visit: it is a judgement of the whole. Each person is a playbook of their own, so that
//! parting by app is parting by person.

use unstuck::{
    Event, EventKind, Millis, Result,
    event::{Api, Control, How, StatusClass, Tap},
    playbook::Match,
};

use super::{playbook, refusal, step};
use crate::traces::{self, Labels, Trace};

/// The worst rating that is not good enough.
const POOR: u32 = 2;

/// Reads `sessions.csv`. An error names the line.
pub fn visits(text: &str) -> Result<Vec<Trace>> {
    let rows = text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(i, line)| visit(i + 1, &fields(line))).collect()
}

/// The fields of a line; those in quotes have commas.
fn fields(line: &str) -> Vec<&str> {
    let mut quoted = false;
    let split = line.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    split.map(|field| field.trim_matches('"')).collect()
}

fn visit(number: usize, fields: &[&str]) -> Result<Trace> {
    let [id, kind, loads, rating, _, clicks, subject] = fields else {
        return Err(refusal(number, format!("a row has 7 fields, this one has {}", fields.len())));
    };
    let rating: u32 = rating.parse().map_err(|_| refusal(number, format!("`{rating}` is no rating")))?;
    let screen = format!("/{kind}");
    let mut events = Vec::new();
    for load in loads.split(',') {
        let mut parts = load.split(':').map(str::parse::<i64>);
        let (Some(Ok(t)), Some(Ok(latency))) = (parts.next(), parts.next()) else { continue };
        let latency_ms = latency.clamp(0, 600_000) as u32;
        let endpoint = "GET /tiles".to_owned();
        events.push(event(
            t - i64::from(latency_ms),
            &screen,
            EventKind::Api(Api { endpoint: endpoint.clone(), ..Api::default() }),
        ));
        let end = Api { endpoint, status: StatusClass::Ok, latency_ms, ..Api::default() };
        events.push(event(t, &screen, EventKind::Api(end)));
    }
    for press in clicks.split(',').filter_map(|click| click.split_once("Down:")) {
        let mut parts = press.1.split(':').map(str::parse::<i64>);
        let (Some(Ok(t)), Some(Ok(x)), Some(Ok(y))) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let tap =
            Tap { target: "map".into(), control: Control::Media, x: x as i32, y: y as i32, ..Tap::default() };
        events.push(event(t, &screen, EventKind::Tap(tap)));
    }
    events.sort_by_key(|event| event.t);
    let Some((first, last)) = events.first().zip(events.last()).map(|(a, b)| (a.t.0, b.t.0)) else {
        return Err(refusal(number, "the row has no loads and no clicks"));
    };
    events.insert(0, event(first, &screen, EventKind::Screen { how: How::Forward }));
    let stuck = rating <= POOR;
    let labels =
        Labels { stuck, from: stuck.then_some(first), until: stuck.then_some(last + 1), ..Labels::default() };
    let goal = Match { custom: Some("done".into()), ..Match::default() };
    let map = step("map".into(), screen.clone(), 60_000);
    let playbook = playbook(format!("iweb-{subject}"), vec![map], goal);
    Ok(Trace { version: traces::VERSION, session: format!("iweb-{id}"), playbook, events, labels })
}

fn event(t: i64, screen: &str, kind: EventKind) -> Event {
    Event { t: Millis(t), screen: screen.to_owned(), kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loads_are_calls_and_presses_are_taps() {
        let text = ",typ,iLTs,ACR,net_delay,mouse_clicks,subject\n\
                    7,map,\"5000:900,9000:1200,9900\",2,850ms,\"900:Down:4000:10:20:0,up:4100:10-20:0\",3\n";
        let visit = visits(text).unwrap().remove(0);
        assert_eq!(visit.playbook.id, "iweb-3");
        assert!(visit.labels.stuck);
        let times: Vec<_> = visit.events.iter().map(|e| e.t.0).collect();
        assert_eq!(times, [4000, 4000, 4100, 5000, 7800, 9000], "screen, tap, call, its end, call, its end");
    }

    #[test]
    fn a_short_row_is_named() {
        assert_eq!(visits("head\n1,map\n").unwrap_err().place(), "line 2");
    }
}
