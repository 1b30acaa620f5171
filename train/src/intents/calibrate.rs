//! Scores become probabilities on questions that the model has not seen.

use crate::metrics::quantile;

/// At most this share of the held-out questions with a known intent is turned away.
const TURNED_AWAY: f64 = 0.05;
/// Where the search for the temperature begins and ends, as its natural logarithm.
const LN_TEMPERATURE: (f64, f64) = (-5.0, 2.0);

/// What points to a known intent: the best score, its probability, the share of the question's weight in
/// n-grams that were seen in training, and how close its vector comes to an intent's mean direction. Of
/// twelve kinds, on Banking77-OOS's validation rows, these four told unknown questions best (AUROC .860
/// near and .985 far; without the last, .837 and .983).
pub type Evidence = [f32; EVIDENCE];
/// Kinds of it.
pub const EVIDENCE: usize = 4;

/// How scores are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// What scores are divided by before the softmax.
    pub temperature: f32,
    /// A weight for each kind of [`Evidence`].
    pub weights: Evidence,
    /// Set so that 0.5 turns away [`TURNED_AWAY`] of the questions that have an intent.
    pub bias: f32,
}

/// The softmax of scores at a temperature.
pub fn softmax(scores: &[f32], temperature: f32) -> Vec<f32> {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = scores.iter().map(|s| ((s - most) / temperature).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.iter().map(|p| p / sum).collect()
}

/// The temperature that makes held-out `(scores, class)` likeliest, by golden-section search.
pub fn temperature(held_out: &[(Vec<f32>, usize)]) -> f32 {
    let loss = |ln: f64| -> f64 {
        let likelihood = |(scores, class): &(Vec<f32>, usize)| {
            f64::from(softmax(scores, ln.exp() as f32)[*class].max(f32::MIN_POSITIVE)).ln()
        };
        -held_out.iter().map(likelihood).sum::<f64>()
    };
    let golden = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut low, mut high) = LN_TEMPERATURE;
    while high - low > 1e-3 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if loss(a) < loss(b) { high = b } else { low = a }
    }
    f64::midpoint(low, high).exp() as f32
}

/// Logistic regression of "out of scope" on evidence, both kinds counting the same, by gradient descent
/// on standardised evidence.
pub fn out_of_scope(inside: &[Evidence], outside: &[Evidence]) -> (Evidence, f32) {
    const STEPS: usize = 2_000;
    const RATE: f64 = 0.5;
    /// A pull to zero, for the few questions of a small playbook.
    const PULL: f64 = 0.01;
    let samples: Vec<(&Evidence, f64, f64)> = inside
        .iter()
        .map(|e| (e, 0.0, 0.5 / inside.len() as f64))
        .chain(outside.iter().map(|e| (e, 1.0, 0.5 / outside.len() as f64)))
        .collect();
    let mean: [f64; EVIDENCE] = moment(&samples, |_, x| x);
    let spread: [f64; EVIDENCE] = moment(&samples, |i, x| (x - mean[i]).powi(2)).map(|v| v.sqrt().max(1e-6));
    let (mut weights, mut bias) = ([0.0_f64; EVIDENCE], 0.0_f64);
    for _ in 0..STEPS {
        let (mut slope, mut lift) = (weights.map(|w| w * PULL), 0.0);
        for (evidence, truth, share) in &samples {
            let x: [f64; EVIDENCE] = std::array::from_fn(|i| (f64::from(evidence[i]) - mean[i]) / spread[i]);
            let sum: f64 = x.iter().zip(&weights).map(|(x, w)| x * w).sum::<f64>() + bias;
            let off = share * (1.0 / (1.0 + (-sum).exp()) - truth);
            slope.iter_mut().zip(x).for_each(|(s, x)| *s += off * x);
            lift += off;
        }
        weights.iter_mut().zip(slope).for_each(|(w, s)| *w -= RATE * s);
        bias -= RATE * lift;
    }
    let weights: [f64; EVIDENCE] = std::array::from_fn(|i| weights[i] / spread[i]);
    (weights.map(|w| w as f32), (bias - weights.iter().zip(mean).map(|(w, m)| w * m).sum::<f64>()) as f32)
}

fn moment(samples: &[(&Evidence, f64, f64)], of: impl Fn(usize, f64) -> f64) -> [f64; EVIDENCE] {
    let term = |i: usize| samples.iter().map(|(e, _, share)| share * of(i, f64::from(e[i]))).sum();
    std::array::from_fn(term)
}

impl Calibration {
    /// Fits what tells inside from outside, then moves the threshold so that of `known`, held-out
    /// questions with an intent, [`TURNED_AWAY`] lie above 0.5.
    pub fn fit(temperature: f32, inside: &[Evidence], outside: &[Evidence], known: &[Evidence]) -> Self {
        let (weights, _) = out_of_scope(inside, outside);
        let mut this = Self { temperature, weights, bias: 0.0 };
        let mut sums: Vec<f32> = known.iter().map(|e| this.sum(e)).collect();
        this.bias = -quantile(&mut sums, 1.0 - TURNED_AWAY);
        this
    }

    /// How likely it is that no label is meant.
    pub fn out_of_scope(&self, evidence: &Evidence) -> f32 {
        1.0 / (1.0 + (-self.sum(evidence)).exp())
    }

    fn sum(&self, evidence: &Evidence) -> f32 {
        self.bias + evidence.iter().zip(&self.weights).map(|(e, w)| e * w).sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_temperature_makes_half_right_guesses_half_sure() {
        let scores = vec![1.0, 0.0];
        let half: Vec<_> = (0..100).map(|i| (scores.clone(), usize::from(i % 4 == 0))).collect();
        let sure = softmax(&scores, temperature(&half))[0];
        assert!((sure - 0.75).abs() < 1e-3, "{sure}");
    }

    #[test]
    fn the_threshold_keeps_nineteen_of_twenty() {
        let inside: Vec<Evidence> = (0..100).map(|i| [i as f32 / 100.0, 0.9, 1.0, 0.8]).collect();
        let outside: Vec<Evidence> = (0..100).map(|i| [i as f32 / 100.0 - 0.9, 0.2, 0.5, 0.3]).collect();
        let calibration = Calibration::fit(0.3, &inside, &outside, &inside);
        let above = |rows: &[Evidence]| rows.iter().filter(|e| calibration.out_of_scope(e) > 0.5).count();
        assert!((4..=5).contains(&above(&inside)), "{}", above(&inside));
        assert!(above(&outside) > 80, "{}", above(&outside));
    }
}
