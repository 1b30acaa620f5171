//! What must hold for any session: wake-ups and save-restore change no decision, memory is bounded,
//! and nothing that a host can send makes the engine panic.

use proptest::{collection::vec, prelude::*, sample::select};
use unstuck::{
    Engine, Event, EventKind, Input, Millis, Output,
    action::Action,
    event::{OfferOutcome, StatusClass},
    handoff::{State, Update},
    playbook::Language,
    profile::Profile,
};

use crate::support::{START, Swinging, api, config, edit, engine, no_values, playbook, refused, screen, tap};

/// What came of a session, wake-ups apart: all that a host acts on, and the state it ends in.
type Came = (Vec<Action>, Vec<Profile>, String);

fn fresh() -> Engine {
    engine(config(), playbook(), Swinging)
}

/// Spans between inputs: at once, like a person, a long pause, another visit, a clock set back.
fn span() -> impl Strategy<Value = i64> {
    prop_oneof![
        2 => Just(0),
        8 => 1..4_000_i64,
        3 => 4_000..120_000_i64,
        1 => 1_700_000..9_000_000_i64,
        1 => -20_000..0_i64,
    ]
}

fn kind() -> impl Strategy<Value = EventKind> {
    let targets = select(vec!["bind.submit", "verify.resend", "pay.submit", "", "x"]);
    let endpoints = select(vec!["POST /api/cards", "POST /api/payments", "GET /api/other"]);
    let statuses =
        select(vec![StatusClass::Pending, StatusClass::Ok, StatusClass::Client, StatusClass::Server]);
    let outcomes = select(vec![
        OfferOutcome::Shown,
        OfferOutcome::Accepted,
        OfferOutcome::Dismissed,
        OfferOutcome::Expired,
        OfferOutcome::Resolved,
    ]);
    prop_oneof![
        3 => Just(screen()),
        4 => targets.prop_map(tap),
        3 => select(vec!["bind.number", "bind.name"]).prop_map(edit),
        3 => select(vec!["invalid_number", ""]).prop_map(|code| refused("bind.number", code)),
        4 => (endpoints, statuses, select(vec!["", "card_not_supported"]))
            .prop_map(|(endpoint, status, code)| api(endpoint, status, code)),
        1 => (0..9_u16).prop_map(|reversals| EventKind::Scroll { reversals, distance_px: 900, duration_ms: 700 }),
        1 => any::<bool>().prop_map(|visible| EventKind::Visibility { visible }),
        1 => (0..2_u32).prop_map(|results| EventKind::Search { results }),
        1 => Just(EventKind::Help {}),
        1 => (1..4_u32, outcomes).prop_map(|(offer, what)| EventKind::Outcome { offer, what }),
    ]
}

fn event() -> impl Strategy<Value = Input> {
    let screens = select(vec!["/", "/cards/new", "/cards/verify", "/cards/done", "/pay", "/pay/:id", ""]);
    (screens, kind())
        .prop_map(|(screen, kind)| Input::Event(Event { t: Millis(0), screen: screen.into(), kind }))
}

fn talk() -> impl Strategy<Value = Input> {
    let t = Millis(0);
    let texts = select(vec![
        "bind.verify.no_code",
        "pay.confirm.failing",
        "human",
        "ORDER-12345",
        "what",
        "钱不见了",
    ]);
    let choices = select(vec![
        "offer:1:accept",
        "offer:1:decline",
        "offer:2:accept",
        "offer:2:decline",
        "offer:3:accept",
        "flow:0",
        "tool:yes",
        "tool:no",
        "helped:yes",
        "helped:no",
        "human",
        "handoff:accept",
        "handoff:decline",
        "handoff:cancel",
    ]);
    let states = select(vec![State::Queued, State::Assigned, State::Live, State::Ended, State::Returned]);
    prop_oneof![
        2 => texts.prop_map(move |text| Input::Say { t, text: text.into() }),
        4 => choices.prop_map(move |id| Input::Choose { t, id: id.into() }),
        1 => Just(Input::AskHuman { t }),
        1 => any::<bool>().prop_map(move |open| Input::Chat { t, open }),
        1 => any::<bool>().prop_map(move |on| Input::Elder { t, on }),
        1 => select(vec![Language::Zh, Language::En]).prop_map(move |language| Input::Language { t, language }),
        1 => ("[1-9]{1,2}-[12]", select(vec!["sent", "failed"]))
            .prop_map(move |(key, outcome)| Input::Tool { t, key, outcome: outcome.into(), values: no_values() }),
        1 => Just(Input::Guide { t, guide: "guide.find".into(), outcome: "done".into(), why: String::new() }),
        2 => (1..3_u32, states, 1..9_u32).prop_map(move |(n, state, revision)| Input::Handoff {
            t,
            update: Update { handoff: format!("s-1-h{n}"), state, revision, agent: "Li".into(), position: None },
        }),
        1 => Just(Input::Agent { t, text: "hello".into() }),
    ]
}

fn session() -> impl Strategy<Value = Vec<Input>> {
    vec((span(), prop_oneof![5 => event().boxed(), 1 => talk().boxed()]), 1..80).prop_map(|steps| {
        let mut t = START;
        let timed = |(span, input): (i64, Input)| {
            t += span;
            at(input, Millis(t))
        };
        steps.into_iter().map(timed).collect()
    })
}

/// The input at another time.
fn at(input: Input, t: Millis) -> Input {
    match input {
        Input::Event(event) => Input::Event(Event { t, ..event }),
        Input::Say { text, .. } => Input::Say { t, text },
        Input::Choose { id, .. } => Input::Choose { t, id },
        Input::AskHuman { .. } => Input::AskHuman { t },
        Input::Tool { key, outcome, values, .. } => Input::Tool { t, key, outcome, values },
        Input::Guide { guide, outcome, why, .. } => Input::Guide { t, guide, outcome, why },
        Input::Handoff { update, .. } => Input::Handoff { t, update },
        Input::Agent { text, .. } => Input::Agent { t, text },
        Input::Language { language, .. } => Input::Language { t, language },
        Input::Elder { on, .. } => Input::Elder { t, on },
        Input::Chat { open, .. } => Input::Chat { t, open },
        Input::Tick { .. } => Input::Tick { t },
    }
}

/// Pushes a session and, at the end, a wake-up late enough for everything.
fn run(
    engine: &mut Engine,
    inputs: &[Input],
    mut before_each: impl FnMut(&mut Engine, usize) -> Vec<Output>,
) -> Came {
    let mut outputs = Vec::new();
    for (n, input) in inputs.iter().enumerate() {
        outputs.extend(before_each(engine, n));
        outputs.push(engine.push(input.clone()).unwrap());
    }
    let end = inputs.last().map_or(START, |input| input.t().0) + 3_600_000;
    outputs.push(engine.push(Input::Tick { t: Millis(end) }).unwrap());
    let mut profiles: Vec<Profile> = outputs.iter().filter_map(|output| output.profile.clone()).collect();
    profiles.dedup();
    let actions = outputs.into_iter().flat_map(|output| output.actions).collect();
    (actions, profiles, engine.save().unwrap())
}

/// Wakes the engine whenever it asked for it, until the next input.
fn wake(engine: &mut Engine, until: Millis) -> Vec<Output> {
    let mut outputs = Vec::new();
    let mut next = engine.push(Input::Tick { t: Millis(i64::MIN / 2048) }).unwrap().wake_at;
    while let Some(due) = next.filter(|due| *due <= until) {
        let output = engine.push(Input::Tick { t: due }).unwrap();
        assert!(output.wake_at.is_none_or(|after| after > due), "a wake-up is not asked for twice");
        next = output.wake_at;
        outputs.push(output);
    }
    outputs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wake_ups_on_time_change_nothing(inputs in session()) {
        let without = run(&mut fresh(), &inputs, |_, _| Vec::new());
        let with = run(&mut fresh(), &inputs, |engine, n| wake(engine, inputs[n].t()));
        prop_assert_eq!(with, without);
    }

    #[test]
    fn wake_ups_at_any_time_change_nothing(inputs in session(), ticks in vec(0.0..1.0_f64, 1..80)) {
        let without = run(&mut fresh(), &inputs, |_, _| Vec::new());
        let with = run(&mut fresh(), &inputs, |engine, n| {
            let (Some(share), Some(earlier)) = (ticks.get(n), n.checked_sub(1)) else { return Vec::new() };
            let (from, to) = (inputs[earlier].t().0, inputs[n].t().0);
            let t = Millis(from + ((to - from).max(0) as f64 * share) as i64);
            vec![engine.push(Input::Tick { t }).unwrap(), engine.push(Input::Tick { t }).unwrap()]
        });
        prop_assert_eq!(with, without);
    }

    #[test]
    fn save_and_restore_at_any_point_change_nothing(inputs in session(), points in vec(any::<bool>(), 80)) {
        let straight = run(&mut fresh(), &inputs, |_, _| Vec::new());
        let restored = run(&mut fresh(), &inputs, |engine, n| {
            if points[n] {
                let saved = engine.save().unwrap();
                *engine = fresh();
                engine.restore(&saved).unwrap();
                assert_eq!(engine.save().unwrap(), saved);
            }
            Vec::new()
        });
        prop_assert_eq!(restored, straight);
    }

    #[test]
    fn keys_are_never_given_twice(inputs in session()) {
        let (actions, ..) = run(&mut fresh(), &inputs, |_, _| Vec::new());
        let mut keys: Vec<_> = actions.iter().map(|action| &action.key).collect();
        keys.sort();
        keys.dedup();
        prop_assert_eq!(keys.len(), actions.len());
        prop_assert!(actions.iter().all(|action| !action.reasons.is_empty()));
    }

    #[test]
    fn rubbish_is_taken_or_refused_and_a_refusal_changes_nothing(
        inputs in vec((any::<i64>(), prop_oneof![Just(0_i64), Just(1 << 53), Just(-(1 << 53)), Just(START)], event(), ".{0,300}", talk()), 1..20)
    ) {
        let mut engine = fresh();
        for (wild, edge, event, text, talk) in inputs {
            let said = Input::Say { t: Millis(edge), text: text.clone() };
            let other = Input::Event(Event {
                t: Millis(edge),
                screen: text.clone(),
                kind: EventKind::Copy { target: text },
            });
            for input in [at(event, Millis(wild)), said, at(talk, Millis(edge)), other] {
                let before = engine.save().unwrap();
                if let Err(error) = engine.push(input) {
                    prop_assert!(!error.detail().is_empty());
                    prop_assert_eq!(engine.save().unwrap(), before);
                }
            }
        }
    }
}
