//! Calibrates a network on visits that it has not learned from.

use super::{
    data::Visit,
    export::{Calibration, EMPTY},
    fit::{batch, softmax},
    network::{Network, forward},
    tape::{Tape, sigmoid},
};

/// Visits that are run side by side.
const BATCH: usize = 64;

/// What a network said, beside what is true.
#[derive(Default)]
struct Said {
    /// The logit of stuck, the truth, and what the visit counts.
    stuck: Vec<(f32, bool, f32)>,
    /// The logits of the slots, and the true one, while stuck.
    slots: Vec<(Vec<f32>, usize)>,
    /// The logits of the causes, and the true one, while stuck.
    causes: Vec<(Vec<f32>, usize)>,
}

/// Finds the calibration with the least log loss.
pub fn calibrate(network: &Network, visits: &[Visit], longest: usize) -> Calibration {
    let said = listen(network, visits, longest);
    let (mut factor, mut offset) = (1.0, 0.0);
    for _ in 0..4 {
        offset = lowest(|b| stuck_loss(&said.stuck, factor, b), -6.0, 3.0);
        factor = lowest(|a| stuck_loss(&said.stuck, a, offset), 0.3, 3.0);
    }
    Calibration {
        stuck: (factor, offset),
        slot: lowest(|a| class_loss(&said.slots, a), 0.3, 3.0),
        cause: lowest(|a| class_loss(&said.causes, a), 0.3, 3.0),
    }
}

fn listen(network: &Network, visits: &[Visit], longest: usize) -> Said {
    let mut said = Said::default();
    for group in visits.chunks(BATCH) {
        let chosen: Vec<&Visit> = group.iter().collect();
        let input = batch(&chosen, longest);
        let mut tape = Tape::default();
        let parameters = network.lay(&mut tape);
        let logits = forward(&mut tape, &parameters, &input);
        for (v, visit) in chosen.iter().enumerate() {
            for (t, moment) in visit.moments.iter().take(longest).enumerate() {
                let row = t * chosen.len() + v;
                let truth = moment.truth;
                said.stuck.push((tape.value(logits.stuck)[[row, 0]], truth.stuck, visit.weight));
                if let Some(slot) = truth.slot {
                    let slots = tape.value(logits.slot).row(row);
                    let filled = slots.iter().zip(input.filled.row(row));
                    let masked = filled.map(|(x, m)| if *m > 0.0 { *x } else { EMPTY });
                    said.slots.push((masked.collect(), slot));
                }
                if let Some(cause) = truth.cause {
                    said.causes.push((tape.value(logits.cause).row(row).to_vec(), cause));
                }
            }
        }
    }
    said
}

fn stuck_loss(said: &[(f32, bool, f32)], factor: f32, offset: f32) -> f32 {
    let loss = |&(logit, truth, weight): &(f32, bool, f32)| {
        let p = sigmoid(factor * logit + offset).clamp(1e-6, 1.0 - 1e-6);
        -weight * if truth { p.ln() } else { (1.0 - p).ln() }
    };
    said.iter().map(loss).sum()
}

fn class_loss(said: &[(Vec<f32>, usize)], factor: f32) -> f32 {
    said.iter().map(|(logits, truth)| -softmax(logits, factor)[*truth].max(1e-7).ln()).sum()
}

/// Where a function of one hollow is lowest, by golden section.
fn lowest(f: impl Fn(f32) -> f32, mut low: f32, mut high: f32) -> f32 {
    let golden = 0.618_034;
    for _ in 0..16 {
        let (a, b) = (high - golden * (high - low), low + golden * (high - low));
        if f(a) < f(b) { high = b } else { low = a }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lowest_point_of_a_parabola_is_found() {
        assert!((lowest(|x| (x - 1.3) * (x - 1.3), -6.0, 3.0) - 1.3).abs() < 0.01);
    }

    #[test]
    fn boasting_logits_are_damped() {
        let said: Vec<_> = (0..100).map(|i| (4.0, i % 10 < 7, 1.0)).collect();
        let factor = lowest(|a| stuck_loss(&said, a, 0.0), 0.05, 3.0);
        assert!((sigmoid(4.0 * factor) - 0.7).abs() < 0.02, "{factor}");
    }
}
