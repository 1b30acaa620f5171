//! The intent model as an ONNX graph. The table stays 8-bit in memory: only the rows of a question's
//! n-grams become floats.

use unstuck::model::{
    intents::{INPUTS, outputs},
    meta::Meta,
    text::BUCKETS,
};

use super::{calibrate::Calibration, rows::Idf, svm::Linear};
use crate::onnx::{Attribute, Writer};

/// ONNX's codes of the types that are cast to.
const FLOAT: i64 = 1;
const INT64: i64 = 7;
/// Keeps the length of a question without n-grams from being zero.
const TINY: f32 = 1e-12;

/// A [`Linear`] with 8-bit weights, one scale a bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantised {
    /// [`BUCKETS`] rows of a weight a class.
    pub weights: Vec<i8>,
    /// What a row's weights are multiplied with; 0 where the row is all zeros.
    pub scales: Vec<f32>,
}

impl Quantised {
    /// Rounds each bucket's weights to 255 steps of its largest.
    pub fn of(model: &Linear) -> Self {
        let rows = model.weights.chunks_exact(model.classes);
        let scale = |row: &[f32]| row.iter().fold(0.0_f32, |most, w| most.max(w.abs())) / 127.0;
        let scales: Vec<f32> = rows.clone().map(scale).collect();
        let step = |w: &f32, scale: f32| if scale > 0.0 { (w / scale).round() as i8 } else { 0 };
        let weights = rows.zip(&scales).flat_map(|(row, &s)| row.iter().map(move |w| step(w, s))).collect();
        Self { weights, scales }
    }
}

/// Writes the file: `meta` names the labels in the order of the model's classes.
pub fn write(model: &Linear, idf: &Idf, calibration: &Calibration, meta: &Meta) -> Vec<u8> {
    let quantised = Quantised::of(model);
    let (buckets, classes) = (BUCKETS as usize, model.classes);
    let known: Vec<i8> = quantised.scales.iter().map(|&s| i8::from(s > 0.0)).collect();
    let mut w = Writer::new("intents");
    INPUTS.into_iter().for_each(|port| w.input(port));
    outputs(&[1, classes]).into_iter().for_each(|port| w.output(port));

    w.bytes("table", &[buckets, classes], &quantised.weights);
    w.floats("scales", &[buckets], &quantised.scales);
    w.floats("idf", &[buckets], &idf.0);
    w.bytes("known", &[buckets], &known);
    w.floats("bias", &[1, classes], &model.bias);
    w.floats("temperature", &[], &[calibration.temperature]);
    w.floats("tiny", &[], &[TINY]);
    w.ints("one_row", &[2], &[1, -1]);
    w.ints("first", &[1], &[0]);
    w.ints("last", &[1], &[1]);

    row(&mut w);
    w.node("Mul", "scaled", &["row", "scale"], &[]);
    w.node("Reshape", "scaled_row", &["scaled", "one_row"], &[]);
    w.node("MatMul", "product", &["scaled_row", "rows"], &[]);
    w.node("Add", "scores", &["product", "bias"], &[]);
    w.node("Div", "logits", &["scores", "temperature"], &[]);
    w.node("Softmax", "probabilities", &["logits"], &[("axis", Attribute::Int(-1))]);
    out_of_scope(&mut w, calibration);
    w.finish(meta)
}

/// The question's row by TF-IDF at length 1, and what the tables say of its n-grams.
fn row(w: &mut Writer) {
    w.node("Cast", "ids", &["grams"], &[("to", Attribute::Int(INT64))]);
    w.node("Gather", "rows_8bit", &["table", "ids"], &[]);
    w.node("Cast", "rows", &["rows_8bit"], &[("to", Attribute::Int(FLOAT))]);
    w.node("Gather", "scale", &["scales", "ids"], &[]);
    w.node("Gather", "rarity", &["idf", "ids"], &[]);
    w.node("Gather", "known_8bit", &["known", "ids"], &[]);
    w.node("Cast", "is_known", &["known_8bit"], &[("to", Attribute::Int(FLOAT))]);
    w.node("Mul", "tfidf", &["weights", "rarity"], &[]);
    w.node("Mul", "squares", &["tfidf", "tfidf"], &[]);
    w.node("ReduceSum", "square", &["squares", "first"], &[("keepdims", Attribute::Int(1))]);
    w.node("Add", "square_above_0", &["square", "tiny"], &[]);
    w.node("Sqrt", "length", &["square_above_0"], &[]);
    w.node("Div", "row", &["tfidf", "length"], &[]);
}

/// How likely it is that no label is meant: a logistic of [`Calibration::evidence`].
fn out_of_scope(w: &mut Writer, calibration: &Calibration) {
    w.floats("evidence_weights", &[3, 1], &calibration.weights);
    w.floats("evidence_bias", &[1, 1], &[calibration.bias]);
    w.node("ReduceMax", "best_score", &["scores", "last"], &[("keepdims", Attribute::Int(1))]);
    w.node("ReduceMax", "best", &["probabilities", "last"], &[("keepdims", Attribute::Int(1))]);
    w.node("Mul", "known_squares", &["squares", "is_known"], &[]);
    w.node("ReduceSum", "known_square", &["known_squares", "first"], &[("keepdims", Attribute::Int(1))]);
    w.node("Div", "coverage_flat", &["known_square", "square_above_0"], &[]);
    w.node("Reshape", "coverage", &["coverage_flat", "one_row"], &[]);
    w.node("Concat", "evidence", &["best_score", "best", "coverage"], &[("axis", Attribute::Int(1))]);
    w.node("MatMul", "evidence_product", &["evidence", "evidence_weights"], &[]);
    w.node("Add", "evidence_sum", &["evidence_product", "evidence_bias"], &[]);
    w.node("Sigmoid", "out_of_scope", &["evidence_sum"], &[]);
}
