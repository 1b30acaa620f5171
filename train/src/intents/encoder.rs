//! The frozen encoder: what a question means as a short vector, so that words that nobody used in the
//! examples still point the right way. `models/encoder/` pre-trains it; nothing here changes it.

use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use unstuck::{
    Error, ErrorKind, Result,
    model::text::{BUCKETS, Gram},
};

use super::matrix::Matrix;
use crate::onnx::{Attribute, FLOAT, INT64, Writer};

/// Keeps the length of a text without n-grams from being zero; as in pre-training.
pub const TINY: f32 = 1e-6;

/// A gain takes seven bits, so that a model can mark in the eighth which n-grams it was trained on.
const MOST_GAIN: i8 = 63;

/// Which encoder a model is built on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// For what is fetched over the network.
    #[default]
    Full,
    /// For hosts that ship everything in one package.
    Compact,
}

/// A bag of n-grams and one hidden layer; shapes as in `models/encoder/README.md`.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoder {
    /// A row an n-gram, by its id modulo the number of rows.
    table: Vec<i8>,
    /// A row's numbers are multiplied with this.
    table_scale: Vec<i8>,
    /// How much each n-gram pulls, by its id modulo their number: -[`MOST_GAIN`] to [`MOST_GAIN`].
    gain: Vec<i8>,
    /// What the product of the three is multiplied with.
    unit: f32,
    straight: Matrix,
    up: Matrix,
    up_bias: Vec<f32>,
    down: Matrix,
    bias: Vec<f32>,
}

impl Encoder {
    /// The encoder that ships in this size.
    pub fn shipped(size: Size) -> Result<Self> {
        match size {
            Size::Full => Self::read(include_bytes!("../../../models/encoder.safetensors")),
            Size::Compact => Self::read(include_bytes!("../../../models/encoder-compact.safetensors")),
        }
    }

    /// Reads an encoder's file; one whose tensors do not fit each other is refused by name.
    pub fn read(file: &[u8]) -> Result<Self> {
        let file = SafeTensors::deserialize(file).map_err(|e| wrong("file", e.to_string()))?;
        let unit = floats(&file, "unit")?;
        let this = Self {
            table: bytes(&file, "table")?.1,
            table_scale: bytes(&file, "table_scale")?.1,
            gain: bytes(&file, "gain")?.1,
            unit: unit.first().copied().ok_or_else(|| wrong("unit", "it is empty".to_owned()))?,
            straight: matrix(&file, "straight")?,
            up: matrix(&file, "up")?,
            up_bias: floats(&file, "up_bias")?,
            down: matrix(&file, "down")?,
            bias: floats(&file, "bias")?,
        };
        this.check().map(|()| this)
    }

    fn check(&self) -> Result<()> {
        let ([width, hidden], out) = (self.up.shape, self.bias.len());
        let counts = |n: usize| n.is_power_of_two() && n <= BUCKETS as usize;
        let fits = [
            ("table_scale", counts(self.table_scale.len())),
            ("table", self.table.len() == self.table_scale.len() * width),
            (
                "gain",
                counts(self.gain.len()) && self.gain.iter().all(|g| g.unsigned_abs() <= MOST_GAIN as u8),
            ),
            ("straight", self.straight.shape == [width, out]),
            ("up_bias", self.up_bias.len() == hidden),
            ("down", self.down.shape == [hidden, out]),
        ];
        match fits.iter().find(|(_, fits)| !fits) {
            Some((name, _)) => Err(wrong(name, "its shape does not fit the others".to_owned())),
            None => Ok(()),
        }
    }

    /// How many numbers a vector has.
    pub fn out(&self) -> usize {
        self.bias.len()
    }

    /// N-grams are told apart by so many ids where it is marked which ones are known.
    pub fn gains(&self) -> usize {
        self.gain.len()
    }

    /// The vector of a text's n-grams.
    pub fn vector(&self, grams: &[Gram]) -> Vec<f32> {
        let width = self.up.shape[0];
        let mut bag = vec![0.0; width];
        for gram in grams {
            let id = gram.id as usize;
            let row = id % self.table_scale.len();
            let gain = f32::from(self.gain[id % self.gain.len()]);
            let pull = gram.weight * gain * f32::from(self.table_scale[row]) * self.unit;
            let values = &self.table[row * width..][..width];
            bag.iter_mut().zip(values).for_each(|(sum, v)| *sum += pull * f32::from(*v));
        }
        let length = (grams.iter().map(|g| g.weight * g.weight).sum::<f32>() + TINY).sqrt();
        bag.iter_mut().for_each(|sum| *sum /= length);
        let mut hidden = self.up.times(&bag);
        hidden.iter_mut().zip(&self.up_bias).for_each(|(h, b)| *h = (*h + b).max(0.0));
        let (straight, bent) = (self.straight.times(&bag), self.down.times(&hidden));
        straight.iter().zip(&bent).zip(&self.bias).map(|((a, b), c)| a + b + c).collect()
    }

    /// Writes the nodes from `grams` and `weights` to the output `vector`, a row of [`Self::out`]; and
    /// `is_known`, which is 1 for each n-gram that is marked in `known`, else 0.
    pub fn write(&self, w: &mut Writer, known: &[bool]) {
        let (rows, width) = (self.table_scale.len(), self.up.shape[0]);
        w.bytes("table", &[rows, width], &self.table);
        w.bytes("table_scale", &[rows], &self.table_scale);
        let marked: Vec<i8> = self.gain.iter().zip(known).map(|(g, k)| 2 * g + i8::from(*k)).collect();
        w.bytes("gain_and_known", &[marked.len()], &marked);
        w.floats("two", &[], &[2.0]);
        w.floats("unit", &[], &[self.unit]);
        w.floats("length_floor", &[], &[TINY]);
        w.floats("up_bias", &[1, self.up_bias.len()], &self.up_bias);
        w.floats("vector_bias", &[1, self.out()], &self.bias);

        let (coarse, fine) = (modulo(w, "grams", rows), modulo(w, "grams", self.gain.len()));
        let entries = gathered(w, "table", &coarse);
        let scale = gathered(w, "table_scale", &coarse);
        let marked = gathered(w, "gain_and_known", &fine);
        w.node("Div", "marked_halved", &[&marked, "two"], &[]);
        w.node("Floor", "gain", &["marked_halved"], &[]);
        w.node("Mul", "gain_doubled", &["gain", "two"], &[]);
        w.node("Sub", "is_known", &[&marked, "gain_doubled"], &[]);
        w.node("Mul", "weighted", &["weights", "unit"], &[]);
        w.node("Mul", "gained", &["weighted", "gain"], &[]);
        w.node("Mul", "pull", &["gained", &scale], &[]);
        w.node("Reshape", "pull_row", &["pull", "one_row"], &[]);
        w.node("MatMul", "bag_sum", &["pull_row", &entries], &[]);
        w.node("Mul", "weights_squared", &["weights", "weights"], &[]);
        w.node("ReduceSum", "weight", &["weights_squared", "first"], &[("keepdims", Attribute::Int(1))]);
        w.node("Add", "weight_above_0", &["weight", "length_floor"], &[]);
        w.node("Sqrt", "bag_length", &["weight_above_0"], &[]);
        w.node("Div", "bag", &["bag_sum", "bag_length"], &[]);

        let [straight, up, down] = [("straight", &self.straight), ("up", &self.up), ("down", &self.down)]
            .map(|(n, b)| b.write(w, n));
        w.node("MatMul", "raised", &["bag", &up], &[]);
        w.node("Add", "raised_biased", &["raised", "up_bias"], &[]);
        w.node("Relu", "bent", &["raised_biased"], &[]);
        w.node("MatMul", "bent_down", &["bent", &down], &[]);
        w.node("MatMul", "straight_on", &["bag", &straight], &[]);
        w.node("Add", "vector_sum", &["straight_on", "bent_down"], &[]);
        w.node("Add", "vector", &["vector_sum", "vector_bias"], &[]);
    }
}

/// Writes the rows of an 8-bit table that `ids` name, as floats; gives back the output's name.
pub fn gathered(w: &mut Writer, table: &str, ids: &str) -> String {
    let stored = w.node("Gather", &format!("{table}_8bit_rows"), &[table, ids], &[]);
    w.node("Cast", &format!("{table}_rows"), &[&stored], &[("to", Attribute::Int(FLOAT))])
}

/// Writes `ids` modulo a power of two as 64-bit numbers, once for each; gives back the output's name.
/// By floats, which hold such ids exactly.
pub fn modulo(w: &mut Writer, ids: &str, rows: usize) -> String {
    let name = |part: &str| format!("{ids}_{part}_{rows}");
    if rows >= BUCKETS as usize {
        return w.node("Cast", &name("id"), &[ids], &[("to", Attribute::Int(INT64))]);
    }
    let count = w.floats(&name("of"), &[], &[rows as f32]);
    let turns = w.node("Div", &name("turns"), &[ids, &count], &[]);
    let whole = w.node("Floor", &name("whole"), &[&turns], &[]);
    let passed = w.node("Mul", &name("passed"), &[&whole, &count], &[]);
    let left = w.node("Sub", &name("left"), &[ids, &passed], &[]);
    w.node("Cast", &name("id"), &[&left], &[("to", Attribute::Int(INT64))])
}

fn matrix(file: &SafeTensors, name: &str) -> Result<Matrix> {
    let (shape, values) = bytes(file, name)?;
    let scales = floats(file, &format!("{name}_scale"))?;
    match shape[..] {
        [rows, columns] if scales.len() == columns => Ok(Matrix { shape: [rows, columns], values, scales }),
        _ => Err(wrong(name, "it must have two dimensions, and a scale a column".to_owned())),
    }
}

fn bytes(file: &SafeTensors, name: &str) -> Result<(Vec<usize>, Vec<i8>)> {
    let tensor = tensor(file, name, Dtype::I8)?;
    Ok((tensor.shape().to_vec(), tensor.data().iter().map(|b| b.cast_signed()).collect()))
}

fn floats(file: &SafeTensors, name: &str) -> Result<Vec<f32>> {
    let tensor = tensor(file, name, Dtype::F32)?;
    Ok(tensor.data().as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
}

fn tensor<'a>(file: &'a SafeTensors, name: &str, kind: Dtype) -> Result<TensorView<'a>> {
    let tensor = file.tensor(name).map_err(|e| wrong(name, e.to_string()))?;
    if tensor.dtype() != kind {
        return Err(wrong(name, format!("it is of type {:?}, and must be {kind:?}", tensor.dtype())));
    }
    Ok(tensor)
}

fn wrong(name: &str, detail: String) -> Error {
    Error::new(ErrorKind::Model, format!("encoder/{name}"), detail)
}
