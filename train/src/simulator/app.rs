//! Random apps with their playbooks, so that what is learned knows no app.

use unstuck::playbook::{Journey, Match, Playbook, Step, Text};

use crate::{playbook::of_journeys, random::Random};

/// What a step asks of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Fill in fields and send them.
    Form,
    /// Choose from a list, or set an amount by plus and minus.
    Choose,
    /// Read and go on.
    Read,
    /// Type a code that comes by message.
    Code,
    /// Look it over and decide.
    Confirm,
}

/// A step as people meet it.
#[derive(Clone, Debug)]
pub struct Stop {
    /// The step's id in the playbook.
    pub id: String,
    /// Its screen.
    pub screen: String,
    /// What it asks.
    pub task: Task,
    /// The stable ids of its fields.
    pub fields: Vec<String>,
    /// The form's id.
    pub form: String,
    /// The target of the deciding tap.
    pub commit: String,
    /// The call that the deciding tap makes, if it makes one.
    pub endpoint: Option<String>,
    /// How long it takes a person of middling speed, in milliseconds.
    pub takes_ms: f64,
}

/// An app, and how much of what happens in it can be seen.
#[derive(Clone, Debug)]
pub struct App {
    /// Its playbook.
    pub playbook: Playbook,
    /// The stops of each journey.
    pub journeys: Vec<Vec<Stop>>,
    /// Screens that belong to no step.
    pub side: Vec<String>,
    /// The middling answer time, in milliseconds.
    pub latency_ms: f64,
    /// The share of sound answers that take seconds all the same.
    pub sluggish: f64,
    /// The chance that a step goes wrong once and then well, for anybody.
    pub hitches: f64,
    /// It reports refused fields as such.
    pub reports_refusals: bool,
    /// It knows whether a field is valid while it is filled in.
    pub knows_validity: bool,
    /// Its answers carry codes.
    pub codes: bool,
    /// The share of taps after which the page visibly changes.
    pub reacts: f64,
    /// Errors of its code that nobody notices, per minute.
    pub silent_errors: f64,
    /// The share of background calls that fail unnoticed.
    pub poll_failures: f64,
    /// It calls in the background at all.
    pub polls: bool,
    /// The share of screens that load something.
    pub loads: f64,
    /// Forms are sent as forms, and not by a mere button.
    pub submits: bool,
    /// It says by `track` what was done, now and then.
    pub tracks: bool,
}

/// The screen that every app begins with.
pub const HOME: &str = "/";
/// The screen that a journey ends on.
pub const DONE: &str = "/done";

impl App {
    /// An app that a seed alone decides.
    pub fn random(seed: u64) -> Self {
        let mut rng = Random::new(seed);
        let count = 2 + rng.below(4);
        let shares_screens = rng.chance(0.2);
        let journeys: Vec<Vec<Stop>> = (0..count).map(|j| stops(j, shares_screens, &mut rng)).collect();
        let estimates = rng.between(0.1, 0.6);
        let playbook = playbook(seed, &journeys, estimates, &mut rng);
        Self {
            playbook,
            journeys,
            side: (0..3 + rng.below(5)).map(|i| format!("/side/{i}")).collect(),
            latency_ms: rng.about(350.0, 0.5),
            sluggish: rng.between(0.0, 0.025),
            hitches: rng.between(0.2, 1.8),
            reports_refusals: rng.chance(0.75),
            knows_validity: rng.chance(0.6),
            codes: rng.chance(0.7),
            reacts: rng.between(0.9, 1.0),
            silent_errors: if rng.chance(0.3) { rng.between(0.05, 0.6) } else { 0.0 },
            poll_failures: rng.between(0.0, 0.15),
            polls: rng.chance(0.4),
            loads: rng.between(0.1, 0.9),
            submits: rng.chance(0.6),
            tracks: rng.chance(0.2),
        }
    }
}

fn stops(journey: usize, shares_screens: bool, rng: &mut Random) -> Vec<Stop> {
    let length = 1 + rng.below(6);
    (0..length)
        .map(|k| {
            let last = k + 1 == length;
            let task = match rng.weighted(&[0.4, 0.2, 0.12, 0.14, if last { 0.5 } else { 0.08 }]) {
                0 => Task::Form,
                1 => Task::Choose,
                2 => Task::Read,
                3 => Task::Code,
                _ => Task::Confirm,
            };
            let id = format!("j{journey}.s{k}");
            let count = if task == Task::Form { 1 + rng.below(5) } else { usize::from(task == Task::Code) };
            let calls = match task {
                Task::Form | Task::Code | Task::Confirm => last || rng.chance(0.85),
                Task::Choose | Task::Read => last || rng.chance(0.25),
            };
            let (base, each) = match task {
                Task::Form => (4_000.0, 5_000.0),
                Task::Choose => (8_000.0, 0.0),
                Task::Read => (10_000.0, 0.0),
                Task::Code => (14_000.0, 4_000.0),
                Task::Confirm => (6_000.0, 0.0),
            };
            let screen = if shares_screens && k > 0 { k - k % 2 } else { k };
            Stop {
                screen: format!("/j{journey}/s{screen}"),
                fields: (0..count).map(|f| format!("{id}.f{f}")).collect(),
                form: format!("{id}.form"),
                commit: format!("{id}.go"),
                endpoint: calls.then(|| format!("POST /api/j{journey}/s{k}")),
                takes_ms: rng.about(base + each * count as f64, 0.35),
                task,
                id,
            }
        })
        .collect()
}

fn playbook(seed: u64, journeys: &[Vec<Stop>], estimates: f64, rng: &mut Random) -> Playbook {
    let journeys = journeys.iter().enumerate().map(|(j, stops)| journey(j, stops, estimates, rng)).collect();
    of_journeys(format!("app-{seed:016x}"), journeys)
}

fn journey(j: usize, stops: &[Stop], estimates: f64, rng: &mut Random) -> Journey {
    let steps = stops.iter().enumerate().map(|(k, stop)| {
        let shared = k > 0 && stops[k - 1].screen == stop.screen;
        let on_screen = Match { screen: Some(stop.screen.clone()), ..Match::default() };
        let by_element = Match { target: Some(format!("{}.*", stop.id)), ..on_screen.clone() };
        Step {
            id: stop.id.clone(),
            title: Text::default(),
            at: vec![if shared { by_element } else { on_screen }],
            success: vec![success(stop, stops.get(k + 1))],
            next: vec![],
            commit: rng.chance(0.8).then(|| stop.commit.clone()),
            typical_ms: rng.about(stop.takes_ms, estimates).clamp(1_000.0, 300_000.0) as u32,
        }
    });
    Journey {
        id: format!("j{j}"),
        product: Text::default(),
        scenario: Text::default(),
        steps: steps.collect(),
        goal: vec![goal(stops, rng)],
        pays: rng.chance(0.4),
    }
}

/// A call that went well, or being at the next step, or the deciding tap.
fn success(stop: &Stop, next: Option<&Stop>) -> Match {
    match (&stop.endpoint, next) {
        (Some(endpoint), _) => Match { endpoint: Some(endpoint.clone()), ..Match::default() },
        (None, Some(next)) if next.screen != stop.screen => {
            Match { screen: Some(next.screen.clone()), ..Match::default() }
        }
        (None, _) => Match { target: Some(stop.commit.clone()), ..Match::default() },
    }
}

/// The last step's success, or the screen after it.
fn goal(stops: &[Stop], rng: &mut Random) -> Match {
    match stops.last() {
        Some(last) if rng.chance(0.5) => success(last, None),
        _ => Match { screen: Some(DONE.to_owned()), ..Match::default() },
    }
}
