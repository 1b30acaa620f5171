//! People in apps. Synthetic: what is assumed, and why, is in `docs/simulator.md`.

pub mod app;
pub mod page;
pub mod person;
mod session;
mod steps;
mod trouble;
mod waiting;
mod walk;

use self::app::App;
pub use self::session::{Odds, visit};
use crate::{random::Random, traces::Trace};

/// Visits in an app before the next app begins.
const VISITS_AN_APP: usize = 20;

/// As many visits as asked for, in random apps. The seed decides everything.
pub fn simulate(seed: u64, sessions: usize, odds: Odds) -> impl Iterator<Item = Trace> {
    let mut rng = Random::new(seed);
    let mut app = None;
    (0..sessions).map(move |i| {
        if i % VISITS_AN_APP == 0 {
            app = None;
        }
        let app = app.get_or_insert_with(|| App::random(rng.bits()));
        visit(app, rng.bits(), &odds)
    })
}

#[cfg(test)]
mod tests;
