//! The behaviour model as a computation on the tape, over whole visits at once.
//!
//! `event → MLP → GRU → state`; each slot's features and the state go through one small network with
//! shared weights to a score; the slots, weighted by their scores, go back into the two heads that
//! say whether the user is stuck and why.

use unstuck::{
    features::schema::{EVENT, SLOT, SLOTS, STATE},
    playbook::Cause,
};

use super::tape::{Matrix, Tape, Var};
use crate::random::Random;

/// The width of what is made of an event.
pub const EMBED: usize = 48;
/// The width of what is made of a slot.
pub const CANDIDATE: usize = 32;
/// The width of the two heads.
pub const HEAD: usize = 48;
/// What the heads read: the state, the event, the slots.
const CONTEXT: usize = STATE + EMBED + CANDIDATE;
const CAUSES: usize = Cause::ALL.len();

/// The parameters: name, rows, columns. A row count of 1 is a bias.
pub const SHAPES: [(&str, usize, usize); 20] = [
    ("event.w", EVENT, EMBED),
    ("event.b", 1, EMBED),
    ("gru.input.w", EMBED, 3 * STATE),
    ("gru.input.b", 1, 3 * STATE),
    ("gru.state.w", STATE, 3 * STATE),
    ("gru.state.b", 1, 3 * STATE),
    ("slot.w", SLOT, CANDIDATE),
    ("slot.context.w", STATE + EMBED, CANDIDATE),
    ("slot.b", 1, CANDIDATE),
    ("slot.score.w", CANDIDATE, 1),
    ("none.w", STATE + EMBED, 1),
    ("none.b", 1, 1),
    ("stuck.w", CONTEXT, HEAD),
    ("stuck.b", 1, HEAD),
    ("stuck.out.w", HEAD, 1),
    ("stuck.out.b", 1, 1),
    ("cause.w", CONTEXT, HEAD),
    ("cause.b", 1, HEAD),
    ("cause.out.w", HEAD, CAUSES),
    ("cause.out.b", 1, CAUSES),
];

/// The parameters, in the order of [`SHAPES`].
#[derive(Clone, Debug, PartialEq)]
pub struct Network(pub Vec<Matrix>);

impl Network {
    /// Before training (Glorot's uniform weights, zero biases).
    pub fn random(rng: &mut Random) -> Self {
        let matrix = |&(_, rows, columns): &(&str, usize, usize)| {
            let bound = if rows == 1 { 0.0 } else { (6.0 / (rows + columns) as f64).sqrt() };
            Matrix::from_shape_fn((rows, columns), |_| rng.between(-bound, bound) as f32)
        };
        Self(SHAPES.iter().map(matrix).collect())
    }

    /// How many numbers it has.
    pub fn size(&self) -> usize {
        self.0.iter().map(Matrix::len).sum()
    }

    /// A parameter by name.
    pub fn get(&self, name: &str) -> &Matrix {
        let at = SHAPES.iter().position(|(n, _, _)| *n == name).expect("a name in SHAPES");
        &self.0[at]
    }

    /// Puts the parameters on a tape.
    pub fn lay(&self, tape: &mut Tape) -> Vec<Var> {
        self.0.iter().map(|m| tape.leaf(m.clone())).collect()
    }
}

/// Visits side by side. Rows are time-major: all visits' first moments, then their second ones.
#[derive(Debug)]
pub struct Batch {
    /// How many visits.
    pub visits: usize,
    /// How many moments the longest has.
    pub length: usize,
    /// `length · visits` rows of events.
    pub events: Matrix,
    /// `length · visits · SLOTS` rows of slots.
    pub slots: Matrix,
    /// `length · visits` rows: 1 for a filled slot, and for "none".
    pub filled: Matrix,
}

/// Logits, a row a moment, and the probabilities of the slots.
#[derive(Clone, Copy, Debug)]
pub struct Logits {
    /// Stuck now: one column.
    pub stuck: Var,
    /// `SLOTS + 1` columns.
    pub slot: Var,
    /// The softmax of `slot` over the filled ones.
    pub slot_probability: Var,
    /// A column a cause.
    pub cause: Var,
}

/// Runs a batch from the first moment to the last.
pub fn forward(tape: &mut Tape, p: &[Var], batch: &Batch) -> Logits {
    let [we, be, wi, bi, wh, bh, ws, wsc, bs, wv, wn, bn, wk, bk, wk2, bk2, wc, bc, wc2, bc2] = *p else {
        panic!("as many parameters as in SHAPES");
    };
    let events = tape.leaf(batch.events.clone());
    let dense = |tape: &mut Tape, x, w, b| {
        let xw = tape.matmul(x, w);
        tape.add_row(xw, b)
    };
    let embedded = dense(tape, events, we, be);
    let embedded = tape.relu(embedded);
    let gates = dense(tape, embedded, wi, bi);
    let mut state = tape.leaf(Matrix::zeros((batch.visits, STATE)));
    let mut states = Vec::with_capacity(batch.length);
    for t in 0..batch.length {
        let gi = tape.rows(gates, t * batch.visits, batch.visits);
        let gh = dense(tape, state, wh, bh);
        state = gru(tape, state, gi, gh);
        states.push(state);
    }
    let states = tape.stack(states);
    let context = tape.beside(vec![states, embedded]);
    let slots = tape.leaf(batch.slots.clone());
    let own = dense(tape, slots, ws, bs);
    let shared = tape.matmul(context, wsc);
    let shared = tape.repeat(shared, SLOTS);
    let candidates = tape.add(own, shared);
    let candidates = tape.relu(candidates);
    let scores = tape.matmul(candidates, wv);
    let scores = tape.reshape(scores, (batch.visits * batch.length, SLOTS));
    let none = dense(tape, context, wn, bn);
    let slot = tape.beside(vec![scores, none]);
    let slot_probability = tape.softmax(slot, &batch.filled);
    let weights = tape.columns(slot_probability, 0, SLOTS);
    let pooled = tape.pool(weights, candidates);
    let read = tape.beside(vec![context, pooled]);
    let head = |tape: &mut Tape, w, b, w2, b2| {
        let hidden = dense(tape, read, w, b);
        let hidden = tape.relu(hidden);
        dense(tape, hidden, w2, b2)
    };
    let stuck = head(tape, wk, bk, wk2, bk2);
    let cause = head(tape, wc, bc, wc2, bc2);
    Logits { stuck, slot, slot_probability, cause }
}

/// One step of a gated recurrent unit: reset, update and candidate side by side in the gates.
fn gru(tape: &mut Tape, state: Var, gi: Var, gh: Var) -> Var {
    let gate = |tape: &mut Tape, i: usize| {
        let a = tape.columns(gi, i * STATE, STATE);
        let b = tape.columns(gh, i * STATE, STATE);
        (a, b)
    };
    let (ri, rh) = gate(tape, 0);
    let r = tape.add(ri, rh);
    let r = tape.sigmoid(r);
    let (zi, zh) = gate(tape, 1);
    let z = tape.add(zi, zh);
    let z = tape.sigmoid(z);
    let (ni, nh) = gate(tape, 2);
    let nh = tape.mul(r, nh);
    let n = tape.add(ni, nh);
    let n = tape.tanh(n);
    tape.mix(n, state, z)
}
