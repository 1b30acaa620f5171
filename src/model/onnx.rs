//! ONNX files run by tract: the only file that names it.
//!
//! tract trusts its input: it indexes by names that a damaged file may not hold and allocates what a
//! file asks for. So a file is checked before tract sees it: its size, its operators, that every name
//! that is used is defined, and that every constant is as long as its shape says.

use std::{collections::BTreeSet, fmt, sync::Arc};

use tract_onnx::{pb, prelude::*};

use super::meta::{Meta, Role};
use crate::error::{Error, ErrorKind, Result};

/// The largest file that is read, in bytes: room for a text encoder of 4 MB and as much again.
pub const MAX_BYTES: usize = 8 << 20;
/// The most nodes and constants in a graph; ours have fewer than a hundred.
const MAX_ITEMS: usize = 2_000;
/// The most numbers in one constant or input, so that a shape cannot ask for the whole memory.
const MAX_ELEMENTS: i64 = 8 << 20;

/// The operators that our writers use: what is not here is refused.
const OPERATORS: [&str; 25] = [
    "Add",
    "Cast",
    "Clip",
    "Concat",
    "DequantizeLinear",
    "Div",
    "Floor",
    "Gather",
    "Gemm",
    "MatMul",
    "Mul",
    "ReduceMax",
    "ReduceMean",
    "ReduceSum",
    "Relu",
    "Reshape",
    "Sigmoid",
    "Slice",
    "Softmax",
    "Sqrt",
    "Sub",
    "Tanh",
    "Transpose",
    "Unsqueeze",
    "Where",
];

/// The name and the shape of an input or an output.
pub type Port<'a> = (&'a str, &'a [usize]);

/// A graph that was checked and is ready to run.
pub struct Graph {
    plan: Arc<TypedRunnableModel>,
    inputs: Vec<Vec<usize>>,
    outputs: Vec<usize>,
    meta: Meta,
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("meta", &self.meta).finish_non_exhaustive()
    }
}

/// Reads only what a file says of itself.
pub fn read_meta(bytes: &[u8]) -> Result<Meta> {
    meta_of(&decode(bytes)?)
}

/// Checks a file as [`Graph::load`] does, and prepares nothing: what tract makes of it is not known then.
pub fn check(bytes: &[u8], role: Role, features: u32, inputs: &[Port], outputs: &[Port]) -> Result<Meta> {
    checked(bytes, role, features, inputs, outputs).map(|(_, meta)| meta)
}

impl Graph {
    /// Checks and prepares a file for a role. Inputs and outputs must have these names, in this order,
    /// and outputs as many numbers as their shapes say. All are 32-bit floats.
    pub fn load(bytes: &[u8], role: Role, features: u32, inputs: &[Port], outputs: &[Port]) -> Result<Self> {
        let (proto, meta) = checked(bytes, role, features, inputs, outputs)?;
        let plan =
            prepare(&proto, inputs).map_err(|e| wrong("graph", &format!("tract cannot run it: {e:#}")))?;
        Ok(Self {
            plan,
            inputs: inputs.iter().map(|(_, shape)| shape.to_vec()).collect(),
            outputs: outputs.iter().map(|(_, shape)| shape.iter().product()).collect(),
            meta,
        })
    }

    /// What the file says of itself.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Runs the graph once. `inputs` are in the order given to [`Graph::load`], and so is what comes
    /// back. A number that is not finite is an error and never a result.
    pub fn run(&self, inputs: &[&[f32]]) -> Result<Vec<Vec<f32>>> {
        if inputs.len() != self.inputs.len() {
            return Err(wrong(
                "inputs",
                &format!("{} were given, {} are needed", inputs.len(), self.inputs.len()),
            ));
        }
        let run = || -> TractResult<Vec<Vec<f32>>> {
            let mut tensors: TVec<TValue> = TVec::new();
            for (values, shape) in inputs.iter().zip(&self.inputs) {
                tensors.push(Tensor::from_shape(shape, values)?.into());
            }
            let outputs = self.plan.run(tensors)?;
            outputs.iter().map(|o| Ok(o.try_as_plain_ram()?.as_slice::<f32>()?.to_vec())).collect()
        };
        let outputs = run().map_err(|e| wrong("run", &format!("the model failed: {e:#}")))?;
        for (output, &length) in outputs.iter().zip(&self.outputs) {
            if output.len() != length || output.iter().any(|x| !x.is_finite()) {
                return Err(wrong("outputs", "the model gave a wrong shape or a number that is not finite"));
            }
        }
        Ok(outputs)
    }
}

fn checked(
    bytes: &[u8],
    role: Role,
    features: u32,
    inputs: &[Port],
    outputs: &[Port],
) -> Result<(pb::ModelProto, Meta)> {
    let proto = decode(bytes)?;
    let meta = meta_of(&proto)?;
    meta.check(role, features)?;
    let graph = proto.graph.as_ref().ok_or_else(|| wrong("graph", "the file holds no graph"))?;
    check_graph(graph)?;
    check_ports("inputs", &graph.input, inputs)?;
    check_ports("outputs", &graph.output, outputs)?;
    Ok((proto, meta))
}

fn prepare(proto: &pb::ModelProto, inputs: &[Port]) -> TractResult<Arc<TypedRunnableModel>> {
    let mut model = tract_onnx::onnx().model_for_proto_model(proto)?;
    for (i, (_, shape)) in inputs.iter().enumerate() {
        model.set_input_fact(i, InferenceFact::dt_shape(f32::datum_type(), *shape))?;
    }
    model.into_optimized()?.into_runnable()
}

fn decode(bytes: &[u8]) -> Result<pb::ModelProto> {
    if bytes.len() > MAX_BYTES {
        let detail = format!("the file has {} bytes, at most {MAX_BYTES} are read", bytes.len());
        return Err(wrong("file", &detail));
    }
    tract_onnx::onnx()
        .proto_model_for_read(&mut &*bytes)
        .map_err(|e| wrong("file", &format!("this is no ONNX file: {e:#}")))
}

fn meta_of(proto: &pb::ModelProto) -> Result<Meta> {
    Meta::read(proto.metadata_props.iter().map(|p| (p.key.as_str(), p.value.as_str())))
}

fn check_graph(graph: &pb::GraphProto) -> Result<()> {
    if graph.node.len() > MAX_ITEMS || graph.initializer.len() > MAX_ITEMS {
        return Err(wrong("graph", &format!("there are more than {MAX_ITEMS} nodes or constants")));
    }
    let mut names = BTreeSet::new();
    let sources = graph.input.iter().map(|i| &i.name).chain(graph.initializer.iter().map(|t| &t.name));
    for name in sources {
        if !names.insert(name.as_str()) {
            return Err(wrong(name, "this name is defined twice"));
        }
    }
    graph.initializer.iter().try_for_each(check_constant)?;
    for node in &graph.node {
        if !OPERATORS.contains(&node.op_type.as_str()) {
            let detail = format!(
                "`{}` is not an operator that is run; these are: {}",
                node.op_type,
                OPERATORS.join(", ")
            );
            return Err(wrong(&node.name, &detail));
        }
        if let Some(missing) = node.input.iter().find(|i| !i.is_empty() && !names.contains(i.as_str())) {
            return Err(wrong(&node.name, &format!("it reads `{missing}`, which nothing before it defines")));
        }
        for name in &node.output {
            if name.is_empty() || !names.insert(name.as_str()) {
                return Err(wrong(&node.name, &format!("its output `{name}` is empty or defined twice")));
            }
        }
    }
    match graph.output.iter().find(|o| !names.contains(o.name.as_str())) {
        Some(missing) => Err(wrong(&missing.name, "this output is not defined by any node")),
        None => Ok(()),
    }
}

fn check_constant(tensor: &pb::TensorProto) -> Result<()> {
    let width = match tensor.data_type() {
        pb::tensor_proto::DataType::Float | pb::tensor_proto::DataType::Int32 => 4,
        pb::tensor_proto::DataType::Int64 => 8,
        pb::tensor_proto::DataType::Int8 | pb::tensor_proto::DataType::Uint8 => 1,
        other => {
            return Err(wrong(
                &tensor.name,
                &format!("constants of type {} are not read", other.as_str_name()),
            ));
        }
    };
    let elements =
        tensor.dims.iter().try_fold(1_i64, |n, &d| n.checked_mul(d).filter(|n| d >= 0 && *n <= MAX_ELEMENTS));
    let bytes = elements.and_then(|n| usize::try_from(n * width).ok());
    if bytes != Some(tensor.raw_data.len()) || !tensor.external_data.is_empty() {
        let detail = format!(
            "its shape {:?} does not fit its {} bytes of raw data",
            tensor.dims,
            tensor.raw_data.len()
        );
        return Err(wrong(&tensor.name, &detail));
    }
    Ok(())
}

fn check_ports(place: &str, is: &[pb::ValueInfoProto], want: &[Port]) -> Result<()> {
    let is: Vec<&str> = is.iter().map(|p| p.name.as_str()).collect();
    let want: Vec<&str> = want.iter().map(|(name, _)| *name).collect();
    if is == want { Ok(()) } else { Err(wrong(place, &format!("they are {is:?}, and must be {want:?}"))) }
}

fn wrong(place: &str, detail: &str) -> Error {
    Error::new(ErrorKind::Model, place, detail)
}
