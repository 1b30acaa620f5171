//! The figures of visits that were judged, at the share of stuck visits that real apps have.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::judge::{Judged, Said};

/// The share of stuck visits that precision is reported at.
pub const PREVALENCE: f64 = 0.05;
/// Alarms closer together than this are one offer, in milliseconds.
const COOL_DOWN_MS: i64 = 120_000;
/// Bins of the calibration error.
const BINS: usize = 15;

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
    /// The score from which half of the stuck visits are found.
    pub threshold: f64,
    /// Stuck visits.
    pub stuck: usize,
    /// Of the visits found, those whose step is known at all; the shares above are of them.
    pub steps_known: usize,
    /// Of the visits found, those whose cause is known at all.
    pub causes_known: usize,
}

/// A group of people, judged at the threshold of all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Visits.
    pub n: usize,
    /// Stuck visits.
    pub stuck: usize,
    /// Area under the curve, within the group.
    pub auc: f64,
    /// The share of the stuck visits that are found.
    pub recall: f64,
    /// The precision, at the prevalence of the report.
    pub precision: f64,
    /// As in [`Report`].
    pub false_offers_per_hour: f64,
}

/// The figures of visits that were judged, at [`PREVALENCE`].
pub fn report(visits: &[Judged]) -> Report {
    report_at(visits, PREVALENCE)
}

/// The figures where `prevalence` of the visits are stuck.
pub fn report_at(visits: &[Judged], prevalence: f64) -> Report {
    let ranked = Ranked::new(visits.iter(), prevalence);
    let threshold = ranked.threshold_at_recall(0.5);
    let found: Vec<(&Judged, &Said)> = visits
        .iter()
        .filter(|v| v.labels.stuck)
        .filter_map(|v| v.counting().find(|s| s.score >= threshold).map(|s| (v, s)))
        .collect();
    let (step_top1, steps_known) = share(found.iter().filter_map(|(_, s)| s.step));
    let (cause_top1, causes_known) = share(found.iter().filter_map(|(_, s)| s.cause));
    let ended = |v: &Judged| v.labels.help_opened_at.or(v.labels.until);
    let mut leads: Vec<i64> = found.iter().filter_map(|(v, s)| ended(v).map(|end| end - s.t)).collect();
    leads.sort_unstable();
    Report {
        n: visits.len(),
        auc: ranked.auc(),
        average_precision: ranked.average_precision(),
        precision_at_recall_50: ranked.precision_at(threshold),
        prevalence,
        lead_seconds_median: leads.get(leads.len() / 2).map_or(0.0, |ms| *ms as f64 / 1_000.0),
        step_top1,
        cause_top1,
        ece: calibration_error(visits, prevalence),
        false_offers_per_hour: false_offers(visits.iter(), threshold),
        threshold: f64::from(threshold),
        stuck: ranked.stuck.len(),
        steps_known,
        causes_known,
    }
}

/// The groups of people, where the labels name them, at the report's threshold.
pub fn groups(visits: &[Judged], report: &Report) -> BTreeMap<String, Group> {
    let mut parts: BTreeMap<&str, Vec<&Judged>> = BTreeMap::new();
    for visit in visits {
        if let Some(person) = &visit.labels.person {
            parts.entry(person).or_default().push(visit);
        }
    }
    let threshold = report.threshold as f32;
    let group = |part: &[&Judged]| {
        let ranked = Ranked::new(part.iter().copied(), report.prevalence);
        Group {
            n: part.len(),
            stuck: ranked.stuck.len(),
            auc: ranked.auc(),
            recall: Ranked::share(&ranked.stuck, threshold),
            precision: ranked.precision_at(threshold),
            false_offers_per_hour: false_offers(part.iter().copied(), threshold),
        }
    };
    parts.into_iter().map(|(name, part)| (name.to_owned(), group(&part))).collect()
}

/// The share that is true, and of how many; 0 of none.
fn share(right: impl Iterator<Item = bool>) -> (f64, usize) {
    let (yes, all) = right.fold((0, 0), |(yes, all), right| (yes + usize::from(right), all + 1));
    (yes as f64 / all.max(1) as f64, all)
}

/// Scores of stuck visits and of others, highest first.
struct Ranked {
    stuck: Vec<f32>,
    other: Vec<f32>,
    prevalence: f64,
}

impl Ranked {
    fn new<'a>(visits: impl Iterator<Item = &'a Judged>, prevalence: f64) -> Self {
        let (mut stuck, mut other) = (Vec::new(), Vec::new());
        for visit in visits {
            if visit.labels.stuck { &mut stuck } else { &mut other }.push(visit.score());
        }
        for scores in [&mut stuck, &mut other] {
            scores.sort_by(|a: &f32, b| b.total_cmp(a));
        }
        Self { stuck, other, prevalence }
    }

    /// The share of scores at or above a threshold.
    fn share(scores: &[f32], threshold: f32) -> f64 {
        scores.partition_point(|s| *s >= threshold) as f64 / scores.len().max(1) as f64
    }

    fn precision_at(&self, threshold: f32) -> f64 {
        let hit = self.prevalence * Self::share(&self.stuck, threshold);
        let miss = (1.0 - self.prevalence) * Self::share(&self.other, threshold);
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

fn calibration_error(visits: &[Judged], prevalence: f64) -> f64 {
    let stuck = visits.iter().filter(|v| v.labels.stuck).count() as f64 / visits.len().max(1) as f64;
    let mut bins = [(0.0, 0.0, 0.0); BINS];
    for visit in visits {
        let weight = weight_at(visit.labels.stuck, stuck, prevalence);
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
    weight_at(is_stuck, stuck, PREVALENCE)
}

fn weight_at(is_stuck: bool, stuck: f64, prevalence: f64) -> f64 {
    if is_stuck { prevalence / stuck.max(1e-9) } else { (1.0 - prevalence) / (1.0 - stuck).max(1e-9) }
}

fn false_offers<'a>(visits: impl Iterator<Item = &'a Judged>, threshold: f32) -> f64 {
    let (mut offers, mut ms) = (0, 0);
    for visit in visits.filter(|v| !v.labels.stuck) {
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
    use crate::traces::Labels;

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
            step: Some(true),
            cause: None,
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
        assert_eq!((report.step_top1, report.steps_known), (1.0, 1));
        assert_eq!((report.cause_top1, report.causes_known), (0.0, 0));
        assert_eq!(report.false_offers_per_hour, 0.0);
    }

    #[test]
    fn a_group_is_judged_at_the_threshold_of_all() {
        let named = |person: &str, stuck, scores: &[f32]| {
            let mut visit = visit(stuck, scores);
            visit.labels.person = Some(person.to_owned());
            visit
        };
        let visits = [
            named("elder", true, &[0.4]),
            named("elder", false, &[0.6]),
            named("expert", true, &[0.9]),
            named("expert", false, &[0.1]),
        ];
        let groups = groups(&visits, &report(&visits));
        let recall = |name: &str| (groups[name].n, groups[name].recall, groups[name].auc);
        assert_eq!((recall("elder"), recall("expert")), ((2, 0.0, 0.0), (2, 1.0, 1.0)));
    }

    #[test]
    fn alarms_within_two_minutes_are_one_offer() {
        let mut noisy = visit(false, &[0.9; 20]);
        noisy.length_ms = 1_800_000;
        assert_eq!(false_offers([noisy].iter(), 0.5), 4.0);
    }

    #[test]
    fn probabilities_that_come_true_have_no_error() {
        let sure = [visit(true, &[1.0]), visit(false, &[0.0])];
        assert_eq!(calibration_error(&sure, PREVALENCE), 0.0);
        let wrong = [visit(true, &[0.0]), visit(false, &[1.0])];
        assert!((calibration_error(&wrong, PREVALENCE) - 1.0).abs() < 1e-9);
    }
}
