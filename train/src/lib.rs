//! Simulator, heads and trainer: native only.

pub mod onnx;
pub mod random;
