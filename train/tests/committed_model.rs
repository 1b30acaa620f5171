//! The committed models load, and the shipped one does what its card says it does: it finds stuck
//! visits in apps that it has not seen better than any single signal does.

use std::{fs, path::PathBuf};

use unstuck::model::BehaviourModel;
use unstuck_train::{
    behaviour::{card::best_rule, judge::judge, report::report, rules},
    simulator::{Odds, simulate},
    traces::Trace,
};

/// A seed that no training uses by default.
const SEED: u64 = 20_261_122;

fn load(path: &str) -> BehaviourModel {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    BehaviourModel::load(&fs::read(&path).unwrap()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn the_pinned_model_of_the_golden_traces_still_loads() {
    load("tests/fixtures/models/behaviour.onnx");
}

#[test]
fn the_shipped_model_beats_the_best_single_rule() {
    let model = load("models/behaviour.onnx");
    let traces: Vec<Trace> = simulate(SEED, 300, Odds::default()).collect();
    let ours = report(&judge(&model, &traces).unwrap());
    let rules = rules(&traces);
    let (name, best) = best_rule(&rules).unwrap();
    assert!(ours.auc > best.auc + 0.1, "model {:.3}, {name} {:.3}", ours.auc, best.auc);
    let highest = rules.values().map(|r| r.average_precision).fold(0.0, f64::max);
    assert!(ours.average_precision > highest, "model {:.3}, best rule {highest:.3}", ours.average_precision);
    // The card's figures are of other visits; they must not be far off.
    let claimed = model.meta().results["auc"];
    assert!((ours.auc - claimed).abs() < 0.05, "measured {:.3}, the file claims {claimed:.3}", ours.auc);
}
