//! What models say about questions, and about intents, that they have not seen.

use std::thread;

use super::{
    Questions,
    calibrate::{Evidence, softmax},
    rows::{Idf, Row},
    svm::{self, Fit, Linear},
};
use crate::{metrics::argmax, random::Random};

/// The price of a violated margin, and how often each question is visited: chosen by cross-validation on
/// the training rows of Banking77 and CLINC150, where neither twice nor half of it does better.
const C: f32 = 1.0;
const EPOCHS: usize = 10;
/// The parts of the cross-validation.
const FOLDS: usize = 5;

/// A model and the rarity of n-grams it was trained with.
pub struct Trained {
    /// The rarity of each bucket.
    pub idf: Idf,
    /// The model.
    pub model: Linear,
}

impl Trained {
    /// Trains on the chosen questions, and on background that is an example of no class.
    pub fn on(questions: &Questions, chosen: &[usize], background: &[&str], seed: u64) -> Self {
        let nothing = questions.labels.len();
        let examples = chosen.iter().map(|&i| (questions.rows[i].0.as_str(), questions.rows[i].1));
        let examples: Vec<(&str, usize)> =
            examples.chain(background.iter().map(|text| (*text, nothing))).collect();
        let idf = Idf::learn(examples.iter().map(|(text, _)| *text));
        let rows: Vec<Row> = examples.iter().map(|(text, _)| idf.row(text)).collect();
        let pairs: Vec<(&Row, usize)> = rows.iter().zip(&examples).map(|(row, (_, k))| (row, *k)).collect();
        let model = svm::train(&pairs, questions.labels.len(), Fit { c: C, epochs: EPOCHS, seed });
        Self { idf, model }
    }

    /// What it says of a text.
    pub fn ask(&self, text: &str) -> Answer {
        let row = self.idf.row(text);
        let known = |bucket: usize| {
            let classes = self.model.classes;
            self.model.weights[bucket * classes..][..classes].iter().any(|w| *w != 0.0)
        };
        let coverage = row.iter().filter(|(bucket, _)| known(*bucket)).map(|(_, x)| x * x).sum();
        Answer { scores: self.model.scores(&row), coverage }
    }
}

/// What a model says about a question before calibration.
pub struct Answer {
    /// A score a class.
    pub scores: Vec<f32>,
    /// The share of the text's weight in n-grams that were seen in training.
    pub coverage: f32,
}

impl Answer {
    /// What it tells about being out of scope.
    pub fn evidence(&self, temperature: f32) -> Evidence {
        let best = argmax(&self.scores);
        [self.scores[best], softmax(&self.scores, temperature)[best], self.coverage]
    }
}

/// Answers about questions that the answering model has not seen.
#[derive(Default)]
pub struct HeldOut {
    /// Scores of models that know all intents.
    pub scores: Vec<(Vec<f32>, usize)>,
    /// What those models say of questions with an intent.
    pub known: Vec<Answer>,
    /// What models that lack a fifth of the intents say of questions with one they know, …
    pub inside: Vec<Answer>,
    /// … and of questions with one they lack, and of background.
    pub outside: Vec<Answer>,
}

/// Holds out each fifth of the questions once; and once more together with a fifth of the intents, to
/// see what an unknown intent looks like.
pub fn cross_validate(questions: &Questions, seed: u64) -> HeldOut {
    let mut random = Random::new(seed);
    let folds = stratified(questions, &mut random);
    let mut left_out: Vec<usize> = (0..questions.labels.len()).map(|class| class % FOLDS).collect();
    random.shuffle(&mut left_out);
    let (folds, left_out) = (&folds, &left_out);
    let parts: Vec<HeldOut> = thread::scope(|scope| {
        let part = |fold| scope.spawn(move || hold_out(questions, folds, left_out, fold, seed));
        let threads: Vec<_> = (0..FOLDS).map(part).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut all = HeldOut::default();
    for part in parts {
        all.scores.extend(part.scores);
        all.known.extend(part.known);
        all.inside.extend(part.inside);
        all.outside.extend(part.outside);
    }
    all
}

/// A fold for each question, so that each intent is spread evenly.
fn stratified(questions: &Questions, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = (0..questions.rows.len()).collect();
    random.shuffle(&mut order);
    let mut seen = vec![0; questions.labels.len()];
    let mut folds = vec![0; order.len()];
    for i in order {
        let class = questions.rows[i].1;
        folds[i] = (seen[class] + class) % FOLDS;
        seen[class] += 1;
    }
    folds
}

fn hold_out(questions: &Questions, folds: &[usize], left_out: &[usize], fold: usize, seed: u64) -> HeldOut {
    let class = |i: usize| questions.rows[i].1;
    let rows = 0..folds.len();
    let learn: Vec<usize> = rows.clone().filter(|&i| folds[i] != fold).collect();
    let fewer: Vec<usize> = learn.iter().copied().filter(|&i| left_out[class(i)] != fold).collect();
    let (unseen, background): (Vec<_>, Vec<_>) =
        questions.background.iter().enumerate().partition(|(i, _)| i % FOLDS == fold);
    let background: Vec<&str> = background.into_iter().map(|(_, text)| *text).collect();
    let knows_all = Trained::on(questions, &learn, &background, seed);
    let knows_fewer = Trained::on(questions, &fewer, &background, seed);
    let mut part = HeldOut::default();
    for i in rows.filter(|&i| folds[i] == fold) {
        let text = &questions.rows[i].0;
        let answer = knows_all.ask(text);
        part.scores.push((answer.scores.clone(), class(i)));
        part.known.push(answer);
        let kind = if left_out[class(i)] == fold { &mut part.outside } else { &mut part.inside };
        kind.push(knows_fewer.ask(text));
    }
    part.outside.extend(unseen.into_iter().map(|(_, text)| knows_fewer.ask(text)));
    part
}
