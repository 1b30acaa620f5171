//! Cross-validation: what a model says about questions it has not seen, to calibrate by.

use std::{panic::resume_unwind, thread};

use super::build::{Answer, FOLDS, Known, MODELS, Progress, Trained};
use crate::random::Random;

/// Answers about questions that the answering model has not seen.
#[derive(Default)]
pub(super) struct HeldOut {
    /// Scores of models that know all intents.
    pub scores: Vec<(Vec<f32>, usize)>,
    /// What those models say of questions with an intent.
    pub known: Vec<Answer>,
    /// What models that lack a fifth of the intents say of questions with one they know, …
    pub inside: Vec<Answer>,
    /// … and of questions with one they lack; and what the models that know all say of those outside
    /// that they have not seen.
    pub outside: Vec<Answer>,
}

/// Holds out each fifth of the questions once; and once more together with a fifth of the intents, to
/// see what an unknown intent looks like.
pub(super) fn cross_validate(known: &Known, told: &mut impl FnMut(Progress)) -> HeldOut {
    let mut random = Random::new(known.seed);
    let folds = stratified(known, &mut random);
    let mut left_out: Vec<usize> = (0..known.labels).map(|class| class % FOLDS).collect();
    random.shuffle(&mut left_out);
    let (folds, left_out) = (&folds, &left_out);
    let mut all = HeldOut::default();
    thread::scope(|scope| {
        let part = |fold| scope.spawn(move || hold_out(known, folds, left_out, fold));
        let threads: Vec<_> = (0..FOLDS).map(part).collect();
        for (fold, thread) in threads.into_iter().enumerate() {
            let part = thread.join().unwrap_or_else(|panic| resume_unwind(panic));
            all.scores.extend(part.scores);
            all.known.extend(part.known);
            all.inside.extend(part.inside);
            all.outside.extend(part.outside);
            told(Progress { done: 2 * (fold + 1), of: MODELS });
        }
    });
    all
}

/// A fold for each question, so that each intent is spread evenly.
fn stratified(known: &Known, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = (0..known.texts.len()).collect();
    random.shuffle(&mut order);
    let mut seen = vec![0; known.labels];
    let mut folds = vec![0; order.len()];
    for i in order {
        let class = known.classes[i];
        folds[i] = (seen[class] + class) % FOLDS;
        seen[class] += 1;
    }
    folds
}

fn hold_out(known: &Known, folds: &[usize], left_out: &[usize], fold: usize) -> HeldOut {
    let class = |i: usize| known.classes[i];
    let rows = 0..folds.len();
    let learn: Vec<usize> = rows.clone().filter(|&i| folds[i] != fold).collect();
    let fewer: Vec<usize> = learn.iter().copied().filter(|&i| left_out[class(i)] != fold).collect();
    let (knows_all, knows_fewer) =
        (Trained::on(known, &learn, Some(fold)), Trained::on(known, &fewer, Some(fold)));
    let mut part = HeldOut::default();
    for i in rows.filter(|&i| folds[i] == fold) {
        let answer = knows_all.ask(&known.texts[i]);
        part.scores.push((answer.scores.clone(), class(i)));
        part.known.push(answer);
        let kind = if left_out[class(i)] == fold { &mut part.outside } else { &mut part.inside };
        kind.push(knows_fewer.ask(&known.texts[i]));
    }
    let mine = known.outside.iter().skip(fold).step_by(FOLDS);
    part.outside.extend(mine.map(|text| knows_all.ask(text)));
    part
}
