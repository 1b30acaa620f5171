use std::{fmt::Write, path::Path};

use super::{
    encoder::Encoder,
    event_row::EventRow,
    measure::HALF_LIFE_MS,
    schema::{EVENT, SLOT, SLOTS, VERSION},
    slots::{About, Steps},
    *,
};
use crate::{
    Event, EventKind, Millis, Playbook,
    event::{Api, How, Input, LengthClass, OfferOutcome, StatusClass, Tap},
    playbook::place::{Place, Tracker},
    signal::{Signal, SignalKind},
};

fn playbook() -> Playbook {
    serde_json::from_str(include_str!("../../tests/fixtures/playbook.json")).unwrap()
}

fn event(t: i64, screen: &str, kind: EventKind) -> Event {
    Event { t: Millis(t), screen: screen.into(), kind }
}

fn screen(t: i64, screen: &str) -> Event {
    event(t, screen, EventKind::Screen { how: How::Forward })
}

fn call(t: i64, screen: &str, endpoint: &str, status: StatusClass) -> Event {
    event(
        t,
        screen,
        EventKind::Api(Api { endpoint: endpoint.into(), status, latency_ms: 200, ..Api::default() }),
    )
}

fn signal(kind: SignalKind, since: i64, at: i64) -> Signal {
    Signal {
        kind,
        at: Millis(at),
        since: Millis(since),
        screen: String::new(),
        target: String::new(),
        count: 1,
    }
}

/// The names of the features, in order, from the code that writes them.
/// Name and meaning.
type Named = Vec<(&'static str, &'static str)>;

fn names() -> (Named, Named) {
    let (playbook, encoder, place, steps) =
        (playbook(), Encoder::default(), Place::default(), Steps::default());
    let (mut of_event, mut of_slot) = (Vec::new(), Vec::new());
    EventRow { encoder: &encoder, playbook: &playbook, event: None, place: &place, signals: &[], gap: 0 }
        .write(&mut of_event);
    About { playbook: &playbook, steps: &steps, now: 0, on: false, last: None, before: None, sought: 0.0 }
        .write("bind.number", &mut of_slot);
    (of_event, of_slot)
}

struct Session {
    playbook: Playbook,
    tracker: Tracker,
    encoder: Encoder,
}

impl Session {
    fn new() -> Self {
        Self { playbook: playbook(), tracker: Tracker::default(), encoder: Encoder::default() }
    }

    fn feed(&mut self, event: &Event, signals: &[Signal]) -> Option<StepInput> {
        let place = self.tracker.observe(&self.playbook, event);
        self.encoder.encode(&self.playbook, event, &place, signals)
    }

    fn told(&mut self, event: &Event) -> StepInput {
        self.feed(event, &[]).unwrap()
    }
}

fn of_event(input: &StepInput, group: &str, name: &str) -> f32 {
    let at = names().0.iter().position(|n| *n == (group, name));
    input.event[at.unwrap_or_else(|| panic!("no feature `{group}: {name}`"))]
}

fn of_slot(session: &Session, input: &StepInput, step: &str, group: &str, name: &str) -> f32 {
    let slot = session.encoder.slots().iter().position(|s| s == step).expect("the step has a slot");
    let at = names().1.iter().position(|n| *n == (group, name));
    input.slots[slot * SLOT + at.unwrap_or_else(|| panic!("no feature `{group}: {name}`"))]
}

#[test]
fn rows_are_as_wide_as_the_schema_says_and_no_name_comes_twice() {
    let (event, slot) = names();
    assert_eq!((event.len(), slot.len()), (EVENT, SLOT));
    for names in [event, slot] {
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), names.len());
    }
}

#[test]
fn signals_are_named_in_wire_order() {
    let words = SignalKind::ALL.map(|k| serde_json::to_value(k).unwrap());
    assert_eq!(words.map(|w| w.as_str().unwrap().to_owned()), schema::SIGNALS);
}

#[test]
fn an_event_shows_in_its_features() {
    let mut s = Session::new();
    let first = s.told(&screen(1_000, "/cards/new"));
    assert_eq!(of_event(&first, "kind", "screen"), 1.0);
    assert_eq!(of_event(&first, "step", "entered now"), 1.0);
    assert_eq!(s.encoder.slots()[0], "bind.number");
    let tap = Tap { target: "bind.submit".into(), ..Tap::default() };
    let tapped = s.told(&event(11_000, "/cards/new", EventKind::Tap(tap)));
    assert_eq!(of_event(&tapped, "tap", "the deciding one"), 1.0);
    assert!((of_event(&tapped, "time", "since the event before") - measure::seconds(10_000)).abs() < 1e-6);
    let typed = Input { length: LengthClass::Long, valid: Some(false), ..Input::default() };
    let typed = s.told(&event(12_000, "/cards/new", EventKind::Input(typed)));
    assert_eq!(of_event(&typed, "input", "length class"), 1.0);
    assert_eq!(of_event(&typed, "input", "not valid"), 1.0);
    let declined = s.told(&call(13_000, "/cards/new", "POST /api/cards", StatusClass::Client));
    assert_eq!(of_event(&declined, "call", "declined"), 1.0);
    assert!(of_event(&declined, "trouble at the step", "declined") > 0.6);
    assert!(of_slot(&s, &declined, "bind.number", "slot trouble", "declined") > 0.6);
    let done = s.told(&call(14_000, "/cards/new", "POST /api/cards", StatusClass::Ok));
    assert_eq!(of_event(&done, "step", "done now"), 1.0);
    assert_eq!(of_slot(&s, &done, "bind.number", "slot", "done"), 1.0);
    assert_eq!(of_slot(&s, &done, "bind.verify", "slot order", "can follow"), 1.0);
}

#[test]
fn what_the_bot_did_and_mere_movement_are_not_told() {
    let mut s = Session::new();
    s.told(&screen(0, "/pay"));
    let silent = [
        EventKind::Outcome { offer: 1, what: OfferOutcome::Dismissed },
        EventKind::Other { name: "x".into() },
        EventKind::Activity { what: crate::event::Activity::Dom },
        EventKind::Api(Api { endpoint: "GET /x".into(), ..Api::default() }),
    ];
    for kind in silent {
        assert_eq!(s.feed(&event(10, "/pay", kind), &[]), None);
    }
    let moved = EventKind::Activity { what: crate::event::Activity::Dom };
    let fired = [signal(SignalKind::SlowResponse, 10, 20)];
    assert!(s.feed(&event(20, "/pay", moved), &fired).is_some(), "a signal is always told");
}

#[test]
fn a_signal_is_about_the_step_where_it_began() {
    let mut s = Session::new();
    s.told(&screen(0, "/cards/new"));
    s.told(&call(5_000, "/cards/new", "POST /api/cards", StatusClass::Ok));
    let fired =
        [signal(SignalKind::FormErrorLoop, 2_000, 6_000), signal(SignalKind::DeadClick, 6_000, 6_000)];
    let input = s.feed(&screen(6_000, "/cards/verify"), &fired).unwrap();
    assert!(of_slot(&s, &input, "bind.number", "slot signals", "form") > 0.6);
    assert_eq!(of_slot(&s, &input, "bind.verify", "slot signals", "form"), 0.0);
    assert!(of_slot(&s, &input, "bind.verify", "slot signals", "pointer") > 0.6);
}

#[test]
fn who_gets_a_slot() {
    let mut s = Session::new();
    s.told(&screen(0, "/nowhere"));
    assert_eq!(s.encoder.slots(), ["bind.number", "pay.find"], "at first, the entries");
    s.told(&screen(1_000, "/cards/new"));
    assert_eq!(s.encoder.slots(), ["bind.number", "bind.verify"], "then the step and what can follow");
    s.told(&event(2_000, "/cards/new", EventKind::Search { results: 0 }));
    assert_eq!(s.encoder.slots(), ["bind.number", "bind.verify", "pay.find"], "and what may be sought");
    s.told(&screen(3_000, "/pay"));
    assert_eq!(s.encoder.slots(), ["pay.find", "bind.number", "pay.confirm"]);
}

#[test]
fn never_more_slots_than_there_are() {
    let mut s = Session::new();
    let journey = s.playbook.journeys[0].clone();
    for k in 0..40 {
        let mut step = journey.steps[0].clone();
        step.id = format!("many.{k}");
        step.at = vec![crate::playbook::Match { screen: Some(format!("/many/{k}")), ..Default::default() }];
        s.playbook.journeys[0].steps.push(step);
    }
    for k in 0..40 {
        let input = s.told(&screen(k * 1_000, &format!("/many/{k}")));
        assert!(input.filled <= SLOTS && s.encoder.slots()[0] == format!("many.{k}"));
        assert_eq!(input.slots.len(), SLOTS * SLOT);
        assert!(input.slots[input.filled * SLOT..].iter().all(|x| *x == 0.0));
    }
    assert!(serde_json::to_string(&s.encoder).unwrap().len() < 40_000);
}

#[test]
fn features_stay_small_whatever_the_clock_does() {
    let mut s = Session::new();
    for (i, t) in [0, 5, -9_000_000, i64::MAX, i64::MIN, 4, 1 << 52, 3].into_iter().enumerate() {
        let place = ["/cards/new", "/pay", "", "/cards/verify"][i % 4];
        for e in [screen(t, place), call(t, place, "POST /api/cards", StatusClass::Server)] {
            let input = s.told(&e);
            assert!(
                input.event.iter().chain(&input.slots).all(|x| x.is_finite() && x.abs() < 8.0),
                "{input:?}"
            );
        }
    }
}

#[test]
fn saved_and_restored_at_any_point_it_says_the_same() {
    let events = [
        screen(0, "/cards/new"),
        event(900, "/cards/new", EventKind::Visibility { visible: false }),
        event(50_900, "/cards/new", EventKind::Visibility { visible: true }),
        call(60_000, "/cards/new", "POST /api/cards", StatusClass::Ok),
        screen(61_000, "/cards/verify"),
        event(70_000, "/cards/verify", EventKind::Help {}),
    ];
    let (mut whole, mut broken) = (Session::new(), Session::new());
    for e in &events {
        let json = serde_json::to_string(&broken.encoder).unwrap();
        broken.encoder = serde_json::from_str(&json).unwrap();
        assert_eq!(whole.feed(e, &[]), broken.feed(e, &[]));
    }
}

#[test]
fn the_page_of_features_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/features.md");
    let made = page();
    if std::env::var_os("UNSTUCK_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/features.md is old: run `UNSTUCK_BLESS=1 cargo test --lib features`");
}

fn page() -> String {
    let (event, slot) = names();
    let mut page = format!(
        "# Features of the behaviour model\n\n<!-- Made from src/features/ by its tests. Do not edit. -->\n\n\
         Schema version {VERSION}: {EVENT} numbers an event, {SLOT} a slot, at most {SLOTS} slots. A model of \
         another version is refused.\n\n\
         - Yes or no is 1 or 0. A count `n`, or a ratio, is ln(1 + n). A span is ln(1 + seconds) / 4.1: a minute \
         is 1, an hour 2.\n\
         - \"Lately\", \"trouble\" and \"signals\" are counts that lose half of their weight in {} s.\n\
         - Time at a step and its half-lives stand still while the page is hidden; the time since the event \
         before does not.\n\
         - A call is slow from {} s on.\n\
         - Slots: the step the user is at; those they were at, the latest first; those that can follow; after a \
         search or a look at the help, the entries of journeys not begun.\n",
        HALF_LIFE_MS / 1_000.0,
        f64::from(SLOW_MS) / 1_000.0,
    );
    for (title, names) in [("An event", event), ("A slot", slot)] {
        let _ = write!(page, "\n## {title}\n\n| # | group | feature |\n|---|---|---|\n");
        for (i, (group, name)) in names.iter().enumerate() {
            let _ = writeln!(page, "| {i} | {group} | {name} |");
        }
    }
    page
}
