//! How well a behaviour model finds stuck visits.

use std::{collections::BTreeMap, fmt::Display, fs, path::Path, process::ExitCode};

use serde::Serialize;
use unstuck::model::BehaviourModel;
use unstuck_train::{
    behaviour::{
        card,
        judge::{judge, judge_at},
        report::{Group, Report, groups, report_at},
        rules,
    },
    traces,
};

use crate::Outcome;

/// What is judged, by what, and how it is said.
#[derive(Clone, Copy, Debug)]
pub struct Test<'a> {
    /// The behaviour model.
    pub model: &'a Path,
    /// Visits with what is true of them.
    pub traces: &'a Path,
    /// Judge by what is said after this event of each visit.
    pub at_event: Option<usize>,
    /// The share of stuck visits that precision is given at.
    pub prevalence: f64,
    /// Judge each signal alone beside it.
    pub rules: bool,
    /// Write the figures as JSON.
    pub json: bool,
}

/// What `--json` writes: the figures, and what else was asked for.
#[derive(Serialize)]
struct Figures<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    groups: BTreeMap<String, Group>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    rules: &'a BTreeMap<String, Report>,
}

/// Prints the figures.
pub fn run(test: &Test) -> Outcome {
    let at = |path: &Path, e: &dyn Display| format!("{}: {e}", path.display());
    let bytes = fs::read(test.model).map_err(|e| at(test.model, &e))?;
    let model = BehaviourModel::load(&bytes).map_err(|e| at(test.model, &e))?;
    let text = fs::read_to_string(test.traces).map_err(|e| at(test.traces, &e))?;
    let traces = traces::read(&text).map_err(|e| at(test.traces, &e))?;
    traces::both_kinds(&traces).map_err(|e| at(test.traces, &e))?;
    let judged = match test.at_event {
        Some(k) => judge_at(&model, &traces, k)?,
        None => judge(&model, &traces)?,
    };
    let report = report_at(&judged, test.prevalence);
    if report.stuck == 0 || report.stuck == report.n {
        let k = test.at_event.unwrap_or_default();
        return Err(at(test.traces, &format!("no visit of both kinds goes on after event {k}")).into());
    }
    let rules = if test.rules { rules(&traces) } else { BTreeMap::new() };
    if test.json {
        let figures = Figures { report: &report, groups: groups(&judged, &report), rules: &rules };
        println!("{}", serde_json::to_string(&figures)?);
    } else {
        print!("{}", card::table(&report, &rules));
        println!("{}", card::at_threshold(&report));
        print!("{}", card::group_table(&groups(&judged, &report)));
    }
    Ok(ExitCode::SUCCESS)
}
