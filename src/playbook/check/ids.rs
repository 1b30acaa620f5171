//! Ids: well formed, and each used once.

use std::collections::BTreeMap;

use super::{Cap, Report};
use crate::playbook::Playbook;

#[inline(never)]
pub(super) fn check(playbook: &Playbook, report: &mut Report) {
    let steps = playbook.journeys.iter().enumerate().flat_map(|(j, journey)| {
        journey.steps.iter().enumerate().map(move |(s, step)| (format!("/journeys/{j}/steps/{s}"), &*step.id))
    });
    unique("step", steps, report);
    let stuck = listed("/stuck_points", playbook.stuck_points.iter().map(|s| &*s.id));
    let intents = listed("/intents", playbook.intents.iter().map(|i| &*i.id));
    unique("stuck point or intent", stuck.chain(intents), report);
    unique("journey", listed("/journeys", playbook.journeys.iter().map(|j| &*j.id)), report);
    unique("card", listed("/cards", playbook.cards.iter().map(|c| &*c.id)), report);
    unique("guide", listed("/guides", playbook.guides.iter().map(|g| &*g.id)), report);
    unique("tool", listed("/tools", playbook.tools.iter().map(|t| &*t.id)), report);
    unique("flow", listed("/flows", playbook.flows.iter().map(|f| &*f.id)), report);
    unique("escalation", listed("/escalations", playbook.escalations.iter().map(|e| &*e.id)), report);
    for (f, flow) in playbook.flows.iter().enumerate() {
        unique("node", listed(&format!("/flows/{f}/nodes"), flow.nodes.iter().map(|n| &*n.id)), report);
    }
    well_formed("/id", &playbook.id, report);
}

fn listed<'a>(place: &str, ids: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (String, &'a str)> {
    ids.enumerate().map(move |(n, id)| (format!("{place}/{n}"), id))
}

fn unique<'a>(what: &str, ids: impl Iterator<Item = (String, &'a str)>, report: &mut Report) {
    let mut seen: BTreeMap<&str, String> = BTreeMap::new();
    for (place, id) in ids {
        let place = format!("{place}/id");
        well_formed(&place, id, report);
        if seen.insert(id, place.clone()).is_some() {
            report.error(place, format!("there is a {what} `{id}` already"), "give each an id of its own");
        }
    }
}

/// Ids go into choice ids (`guide:<id>`), URLs and counters, so they keep to plain characters.
fn well_formed(place: &str, id: &str, report: &mut Report) {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if id.is_empty() || id.len() > Cap::ID.max || !id.chars().all(plain) {
        let mend = format!("use 1 to {} letters, digits, dots, dashes and underscores", Cap::ID.max);
        report.error(place, format!("`{id}` cannot be an id"), mend);
    }
}
