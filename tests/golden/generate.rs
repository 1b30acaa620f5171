//! The generated traces: each a visit of one or two scenes, by a number alone.

use std::rc::Rc;

use unstuck::{Bundle, Config, playbook::Language, profile::Profile, signal::SignalKind};

use crate::{dice::Dice, replay::fixtures, scenes, trace::Trace, visit::Visit};

/// With the recorded ones more than five hundred.
const TRACES: i64 = 506;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Monday, 10:00 in China: humans are on duty in the fixture.
const MONDAY: i64 = 1_763_949_600_000;

/// All of them.
pub fn all() -> Vec<Trace> {
    let bundle = fixtures();
    (0..TRACES).map(|n| one(bundle.clone(), n)).collect()
}

fn one(bundle: Rc<Bundle>, n: i64) -> Trace {
    let mut dice = Dice::new(u64::try_from(n).unwrap());
    let zh = n % 2 == 0;
    let start = begins(&mut dice, n);
    let config = config(&mut dice, n, zh, start);
    let scene = |n: i64| scenes::ALL[usize::try_from(n).unwrap() % scenes::ALL.len()];
    // Each scene comes in both languages: their number is odd.
    let (name, play) = scene(n);
    let mut visit = Visit::begin(bundle, config, zh, start, dice);
    visit.arrives(0, "/", "forward");
    play(&mut visit);
    let mut about = name.to_owned();
    if visit.dice.percent(50) {
        let (name, play) = scene(n / 2 + 7);
        play(&mut visit);
        about = format!("{about}, then {name}");
    }
    visit.end(about)
}

fn begins(dice: &mut Dice, n: i64) -> i64 {
    let minutes = dice.between(0, 600) * MINUTE + dice.between(0, MINUTE);
    match n % 12 {
        // Sunday, when nobody is on duty.
        5 => MONDAY - DAY + minutes,
        // Just before the desk closes at 21:00.
        8 => MONDAY + 660 * MINUTE - dice.between(1_000, 60_000),
        // A device without a clock, and one that is far ahead.
        11 if n % 24 == 11 => dice.between(-5_000, 5_000),
        11 => 4_000_000_000_000 + minutes,
        _ => MONDAY + minutes,
    }
}

fn config(dice: &mut Dice, n: i64, zh: bool, start: i64) -> Config {
    let mut profile = Profile { elder_mode: n % 7 == 3, ..Profile::default() };
    match n % 10 {
        4 => profile.declined("bind.number.rejected", unstuck::Millis(start - dice.between(0, 40) * DAY)),
        6 => (0..5).for_each(|k| profile.shown(unstuck::Millis(start - 3_600_000 * (k + 1)))),
        8 => profile.human = 4,
        _ => {}
    }
    let unsupported =
        if n % 17 == 2 { vec![SignalKind::RageClick, SignalKind::HelpSeeking] } else { Vec::new() };
    Config {
        session: format!("g-{n:03}"),
        user: format!("user-{}", dice.between(0, 400)),
        language: if zh { Language::Zh } else { Language::En },
        unsupported,
        profile,
        explain: true,
    }
}
