//! The inner loop of a recurrent unit. A crate of its own, since cargo chooses between size and speed by
//! the crate: the rest of the engine is compiled for size.

/// Adds `x · weights` to a sum, for as many columns as the sum has, from column `from` on. `weights` has
/// rows of `row` columns. Row after row, so that the compiler may add several columns at once.
#[inline(never)]
pub fn add_product(sum: &mut [f32], x: &[f32], weights: &[f32], row: usize, from: usize) {
    for (x, weights) in x.iter().zip(weights.chunks_exact(row.max(1))) {
        let weights = weights.get(from..).unwrap_or_default();
        sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += x * weight);
    }
}

#[cfg(test)]
mod tests {
    use super::add_product;

    #[test]
    fn columns_are_summed_from_one_on() {
        let weights = [1.0, 2.0, 3.0, 10.0, 20.0, 30.0];
        let mut sum = [100.0, 200.0];
        add_product(&mut sum, &[2.0, 0.5], &weights, 3, 1);
        assert_eq!(sum, [100.0 + 4.0 + 10.0, 200.0 + 6.0 + 15.0]);
    }

    #[test]
    fn nothing_is_added_beyond_the_last_column() {
        let mut sum = [1.0, 1.0];
        add_product(&mut sum, &[1.0], &[5.0, 7.0], 2, 1);
        add_product(&mut sum, &[1.0], &[5.0, 7.0], 2, 9);
        add_product(&mut sum, &[1.0], &[5.0, 7.0], 0, 9);
        assert_eq!(sum, [8.0, 1.0]);
    }
}
