//! ONNX files run by tract: the only folder that names it. [`operators`] says what is run.
//!
//! tract trusts its input: it indexes by names that a damaged file may not hold and allocates what a
//! file asks for. So a file is checked before tract sees it: see [`check`].

use std::{cell::RefCell, fmt};

use tract_onnx::{
    Onnx, pb,
    prelude::*,
    tract_core::{ops::einsum::EinSum, optim::Optimizer},
};

use super::meta::{Meta, Role};
use crate::error::{Error, ErrorKind, Result};

mod arithmetic;
mod check;
mod gru;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod kernels;
mod linear;
mod operators;
mod softmax;
mod sums;
mod tiles;

/// The largest file that is read, in bytes: room for a text encoder of 4 MB and as much again.
pub const MAX_BYTES: usize = 8 << 20;

/// The name and the shape of an input or an output.
pub type Port<'a> = (&'a str, &'a [usize]);

/// The operators that are run, by name.
pub fn operators() -> Vec<&'static str> {
    operators::OPERATORS.iter().map(|(name, ..)| *name).collect()
}

/// Reads only what a file says of itself.
pub fn read_meta(bytes: &[u8]) -> Result<Meta> {
    File::read(bytes)?.meta()
}

/// A file that was decoded, and nothing more.
pub struct File(pb::ModelProto);

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File").finish_non_exhaustive()
    }
}

impl File {
    /// Decodes a file.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        if bytes.len() > MAX_BYTES {
            let detail = format!("the file has {} bytes, at most {MAX_BYTES} are read", bytes.len());
            return Err(wrong("file", &detail));
        }
        Onnx::default()
            .proto_model_for_read(&mut &*bytes)
            .map(Self)
            .map_err(|e| wrong("file", &format!("this is no ONNX file: {e:#}")))
    }

    /// What the file says of itself.
    pub fn meta(&self) -> Result<Meta> {
        Meta::read(self.0.metadata_props.iter().map(|p| (p.key.as_str(), p.value.as_str())))
    }

    /// Checks the file for a role. Inputs and outputs must have these names, in this order. What tract
    /// makes of it is not known then.
    pub fn check(&self, role: Role, features: u32, inputs: &[Port], outputs: &[Port]) -> Result<Meta> {
        let meta = self.meta()?;
        meta.check(role, features)?;
        let graph = self.graph()?;
        check::graph(graph)?;
        check::ports("inputs", &graph.input, inputs)?;
        check::ports("outputs", &graph.output, outputs)?;
        Ok(meta)
    }

    /// Prepares a checked file to run. Inputs have these shapes, and outputs as many numbers as theirs
    /// say; all are 32-bit floats.
    pub fn prepare(&self, inputs: Vec<Vec<usize>>, outputs: Vec<Vec<usize>>) -> Result<Graph> {
        let prepare = || {
            let mut model = operators::wire(self.graph()?, &inputs)?;
            generate(&mut model)?;
            model.into_runnable()?.spawn()
        };
        let state =
            prepare().map_err(|e: TractError| wrong("graph", &format!("tract cannot run it: {e:#}")))?;
        Ok(Graph {
            state: RefCell::new(state),
            inputs,
            outputs: outputs.iter().map(|shape| shape.iter().product()).collect(),
        })
    }

    fn graph(&self) -> Result<&pb::GraphProto> {
        self.0.graph.as_ref().ok_or_else(|| wrong("graph", "the file holds no graph"))
    }
}

/// Brings constants together, and has tract generate code for products of many rows. Its passes go over all
/// nodes until none changes any more, which is most of a start: a graph without such products needs none.
fn generate(model: &mut TypedModel) -> TractResult<()> {
    if model.nodes.iter().any(|node| node.op_is::<EinSum>()) {
        return model.optimize();
    }
    Optimizer::prop_consts().optimize(model)
}

/// A graph that was checked and is ready to run.
pub struct Graph {
    /// Set up once for all runs.
    state: RefCell<TypedSimpleState>,
    inputs: Vec<Vec<usize>>,
    outputs: Vec<usize>,
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("inputs", &self.inputs).finish_non_exhaustive()
    }
}

impl Graph {
    /// Checks and prepares a file for a role: [`File::check`] and [`File::prepare`].
    pub fn load(bytes: &[u8], role: Role, features: u32, inputs: &[Port], outputs: &[Port]) -> Result<Self> {
        let file = File::read(bytes)?;
        file.check(role, features, inputs, outputs)?;
        file.prepare(shapes(inputs), shapes(outputs))
    }

    /// Checks and prepares anyone's file of the declared operators: inputs and outputs are as the file
    /// says, of fixed shapes, and all are 32-bit floats.
    pub fn open(bytes: &[u8]) -> Result<Self> {
        let file = File::read(bytes)?;
        let graph = file.graph()?;
        check::graph(graph)?;
        let declared = |ports: &[pb::ValueInfoProto]| ports.iter().map(check::shape).collect();
        let (inputs, outputs): (Result<_>, Result<_>) = (declared(&graph.input), declared(&graph.output));
        file.prepare(inputs?, outputs?)
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
            let outputs = self.state.try_borrow_mut()?.run(tensors)?;
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

/// The shapes of ports.
pub fn shapes(ports: &[Port]) -> Vec<Vec<usize>> {
    ports.iter().map(|(_, shape)| shape.to_vec()).collect()
}

fn wrong(place: &str, detail: &str) -> Error {
    Error::new(ErrorKind::Model, place, detail)
}
