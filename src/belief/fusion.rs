//! Typed text and behaviour in one posterior.

use super::{Belief, Meaning, listed::finite};
use crate::{
    action::{Basis, Guess},
    model::{Posterior, vague},
    playbook::Cause,
};

/// Behaviour makes a meaning at most so many times likelier against another: a text whose best meaning
/// is more than this many times likelier than its second never loses.
pub const MAX_LIFT: f64 = 8.0;
/// To people who are surely stuck, words that name nothing come so many times likelier than to others.
/// Chosen on played visits (development halves, seeds 3 and 5): with more, clear questions about something
/// else are overheard.
pub const VAGUE_LIFT: f64 = 3.0;
/// How much less likely somebody who asks is to be stuck where behaviour does not say, or not to be stuck
/// at all, than it says itself: most who ask are stuck.
const ELSEWHERE: f64 = 0.3;
/// How often a vague text hints at another kind of trouble than its own, against the right kind.
const WRONG_HINT: f64 = 0.2;
/// As many meanings as an answer may weigh.
const MAX_RANKED: usize = 5;
/// As many as are shown for what an answer rests on.
const MAX_SHOWN: usize = 3;

/// What a text means after what was done. `labels` are the posterior's, in its order; `cause` is that of
/// a stuck point.
///
/// What names something is log-linear: ln p = ln p(text) + ln lift + constant, where the lift grows from
/// 1 for what behaviour says nothing about to [`MAX_LIFT`] for what it is sure of. What names nothing is
/// shared out among the stuck points that behaviour believes in. "Out of scope" has no lift, so that a
/// vague text about a known trouble is not turned away.
pub fn fuse(
    labels: &[String],
    text: &Posterior,
    belief: &Belief,
    cause: impl Fn(&str) -> Option<Cause>,
) -> Meaning {
    let outside = finite(text.out_of_scope);
    let mut alone: Vec<Guess> = labels
        .iter()
        .zip(&text.probabilities)
        .map(|(id, p)| Guess { id: id.clone(), probability: finite(*p) })
        .collect();
    let vague: Vec<Guess> = alone.extract_if(.., |guess| vague::hints(&guess.id).is_some()).collect();
    let lift = |id: &str| {
        let believed = belief.points.iter().find(|point| point.stuck_point == id);
        1.0 + (MAX_LIFT - 1.0) * believed.map_or(0.0, |point| point.probability)
    };
    let mut together = alone.clone();
    together.iter_mut().for_each(|guess| guess.probability *= lift(&guess.id));
    let named: f64 = together.iter().map(|guess| guess.probability).sum();
    let stuck = believed(belief).min(1.0);
    let mut sum = named;
    for guess in vague {
        let weight = guess.probability * (1.0 + (VAGUE_LIFT - 1.0) * stuck);
        sum += weight;
        share_out(weight, vague::hints(&guess.id).unwrap_or_default(), belief, &cause, &mut together);
    }
    together.iter_mut().for_each(|guess| guess.probability /= sum.max(f64::MIN_POSITIVE));
    let ranked = best(together, MAX_RANKED);
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

/// Gives the weight of a vague text to what behaviour believes in, above all to trouble of the kind that
/// is hinted at. What falls on being stuck elsewhere, or not at all, nobody gets.
fn share_out(
    weight: f64,
    hints: &[Cause],
    belief: &Belief,
    cause: impl Fn(&str) -> Option<Cause>,
    together: &mut Vec<Guess>,
) {
    let fits = |id: &str| hints.is_empty() || cause(id).is_some_and(|cause| hints.contains(&cause));
    let likely = |id: &str| if fits(id) { 1.0 } else { WRONG_HINT };
    let shares: Vec<(&str, f64)> = belief
        .points
        .iter()
        .map(|point| (point.stuck_point.as_str(), point.probability * likely(&point.stuck_point)))
        .collect();
    let elsewhere = ELSEWHERE * (1.0 - believed(belief)).max(0.0);
    let all = shares.iter().map(|(_, share)| share).sum::<f64>() + elsewhere;
    for (id, share) in shares {
        let part = weight * share / all.max(f64::MIN_POSITIVE);
        match together.iter_mut().find(|guess| guess.id == id) {
            Some(guess) => guess.probability += part,
            // A stuck point without questions of its own can still be meant.
            None => together.push(Guess { id: id.to_owned(), probability: part }),
        }
    }
}

/// How sure behaviour is that the user is stuck at a point that it names.
fn believed(belief: &Belief) -> f64 {
    belief.points.iter().map(|point| point.probability).sum()
}

/// The `keep` likeliest, best first; equals keep their order.
fn best(mut guesses: Vec<Guess>, keep: usize) -> Vec<Guess> {
    guesses.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    guesses.truncate(keep);
    guesses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::belief::Believed;

    fn labels() -> Vec<String> {
        ["a", "b", "c", "greeting"].map(String::from).to_vec()
    }

    fn cause(id: &str) -> Option<Cause> {
        match id {
            "a" => Some(Cause::Slow),
            "b" => Some(Cause::InputRejected),
            _ => None,
        }
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
            let meaning = fuse(&labels(), &text(said, 0.1), &belief(believed), cause);
            assert_eq!(top(&meaning), expected, "{name}: {meaning:?}");
        }
    }

    #[test]
    fn a_text_clearer_than_the_lift_never_loses() {
        for tenth in 0..=10 {
            for second in [0.01_f32, 0.05, 0.1] {
                let first = second * MAX_LIFT as f32 * 1.01;
                let said = [first, second, 0.0, 0.0];
                let meaning = fuse(&labels(), &text(said, 0.0), &belief(f64::from(tenth) / 10.0), cause);
                assert_eq!(top(&meaning), "a", "{second} {tenth}");
            }
        }
    }

    #[test]
    fn it_says_what_either_would_have_said_alone() {
        let meaning = fuse(&labels(), &text([0.4, 0.3, 0.2, 0.1], 0.0), &belief(0.8), cause);
        let id = |guess: &Option<Guess>| guess.as_ref().map(|g| g.id.clone()).unwrap_or_default();
        assert_eq!((top(&meaning), id(&meaning.basis.text_alone).as_str()), ("b", "a"));
        assert_eq!(id(&meaning.basis.behaviour_alone), "b");
    }

    #[test]
    fn behaviour_keeps_a_vague_text_in_scope_and_leaves_a_foreign_one_out() {
        let vague = text([0.1, 0.7, 0.1, 0.1], 0.6);
        assert!(fuse(&labels(), &vague, &belief(0.9), cause).out_of_scope < 0.3);
        assert!(fuse(&labels(), &vague, &belief(0.0), cause).out_of_scope > 0.55);
        let foreign = text([0.4, 0.2, 0.2, 0.2], 0.97);
        assert!(fuse(&labels(), &foreign, &belief(0.9), cause).out_of_scope > 0.9);
    }

    #[test]
    fn a_model_that_says_nonsense_gives_probabilities_all_the_same() {
        let meaning =
            fuse(&labels(), &text([f32::NAN, f32::INFINITY, -1.0, 2.0], f32::NAN), &belief(1.0), cause);
        assert!(meaning.ranked.iter().all(|g| (0.0..=1.0).contains(&g.probability)), "{meaning:?}");
        assert!((0.0..=1.0).contains(&meaning.out_of_scope));
    }

    /// A text that names nothing: three meanings, two kinds of vague words, and small talk.
    fn nameless(said: [f32; 5], points: [f64; 2]) -> Meaning {
        let labels = ["a", "b", "(vague)", "(waiting)", "greeting"].map(String::from);
        let point = |id: &str, probability| Believed { stuck_point: id.into(), probability, evident: false };
        let points = vec![point("a", points[0]), point("b", points[1])];
        let belief = Belief { stuck: 1.0, points, ..Belief::default() };
        fuse(&labels, &Posterior { probabilities: said.to_vec(), out_of_scope: 0.2 }, &belief, cause)
    }

    #[test]
    fn words_that_name_nothing_mean_what_behaviour_believes() {
        let vague = [0.2, 0.0, 0.7, 0.0, 0.1];
        let meaning = nameless(vague, [0.1, 0.6]);
        assert_eq!((top(&meaning), meaning.ranked[0].probability > 0.5), ("b", true), "{meaning:?}");
        assert_eq!(meaning.basis.text_alone.as_ref().map(|guess| guess.id.as_str()), Some("a"));
        let unknown = nameless(vague, [0.0, 0.0]);
        assert_eq!(top(&unknown), "a", "{unknown:?}");
        assert!(unknown.ranked[0].probability < 0.25, "nobody knows: {unknown:?}");
        assert!(meaning.ranked.iter().chain(&unknown.ranked).all(|guess| !guess.id.starts_with('(')));
    }

    #[test]
    fn a_hint_tells_two_troubles_apart() {
        let waits = [0.0, 0.0, 0.1, 0.9, 0.0];
        assert_eq!(top(&nameless(waits, [0.35, 0.5])), "a", "what is waited for");
        assert_eq!(top(&nameless([0.0, 0.0, 0.9, 0.1, 0.0], [0.35, 0.5])), "b");
        assert_eq!(top(&nameless(waits, [0.02, 0.9])), "b", "a hint is no proof");
    }
}
