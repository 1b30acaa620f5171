//! Reverse-mode differentiation over matrices: what is computed forward is remembered, and its
//! gradients are summed backward. Only the operations that the behaviour model needs.

use ndarray::{Array1, Array2, Axis, concatenate, s};

/// A matrix of 32-bit floats.
pub type Matrix = Array2<f32>;

/// A value on the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Var(usize);

#[derive(Debug)]
enum Op {
    Leaf,
    MatMul(Var, Var),
    /// A row added to every row.
    AddRow(Var, Var),
    Add(Var, Var),
    Mul(Var, Var),
    Sigmoid(Var),
    Tanh(Var),
    Relu(Var),
    /// Rows from this one on.
    Rows(Var, usize),
    /// Columns from this one on.
    Columns(Var, usize),
    /// One below the other.
    Stack(Vec<Var>),
    /// Side by side.
    Beside(Vec<Var>),
    /// Every row, this often.
    Repeat(Var, usize),
    Reshape(Var),
    /// Rows that sum to 1; masked entries are 0.
    Softmax(Var),
    /// `weights · values`, row by row: weights `n × k`, values `n·k × d`.
    Pool(Var, Var),
    /// `a + z ⊙ (b − a)`.
    Mix(Var, Var, Var),
}

#[derive(Debug)]
struct Node {
    value: Matrix,
    grad: Option<Matrix>,
    op: Op,
}

/// What was computed, in order.
#[derive(Debug, Default)]
pub struct Tape(Vec<Node>);

impl Tape {
    /// A given matrix.
    pub fn leaf(&mut self, value: Matrix) -> Var {
        self.push(value, Op::Leaf)
    }

    /// The value.
    pub fn value(&self, v: Var) -> &Matrix {
        &self.0[v.0].value
    }

    /// The gradient after [`Tape::backward`]; none where nothing depended on it.
    pub fn grad(&self, v: Var) -> Option<&Matrix> {
        self.0[v.0].grad.as_ref()
    }

    fn push(&mut self, value: Matrix, op: Op) -> Var {
        self.0.push(Node { value, grad: None, op });
        Var(self.0.len() - 1)
    }

    /// `a · b`.
    pub fn matmul(&mut self, a: Var, b: Var) -> Var {
        self.push(self.value(a).dot(self.value(b)), Op::MatMul(a, b))
    }

    /// A row added to every row.
    pub fn add_row(&mut self, a: Var, row: Var) -> Var {
        self.push(self.value(a) + self.value(row), Op::AddRow(a, row))
    }

    /// `a + b`.
    pub fn add(&mut self, a: Var, b: Var) -> Var {
        self.push(self.value(a) + self.value(b), Op::Add(a, b))
    }

    /// `a ⊙ b`.
    pub fn mul(&mut self, a: Var, b: Var) -> Var {
        self.push(self.value(a) * self.value(b), Op::Mul(a, b))
    }

    /// 1 / (1 + e⁻ᵃ).
    pub fn sigmoid(&mut self, a: Var) -> Var {
        self.push(self.value(a).mapv(sigmoid), Op::Sigmoid(a))
    }

    /// The hyperbolic tangent.
    pub fn tanh(&mut self, a: Var) -> Var {
        self.push(self.value(a).mapv(f32::tanh), Op::Tanh(a))
    }

    /// `max(a, 0)`.
    pub fn relu(&mut self, a: Var) -> Var {
        self.push(self.value(a).mapv(|x| x.max(0.0)), Op::Relu(a))
    }

    /// `count` rows from `from` on.
    pub fn rows(&mut self, a: Var, from: usize, count: usize) -> Var {
        self.push(self.value(a).slice(s![from..from + count, ..]).to_owned(), Op::Rows(a, from))
    }

    /// `count` columns from `from` on.
    pub fn columns(&mut self, a: Var, from: usize, count: usize) -> Var {
        self.push(self.value(a).slice(s![.., from..from + count]).to_owned(), Op::Columns(a, from))
    }

    /// One below the other.
    pub fn stack(&mut self, parts: Vec<Var>) -> Var {
        let views: Vec<_> = parts.iter().map(|&p| self.value(p).view()).collect();
        let value = concatenate(Axis(0), &views).expect("parts are equally wide");
        self.push(value, Op::Stack(parts))
    }

    /// Side by side.
    pub fn beside(&mut self, parts: Vec<Var>) -> Var {
        let views: Vec<_> = parts.iter().map(|&p| self.value(p).view()).collect();
        let value = concatenate(Axis(1), &views).expect("parts are equally high");
        self.push(value, Op::Beside(parts))
    }

    /// Every row, `times` in a row.
    pub fn repeat(&mut self, a: Var, times: usize) -> Var {
        let from = self.value(a);
        let value =
            Matrix::from_shape_fn((from.nrows() * times, from.ncols()), |(i, j)| from[[i / times, j]]);
        self.push(value, Op::Repeat(a, times))
    }

    /// The same numbers in another shape.
    pub fn reshape(&mut self, a: Var, shape: (usize, usize)) -> Var {
        let value = self.value(a).to_shape(shape).expect("as many numbers").to_owned();
        self.push(value, Op::Reshape(a))
    }

    /// Softmax of each row over the entries whose mask is not 0.
    pub fn softmax(&mut self, a: Var, mask: &Matrix) -> Var {
        let mut value = self.value(a).clone();
        for (mut row, mask) in value.rows_mut().into_iter().zip(mask.rows()) {
            let top = row.iter().zip(mask).filter(|(_, m)| **m > 0.0).fold(f32::MIN, |t, (x, _)| t.max(*x));
            row.zip_mut_with(&mask, |x, m| *x = if *m > 0.0 { (*x - top).exp() } else { 0.0 });
            let sum = row.sum().max(1e-30);
            row.mapv_inplace(|x| x / sum);
        }
        self.push(value, Op::Softmax(a))
    }

    /// For each row of weights, the values of its group, weighted and summed.
    pub fn pool(&mut self, weights: Var, values: Var) -> Var {
        let (w, v) = (self.value(weights), self.value(values));
        let k = w.ncols();
        let mut value = Matrix::zeros((w.nrows(), v.ncols()));
        for (i, mut row) in value.rows_mut().into_iter().enumerate() {
            row.assign(&w.row(i).dot(&v.slice(s![i * k..(i + 1) * k, ..])));
        }
        self.push(value, Op::Pool(weights, values))
    }

    /// `a + z ⊙ (b − a)`.
    pub fn mix(&mut self, a: Var, b: Var, z: Var) -> Var {
        let value = self.value(a) + &(self.value(z) * &(self.value(b) - self.value(a)));
        self.push(value, Op::Mix(a, b, z))
    }

    /// Sums gradients from the given ones back to the leaves.
    pub fn backward(&mut self, seeds: Vec<(Var, Matrix)>) {
        for (v, grad) in seeds {
            self.give(v, grad);
        }
        for i in (0..self.0.len()).rev() {
            let Some(grad) = self.0[i].grad.take() else { continue };
            let parts = self.parts(i, &grad);
            self.0[i].grad = Some(grad);
            for (v, part) in parts {
                self.give(v, part);
            }
        }
    }

    fn give(&mut self, v: Var, part: Matrix) {
        match &mut self.0[v.0].grad {
            Some(grad) => *grad += &part,
            none => *none = Some(part),
        }
    }

    /// What the gradient of a node gives to what it was computed from.
    fn parts(&self, node: usize, g: &Matrix) -> Vec<(Var, Matrix)> {
        let y = &self.0[node].value;
        match &self.0[node].op {
            Op::Leaf => vec![],
            Op::MatMul(a, b) => {
                vec![(*a, g.dot(&self.value(*b).t())), (*b, self.value(*a).t().dot(g))]
            }
            Op::AddRow(a, row) => vec![(*a, g.clone()), (*row, g.sum_axis(Axis(0)).insert_axis(Axis(0)))],
            Op::Add(a, b) => vec![(*a, g.clone()), (*b, g.clone())],
            Op::Mul(a, b) => vec![(*a, g * self.value(*b)), (*b, g * self.value(*a))],
            Op::Sigmoid(a) => vec![(*a, g * &y.mapv(|y| y * (1.0 - y)))],
            Op::Tanh(a) => vec![(*a, g * &y.mapv(|y| 1.0 - y * y))],
            Op::Relu(a) => vec![(*a, g * &y.mapv(|y| f32::from(u8::from(y > 0.0))))],
            Op::Rows(a, from) => vec![(*a, self.placed(*a, g, *from, 0))],
            Op::Columns(a, from) => vec![(*a, self.placed(*a, g, 0, *from))],
            Op::Stack(parts) => self.cut(parts, g, Axis(0)),
            Op::Beside(parts) => self.cut(parts, g, Axis(1)),
            Op::Repeat(a, times) => {
                let mut sum = Matrix::zeros(self.value(*a).raw_dim());
                for (i, row) in g.rows().into_iter().enumerate() {
                    let mut target = sum.row_mut(i / times);
                    target += &row;
                }
                vec![(*a, sum)]
            }
            Op::Reshape(a) => {
                vec![(*a, g.to_shape(self.value(*a).raw_dim()).expect("as many numbers").to_owned())]
            }
            Op::Softmax(a) => {
                let dot: Array1<f32> = (g * y).sum_axis(Axis(1));
                vec![(*a, y * &(g - &dot.insert_axis(Axis(1))))]
            }
            Op::Pool(w, v) => self.unpool(*w, *v, g),
            Op::Mix(a, b, z) => {
                let (av, bv, zv) = (self.value(*a), self.value(*b), self.value(*z));
                vec![(*a, g * &zv.mapv(|z| 1.0 - z)), (*b, g * zv), (*z, g * &(bv - av))]
            }
        }
    }

    fn placed(&self, a: Var, g: &Matrix, row: usize, column: usize) -> Matrix {
        let mut full = Matrix::zeros(self.value(a).raw_dim());
        full.slice_mut(s![row..row + g.nrows(), column..column + g.ncols()]).assign(g);
        full
    }

    fn cut(&self, parts: &[Var], g: &Matrix, axis: Axis) -> Vec<(Var, Matrix)> {
        let mut from = 0;
        let mut cut = Vec::with_capacity(parts.len());
        for &part in parts {
            let length = self.value(part).len_of(axis);
            cut.push((part, g.slice_axis(axis, (from..from + length).into()).to_owned()));
            from += length;
        }
        cut
    }

    fn unpool(&self, weights: Var, values: Var, g: &Matrix) -> Vec<(Var, Matrix)> {
        let (w, v) = (self.value(weights), self.value(values));
        let k = w.ncols();
        let (mut dw, mut dv) = (Matrix::zeros(w.raw_dim()), Matrix::zeros(v.raw_dim()));
        for (i, g) in g.rows().into_iter().enumerate() {
            let group = v.slice(s![i * k..(i + 1) * k, ..]);
            dw.row_mut(i).assign(&group.dot(&g));
            for j in 0..k {
                dv.row_mut(i * k + j).assign(&(&g * w[[i, j]]));
            }
        }
        vec![(weights, dw), (values, dv)]
    }
}

/// 1 / (1 + e⁻ˣ).
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
#[path = "tape_tests.rs"]
mod tests;
