//! Typed text and behaviour in one posterior.

use super::{Belief, Meaning};
use crate::{
    action::{Basis, Guess},
    model::Posterior,
};

/// Behaviour makes a meaning at most so many times likelier against another: a text whose best meaning
/// is more than this many times likelier than its second never loses, and a vague one is decided by
/// what the user did.
pub const MAX_LIFT: f64 = 8.0;
/// As many meanings as an answer may weigh.
const MAX_RANKED: usize = 5;
/// As many as are shown for what an answer rests on.
const MAX_SHOWN: usize = 3;

/// What a text means after what was done. `labels` are the posterior's, in its order.
///
/// Log-linear: ln p = ln p(text) + ln lift + constant, where the lift grows from 1 for what behaviour
/// says nothing about to [`MAX_LIFT`] for what it is sure of. "Out of scope" has no lift, so that a
/// vague text about a known trouble is not turned away.
pub fn fuse(labels: &[String], text: &Posterior, belief: &Belief) -> Meaning {
    let outside = probability(text.out_of_scope);
    let alone: Vec<Guess> = labels
        .iter()
        .zip(&text.probabilities)
        .map(|(id, p)| Guess { id: id.clone(), probability: probability(*p) })
        .collect();
    let lift = |id: &str| {
        let believed = belief.points.iter().find(|point| point.stuck_point == id);
        1.0 + (MAX_LIFT - 1.0) * believed.map_or(0.0, |point| point.probability)
    };
    let weights: Vec<f64> = alone.iter().map(|guess| guess.probability * lift(&guess.id)).collect();
    let sum: f64 = weights.iter().sum();
    let together = alone.iter().zip(&weights).map(|(guess, weight)| Guess {
        id: guess.id.clone(),
        probability: weight / sum.max(f64::MIN_POSITIVE),
    });
    let ranked = best(together.collect(), MAX_RANKED);
    let inside = (1.0 - outside) * sum;
    Meaning {
        out_of_scope: if outside > 0.0 { outside / (outside + inside) } else { 0.0 },
        basis: Basis {
            together: ranked.iter().take(MAX_SHOWN).cloned().collect(),
            text_alone: best(alone, 1).pop(),
            behaviour_alone: belief.guesses().into_iter().next(),
        },
        ranked,
    }
}

/// The `keep` likeliest, best first; equals keep their order.
fn best(mut guesses: Vec<Guess>, keep: usize) -> Vec<Guess> {
    guesses.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    guesses.truncate(keep);
    guesses
}

/// A probability that can be counted with, whatever a model says.
fn probability(said: f32) -> f64 {
    if said.is_finite() { f64::from(said).clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::belief::Believed;

    fn labels() -> Vec<String> {
        ["a", "b", "c", "greeting"].map(String::from).to_vec()
    }

    fn belief(in_b: f64) -> Belief {
        let point = Believed { stuck_point: "b".into(), probability: in_b, evident: false };
        Belief { stuck: in_b, points: vec![point], ..Belief::default() }
    }

    fn text(probabilities: [f32; 4], out_of_scope: f32) -> Posterior {
        Posterior { probabilities: probabilities.to_vec(), out_of_scope }
    }

    fn top(meaning: &Meaning) -> &str {
        meaning.ranked.first().map_or("", |guess| &guess.id)
    }

    #[test]
    fn a_vague_text_is_decided_by_behaviour_and_a_clear_one_is_not() {
        let cases = [
            ("vague", [0.3, 0.28, 0.22, 0.2], 0.9, "b"),
            ("vague, nothing believed", [0.3, 0.28, 0.22, 0.2], 0.0, "a"),
            ("clear", [0.85, 0.1, 0.03, 0.02], 1.0, "a"),
            ("small talk", [0.05, 0.05, 0.05, 0.85], 1.0, "greeting"),
        ];
        for (name, said, believed, expected) in cases {
            let meaning = fuse(&labels(), &text(said, 0.1), &belief(believed));
            assert_eq!(top(&meaning), expected, "{name}: {meaning:?}");
        }
    }

    #[test]
    fn a_text_clearer_than_the_lift_never_loses() {
        for tenth in 0..=10 {
            for second in [0.01_f32, 0.05, 0.1] {
                let first = second * MAX_LIFT as f32 * 1.01;
                let said = [first, second, 0.0, 0.0];
                let meaning = fuse(&labels(), &text(said, 0.0), &belief(f64::from(tenth) / 10.0));
                assert_eq!(top(&meaning), "a", "{second} {tenth}");
            }
        }
    }

    #[test]
    fn it_says_what_either_would_have_said_alone() {
        let meaning = fuse(&labels(), &text([0.4, 0.3, 0.2, 0.1], 0.0), &belief(0.8));
        let id = |guess: &Option<Guess>| guess.as_ref().map(|g| g.id.clone()).unwrap_or_default();
        assert_eq!((top(&meaning), id(&meaning.basis.text_alone).as_str()), ("b", "a"));
        assert_eq!(id(&meaning.basis.behaviour_alone), "b");
    }

    #[test]
    fn behaviour_keeps_a_vague_text_in_scope_and_leaves_a_foreign_one_out() {
        let vague = text([0.1, 0.7, 0.1, 0.1], 0.6);
        assert!(fuse(&labels(), &vague, &belief(0.9)).out_of_scope < 0.3);
        assert!(fuse(&labels(), &vague, &belief(0.0)).out_of_scope > 0.55);
        let foreign = text([0.4, 0.2, 0.2, 0.2], 0.97);
        assert!(fuse(&labels(), &foreign, &belief(0.9)).out_of_scope > 0.9);
    }

    #[test]
    fn a_model_that_says_nonsense_gives_probabilities_all_the_same() {
        let meaning = fuse(&labels(), &text([f32::NAN, f32::INFINITY, -1.0, 2.0], f32::NAN), &belief(1.0));
        assert!(meaning.ranked.iter().all(|g| (0.0..=1.0).contains(&g.probability)), "{meaning:?}");
        assert!((0.0..=1.0).contains(&meaning.out_of_scope));
    }
}
