//! The trained network as an ONNX file: one step, fixed shapes, calibrated.

use unstuck::{
    features::schema::{SLOTS, STATE},
    model::{
        behaviour::{INPUTS, OUTPUTS},
        meta::Meta,
    },
};

use super::{
    network::{Network, SHAPES},
    tape::Matrix,
};
use crate::onnx::{Attribute, Writer};

/// What the logits are multiplied by and what is added, found on the validation visits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// For stuck: factor and offset.
    pub stuck: (f32, f32),
    /// For the slots: a factor.
    pub slot: f32,
    /// For the causes: a factor.
    pub cause: f32,
}

impl Default for Calibration {
    fn default() -> Self {
        Self { stuck: (1.0, 0.0), slot: 1.0, cause: 1.0 }
    }
}

impl Calibration {
    /// The network whose plain outputs are calibrated. The slots keep their sharpness where the heads
    /// read them, so their factor stays outside and is given back.
    fn apply(&self, network: &Network) -> Network {
        let scale = |name: &str, m: &Matrix| match name {
            "stuck.out.w" => m * self.stuck.0,
            "stuck.out.b" => m * self.stuck.0 + self.stuck.1,
            "cause.out.w" | "cause.out.b" => m * self.cause,
            _ => m.clone(),
        };
        Network(SHAPES.iter().zip(&network.0).map(|((name, _, _), m)| scale(name, m)).collect())
    }
}

/// What an empty slot's score is: far below any score, and finite.
pub const EMPTY: f32 = -1e4;

/// Writes the file.
pub fn export(network: &Network, calibration: &Calibration, meta: &Meta) -> Vec<u8> {
    let mut w = Writer::new("behaviour");
    INPUTS.into_iter().for_each(|port| w.input(port));
    OUTPUTS.into_iter().for_each(|port| w.output(port));
    for ((name, rows, columns), m) in SHAPES.iter().zip(&calibration.apply(network).0) {
        let values: Vec<f32> = m.iter().copied().collect();
        w.floats(name, &[*rows, *columns], &values);
    }
    state(&mut w);
    slots(&mut w, calibration.slot);
    for head in ["stuck", "cause"] {
        dense(&mut w, "read", head, &format!("{head}.linear"));
        w.node("Relu", &format!("{head}.hidden"), &[&format!("{head}.linear")], &[]);
        dense(&mut w, &format!("{head}.hidden"), &format!("{head}.out"), &format!("{head}.logit"));
    }
    w.node("Sigmoid", "stuck", &["stuck.logit"], &[]);
    w.node("Softmax", "cause", &["cause.logit"], &[("axis", Attribute::Int(1))]);
    w.finish(meta)
}

/// `y = x · w + b`.
fn dense(w: &mut Writer, x: &str, parameter: &str, y: &str) {
    w.node("Gemm", y, &[x, &format!("{parameter}.w"), &format!("{parameter}.b")], &[]);
}

/// Columns `from..to` of a matrix.
fn columns(w: &mut Writer, x: &str, y: &str, from: usize, to: usize) {
    let starts = w.ints(&format!("{y}.from"), &[1], &[from as i64]);
    let ends = w.ints(&format!("{y}.to"), &[1], &[to as i64]);
    let axes = w.ints(&format!("{y}.axis"), &[1], &[1]);
    w.node("Slice", y, &[x, &starts, &ends, &axes], &[]);
}

/// The embedded event and the state after it.
fn state(w: &mut Writer) {
    dense(w, "event", "event", "event.linear");
    w.node("Relu", "embedded", &["event.linear"], &[]);
    dense(w, "embedded", "gru.input", "gru.i");
    dense(w, "state", "gru.state", "gru.h");
    for (i, gate) in ["r", "z", "n"].iter().enumerate() {
        for side in ["i", "h"] {
            columns(w, &format!("gru.{side}"), &format!("{gate}.{side}"), i * STATE, (i + 1) * STATE);
        }
    }
    for gate in ["r", "z"] {
        w.node("Add", &format!("{gate}.sum"), &[&format!("{gate}.i"), &format!("{gate}.h")], &[]);
        w.node("Sigmoid", gate, &[&format!("{gate}.sum")], &[]);
    }
    w.node("Mul", "n.reset", &["r", "n.h"], &[]);
    w.node("Add", "n.sum", &["n.i", "n.reset"], &[]);
    w.node("Tanh", "n", &["n.sum"], &[]);
    w.node("Sub", "state.change", &["state", "n"], &[]);
    w.node("Mul", "state.kept", &["z", "state.change"], &[]);
    w.node("Add", "state_after", &["n", "state.kept"], &[]);
    w.node("Concat", "context", &["state_after", "embedded"], &[("axis", Attribute::Int(1))]);
}

/// The slots' scores and probabilities, and what the heads read.
fn slots(w: &mut Writer, factor: f32) {
    dense(w, "slots", "slot", "slot.own");
    w.node("MatMul", "slot.shared", &["context", "slot.context.w"], &[]);
    w.node("Add", "slot.linear", &["slot.own", "slot.shared"], &[]);
    w.node("Relu", "candidates", &["slot.linear"], &[]);
    w.node("MatMul", "slot.scores", &["candidates", "slot.score.w"], &[]);
    let row = w.ints("slot.row", &[2], &[1, SLOTS as i64]);
    w.node("Reshape", "slot.scores.row", &["slot.scores", &row], &[]);
    let one = w.floats("one", &[1, 1], &[1.0]);
    let empty = w.floats("empty", &[1, 1], &[-EMPTY]);
    w.node("Sub", "slot.unfilled", &["filled", &one], &[]);
    w.node("Mul", "slot.mask", &["slot.unfilled", &empty], &[]);
    w.node("Add", "slot.masked", &["slot.scores.row", "slot.mask"], &[]);
    dense(w, "context", "none", "slot.none");
    w.node("Concat", "slot.logit", &["slot.masked", "slot.none"], &[("axis", Attribute::Int(1))]);
    w.node("Softmax", "slot.sharp", &["slot.logit"], &[("axis", Attribute::Int(1))]);
    columns(w, "slot.sharp", "slot.weights", 0, SLOTS);
    w.node("MatMul", "slot.pooled", &["slot.weights", "candidates"], &[]);
    w.node("Concat", "read", &["context", "slot.pooled"], &[("axis", Attribute::Int(1))]);
    let factor = w.floats("slot.factor", &[1, 1], &[factor]);
    w.node("Mul", "slot.calibrated", &["slot.logit", &factor], &[]);
    w.node("Softmax", "slot", &["slot.calibrated"], &[("axis", Attribute::Int(1))]);
}
