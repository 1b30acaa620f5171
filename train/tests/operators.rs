//! Every declared operator against numbers worked out by hand, what is refused, and that what our
//! writers write is declared.

use std::{fs, path::Path};

use unstuck::model::onnx::{Graph, operators};
use unstuck_train::onnx::{Attribute, FLOAT, INT64, Writer};

/// x has the shape [2, 3]: (1, −2, 3), (4, 5, −6).
const X: [f32; 6] = [1.0, -2.0, 3.0, 4.0, 5.0, -6.0];

/// A graph of one input of 2 × 3 and one output, by what `nodes` adds.
fn graph(shape: &[usize], nodes: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut w = Writer::new("test");
    w.input(("x", &[2, 3]));
    w.output(("y", shape));
    nodes(&mut w);
    w.bare()
}

fn run(shape: &[usize], nodes: impl FnOnce(&mut Writer)) -> Vec<f32> {
    let graph = Graph::open(&graph(shape, nodes)).expect("the graph is run");
    graph.run(&[&X]).expect("it runs").remove(0)
}

fn near(is: &[f32], want: &[f32]) {
    assert_eq!(is.len(), want.len(), "{is:?} where {want:?} is right");
    let far = is.iter().zip(want).any(|(a, b)| (a - b).abs() > 1e-5);
    assert!(!far, "{is:?} where {want:?} is right");
}

#[test]
fn numbers_are_combined() {
    for (op, want) in [
        ("Add", [3.0, 2.0, 3.5, 6.0, 9.0, -5.5]),
        ("Sub", [-1.0, -6.0, 2.5, 2.0, 1.0, -6.5]),
        ("Mul", [2.0, -8.0, 1.5, 8.0, 20.0, -3.0]),
        ("Div", [0.5, -0.5, 6.0, 2.0, 1.25, -12.0]),
    ] {
        let is = run(&[2, 3], |w| {
            w.floats("c", &[3], &[2.0, 4.0, 0.5]);
            w.node(op, "y", &["x", "c"], &[]);
        });
        near(&is, &want);
    }
}

#[test]
fn numbers_are_mapped_one_by_one() {
    let sigmoid = |x: f32| 1.0 / (1.0 + (-x).exp());
    type Mapped = (&'static str, fn(f32) -> f32);
    let cases: [Mapped; 3] = [("Relu", |x| x.max(0.0)), ("Tanh", f32::tanh), ("Floor", f32::floor)];
    for (op, want) in cases {
        let is = run(&[2, 3], |w| {
            w.node(op, "y", &["x"], &[]);
        });
        near(&is, &X.map(want));
    }
    near(&run(&[2, 3], |w| drop(w.node("Sigmoid", "y", &["x"], &[]))), &X.map(sigmoid));
    let roots = run(&[2, 3], |w| {
        w.node("Mul", "square", &["x", "x"], &[]);
        w.node("Sqrt", "y", &["square"], &[]);
    });
    near(&roots, &X.map(f32::abs));
    let cut = run(&[2, 3], |w| {
        w.floats("low", &[], &[-1.0]);
        w.floats("high", &[], &[4.0]);
        w.node("Clip", "y", &["x", "low", "high"], &[]);
    });
    near(&cut, &X.map(|x| x.clamp(-1.0, 4.0)));
    let only_high = run(&[2, 3], |w| {
        w.floats("high", &[], &[4.0]);
        w.node("Clip", "y", &["x", "", "high"], &[]);
    });
    near(&only_high, &X.map(|x| x.min(4.0)));
    let whole = run(&[2, 3], |w| {
        w.floats("half", &[], &[0.5]);
        w.node("Mul", "halves", &["x", "half"], &[]);
        w.node("Cast", "whole", &["halves"], &[("to", Attribute::Int(INT64))]);
        w.node("Cast", "y", &["whole"], &[("to", Attribute::Int(FLOAT))]);
    });
    near(&whole, &[0.0, -1.0, 1.0, 2.0, 2.0, -3.0]);
}

#[test]
fn axes_are_reduced_and_turned() {
    for (op, rows, all) in [
        ("ReduceSum", [2.0, 3.0], 5.0),
        ("ReduceMean", [2.0 / 3.0, 1.0], 5.0 / 6.0),
        ("ReduceMax", [3.0, 5.0], 5.0),
    ] {
        let is = run(&[2, 1], |w| {
            w.ints("last", &[1], &[-1]);
            w.node(op, "y", &["x", "last"], &[]);
        });
        near(&is, &rows);
        near(&run(&[1], |w| drop(w.node(op, "y", &["x"], &[("keepdims", Attribute::Int(0))]))), &[all]);
    }
    let turned = [1.0, 4.0, -2.0, 5.0, 3.0, -6.0];
    near(&run(&[3, 2], |w| drop(w.node("Transpose", "y", &["x"], &[]))), &turned);
    let named = [("perm", Attribute::Ints(&[1, 0]))];
    near(&run(&[3, 2], |w| drop(w.node("Transpose", "y", &["x"], &named))), &turned);
    let shares = run(&[2, 3], |w| drop(w.node("Softmax", "y", &["x"], &[("axis", Attribute::Int(0))])));
    let first = |a: f32, b: f32| 1.0 / (1.0 + (b - a).exp());
    near(&shares[..3], &[first(1.0, 4.0), first(-2.0, 5.0), first(3.0, -6.0)]);
}

#[test]
fn places_are_picked_joined_and_shaped() {
    let sliced = run(&[1, 2], |w| {
        w.ints("from", &[2], &[-1, 0]);
        w.ints("to", &[2], &[99, -1]);
        w.ints("axes", &[2], &[0, 1]);
        w.node("Slice", "y", &["x", "from", "to", "axes"], &[]);
    });
    near(&sliced, &[4.0, 5.0]);
    let gathered = run(&[2, 2], |w| {
        w.ints("places", &[2], &[2, 0]);
        w.node("Gather", "y", &["x", "places"], &[("axis", Attribute::Int(-1))]);
    });
    near(&gathered, &[3.0, 1.0, -6.0, 4.0]);
    let joined = run(&[2, 6], |w| drop(w.node("Concat", "y", &["x", "x"], &[("axis", Attribute::Int(1))])));
    near(&joined[..6], &[1.0, -2.0, 3.0, 1.0, -2.0, 3.0]);
    let shaped = run(&[3, 2, 1], |w| {
        w.ints("shape", &[2], &[3, -1]);
        w.ints("end", &[1], &[-1]);
        w.node("Reshape", "flat", &["x", "shape"], &[]);
        w.node("Unsqueeze", "y", &["flat", "end"], &[]);
    });
    near(&shaped, &X);
    let chosen = run(&[2, 3], |w| {
        w.floats("none", &[], &[0.0]);
        w.node("Relu", "above", &["x"], &[]);
        w.node("Cast", "is", &["above"], &[("to", Attribute::Int(9))]);
        w.node("Where", "y", &["is", "x", "none"], &[]);
    });
    near(&chosen, &X.map(|x| x.max(0.0)));
}

#[test]
fn matrices_are_multiplied() {
    let product = run(&[2, 2], |w| {
        w.floats("w", &[3, 2], &[1.0, 0.0, 0.0, 1.0, 1.0, 1.0]);
        w.node("MatMul", "y", &["x", "w"], &[]);
    });
    near(&product, &[4.0, 1.0, -2.0, -1.0]);
    let scaled = run(&[2, 2], |w| {
        w.floats("w", &[2, 3], &[1.0, 0.0, 1.0, 0.0, 1.0, 1.0]);
        w.floats("b", &[2], &[10.0, 20.0]);
        let turned = [
            ("transB", Attribute::Int(1)),
            ("alpha", Attribute::Float(2.0)),
            ("beta", Attribute::Float(0.5)),
        ];
        w.node("Gemm", "y", &["x", "w", "b"], &turned);
    });
    near(&scaled, &[13.0, 12.0, 1.0, 8.0]);
    let unpacked = run(&[2, 2], |w| {
        w.bytes("bytes", &[3, 2], &[4, 1, 0, 3, 4, 3]);
        w.floats("scale", &[2], &[0.25, 0.5]);
        w.bytes("zero", &[2], &[0, 1]);
        w.node("DequantizeLinear", "w", &["bytes", "scale", "zero"], &[("axis", Attribute::Int(1))]);
        w.node("MatMul", "y", &["x", "w"], &[]);
    });
    near(&unpacked, &[4.0, 1.0, -2.0, -1.0]);
}

/// Steps, batch, width of the input and of the state: more than is summed at once, and no multiple of it.
const GRU: [usize; 4] = [3, 2, 2, 37];

/// Numbers that look like no pattern, and stay near 0.
fn any(from: usize, count: usize) -> Vec<f32> {
    (from..from + count).map(|i| ((i * 37 % 23) as f32 - 11.0) / 14.0).collect()
}

/// One direction of a recurrent unit, by its definition: all states, and the last ones.
fn recur(backwards: bool, reset_after: bool, side: usize) -> [Vec<f32>; 2] {
    let [steps, batch, width, hidden] = GRU;
    let part = |from, each: usize| any(from + side * each, each);
    let (w, r) = (part(5, 3 * hidden * width), part(100, 3 * hidden * hidden));
    let (b, x) = (part(300, 6 * hidden), any(0, steps * batch * width));
    let mut h = part(500, batch * hidden);
    let mut all = vec![0.0; steps * batch * hidden];
    let sigmoid = |x: f32| 1.0 / (1.0 + (-x).exp());
    for step in 0..steps {
        let t = if backwards { steps - 1 - step } else { step };
        for n in 0..batch {
            let x = &x[(t * batch + n) * width..][..width];
            let before = h[n * hidden..][..hidden].to_vec();
            let dot = |m: &[f32], row: usize, v: &[f32]| -> f32 {
                m[row * v.len()..][..v.len()].iter().zip(v).map(|(m, v)| m * v).sum()
            };
            let gate = |k| sigmoid(dot(&w, k, x) + b[k] + dot(&r, k, &before) + b[3 * hidden + k]);
            let reset: Vec<f32> = (hidden..2 * hidden).map(gate).collect();
            let kept: Vec<f32> = before.iter().zip(&reset).map(|(h, r)| h * r).collect();
            for j in 0..hidden {
                let k = 2 * hidden + j;
                let bias = b[3 * hidden + k];
                let recurrent = if reset_after {
                    reset[j] * (dot(&r, k, &before) + bias)
                } else {
                    dot(&r, k, &kept) + bias
                };
                let candidate = (dot(&w, k, x) + b[k] + recurrent).tanh();
                h[n * hidden + j] = (1.0 - gate(j)) * candidate + gate(j) * before[j];
            }
        }
        all[t * batch * hidden..][..batch * hidden].copy_from_slice(&h);
    }
    [all, h]
}

/// A file of one recurrent unit, and what it makes of its input: all states, and the last ones.
fn recurrent_unit(direction: &str, reset_after: bool) -> Vec<Vec<f32>> {
    let [steps, batch, width, hidden] = GRU;
    let sides = if direction == "bidirectional" { 2 } else { 1 };
    let mut w = Writer::new("test");
    w.input(("x", &[steps, batch, width]));
    w.output(("all", &[steps, sides, batch, hidden]));
    w.output(("last", &[sides, batch, hidden]));
    for (name, shape, from) in [
        ("w", &[sides, 3 * hidden, width][..], 5),
        ("r", &[sides, 3 * hidden, hidden], 100),
        ("b", &[sides, 6 * hidden], 300),
        ("h", &[sides, batch, hidden], 500),
    ] {
        w.floats(name, shape, &any(from, shape.iter().product()));
    }
    let attributes = [
        ("direction", Attribute::Text(direction)),
        ("linear_before_reset", Attribute::Int(i64::from(reset_after))),
    ];
    w.node_of_many("GRU", &["all", "last"], &["x", "w", "r", "b", "", "h"], &attributes);
    let graph = Graph::open(&w.bare()).expect("it is run");
    graph.run(&[&any(0, steps * batch * width)]).expect("it runs")
}

#[test]
fn a_recurrent_unit_is_run_as_it_is_defined() {
    let [steps, batch, _, hidden] = GRU;
    for reset_after in [false, true] {
        for (direction, backwards) in [("forward", false), ("reverse", true)] {
            let (is, want) = (recurrent_unit(direction, reset_after), recur(backwards, reset_after, 0));
            near(&is[0], &want[0]);
            near(&is[1], &want[1]);
        }
        let is = recurrent_unit("bidirectional", reset_after);
        let sides = [recur(false, reset_after, 0), recur(true, reset_after, 1)];
        let each = batch * hidden;
        for t in 0..steps {
            for (side, [all, _]) in sides.iter().enumerate() {
                near(&is[0][(2 * t + side) * each..][..each], &all[t * each..][..each]);
            }
        }
        near(&is[1], &sides.map(|[_, last]| last).concat());
    }
}

/// Without bias and state before, and with the last states alone.
#[test]
fn a_recurrent_unit_needs_its_weights_alone() {
    let mut w = Writer::new("test");
    w.input(("x", &[1, 1, 1]));
    w.output(("last", &[1, 1, 1]));
    w.floats("w", &[1, 3, 1], &[0.5, -0.25, 1.0]);
    w.floats("r", &[1, 3, 1], &[0.1, 0.2, 0.3]);
    w.node_of_many("GRU", &["", "last"], &["x", "w", "r"], &[]);
    let graph = Graph::open(&w.bare()).expect("it is run");
    let update = 1.0 / (1.0 + (-1.0_f32).exp());
    near(&graph.run(&[&[2.0]]).expect("it runs")[0], &[(1.0 - update) * 2.0_f32.tanh()]);
}

#[test]
fn what_tract_would_index_by_is_checked_first() {
    let refused = |what: &str, nodes: &dyn Fn(&mut Writer)| {
        let error = Graph::open(&graph(&[2, 3], |w| nodes(w))).expect_err(what).to_string();
        assert!(error.len() > 20, "{what}: {error}");
    };
    let axis = |a| [("axis", Attribute::Int(a))];
    refused("no such axis", &|w| drop(w.node("Softmax", "y", &["x"], &axis(2))));
    refused("no such axis to join", &|w| drop(w.node("Concat", "y", &["x", "x"], &axis(-3))));
    refused("no such axis to gather", &|w| {
        w.ints("places", &[1], &[0]);
        w.node("Gather", "y", &["x", "places"], &axis(i64::MIN));
    });
    refused("too few inputs", &|w| drop(w.node("Add", "y", &["x"], &[])));
    refused("an axis twice", &|w| {
        drop(w.node("Transpose", "y", &["x"], &[("perm", Attribute::Ints(&[0, 0]))]))
    });
    refused("a shape that does not fit", &|w| {
        w.ints("shape", &[1], &[5]);
        w.node("Reshape", "y", &["x", "shape"], &[]);
    });
    refused("a shape that is not constant", &|w| {
        w.node("Cast", "shape", &["x"], &[("to", Attribute::Int(INT64))]);
        w.node("Reshape", "y", &["x", "shape"], &[]);
    });
    refused("matrices that do not fit", &|w| drop(w.node("MatMul", "y", &["x", "x"], &[])));
    let gru = |w: &mut Writer, rows: usize, attribute: (&str, Attribute)| {
        w.ints("shape", &[3], &[2, 1, 3]);
        w.floats("w", &[1, rows, 3], &vec![0.0; rows * 3]);
        w.floats("r", &[1, rows, 1], &vec![0.0; rows]);
        w.node("Reshape", "steps", &["x", "shape"], &[]);
        w.node("GRU", "y", &["steps", "w", "r"], &[attribute]);
    };
    refused("gates that are not three", &|w| gru(w, 4, ("layout", Attribute::Int(0))));
    refused("another layout", &|w| gru(w, 3, ("layout", Attribute::Int(1))));
    refused("an unknown direction", &|w| gru(w, 3, ("direction", Attribute::Text("up"))));
    refused("a direction without weights", &|w| gru(w, 3, ("direction", Attribute::Text("bidirectional"))));
    refused("other activations", &|w| gru(w, 3, ("activations", Attribute::Text("Relu"))));
    refused("an operator that is not declared", &|w| drop(w.node("Loop", "y", &["x"], &[])));
    let error = Graph::open(&graph(&[2, 0], |w| drop(w.node("Relu", "y", &["x"], &[])))).unwrap_err();
    assert_eq!(error.place(), "y", "{error}");
}

#[test]
fn what_our_writers_write_is_declared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut written = Vec::new();
    for folder in ["src", "../benches"] {
        words_after_node(&root.join(folder), &mut written);
    }
    assert!(written.len() > 50, "only {} nodes were found", written.len());
    for op in written {
        assert!(operators().contains(&op.as_str()), "`{op}` is written and not declared");
    }
}

/// The first word in quotes after each `node(` in the sources of a folder.
fn words_after_node(folder: &Path, words: &mut Vec<String>) {
    for path in fs::read_dir(folder).expect("the folder is there").map(|e| e.expect("is readable").path()) {
        if path.is_dir() && !path.ends_with("node_modules") {
            words_after_node(&path, words);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).expect("is text");
            let calls = text.split(".node(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
            words.extend(calls.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
}
