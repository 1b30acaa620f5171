//! The intent model: linear on hashed n-grams and on a frozen encoder's vector, calibrated on questions
//! that it has not seen, written as ONNX.

mod build;
mod calibrate;
mod cross_validate;
mod encoder;
mod eval;
mod graph;
mod matrix;
mod questions;
mod rows;
mod svm;

pub use build::{Options, Progress, build};
pub use encoder::{Encoder, Size};
pub use eval::{Coverage, Reliability, Scores, evaluate};
pub use questions::{Questions, read_texts};

#[cfg(test)]
mod tests;
