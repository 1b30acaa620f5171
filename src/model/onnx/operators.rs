//! The operators that are run, each by tract's own: a file's nodes are wired straight into a typed
//! model. tract's registry of all of ONNX and its shape inference are left out, which is a third of the
//! Wasm and of the start: shapes are fixed here, so types and shapes follow node after node.
//!
//! tract indexes by what a file says, so what it would index by is checked here first.

use std::{collections::BTreeMap, ops::RangeInclusive, path::Path};

use tract_onnx::{
    data_resolver::ModelDataResolver,
    pb,
    tensor::load_tensor,
    tract_hir::{
        internal::*,
        ops::{array, binary::InferenceBinOp, logic, math, matmul::MatMulInference, nn},
        tract_core::ops::{binary::BinMiniOp, cast::cast},
    },
};

use super::{
    arithmetic::{
        self,
        Arithmetic::{self, Add, Div, Max, Min, Mul, Sub},
    },
    gru, linear, softmax,
};

/// Adds one node's operation to a model, under a name.
type Wire = fn(&mut TypedModel, &str, &pb::NodeProto, &[OutletId]) -> TractResult<TVec<OutletId>>;

/// An operator: its name, how many inputs it has, and what runs it.
pub type Operator = (&'static str, RangeInclusive<usize>, Wire);

/// The operators of our writers and of the public shapes in `benches/`: what is not here is refused.
pub const OPERATORS: [Operator; 26] = [
    ("Add", 2..=2, |m, name, _, x| sum(m, name, x)),
    ("Cast", 1..=1, |m, name, node, x| {
        let to: DatumType = node.get_attr("to")?;
        m.wire_node(name, cast(to), x)
    }),
    ("Clip", 1..=3, clip),
    ("Concat", 1..=64, concat),
    ("DequantizeLinear", 2..=3, dequantize),
    ("Div", 2..=2, |m, name, _, x| arithmetic(m, name, Div, x)),
    ("Floor", 1..=1, |m, name, _, x| m.wire_node(name, math::floor(), x)),
    ("GRU", 3..=6, gru::wire),
    ("Gather", 2..=2, |m, name, node, x| {
        let axis = axis(node, "axis", 0, m.outlet_fact(x[0])?.rank())?;
        array::Gather::new(axis as i64).wire(name, m, x)
    }),
    ("Gemm", 2..=3, gemm),
    ("MatMul", 2..=2, |m, name, _, x| product(m, name, x, MatMulInference::default())),
    ("Mul", 2..=2, |m, name, _, x| arithmetic(m, name, Mul, x)),
    ("ReduceMax", 1..=2, |m, name, node, x| reduce(m, name, node, x, nn::Reducer::Max)),
    ("ReduceMean", 1..=2, |m, name, node, x| reduce(m, name, node, x, nn::Reducer::Mean)),
    ("ReduceSum", 1..=2, |m, name, node, x| reduce(m, name, node, x, nn::Reducer::Sum)),
    ("Relu", 1..=1, |m, name, _, x| match linear::relu(m, name, x)? {
        Some(wired) => Ok(wired),
        None => {
            let zero = m.add_const(format!("{name}.zero"), tensor0(0_f32))?;
            arithmetic(m, name, Max, &[x[0], zero])
        }
    }),
    ("Reshape", 2..=2, |m, name, node, x| {
        let keep_zeros = node.get_attr_opt::<i64>("allowzero")? == Some(1);
        array::Reshape::new(keep_zeros).wire(name, m, x)
    }),
    ("Sigmoid", 1..=1, |m, name, _, x| m.wire_node(name, nn::sigmoid(), x)),
    ("Slice", 3..=5, slice),
    ("Softmax", 1..=1, |m, name, node, x| {
        let axis = axis(node, "axis", -1, m.outlet_fact(x[0])?.rank())?;
        softmax::wire(m, name, axis, x[0])
    }),
    ("Sqrt", 1..=1, |m, name, _, x| m.wire_node(name, math::sqrt(), x)),
    ("Sub", 2..=2, |m, name, _, x| arithmetic(m, name, Sub, x)),
    ("Tanh", 1..=1, |m, name, _, x| m.wire_node(name, math::tanh(), x)),
    ("Transpose", 1..=1, transpose),
    ("Unsqueeze", 2..=2, |m, name, _, x| {
        let added = ints(m, x[1], "axes")?;
        let rank = m.outlet_fact(x[0])?.rank() + added.len();
        let axes = added.iter().map(|&a| Ok(counted(a, rank)? as isize)).collect::<TractResult<_>>()?;
        array::AddDims::new(axes).wire(name, m, &x[..1])
    }),
    ("Where", 3..=3, |m, name, _, x| logic::Iff.wire(name, m, x)),
];

/// The typed model of a checked graph whose inputs are 32-bit floats of these shapes.
pub fn wire(graph: &pb::GraphProto, shapes: &[Vec<usize>]) -> TractResult<TypedModel> {
    let mut model = TypedModel::default();
    let mut defined = BTreeMap::new();
    for constant in &graph.initializer {
        let tensor = load_tensor(&NoOtherFile, constant, None)?;
        defined.insert(constant.name.as_str(), model.add_const(&constant.name, tensor)?);
    }
    for (input, shape) in graph.input.iter().zip(shapes) {
        let source = model.add_source(&input.name, f32::fact(shape))?;
        defined.insert(&input.name, source);
    }
    let outlet = |defined: &BTreeMap<&str, OutletId>, name: &str| {
        defined.get(name).copied().with_context(|| format!("nothing defines `{name}`"))
    };
    for node in &graph.node {
        let given = node.input.iter().filter(|i| !i.is_empty());
        let inputs = given.map(|i| outlet(&defined, i)).collect::<TractResult<TVec<_>>>()?;
        let outputs = wire_node(&mut model, node, &inputs).with_context(|| format!("`{}`", node.name))?;
        let names = node.output.iter().filter(|o| !o.is_empty());
        defined.extend(names.map(String::as_str).zip(outputs));
    }
    let outputs = graph.output.iter().map(|o| outlet(&defined, &o.name)).collect::<TractResult<TVec<_>>>()?;
    model.select_output_outlets(&outputs)?;
    Ok(model)
}

fn wire_node(
    model: &mut TypedModel,
    node: &pb::NodeProto,
    inputs: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    let known = OPERATORS.iter().find(|(name, ..)| *name == node.op_type);
    let (_, arity, wire) = known.with_context(|| format!("`{}` is not run", node.op_type))?;
    ensure!(arity.contains(&inputs.len()), "{} inputs are given, {arity:?} are needed", inputs.len());
    let name = node.output.iter().find(|o| !o.is_empty()).context("it has no output")?;
    wire(model, name, node, inputs)
}

/// Arithmetic of two inputs, the smaller one stretched.
fn arithmetic(
    m: &mut TypedModel,
    name: &str,
    what: Arithmetic,
    x: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    match arithmetic::wire(m, name, what, x)? {
        Some(wired) => Ok(wired),
        None => arithmetic_by_tract(m, name, what, x),
    }
}

/// The same for other types of numbers.
pub fn arithmetic_by_tract(
    m: &mut TypedModel,
    name: &str,
    what: Arithmetic,
    x: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    let op: Box<dyn BinMiniOp> = match what {
        Add => Box::new(math::Add),
        Sub => Box::new(math::Sub),
        Mul => Box::new(math::Mul),
        Div => Box::new(math::Div),
        Max => Box::new(math::Max),
        Min => Box::new(math::Min),
    };
    InferenceBinOp(op).wire(name, m, x)
}

fn sum(m: &mut TypedModel, name: &str, x: &[OutletId]) -> TractResult<TVec<OutletId>> {
    match linear::sum(m, name, x)? {
        Some(wired) => Ok(wired),
        None => arithmetic(m, name, Add, x),
    }
}

fn clip(m: &mut TypedModel, name: &str, node: &pb::NodeProto, x: &[OutletId]) -> TractResult<TVec<OutletId>> {
    let mut places = tract_onnx::model::optional_inputs(node).skip(1);
    let (low, high) = (places.next().flatten(), places.next().flatten());
    let mut wire = x[0];
    if let Some(low) = low {
        wire = arithmetic(m, &format!("{name}.low"), Max, &[wire, x[low]])?[0];
    }
    if let Some(high) = high {
        wire = arithmetic(m, &format!("{name}.high"), Min, &[wire, x[high]])?[0];
    }
    Ok(tvec!(wire))
}

fn concat(
    m: &mut TypedModel,
    name: &str,
    node: &pb::NodeProto,
    x: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    let first = shape(m, x[0])?;
    let axis = counted(node.get_attr("axis")?, first.len())?;
    for input in x {
        let other = shape(m, *input)?;
        let same = |place: usize| place == axis || first[place] == other[place];
        ensure!(
            other.len() == first.len() && (0..first.len()).all(same),
            "{first:?} and {other:?} do not join"
        );
    }
    array::Concat::new(axis as i64).wire(name, m, x)
}

/// (x − zero point) · scale, one for all or one each place along an axis.
fn dequantize(
    m: &mut TypedModel,
    name: &str,
    node: &pb::NodeProto,
    x: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    let rank = m.outlet_fact(x[0])?.rank();
    let along = |m: &mut TypedModel, part: &str, outlet: OutletId| -> TractResult<OutletId> {
        let mut wire = m.wire_node(format!("{name}.{part}"), cast(f32::datum_type()), &[outlet])?;
        if m.outlet_fact(wire[0])?.rank() == 1 && rank > 0 {
            let axis = axis(node, "axis", 1.min(rank as i64 - 1), rank)?;
            for place in 1..rank - axis {
                wire = m.wire_node(format!("{name}.{part}.{place}"), AxisOp::Add(place), &wire)?;
            }
        }
        Ok(wire[0])
    };
    let mut wire = m.wire_node(format!("{name}.float"), cast(f32::datum_type()), &x[..1])?;
    let scale = along(m, "scale", x[1])?;
    if let Some(zero) = x.get(2) {
        let zero = along(m, "zero", *zero)?;
        wire = arithmetic(m, &format!("{name}.centred"), Sub, &[wire[0], zero])?;
    }
    arithmetic(m, name, Mul, &[wire[0], scale])
}

fn gemm(m: &mut TypedModel, name: &str, node: &pb::NodeProto, x: &[OutletId]) -> TractResult<TVec<OutletId>> {
    ensure!(shape(m, x[0])?.len() == 2 && shape(m, x[1])?.len() == 2, "it multiplies matrices");
    let turned = |which| -> TractResult<bool> { Ok(node.get_attr_opt::<i64>(which)?.unwrap_or(0) != 0) };
    let flags = MatMulInference { a_trans: turned("transA")?, b_trans: turned("transB")?, c_trans: false };
    let scaled = |m: &mut TypedModel, which: &str, wire: OutletId| -> TractResult<OutletId> {
        let factor: f32 = node.get_attr_opt(which)?.unwrap_or(1.0);
        if factor == 1.0 {
            return Ok(wire);
        }
        let constant = m.add_const(format!("{name}.{which}"), tensor0(factor))?;
        Ok(arithmetic(m, &format!("{name}.{which}.scaled"), Mul, &[wire, constant])?[0])
    };
    let wire = product(m, &format!("{name}.product"), &x[..2], flags)?[0];
    let wire = scaled(m, "alpha", wire)?;
    match x.get(2) {
        Some(bias) => {
            let bias = scaled(m, "beta", *bias)?;
            sum(m, name, &[wire, bias])
        }
        None => Ok(tvec!(wire)),
    }
}

/// The product of two inputs. tract multiplies what it is given: that the matrices fit each other is
/// checked here.
pub fn product(
    m: &mut TypedModel,
    name: &str,
    x: &[OutletId],
    flags: MatMulInference,
) -> TractResult<TVec<OutletId>> {
    let (a, b) = (shape(m, x[0])?, shape(m, x[1])?);
    let inner = |shape: &[usize], from_end: usize| {
        shape.len().checked_sub(from_end.min(shape.len())).and_then(|i| shape.get(i).copied())
    };
    let (left, right) =
        (inner(&a, if flags.a_trans { 2 } else { 1 }), inner(&b, if flags.b_trans { 1 } else { 2 }));
    ensure!(left.is_some() && left == right && a.len() + b.len() > 2, "{a:?} and {b:?} do not multiply");
    match linear::product(m, name, x, [flags.a_trans, flags.b_trans])? {
        Some(wired) => Ok(wired),
        None => flags.wire(name, m, x),
    }
}

fn reduce(
    m: &mut TypedModel,
    name: &str,
    node: &pb::NodeProto,
    x: &[OutletId],
    by: nn::Reducer,
) -> TractResult<TVec<OutletId>> {
    let rank = m.outlet_fact(x[0])?.rank();
    let mut axes = match x.get(1) {
        Some(axes) => ints(m, *axes, "axes")?,
        None => node.get_attr_opt_vec("axes")?.unwrap_or_default(),
    };
    if axes.is_empty() {
        if node.get_attr_opt::<i64>("noop_with_empty_axes")? == Some(1) {
            return Ok(tvec!(x[0]));
        }
        axes = (0..rank as i64).collect();
    }
    let axes = axes.iter().map(|&a| Ok(counted(a, rank)? as i64)).collect::<TractResult<Vec<_>>>()?;
    let keep = node.get_attr_opt::<i64>("keepdims")?.unwrap_or(1) == 1;
    nn::Reduce::new(Some(axes), keep, by).wire(name, m, &x[..1])
}

fn slice(m: &mut TypedModel, name: &str, _: &pb::NodeProto, x: &[OutletId]) -> TractResult<TVec<OutletId>> {
    let shape = shape(m, x[0])?;
    let (starts, ends) = (ints(m, x[1], "starts")?, ints(m, x[2], "ends")?);
    let axes = match x.get(3) {
        Some(axes) => ints(m, *axes, "axes")?,
        None => (0..starts.len() as i64).collect(),
    };
    if let Some(steps) = x.get(4) {
        ensure!(ints(m, *steps, "steps")?.iter().all(|s| *s == 1), "steps other than 1 are not run");
    }
    ensure!(
        starts.len() == ends.len() && starts.len() == axes.len(),
        "starts, ends and axes differ in length"
    );
    let mut wire = tvec!(x[0]);
    for (place, ((start, end), axis)) in starts.iter().zip(&ends).zip(&axes).enumerate() {
        let axis = counted(*axis, shape.len())?;
        let length = shape[axis] as i64;
        let within =
            |at: i64| (if at < 0 { at.saturating_add(length) } else { at }).clamp(0, length) as usize;
        wire = m.wire_node(
            format!("{name}.{place}"),
            array::Slice::new(axis, within(*start), within(*end)),
            &wire,
        )?;
    }
    Ok(wire)
}

fn transpose(
    m: &mut TypedModel,
    name: &str,
    node: &pb::NodeProto,
    x: &[OutletId],
) -> TractResult<TVec<OutletId>> {
    let rank = m.outlet_fact(x[0])?.rank();
    let order = match node.get_attr_opt_vec::<i64>("perm")? {
        Some(order) => order.iter().map(|&a| counted(a, rank)).collect::<TractResult<TVec<_>>>()?,
        None => (0..rank).rev().collect(),
    };
    ensure!((0..rank).all(|axis| order.contains(&axis)), "`perm` does not name every axis once");
    array::PermuteAxes::new(Some(order)).wire(name, m, x)
}

/// A node's attribute that names an axis, or else `usual`, counted from the front.
fn axis(node: &pb::NodeProto, attribute: &str, usual: i64, rank: usize) -> TractResult<usize> {
    counted(node.get_attr_opt(attribute)?.unwrap_or(usual), rank)
}

/// The shape of what comes in; all shapes are fixed.
pub fn shape(model: &TypedModel, outlet: OutletId) -> TractResult<Vec<usize>> {
    let shape = model.outlet_fact(outlet)?.shape.as_concrete().context("its shape is not fixed")?;
    Ok(shape.to_vec())
}

/// Whether all that comes in is of 32-bit floats.
pub fn floats(m: &TypedModel, x: &[OutletId]) -> TractResult<bool> {
    let types = x.iter().map(|outlet| Ok(m.outlet_fact(*outlet)?.datum_type));
    Ok(types.collect::<TractResult<TVec<_>>>()?.iter().all(|of| *of == f32::datum_type()))
}

/// An axis counted from the front; below 0 it was counted from the end.
fn counted(axis: i64, rank: usize) -> TractResult<usize> {
    let front = if axis < 0 { axis.saturating_add(rank as i64) } else { axis };
    let front = usize::try_from(front).ok().filter(|front| *front < rank);
    front.with_context(|| format!("there is no axis {axis} among {rank}"))
}

/// The whole numbers of an input that must be constant.
fn ints(model: &TypedModel, outlet: OutletId, what: &str) -> TractResult<Vec<i64>> {
    let constant = model.outlet_fact(outlet)?.konst.as_ref();
    let constant = constant.with_context(|| format!("its {what} must be constant"))?;
    Ok(constant.cast_to::<i64>()?.try_as_plain_ram()?.as_slice::<i64>()?.to_vec())
}

/// A model is one file: nothing is read beside it.
struct NoOtherFile;

impl ModelDataResolver for NoOtherFile {
    fn read_bytes_from_path(&self, _: &mut Vec<u8>, _: &Path, _: usize, _: Option<usize>) -> TractResult<()> {
        bail!("a constant in another file is not read")
    }
}

/// Runs what is wired to inputs of these shapes, which hold numbers around zero and never zero.
#[cfg(test)]
pub fn run_wired(
    shapes: &[&[usize]],
    wire: impl Fn(&mut TypedModel, &[OutletId]) -> TractResult<TVec<OutletId>>,
) -> TractResult<Vec<f32>> {
    let mut model = TypedModel::default();
    let (mut outlets, mut values) = (Vec::new(), TVec::<TValue>::new());
    for (place, shape) in shapes.iter().enumerate() {
        outlets.push(model.add_source(place.to_string(), f32::fact(*shape))?);
        let numbers = (0..shape.iter().product::<usize>()).map(|i| ((7 * place + i) as f32 + 0.5).sin());
        values.push(Tensor::from_shape(shape, &numbers.collect::<Vec<_>>())?.into());
    }
    let wired = wire(&mut model, &outlets)?;
    model.select_output_outlets(&wired)?;
    let given = model.into_runnable()?.run(values)?;
    Ok(given[0].try_as_plain_ram()?.as_slice::<f32>()?.to_vec())
}
