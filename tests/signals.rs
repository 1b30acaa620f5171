//! The labelled suite: sessions of people in trouble and of people who only look it, in
//! `tests/signals/*.json`, written by hand, and in `tests/signals/recorded/`, recorded in Chromium.
//!
//! Every trace says all signals that must fire in it, so a signal is judged on the traces of all others
//! too. Run with `--nocapture` for the table.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;
use unstuck::{
    Event, Millis, Playbook,
    event::wire,
    playbook::place::Tracker,
    signal::{Signal, SignalKind, Signals},
};

/// What precision and recall of each signal must reach. A miss is printed with its trace.
const BAR: f64 = 0.95;
/// How many positives and how many traps each signal has at least.
const EACH: usize = 10;
/// How long a trace is watched after its last event where it does not say, in milliseconds.
const WATCH_MS: i64 = 2_000;
/// Traces begin at this time.
const START: i64 = 1_763_900_000_000;

/// One file: a signal, and the traces written for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Suite {
    signal: SignalKind,
    /// For a recording: of what, in what and how it was made.
    #[serde(default)]
    recorded: String,
    traces: Vec<Trace>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Trace {
    name: String,
    /// What the host of this trace cannot see.
    #[serde(default)]
    unsupported: Vec<SignalKind>,
    /// Every signal that must fire, once for each time.
    expect: Vec<SignalKind>,
    /// Events as on the wire; `t` counts from 0, and `screen` is that of the event before where it is
    /// left out.
    events: Vec<serde_json::Map<String, serde_json::Value>>,
    /// How long to watch, in milliseconds from 0.
    #[serde(default)]
    until: Option<i64>,
}

impl Trace {
    fn events(&self) -> Vec<Event> {
        let mut screen = serde_json::Value::from("");
        let read = |event: &serde_json::Map<String, serde_json::Value>| {
            let mut event = event.clone();
            let at = START + event["t"].as_i64().unwrap_or_else(|| panic!("{}: a time", self.name));
            event.insert("t".into(), at.into());
            screen = event.entry("screen").or_insert_with(|| screen.clone()).clone();
            wire::from_value(event.into()).unwrap_or_else(|e| panic!("{}: {e}", self.name))
        };
        self.events.iter().map(read).collect()
    }

    /// Everything that fires, in order.
    fn run(&self, playbook: &Playbook) -> Vec<Signal> {
        let mut signals = Signals::new(&playbook.settings.signals, &self.unsupported);
        let mut tracker = Tracker::default();
        let mut out = Vec::new();
        let mut last = START;
        for event in self.events() {
            assert!(event.t.0 >= last, "{}: time runs backwards", self.name);
            last = event.t.0;
            let place = tracker.observe(playbook, &event);
            signals.advance(event.t, &mut out);
            signals.observe(&event, &place, &mut out);
        }
        let end = self.until.map_or(last + WATCH_MS, |until| START + until);
        signals.advance(Millis(end), &mut out);
        out
    }
}

fn suites() -> Vec<Suite> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/signals");
    let mut files: Vec<_> = [root.clone(), root.join("recorded")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        })
        .collect()
}

fn playbook() -> Playbook {
    serde_json::from_str(include_str!("fixtures/playbook.json")).unwrap()
}

#[derive(Default)]
struct Score {
    positives: usize,
    traps: usize,
    right: usize,
    missed: usize,
    wrong: usize,
}

impl Score {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

fn count(kinds: impl Iterator<Item = SignalKind>, kind: SignalKind) -> usize {
    kinds.filter(|k| *k == kind).count()
}

fn judge(trace: &Trace, fired: &[Signal], scores: &mut BTreeMap<SignalKind, Score>) {
    for kind in SignalKind::ALL {
        let wanted = count(trace.expect.iter().copied(), kind);
        let got = count(fired.iter().map(|s| s.kind), kind);
        let score = scores.entry(kind).or_default();
        score.right += wanted.min(got);
        score.missed += wanted.saturating_sub(got);
        score.wrong += got.saturating_sub(wanted);
        if wanted != got {
            println!("{kind:?}: {got} instead of {wanted} in \"{}\"", trace.name);
        }
    }
}

#[test]
fn every_signal_finds_its_trouble_and_nothing_else() {
    let playbook = playbook();
    let mut scores: BTreeMap<SignalKind, Score> = BTreeMap::new();
    for suite in suites() {
        if !suite.recorded.is_empty() {
            println!("{} traces recorded of {}", suite.traces.len(), suite.recorded);
        }
        for trace in &suite.traces {
            let score = scores.entry(suite.signal).or_default();
            let positive = trace.expect.contains(&suite.signal);
            *(if positive { &mut score.positives } else { &mut score.traps }) += 1;
            judge(trace, &trace.run(&playbook), &mut scores);
        }
    }
    println!("{:22} {:>9} {:>6} {:>10} {:>7}", "signal", "positives", "traps", "precision", "recall");
    for kind in SignalKind::ALL {
        let score = scores.entry(kind).or_default();
        println!(
            "{:22} {:>9} {:>6} {:>10.3} {:>7.3}",
            format!("{kind:?}"),
            score.positives,
            score.traps,
            score.precision(),
            score.recall()
        );
    }
    for (kind, score) in &scores {
        assert!(score.positives >= EACH && score.traps >= EACH, "{kind:?} has too few traces");
        assert!(score.precision() >= BAR && score.recall() >= BAR, "{kind:?} is under the bar of {BAR}");
    }
}

/// A wake-up more or less, and a snapshot after any event, change nothing.
#[test]
fn wake_ups_and_snapshots_change_nothing() {
    let playbook = playbook();
    for trace in suites().iter().flat_map(|s| &s.traces) {
        let wanted = trace.run(&playbook);
        let mut signals = Signals::new(&playbook.settings.signals, &trace.unsupported);
        let mut tracker = Tracker::default();
        let (mut out, mut last) = (Vec::new(), START);
        let events = trace.events();
        for event in &events {
            for wake in [last + (event.t.0 - last) / 3, last + (event.t.0 - last) / 2, event.t.0] {
                signals.advance(Millis(wake), &mut out);
            }
            let place = tracker.observe(&playbook, event);
            signals.observe(event, &place, &mut out);
            last = event.t.0;
            let json = serde_json::to_string(&signals).unwrap();
            signals = serde_json::from_str(&json).unwrap();
        }
        let end = Millis(trace.until.map_or(last + WATCH_MS, |until| START + until));
        while let Some(due) = signals.due().filter(|due| *due <= end) {
            signals.advance(due, &mut out);
        }
        assert_eq!(out, wanted, "{}", trace.name);
    }
}

/// All traces one after the other, many times: the memory does not grow.
#[test]
fn the_memory_is_bounded() {
    const SNAPSHOT_MAX: usize = 60_000;
    let playbook = playbook();
    let traces: Vec<Vec<Event>> = suites().iter().flat_map(|s| &s.traces).map(Trace::events).collect();
    let mut signals = Signals::new(&playbook.settings.signals, &[]);
    let mut tracker = Tracker::default();
    let mut now = START;
    for _ in 0..3 {
        for events in &traces {
            let offset = now - START;
            for event in events {
                let event = Event { t: event.t.plus(offset), ..event.clone() };
                now = event.t.0;
                let place = tracker.observe(&playbook, &event);
                signals.advance(event.t, &mut Vec::new());
                signals.observe(&event, &place, &mut Vec::new());
            }
        }
        let size = serde_json::to_string(&signals).unwrap().len();
        assert!(size <= SNAPSHOT_MAX, "{size} bytes");
    }
}

#[test]
fn what_is_off_or_unsupported_never_fires_and_is_never_due() {
    let mut playbook = playbook();
    playbook.settings.signals.off = SignalKind::ALL.to_vec();
    for trace in suites().iter().flat_map(|s| &s.traces) {
        assert_eq!(trace.run(&playbook), [], "{}", trace.name);
    }
    let signals = Signals::new(&Default::default(), &[SignalKind::DeadClick, SignalKind::RageClick]);
    assert_eq!(signals.unsupported(), [SignalKind::RageClick, SignalKind::DeadClick]);
}
