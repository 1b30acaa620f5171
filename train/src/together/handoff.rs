//! When to hand off: what talks cost under our policy, under a fixed number of turns, and under a
//! threshold of confidence.

use serde::Serialize;
use unstuck::{Input, Playbook, Result};

use super::{
    Test,
    app::App,
    engine,
    score::{Estimate, mean},
    talk::{End, Policy, Talk, talk},
    texts::Texts,
    visit::Visit,
};
use crate::{intents::Questions, judge::dice::Dice};

/// What things cost, in US dollars.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Prices {
    /// A contact with a human: 8.01 by Gartner (2019), from memory.
    pub human: f64,
    /// A turn of the person's time: ours, 20 s at 18 an hour and as much annoyance again.
    pub turn: f64,
    /// Somebody who leaves with the trouble: ours, a later contact and half another.
    pub left: f64,
    /// Each turn before a human took over, on top: ours, what was said twice.
    pub late: f64,
}

/// The prices that are assumed; the curve is drawn over the first.
pub const PRICES: Prices = Prices { human: 8.0, turn: 0.2, left: 12.0, late: 0.2 };
/// Prices of a human that the curve is drawn over.
const CURVE: [f64; 13] = [0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0, 25.0];
/// What each family of policies is tried with.
const OURS: [u8; 5] = [1, 2, 3, 4, 6];
const TURNS: [usize; 5] = [1, 2, 3, 4, 6];
const CONFIDENCE: [f64; 5] = [0.3, 0.45, 0.6, 0.75, 0.9];
/// More turns in a row than a talk has: the engine never hands off by itself.
const NEVER: u8 = u8::MAX;

/// A policy, and what its talks came to.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// The policy.
    pub policy: Policy,
    /// The share that the bot helped.
    pub helped: f64,
    /// The share that got a human.
    pub human: f64,
    /// The share that left with the trouble.
    pub left: f64,
    /// Mean turns.
    pub turns: f64,
    /// Mean cost at [`PRICES`].
    pub cost: Estimate,
    /// How much more it costs than what ships, talk by talk.
    pub over_ours: Estimate,
}

/// Mean cost at one price of a human.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Point {
    /// The price.
    pub human: f64,
    /// What ships.
    pub shipped: f64,
    /// The cheapest of each family at this price: ours, turns, confidence.
    pub best: [f64; 3],
}

/// The figures.
#[derive(Clone, Debug, Serialize)]
pub struct Costs {
    /// Talks a policy.
    pub talks: usize,
    /// The prices.
    pub prices: Prices,
    /// Every policy.
    pub rows: Vec<Row>,
    /// The curve.
    pub curve: Vec<Point>,
}

/// Lets the same people talk under every policy.
pub fn compare(test: &Test, visits: usize) -> Result<Costs> {
    let shipped = Policy::Ours(test.playbook.settings.dialogue.failures);
    let mut all: Vec<(Policy, Vec<Talk>)> = Vec::new();
    for failures in OURS {
        all.extend(talks(test, visits, failures, &[Policy::Ours(failures)])?);
    }
    let baselines: Vec<Policy> =
        TURNS.map(Policy::Turns).into_iter().chain(CONFIDENCE.map(Policy::Confidence)).collect();
    all.extend(talks(test, visits, NEVER, &baselines)?);
    let ours = all.iter().find(|(policy, _)| *policy == shipped).map(|(_, talks)| talks.clone());
    let ours = ours.unwrap_or_default();
    let family = |policy: &Policy| match policy {
        Policy::Ours(_) => 0,
        Policy::Turns(_) => 1,
        Policy::Confidence(_) => 2,
    };
    let curve = CURVE.map(|human| {
        let prices = Prices { human, ..PRICES };
        let cost = |talks: &[Talk]| average(talks.iter().map(|talk| prices.of(talk)));
        let best = [0, 1, 2].map(|at| {
            let mine = all.iter().filter(|(policy, _)| family(policy) == at);
            mine.map(|(_, talks)| cost(talks)).fold(f64::INFINITY, f64::min)
        });
        Point { human, shipped: cost(&ours), best }
    });
    let rows = all.iter().map(|(policy, talks)| row(*policy, talks, &ours, test.seed)).collect();
    Ok(Costs { talks: ours.len(), prices: PRICES, rows, curve: curve.to_vec() })
}

impl Prices {
    fn of(&self, talk: &Talk) -> f64 {
        let turns = talk.turns as f64;
        let end = match talk.end {
            End::Helped => 0.0,
            End::Human => self.human + self.late * turns,
            End::Left => self.left,
        };
        end + self.turn * turns
    }
}

/// The talks of these policies, with an engine that hands off after so many failures.
fn talks(test: &Test, visits: usize, failures: u8, policies: &[Policy]) -> Result<Vec<(Policy, Vec<Talk>)>> {
    let mut playbook: Playbook = test.playbook.clone();
    playbook.settings.dialogue.failures = failures;
    let app = App::of(&playbook);
    let texts = Texts::of(&Questions::from_playbook(&playbook)?, test.unseen, test.half);
    let mut engine = engine(&Test { playbook: &playbook, ..test.clone() })?;
    let fresh = engine.save()?;
    let mut seeds = Dice::new(test.seed);
    let mut all: Vec<(Policy, Vec<Talk>)> = policies.iter().map(|policy| (*policy, Vec::new())).collect();
    for _ in 0..visits {
        engine.restore(&fresh)?;
        let visit = Visit::play(&app, seeds.seed());
        for event in &visit.events {
            engine.push(Input::Event(event.clone()))?;
        }
        let here = engine.save()?;
        for (policy, talks) in &mut all {
            engine.restore(&here)?;
            talks.extend(talk(&mut engine, &app, &texts, &visit, *policy)?);
        }
    }
    Ok(all)
}

fn row(policy: Policy, talks: &[Talk], ours: &[Talk], seed: u64) -> Row {
    let share = |end: End| average(talks.iter().map(|talk| f64::from(u8::from(talk.end == end))));
    let costs: Vec<f64> = talks.iter().map(|talk| PRICES.of(talk)).collect();
    let over: Vec<f64> = costs.iter().zip(ours).map(|(cost, talk)| cost - PRICES.of(talk)).collect();
    Row {
        policy,
        helped: share(End::Helped),
        human: share(End::Human),
        left: share(End::Left),
        turns: average(talks.iter().map(|talk| talk.turns as f64)),
        cost: mean(&costs, seed),
        over_ours: mean(&over, seed),
    }
}

fn average(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len().max(1) as f64;
    values.sum::<f64>() / n
}
