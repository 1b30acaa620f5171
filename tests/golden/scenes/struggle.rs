//! People who get stuck, and what they do with what is offered.

use serde_json::json;

use super::talk::follow;
use crate::visit::Visit;

/// The form refuses the number, again and again.
pub fn number_refused(visit: &mut Visit) {
    visit.goes(60, "/cards/new");
    for _ in 0..visit.dice.between(2, 5) {
        visit.types(visit.pause(), "bind.number", "medium", Some(false));
        visit.submits("bind");
        if visit.dice.percent(40) {
            visit.calls("POST /api/cards", "client", 300, "invalid_number");
        }
        let refusal = json!({ "kind": "validation_error", "field": "bind.number", "code": "invalid_number" });
        visit.event(30, refusal);
        if visit.dice.percent(60) {
            visit.types(1_500, "bind.number", "empty", None);
            visit.types(1_500, "bind.number", "medium", Some(false));
        }
    }
    visit.waits(4_000);
    answer_offer(visit);
}

pub fn card_not_supported(visit: &mut Visit) {
    visit.goes(60, "/cards/new");
    for _ in 0..visit.dice.between(2, 5) {
        visit.types(visit.pause(), "bind.number", "medium", Some(true));
        visit.submits("bind");
        visit.calls("POST /api/cards", "client", 450, "card_not_supported");
    }
    visit.waits(3_000);
    answer_offer(visit);
}

/// The text message does not come: waiting, and hitting the button that sends it again.
pub fn no_code(visit: &mut Visit) {
    visit.goes(60, "/cards/verify");
    if visit.dice.percent(50) {
        visit.waits(40_000);
        visit.waits(30_000);
    }
    for _ in 0..visit.dice.between(1, 4) {
        for _ in 0..visit.dice.between(4, 7) {
            let tap =
                json!({ "kind": "tap", "target": "verify.resend", "control": "button", "x": 120, "y": 400 });
            visit.event(170, tap);
        }
        visit.waits(2_500);
    }
    answer_offer(visit);
}

pub fn not_found(visit: &mut Visit) {
    visit.goes(60, "/pay");
    for _ in 0..visit.dice.between(2, 6) {
        visit.event(visit.pause() + 1_600, json!({ "kind": "search", "results": 0 }));
        if visit.dice.percent(30) {
            visit.goes(2_000, "/pay/history");
            visit.arrives(2_200, "/pay", "back");
        }
    }
    visit.waits(4_000);
    answer_offer(visit);
}

/// The deciding tap comes to nothing, for one reason or another.
pub fn payment_fails(visit: &mut Visit) {
    visit.goes(60, "/pay/:id");
    visit.types(visit.pause(), "pay.amount", "short", Some(true));
    for _ in 0..visit.dice.between(2, 5) {
        visit.taps(visit.pause(), "pay.submit", "button");
        let status = *visit.dice.one(&["server", "network", "timeout", "server"]);
        visit.calls("POST /api/payments", status, 900, "");
        if visit.dice.percent(40) {
            visit.waits(1_500);
        }
    }
    visit.waits(2_500);
    answer_offer(visit);
}

pub fn dead_button(visit: &mut Visit) {
    let (screen, target) = *visit.dice.one(&[("/pay/:id", "pay.submit"), ("/cards/new", "bind.submit")]);
    visit.goes(60, screen);
    for _ in 0..visit.dice.between(2, 5) {
        visit.taps(visit.pause(), target, "button");
        visit.waits(2_300);
    }
    let disabled = json!({ "kind": "tap", "target": target, "control": "button", "disabled": true });
    visit.event(900, disabled);
    let ignored = json!({ "kind": "tap", "target": target, "control": "button", "ignore": ["dead_click"] });
    visit.event(900, ignored);
    visit.waits(35_000);
    answer_offer(visit);
}

pub fn slow_and_broken(visit: &mut Visit) {
    visit.goes(60, "/pay/:id");
    for _ in 0..visit.dice.between(1, 4) {
        visit.taps(visit.pause(), "pay.refresh", "button");
        let status = *visit.dice.one(&["ok", "cancelled", "server"]);
        visit.calls("GET /api/orders/:id", status, 6_500, "");
        visit.taps(visit.pause(), "pay.details", "button");
        visit.event(120, json!({ "kind": "js_error", "class": "TypeError" }));
    }
    visit.waits(2_000);
    answer_offer(visit);
}

pub fn gives_up_a_form(visit: &mut Visit) {
    visit.goes(60, "/cards/new");
    for field in ["bind.number", "bind.name", "bind.phone"] {
        for length in ["medium", "empty", "short", "empty", "medium"] {
            visit.types(1_400, field, length, None);
        }
    }
    visit.goes(visit.pause(), "/");
    visit.waits(25_000);
    visit.goes(40_000, "/cards/new");
    answer_offer(visit);
}

/// Everything is filled in and the deciding tap does not come.
pub fn hesitates(visit: &mut Visit) {
    let (screen, field) = *visit.dice.one(&[("/cards/new", "bind.number"), ("/pay/:id", "pay.amount")]);
    visit.goes(60, screen);
    visit.types(visit.pause(), field, "medium", Some(true));
    for (least, most) in [(9_000, 30_000), (40_000, 120_000)] {
        let ms = visit.dice.between(least, most);
        visit.waits(ms);
    }
    answer_offer(visit);
}

/// What people do with an offer: take it up, send it away, leave it, or get on without it.
pub fn answer_offer(visit: &mut Visit) {
    let Some(offer) = visit.offer.take() else { return };
    if visit.dice.percent(80) {
        visit.outcome(300, offer, "shown");
    }
    match visit.dice.between(0, 10) {
        0 => visit.outcome(1_500, offer, "dismissed"),
        1 => visit.chooses(1_500, &format!("offer:{offer}:decline")),
        2 => visit.waits(95_000),
        3 => visit.outcome(90_000, offer, "expired"),
        4 => visit.goes(2_000, "/pay/:id"),
        5 => {
            visit.outcome(1_900, offer, "accepted");
            follow(visit);
            visit.outcome(2_000, offer, "unresolved");
        }
        _ => {
            visit.chooses(2_000, &format!("offer:{offer}:accept"));
            follow(visit);
        }
    }
    if visit.dice.percent(20) {
        visit.calls("POST /api/cards", "ok", 300, "");
    }
}
