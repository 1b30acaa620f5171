//! Linear support vector machines, one against the rest, squared hinge, by dual coordinate descent
//! (Hsieh and others, ICML 2008, as in LIBLINEAR). All classes take their step on a row together: they
//! do not touch each other, and their weights lie side by side.

use unstuck::model::text::BUCKETS;

use super::rows::Row;
use crate::random::Random;

/// A score a class: weights · row + bias.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// How many classes.
    pub classes: usize,
    /// [`BUCKETS`] rows of a weight a class.
    pub weights: Vec<f32>,
    /// A bias a class.
    pub bias: Vec<f32>,
}

/// How hard to fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The price of a violated margin.
    pub c: f32,
    /// How often each row is visited.
    pub epochs: usize,
    /// The order of the visits.
    pub seed: u64,
}

impl Linear {
    /// The score of each class.
    pub fn scores(&self, row: &Row) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for &(bucket, x) in row {
            let weights = &self.weights[bucket * self.classes..][..self.classes];
            scores.iter_mut().zip(weights).for_each(|(s, w)| *s += x * w);
        }
        scores
    }

    fn add(&mut self, row: &Row, step: &[f32]) {
        for &(bucket, x) in row {
            let weights = &mut self.weights[bucket * self.classes..][..self.classes];
            weights.iter_mut().zip(step).for_each(|(w, d)| *w += x * d);
        }
        self.bias.iter_mut().zip(step).for_each(|(b, d)| *b += d);
    }
}

/// Trains on `(row, class)` pairs; the bias is a feature that is always 1.
pub fn train(rows: &[(&Row, usize)], classes: usize, fit: Fit) -> Linear {
    let mut model =
        Linear { classes, weights: vec![0.0; BUCKETS as usize * classes], bias: vec![0.0; classes] };
    let slack = 1.0 / (2.0 * fit.c);
    let mut alphas = vec![0.0_f32; rows.len() * classes];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random = Random::new(fit.seed);
    let mut step = vec![0.0_f32; classes];
    for _ in 0..fit.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let (row, class) = rows[i];
            let curvature = row.iter().map(|(_, x)| x * x).sum::<f32>() + 1.0 + slack;
            let scores = model.scores(row);
            let alphas = &mut alphas[i * classes..][..classes];
            for (k, ((alpha, score), step)) in alphas.iter_mut().zip(&scores).zip(&mut step).enumerate() {
                let side = if k == class { 1.0 } else { -1.0 };
                let gradient = side * score - 1.0 + *alpha * slack;
                let moved = (*alpha - gradient / curvature).max(0.0);
                *step = (moved - *alpha) * side;
                *alpha = moved;
            }
            model.add(row, &step);
        }
    }
    model
}
