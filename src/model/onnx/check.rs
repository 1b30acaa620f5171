//! What is checked before tract sees a file: its operators, that every name that is used is defined, and
//! that every constant is as long as its shape says.

use std::collections::BTreeSet;

use tract_onnx::pb::{self, tensor_proto::DataType, tensor_shape_proto::dimension::Value, type_proto};

use super::{Port, wrong};
use crate::error::Result;

/// The most nodes and constants in a graph; ours have fewer than a hundred.
const MAX_ITEMS: usize = 2_000;
/// The most numbers in one constant, input or output, so that a shape cannot ask for the whole memory.
const MAX_ELEMENTS: i64 = 8 << 20;

/// Checks what tract takes for granted of a graph.
pub fn graph(graph: &pb::GraphProto) -> Result<()> {
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
    graph.initializer.iter().try_for_each(constant)?;
    for node in &graph.node {
        if !super::operators().contains(&node.op_type.as_str()) {
            let detail = format!(
                "`{}` is not an operator that is run; these are: {}",
                node.op_type,
                super::operators().join(", ")
            );
            return Err(wrong(&node.name, &detail));
        }
        if let Some(missing) = node.input.iter().find(|i| !i.is_empty() && !names.contains(i.as_str())) {
            return Err(wrong(&node.name, &format!("it reads `{missing}`, which nothing before it defines")));
        }
        for name in node.output.iter().filter(|o| !o.is_empty()) {
            if !names.insert(name.as_str()) {
                return Err(wrong(&node.name, &format!("its output `{name}` is defined twice")));
            }
        }
    }
    match graph.output.iter().find(|o| !names.contains(o.name.as_str())) {
        Some(missing) => Err(wrong(&missing.name, "this output is not defined by any node")),
        None => Ok(()),
    }
}

fn constant(tensor: &pb::TensorProto) -> Result<()> {
    let width = match tensor.data_type() {
        DataType::Float | DataType::Int32 => 4,
        DataType::Int64 => 8,
        DataType::Int8 | DataType::Uint8 => 1,
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

/// Checks that a file's inputs or outputs have the names that are wanted, in this order.
pub fn ports(place: &str, is: &[pb::ValueInfoProto], want: &[Port]) -> Result<()> {
    let is: Vec<&str> = is.iter().map(|p| p.name.as_str()).collect();
    let want: Vec<&str> = want.iter().map(|(name, _)| *name).collect();
    if is == want { Ok(()) } else { Err(wrong(place, &format!("they are {is:?}, and must be {want:?}"))) }
}

/// The shape that a file gives one of its inputs or outputs.
pub fn shape(port: &pb::ValueInfoProto) -> Result<Vec<usize>> {
    let Some(type_proto::Value::TensorType(tensor)) = port.r#type.as_ref().and_then(|t| t.value.as_ref())
    else {
        return Err(wrong(&port.name, "it has no type"));
    };
    if tensor.elem_type != DataType::Float as i32 {
        return Err(wrong(&port.name, "inputs and outputs must be 32-bit floats"));
    }
    let sizes = tensor.shape.iter().flat_map(|s| &s.dim).map(|d| match d.value {
        Some(Value::DimValue(size)) => usize::try_from(size).ok().filter(|size| *size > 0),
        _ => None,
    });
    let shape: Option<Vec<usize>> = sizes.collect();
    let fits = |shape: &[usize]| {
        let elements = shape.iter().try_fold(1_usize, |n, d| n.checked_mul(*d));
        elements.is_some_and(|n| n as i64 <= MAX_ELEMENTS)
    };
    shape
        .filter(|s| tensor.shape.is_some() && fits(s))
        .ok_or_else(|| wrong(&port.name, "its shape must be fixed, of sizes above 0, and not too large"))
}
