//! The behaviour model: data, network, training, export, judgement, card.

pub mod calibrate;
pub mod card;
pub mod data;
pub mod export;
pub mod fit;
pub mod judge;
pub mod network;
pub mod report;
pub mod rum;
pub mod tape;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unstuck::{
    Result,
    features::schema,
    model::{
        BehaviourModel,
        behaviour::labels,
        meta::{CONTRACT, Meta, Role},
    },
};

use self::{
    calibrate::calibrate,
    data::{Visit, follow},
    export::{Calibration, export},
    fit::fit,
    judge::{judge, judge_by_rules},
    report::{Group, Report, groups, report, weight},
};
use crate::{
    simulator::{Odds, simulate},
    traces::Trace,
};

/// Visits parted into those to learn from, to calibrate on, and to judge by.
#[derive(Clone, Debug)]
pub struct Data {
    /// What it is, in a sentence.
    pub about: String,
    /// To learn from.
    pub learn: Vec<Visit>,
    /// To calibrate on.
    pub validate: Vec<Visit>,
    /// To judge by.
    pub held_out: Vec<Trace>,
    /// The judge's visits, if it is asked: of another simulator (docs/judge.md).
    pub judge: Vec<Trace>,
}

impl Data {
    /// Simulated visits to random apps, each part in apps of its own: `visits` to learn from, a sixth
    /// as many to calibrate on.
    pub fn simulated(seed: u64, visits: usize, held_out: usize) -> Self {
        let [learn, validate, hold] = [0, 1, 2].map(|part| seed.wrapping_mul(3).wrapping_add(part));
        Self {
            about: format!(
                "{visits} simulated visits to random apps, {} more to calibrate on and {held_out} to judge by, \
                 each part in apps of its own (seed {seed}); synthetic, no real people",
                visits / 6,
            ),
            learn: prepare(simulate(learn, visits, Odds::default())),
            validate: prepare(simulate(validate, visits / 6, Odds::default())),
            held_out: simulate(hold, held_out, Odds::default()).collect(),
            judge: Vec::new(),
        }
    }

    /// Visits that were given: by app where there are at least [`PARTS`] apps, else by visit. `fold` says
    /// which part is judged by, so that each may be in turn.
    pub fn split(traces: Vec<Trace>, fold: usize) -> Self {
        let mut apps: Vec<String> = traces.iter().map(|t| t.playbook.id.clone()).collect();
        apps.sort_unstable();
        apps.dedup();
        let by_app = apps.len() >= PARTS;
        let about = format!(
            "{} given visits to {} apps: of {PARTS} parts one to calibrate on and one to judge by, parted by {}",
            traces.len(),
            apps.len(),
            if by_app { "app" } else { "visit" },
        );
        let (mut learn, mut validate, mut held_out) = (Vec::new(), Vec::new(), Vec::new());
        for (i, trace) in traces.into_iter().enumerate() {
            let part = if by_app { apps.binary_search(&trace.playbook.id).unwrap_or(0) } else { i };
            match (part + PARTS - fold % PARTS) % PARTS {
                0 => held_out.push(trace),
                1 => validate.push(trace),
                _ => learn.push(trace),
            }
        }
        let (learn, validate) = (prepare(learn.into_iter()), prepare(validate.into_iter()));
        Self { about, learn, validate, held_out, judge: Vec::new() }
    }
}

/// Parts that given visits are split into.
pub const PARTS: usize = 6;

/// What comes of a training run.
#[derive(Clone, Debug)]
pub struct Trained {
    /// What it learned from.
    pub about: String,
    /// The ONNX file.
    pub file: Vec<u8>,
    /// How well it does in apps that it has not seen.
    pub report: Report,
    /// How well each signal alone does there.
    pub rules: BTreeMap<String, Report>,
    /// What the judge says, if it was asked.
    pub verdict: Option<Verdict>,
}

/// What the judge says of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The figures.
    #[serde(flatten)]
    pub report: Report,
    /// By group of people.
    pub groups: BTreeMap<String, Group>,
    /// How well each signal alone does.
    pub rules: BTreeMap<String, Report>,
}

/// What a run says while it goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "progress", rename_all = "snake_case")]
pub enum Progress {
    /// Visits are ready.
    Prepared {
        /// How many.
        visits: usize,
        /// How many moments they have.
        moments: usize,
    },
    /// An epoch is over.
    Epoch {
        /// Which, from 1.
        epoch: usize,
        /// Of how many.
        of: usize,
        /// The mean loss.
        loss: f32,
    },
}

/// Visits with their weights: [`report::PREVALENCE`] of them count as stuck.
pub fn prepare(traces: impl Iterator<Item = Trace>) -> Vec<Visit> {
    let mut visits: Vec<(bool, Visit)> =
        traces.map(|t| (t.labels.stuck, Visit { weight: 1.0, moments: follow(&t) })).collect();
    let share = visits.iter().filter(|(stuck, _)| *stuck).count() as f64 / visits.len().max(1) as f64;
    visits.iter_mut().for_each(|(stuck, v)| v.weight = weight(*stuck, share) as f32);
    visits.into_iter().map(|(_, v)| v).collect()
}

/// Trains, calibrates, and judges by the visits held out.
pub fn train(data: Data, settings: &fit::Settings, mut told: impl FnMut(Progress)) -> Result<Trained> {
    let Data { about, learn, validate, held_out, judge: judges } = data;
    told(Progress::Prepared { visits: learn.len(), moments: learn.iter().map(|v| v.moments.len()).sum() });
    let network =
        fit(&learn, settings, |epoch, loss| told(Progress::Epoch { epoch, of: settings.epochs, loss }));
    drop(learn);
    let calibration = calibrate(&network, &validate, settings.longest);
    let draft = BehaviourModel::load(&export(&network, &calibration, &meta(&about, &calibration, None)))?;
    let report = report(&judge(&draft, &held_out)?);
    let file = export(&network, &calibration, &meta(&about, &calibration, Some(&report)));
    let verdict = if judges.is_empty() { None } else { Some(ask_judge(&draft, &judges)?) };
    Ok(Trained { about, file, report, rules: rules(&held_out), verdict })
}

fn ask_judge(model: &BehaviourModel, traces: &[Trace]) -> Result<Verdict> {
    let judged = judge(model, traces)?;
    let report = report(&judged);
    let groups = groups(&judged, &report);
    Ok(Verdict { report, groups, rules: rules(traces) })
}

/// How well each signal alone does.
pub fn rules(traces: &[Trace]) -> BTreeMap<String, Report> {
    judge_by_rules(traces).into_iter().map(|(name, visits)| (name, report(&visits))).collect()
}

fn meta(about: &str, calibration: &Calibration, measured: Option<&Report>) -> Meta {
    let results =
        measured.and_then(|r| serde_json::to_value(r).ok()).and_then(|v| serde_json::from_value(v).ok());
    Meta {
        role: Role::Behaviour,
        contract: CONTRACT,
        features: schema::VERSION,
        labels: labels(),
        temperature: 1.0 / calibration.stuck.0,
        thresholds: measured.map(|r| ("recall_50".to_owned(), r.threshold)).into_iter().collect(),
        data: about.to_owned(),
        results: results.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
