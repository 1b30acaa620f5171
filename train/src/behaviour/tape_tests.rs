//! Each operation's gradient against differences.

use super::*;
use crate::random::Random;

fn random(rng: &mut Random, rows: usize, columns: usize) -> Matrix {
    Matrix::from_shape_fn((rows, columns), |_| rng.normal() as f32)
}

/// Compares the gradient of a sum with differences, for each entry of each leaf.
fn check(what: &str, shapes: &[(usize, usize)], build: impl Fn(&mut Tape, &[Var]) -> Var) {
    let mut rng = Random::new(5);
    let leaves: Vec<Matrix> = shapes.iter().map(|&(r, c)| random(&mut rng, r, c)).collect();
    let mut tape = Tape::default();
    let vars: Vec<Var> = leaves.iter().map(|l| tape.leaf(l.clone())).collect();
    let y = build(&mut tape, &vars);
    let weights = random(&mut rng, tape.value(y).nrows(), tape.value(y).ncols());
    tape.backward(vec![(y, weights.clone())]);
    let value = |leaves: &[Matrix]| {
        let mut tape = Tape::default();
        let vars: Vec<Var> = leaves.iter().map(|l| tape.leaf(l.clone())).collect();
        let y = build(&mut tape, &vars);
        (tape.value(y) * &weights).mapv(f64::from).sum()
    };
    for (l, leaf) in leaves.iter().enumerate() {
        for (at, _) in leaf.indexed_iter() {
            let mut moved = leaves.clone();
            let step = 1e-2;
            moved[l][at] += step;
            let up = value(&moved);
            moved[l][at] -= 2.0 * step;
            let slope = (up - value(&moved)) / f64::from(2.0 * step);
            let grad = tape.grad(vars[l]).map_or(0.0, |g| f64::from(g[at]));
            assert!((slope - grad).abs() < 2e-2 * (1.0 + slope.abs()), "{what} {l}{at:?}: {slope} {grad}");
        }
    }
}

#[test]
fn every_gradient_is_the_slope() {
    check("matmul", &[(3, 4), (4, 2)], |t, v| t.matmul(v[0], v[1]));
    check("add_row", &[(3, 4), (1, 4)], |t, v| t.add_row(v[0], v[1]));
    check("add, a value used twice", &[(2, 2)], |t, v| t.add(v[0], v[0]));
    check("mul", &[(2, 3), (2, 3)], |t, v| t.mul(v[0], v[1]));
    check("sigmoid", &[(2, 3)], |t, v| t.sigmoid(v[0]));
    check("tanh", &[(2, 3)], |t, v| t.tanh(v[0]));
    check("rows and columns", &[(4, 4)], |t, v| {
        let rows = t.rows(v[0], 1, 2);
        t.columns(rows, 2, 2)
    });
    check("stack", &[(1, 2), (2, 2)], |t, v| t.stack(vec![v[0], v[1], v[0]]));
    check("beside", &[(2, 1), (2, 2)], |t, v| t.beside(vec![v[1], v[0]]));
    check("repeat", &[(2, 2)], |t, v| t.repeat(v[0], 3));
    check("reshape", &[(2, 3)], |t, v| t.reshape(v[0], (3, 2)));
    let mask = ndarray::arr2(&[[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]);
    check("softmax", &[(2, 3)], |t, v| t.softmax(v[0], &mask));
    check("pool", &[(2, 3), (6, 2)], |t, v| t.pool(v[0], v[1]));
    check("mix", &[(2, 2), (2, 2), (2, 2)], |t, v| t.mix(v[0], v[1], v[2]));
}

#[test]
fn relu_lets_through_what_is_above_zero() {
    let mut tape = Tape::default();
    let x = tape.leaf(ndarray::arr2(&[[-1.0, 2.0]]));
    let y = tape.relu(x);
    tape.backward(vec![(y, ndarray::arr2(&[[3.0, 3.0]]))]);
    assert_eq!(tape.grad(x), Some(&ndarray::arr2(&[[0.0, 3.0]])));
}
