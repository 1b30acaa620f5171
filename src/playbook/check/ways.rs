//! Ways: every step and node can be reached, and from each there is a way out.

use std::collections::{BTreeMap, BTreeSet};

use super::{Report, escape};
use crate::playbook::{Flow, Journey, NodeKind, Playbook};

/// The edge that a tool node must have: where every result goes that no other edge names.
const FAILED: &str = "failed";

#[inline(never)]
pub(super) fn check(playbook: &Playbook, report: &mut Report) {
    for (j, journey) in playbook.journeys.iter().enumerate() {
        check_journey(j, journey, report);
    }
    for (f, flow) in playbook.flows.iter().enumerate() {
        check_flow(f, flow, report);
    }
}

fn check_journey(j: usize, journey: &Journey, report: &mut Report) {
    let edges: BTreeMap<_, _> = journey.steps.iter().map(|s| (&*s.id, journey.next_of(&s.id))).collect();
    let ends = journey.steps.iter().filter(|s| journey.next_of(&s.id).is_empty()).map(|s| &*s.id);
    let ways = Ways::new(journey.steps.first().map(|s| &*s.id), &edges, ends);
    for (s, step) in journey.steps.iter().enumerate() {
        let place = format!("/journeys/{j}/steps/{s}");
        if !ways.reached.contains(&*step.id) {
            let what = format!("no step leads to `{}`", step.id);
            report.error(place, what, "name it in the `next` of the step before it");
        } else if !ways.finishing.contains(&*step.id) {
            let what = format!("from `{}` the steps go round for ever", step.id);
            report.error(format!("{place}/next"), what, "let one of them lead to the journey's last step");
        }
    }
}

fn check_flow(f: usize, flow: &Flow, report: &mut Report) {
    if flow.nodes.is_empty() {
        report.error(format!("/flows/{f}/nodes"), "a flow without nodes says nothing", "add its first node");
    }
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (n, node) in flow.nodes.iter().enumerate() {
        let out = node_edges(&node.kind);
        for (edge, next) in out.iter().filter(|(_, next)| flow.node(next).is_none()) {
            let what = format!("flow `{}` has no node `{next}`", flow.id);
            report.error(format!("/flows/{f}/nodes/{n}/{edge}"), what, "correct the id, or add the node");
        }
        if matches!(&node.kind, NodeKind::Tool { next, .. } if !next.contains_key(FAILED)) {
            let what = format!("node `{}` has no way to go when the tool fails", node.id);
            report.error(
                format!("/flows/{f}/nodes/{n}/next"),
                what,
                format!("add `{FAILED}: <node>` to its `next`"),
            );
        }
        if matches!(&node.kind, NodeKind::Choose { options, .. } if options.is_empty()) {
            let what = format!("node `{}` asks and offers no answer", node.id);
            report.error(format!("/flows/{f}/nodes/{n}/options"), what, "add options");
        }
        edges.insert(&node.id, out.into_iter().map(|(_, next)| next).collect());
    }
    let ends = flow.nodes.iter().filter(|n| ends(&n.kind)).map(|n| &*n.id);
    let ways = Ways::new(flow.nodes.first().map(|n| &*n.id), &edges, ends);
    for (n, node) in flow.nodes.iter().enumerate() {
        let place = format!("/flows/{f}/nodes/{n}");
        if !ways.reached.contains(&*node.id) {
            report.error(place, format!("no node leads to `{}`", node.id), "lead to it, or delete it");
        } else if !ways.finishing.contains(&*node.id) {
            let what = format!("from `{}` the flow goes round for ever", node.id);
            report.error(place, what, "let one node of the loop end it, or hand over to a human");
        }
    }
}

/// Where a node leads, with the place of each edge below the node.
fn node_edges(kind: &NodeKind) -> Vec<(String, &str)> {
    match kind {
        NodeKind::Say { next, .. } | NodeKind::Guide { next, .. } => {
            next.iter().map(|next| ("next".to_owned(), &**next)).collect()
        }
        NodeKind::Choose { options, .. } => options
            .iter()
            .enumerate()
            .map(|(o, option)| (format!("options/{o}/next"), &*option.next))
            .collect(),
        NodeKind::Slot { next, .. } => vec![("next".to_owned(), next)],
        NodeKind::Tool { next, .. } => {
            next.iter().map(|(outcome, next)| (format!("next/{}", escape(outcome)), &**next)).collect()
        }
        NodeKind::Human {} => Vec::new(),
    }
}

fn ends(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::Say { next: None, .. } | NodeKind::Guide { next: None, .. } | NodeKind::Human {})
}

/// What can be reached from the start, and what can reach an end.
struct Ways<'a> {
    reached: BTreeSet<&'a str>,
    finishing: BTreeSet<&'a str>,
}

impl<'a> Ways<'a> {
    fn new(
        start: Option<&'a str>,
        edges: &BTreeMap<&'a str, Vec<&'a str>>,
        ends: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut back: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (from, to) in edges.iter().flat_map(|(from, tos)| tos.iter().map(|to| (*from, *to))) {
            back.entry(to).or_default().push(from);
        }
        // A way that leads to nothing is reported as such; it is not a loop as well.
        let ends = ends.chain(back.keys().copied().filter(|to| !edges.contains_key(to)));
        Self {
            reached: closure(start.into_iter().collect(), edges),
            finishing: closure(ends.collect(), &back),
        }
    }
}

fn closure<'a>(from: Vec<&'a str>, edges: &BTreeMap<&'a str, Vec<&'a str>>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut open = from;
    while let Some(node) = open.pop() {
        if seen.insert(node) {
            open.extend(edges.get(node).into_iter().flatten());
        }
    }
    seen
}
