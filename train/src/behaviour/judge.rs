//! How well stuck people are found: by visit, at the share of stuck visits that real apps have.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unstuck::{Result, features::schema::SLOTS, model::Behaviour, signal::SignalKind};

use super::data::{Moment, follow};
use crate::simulator::{Labels, Trace};

/// The share of stuck visits that precision is reported at.
pub const PREVALENCE: f64 = 0.05;
/// Alarms closer together than this are one offer, in milliseconds.
const COOL_DOWN_MS: i64 = 120_000;
/// Bins of the calibration error.
const BINS: usize = 15;

/// What was said at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// When.
    pub t: i64,
    /// Stuck now, 0 to 1; or how often a rule fired so far.
    pub score: f32,
    /// Whether the likeliest step was the true one.
    pub step: bool,
    /// Whether the likeliest cause was the true one.
    pub cause: bool,
    /// Whether the person was stuck then.
    pub stuck: bool,
}

/// A visit, and what was said in it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What is true of it.
    pub labels: Labels,
    /// What was said at each moment.
    pub said: Vec<Said>,
    /// How long it was, in milliseconds.
    pub length_ms: i64,
}

impl Judged {
    /// What is said while it counts: in a stuck visit from getting stuck until just before they get
    /// through, leave or ask for help; in another visit always.
    fn counting(&self) -> impl Iterator<Item = &Said> {
        let end = self.labels.until.unwrap_or(i64::MAX);
        self.said.iter().filter(move |s| !self.labels.stuck || (s.stuck && s.t < end))
    }

    fn score(&self) -> f32 {
        self.counting().map(|s| s.score).fold(0.0, f32::max)
    }
}

/// The figures. Names and meaning are those of `unstuck eval --json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Visits.
    pub n: usize,
    /// Area under the curve of true against false alarms, by visit.
    pub auc: f64,
    /// Average precision at [`PREVALENCE`].
    pub average_precision: f64,
    /// The precision where half of the stuck visits are found, at [`PREVALENCE`].
    pub precision_at_recall_50: f64,
    /// The share of stuck visits that the two figures before are for.
    pub prevalence: f64,
    /// The score from which half of the stuck visits are found.
    pub threshold: f64,
    /// From the first alarm to asking for help or leaving: the median of the visits found.
    pub lead_seconds_median: f64,
    /// The share of the visits found whose step was right at the first alarm.
    pub step_top1: f64,
    /// The same for the cause.
    pub cause_top1: f64,
    /// The expected error of the probability, over all moments, at [`PREVALENCE`].
    pub ece: f64,
    /// Alarms an hour in visits without trouble, those within two minutes counted once.
    pub false_offers_per_hour: f64,
}

/// Lets a model judge visits.
pub fn judge(model: &dyn Behaviour, traces: &[Trace]) -> Result<Vec<Judged>> {
    traces.iter().map(|trace| judge_one(model, trace, &follow(trace))).collect()
}

fn judge_one(model: &dyn Behaviour, trace: &Trace, moments: &[Moment]) -> Result<Judged> {
    let mut state = model.start();
    let mut said = Vec::with_capacity(moments.len());
    for moment in moments {
        let output = model.step(&mut state, &moment.input)?;
        let truth = moment.truth;
        said.push(Said {
            t: moment.t,
            score: output.stuck,
            step: truth.slot < SLOTS && best(&output.slot[..SLOTS]) == truth.slot,
            cause: best(&output.cause) == truth.cause,
            stuck: truth.stuck,
        });
    }
    Ok(judged(trace, said))
}

fn judged(trace: &Trace, said: Vec<Said>) -> Judged {
    let length_ms = match (trace.events.first(), trace.events.last()) {
        (Some(first), Some(last)) => last.t.since(first.t),
        _ => 0,
    };
    Judged { labels: trace.labels.clone(), said, length_ms }
}

fn best(scores: &[f32]) -> usize {
    let top = |a: &(usize, &f32), b: &(usize, &f32)| a.1.total_cmp(b.1);
    scores.iter().enumerate().max_by(top).map_or(0, |(i, _)| i)
}

/// Lets each signal alone judge visits: its score is how often it fired so far. Beside them, all
/// signals together.
pub fn judge_by_rules(traces: &[Trace]) -> BTreeMap<String, Vec<Judged>> {
    let mut tables: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    for trace in traces {
        let moments = follow(trace);
        for kind in SignalKind::ALL.into_iter().map(Some).chain([None]) {
            let mut count = 0;
            let said = moments.iter().map(|m| {
                count += m.fired.iter().filter(|s| kind.is_none_or(|kind| s.kind == kind)).count();
                Said { t: m.t, score: count as f32, step: false, cause: false, stuck: m.truth.stuck }
            });
            let said = said.collect();
            tables.entry(name(kind)).or_default().push(judged(trace, said));
        }
    }
    tables
}

fn name(kind: Option<SignalKind>) -> String {
    let word = kind.and_then(|k| serde_json::to_value(k).ok());
    word.and_then(|w| w.as_str().map(str::to_owned)).unwrap_or_else(|| "any signal".to_owned())
}

/// The figures of visits that were judged.
pub fn report(visits: &[Judged]) -> Report {
    let ranked = Ranked::new(visits);
    let threshold = ranked.threshold_at_recall(0.5);
    let found: Vec<(&Judged, &Said)> = visits
        .iter()
        .filter(|v| v.labels.stuck)
        .filter_map(|v| v.counting().find(|s| s.score >= threshold).map(|s| (v, s)))
        .collect();
    let share = |right: fn(&Said) -> bool| {
        found.iter().filter(|(_, s)| right(s)).count() as f64 / found.len().max(1) as f64
    };
    let ended = |v: &Judged| v.labels.help_opened_at.or(v.labels.until);
    let mut leads: Vec<i64> = found.iter().filter_map(|(v, s)| ended(v).map(|end| end - s.t)).collect();
    leads.sort_unstable();
    Report {
        n: visits.len(),
        auc: ranked.auc(),
        average_precision: ranked.average_precision(),
        precision_at_recall_50: ranked.precision_at(threshold),
        prevalence: PREVALENCE,
        threshold: f64::from(threshold),
        lead_seconds_median: leads.get(leads.len() / 2).map_or(0.0, |ms| *ms as f64 / 1_000.0),
        step_top1: share(|s| s.step),
        cause_top1: share(|s| s.cause),
        ece: calibration_error(visits),
        false_offers_per_hour: false_offers(visits, threshold),
    }
}

/// Scores of stuck visits and of others, highest first.
struct Ranked {
    stuck: Vec<f32>,
    other: Vec<f32>,
}

impl Ranked {
    fn new(visits: &[Judged]) -> Self {
        let scores = |stuck: bool| {
            let mut scores: Vec<f32> =
                visits.iter().filter(|v| v.labels.stuck == stuck).map(Judged::score).collect();
            scores.sort_by(|a, b| b.total_cmp(a));
            scores
        };
        Self { stuck: scores(true), other: scores(false) }
    }

    /// The share of scores at or above a threshold.
    fn share(scores: &[f32], threshold: f32) -> f64 {
        scores.partition_point(|s| *s >= threshold) as f64 / scores.len().max(1) as f64
    }

    fn precision_at(&self, threshold: f32) -> f64 {
        let hit = PREVALENCE * Self::share(&self.stuck, threshold);
        let miss = (1.0 - PREVALENCE) * Self::share(&self.other, threshold);
        if hit + miss > 0.0 { hit / (hit + miss) } else { 0.0 }
    }

    /// The highest threshold that finds this share of the stuck visits.
    fn threshold_at_recall(&self, recall: f64) -> f32 {
        let at = (recall * self.stuck.len() as f64).ceil() as usize;
        self.stuck.get(at.saturating_sub(1)).copied().unwrap_or(1.0)
    }

    fn auc(&self) -> f64 {
        let above: f64 = self
            .stuck
            .iter()
            .map(|s| {
                let higher = self.other.partition_point(|o| o > s);
                let equal = self.other.partition_point(|o| o >= s) - higher;
                (self.other.len() - higher) as f64 - 0.5 * equal as f64
            })
            .sum();
        above / (self.stuck.len() * self.other.len()).max(1) as f64
    }

    fn average_precision(&self) -> f64 {
        self.stuck.iter().map(|s| self.precision_at(*s)).sum::<f64>() / self.stuck.len().max(1) as f64
    }
}

fn calibration_error(visits: &[Judged]) -> f64 {
    let stuck = visits.iter().filter(|v| v.labels.stuck).count() as f64 / visits.len().max(1) as f64;
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for visit in visits {
        let weight = weight(visit.labels.stuck, stuck);
        for said in &visit.said {
            let bin = ((said.score * BINS as f32) as usize).min(BINS - 1);
            let (all, score, truth) = &mut bins[bin];
            *all += weight;
            *score += weight * f64::from(said.score);
            *truth += weight * f64::from(u8::from(said.stuck));
        }
    }
    let all: f64 = bins.iter().map(|b| b.0).sum();
    bins.iter().map(|(_, score, truth)| (score - truth).abs()).sum::<f64>() / all.max(1.0)
}

/// What a visit counts where `stuck` of the visits are stuck, so that [`PREVALENCE`] of them are.
pub fn weight(is_stuck: bool, stuck: f64) -> f64 {
    if is_stuck { PREVALENCE / stuck.max(1e-9) } else { (1.0 - PREVALENCE) / (1.0 - stuck).max(1e-9) }
}

fn false_offers(visits: &[Judged], threshold: f32) -> f64 {
    let (mut offers, mut ms) = (0, 0);
    for visit in visits.iter().filter(|v| !v.labels.stuck) {
        ms += visit.length_ms;
        let mut last = i64::MIN / 2;
        for said in visit.said.iter().filter(|s| s.score >= threshold) {
            if said.t - last >= COOL_DOWN_MS {
                offers += 1;
                last = said.t;
            }
        }
    }
    f64::from(offers) * 3_600_000.0 / (ms as f64).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(stuck: bool, scores: &[f32]) -> Judged {
        let labels = Labels {
            stuck,
            from: stuck.then_some(0),
            until: stuck.then_some(100_000),
            help_opened_at: stuck.then_some(90_000),
            ..Labels::default()
        };
        let said = |(i, score): (usize, &f32)| Said {
            t: 10_000 * i as i64,
            score: *score,
            step: true,
            cause: false,
            stuck,
        };
        Judged { labels, said: scores.iter().enumerate().map(said).collect(), length_ms: 3_600_000 }
    }

    #[test]
    fn figures_of_four_visits_by_hand() {
        let visits =
            [visit(true, &[0.1, 0.9]), visit(true, &[0.3]), visit(false, &[0.2, 0.5]), visit(false, &[0.1])];
        let report = report(&visits);
        assert_eq!(report.n, 4);
        // Of the pairs (.9,.5) (.9,.1) (.3,.5) (.3,.1) three are in the right order.
        assert_eq!(report.auc, 0.75);
        assert_eq!((report.threshold as f32, report.precision_at_recall_50), (0.9, 1.0));
        // At .3 all stuck visits and half of the others: .05 / (.05 + .475).
        let expected = (1.0 + 0.05 / 0.525) / 2.0;
        assert!((report.average_precision - expected).abs() < 1e-9);
        assert_eq!(report.lead_seconds_median, 80.0);
        assert_eq!((report.step_top1, report.cause_top1), (1.0, 0.0));
        assert_eq!(report.false_offers_per_hour, 0.0);
    }

    #[test]
    fn alarms_within_two_minutes_are_one_offer() {
        let mut noisy = visit(false, &[0.9; 20]);
        noisy.length_ms = 1_800_000;
        assert_eq!(false_offers(&[noisy], 0.5), 4.0);
    }

    #[test]
    fn probabilities_that_come_true_have_no_error() {
        let sure = [visit(true, &[1.0]), visit(false, &[0.0])];
        assert_eq!(calibration_error(&sure), 0.0);
        let wrong = [visit(true, &[0.0]), visit(false, &[1.0])];
        assert!((calibration_error(&wrong) - 1.0).abs() < 1e-9);
    }
}
