//! How well a behaviour model finds stuck visits.

use std::{collections::BTreeMap, fmt::Display, fs, path::Path, process::ExitCode};

use unstuck::model::BehaviourModel;
use unstuck_train::{
    behaviour::{
        card,
        judge::{judge, report},
        rules,
    },
    simulator,
};

use crate::Outcome;

/// What is judged, by what, and how it is said.
#[derive(Clone, Copy, Debug)]
pub struct Test<'a> {
    /// The behaviour model.
    pub model: &'a Path,
    /// Visits with what is true of them.
    pub traces: &'a Path,
    /// Judge each signal alone beside it.
    pub rules: bool,
    /// Write the figures as JSON.
    pub json: bool,
}

/// Prints the figures.
pub fn run(test: &Test) -> Outcome {
    let at = |path: &Path, e: &dyn Display| format!("{}: {e}", path.display());
    let bytes = fs::read(test.model).map_err(|e| at(test.model, &e))?;
    let model = BehaviourModel::load(&bytes).map_err(|e| at(test.model, &e))?;
    let text = fs::read_to_string(test.traces).map_err(|e| at(test.traces, &e))?;
    let traces = simulator::read(&text).map_err(|e| at(test.traces, &e))?;
    let report = report(&judge(&model, &traces)?);
    let rules = if test.rules { rules(&traces) } else { BTreeMap::new() };
    if test.json {
        let mut figures = serde_json::to_value(&report)?;
        if let (true, Some(figures)) = (test.rules, figures.as_object_mut()) {
            figures.insert("rules".to_owned(), serde_json::to_value(&rules)?);
        }
        println!("{figures}");
    } else {
        print!("{}", card::table(&report, &rules));
        println!("{}", card::at_threshold(&report));
    }
    Ok(ExitCode::SUCCESS)
}
