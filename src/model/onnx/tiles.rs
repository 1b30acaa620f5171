//! A matrix laid out in tiles of a few columns, and what is multiplied with it. What lies below each other in a
//! tile lies side by side in memory, so that the sums of a tile need one pass over it (docs/performance.md).

use tract_onnx::tract_hir::internal::*;
use wide::f32x4;

use super::{operators::shape, sums::four};

/// Columns of a tile. The sums of two rows, a row of the tile and what that is multiplied with take fourteen of
/// x86-64's sixteen registers.
const WIDE: usize = 16;
/// Columns of the tiles that hold what is left.
const NARROW: usize = 4;

/// Input: `[inner, columns]`. Output: the wide tiles `[inner, WIDE]` and the narrow ones `[inner, NARROW]`, one
/// after the other, with zeros for the columns that the last one has too many.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Tiles;

/// Wires a matrix as tiles. A constant is laid out at once: tract would take one more pass over the graph for it.
pub fn wire(m: &mut TypedModel, name: &str, matrix: OutletId) -> TractResult<OutletId> {
    let shape = shape(m, matrix)?;
    ensure!(shape.len() == 2 && !shape.contains(&0), "{shape:?} is no matrix");
    match &m.outlet_fact(matrix)?.konst {
        Some(constant) => m.add_const(name, laid_out(constant)?),
        None => Ok(m.wire_node(name, Tiles, &[matrix])?[0]),
    }
}

fn laid_out(matrix: &Tensor) -> TractResult<Tensor> {
    let [inner, columns] = [matrix.shape()[0], matrix.shape()[1]];
    let mut out = Tensor::zero::<f32>(&[inner * columns.next_multiple_of(NARROW)])?;
    let (mut plain, matrix) = (out.try_as_plain_ram_mut()?, matrix.try_as_plain_ram()?);
    let (mut tiles, matrix) = (plain.as_slice_mut::<f32>()?, matrix.as_slice::<f32>()?);
    let mut from = 0;
    while from < columns {
        let width = if columns - from < WIDE { NARROW } else { WIDE };
        let (tile, rest) = tiles.split_at_mut(inner * width);
        for (to, row) in tile.chunks_exact_mut(width).zip(matrix.chunks_exact(columns)) {
            to.iter_mut().zip(row.iter().skip(from)).for_each(|(to, number)| *to = *number);
        }
        (tiles, from) = (rest, from + width);
    }
    Ok(out)
}

/// Writes `x · matrix` into `products`, of as many columns as the matrix has. Rows of `x` have `inner` numbers, and
/// each sum begins at zero and goes in their order. All rows go with one tile before the next, so that it stays in
/// the processor's nearest memory.
pub fn multiply(products: &mut [f32], x: &[f32], tiles: &[f32], [inner, columns]: [usize; 2]) {
    let whole = columns / WIDE * WIDE;
    let (wide, narrow) = tiles.split_at(whole * inner);
    for (place, tile) in wide.chunks_exact(WIDE * inner).enumerate() {
        for (products, x) in products.chunks_mut(2 * columns).zip(x.chunks(2 * inner)) {
            let ((first, second), (x, y)) = (products.split_at_mut(columns), x.split_at(inner));
            let Some(first) = columns_at(place, first) else { continue };
            match columns_at(place, second) {
                Some(second) => of_two_rows([first, second], (x, y), tile),
                None => of_two_rows([first, &mut [0.0; WIDE]], (x, x), tile),
            }
        }
    }
    for (place, tile) in narrow.chunks_exact(NARROW * inner).enumerate() {
        for (products, x) in products.chunks_exact_mut(columns).zip(x.chunks_exact(inner)) {
            let to = products.iter_mut().skip(whole + place * NARROW);
            to.zip(of_four_columns(x, tile)).for_each(|(to, sum)| *to = sum);
        }
    }
}

fn columns_at(place: usize, row: &mut [f32]) -> Option<&mut [f32; WIDE]> {
    row.as_chunks_mut().0.get_mut(place)
}

const ZERO: f32x4 = four(0.0);

/// Writes the sums of a tile's columns for two rows. Sums have names, and no array, so that they stay in registers.
fn of_two_rows([first, second]: [&mut [f32; WIDE]; 2], (x, y): (&[f32], &[f32]), tile: &[f32]) {
    let (mut xa, mut xb, mut xc, mut xd) = (ZERO, ZERO, ZERO, ZERO);
    let (mut ya, mut yb, mut yc, mut yd) = (ZERO, ZERO, ZERO, ZERO);
    for ((x, y), row) in x.iter().zip(y).zip(tile.as_chunks::<WIDE>().0) {
        let [a, b, c, d] = row.as_chunks().0 else { return };
        let (a, b, c, d) = (f32x4::new(*a), f32x4::new(*b), f32x4::new(*c), f32x4::new(*d));
        let (x, y) = (four(*x), four(*y));
        xa += x * a;
        xb += x * b;
        xc += x * c;
        xd += x * d;
        ya += y * a;
        yb += y * b;
        yc += y * c;
        yd += y * d;
    }
    put(first, xa, xb, xc, xd);
    put(second, ya, yb, yc, yd);
}

fn put(to: &mut [f32; WIDE], a: f32x4, b: f32x4, c: f32x4, d: f32x4) {
    if let [to_a, to_b, to_c, to_d] = to.as_chunks_mut().0 {
        (*to_a, *to_b, *to_c, *to_d) = (a.to_array(), b.to_array(), c.to_array(), d.to_array());
    }
}

fn of_four_columns(x: &[f32], tile: &[f32]) -> [f32; NARROW] {
    let mut sums = ZERO;
    for (x, row) in x.iter().zip(tile.as_chunks().0) {
        sums += four(*x) * f32x4::new(*row);
    }
    sums.to_array()
}

impl Op for Tiles {
    fn name(&self) -> StaticName {
        "Tiles".into()
    }

    op_as_typed_op!();
}

impl TypedOp for Tiles {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let [inner, columns] = [inputs[0].shape[0].to_usize()?, inputs[0].shape[1].to_usize()?];
        Ok(tvec!(f32::fact([inner * columns.next_multiple_of(NARROW)])))
    }

    as_op!();
}

impl EvalOp for Tiles {
    op_out_of_plan!();

    fn eval(&self, _: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        Ok(tvec!(laid_out(&inputs[0])?.into_tvalue()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_of_any_shape_are_summed_row_by_column() {
        const INNER: usize = 9;
        let numbers = |count: usize| -> Vec<f32> { (0..count).map(|i| (i as f32 * 0.7).cos()).collect() };
        for columns in [1, 3, 4, 7, 15, 16, 17, 28, 31, 32, 33, 36, 64] {
            let matrix = numbers(INNER * columns);
            let tiles = laid_out(&Tensor::from_shape(&[INNER, columns], &matrix).unwrap()).unwrap();
            let tiles = tiles.try_as_plain_ram().unwrap();
            for rows in 1..=5 {
                let x = numbers(rows * INNER);
                let mut products = vec![f32::NAN; rows * columns];
                multiply(&mut products, &x, tiles.as_slice::<f32>().unwrap(), [INNER, columns]);
                for (place, product) in products.iter().enumerate() {
                    let x = x.iter().skip(place / columns * INNER).take(INNER);
                    let column = matrix.iter().skip(place % columns).step_by(columns);
                    let expected = x.zip(column).fold(0.0, |sum, (x, number)| sum + x * number);
                    assert_eq!(product.to_bits(), expected.to_bits(), "{place} of {rows} x {columns}");
                }
            }
        }
    }
}
