//! Arithmetic of two inputs of 32-bit floats, number by number, the smaller one stretched. tract prepares its own
//! in passes over the whole graph, which is most of a start (docs/performance.md).

use tract_onnx::tract_hir::internal::*;

use super::{
    operators::{floats, shape},
    sums::with,
};

/// What is done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    Add,
    Sub,
    Mul,
    Div,
    Max,
    Min,
}

/// One operation on two shapes. Output: the shape that both stretch to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Stretched {
    what: Arithmetic,
    shape: TVec<usize>,
    /// How many numbers of each side, and of the output, make a run. A side's one number stands for all.
    run: [usize; 3],
    /// Where the runs of each side begin.
    starts: Vec<[usize; 2]>,
}

/// Wires an operation on two inputs, if both are of 32-bit floats.
pub fn wire(
    m: &mut TypedModel,
    name: &str,
    what: Arithmetic,
    x: &[OutletId],
) -> TractResult<Option<TVec<OutletId>>> {
    if !floats(m, x)? {
        return Ok(None);
    }
    let op = Stretched::new(what, &shape(m, x[0])?, &shape(m, x[1])?)?;
    m.wire_node(name, op, x).map(Some)
}

impl Stretched {
    fn new(what: Arithmetic, a: &[usize], b: &[usize]) -> TractResult<Self> {
        let rank = a.len().max(b.len());
        let padded = |side: &[usize]| -> TVec<usize> {
            std::iter::repeat_n(1, rank - side.len()).chain(side.iter().copied()).collect()
        };
        let sides = [padded(a), padded(b)];
        let axes = sides[0].iter().zip(&sides[1]);
        let fit = axes.clone().all(|(a, b)| a == b || *a == 1 || *b == 1);
        ensure!(fit && !a.contains(&0) && !b.contains(&0), "{a:?} and {b:?} do not stretch to one shape");
        let shape: TVec<usize> = axes.map(|(a, b)| *a.max(b)).collect();
        let whole = |from: &usize| {
            sides.iter().all(|side| side[*from..] == shape[*from..] || side[*from..].iter().all(|d| *d == 1))
        };
        let from = (0..=rank).find(whole).unwrap_or(rank);
        let length = |side: &[usize]| side[from..].iter().product::<usize>();
        let run = [length(&sides[0]), length(&sides[1]), length(&shape)];
        let runs: usize = shape[..from].iter().product();
        let start = |place, side: usize| start(place, &shape[..from], &sides[side][..from]) * run[side];
        let starts = (0..runs).map(|place| [start(place, 0), start(place, 1)]).collect();
        Ok(Self { what, run, starts, shape })
    }
}

/// Which run of a side belongs to a run of the output, by the axes before them.
fn start(mut place: usize, shape: &[usize], side: &[usize]) -> usize {
    let (mut start, mut step) = (0, 1);
    for (axis, own) in shape.iter().zip(side).rev() {
        start += place % axis % own * step;
        step *= own;
        place /= axis;
    }
    start
}

impl Op for Stretched {
    fn name(&self) -> StaticName {
        format!("{:?}", self.what).into()
    }

    op_as_typed_op!();
}

impl TypedOp for Stretched {
    fn output_facts(&self, _: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(f32::fact(&self.shape)))
    }

    as_op!();
}

impl EvalOp for Stretched {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let (a, b) = args_2!(inputs);
        let (a, b) = (a.try_as_plain_ram()?, b.try_as_plain_ram()?);
        let (a, b) = (a.as_slice::<f32>()?, b.as_slice::<f32>()?);
        let mut out = Tensor::zero::<f32>(&self.shape)?;
        let mut plain = out.try_as_plain_ram_mut()?;
        let numbers = plain.as_slice_mut::<f32>()?;
        for (out, [start_a, start_b]) in numbers.chunks_exact_mut(self.run[2]).zip(&self.starts) {
            let (a, b) = (a.get(*start_a..start_a + self.run[0]), b.get(*start_b..start_b + self.run[1]));
            let (Some(a), Some(b)) = (a, b) else { bail!("an input is shorter than its shape") };
            match a {
                [one] => out.fill(*one),
                _ => out.copy_from_slice(a),
            }
            match self.what {
                Arithmetic::Add => with(out, b, |a, b| a + b),
                Arithmetic::Sub => with(out, b, |a, b| a - b),
                Arithmetic::Mul => with(out, b, |a, b| a * b),
                Arithmetic::Div => with(out, b, |a, b| a / b),
                Arithmetic::Max => with(out, b, |a, b| a.max(b)),
                Arithmetic::Min => with(out, b, |a, b| a.min(b)),
            }
        }
        Ok(tvec!(out.into_tvalue()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::onnx::operators::{arithmetic_by_tract, run_wired};

    const ALL: [Arithmetic; 6] = [
        Arithmetic::Add,
        Arithmetic::Sub,
        Arithmetic::Mul,
        Arithmetic::Div,
        Arithmetic::Max,
        Arithmetic::Min,
    ];

    #[test]
    fn it_is_what_tract_makes_of_any_two_shapes() {
        let shapes: [[&[usize]; 2]; 10] = [
            [&[3, 5], &[3, 5]],
            [&[3, 5], &[5]],
            [&[3, 5], &[3, 1]],
            [&[3, 5], &[]],
            [&[], &[2, 7]],
            [&[4, 1], &[1, 9]],
            [&[2, 1, 5], &[3, 1]],
            [&[2, 3, 4], &[1, 3, 1]],
            [&[1, 3, 1], &[2, 3, 4]],
            [&[1], &[1, 1, 1]],
        ];
        for [a, b] in shapes {
            for what in ALL {
                let ours = run_wired(&[a, b], |m, x| wire(m, "ours", what, x)?.context("it is not wired"));
                let theirs = run_wired(&[a, b], |m, x| arithmetic_by_tract(m, "theirs", what, x));
                assert_eq!(ours.unwrap(), theirs.unwrap(), "{what:?} of {a:?} and {b:?}");
            }
        }
    }

    #[test]
    fn shapes_that_do_not_stretch_are_refused() {
        for [a, b] in [[&[3, 5][..], &[3, 4]], [&[3, 5], &[3]], [&[0, 5], &[5]]] {
            let error = Stretched::new(Arithmetic::Add, a, b).unwrap_err().to_string();
            assert!(error.contains("do not stretch to one shape"), "{error}");
        }
    }
}
