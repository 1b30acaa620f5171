//! The behaviour model: data, network, training, export, judgement, card.

pub mod card;
pub mod data;
pub mod export;
pub mod fit;
pub mod judge;
pub mod network;
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
    data::{Visit, follow},
    export::{Calibration, export},
    fit::{calibrate, fit},
    judge::{Report, judge, judge_by_rules, report, weight},
};
use crate::simulator::{Odds, Trace, simulate};

/// What a training run is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Decides apps, people and first weights.
    pub seed: u64,
    /// Visits to learn from; a sixth as many, in other apps, to calibrate on.
    pub visits: usize,
    /// Visits in apps of their own, to judge by.
    pub held_out: usize,
    /// How it is trained.
    pub settings: fit::Settings,
}

impl Default for Plan {
    fn default() -> Self {
        Self { seed: 1, visits: 6_000, held_out: 4_000, settings: fit::Settings::default() }
    }
}

/// What comes of a training run.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The ONNX file.
    pub file: Vec<u8>,
    /// How well it does in apps that it has not seen.
    pub report: Report,
    /// How well each signal alone does there.
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

/// Visits with their weights: [`judge::PREVALENCE`] of them count as stuck.
pub fn prepare(traces: impl Iterator<Item = Trace>) -> Vec<Visit> {
    let mut visits: Vec<(bool, Visit)> =
        traces.map(|t| (t.labels.stuck, Visit { weight: 1.0, moments: follow(&t) })).collect();
    let share = visits.iter().filter(|(stuck, _)| *stuck).count() as f64 / visits.len().max(1) as f64;
    visits.iter_mut().for_each(|(stuck, v)| v.weight = weight(*stuck, share) as f32);
    visits.into_iter().map(|(_, v)| v).collect()
}

/// Trains on simulated visits, calibrates on others, and judges by those of apps held out.
pub fn train(plan: &Plan, mut told: impl FnMut(Progress)) -> Result<Trained> {
    let [learn, validate, hold] = [0, 1, 2].map(|part| plan.seed.wrapping_mul(3).wrapping_add(part));
    let visits = prepare(simulate(learn, plan.visits, Odds::default()));
    let moments = visits.iter().map(|v| v.moments.len()).sum();
    told(Progress::Prepared { visits: visits.len(), moments });
    let settings = fit::Settings { seed: plan.seed, ..plan.settings };
    let network =
        fit(&visits, &settings, |epoch, loss| told(Progress::Epoch { epoch, of: settings.epochs, loss }));
    drop(visits);
    let validation = prepare(simulate(validate, plan.visits / 6, Odds::default()));
    let calibration = calibrate(&network, &validation, settings.longest);
    let held_out: Vec<Trace> = simulate(hold, plan.held_out, Odds::default()).collect();
    let draft = BehaviourModel::load(&export(&network, &calibration, &meta(plan, &calibration, None)))?;
    let report = report(&judge(&draft, &held_out)?);
    let file = export(&network, &calibration, &meta(plan, &calibration, Some(&report)));
    Ok(Trained { file, report, rules: rules(&held_out) })
}

/// How well each signal alone does.
pub fn rules(traces: &[Trace]) -> BTreeMap<String, Report> {
    judge_by_rules(traces).into_iter().map(|(name, visits)| (name, report(&visits))).collect()
}

fn meta(plan: &Plan, calibration: &Calibration, measured: Option<&Report>) -> Meta {
    let results =
        measured.and_then(|r| serde_json::to_value(r).ok()).and_then(|v| serde_json::from_value(v).ok());
    Meta {
        role: Role::Behaviour,
        contract: CONTRACT,
        features: schema::VERSION,
        labels: labels(),
        temperature: 1.0 / calibration.stuck.0,
        thresholds: measured.map(|r| ("recall_50".to_owned(), r.threshold)).into_iter().collect(),
        data: format!("{} simulated visits, seed {}; synthetic, no real people", plan.visits, plan.seed),
        results: results.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
