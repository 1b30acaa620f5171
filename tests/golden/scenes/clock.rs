//! Clocks that jump, stand still and run backwards in the middle of trouble.

use serde_json::json;

use super::struggle::answer_offer;
use crate::visit::Visit;

const SECOND: i64 = 1_000;
const HOUR: i64 = 3_600 * SECOND;

pub fn jumps(visit: &mut Visit) {
    visit.goes(60, "/cards/new");
    for _ in 0..visit.dice.between(4, 10) {
        jump(visit);
        visit.types(visit.pause(), "bind.number", "medium", Some(false));
        visit.submits("bind");
        jump(visit);
        visit.event(
            30,
            json!({ "kind": "validation_error", "field": "bind.number", "code": "invalid_number" }),
        );
    }
    visit.waits(3_000);
    answer_offer(visit);
}

fn jump(visit: &mut Visit) {
    match visit.dice.between(0, 12) {
        // The same time again, a little back, far back.
        0 => visit.waits(0),
        1 => visit.waits(-400),
        2 => visit.event(-900, json!({ "kind": "activity", "what": "focus" })),
        3 => {
            let back = visit.dice.between(1_001, 20 * SECOND);
            visit.event(-back, json!({ "kind": "help" }));
        }
        4 => visit.waits(-3 * HOUR),
        5 => visit.event(-40 * 24 * HOUR, json!({ "kind": "visibility", "visible": true })),
        // A sleep, another visit, another day.
        6 => visit.event(10 * 60 * SECOND, json!({ "kind": "visibility", "visible": true })),
        7 => visit.event(31 * 60 * SECOND, json!({ "kind": "screen", "how": "reload" })),
        8 => visit.waits(26 * HOUR),
        _ => {}
    }
}
