//! The intent model as an ONNX graph. Tables stay as they are stored: only the rows of a question's
//! n-grams become floats.

use unstuck::model::{
    intents::{INPUTS, outputs},
    meta::Meta,
};

use super::{
    calibrate::{Calibration, EVIDENCE},
    encoder::{Encoder, gathered, modulo},
    matrix::Matrix,
    rows::{DIRECTION, LEXICAL, Reader, TINY},
    svm::Linear,
};
use crate::onnx::{Attribute, Writer};

/// A half byte holds -7 to 7.
const HALF: f32 = 7.0;
/// How far the first of two half bytes is shifted.
const SHIFT: i8 = 16;

/// The lexical weights, two classes a byte: the first half of the classes in the high half bytes. One
/// scale a bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    /// Bytes a bucket: half of the classes, rounded up.
    pub width: usize,
    /// [`LEXICAL`] rows of [`Self::width`] bytes.
    pub bytes: Vec<i8>,
    /// What a bucket's weights are multiplied with, beside [`Self::unit`]; 0 where all are zeros.
    pub scales: Vec<i8>,
    /// What all are multiplied with.
    pub unit: f32,
}

impl Packed {
    /// Rounds each bucket's weights to 15 steps of its largest.
    pub fn of(model: &Linear) -> Self {
        let width = model.classes.div_ceil(2);
        let rows = model.lexical.chunks_exact(model.classes);
        let most: Vec<f32> =
            rows.clone().map(|row| row.iter().fold(0.0_f32, |most, w| most.max(w.abs())) / HALF).collect();
        let unit = most.iter().copied().fold(f32::MIN_POSITIVE, f32::max) / f32::from(i8::MAX);
        let scales: Vec<i8> = most.iter().map(|m| (m / unit).ceil() as i8).collect();
        let step = |w: &f32, scale: i8| (w / (f32::from(scale.max(1)) * unit)).round() as i8;
        let pack = |(row, &scale): (&[f32], &i8)| -> Vec<i8> {
            let low = |at: usize| row.get(width + at).map_or(0, |w| step(w, scale));
            (0..width).map(|at| step(&row[at], scale) * SHIFT + low(at) + HALF as i8).collect()
        };
        let bytes = rows.zip(&scales).flat_map(pack).collect();
        Self { width, bytes, scales, unit }
    }

    /// The weights that the graph computes with.
    #[cfg(test)]
    pub fn unpacked(&self, classes: usize) -> Vec<f32> {
        let rows = self.bytes.chunks_exact(self.width).zip(&self.scales);
        let high = |b: i8| b.div_euclid(SHIFT);
        let low = |b: i8| b.rem_euclid(SHIFT) - HALF as i8;
        rows.flat_map(|(row, scale)| {
            let steps = row.iter().map(|b| high(*b)).chain(row.iter().map(|b| low(*b)));
            steps.take(classes).map(move |step| f32::from(step) * f32::from(*scale) * self.unit)
        })
        .collect()
    }
}

/// A [`Linear`] as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// The lexical weights.
    pub lexical: Packed,
    /// The dense weights.
    pub dense: Matrix,
    /// The classes' mean directions, a column each.
    pub centres: Matrix,
    /// A bias a class.
    pub bias: Vec<f32>,
}

impl Stored {
    /// Rounds a model.
    pub fn of(model: &Linear, centres: &[f32]) -> Self {
        let matrix = |numbers: &[f32]| Matrix::of([numbers.len() / model.classes, model.classes], numbers);
        Self {
            lexical: Packed::of(model),
            dense: matrix(&model.dense),
            centres: matrix(centres),
            bias: model.bias.clone(),
        }
    }
}

/// What a file is made of.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// The frozen encoder.
    pub encoder: &'a Encoder,
    /// What was learnt of the questions.
    pub reader: &'a Reader,
    /// The scores.
    pub model: &'a Stored,
    /// How scores are read.
    pub calibration: &'a Calibration,
}

/// Writes the file: `meta` names the labels in the order of the model's classes.
pub fn write(parts: &Parts, meta: &Meta) -> Vec<u8> {
    let classes = parts.model.bias.len();
    let mut w = Writer::new("intents");
    INPUTS.into_iter().for_each(|port| w.input(port));
    outputs(&[1, classes]).into_iter().for_each(|port| w.output(port));
    w.floats("tiny", &[], &[TINY]);
    w.ints("one_row", &[2], &[1, -1]);
    w.ints("first", &[1], &[0]);
    w.ints("last", &[1], &[1]);

    parts.encoder.write(&mut w, &parts.reader.known);
    dense(&mut w, parts);
    lexical(&mut w, parts);
    w.floats("bias", &[1, classes], &parts.model.bias);
    w.floats("temperature", &[], &[parts.calibration.temperature]);
    w.node("Add", "both", &["lexical_scores", "dense_scores"], &[]);
    w.node("Add", "scores", &["both", "bias"], &[]);
    w.node("Div", "logits", &["scores", "temperature"], &[]);
    w.node("Softmax", "probabilities", &["logits"], &[("axis", Attribute::Int(-1))]);
    out_of_scope(&mut w, parts);
    w.finish(meta)
}

/// The scores by the encoder's vector: its direction, standardised and of a fixed length.
fn dense(w: &mut Writer, parts: &Parts) {
    let width = parts.encoder.out();
    w.floats("mean", &[1, width], &parts.reader.mean);
    w.floats("spread", &[1, width], &parts.reader.spread);
    let weights = parts.model.dense.write(w, "dense_weights");
    w.node("Sub", "centred", &["vector", "mean"], &[]);
    w.node("Div", "standard", &["centred", "spread"], &[]);
    w.node("Mul", "standard_squares", &["standard", "standard"], &[]);
    w.node("ReduceSum", "standard_square", &["standard_squares", "last"], &[("keepdims", Attribute::Int(1))]);
    w.node("Add", "standard_above_0", &["standard_square", "tiny"], &[]);
    w.node("Sqrt", "standard_length", &["standard_above_0"], &[]);
    w.node("Div", "unit_direction", &["standard", "standard_length"], &[]);
    w.floats("direction_length", &[], &[DIRECTION]);
    w.node("Mul", "direction", &["unit_direction", "direction_length"], &[]);
    w.node("MatMul", "dense_scores", &["direction", &weights], &[]);
}

/// The scores by n-grams: the question's row by TF-IDF at length 1, and what the table says of each.
fn lexical(w: &mut Writer, parts: &Parts) {
    let Packed { width, bytes, scales, unit } = &parts.model.lexical;
    w.bytes("weights_4bit", &[LEXICAL, *width], bytes);
    w.bytes("scales", &[LEXICAL], scales);
    w.bytes("idf", &[LEXICAL], &parts.reader.idf);
    w.floats("weight_unit", &[], &[*unit]);
    w.floats("shift", &[], &[f32::from(SHIFT)]);
    w.floats("half", &[], &[HALF]);

    let ids = modulo(w, "grams", LEXICAL);
    let pairs = gathered(w, "weights_4bit", &ids);
    w.node("Div", "pairs_shifted", &[&pairs, "shift"], &[]);
    w.node("Floor", "high", &["pairs_shifted"], &[]);
    w.node("Mul", "high_again", &["high", "shift"], &[]);
    w.node("Sub", "low_and_half", &[&pairs, "high_again"], &[]);
    w.node("Sub", "low", &["low_and_half", "half"], &[]);

    let (scale, rarity) = (gathered(w, "scales", &ids), gathered(w, "idf", &ids));
    w.node("Mul", "tfidf", &["weights", &rarity], &[]);
    w.node("Mul", "squares", &["tfidf", "tfidf"], &[]);
    w.node("ReduceSum", "square", &["squares", "first"], &[("keepdims", Attribute::Int(1))]);
    w.node("Add", "square_above_0", &["square", "tiny"], &[]);
    w.node("Sqrt", "length", &["square_above_0"], &[]);
    w.node("Div", "row", &["tfidf", "length"], &[]);
    w.node("Mul", "row_in_units", &["row", "weight_unit"], &[]);
    w.node("Mul", "scaled", &["row_in_units", &scale], &[]);
    w.node("Reshape", "scaled_row", &["scaled", "one_row"], &[]);
    w.node("MatMul", "high_scores", &["scaled_row", "high"], &[]);
    w.node("MatMul", "low_scores", &["scaled_row", "low"], &[]);
    w.node("Concat", "padded_scores", &["high_scores", "low_scores"], &[("axis", Attribute::Int(1))]);
    // An odd number of classes leaves a half byte over.
    w.ints("classes", &[1], &[parts.model.bias.len() as i64]);
    w.node("Slice", "lexical_scores", &["padded_scores", "first", "classes", "last"], &[]);
}

/// How likely it is that no label is meant: a logistic of [`super::calibrate::Evidence`].
fn out_of_scope(w: &mut Writer, parts: &Parts) {
    let keep = [("keepdims", Attribute::Int(1))];
    w.floats("evidence_weights", &[EVIDENCE, 1], &parts.calibration.weights);
    w.floats("evidence_bias", &[1, 1], &[parts.calibration.bias]);
    let centres = parts.model.centres.write(w, "centres");
    w.node("ReduceMax", "best_score", &["scores", "last"], &keep);
    w.node("ReduceMax", "best", &["probabilities", "last"], &keep);
    w.node("Mul", "known_squares", &["weights_squared", "is_known"], &[]);
    w.node("ReduceSum", "known_square", &["known_squares", "first"], &keep);
    w.node("Div", "coverage_flat", &["known_square", "weight_above_0"], &[]);
    w.node("Reshape", "coverage", &["coverage_flat", "one_row"], &[]);
    w.node("MatMul", "closeness", &["direction", &centres], &[]);
    w.node("ReduceMax", "closest", &["closeness", "last"], &keep);
    let evidence = ["best_score", "best", "coverage", "closest"];
    w.node("Concat", "evidence", &evidence, &[("axis", Attribute::Int(1))]);
    w.node("MatMul", "evidence_product", &["evidence", "evidence_weights"], &[]);
    w.node("Add", "evidence_sum", &["evidence_product", "evidence_bias"], &[]);
    w.node("Sigmoid", "out_of_scope", &["evidence_sum"], &[]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_bytes_hold_every_step_of_an_odd_number_of_classes() {
        let mut lexical = vec![0.0; LEXICAL * 3];
        lexical[..6].copy_from_slice(&[-7.0, 7.0, -3.0, 0.5, -1.0, 0.25]);
        let model = Linear { classes: 3, lexical, dense: Vec::new(), bias: vec![0.0; 3] };
        let packed = Packed::of(&model);
        assert_eq!((packed.width, packed.scales[0], packed.scales[2]), (2, i8::MAX, 0));
        let back = packed.unpacked(3);
        assert_eq!(back.len(), model.lexical.len());
        for (at, (back, was)) in back[..6].iter().zip(&model.lexical[..6]).enumerate() {
            let step = f32::from(packed.scales[at / 3]) * packed.unit;
            assert!((back - was).abs() <= step / 2.0 + 1e-6, "{back} for {was}");
        }
        assert!(back[6..].iter().all(|w| *w == 0.0));
    }
}
