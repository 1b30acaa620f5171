//! Trains the network on visits.

use ndarray::s;
use unstuck::features::schema::{EVENT, SLOT, SLOTS};

use super::{
    data::Visit,
    network::{Batch, Network, forward},
    tape::{Matrix, Tape, Var, sigmoid},
};
use crate::random::Random;

/// How it is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Times through all visits.
    pub epochs: usize,
    /// Visits a step.
    pub batch: usize,
    /// The highest rate of learning; it falls to 0 along a cosine.
    pub rate: f32,
    /// The share of weight lost a step, for what is not a bias (AdamW).
    pub decay: f32,
    /// Moments of a visit that are learned from; later ones are left out.
    pub longest: usize,
    /// What the order of visits and the first weights come from.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 8, batch: 48, rate: 4e-3, decay: 1e-4, longest: 240, seed: 1 }
    }
}

/// The gradient's longest step: beyond it, it is shortened.
const CLIP: f32 = 1.0;

/// Trains a network. `told` hears of each epoch and its loss.
pub fn fit(visits: &[Visit], settings: &Settings, mut told: impl FnMut(usize, f32)) -> Network {
    let mut rng = Random::new(settings.seed);
    let mut network = Network::random(&mut rng);
    let mut adam = Adam::new(&network);
    let mut order: Vec<usize> = (0..visits.len()).collect();
    let steps = (settings.epochs * visits.len().div_ceil(settings.batch)) as f32;
    let mut step = 0.0;
    for epoch in 0..settings.epochs {
        rng.shuffle(&mut order);
        // Visits of like length side by side waste no rows; the batches then come in random order.
        let mut groups: Vec<Vec<usize>> = order
            .chunks(settings.batch * 16)
            .flat_map(|chunk| {
                let mut chunk = chunk.to_vec();
                chunk.sort_by_key(|&i| visits[i].moments.len());
                chunk.chunks(settings.batch).map(<[usize]>::to_vec).collect::<Vec<_>>()
            })
            .collect();
        rng.shuffle(&mut groups);
        let (mut loss, mut count) = (0.0, 0);
        for group in &groups {
            let chosen: Vec<&Visit> = group.iter().map(|&i| &visits[i]).collect();
            let (batch_loss, grads) = gradient(&network, &chosen, settings.longest);
            let rate = settings.rate * 0.5 * (1.0 + (std::f32::consts::PI * step / steps).cos());
            adam.step(&mut network, &grads, rate, settings.decay);
            loss += batch_loss;
            count += 1;
            step += 1.0;
        }
        told(epoch + 1, loss / count as f32);
    }
    network
}

/// Puts visits side by side.
pub fn batch(visits: &[&Visit], longest: usize) -> Batch {
    let length = visits.iter().map(|v| v.moments.len().min(longest)).max().unwrap_or(0);
    let rows = length * visits.len();
    let mut events = Matrix::zeros((rows, EVENT));
    let mut slots = Matrix::zeros((rows * SLOTS, SLOT));
    let mut filled = Matrix::zeros((rows, SLOTS + 1));
    filled.column_mut(SLOTS).fill(1.0);
    for (v, visit) in visits.iter().enumerate() {
        for (t, moment) in visit.moments.iter().take(length).enumerate() {
            let row = t * visits.len() + v;
            let input = &moment.input;
            events.row_mut(row).iter_mut().zip(&input.event).for_each(|(a, b)| *a = *b);
            let mut own = slots.slice_mut(s![row * SLOTS..(row + 1) * SLOTS, ..]);
            own.iter_mut().zip(&input.slots).for_each(|(a, b)| *a = *b);
            filled.slice_mut(s![row, ..input.filled]).fill(1.0);
        }
    }
    Batch { visits: visits.len(), length, events, slots, filled }
}

/// The loss of a batch and its gradient: whether stuck at each moment, and where and why at the
/// moments of being stuck.
fn gradient(network: &Network, visits: &[&Visit], longest: usize) -> (f32, Vec<Option<Matrix>>) {
    let input = batch(visits, longest);
    let mut tape = Tape::default();
    let parameters = network.lay(&mut tape);
    let logits = forward(&mut tape, &parameters, &input);
    let (mut loss, mut stuck_count, mut count) = (0.0, 0.0_f32, 0.0_f32);
    for visit in visits {
        let used = visit.moments.iter().take(longest);
        count += visit.moments.len().min(longest) as f32;
        stuck_count += used.filter(|m| m.truth.stuck).count() as f32;
    }
    let (each, each_stuck) = (1.0 / count.max(1.0), 0.5 / stuck_count.max(1.0));
    let mut stuck_grad = Matrix::zeros(tape.value(logits.stuck).raw_dim());
    let mut slot_grad = Matrix::zeros(tape.value(logits.slot).raw_dim());
    let mut cause_grad = Matrix::zeros(tape.value(logits.cause).raw_dim());
    for (v, visit) in visits.iter().enumerate() {
        for (t, moment) in visit.moments.iter().take(longest).enumerate() {
            let row = t * visits.len() + v;
            let truth = moment.truth;
            let p = sigmoid(tape.value(logits.stuck)[[row, 0]]);
            let y = f32::from(u8::from(truth.stuck));
            loss -= each * (y * p.max(1e-7).ln() + (1.0 - y) * (1.0 - p).max(1e-7).ln());
            stuck_grad[[row, 0]] = each * (p - y);
            if let Some(slot) = truth.slot {
                let slots: Vec<f32> = tape.value(logits.slot_probability).row(row).to_vec();
                loss += each_stuck * softmax_loss(&slots, slot, each_stuck, &mut slot_grad, row);
            }
            if let Some(cause) = truth.cause {
                let causes = softmax(&tape.value(logits.cause).row(row).to_vec(), 1.0);
                loss += each_stuck * softmax_loss(&causes, cause, each_stuck, &mut cause_grad, row);
            }
        }
    }
    tape.backward(vec![(logits.stuck, stuck_grad), (logits.slot, slot_grad), (logits.cause, cause_grad)]);
    (loss, parameters.iter().map(|&p: &Var| tape.grad(p).cloned()).collect())
}

fn softmax_loss(p: &[f32], truth: usize, weight: f32, grad: &mut Matrix, row: usize) -> f32 {
    for (i, p) in p.iter().enumerate() {
        grad[[row, i]] = weight * (p - f32::from(u8::from(i == truth)));
    }
    -p[truth].max(1e-7).ln()
}

/// Probabilities from logits, each times a factor.
pub fn softmax(logits: &[f32], factor: f32) -> Vec<f32> {
    let top = logits.iter().fold(f32::MIN, |t, x| t.max(x * factor));
    let exp: Vec<f32> = logits.iter().map(|x| (x * factor - top).exp()).collect();
    let sum: f32 = exp.iter().sum();
    exp.into_iter().map(|x| x / sum).collect()
}

/// Adam with decoupled decay of weights (Loshchilov and Hutter, 2019).
struct Adam {
    mean: Vec<Matrix>,
    square: Vec<Matrix>,
    steps: i32,
}

impl Adam {
    fn new(network: &Network) -> Self {
        let zeros: Vec<Matrix> = network.0.iter().map(|m| Matrix::zeros(m.raw_dim())).collect();
        Self { mean: zeros.clone(), square: zeros, steps: 0 }
    }

    fn step(&mut self, network: &mut Network, grads: &[Option<Matrix>], rate: f32, decay: f32) {
        let (b1, b2) = (0.9_f32, 0.99_f32);
        self.steps += 1;
        let norm = grads.iter().flatten().map(|g| g.iter().map(|x| x * x).sum::<f32>()).sum::<f32>().sqrt();
        let clip = if norm > CLIP { CLIP / norm } else { 1.0 };
        let (c1, c2) = (1.0 - b1.powi(self.steps), 1.0 - b2.powi(self.steps));
        for (((w, grad), mean), square) in
            network.0.iter_mut().zip(grads).zip(&mut self.mean).zip(&mut self.square)
        {
            let Some(grad) = grad else { continue };
            let decay = if w.nrows() == 1 { 0.0 } else { decay };
            ndarray::Zip::from(w).and(grad).and(mean).and(square).for_each(|w, g, m, v| {
                let g = g * clip;
                *m = b1 * *m + (1.0 - b1) * g;
                *v = b2 * *v + (1.0 - b2) * g * g;
                *w -= rate * (*m / c1 / ((*v / c2).sqrt() + 1e-8) + decay * *w);
            });
        }
    }
}
