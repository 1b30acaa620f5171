//! Apps of the judge: a grown graph of menus, and errands whose desks hang on it.

use unstuck::playbook::{Journey, Match, Playbook, Step, Text};

use super::dice::Dice;
use crate::playbook::of_journeys;

/// What a desk wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Fields to fill in.
    Fill,
    /// Something to pick, a value to set.
    Pick,
    /// Terms to weigh before going on.
    Weigh,
    /// A code that is sent.
    Code,
    /// Nothing but to wait for a result.
    Watch,
}

/// Where a part of an errand is done: a step of the playbook.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The step's id.
    pub id: String,
    /// Its screen.
    pub route: String,
    /// What it wants.
    pub work: Work,
    /// The length of what each field takes, in characters.
    pub fields: Vec<usize>,
    /// The call behind it; none where the desk only leads on.
    pub call: Option<String>,
    /// What it takes somebody of tempo 1, in milliseconds.
    pub usual_ms: f64,
}

/// Something people come for.
#[derive(Clone, Debug)]
pub struct Errand {
    /// The menu that it is entered from.
    pub menu: usize,
    /// Its desks in order.
    pub desks: Vec<Desk>,
}

/// A screen without work.
#[derive(Clone, Debug)]
pub struct Menu {
    /// Its route.
    pub route: String,
    /// Where it was reached from; the root leads to itself.
    pub parent: usize,
}

/// What can be seen of an app, and how its servers are.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its playbook.
    pub playbook: Playbook,
    /// Its menus; the first is the root.
    pub menus: Vec<Menu>,
    /// Its errands.
    pub errands: Vec<Errand>,
    /// The median answer time in milliseconds.
    pub answer_ms: f64,
    /// The deviation of its logarithm.
    pub answer_sigma: f64,
    /// The chance that a sound call fails, for anybody.
    pub glitches: f64,
    /// The chance that a sound call falls into the tail.
    pub tail: f64,
    /// Background calls a minute.
    pub polls: f64,
    /// Errors a minute that nobody notices.
    pub mutters: f64,
    /// How refusals of fields show: by event, by call, or only in the document.
    pub refusals: [f64; 3],
    /// Its refusals and failures carry codes.
    pub coded: bool,
    /// It tells valid fields from others.
    pub checks: bool,
    /// Sends forms as forms.
    pub forms: bool,
    /// Screens fetch what they show.
    pub fetches: f64,
}

impl Site {
    /// The site of a seed.
    pub fn grow(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let menus = menus(&mut dice);
        let errands: Vec<Errand> = (0..dice.whole(2, 5)).map(|e| errand(e, &menus, &mut dice)).collect();
        let refusals = *dice.one(&[[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.1, 0.2, 0.7]]);
        Self {
            playbook: playbook(seed, &errands, &mut dice),
            menus,
            errands,
            answer_ms: dice.lognormal(280.0, 0.6),
            answer_sigma: dice.even(0.3, 0.9),
            glitches: dice.even(0.002, 0.025),
            tail: dice.even(0.0, 0.05),
            polls: if dice.odds(0.5) { dice.even(0.5, 4.0) } else { 0.0 },
            mutters: if dice.odds(0.25) { dice.even(0.05, 0.8) } else { 0.0 },
            refusals,
            coded: dice.odds(0.6),
            checks: dice.odds(0.5),
            forms: dice.odds(0.5),
            fetches: dice.even(0.2, 1.0),
        }
    }
}

/// Each new menu hangs on one that has many already, more likely than on another (Barabási and Albert,
/// 1999): few hubs, many leaves, as sites have.
fn menus(dice: &mut Dice) -> Vec<Menu> {
    let mut menus = vec![Menu { route: "/start".into(), parent: 0 }];
    let mut ends = vec![0];
    for i in 1..=dice.whole(4, 14) {
        let parent = *dice.one(&ends);
        ends.extend([parent, i]);
        menus.push(Menu { route: format!("/m/{i}"), parent });
    }
    menus
}

fn errand(e: usize, menus: &[Menu], dice: &mut Dice) -> Errand {
    let one_screen = dice.odds(0.2);
    let count = dice.whole(1, 6);
    let desks = (0..count).map(|d| {
        let work = match dice.among(&[0.38, 0.2, 0.18, 0.12, if d + 1 == count { 0.3 } else { 0.0 }]) {
            0 => Work::Fill,
            1 => Work::Pick,
            2 => Work::Weigh,
            3 => Work::Code,
            _ => Work::Watch,
        };
        let fields: Vec<usize> = match work {
            Work::Fill => (0..dice.whole(1, 7)).map(|_| dice.whole(2, 26)).collect(),
            Work::Code => vec![6],
            _ => vec![],
        };
        // The keystroke-level model (Card, Moran and Newell, 1980): 1.35 s to think and 1.1 s to point
        // at each field, 0.28 s a key.
        let typing: f64 = fields.iter().map(|n| 2_450.0 + 280.0 * *n as f64).sum();
        let usual_ms = match work {
            Work::Fill => 3_000.0 + typing,
            Work::Pick => dice.even(4_000.0, 15_000.0),
            Work::Weigh => dice.even(5_000.0, 25_000.0),
            Work::Code => 12_000.0 + typing,
            Work::Watch => 8_000.0,
        };
        let must_call = matches!(work, Work::Code | Work::Watch) || d + 1 == count;
        Desk {
            id: format!("e{e}/d{d}"),
            route: if one_screen { format!("/e/{e}") } else { format!("/e/{e}/{d}") },
            work,
            fields,
            call: (must_call || dice.odds(0.6)).then(|| format!("PUT /v1/e{e}/d{d}")),
            usual_ms,
        }
    });
    let desks = desks.collect();
    Errand { menu: dice.whole(0, menus.len() - 1), desks }
}

fn playbook(seed: u64, errands: &[Errand], dice: &mut Dice) -> Playbook {
    let journeys = errands.iter().enumerate().map(|(e, errand)| Journey {
        id: format!("e{e}"),
        product: Text::default(),
        scenario: Text::default(),
        steps: (0..errand.desks.len()).map(|d| step(errand, d, dice)).collect(),
        goal: vec![Match { screen: Some(format!("/e/{e}/end")), ..Match::default() }],
        pays: dice.odds(0.3),
    });
    of_journeys(format!("site-{seed:016x}"), journeys.collect())
}

/// The usual time is the designer's guess: half to twice the truth, in whole five seconds.
fn step(errand: &Errand, d: usize, dice: &mut Dice) -> Step {
    let desk = &errand.desks[d];
    let alone = errand.desks.iter().filter(|o| o.route == desk.route).count() == 1;
    let target = (!alone && d > 0).then(|| format!("{}:*", desk.id));
    let success = match (&desk.call, errand.desks.get(d + 1)) {
        _ if desk.work == Work::Watch => {
            Match { custom: Some(format!("{}:settled", desk.id)), ..Match::default() }
        }
        (Some(call), _) => Match { endpoint: Some(call.clone()), ..Match::default() },
        (None, Some(next)) if next.route != desk.route => {
            Match { screen: Some(next.route.clone()), ..Match::default() }
        }
        _ => Match { target: Some(format!("{}:go", desk.id)), ..Match::default() },
    };
    let guess = desk.usual_ms * 2_f64.powf(dice.even(-1.0, 1.0)) / 5_000.0;
    Step {
        id: desk.id.clone(),
        title: Text::default(),
        at: vec![Match { screen: Some(desk.route.clone()), target, ..Match::default() }],
        success: vec![success],
        next: vec![],
        commit: (desk.work != Work::Watch && dice.odds(0.7)).then(|| format!("{}:go", desk.id)),
        typical_ms: guess.ceil().clamp(1.0, 60.0) as u32 * 5_000,
    }
}
