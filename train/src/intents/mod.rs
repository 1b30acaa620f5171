//! The intent model: linear on hashed n-grams, calibrated on questions it has not seen, written as ONNX.

mod build;
mod calibrate;
mod eval;
mod graph;
mod questions;
mod rows;
mod svm;

pub use build::{Options, build};
pub use eval::{Coverage, Reliability, Scores, evaluate};
pub use questions::{Questions, read_texts};

#[cfg(test)]
mod tests;
