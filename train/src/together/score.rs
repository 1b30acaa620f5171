//! Shares with intervals, by bootstrap over visits.

use serde::Serialize;

use crate::random::Random;

/// Draws of the bootstrap.
const DRAWS: usize = 1_000;

/// A number between two others, in 95 of 100 draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// As measured.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What was right, of one question: with both, by the text alone, by behaviour alone.
pub type Right = [bool; 3];

/// How often each was right, and how much better both together are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shares {
    /// Questions.
    pub n: usize,
    /// Text and behaviour in one posterior.
    pub together: Estimate,
    /// The text alone.
    pub text: Estimate,
    /// Behaviour alone.
    pub behaviour: Estimate,
    /// Together less text alone.
    pub over_text: Estimate,
    /// Together less behaviour alone.
    pub over_behaviour: Estimate,
}

impl Shares {
    /// Of these questions, one a visit.
    pub fn of(rights: &[Right], seed: u64) -> Self {
        let share = |rights: &[&Right], of: &dyn Fn(&Right) -> f64| {
            rights.iter().map(|right| of(right)).sum::<f64>() / rights.len().max(1) as f64
        };
        let one = |at: usize| move |right: &Right| f64::from(u8::from(right[at]));
        let over = |at: usize| move |right: &Right| one(0)(right) - one(at)(right);
        let all: Vec<&Right> = rights.iter().collect();
        let mut random = Random::new(seed);
        let draws: Vec<Vec<&Right>> = match all.is_empty() {
            true => Vec::new(),
            false => (0..DRAWS).map(|_| (0..all.len()).map(|_| *random.pick(&all)).collect()).collect(),
        };
        let estimate = |of: &dyn Fn(&Right) -> f64| {
            let drawn = draws.iter().map(|draw| share(draw, of)).collect();
            between(share(&all, of), drawn)
        };
        Self {
            n: rights.len(),
            together: estimate(&one(0)),
            text: estimate(&one(1)),
            behaviour: estimate(&one(2)),
            over_text: estimate(&over(1)),
            over_behaviour: estimate(&over(2)),
        }
    }
}

/// A mean with its interval.
pub fn mean(values: &[f64], seed: u64) -> Estimate {
    let of = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let mut random = Random::new(seed);
    let mut draw = || of(&(0..values.len()).map(|_| *random.pick(values)).collect::<Vec<_>>());
    between(of(values), (0..DRAWS).map(|_| draw()).collect())
}

fn between(value: f64, mut drawn: Vec<f64>) -> Estimate {
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn.get((drawn.len() as f64 * share) as usize).copied().unwrap_or(value);
    Estimate { value, low: at(0.025), high: at(0.975) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_differences_are_those_of_the_rows() {
        let rows = [[true, false, true], [true, true, false], [false, false, false], [true, true, true]];
        let shares = Shares::of(&rows.repeat(50), 1);
        let is = |estimate: Estimate, value: f64| {
            assert!((estimate.value - value).abs() < 1e-12, "{estimate:?}");
            assert!(estimate.low < value && value < estimate.high, "{estimate:?}");
        };
        is(shares.together, 0.75);
        is(shares.text, 0.5);
        is(shares.over_text, 0.25);
        is(shares.over_behaviour, 0.25);
        assert_eq!(Shares::of(&[], 1).n, 0);
    }
}
