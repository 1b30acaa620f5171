//! References: each leads to something that is there, and nothing lies about unused.

use std::collections::BTreeSet;

use super::Report;
use crate::playbook::{Help, NodeKind, Playbook, Reply};

/// What a reference names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Card,
    Guide,
    Tool,
    Flow,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Guide => "guide",
            Self::Tool => "tool",
            Self::Flow => "flow",
        }
    }
}

#[inline(never)]
pub(super) fn check(playbook: &Playbook, report: &mut Report) {
    let named = named(playbook);
    for (place, kind, id) in &named {
        let found = match kind {
            Kind::Card => playbook.card(id).is_some(),
            Kind::Guide => playbook.guide(id).is_some(),
            Kind::Tool => playbook.tool(id).is_some(),
            Kind::Flow => playbook.flow(id).is_some(),
        };
        if !found {
            dangling(place, kind.word(), id, report);
        }
    }
    places(playbook, report);
    unused(playbook, &named.iter().map(|(_, kind, id)| (*kind, *id)).collect(), report);
}

/// Every card, guide, tool and flow that is named somewhere, and where.
fn named(playbook: &Playbook) -> Vec<(String, Kind, &str)> {
    let mut named = Vec::new();
    for (s, stuck) in playbook.stuck_points.iter().enumerate() {
        match &stuck.help {
            Help::Card(id) => named.push((format!("/stuck_points/{s}/help/card"), Kind::Card, &**id)),
            Help::Guide(id) => named.push((format!("/stuck_points/{s}/help/guide"), Kind::Guide, &**id)),
            Help::Flow(id) => named.push((format!("/stuck_points/{s}/help/flow"), Kind::Flow, &**id)),
            Help::Human {} => {}
        }
    }
    for (i, intent) in playbook.intents.iter().enumerate() {
        match &intent.reply {
            Reply::Card(id) => named.push((format!("/intents/{i}/reply/card"), Kind::Card, &**id)),
            Reply::Flow(id) => named.push((format!("/intents/{i}/reply/flow"), Kind::Flow, &**id)),
            Reply::Say(_) | Reply::Human {} => {}
        }
    }
    for (c, card) in playbook.cards.iter().enumerate() {
        named.extend(card.guide.iter().map(|id| (format!("/cards/{c}/guide"), Kind::Guide, &**id)));
        named.extend(card.flow.iter().map(|id| (format!("/cards/{c}/flow"), Kind::Flow, &**id)));
    }
    for (f, flow) in playbook.flows.iter().enumerate() {
        for (n, node) in flow.nodes.iter().enumerate() {
            let place = format!("/flows/{f}/nodes/{n}");
            match &node.kind {
                NodeKind::Say { card: Some(id), .. } => {
                    named.push((format!("{place}/card"), Kind::Card, &**id))
                }
                NodeKind::Tool { tool, .. } => named.push((format!("{place}/tool"), Kind::Tool, &**tool)),
                NodeKind::Guide { guide, .. } => {
                    named.push((format!("{place}/guide"), Kind::Guide, &**guide))
                }
                _ => {}
            }
        }
    }
    named
}

/// Steps, stuck points and intents that are named somewhere.
fn places(playbook: &Playbook, report: &mut Report) {
    for (s, stuck) in playbook.stuck_points.iter().enumerate() {
        if playbook.step(&stuck.step).is_none() {
            dangling(&format!("/stuck_points/{s}/step"), "step", &stuck.step, report);
        }
    }
    for (j, journey) in playbook.journeys.iter().enumerate() {
        for (s, step) in journey.steps.iter().enumerate() {
            for (n, next) in step.next.iter().enumerate().filter(|(_, next)| journey.step(next).is_none()) {
                let what = format!("journey `{}` has no step `{next}`", journey.id);
                let mend = "name a step of the same journey, or add it";
                report.error(format!("/journeys/{j}/steps/{s}/next/{n}"), what, mend);
            }
        }
    }
    for (e, escalation) in playbook.escalations.iter().enumerate() {
        for (i, id) in escalation.intents.iter().enumerate() {
            if playbook.intent(id).is_none() && playbook.stuck_point(id).is_none() {
                dangling(&format!("/escalations/{e}/intents/{i}"), "intent or stuck point", id, report);
            }
        }
    }
}

fn dangling(place: &str, what: &str, id: &str, report: &mut Report) {
    report.error(place, format!("there is no {what} `{id}`"), "correct the id, or add what it names");
}

fn unused(playbook: &Playbook, used: &BTreeSet<(Kind, &str)>, report: &mut Report) {
    let cards = playbook.cards.iter().enumerate().map(|(n, c)| (format!("/cards/{n}"), Kind::Card, &*c.id));
    let guides =
        playbook.guides.iter().enumerate().map(|(n, g)| (format!("/guides/{n}"), Kind::Guide, &*g.id));
    let tools = playbook.tools.iter().enumerate().map(|(n, t)| (format!("/tools/{n}"), Kind::Tool, &*t.id));
    let flows = playbook.flows.iter().enumerate().map(|(n, f)| (format!("/flows/{n}"), Kind::Flow, &*f.id));
    for (place, kind, id) in cards.chain(guides).chain(tools).chain(flows) {
        if !used.contains(&(kind, id)) {
            let what = format!("nothing leads to {} `{id}`", kind.word());
            report.warn(place, what, "name it where it helps, or delete it");
        }
    }
}
