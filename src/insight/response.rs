//! k-ary randomised response: each answer is private on its own, and the shares of many are known
//! with an interval. The core draws no random numbers; the host brings them.

use serde::{Deserialize, Serialize};

/// The probability that an answer is the true one: `e^ε / (e^ε + k − 1)` (Kairouz and others, 2016).
pub fn kept(answers: u32, epsilon: f64) -> f64 {
    let e = libm::exp(epsilon);
    e / (e + f64::from(answers.saturating_sub(1)))
}

/// One of `answers`: the true one with the probability [`kept`], else any other. `random` is two
/// words of the host's, uniform and never used again.
pub fn respond(truth: u32, answers: u32, epsilon: f64, random: [u32; 2]) -> u32 {
    let [first, second] = random;
    let drawn = f64::from(first) / (f64::from(u32::MAX) + 1.0);
    if drawn < kept(answers, epsilon) || answers < 2 {
        return truth;
    }
    let other = (u64::from(second) * u64::from(answers - 1)) >> 32;
    let other = u32::try_from(other).unwrap_or(0);
    if other < truth { other } else { other + 1 }
}

/// A share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share {
    /// The unbiased estimate, kept between 0 and 1.
    pub share: f64,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// Two-sided 95 % of the normal distribution.
const Z95: f64 = 1.959_964;

/// The true share of an answer that was given `times` in `all` randomised answers.
pub fn estimate(times: u32, all: u32, answers: u32, epsilon: f64) -> Share {
    if all == 0 || answers < 2 {
        return Share { share: 0.0, low: 0.0, high: 1.0 };
    }
    let kept = kept(answers, epsilon);
    let swapped = (1.0 - kept) / f64::from(answers - 1);
    let seen = f64::from(times) / f64::from(all);
    let share = (seen - swapped) / (kept - swapped);
    let deviation = libm::sqrt(seen * (1.0 - seen) / f64::from(all)) / (kept - swapped);
    let within = |share: f64| share.clamp(0.0, 1.0);
    Share {
        share: within(share),
        low: within(share - Z95 * deviation),
        high: within(share + Z95 * deviation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A generator for the test alone: xorshift, seeded.
    struct Random(u32);

    impl Random {
        fn word(&mut self) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 17;
            self.0 ^= self.0 << 5;
            self.0
        }
    }

    #[test]
    fn keeps_the_truth_as_often_as_the_formula_says() {
        assert!((kept(16, 2.0) - 0.33).abs() < 0.005);
        assert!((kept(2, 0.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn every_answer_can_come_and_none_beyond() {
        for truth in 0..5 {
            let mut seen = [0; 5];
            let mut random = Random(2026);
            for _ in 0..10_000 {
                seen[respond(truth, 5, 1.0, [random.word(), random.word()]) as usize] += 1;
            }
            assert!(seen.iter().all(|times| *times > 0), "{seen:?}");
            let most = (0..5).max_by_key(|at| seen[*at]);
            assert_eq!(most, Some(truth as usize));
        }
        assert_eq!(respond(3, 5, 1.0, [0, 0]), 3);
        assert_eq!(respond(3, 5, 1.0, [u32::MAX, u32::MAX]), 4);
        assert_eq!(respond(4, 5, 1.0, [u32::MAX, u32::MAX]), 3);
        assert_eq!(respond(0, 1, 1.0, [u32::MAX, u32::MAX]), 0);
    }

    #[test]
    fn the_interval_holds_the_true_share_about_as_often_as_it_says() {
        let (answers, epsilon, people) = (6, 2.0, 2_000);
        let mut random = Random(7);
        let mut held = 0;
        for _ in 0..200 {
            let mut times = 0;
            for person in 0..people {
                // Three of ten people have the answer 2.
                let truth = if person % 10 < 3 { 2 } else { person % 2 };
                let answer = respond(truth, answers, epsilon, [random.word(), random.word()]);
                times += u32::from(answer == 2);
            }
            let share = estimate(times, people, answers, epsilon);
            held += u32::from((share.low..=share.high).contains(&0.3));
        }
        assert!((180..=200).contains(&held), "{held} of 200 intervals hold the share");
    }

    #[test]
    fn no_answers_mean_that_nothing_is_known() {
        assert_eq!(estimate(0, 0, 6, 2.0), Share { share: 0.0, low: 0.0, high: 1.0 });
    }
}
