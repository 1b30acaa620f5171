//! Arithmetic of four numbers at once: loops that are compiled for size are left as they are.

use wide::f32x4;

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
