//! Linear support vector machines, one against the rest, squared hinge, by dual coordinate descent
//! (Hsieh and others, ICML 2008, as in LIBLINEAR). All classes take their step on a row together: they
//! do not touch each other, and their weights lie side by side.

use super::rows::{LEXICAL, Row};
use crate::random::Random;

/// A score a class: lexical weights · lexical row + dense weights · dense row + bias.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    /// How many classes.
    pub classes: usize,
    /// [`LEXICAL`] rows of a weight a class.
    pub lexical: Vec<f32>,
    /// A row of a weight a class for each number of the encoder's vector.
    pub dense: Vec<f32>,
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
    fn zero(classes: usize, width: usize) -> Self {
        let zeros = |rows: usize| vec![0.0; rows * classes];
        Self { classes, lexical: zeros(LEXICAL), dense: zeros(width), bias: zeros(1) }
    }

    /// The score of each class.
    pub fn scores(&self, row: &Row) -> Vec<f32> {
        let mut scores = self.bias.clone();
        for &(bucket, x) in &row.lexical {
            add(&mut scores, x, &self.lexical[bucket * self.classes..][..self.classes]);
        }
        for (x, weights) in row.direction.iter().zip(self.dense.chunks_exact(self.classes)) {
            add(&mut scores, *x, weights);
        }
        scores
    }

    fn step(&mut self, row: &Row, step: &[f32]) {
        for &(bucket, x) in &row.lexical {
            add(&mut self.lexical[bucket * self.classes..][..self.classes], x, step);
        }
        for (x, weights) in row.direction.iter().zip(self.dense.chunks_exact_mut(self.classes)) {
            add(weights, *x, step);
        }
        add(&mut self.bias, 1.0, step);
    }
}

fn add(sums: &mut [f32], x: f32, values: &[f32]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += x * value);
}

fn square(row: &Row) -> f32 {
    row.lexical.iter().map(|(_, x)| x * x).sum::<f32>() + row.direction.iter().map(|x| x * x).sum::<f32>()
}

/// Trains on rows with their class, or with none; the bias is a feature that is always 1.
pub fn train(rows: &[(&Row, Option<usize>)], classes: usize, fit: Fit) -> Linear {
    let mut model = Linear::zero(classes, rows.first().map_or(0, |(row, _)| row.direction.len()));
    let slack = 1.0 / (2.0 * fit.c);
    let mut alphas = vec![0.0_f32; rows.len() * classes];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut random = Random::new(fit.seed);
    let mut step = vec![0.0_f32; classes];
    for _ in 0..fit.epochs {
        random.shuffle(&mut order);
        for &i in &order {
            let (row, class) = rows[i];
            let curvature = square(row) + 1.0 + slack;
            let scores = model.scores(row);
            let alphas = &mut alphas[i * classes..][..classes];
            for (k, ((alpha, score), step)) in alphas.iter_mut().zip(&scores).zip(&mut step).enumerate() {
                let side = if Some(k) == class { 1.0 } else { -1.0 };
                let gradient = side * score - 1.0 + *alpha * slack;
                let moved = (*alpha - gradient / curvature).max(0.0);
                *step = (moved - *alpha) * side;
                *alpha = moved;
            }
            model.step(row, &step);
        }
    }
    model
}
