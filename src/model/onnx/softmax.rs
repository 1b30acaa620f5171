//! A softmax of 32-bit floats along one axis. tract's is made for every type of number, and was the largest
//! function that a session runs: a Wasm engine took 9 MB to optimise it (docs/performance.md).

use tract_onnx::tract_hir::internal::*;
use wide::f32x4;

use super::{
    operators::{floats, shape},
    sums::{four, with},
};

/// One input of 32-bit floats; the output has its shape, and along the axis its numbers sum to one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Softmax {
    axis: usize,
}

/// Wires a softmax along an axis.
pub fn wire(m: &mut TypedModel, name: &str, axis: usize, x: OutletId) -> TractResult<TVec<OutletId>> {
    ensure!(floats(m, &[x])?, "it takes 32-bit floats");
    ensure!(!shape(m, x)?.contains(&0), "it has nothing to run over");
    m.wire_node(name, Softmax { axis }, &[x])
}

impl Op for Softmax {
    fn name(&self) -> StaticName {
        "Softmax".into()
    }

    op_as_typed_op!();
}

impl TypedOp for Softmax {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(f32::fact(inputs[0].shape.clone())))
    }

    as_op!();
}

impl EvalOp for Softmax {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let mut out = args_1!(inputs).into_tensor();
        let length = out.shape()[self.axis];
        let apart: usize = out.shape()[self.axis + 1..].iter().product();
        let mut plain = out.try_as_plain_ram_mut()?;
        let numbers = plain.as_slice_mut::<f32>()?;
        if apart == 1 {
            numbers.chunks_exact_mut(length).for_each(normalise);
        } else {
            numbers.chunks_exact_mut(length * apart).for_each(|block| normalise_columns(block, apart));
        }
        Ok(tvec!(out.into_tvalue()))
    }
}

/// Each column of so many in a block of rows.
fn normalise_columns(block: &mut [f32], columns: usize) {
    let mut column = Vec::with_capacity(block.len() / columns);
    for place in 0..columns {
        column.clear();
        column.extend(block.iter().skip(place).step_by(columns));
        normalise(&mut column);
        block.iter_mut().skip(place).step_by(columns).zip(&column).for_each(|(to, from)| *to = *from);
    }
}

/// Makes shares of numbers. Where the greatest is no finite number, there are none.
fn normalise(numbers: &mut [f32]) {
    let greater = |a: f32, b: f32| if b > a || b.is_nan() { b } else { a };
    let greatest = numbers.iter().copied().fold(f32::NEG_INFINITY, greater);
    if !greatest.is_finite() {
        return numbers.fill(f32::NAN);
    }
    with(numbers, &[greatest], |x, greatest| exp(x - greatest));
    let sum: f32 = numbers.iter().sum();
    with(numbers, &[sum.recip()], |x, share| x * share);
}

/// Powers of e, for numbers of at most zero: a whole power of two, and a polynomial for what is left, as
/// Cephes computes it (`expf`, <https://netlib.org/cephes/>); within 2e-7 of the true value, relatively. Below
/// 2⁻¹²⁶ it is zero.
fn exp(x: f32x4) -> f32x4 {
    /// Added and taken away again, it leaves a whole number: above it floats have no fraction.
    const WHOLE: f32 = 12_582_912.0;
    let x = x.fast_max(four(-127.0 * std::f32::consts::LN_2));
    let power = x * four(std::f32::consts::LOG2_E) + four(WHOLE) - four(WHOLE);
    // ln 2 in two parts, of which the first is exact times any power.
    let rest = x - power * four(0.693_359_4) + power * four(2.121_944_4e-4);
    let polynomial = four(1.987_569_1e-4) * rest + four(1.398_2e-3);
    let polynomial = polynomial * rest + four(8.333_452e-3);
    let polynomial = polynomial * rest + four(4.166_579_6e-2);
    let polynomial = polynomial * rest + four(1.666_666_5e-1);
    let polynomial = polynomial * rest + four(0.5);
    let fraction = polynomial * rest * rest + rest + four(1.0);
    fraction * f32x4::new(power.to_array().map(two_to))
}

/// 2 to a whole power from -127 on, which gives zero.
fn two_to(power: f32) -> f32 {
    f32::from_bits(((power as i32 + 127) as u32) << 23)
}

#[cfg(test)]
mod tests {
    use tract_onnx::tract_hir::ops::nn;

    use super::*;
    use crate::model::onnx::operators::run_wired;

    #[test]
    fn it_is_what_tract_makes_of_any_axis() {
        let shapes: [(&[usize], usize); 7] = [
            (&[7], 0),
            (&[1, 9], 1),
            (&[3, 16], 1),
            (&[3, 5], 0),
            (&[2, 3, 4], 1),
            (&[2, 3, 33], 2),
            (&[4, 1], 1),
        ];
        for (shape, axis) in shapes {
            let ours = run_wired(&[shape], |m, x| wire(m, "ours", axis, x[0])).unwrap();
            let theirs =
                run_wired(&[shape], |m, x| nn::Softmax::new(axis as isize).wire("theirs", m, x)).unwrap();
            let close = ours.iter().zip(&theirs).all(|(a, b)| (a - b).abs() < 1e-6);
            assert!(close && ours.len() == theirs.len(), "{shape:?} along {axis}: {ours:?}, not {theirs:?}");
        }
    }

    #[test]
    fn powers_are_those_of_e() {
        for place in 0..=10_000 {
            let x = -(place as f32) / 100.0;
            let [is, ..] = exp(four(x)).to_array();
            let expected = f64::from(x).exp();
            let error = (f64::from(is) - expected).abs();
            assert!(error <= 2e-7 * expected + f64::from(f32::MIN_POSITIVE), "exp({x}) is not {is}");
        }
        assert_eq!(exp(four(-1e4)).to_array(), [0.0; 4]);
        assert_eq!(exp(four(0.0)).to_array(), [1.0; 4]);
    }

    #[test]
    fn without_a_greatest_number_there_are_no_shares() {
        for given in [[1.0, f32::NAN], [f32::INFINITY, 0.0], [f32::NEG_INFINITY; 2]] {
            let mut numbers = given;
            normalise(&mut numbers);
            assert!(numbers.iter().all(|x| x.is_nan()), "{given:?} became {numbers:?}");
        }
        let mut masked = [f32::NEG_INFINITY, 3.0];
        normalise(&mut masked);
        assert_eq!(masked, [0.0, 1.0]);
    }
}
