//! The frustration rules of Datadog RUM, for comparison, as far as our events tell what they read.
//!
//! Read in browser-sdk (`clickChain`, `computeFrustration`, `waitPageActivityEnd`): clicks on the same
//! target, at most 100 px and 1 s apart, are a chain; three within a second are a rage click; a click
//! without page activity is dead, but on text fields, selects, canvas and links; a click that an error
//! of the code follows is an error click.

use unstuck::{
    Event, EventKind,
    event::{Control, Opens, Tap},
};

/// Clicks of one chain are at most so far apart, in milliseconds and pixels.
const CHAIN_MS: i64 = 1_000;
const CHAIN_PX: i32 = 100;
/// So many clicks within a second are rage.
const RAGE: usize = 3;
/// Page activity this soon makes a click live, in milliseconds: `waitPageActivityEnd` begins with it.
const ACTIVITY_MS: i64 = 100;
/// An error this soon belongs to the click, in milliseconds.
const ERROR_MS: i64 = 1_000;

/// When a frustration was certain, in order; times as in the events.
pub fn frustrations(events: &[Event]) -> Vec<i64> {
    let mut found = Vec::new();
    let mut chain: Vec<(i64, &Tap)> = Vec::new();
    for (i, event) in events.iter().enumerate() {
        let EventKind::Tap(tap) = &event.kind else { continue };
        let t = event.t.0;
        let goes_on = chain.last().is_some_and(|(at, last)| {
            t - at <= CHAIN_MS
                && last.target == tap.target
                && (last.x - tap.x).abs().max((last.y - tap.y).abs()) <= CHAIN_PX
        });
        if !goes_on {
            chain.clear();
        }
        chain.push((t, tap));
        let burst = chain.iter().filter(|(at, _)| t - at <= 1_000).count();
        if burst == RAGE {
            found.push(t);
        }
        let after = || events[i + 1..].iter().take_while(move |e| e.t.0 - t <= ERROR_MS);
        if let Some(error) = after().find(|e| matches!(e.kind, EventKind::JsError { .. })) {
            found.push(error.t.0);
        } else if chain.len() == 1 && may_be_dead(tap) && !after().any(|e| is_activity(e, t)) {
            found.push(t + ACTIVITY_MS);
        }
    }
    found.sort_unstable();
    found
}

fn may_be_dead(tap: &Tap) -> bool {
    let live = [Control::Text, Control::Select, Control::Link, Control::Media];
    !live.contains(&tap.control) && tap.opens == Opens::Nothing
}

/// The page did something: it changed, called, or went elsewhere.
fn is_activity(event: &Event, click: i64) -> bool {
    let moved = matches!(
        event.kind,
        EventKind::Activity { .. }
            | EventKind::Api(_)
            | EventKind::Screen { .. }
            | EventKind::Input(_)
            | EventKind::Scroll { .. }
    );
    moved && event.t.0 - click <= ACTIVITY_MS
}

#[cfg(test)]
mod tests {
    use unstuck::{Millis, event::Activity};

    use super::*;

    fn at(t: i64, kind: EventKind) -> Event {
        Event { t: Millis(t), screen: "/".into(), kind }
    }

    fn tap(t: i64) -> Event {
        at(t, EventKind::Tap(Tap { target: "go".into(), control: Control::Button, ..Tap::default() }))
    }

    fn stir(t: i64) -> Event {
        at(t, EventKind::Activity { what: Activity::Dom })
    }

    #[test]
    fn rage_dead_and_error_clicks_are_found() {
        assert!(frustrations(&[tap(0), stir(50)]).is_empty(), "a click that works");
        assert_eq!(frustrations(&[tap(0), stir(500)]), [100], "a dead click");
        assert_eq!(
            frustrations(&[tap(0), stir(50), tap(300), stir(320), tap(600), stir(620)]),
            [600],
            "rage"
        );
        let error = at(90, EventKind::JsError { class: String::new() });
        assert_eq!(frustrations(&[tap(0), error]), [90], "an error click");
    }
}
