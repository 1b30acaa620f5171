//! Questions as rows of numbers: n-grams by TF-IDF scaled to length 1, and beside them the direction of the
//! encoder's vector, standardised and scaled to length 1.

use unstuck::model::text::{self, Gram};

use super::encoder::{Encoder, TINY as LENGTH_FLOOR};

/// N-grams fall into so many buckets: on a fifth of Banking77's training rows, eight times as many
/// gained 0.04 %.
pub const LEXICAL: usize = 1 << 13;
/// What a direction counts beside the n-grams. Not to be chosen by cross-validation on sets whose texts
/// the encoder has seen: that flatters it.
pub const DIRECTION: f32 = 0.7;
/// Keeps what a question is divided by from being zero.
pub const TINY: f32 = 1e-12;

/// A question as the models read it, before anything is learnt.
#[derive(Clone, Debug)]
pub struct Text {
    grams: Vec<Gram>,
    vector: Vec<f32>,
}

impl Text {
    /// Reads a question.
    pub fn read(encoder: &Encoder, text: &str) -> Self {
        let grams = text::grams(text);
        let vector = encoder.vector(&grams);
        Self { grams, vector }
    }

    /// The share of the text's weight in n-grams that are known.
    pub fn coverage(&self, reader: &Reader) -> f32 {
        let weight = |gram: &&Gram| gram.weight * gram.weight;
        let known = |gram: &&Gram| reader.known[gram.id as usize % reader.known.len()];
        let all: f32 = self.grams.iter().map(|gram| weight(&gram)).sum();
        self.grams.iter().filter(known).map(|gram| weight(&gram)).sum::<f32>() / (all + LENGTH_FLOOR)
    }
}

/// A question as numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Bucket, below [`LEXICAL`], and value.
    pub lexical: Vec<(usize, f32)>,
    /// Where the vector points, of length [`DIRECTION`].
    pub direction: Vec<f32>,
}

/// What is learnt of training questions before any label counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Reader {
    /// How much each bucket tells: ln((1 + questions) / (1 + questions with it)) + 1, in steps of its
    /// largest: rows are scaled to length 1, so that only ratios count.
    pub idf: Vec<i8>,
    /// Which n-grams the questions have, by id modulo [`Encoder::gains`].
    pub known: Vec<bool>,
    /// The mean vector.
    pub mean: Vec<f32>,
    /// The standard deviation of each of its numbers.
    pub spread: Vec<f32>,
}

impl Reader {
    /// Learns it; there must be at least one text.
    pub fn learn<'a>(encoder: &Encoder, texts: impl Iterator<Item = &'a Text> + Clone) -> Self {
        let mut with = vec![0_u32; LEXICAL];
        let mut known = vec![false; encoder.gains()];
        let mut all = 0_u32;
        for text in texts.clone() {
            all += 1;
            let mut buckets: Vec<usize> = text.grams.iter().map(bucket).collect();
            buckets.sort_unstable();
            buckets.dedup();
            buckets.iter().for_each(|&bucket| with[bucket] += 1);
            text.grams.iter().for_each(|gram| known[gram.id as usize % encoder.gains()] = true);
        }
        let of = |&n: &u32| ((1.0 + all as f32) / (1.0 + n as f32)).ln() + 1.0;
        let idf: Vec<f32> = with.iter().map(of).collect();
        let step = idf.iter().copied().fold(1.0, f32::max) / f32::from(i8::MAX);
        let vectors = texts.map(|text| text.vector.clone());
        let mean = mean(vectors.clone());
        let squares = |v: Vec<f32>| v.iter().zip(&mean).map(|(x, m)| (x - m).powi(2)).collect();
        let spread = self::mean(vectors.map(squares)).iter().map(|v| v.sqrt() + 1e-6).collect();
        let idf = idf.iter().map(|x| (x / step).round() as i8).collect();
        Self { idf, known, mean, spread }
    }

    /// A question's row.
    pub fn row(&self, text: &Text) -> Row {
        let value = |gram: &Gram| (bucket(gram), gram.weight * f32::from(self.idf[bucket(gram)]));
        let mut lexical: Vec<(usize, f32)> = text.grams.iter().map(value).collect();
        let length = (lexical.iter().map(|(_, x)| x * x).sum::<f32>() + TINY).sqrt();
        lexical.iter_mut().for_each(|(_, x)| *x /= length);
        let scaled = text.vector.iter().zip(&self.mean).zip(&self.spread);
        let mut direction: Vec<f32> = scaled.map(|((x, mean), spread)| (x - mean) / spread).collect();
        let length = (direction.iter().map(|x| x * x).sum::<f32>() + TINY).sqrt();
        direction.iter_mut().for_each(|x| *x *= DIRECTION / length);
        Row { lexical: merged(lexical), direction }
    }
}

fn bucket(gram: &Gram) -> usize {
    gram.id as usize % LEXICAL
}

/// Buckets in order, each once: two n-grams in one bucket add up.
fn merged(mut row: Vec<(usize, f32)>) -> Vec<(usize, f32)> {
    row.sort_unstable_by_key(|(bucket, _)| *bucket);
    row.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    row
}

/// The mean of each number over vectors of one length.
fn mean(vectors: impl Iterator<Item = Vec<f32>>) -> Vec<f32> {
    let (mut sums, mut n) = (Vec::new(), 0.0_f32);
    for vector in vectors {
        sums.resize(vector.len(), 0.0);
        sums.iter_mut().zip(&vector).for_each(|(sum, x)| *sum += x);
        n += 1.0;
    }
    sums.iter().map(|sum| sum / n).collect()
}
