//! Sums of products, four numbers at once: loops that are compiled for size are left as they are.

use wide::f32x4;

/// Adds `x · weights` to a sum, for as many columns as it has. Weights begin with the first of these, and
/// rows lie so many numbers apart. Each column is summed in the order of `x`.
pub fn add_product(sum: &mut [f32], x: &[f32], mut weights: &[f32], row: usize) {
    let (wide, rest) = sum.as_chunks_mut::<32>();
    for sums in wide {
        add_wide_product(sums, x, weights, row);
        weights = weights.get(32..).unwrap_or_default();
    }
    let (fours, rest) = rest.as_chunks_mut::<4>();
    for sums in fours {
        add_four_products(sums, x, weights, row);
        weights = weights.get(4..).unwrap_or_default();
    }
    for sum in rest {
        for (x, weights) in x.iter().zip(weights.chunks(row)) {
            *sum += x * weights.first().unwrap_or(&0.0);
        }
        weights = weights.get(1..).unwrap_or_default();
    }
}

/// As many columns as leave their sums in registers over all of `x`.
fn add_wide_product(sums: &mut [f32; 32], x: &[f32], mut weights: &[f32], row: usize) {
    let (fours, _) = sums.as_chunks_mut::<4>();
    let [a, b, c, d, e, f, g, h] = fours else { return };
    let load = |four: &[f32; 4]| f32x4::new(*four);
    let (mut sa, mut sb, mut sc, mut sd) = (load(a), load(b), load(c), load(d));
    let (mut se, mut sf, mut sg, mut sh) = (load(e), load(f), load(g), load(h));
    for x in x {
        let (fours, _) = weights.as_chunks::<4>();
        let [wa, wb, wc, wd, we, wf, wg, wh, ..] = fours else { return };
        let x = four(*x);
        sa += x * load(wa);
        sb += x * load(wb);
        sc += x * load(wc);
        sd += x * load(wd);
        se += x * load(we);
        sf += x * load(wf);
        sg += x * load(wg);
        sh += x * load(wh);
        weights = weights.get(row..).unwrap_or_default();
    }
    (*a, *b, *c, *d) = (sa.to_array(), sb.to_array(), sc.to_array(), sd.to_array());
    (*e, *f, *g, *h) = (se.to_array(), sf.to_array(), sg.to_array(), sh.to_array());
}

fn add_four_products(sums: &mut [f32; 4], x: &[f32], mut weights: &[f32], row: usize) {
    let mut sum = f32x4::new(*sums);
    for x in x {
        let Some(weights_of_four) = weights.first_chunk::<4>() else { return };
        sum += four(*x) * f32x4::new(*weights_of_four);
        weights = weights.get(row..).unwrap_or_default();
    }
    *sums = sum.to_array();
}

/// Puts what two numbers give in the place of the first one.
pub fn each(numbers: &mut [f32], others: &[f32], give: impl Fn(f32x4, f32x4) -> f32x4) {
    let (fours, rest) = numbers.as_chunks_mut::<4>();
    let (other_fours, other_rest) = others.as_chunks::<4>();
    for (four, other) in fours.iter_mut().zip(other_fours) {
        *four = give(f32x4::new(*four), f32x4::new(*other)).to_array();
    }
    for (number, other) in rest.iter_mut().zip(other_rest) {
        [*number, ..] = give(four(*number), four(*other)).to_array();
    }
}

/// The same, where the second numbers may be one for all.
pub fn with(numbers: &mut [f32], others: &[f32], give: impl Fn(f32x4, f32x4) -> f32x4) {
    let [one] = others else { return each(numbers, others, give) };
    let one = four(*one);
    let (fours, rest) = numbers.as_chunks_mut::<4>();
    fours.iter_mut().for_each(|four| *four = give(f32x4::new(*four), one).to_array());
    rest.iter_mut().for_each(|number| [*number, ..] = give(four(*number), one).to_array());
}

/// One number four times. Not `splat`, which is a loop where the compiler goes for size.
pub const fn four(x: f32) -> f32x4 {
    f32x4::new([x, x, x, x])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_of_any_width_is_summed_column_by_column() {
        for columns in [1, 3, 4, 7, 28, 31, 32, 33, 36, 55, 64, 96] {
            let x: Vec<f32> = (0..9).map(|i| (i as f32).sin()).collect();
            let weights: Vec<f32> = (0..9 * columns).map(|i| (i as f32 * 0.7).cos()).collect();
            let mut sum = vec![0.5; columns];
            add_product(&mut sum, &x, &weights, columns);
            for (column, sum) in sum.iter().enumerate() {
                let each = x.iter().zip(weights.iter().skip(column).step_by(columns));
                let expected = each.fold(0.5, |sum, (x, weight)| sum + x * weight);
                assert_eq!(sum.to_bits(), expected.to_bits(), "column {column} of {columns}");
            }
        }
    }
}
