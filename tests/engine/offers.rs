//! When an offer is made, what stops one, and what becomes of it.

use unstuck::{
    Config, EventKind, Input, Millis, Playbook,
    action::ActionKind,
    event::{OfferOutcome, StatusClass},
    playbook::Cause,
    policy::settings::DAY_MS,
    profile::Profile,
};

use crate::support::{Host, Sure, api, config, edit, engine, playbook, refused, screen, tap};

fn rejected(stuck: f32) -> Sure {
    Sure { stuck, cause: Cause::InputRejected }
}

fn host(playbook: Playbook) -> Host {
    Host::new(engine(config(), playbook, rejected(0.7)))
}

/// At the card number, refused with the code that the playbook names.
fn get_stuck(host: &mut Host) -> &mut Host {
    host.event(0, "/cards/new", screen()).event(5_000, "/cards/new", edit("bind.number")).event(
        4_000,
        "/cards/new",
        refused("bind.number", "invalid_number"),
    )
}

#[test]
fn the_right_offer_is_made_once_with_its_reason() {
    let mut host = host(playbook());
    get_stuck(&mut host).event(4_000, "/cards/new", refused("bind.number", "invalid_number"));
    let offers = host.offers();
    assert_eq!(offers.len(), 1, "{:?}", host.actions);
    assert_eq!((offers[0].offer, offers[0].stuck_point.as_str()), (1, "bind.number.rejected"));
    assert!(offers[0].probability > 0.5);
    let action = host.actions.iter().find(|a| matches!(a.kind, ActionKind::Suggest(_))).unwrap();
    assert_eq!(action.reasons[0].code, "believed");
}

#[test]
fn a_fresh_belief_without_evidence_must_hold_a_moment() {
    let mut host = host(playbook());
    host.event(0, "/cards/new", screen());
    assert_eq!(host.decision(), "stay_silent: settling");
    let wake = host.last.wake_at.unwrap();
    assert_eq!(wake.0 - host.t, i64::from(playbook().settings.policy.settle_ms));
    host.tick(wake.0 - host.t);
    assert_eq!(host.offers().len(), 1);
}

#[test]
fn each_rule_stops_an_offer_and_says_so() {
    type Case = (&'static str, fn(&mut Playbook, &mut Config), fn(&mut Host));
    let none: fn(&mut Playbook, &mut Config) = |_, _| {};
    let cases: [Case; 10] = [
        ("holdout", |p, _| p.settings.policy.holdout = 1.0, |_| {}),
        ("cap", |p, _| p.settings.policy.per_visit = 0, |_| {}),
        ("cap", |_, c| c.profile.shown = vec![Millis(crate::support::START - 5_000); 5], |_| {}),
        (
            "declined_before",
            |_, c| {
                c.profile.declined("bind.number.rejected", Millis(crate::support::START - 29 * DAY_MS));
            },
            |_| {},
        ),
        ("hidden", none, |h| {
            h.event(10, "/cards/new", EventKind::Visibility { visible: false });
        }),
        ("typing", none, |h| {
            h.event(10, "/cards/new", edit("bind.number"));
        }),
        ("talking", none, |h| {
            let t = Millis(h.t);
            h.push(Input::Chat { t, open: true });
        }),
        ("human_speaks", none, |h| {
            let t = Millis(h.t);
            h.push(Input::AskHuman { t }).choose(10, "handoff:accept");
            let key = handoff_key(h);
            let update = unstuck::handoff::Update {
                handoff: key,
                state: unstuck::handoff::State::Live,
                revision: 1,
                agent: "Li".into(),
                position: None,
            };
            let t = Millis(h.t + 10);
            h.push(Input::Handoff { t, update });
        }),
        ("below_worth", |p, _| p.stuck_points.iter_mut().for_each(|s| s.worth = 1.0), |_| {}),
        (
            "nothing_believed",
            |p, _| p.stuck_points.iter_mut().for_each(|s| s.step = "pay.confirm".into()),
            |_| {},
        ),
    ];
    for (code, set_up, before) in cases {
        let (mut playbook, mut config) = (playbook(), config());
        set_up(&mut playbook, &mut config);
        let mut host = Host::new(engine(config, playbook, rejected(0.7)));
        host.event(0, "/cards/new", screen());
        before(&mut host);
        host.event(100, "/cards/new", refused("bind.number", "invalid_number"));
        assert_eq!(host.decision(), format!("stay_silent: {code}"), "{code}");
        assert!(host.offers().is_empty(), "{code}");
    }
}

fn handoff_key(host: &Host) -> String {
    let key = host.actions.iter().rev().find_map(|action| match &action.kind {
        ActionKind::HandOff(handoff) => Some(handoff.handoff.clone()),
        _ => None,
    });
    key.unwrap()
}

#[test]
fn what_waits_for_the_user_is_decided_when_they_stop_typing() {
    let quiet = i64::from(playbook().settings.policy.typing_ms);
    let mut host = Host::new(engine(config(), playbook(), rejected(0.7)));
    host.event(0, "/cards/new", screen()).event(100, "/cards/new", edit("bind.number")).event(
        100,
        "/cards/new",
        refused("bind.number", "invalid_number"),
    );
    assert!(host.offers().is_empty());
    host.tick(quiet - 101);
    assert!(host.offers().is_empty());
    host.tick(1);
    assert_eq!(host.offers().len(), 1, "{:?}", host.actions);
}

#[test]
fn no_offer_between_the_deciding_tap_and_its_outcome() {
    let failing = Sure { stuck: 0.9, cause: Cause::SystemError };
    let mut host = Host::new(engine(config(), playbook(), failing));
    let tap_at = |host: &mut Host| {
        host.event(300, "/pay/:id", tap("pay.submit"));
    };
    host.event(0, "/pay/:id", screen());
    tap_at(&mut host);
    host.event(100, "/pay/:id", api("POST /api/payments", StatusClass::Pending, ""));
    host.event(1_500, "/pay/:id", EventKind::JsError { class: "TypeError".into() });
    assert_eq!(host.decision(), "stay_silent: mid_payment");
    host.event(1_500, "/pay/:id", api("GET /api/rates", StatusClass::Server, ""));
    assert_eq!(host.decision(), "stay_silent: mid_payment", "an answer to something else is no outcome");
    host.event(1_500, "/pay/:id", api("POST /api/payments", StatusClass::Server, ""));
    assert_eq!(host.offers().len(), 1, "{:?}", host.actions);

    let failing = Sure { stuck: 0.9, cause: Cause::SystemError };
    let mut host = Host::new(engine(config(), playbook(), failing));
    host.event(0, "/pay/:id", screen());
    tap_at(&mut host);
    host.tick(i64::from(playbook().settings.policy.payment_ms) - 1);
    assert!(host.offers().is_empty());
    host.tick(1);
    assert_eq!(host.offers().len(), 1, "a payment without any outcome does not forbid offers for ever");
}

#[test]
fn a_declined_offer_is_remembered_and_left_alone() {
    let mut host = host(playbook());
    get_stuck(&mut host).outcome(10, 1, OfferOutcome::Shown).choose(2_000, "offer:1:decline");
    let profile = host.last.profile.clone().unwrap();
    assert!(profile.declined.contains_key("bind.number.rejected"));
    host.event(400_000, "/cards/new", refused("bind.number", "invalid_number"));
    assert_eq!(host.decision(), "stay_silent: declined_before");

    // The next visit, with what the host kept.
    let next = Config { session: "s-2".into(), profile, ..config() };
    let mut host = Host::new(engine(next, playbook(), rejected(0.7)));
    host.t += DAY_MS;
    get_stuck(&mut host).tick(10_000);
    assert!(host.offers().is_empty());
    assert_eq!(host.codes(), ["declined_before"]);
}

#[test]
fn an_accepted_offer_gives_its_help_once_however_it_is_told() {
    let mut host = host(playbook());
    get_stuck(&mut host).outcome(10, 1, OfferOutcome::Shown).choose(2_000, "offer:1:accept");
    let cards = |host: &Host| {
        let shows = |kind: &ActionKind| matches!(kind, ActionKind::Say(say) if say.card.is_some());
        host.actions.iter().filter(|action| shows(&action.kind)).count()
    };
    assert_eq!(cards(&host), 1, "{:?}", host.actions);
    host.outcome(10, 1, OfferOutcome::Accepted).choose(10, "offer:1:accept");
    assert_eq!(cards(&host), 1);
    assert_eq!(host.codes().last(), Some(&"stale"));
    assert_eq!(host.last.profile, None, "nothing new to remember");
}

#[test]
fn an_offer_is_withdrawn_when_it_no_longer_holds() {
    type Case = (&'static str, fn(&mut Host), &'static str);
    let cases: [Case; 4] = [
        (
            "done",
            |h| {
                h.event(500, "/cards/new", api("POST /api/cards", StatusClass::Ok, ""));
            },
            "no_longer_holds",
        ),
        (
            "moved on",
            |h| {
                h.event(500, "/pay", screen());
            },
            "no_longer_holds",
        ),
        (
            "unanswered",
            |h| {
                h.tick(90_000);
            },
            "unanswered",
        ),
        (
            "chatting",
            |h| {
                let t = Millis(h.t + 500);
                h.push(Input::Say { t, text: "pay.find.not_found".into() });
            },
            "talking",
        ),
    ];
    for (name, go_on, code) in cases {
        let mut host = host(playbook());
        get_stuck(&mut host).outcome(0, 1, OfferOutcome::Shown);
        assert_eq!(host.offers().len(), 1, "{name}");
        go_on(&mut host);
        let withdrawn = host.actions.iter().find(|a| matches!(a.kind, ActionKind::Withdraw { offer: 1 }));
        assert_eq!(withdrawn.map(|a| a.reasons[0].code.as_str()), Some(code), "{name}: {:?}", host.actions);
    }
}

#[test]
fn an_offer_that_nobody_saw_is_made_again_and_does_not_count_for_the_day() {
    let mut host = host(playbook());
    get_stuck(&mut host).tick(100_000);
    assert_eq!(host.codes(), ["believed", "unanswered", "cool_down"]);
    host.event(60_000, "/cards/new", refused("bind.number", "invalid_number"));
    assert_eq!(host.offers().len(), 2, "{:?}", host.actions);
    assert!(host.last.profile.is_none());
}

#[test]
fn a_long_pause_begins_a_new_visit_without_false_alarms() {
    let mut host = host(playbook());
    get_stuck(&mut host).outcome(10, 1, OfferOutcome::Shown).choose(10, "offer:1:decline");
    let before = host.actions.len();
    host.event(3 * 3_600_000, "/", screen());
    let later: Vec<_> = host.actions[before..].iter().map(|a| &a.kind).collect();
    assert!(later.iter().all(|kind| !matches!(kind, ActionKind::Suggest(_))), "{later:?}");
    assert_eq!(host.last.explain.as_ref().unwrap().step, None);
}

#[test]
fn inputs_that_cannot_be_are_refused_and_change_nothing() {
    let mut host = host(playbook());
    get_stuck(&mut host);
    let before = host.engine.save().unwrap();
    let t = Millis(host.t);
    let cases = [
        (Input::Tick { t: Millis(i64::MAX) }, "/t"),
        (Input::Say { t, text: "字".repeat(2_001) }, "/text"),
        (Input::Choose { t, id: "x".repeat(201) }, "/id"),
        (Input::Guide { t, guide: "g".into(), outcome: "o".repeat(300), why: String::new() }, "/outcome"),
    ];
    for (input, place) in cases {
        let error = host.engine.push(input).unwrap_err();
        assert_eq!(error.place(), place, "{error}");
        assert_eq!(host.engine.save().unwrap(), before, "{place}");
    }
}

#[test]
fn a_configuration_that_cannot_be_is_refused() {
    let playbook = playbook();
    let models = || (Box::new(rejected(0.5)), Box::new(crate::support::ById::of(&playbook)));
    let (behaviour, intents) = models();
    let nameless = Config { session: String::new(), ..config() };
    let error = unstuck::Engine::new(nameless, playbook.clone(), behaviour, intents).err().unwrap();
    assert_eq!(error.place(), "/session");
    let mut other = playbook.clone();
    other.stuck_points.retain(|point| point.id != "pay.confirm.failing");
    let (behaviour, intents) = models();
    let error = unstuck::Engine::new(config(), other, behaviour, intents).err().unwrap();
    assert!(
        error.detail().contains("pay.confirm.failing") && error.detail().contains("unstuck build"),
        "{error}"
    );
    assert_eq!(Profile::default(), config().profile);
}
