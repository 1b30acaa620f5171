//! Stands in for the crate `rustfft`, of which tract uses what is here and nothing else.
//!
//! The real one has functions with `#[target_feature(enable = "simd128")]`, and LLVM's WebAssembly
//! back end gives every function of a linked module the union of all features: with LTO the whole
//! baseline build would be full of SIMD and load on no old JavaScriptCore. None of our models has a
//! Fourier transform, so a plain one in O(n²) is enough to stay right where someone's model has one.

pub use num_complex;
pub use num_traits;

use std::{f64::consts::TAU, fmt::Debug, sync::Arc};

use num_complex::Complex;
use num_traits::{FromPrimitive, Signed, Zero};

/// A number that can be transformed.
pub trait FftNum: Copy + FromPrimitive + Signed + Sync + Send + Debug + 'static {}
impl<T: Copy + FromPrimitive + Signed + Sync + Send + Debug + 'static> FftNum for T {}

/// Which way to transform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FftDirection {
    /// From time to frequency.
    Forward,
    /// Back, without dividing by the length.
    Inverse,
}

/// A transform of one length.
pub trait Fft<T: FftNum>: Sync + Send {
    /// Transforms each whole piece of the transform's length in place.
    fn process(&self, buffer: &mut [Complex<T>]);
}

/// Makes transforms.
pub struct FftPlanner<T: FftNum> {
    _number: std::marker::PhantomData<T>,
}

impl<T: FftNum> FftPlanner<T> {
    /// A planner; it keeps nothing.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { _number: std::marker::PhantomData }
    }

    /// A transform of `len` numbers.
    pub fn plan_fft(&mut self, len: usize, direction: FftDirection) -> Arc<dyn Fft<T>> {
        let sign = if direction == FftDirection::Forward { -1.0 } else { 1.0 };
        let turn = |k: usize| sign * TAU * k as f64 / len as f64;
        let number = |x: f64| T::from_f64(x).unwrap_or_else(T::zero);
        let roots =
            (0..len).map(|k| Complex::new(number(libm::cos(turn(k))), number(libm::sin(turn(k))))).collect();
        Arc::new(Plain { roots })
    }

    /// A forward transform of `len` numbers.
    pub fn plan_fft_forward(&mut self, len: usize) -> Arc<dyn Fft<T>> {
        self.plan_fft(len, FftDirection::Forward)
    }
}

struct Plain<T> {
    /// The unit circle in `len` steps.
    roots: Vec<Complex<T>>,
}

impl<T: FftNum> Fft<T> for Plain<T> {
    fn process(&self, buffer: &mut [Complex<T>]) {
        let len = self.roots.len();
        if len == 0 {
            return;
        }
        for piece in buffer.chunks_exact_mut(len) {
            let input = piece.to_vec();
            for (k, out) in piece.iter_mut().enumerate() {
                let terms = input.iter().enumerate().map(|(n, x)| *x * self.roots[k * n % len]);
                *out = terms.fold(Complex::zero(), |sum, term| sum + term);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_has_one_line_and_comes_back() {
        let len = 12;
        let wave: Vec<_> =
            (0..len).map(|n| Complex::new((TAU * 3.0 * n as f64 / len as f64).cos(), 0.0)).collect();
        let mut buffer = wave.clone();
        let mut planner = FftPlanner::new();
        planner.plan_fft_forward(len).process(&mut buffer);
        for (k, line) in buffer.iter().enumerate() {
            let expected = if k == 3 || k == 9 { 6.0 } else { 0.0 };
            assert!((line.re - expected).abs() < 1e-9 && line.im.abs() < 1e-9, "line {k} is {line}");
        }
        planner.plan_fft(len, FftDirection::Inverse).process(&mut buffer);
        for (back, sent) in buffer.iter().zip(&wave) {
            assert!((back / len as f64 - sent).norm() < 1e-9);
        }
    }
}
