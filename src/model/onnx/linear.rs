//! The product of two matrices, its bias and its `Relu`, as one operation. tract's own product lays both sides out
//! anew, at each run, and what it compiles for that is most of a start (docs/performance.md).

use tract_onnx::tract_hir::internal::*;

use super::{
    operators::{floats, shape},
    sums::{add_product, each, with},
    tiles::{self, multiply},
};

/// Inputs: `[rows, inner]`, `[inner, columns]` (as tiles, where there is more than one row) and, where there is one, a
/// bias of as many columns. Output: `[rows, columns]`. Each sum begins at zero, goes in the order of `inner`, and ends
/// with the bias: that is tract's order too.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Linear {
    columns: usize,
    /// Whether what is below zero becomes zero.
    relu: bool,
}

/// Wires the product of two matrices that fit each other, each turned first where it says so, if that is what is given.
pub fn product(
    m: &mut TypedModel,
    name: &str,
    x: &[OutletId],
    turned: [bool; 2],
) -> TractResult<Option<TVec<OutletId>>> {
    let (a, b) = (shape(m, x[0])?, shape(m, x[1])?);
    if [a.len(), b.len()] != [2, 2] || a.contains(&0) || b.contains(&0) || !floats(m, x)? {
        return Ok(None);
    }
    let mut inputs = tvec!();
    for (place, turned) in turned.into_iter().enumerate() {
        let mut turn = || m.wire_node(format!("{name}.turned.{place}"), AxisOp::Move(1, 0), &[x[place]]);
        inputs.push(if turned { turn()?[0] } else { x[place] });
    }
    wire(m, name, &inputs).map(Some)
}

/// Wires a product, and with a third input its bias.
pub fn wire(m: &mut TypedModel, name: &str, x: &[OutletId]) -> TractResult<TVec<OutletId>> {
    let columns = shape(m, x[1])?[1];
    let mut inputs = TVec::from(x);
    if shape(m, x[0])?[0] > 1 {
        inputs[1] = tiles::wire(m, &format!("{name}.tiles"), x[1])?;
    }
    m.wire_node(name, Linear { columns, relu: false }, &inputs)
}

/// A product that something is done with: its operation and its inputs. Where nothing else asks for it, it is not
/// computed.
fn found(m: &TypedModel, product: OutletId) -> Option<(Linear, TVec<OutletId>)> {
    let node = m.node(product.node);
    let op = node.op_as::<Linear>().filter(|op| !op.relu)?;
    Some((op.clone(), node.inputs.iter().copied().collect()))
}

/// Wires a sum as a product with a bias, if it is the sum of such a product and of one row.
pub fn sum(m: &mut TypedModel, name: &str, x: &[OutletId]) -> TractResult<Option<TVec<OutletId>>> {
    for (product, bias) in [(x[0], x[1]), (x[1], x[0])] {
        let Some((op, mut inputs)) = found(m, product).filter(|(_, inputs)| inputs.len() == 2) else {
            continue;
        };
        let row = shape(m, bias)?;
        if matches!(&row[..], [columns] | [1, columns] if *columns == op.columns) && floats(m, &[bias])? {
            inputs.push(bias);
            return m.wire_node(name, op, &inputs).map(Some);
        }
    }
    Ok(None)
}

/// Wires what is above zero of a product, if it is one of these.
pub fn relu(m: &mut TypedModel, name: &str, x: &[OutletId]) -> TractResult<Option<TVec<OutletId>>> {
    let Some((op, inputs)) = found(m, x[0]) else { return Ok(None) };
    m.wire_node(name, Linear { relu: true, ..op }, &inputs).map(Some)
}

impl Op for Linear {
    fn name(&self) -> StaticName {
        "Linear".into()
    }

    op_as_typed_op!();
}

impl TypedOp for Linear {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        Ok(tvec!(f32::fact([inputs[0].shape[0].clone(), self.columns.to_dim()])))
    }

    as_op!();
}

impl EvalOp for Linear {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let (x, weights) = (&inputs[0], &inputs[1]);
        let [rows, inner, columns] = [x.shape()[0], x.shape()[1], self.columns];
        let mut out = Tensor::zero::<f32>(&[rows, columns])?;
        let mut plain = out.try_as_plain_ram_mut()?;
        let (x, weights) = (x.try_as_plain_ram()?, weights.try_as_plain_ram()?);
        let (x, weights) = (x.as_slice::<f32>()?, weights.as_slice::<f32>()?);
        let bias = inputs.get(2).map(|bias| bias.try_as_plain_ram()).transpose()?;
        let bias = bias.as_ref().map(|bias| bias.as_slice::<f32>()).transpose()?;
        let sums = plain.as_slice_mut::<f32>()?;
        if rows == 1 {
            add_product(sums, x, weights, columns);
        } else {
            multiply(sums, x, weights, [inner, columns]);
        }
        if let Some(bias) = bias {
            sums.chunks_exact_mut(columns).for_each(|sums| each(sums, bias, |sum, bias| sum + bias));
        }
        if self.relu {
            // Not `max`, which makes a zero of what is not a number.
            with(sums, &[0.0], |sum, zero| sum.simd_lt(zero).select(zero, sum));
        }
        Ok(tvec!(out.into_tvalue()))
    }
}

#[cfg(test)]
mod tests {
    use tract_onnx::tract_hir::ops::{activations::Clip, matmul::MatMulInference};

    use super::*;
    use crate::model::onnx::{
        arithmetic::{self, Arithmetic},
        operators::run_wired,
    };

    #[test]
    fn it_is_what_tract_makes_of_a_product_its_bias_and_its_relu() {
        for (rows, turned) in [
            (1, [false, false]),
            (8, [false, false]),
            (33, [false, false]),
            (1, [false, true]),
            (3, [true, false]),
            (2, [true, true]),
        ] {
            let side = |turned, [from, to]: [usize; 2]| if turned { [to, from] } else { [from, to] };
            let (a, b) = (side(turned[0], [rows, 21]), side(turned[1], [21, 39]));
            for bias in [&[39][..], &[1, 39]] {
                let shapes = [&a[..], &b, bias];
                let ours = run_wired(&shapes, |m, x| {
                    let product = product(m, "product", &x[..2], turned)?.context("no product")?;
                    let sum = sum(m, "sum", &[x[2], product[0]])?.context("no sum")?;
                    relu(m, "relu", &sum)?.context("no relu")
                });
                let theirs = run_wired(&shapes, |m, x| {
                    let [a_trans, b_trans] = turned;
                    let flags = MatMulInference { a_trans, b_trans, c_trans: false };
                    let product = flags.wire("product", m, &x[..2])?;
                    let sum = arithmetic::wire(m, "sum", Arithmetic::Add, &[product[0], x[2]])?;
                    Clip::new(Some(0.0), None).wire("relu", m, &sum.context("no sum")?)
                });
                let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
                let close = ours.iter().zip(&theirs).all(|(a, b)| (a - b).abs() < 1e-5);
                assert!(close && ours.len() == rows * 39, "{rows} rows, turned {turned:?}, bias {bias:?}");
            }
        }
    }

    #[test]
    fn more_axes_and_other_sums_are_left_to_tract() {
        let left = run_wired(&[&[1, 9, 4], &[4, 5], &[1, 4], &[1, 1]], |m, x| {
            assert!(product(m, "many", &x[..2], [false, false])?.is_none());
            let product = product(m, "few", &[x[2], x[1]], [false, false])?.context("no product")?;
            assert!(sum(m, "narrow", &[product[0], x[3]])?.is_none());
            assert!(relu(m, "input", &x[..1])?.is_none());
            Ok(product)
        });
        assert_eq!(left.unwrap().len(), 5);
    }

    #[test]
    fn what_is_no_number_stays_none() {
        let given = Tensor::from_shape(&[1, 1], &[f32::NAN]).unwrap().into_tvalue();
        let weight = Tensor::from_shape(&[1, 1], &[1.0_f32]).unwrap().into_tvalue();
        let linear = Linear { columns: 1, relu: true };
        let out = linear.eval(&EvalContext::out_of_plan(), tvec!(given, weight)).unwrap();
        assert!(out[0].try_as_plain_ram().unwrap().as_slice::<f32>().unwrap()[0].is_nan());
    }
}
