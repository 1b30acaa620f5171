//! Measures of classifiers, each with its definition, so that cards and benchmarks mean the same.

/// The position of the largest number; the first of equals.
pub fn argmax(values: &[f32]) -> usize {
    let better = |best: usize, i: usize| if values[i] > values[best] { i } else { best };
    (0..values.len()).reduce(better).unwrap_or(0)
}

/// The share of `(truth, guess)` that agree.
pub fn accuracy(pairs: &[(usize, usize)]) -> f64 {
    share(pairs.iter().map(|(truth, guess)| truth == guess))
}

/// The mean of F1 over the classes that occur as truth or guess.
pub fn macro_f1(pairs: &[(usize, usize)], classes: usize) -> f64 {
    let (mut hits, mut both) = (vec![0.0; classes], vec![0.0; classes]);
    for &(truth, guess) in pairs {
        both[truth] += 1.0;
        both[guess] += 1.0;
        hits[truth] += f64::from(u8::from(truth == guess));
    }
    let f1: Vec<f64> = hits.iter().zip(&both).filter(|(_, b)| **b > 0.0).map(|(h, b)| 2.0 * h / b).collect();
    f1.iter().sum::<f64>() / f1.len().max(1) as f64
}

/// Bins of confidence.
pub const BINS: usize = 15;

/// Expected calibration error over [`BINS`] equal bins of `(confidence, right)`.
pub fn ece(guesses: &[(f32, bool)]) -> f64 {
    let mut bins = [(0.0, 0.0); BINS];
    for &(confidence, right) in guesses {
        let bin = &mut bins[((confidence * BINS as f32) as usize).min(BINS - 1)];
        *bin = (bin.0 + f64::from(confidence), bin.1 + f64::from(u8::from(right)));
    }
    bins.iter().map(|(confidence, right)| f64::abs(confidence - right)).sum::<f64>()
        / guesses.len().max(1) as f64
}

/// The area under the ROC curve of `(score, positive)`: how often a positive scores above a negative,
/// ties counting half. Not a number where one kind is missing.
pub fn auroc(scores: &[(f32, bool)]) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins, mut positives) = (0.0, 0.0, 0.0);
    for ties in sorted.chunk_by(|a, b| a.0 == b.0) {
        let up = ties.iter().filter(|(_, positive)| *positive).count() as f64;
        let down = ties.len() as f64 - up;
        wins += up * (below + down / 2.0);
        positives += up;
        below += down;
    }
    wins / (positives * below)
}

/// The share of negatives that score at least as high as the threshold which 95 % of the positives reach.
/// Not a number where one kind is missing.
pub fn fpr95(scores: &[(f32, bool)]) -> f64 {
    let mut positives: Vec<f32> = scores.iter().filter(|s| s.1).map(|s| s.0).collect();
    let negatives: Vec<f32> = scores.iter().filter(|s| !s.1).map(|s| s.0).collect();
    if positives.is_empty() || negatives.is_empty() {
        return f64::NAN;
    }
    let threshold = quantile(&mut positives, 0.05);
    share(negatives.iter().map(|&score| score >= threshold))
}

/// The value below which a share of the values lies; 0 of none.
pub fn quantile(values: &mut [f32], share: f64) -> f32 {
    values.sort_by(f32::total_cmp);
    let at = (values.len() as f64 * share) as usize;
    values.get(at.min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

fn share(hits: impl ExactSizeIterator<Item = bool>) -> f64 {
    let all = hits.len().max(1);
    hits.filter(|hit| *hit).count() as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_agree_with_what_is_counted_by_hand() {
        let pairs = [(0, 0), (0, 1), (1, 1), (2, 1)];
        assert_eq!(accuracy(&pairs), 0.5);
        // F1 of class 0 is 2/3, of class 1 is 2/4, of class 2 is 0.
        assert!((macro_f1(&pairs, 4) - (2.0 / 3.0 + 0.5) / 3.0).abs() < 1e-12);
        assert!((ece(&[(0.9, true), (0.9, false), (0.3, false)]) - (0.8 + 0.3) / 3.0).abs() < 1e-6);
        assert_eq!(argmax(&[0.1, 0.7, 0.7]), 1);
    }

    #[test]
    fn ranking_measures_know_perfect_useless_and_tied() {
        let perfect = [(0.9, true), (0.8, true), (0.2, false), (0.1, false)];
        let reversed = perfect.map(|(score, positive)| (score, !positive));
        let tied = perfect.map(|(_, positive)| (0.5, positive));
        assert_eq!([auroc(&perfect), auroc(&reversed), auroc(&tied)], [1.0, 0.0, 0.5]);
        assert_eq!([fpr95(&perfect), fpr95(&reversed), fpr95(&tied)], [0.0, 1.0, 1.0]);
        assert!(auroc(&perfect[..2]).is_nan() && fpr95(&perfect[..2]).is_nan());
    }
}
