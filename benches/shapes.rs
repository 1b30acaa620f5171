//! Writes the public shapes that speed is compared on: `gru.onnx` and `transformer.onnx`, of random but
//! seeded weights. Any runtime can run them: nothing in them is ours.
//!
//!     cargo run --example shapes -- FOLDER

use std::{env, error::Error, fs, path::Path};

use unstuck_train::{
    onnx::{Attribute, Writer},
    random::Random,
};

/// Steps, and width of input and state, of the recurrent shape.
const GRU: (usize, usize) = (64, 64);
/// Tokens, width, heads, layers and the width between, of the attentive shape.
const LENGTH: usize = 32;
const WIDTH: usize = 128;
const HEADS: usize = 4;
const LAYERS: usize = 2;
const INNER: usize = 4 * WIDTH;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).ok_or("say which folder the shapes go to: shapes FOLDER")?;
    fs::create_dir_all(&folder)?;
    for (name, bytes) in [("gru", gru()), ("transformer", transformer())] {
        let path = Path::new(&folder).join(format!("{name}.onnx"));
        fs::write(&path, &bytes)?;
        println!("{}: {} bytes", path.display(), bytes.len());
    }
    Ok(())
}

/// Seeded weights, scaled so that the numbers stay near one.
fn weights(random: &mut Random, shape: &[usize]) -> Vec<f32> {
    let scale = 1.0 / (*shape.last().unwrap_or(&1) as f64).sqrt();
    (0..shape.iter().product()).map(|_| ((random.unit() * 2.0 - 1.0) * scale) as f32).collect()
}

/// One GRU over 64 steps.
fn gru() -> Vec<u8> {
    let (steps, width) = GRU;
    let mut random = Random::new(1);
    let mut w = Writer::new("gru");
    w.input(("x", &[steps, 1, width]));
    w.output(("y", &[steps, 1, 1, width]));
    for name in ["w", "r"] {
        w.floats(name, &[1, 3 * width, width], &weights(&mut random, &[1, 3 * width, width]));
    }
    w.floats("b", &[1, 6 * width], &weights(&mut random, &[1, 6 * width]));
    w.node("GRU", "y", &["x", "w", "r", "b"], &[("hidden_size", Attribute::Int(width as i64))]);
    w.bare()
}

/// Two layers of attention and a rectified net between norms, over vectors that are given.
fn transformer() -> Vec<u8> {
    let mut layers = Transformer { w: Writer::new("transformer"), random: Random::new(2) };
    layers.w.input(("x", &[LENGTH, WIDTH]));
    layers.w.output(("y", &[LENGTH, WIDTH]));
    layers.w.ints("heads", &[3], &[LENGTH as i64, HEADS as i64, (WIDTH / HEADS) as i64]);
    layers.w.ints("joined", &[2], &[LENGTH as i64, WIDTH as i64]);
    layers.w.ints("last", &[1], &[-1]);
    layers.w.floats("scale", &[], &[1.0 / ((WIDTH / HEADS) as f32).sqrt()]);
    layers.w.floats("tiny", &[], &[1e-5]);
    let mut x = "x".to_owned();
    for layer in 0..LAYERS {
        let attended = layers.attention(&format!("l{layer}.attention"), &x);
        let x1 = layers.norm(&format!("l{layer}.norm1"), &x, &attended);
        let inner = layers.dense(&format!("l{layer}.inner"), &x1, WIDTH, INNER);
        let inner = layers.w.node("Relu", &format!("l{layer}.relu"), &[&inner], &[]);
        let outer = layers.dense(&format!("l{layer}.outer"), &inner, INNER, WIDTH);
        x = layers.norm(&format!("l{layer}.norm2"), &x1, &outer);
    }
    layers.w.floats("zero", &[1], &[0.0]);
    layers.w.node("Add", "y", &[&x, "zero"], &[]);
    layers.w.bare()
}

struct Transformer {
    w: Writer,
    random: Random,
}

impl Transformer {
    fn dense(&mut self, name: &str, x: &str, from: usize, to: usize) -> String {
        let matrix =
            self.w.floats(&format!("{name}.w"), &[from, to], &weights(&mut self.random, &[to, from]));
        let bias = self.w.floats(&format!("{name}.b"), &[to], &weights(&mut self.random, &[to]));
        let product = self.w.node("MatMul", &format!("{name}.product"), &[x, &matrix], &[]);
        self.w.node("Add", name, &[&product, &bias], &[])
    }

    fn attention(&mut self, name: &str, x: &str) -> String {
        let part = |this: &mut Self, part: &str, order: &[i64]| {
            let flat = this.dense(&format!("{name}.{part}"), x, WIDTH, WIDTH);
            let split = this.w.node("Reshape", &format!("{name}.{part}.split"), &[&flat, "heads"], &[]);
            let turned = format!("{name}.{part}.turned");
            this.w.node("Transpose", &turned, &[&split], &[("perm", Attribute::Ints(order))])
        };
        let query = part(self, "query", &[1, 0, 2]);
        let key = part(self, "key", &[1, 2, 0]);
        let value = part(self, "value", &[1, 0, 2]);
        let scores = self.w.node("MatMul", &format!("{name}.scores"), &[&query, &key], &[]);
        let scaled = self.w.node("Mul", &format!("{name}.scaled"), &[&scores, "scale"], &[]);
        let shares =
            self.w.node("Softmax", &format!("{name}.shares"), &[&scaled], &[("axis", Attribute::Int(2))]);
        let mixed = self.w.node("MatMul", &format!("{name}.mixed"), &[&shares, &value], &[]);
        let back = format!("{name}.back");
        self.w.node("Transpose", &back, &[&mixed], &[("perm", Attribute::Ints(&[1, 0, 2]))]);
        let joined = self.w.node("Reshape", &format!("{name}.joined"), &[&back, "joined"], &[]);
        self.dense(&format!("{name}.out"), &joined, WIDTH, WIDTH)
    }

    /// The sum of two, with mean 0 and variance 1.
    fn norm(&mut self, name: &str, x: &str, added: &str) -> String {
        let part = |part: &str| format!("{name}.{part}");
        let sum = self.w.node("Add", &part("sum"), &[x, added], &[]);
        let mean = self.w.node("ReduceMean", &part("mean"), &[&sum, "last"], &[]);
        let centred = self.w.node("Sub", &part("centred"), &[&sum, &mean], &[]);
        let squared = self.w.node("Mul", &part("squared"), &[&centred, &centred], &[]);
        let variance = self.w.node("ReduceMean", &part("variance"), &[&squared, "last"], &[]);
        let safe = self.w.node("Add", &part("safe"), &[&variance, "tiny"], &[]);
        let deviation = self.w.node("Sqrt", &part("deviation"), &[&safe], &[]);
        self.w.node("Div", name, &[&centred, &deviation], &[])
    }
}
