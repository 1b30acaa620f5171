//! Simulator, heads and trainer: native only.

pub mod behaviour;
pub mod import;
pub mod intents;
pub mod judge;
pub mod metrics;
pub mod onnx;
mod playbook;
pub mod random;
pub mod simulator;
pub mod together;
pub mod traces;
