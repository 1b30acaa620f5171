//! A GRU over a whole sequence as one operation. tract runs most GRUs as a graph within the graph, node
//! by node and step by step: that is slow, and needs passes that double the start (docs/performance.md).

use tract_onnx::{
    model::optional_inputs,
    pb,
    tract_core::ops::array::{Slice, TypedConcat},
    tract_hir::internal::*,
};
use wide::f32x4;

use super::{
    linear,
    operators::shape,
    sums::{add_product, each, four},
};

/// Wires a node: its input, weights, recurrent weights, and, where given, bias, lengths and the state
/// before. Its outputs are all states and the last ones.
pub fn wire(
    m: &mut TypedModel,
    name: &str,
    node: &pb::NodeProto,
    x: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    let directions = directions(node)?;
    let [batch, hidden] = fit(m, x, directions.len())?;
    let mut places = optional_inputs(node).skip(3);
    let [bias, lengths, state] = std::array::from_fn(|_| places.next().flatten().map(|place| x[place]));
    ensure!(lengths.is_none(), "lengths of sequences are not run");
    let mut or_zeros = |outlet: Option<OutletId>, part: &str, expected: &[usize]| {
        let zeros = || m.add_const(format!("{name}.{part}"), Tensor::zero::<f32>(expected)?);
        let outlet = outlet.map_or_else(zeros, Ok)?;
        ensure!(shape(m, outlet)? == expected, "its {part} must be {expected:?}");
        Ok(outlet)
    };
    let bias = or_zeros(bias, "bias", &[directions.len(), 6 * hidden])?;
    let state = or_zeros(state, "state", &[directions.len(), batch, hidden])?;
    let reset_after = node.get_attr_opt::<i64>("linear_before_reset")?.unwrap_or(0) != 0;
    let (mut all, mut last) = (TVec::new(), TVec::new());
    for (place, &backwards) in directions.iter().enumerate() {
        let mut side = Side { m, name: format!("{name}.{place}"), place, hidden };
        let states = side.wire([x[0], x[1], x[2], bias, state], Recurrence { backwards, reset_after })?;
        all.push(side.node("all", AxisOp::Add(1), &states[..1])?);
        last.push(side.node("last", AxisOp::Add(0), &states[1..])?);
    }
    let all = m.wire_node(format!("{name}.all"), TypedConcat::new(1), &all)?[0];
    let last = m.wire_node(format!("{name}.last"), TypedConcat::new(0), &last)?[0];
    let named = node.output.iter().zip([all, last]).filter(|(name, _)| !name.is_empty());
    Ok(named.map(|(_, outlet)| outlet).collect())
}

/// For each direction of a node whether it runs backwards.
fn directions(node: &pb::NodeProto) -> TractResult<&'static [bool]> {
    for unknown in ["activations", "clip"] {
        ensure!(node.attribute.iter().all(|a| a.name != unknown), "its attribute `{unknown}` is not run");
    }
    ensure!(node.get_attr_opt::<i64>("layout")?.unwrap_or(0) == 0, "its attribute `layout` is not run");
    match node.get_attr_opt("direction")?.unwrap_or("forward") {
        "forward" => Ok(&[false]),
        "reverse" => Ok(&[true]),
        "bidirectional" => Ok(&[false, true]),
        unknown => bail!("the direction `{unknown}` is not run"),
    }
}

/// Checks that input and weights fit each other, and gives back the batch and the state's width.
fn fit(m: &TypedModel, x: &[OutletId], directions: usize) -> TractResult<[usize; 2]> {
    let [input, weights, recurrent] = [shape(m, x[0])?, shape(m, x[1])?, shape(m, x[2])?];
    let (&[steps, batch, width], &[_, _, hidden]) = (&input[..], &recurrent[..]) else {
        bail!("its input and recurrent weights must have three axes");
    };
    let fit = weights == [directions, 3 * hidden, width] && recurrent == [directions, 3 * hidden, hidden];
    ensure!(fit, "{input:?}, {weights:?} and {recurrent:?} do not fit {directions} directions");
    ensure!(steps * batch * width * hidden > 0, "it has nothing to run over");
    Ok([batch, hidden])
}

/// One direction of a node.
struct Side<'m> {
    m: &'m mut TypedModel,
    name: String,
    place: usize,
    hidden: usize,
}

impl Side<'_> {
    /// Inputs are the node's, of all directions; outputs are those of [`Recurrence`].
    fn wire(
        &mut self,
        [x, weights, recurrent, bias, state]: [OutletId; 5],
        op: Recurrence,
    ) -> TractResult<TVec<OutletId>> {
        let weights = self.own("weights", weights)?;
        let recurrent = self.own("recurrent", recurrent)?;
        let recurrent = self.node("recurrent.turned", AxisOp::Move(1, 0), &[recurrent])?;
        let bias = self.own("bias", bias)?;
        let before = self.node("bias.input", Slice::new(0, 0, 3 * self.hidden), &[bias])?;
        let bias = self.node("bias.recurrent", Slice::new(0, 3 * self.hidden, 6 * self.hidden), &[bias])?;
        let state = self.own("state", state)?;
        let weights = self.node("weights.turned", AxisOp::Move(1, 0), &[weights])?;
        let split: TVec<TDim> = self.m.outlet_fact(x)?.shape.iter().take(2).cloned().collect();
        let rows: TVec<TDim> = tvec!(split.iter().product());
        let x = self.node("rows", AxisOp::Reshape(0, split.clone(), rows.clone()), &[x])?;
        let gates = linear::wire(self.m, &format!("{}.product", self.name), &[x, weights, before])?[0];
        let gates = self.node("gates", AxisOp::Reshape(0, rows, split), &[gates])?;
        self.m.wire_node(&self.name, op, &[gates, recurrent, bias, state])
    }

    /// This direction's part of an input.
    fn own(&mut self, part: &str, of: OutletId) -> TractResult<OutletId> {
        let own = self.node(&format!("{part}.own"), Slice::new(0, self.place, self.place + 1), &[of])?;
        self.node(part, AxisOp::Rm(0), &[own])
    }

    fn node(&mut self, part: &str, op: impl Into<Box<dyn TypedOp>>, x: &[OutletId]) -> TractResult<OutletId> {
        Ok(self.m.wire_node(format!("{}.{part}", self.name), op, x)?[0])
    }
}

/// One direction. Inputs: what the input adds to the gates `[steps, batch, 3 · hidden]`, the recurrent
/// weights `[hidden, 3 · hidden]`, their bias `[3 · hidden]`, the state before `[batch, hidden]`. Outputs:
/// the state after each step `[steps, batch, hidden]`, and after the last one `[batch, hidden]`. The gates
/// are in ONNX's order: update, reset, candidate.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Recurrence {
    backwards: bool,
    /// Whether the reset gate scales what the weights make of the state, and not the state.
    reset_after: bool,
}

impl Op for Recurrence {
    fn name(&self) -> StaticName {
        "Recurrence".into()
    }

    op_as_typed_op!();
}

impl TypedOp for Recurrence {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let last = inputs[3].shape.to_tvec();
        let all: TVec<TDim> = inputs[0].shape.iter().take(1).chain(&last).cloned().collect();
        Ok(tvec!(f32::fact(&*all), f32::fact(&*last)))
    }

    as_op!();
}

impl EvalOp for Recurrence {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let (gates, weights, bias, state) = args_4!(inputs);
        let (mut gates, mut state) = (gates.into_tensor(), state.into_tensor());
        let [steps, batch, hidden] = [gates.shape()[0], state.shape()[0], state.shape()[1]];
        let mut all = Tensor::zero::<f32>(&[steps, batch, hidden])?;
        let mut cell = Cell {
            reset_after: self.reset_after,
            weights: weights.try_as_plain_ram()?.as_slice::<f32>()?,
            bias: bias.try_as_plain_ram()?.as_slice::<f32>()?,
            kept: vec![0.0; hidden],
            recurrent: vec![0.0; 3 * hidden],
        };
        let mut step = |gates: &mut [f32], after: &mut [f32]| -> TractResult<()> {
            let mut state = state.try_as_plain_ram_mut()?;
            let state = state.as_slice_mut::<f32>()?;
            for (gates, state) in gates.chunks_exact_mut(3 * hidden).zip(state.chunks_exact_mut(hidden)) {
                cell.step(gates, state);
            }
            after.copy_from_slice(state);
            Ok(())
        };
        let (mut gates, mut after) = (gates.try_as_plain_ram_mut()?, all.try_as_plain_ram_mut()?);
        let gates = gates.as_slice_mut::<f32>()?.chunks_exact_mut(3 * batch * hidden);
        let mut steps = gates.zip(after.as_slice_mut::<f32>()?.chunks_exact_mut(batch * hidden));
        if self.backwards {
            steps.rev().try_for_each(|(gates, after)| step(gates, after))?;
        } else {
            steps.try_for_each(|(gates, after)| step(gates, after))?;
        }
        Ok(tvec!(all.into_tvalue(), state.into_tvalue()))
    }
}

/// What a step needs beside gates and state.
struct Cell<'w> {
    reset_after: bool,
    weights: &'w [f32],
    bias: &'w [f32],
    /// The state after the reset gate.
    kept: Vec<f32>,
    /// What the state adds to the gates.
    recurrent: Vec<f32>,
}

impl Cell<'_> {
    /// One step of one member of the batch: `gates` hold what the input adds, `state` is replaced. As
    /// ONNX's GRU defines it.
    fn step(&mut self, gates: &mut [f32], state: &mut [f32]) {
        let hidden = state.len();
        let (both, candidate) = gates.split_at_mut(2 * hidden);
        self.recurrent.copy_from_slice(self.bias);
        let (ahead, behind) = self.recurrent.split_at_mut(2 * hidden);
        let behind_weights = self.weights.get(2 * hidden..).unwrap_or_default();
        add_product(ahead, state, self.weights, 3 * hidden);
        each(both, ahead, |gate, added| sigmoid(gate + added));
        let (update, reset) = both.split_at(hidden);
        if self.reset_after {
            add_product(behind, state, behind_weights, 3 * hidden);
            each(behind, reset, |added, reset| added * reset);
        } else {
            self.kept.copy_from_slice(state);
            each(&mut self.kept, reset, |state, reset| state * reset);
            add_product(behind, &self.kept, behind_weights, 3 * hidden);
        }
        each(candidate, behind, |candidate, added| tanh(candidate + added));
        each(state, candidate, |state, candidate| state - candidate);
        each(state, update, |apart, update| apart * update);
        each(state, candidate, |apart, candidate| apart + candidate);
    }
}

fn sigmoid(x: f32x4) -> f32x4 {
    four(0.5) + four(0.5) * tanh(four(0.5) * x)
}

/// A quotient of polynomials, as Eigen computes it (`ptanh_float`): within 1e-6 of the true value, and 1
/// beyond the limit in the precision that is left.
fn tanh(x: f32x4) -> f32x4 {
    let limit = four(7.905_311);
    let x = x.fast_max(-limit).fast_min(limit);
    let square = x * x;
    let above = four(-2.760_768_5e-16) * square + four(2.000_188e-13);
    let above = above * square + four(-8.604_672e-11);
    let above = above * square + four(5.122_297e-8);
    let above = above * square + four(1.485_722_4e-5);
    let above = above * square + four(6.372_619e-4);
    let above = above * square + four(4.893_524_6e-3);
    let below = four(1.198_258_4e-6) * square + four(1.185_347_1e-4);
    let below = below * square + four(2.268_434_6e-3);
    let below = below * square + four(4.893_525e-3);
    x * above / below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quotient_is_the_hyperbolic_tangent() {
        for place in -2000..=2000 {
            let x = place as f32 / 100.0;
            let [is, ..] = tanh(four(x)).to_array();
            assert!((f64::from(is) - f64::from(x).tanh()).abs() < 1e-6, "tanh({x}) is not {is}");
        }
    }
}
