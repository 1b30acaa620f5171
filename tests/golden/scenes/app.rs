//! People who get on well.

use serde_json::json;

use super::struggle::answer_offer;
use crate::visit::Visit;

pub fn links_a_card(visit: &mut Visit) {
    visit.taps(visit.pause(), "nav.cards", "link");
    visit.goes(60, "/cards/new");
    visit.types(visit.pause(), "bind.number", "medium", Some(true));
    visit.types(visit.pause(), "bind.name", "short", Some(true));
    visit.submits("bind");
    visit.calls("POST /api/cards", "ok", 380, "");
    visit.goes(40, "/cards/verify");
    visit.types(visit.pause(), "verify.code", "medium", None);
    visit.submits("verify");
    visit.calls("POST /api/cards/verify", "ok", 250, "");
    visit.goes(40, "/cards/done");
}

pub fn pays(visit: &mut Visit) {
    visit.taps(visit.pause(), "nav.pay", "link");
    visit.goes(60, "/pay");
    visit.event(visit.pause(), json!({ "kind": "search", "results": 4 }));
    visit.taps(visit.pause(), "pay.result", "link");
    visit.goes(60, "/pay/:id");
    visit.types(visit.pause(), "pay.amount", "short", Some(true));
    visit.taps(visit.pause(), "pay.submit", "button");
    visit.calls("POST /api/payments", "ok", 700, "");
    visit.goes(40, "/pay/done");
    visit.event(visit.pause(), json!({ "kind": "custom", "name": "receipt_saved" }));
}

/// Round and round, up and down, in and straight out again.
pub fn looks_around(visit: &mut Visit) {
    if visit.dice.percent(50) {
        for _ in 0..3 {
            for screen in ["/cards", "/pay", "/help/topics"] {
                visit.goes(4_200, screen);
            }
        }
    }
    for _ in 0..visit.dice.between(1, 3) {
        visit.goes(2_000, "/settings");
        visit.arrives(1_900, "/", "back");
    }
    let what = *visit.dice.one(&["scroll", "selection", "focus", "media"]);
    visit.event(900, json!({ "kind": "activity", "what": what }));
    for _ in 0..visit.dice.between(1, 4) {
        let burst = json!({ "kind": "scroll", "reversals": 4, "distance_px": 3_100, "duration_ms": 1_800 });
        visit.event(2_100, burst);
    }
    visit.event(400, json!({ "kind": "copy", "target": "order.number" }));
    visit.event(700, json!({ "kind": "visibility", "visible": false }));
    visit.event(9_000, json!({ "kind": "visibility", "visible": true }));
    visit.event(1_000, json!({ "kind": "help" }));
    visit.arrives(1_000, "/pay", "reload");
    answer_offer(visit);
}
