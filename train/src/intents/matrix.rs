//! Matrices of 8-bit numbers with a scale a column.

use crate::onnx::{Attribute, FLOAT, Writer};

/// The steps of an 8-bit number on each side of zero.
const STEPS: f32 = 127.0;

/// A matrix whose entries stand for `value * scale of the column`.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Rows and columns.
    pub shape: [usize; 2],
    /// Row after row.
    pub values: Vec<i8>,
    /// One a column.
    pub scales: Vec<f32>,
}

impl Matrix {
    /// Rounds each column's numbers, given row after row, to steps of its largest.
    pub fn of(shape: [usize; 2], numbers: &[f32]) -> Self {
        let columns = shape[1];
        let mut scales = vec![0.0_f32; columns];
        for row in numbers.chunks_exact(columns) {
            scales.iter_mut().zip(row).for_each(|(most, x)| *most = most.max(x.abs() / STEPS));
        }
        let step = |(x, scale): (&f32, &f32)| if *scale > 0.0 { (x / scale).round() as i8 } else { 0 };
        let values =
            numbers.chunks_exact(columns).flat_map(|row| row.iter().zip(&scales).map(step)).collect();
        Self { shape, values, scales }
    }

    /// The numbers that the entries stand for.
    #[cfg(test)]
    pub fn numbers(&self) -> Vec<f32> {
        let entry = |(at, v): (usize, &i8)| f32::from(*v) * self.scales[at % self.shape[1]];
        self.values.iter().enumerate().map(entry).collect()
    }

    /// `x`, a row, times this matrix.
    pub fn times(&self, x: &[f32]) -> Vec<f32> {
        let columns = self.shape[1];
        let mut sums = vec![0.0; columns];
        for (x, row) in x.iter().zip(self.values.chunks_exact(columns)) {
            sums.iter_mut().zip(row).for_each(|(sum, v)| *sum += x * f32::from(*v));
        }
        sums.iter_mut().zip(&self.scales).for_each(|(sum, scale)| *sum *= scale);
        sums
    }

    /// Writes this matrix; gives back its name as floats.
    pub fn write(&self, w: &mut Writer, name: &str) -> String {
        let [stored, scales, steps] = ["8bit", "scales", "steps"].map(|part| format!("{name}_{part}"));
        w.bytes(&stored, &self.shape, &self.values);
        w.floats(&scales, &[1, self.shape[1]], &self.scales);
        w.node("Cast", &steps, &[&stored], &[("to", Attribute::Int(FLOAT))]);
        w.node("Mul", name, &[&steps, &scales], &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_has_its_own_steps() {
        let matrix = Matrix::of([2, 3], &[1.0, 100.0, 0.0, -0.5, 50.0, 0.0]);
        let product = matrix.times(&[1.0, 2.0]);
        for (is, should) in product.iter().zip([0.0, 200.0, 0.0]) {
            assert!((is - should).abs() <= 0.8, "{is} for {should}");
        }
        assert_eq!(matrix.values[..2], [127, 127]);
    }
}
