//! `models/together.md`, written from the figures.

use std::fmt::Write;

use unstuck_train::together::{
    Estimate, Report, Shares,
    handoff::{Costs, Row},
    talk::{self, Policy},
};

use crate::held_out::HeldOut;

/// The page; `command` makes it again.
pub fn card(report: &Report, costs: &Costs, held_out: &[HeldOut], command: &str) -> String {
    let mut page = format!(
        "# Text and behaviour together\n\n\
         Written by `{command}`; do not edit.\n\n\
         People of the judge (`docs/judge.md`: their tempo, slips, patience; no model learnt from them) get stuck \
         in the wallet's app, as its playbook names screens, controls, calls and codes; the real engine with the \
         shipped behaviour model watches; then they type. {} visits, seed {}; what was chosen was chosen on other \
         seeds and on the other half of the questions. A clear question is answered by an intent model that was \
         built without it. Text alone is the likeliest named meaning, behaviour alone what would be believed \
         without the text. Simulated people: nothing here is a claim about people.\n\n\
         ## Who knows what is meant\n\n\
         | questions | n | together | text alone | behaviour alone | together − text, points | together − behaviour, points |\n\
         |---|---|---|---|---|---|---|\n",
        report.visits, report.seed
    );
    let groups = [
        ("**vague**: nothing is named (\"不行啊\", \"it doesn't work\")", &report.vague),
        ("**clear**: the text alone would be answered", &report.clear),
        ("of these, about something else than the trouble", &report.elsewhere),
        ("named, but the text alone would ask back", &report.unclear),
    ];
    groups.iter().for_each(|(name, shares)| page.push_str(&line(name, shares)));
    page.push_str("\n![Bars of the table above](../docs/images/together-bars.svg)\n\n## By story, language, group and hint\n\n| questions | n | together | text alone | behaviour alone | together − text, points | together − behaviour, points |\n|---|---|---|---|---|---|---|\n");
    report.parts.iter().for_each(|(name, shares)| page.push_str(&line(name, shares)));
    page.push_str("\n## What the bot does\n\n| questions | by the reason | times | likeliest meaning is right |\n|---|---|---|---|\n");
    for deed in &report.did {
        let share = 100.0 * deed.right as f64 / deed.n.max(1) as f64;
        let _ = writeln!(page, "| {} | `{}` | {} | {share:.0} % |", deed.sort, deed.did, deed.n);
    }
    page.push_str("\n![Reliability](../docs/images/together-reliability.svg)\n");
    page.push_str(&handing_off(costs));
    page.push_str(&unseen(held_out));
    page.push_str(LIMITS);
    page
}

fn line(name: &str, s: &Shares) -> String {
    let (over, beyond) = (points(s.over_text), points(s.over_behaviour));
    let [a, b, c] = [s.together, s.text, s.behaviour].map(percent);
    format!("| {name} | {} | {a} | {b} | {c} | {over} | {beyond} |\n", s.n)
}

fn percent(e: Estimate) -> String {
    format!("{:.1} % ({:.1}–{:.1})", e.value * 100.0, e.low * 100.0, e.high * 100.0)
}

fn points(e: Estimate) -> String {
    format!("{:+.1} ({:+.1} to {:+.1})", e.value * 100.0, e.low * 100.0, e.high * 100.0)
}

fn handing_off(costs: &Costs) -> String {
    let p = &costs.prices;
    let mut page = format!(
        "\n## When to hand off\n\n\
         {} simulated talks of people who are stuck, the same under every policy; the real dialogue engine speaks. \
         Assumed: a human costs ${} (Gartner's 8.01 a live contact, 2019, from memory), a turn ${}, somebody who \
         leaves with the trouble ${}, each turn before a human another ${}. {:.0} % of the troubles can be ended \
         by the bot's help, one right piece of it ends {:.0} % of those; {:.0} % type clearly at first, {:.0} % \
         when asked again; patience is {} turns and more, {:.0} on average, and at its end {:.0} % ask for a \
         human and the others leave. All but the first price are ours.\n\n\
         | policy | helped | human | left | turns | cost, $ | more than what ships, $ |\n|---|---|---|---|---|---|---|\n",
        costs.talks,
        p.human,
        p.turn,
        p.left,
        p.late,
        talk::SOLVABLE * 100.0,
        talk::HELPS * 100.0,
        talk::CLEAR[0] * 100.0,
        talk::CLEAR[1] * 100.0,
        talk::PATIENCE.0,
        talk::PATIENCE.1 + talk::PATIENCE.0 as f64 - 1.0,
        talk::ASKS * 100.0,
    );
    costs.rows.iter().for_each(|row| page.push_str(&policy(row)));
    page.push_str("\n![Cost of a talk over the price of a human](../docs/images/together-costs.svg)\n\n| a human costs, $ | as shipped | ours, best | turns, best | confidence, best |\n|---|---|---|---|---|\n");
    for point in &costs.curve {
        let [a, b, c] = point.best;
        let _ = writeln!(page, "| {} | {:.2} | {a:.2} | {b:.2} | {c:.2} |", point.human, point.shipped);
    }
    let lost: Vec<String> = costs
        .curve
        .iter()
        .filter(|point| point.best[1].min(point.best[2]) < point.best[0])
        .map(|point| format!("${}", point.human))
        .collect();
    let words = match lost.is_empty() {
        true => "At no price on the curve is a baseline cheaper than ours at its best setting.".to_owned(),
        false => format!(
            "**Where we lose:** a baseline is cheaper than ours at its best setting where a human costs {}.",
            lost.join(", ")
        ),
    };
    let _ = writeln!(page, "\n{words}");
    page
}

fn policy(row: &Row) -> String {
    let name = match row.policy {
        Policy::Ours(failures) => format!("ours, after {failures} turns that did not help"),
        Policy::Turns(turns) => format!("after {turns} turns"),
        Policy::Confidence(least) => format!("below a confidence of {least}"),
    };
    let [helped, human, left] =
        [row.helped, row.human, row.left].map(|share| format!("{:.0} %", share * 100.0));
    let money = |e: Estimate| format!("{:.2} ({:.2} to {:.2})", e.value, e.low, e.high);
    let (cost, over) = (money(row.cost), money(row.over_ours));
    format!("| {name} | {helped} | {human} | {left} | {:.1} | {cost} | {over} |\n", row.turns)
}

fn unseen(held_out: &[HeldOut]) -> String {
    let mut page = "\n## Intents that the encoder has not seen\n\nThe held-out quarter of `models/corpus`: an intent \
                    model is built on so many of each intent's questions, in file order and half of each language, \
                    and asked all the others.\n\n\
                    | examples an intent | intents | asked | accuracy, % | macro F1, % | ECE |\n|---|---|---|---|---|---|\n"
        .to_owned();
    for row in held_out {
        let _ = writeln!(
            page,
            "| {} | {} | {} | {:.1} | {:.1} | {:.3} |",
            row.examples,
            row.labels,
            row.scores.n,
            row.scores.accuracy * 100.0,
            row.scores.macro_f1 * 100.0,
            row.scores.ece
        );
    }
    page
}

const LIMITS: &str = "\n## Limits\n\n\
- One author wrote the vague questions of both halves, and those that intent models learn from; no two are \
the same or nearly so, and what people really type is more varied.\n\
- The app reports the codes and targets that its playbook names (codes in 85 % of refusals): where an app \
names less, behaviour alone knows less.\n\
- Clear is what the text alone is sure enough of to be answered, by the playbook's own settings. Where it \
would ask back, behaviour that points elsewhere takes some questions away from it: the last row of the first \
table, and by story below it.\n\
- The talks' people are assumptions; the order of policies can change with them, and the absolute costs do.\n";
