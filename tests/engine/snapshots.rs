//! Snapshots: small, and refused with a sentence where they do not fit.

use std::rc::Rc;

use unstuck::{Bundle, Config, Engine, ErrorKind, Input, Millis, snapshot};

use crate::support::{ById, Host, Swinging, api, config, edit, engine, playbook, refused, screen, tap};
use unstuck::event::StatusClass;

/// The size that DESIGN's edge mode can carry with every request.
const SMALL: usize = 65_536;

#[test]
fn ten_thousand_events_leave_a_small_snapshot() {
    let mut host = Host::new(engine(config(), playbook(), Swinging));
    let screens = ["/", "/cards/new", "/cards/verify", "/pay", "/pay/:id", "/help"];
    for n in 0..10_000_usize {
        let at = screens[(n / 7) % screens.len()];
        let kind = match n % 7 {
            0 => screen(),
            1 => tap(&format!("{at}.button-{}", n % 997)),
            2 => edit(&format!("bind.field-{}", n % 499)),
            3 => refused(&format!("bind.field-{}", n % 499), &format!("code-{n}")),
            4 => api(&format!("GET /api/{}", n % 313), StatusClass::Server, &format!("c-{n}")),
            5 => tap("pay.submit"),
            _ => api("POST /api/cards", StatusClass::Client, "card_not_supported"),
        };
        host.event(900, at, kind);
        if n % 50 == 0 {
            let text = format!("{} {n}", "为什么一直失败 why does it fail ".repeat(8));
            host.push(Input::Say { t: Millis(host.t), text });
        }
    }
    let size = host.engine.save().unwrap().len();
    println!("snapshot after 10,000 events: {size} bytes");
    assert!(size <= SMALL, "{size}");
}

#[test]
fn what_does_not_fit_is_refused_with_a_sentence() {
    let mut host = Host::new(engine(config(), playbook(), Swinging));
    host.event(0, "/cards/new", screen()).event(900, "/cards/new", edit("bind.number"));
    let good = host.engine.save().unwrap();
    let mut other_playbook = playbook();
    other_playbook.stuck_points[0].worth += 1.0;
    let other_session = Config { session: "s-9".into(), ..config() };
    let cases = [
        ("empty", String::new(), config(), playbook(), ""),
        ("no snapshot", "[1,2]".into(), config(), playbook(), ""),
        ("cut short", good[..good.len() / 2].into(), config(), playbook(), "/sum"),
        ("cut very short", good[..40].into(), config(), playbook(), ""),
        ("changed", good.replacen("/cards/new", "/cards/odd", 1), config(), playbook(), "/sum"),
        (
            "another version",
            good.replacen(
                &format!("\"unstuck_snapshot\":{}", snapshot::VERSION),
                "\"unstuck_snapshot\":7",
                1,
            ),
            config(),
            playbook(),
            "/unstuck_snapshot",
        ),
        ("another session", good.clone(), other_session, playbook(), "/session"),
        ("another playbook", good.clone(), config(), other_playbook, "/playbook"),
        ("too large", "x".repeat(snapshot::MAX_BYTES + 1), config(), playbook(), ""),
    ];
    for (name, saved, config, playbook, place) in cases {
        let mut fresh = engine(config, playbook, Swinging);
        let before = fresh.save().unwrap();
        let error = fresh.restore(&saved).unwrap_err();
        assert_eq!((error.kind(), error.place()), (ErrorKind::Snapshot, place), "{name}: {error}");
        assert!(error.detail().ends_with("Begin a new session."), "{name}: {error}");
        assert_eq!(fresh.save().unwrap(), before, "{name}");
    }
    engine(config(), playbook(), Swinging).restore(&good).unwrap();
}

#[test]
fn sessions_of_one_bundle_go_on_as_those_of_a_bundle_each() {
    let intents = Box::new(ById::of(&playbook()));
    let bundle = Rc::new(Bundle::new(playbook(), Box::new(Swinging), intents).unwrap());
    let sessions = ["s-1", "s-2", "s-3"].map(|session| Config { session: session.into(), ..config() });
    let mut own = sessions.clone().map(|config| Host::new(engine(config, playbook(), Swinging)));
    let mut saved: [Option<String>; 3] = Default::default();
    for turn in 0..30_usize {
        let at = (turn * 7 + turn / 5) % 3;
        let mut visiting = Engine::start(sessions[at].clone(), bundle.clone()).unwrap();
        if let Some(saved) = &saved[at] {
            visiting.restore(saved).unwrap();
        }
        let mut visiting = Host { t: own[at].t, ..Host::new(visiting) };
        for host in [&mut visiting, &mut own[at]] {
            host.event(700, "/cards/new", screen()).event(
                900,
                "/cards/new",
                refused("bind.number", "invalid"),
            );
        }
        let now = visiting.engine.save().unwrap();
        assert_eq!(now, own[at].engine.save().unwrap(), "turn {turn}");
        saved[at] = Some(now);
    }
}
