//! Questions as sparse rows: n-grams by TF-IDF, scaled to length 1.

use unstuck::model::text::{self, BUCKETS};

/// A question: bucket and value, in the order of the buckets.
pub type Row = Vec<(usize, f32)>;

/// How much each bucket tells: ln((1 + questions) / (1 + questions with it)) + 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Idf(pub Vec<f32>);

impl Idf {
    /// Learns it from training questions. A bucket that none of them has gets the most.
    pub fn learn<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut with = vec![0_u32; BUCKETS as usize];
        let mut all = 0_u32;
        for text in texts {
            all += 1;
            text::grams(text).iter().for_each(|gram| with[gram.id as usize] += 1);
        }
        let of = |&n: &u32| ((1.0 + all as f32) / (1.0 + n as f32)).ln() + 1.0;
        Self(with.iter().map(of).collect())
    }

    /// A question's row; empty where it has no n-gram.
    pub fn row(&self, text: &str) -> Row {
        let value = |gram: &text::Gram| (gram.id as usize, gram.weight * self.0[gram.id as usize]);
        let mut row: Row = text::grams(text).iter().map(value).collect();
        let norm = row.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
        row.iter_mut().for_each(|(_, x)| *x /= norm);
        row
    }
}
