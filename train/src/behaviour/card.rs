//! The card beside the model file, written from what was measured.

use std::{collections::BTreeMap, fmt::Write};

use super::{
    Trained, Verdict,
    judge::{ANY, RUM},
    network::Network,
    report::{Group, Report},
};
use crate::{judge::SEED, random::Random};
use unstuck::features::schema::{EVENT, SLOT, SLOTS, STATE, VERSION};

/// The best single rule, by area under the curve; several together do not count.
pub fn best_rule(rules: &BTreeMap<String, Report>) -> Option<(&String, &Report)> {
    let single = rules.iter().filter(|(name, _)| name.as_str() != ANY && name.as_str() != RUM);
    single.max_by(|a, b| a.1.auc.total_cmp(&b.1.auc))
}

/// The card, in Markdown.
pub fn card(trained: &Trained, sha256: &str) -> String {
    let mut s = String::new();
    let numbers = Network::random(&mut Random::new(0)).size();
    let report = &trained.report;
    let _ = write!(
        s,
        "# The behaviour model\n\n\
         Written by `unstuck train`; do not edit.\n\n\
         One step of a gated recurrent unit an event ({EVENT} features, state of {STATE}), {SLOTS} candidate \
         slots of {SLOT} features with shared weights; it says whether the user is stuck now, at which slot, \
         and why. {numbers} numbers, {} bytes, feature schema {VERSION}.\n\n\
         sha256 `{sha256}`\n\n\
         ## Data\n\n\
         {}. What the simulator assumes is in `docs/simulator.md`. Nothing measured on simulated visits is a \
         claim about real people.\n\n\
         ## Results\n\n\
         Judged by {} visits that were held out. Precision is at {} % stuck visits. \
         An alarm counts in a stuck visit from the first failed try until the person gets through, leaves or \
         asks for help; the score of a visit is its highest. Lead, step and cause are of the visits found, at \
         the first alarm, at the threshold that finds half of the stuck visits.\n\n",
        trained.file.len(),
        trained.about,
        report.n,
        100.0 * report.prevalence,
    );
    s.push_str(&table(report, &trained.rules));
    let _ = write!(s, "\n{}\n", at_threshold(report));
    if let Some(verdict) = &trained.verdict {
        s.push_str(&judged(verdict));
    }
    s.push_str(LIMITS);
    s
}

/// What the judge says.
fn judged(verdict: &Verdict) -> String {
    let Verdict { report, groups, rules } = verdict;
    format!(
        "\n## By the judge\n\nThe same by {} visits of a second simulator that the model was neither trained nor \
         chosen on (`docs/judge.md`), {} of them stuck: `unstuck simulate --judge --seed {SEED} --sessions {}` and \
         `unstuck eval --rules` give these figures.\n\n{}\n{}\n\nBy group of people, at the threshold of all:\n{}",
        report.n,
        report.stuck,
        report.n,
        table(report, rules),
        at_threshold(report),
        group_table(groups),
    )
}

/// The figures at the threshold that finds half of the stuck visits, in a sentence.
pub fn at_threshold(report: &Report) -> String {
    format!(
        "At the threshold that finds half of the stuck visits ({:.3}): median lead {:.0} s; step right {:.1} %, \
         cause right {:.1} %; {:.2} false offers an hour of smooth use. Expected calibration error over all \
         moments {:.4}.",
        report.threshold,
        report.lead_seconds_median,
        100.0 * report.step_top1,
        100.0 * report.cause_top1,
        report.false_offers_per_hour,
        report.ece,
    )
}

/// The model and each rule, the best first.
pub fn table(model: &Report, rules: &BTreeMap<String, Report>) -> String {
    let mut rows: Vec<(&str, &Report)> = rules.iter().map(|(name, r)| (name.as_str(), r)).collect();
    rows.sort_by(|a, b| b.1.auc.total_cmp(&a.1.auc).then(a.0.cmp(b.0)));
    rows.insert(0, ("**the model**", model));
    let mut s =
        String::from("| detector | AUC | average precision | precision at recall .5 |\n|---|---|---|---|\n");
    for (name, r) in rows {
        let reached =
            if r.threshold > 0.0 { format!("{:.3}", r.precision_at_recall_50) } else { "not reached".into() };
        let _ = writeln!(s, "| {name} | {:.3} | {:.3} | {reached} |", r.auc, r.average_precision);
    }
    s
}

/// The groups of people, by name; nothing where the labels name none.
pub fn group_table(groups: &BTreeMap<String, Group>) -> String {
    if groups.is_empty() {
        return String::new();
    }
    let mut s = String::from(
        "\n| group | visits | stuck | AUC | found | precision | false offers an hour |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for (name, g) in groups {
        let _ = writeln!(
            s,
            "| {name} | {} | {} | {:.3} | {:.0} % | {:.3} | {:.2} |",
            g.n,
            g.stuck,
            g.auc,
            100.0 * g.recall,
            g.precision,
            g.false_offers_per_hour
        );
    }
    s
}

const LIMITS: &str = "\n## Limits\n\n\
- Both simulators' people are simpler than people. A figure here says that the model learned a simulator, \
not how it does in an app; `unstuck train --traces` and `unstuck eval --traces` are for an app's own visits.\n\
- \"Stuck\" begins with the first failed try of somebody who will not get through by the next ones, or when a \
wait is felt; at that moment nobody can tell it from a hitch, so no detector reaches 1.\n\
- While nothing happens the model hears only the signals that fall due, so a silent wait is believed late: \
three seconds into a call, half a minute or more into waiting for a code.\n\
- The judge is not blind. One author wrote both simulators, and after the judge was frozen gave the one for training late codes, missed taps, fidgeting and drifting that the judge has too; what was changed was steered by six hand-written visits to the demo wallet, on which no figure rests. The judge's figures are therefore kinder than a stranger's would be.\n\
- The simulator's parts (what a try looks like for each cause) are also what the causes are told apart by: \
causes that share their traces in life, such as a failing system and an unstable partner, are harder there.\n\
- What a user cannot find they have not visited; without typed text the slots can only offer the entries of \
other journeys.\n\
- The groups are the simulator's. Whether it serves older people as well as others in an app has to be \
measured there.\n\n\
## Not to be used\n\n\
To score, rank or single out people or staff; to decide about credit, price, access or fraud; to infer age, \
health or disability; to act without asking. It says that a moment looks like being stuck, for one offer that \
is easily sent away.\n";
