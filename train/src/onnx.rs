//! Writes ONNX files: nodes, constants, inputs, outputs and what the model says of itself.

use prost::Message;
use tract_onnx::pb::{
    self,
    tensor_proto::DataType,
    tensor_shape_proto::{Dimension, dimension},
    type_proto,
};
use unstuck::model::{meta::Meta, onnx::Port};

/// The operator set: the newest that tract is tested against.
const OPSET: i64 = 18;
/// ONNX's codes of the types that are cast to.
pub const FLOAT: i64 = 1;
/// 64-bit whole numbers.
pub const INT64: i64 = 7;
/// The file format's version that goes with it.
const IR_VERSION: i64 = 8;

/// A graph being written, node after node.
#[derive(Debug, Default)]
pub struct Writer {
    graph: pb::GraphProto,
}

/// The value of a node's attribute.
#[derive(Clone, Copy, Debug)]
pub enum Attribute<'a> {
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f32),
    /// Whole numbers.
    Ints(&'a [i64]),
    /// Words.
    Text(&'a str),
}

impl Writer {
    /// An empty graph.
    pub fn new(name: &str) -> Self {
        Self { graph: pb::GraphProto { name: name.to_owned(), ..Default::default() } }
    }

    /// An input of 32-bit floats.
    pub fn input(&mut self, (name, shape): Port) {
        self.graph.input.push(port(name, shape));
    }

    /// An output of 32-bit floats: the name of a node's output.
    pub fn output(&mut self, (name, shape): Port) {
        self.graph.output.push(port(name, shape));
    }

    /// A constant of 32-bit floats. Gives back its name.
    pub fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) -> String {
        self.constant(name, shape, DataType::Float, values.iter().flat_map(|x| x.to_le_bytes()).collect())
    }

    /// A constant of 64-bit whole numbers. Gives back its name.
    pub fn ints(&mut self, name: &str, shape: &[usize], values: &[i64]) -> String {
        self.constant(name, shape, DataType::Int64, values.iter().flat_map(|x| x.to_le_bytes()).collect())
    }

    /// A constant of 8-bit whole numbers, such as quantised weights. Gives back its name.
    pub fn bytes(&mut self, name: &str, shape: &[usize], values: &[i8]) -> String {
        self.constant(name, shape, DataType::Int8, values.iter().flat_map(|x| x.to_le_bytes()).collect())
    }

    fn constant(&mut self, name: &str, shape: &[usize], kind: DataType, raw_data: Vec<u8>) -> String {
        self.graph.initializer.push(pb::TensorProto {
            name: name.to_owned(),
            dims: shape.iter().map(|&d| d as i64).collect(),
            data_type: kind as i32,
            raw_data,
            ..Default::default()
        });
        name.to_owned()
    }

    /// A node with one output. Gives back the output's name.
    pub fn node(
        &mut self,
        op: &str,
        output: &str,
        inputs: &[&str],
        attributes: &[(&str, Attribute)],
    ) -> String {
        self.node_of_many(op, &[output], inputs, attributes);
        output.to_owned()
    }

    /// A node with several outputs; those without a name are left out.
    pub fn node_of_many(
        &mut self,
        op: &str,
        outputs: &[&str],
        inputs: &[&str],
        attributes: &[(&str, Attribute)],
    ) {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        self.graph.node.push(pb::NodeProto {
            name: outputs.join(" "),
            op_type: op.to_owned(),
            input: owned(inputs),
            output: owned(outputs),
            attribute: attributes.iter().map(|(name, value)| attribute(name, *value)).collect(),
            ..Default::default()
        });
    }

    /// The file.
    pub fn finish(self, meta: &Meta) -> Vec<u8> {
        let entry = |(key, value)| pb::StringStringEntryProto { key, value };
        self.file(meta.props().into_iter().map(entry).collect())
    }

    /// The file of a graph that is no model of ours: it says nothing of itself.
    pub fn bare(self) -> Vec<u8> {
        self.file(vec![])
    }

    fn file(self, metadata_props: Vec<pb::StringStringEntryProto>) -> Vec<u8> {
        pb::ModelProto {
            ir_version: IR_VERSION,
            opset_import: vec![pb::OperatorSetIdProto { domain: String::new(), version: OPSET }],
            producer_name: "unstuck".to_owned(),
            producer_version: env!("CARGO_PKG_VERSION").to_owned(),
            graph: Some(self.graph),
            metadata_props,
            ..Default::default()
        }
        .encode_to_vec()
    }
}

fn port(name: &str, shape: &[usize]) -> pb::ValueInfoProto {
    let dim =
        |&d: &usize| Dimension { value: Some(dimension::Value::DimValue(d as i64)), ..Default::default() };
    let tensor = type_proto::Tensor {
        elem_type: DataType::Float as i32,
        shape: Some(pb::TensorShapeProto { dim: shape.iter().map(dim).collect() }),
    };
    pb::ValueInfoProto {
        name: name.to_owned(),
        r#type: Some(pb::TypeProto {
            value: Some(type_proto::Value::TensorType(tensor)),
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn attribute(name: &str, value: Attribute) -> pb::AttributeProto {
    use pb::attribute_proto::AttributeType;
    let mut proto = pb::AttributeProto { name: name.to_owned(), ..Default::default() };
    match value {
        Attribute::Int(i) => (proto.i, proto.r#type) = (i, AttributeType::Int as i32),
        Attribute::Float(f) => (proto.f, proto.r#type) = (f, AttributeType::Float as i32),
        Attribute::Ints(ints) => {
            (proto.ints, proto.r#type) = (ints.to_vec(), AttributeType::Ints as i32);
        }
        Attribute::Text(text) => {
            (proto.s, proto.r#type) = (text.as_bytes().to_vec(), AttributeType::String as i32);
        }
    }
    proto
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use unstuck::model::{
        meta::{CONTRACT, Role},
        onnx::Graph,
    };

    use super::*;

    const IN: [Port; 1] = [("x", &[1, 2])];
    const OUT: [Port; 1] = [("y", &[1, 2])];

    fn meta() -> Meta {
        Meta {
            role: Role::Intents,
            contract: CONTRACT,
            features: 1,
            labels: vec![],
            temperature: 1.0,
            thresholds: BTreeMap::new(),
            data: String::new(),
            results: BTreeMap::new(),
        }
    }

    /// y = x·W + x, where W comes from bytes.
    fn file(op: &str, reads: &str, weights: &[i8]) -> Vec<u8> {
        let mut w = Writer::new("test");
        w.input(IN[0]);
        w.output(OUT[0]);
        w.bytes("weights", &[2, 2], weights);
        w.floats("scale", &[], &[0.5]);
        w.node("DequantizeLinear", "w", &["weights", "scale"], &[]);
        w.node(op, "xw", &["x", "w"], &[]);
        w.node("Add", "y", &["xw", reads], &[]);
        w.finish(&meta())
    }

    fn load(bytes: &[u8]) -> unstuck::Result<Graph> {
        Graph::load(bytes, Role::Intents, 1, &IN, &OUT)
    }

    #[test]
    fn what_is_written_runs() {
        let graph = load(&file("MatMul", "x", &[2, 0, 0, 4])).unwrap();
        assert_eq!(graph.run(&[&[1.0, 10.0]]), Ok(vec![vec![2.0, 30.0]]));
    }

    #[test]
    fn a_damaged_file_is_refused_with_the_place() {
        let good = file("MatMul", "x", &[2, 0, 0, 4]);
        let cases: [(&str, Vec<u8>, &str); 5] = [
            ("garbage", vec![0xff; 64], "file"),
            ("too large", vec![0; unstuck::model::onnx::MAX_BYTES + 1], "file"),
            ("a foreign operator", file("Loop", "x", &[2, 0, 0, 4]), "xw"),
            ("a name that nothing defines", file("MatMul", "z", &[2, 0, 0, 4]), "y"),
            ("a constant that is too short", file("MatMul", "x", &[2]), "weights"),
        ];
        for (what, bytes, place) in cases {
            let error = load(&bytes).expect_err(what);
            assert_eq!((error.kind(), error.place()), (unstuck::ErrorKind::Model, place), "{what}: {error}");
        }
        for cut in 0..good.len() {
            assert!(load(&good[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn other_ports_are_refused() {
        let bytes = file("MatMul", "x", &[2, 0, 0, 4]);
        let error = Graph::load(&bytes, Role::Intents, 1, &[("text", &[1, 2])], &OUT).unwrap_err();
        assert!(error.to_string().contains(r#"["x"], and must be ["text"]"#), "{error}");
    }
}
