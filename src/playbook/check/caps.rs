//! How much of everything a playbook may hold, so that every buffer downstream is bounded.

use super::Report;
use crate::playbook::{Journey, NodeKind, Playbook};

/// A cap with the name that messages use for what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cap {
    /// What is counted, in the plural.
    pub of: &'static str,
    /// The most that is allowed.
    pub max: usize,
}

impl Cap {
    const fn new(of: &'static str, max: usize) -> Self {
        Self { of, max }
    }

    /// Journeys of a playbook.
    pub const JOURNEYS: Self = Self::new("journeys", 64);
    /// Steps of a journey.
    pub const STEPS: Self = Self::new("steps", 32);
    /// Rules in one list.
    pub const RULES: Self = Self::new("rules", 16);
    /// Stuck points of a playbook.
    pub const STUCK_POINTS: Self = Self::new("stuck points", 256);
    /// Pieces of evidence of a stuck point.
    pub const EVIDENCE: Self = Self::new("pieces of evidence", 16);
    /// Questions of a stuck point or an intent in one language.
    pub const QUESTIONS: Self = Self::new("questions", 256);
    /// Cards of a playbook.
    pub const CARDS: Self = Self::new("cards", 512);
    /// Guides of a playbook.
    pub const GUIDES: Self = Self::new("guides", 128);
    /// Steps of a guide.
    pub const GUIDE_STEPS: Self = Self::new("steps", 16);
    /// Tools of a playbook.
    pub const TOOLS: Self = Self::new("tools", 64);
    /// Arguments of a tool.
    pub const ARGUMENTS: Self = Self::new("arguments", 8);
    /// Flows of a playbook.
    pub const FLOWS: Self = Self::new("flows", 64);
    /// Nodes of a flow.
    pub const NODES: Self = Self::new("nodes", 64);
    /// Options of a choice: more do not fit a phone's screen.
    pub const OPTIONS: Self = Self::new("options", 6);
    /// Intents of a playbook.
    pub const INTENTS: Self = Self::new("intents", 64);
    /// Escalations of a playbook.
    pub const ESCALATIONS: Self = Self::new("escalations", 32);
    /// Phrases of an escalation in one language.
    pub const PHRASES: Self = Self::new("phrases", 64);
    /// Sentences worded differently.
    pub const WORDING: Self = Self::new("sentences", 128);
    /// Characters of a text, a question or a phrase.
    pub const TEXT: Self = Self::new("characters", 2_000);
    /// Characters of an id, a pattern or a code.
    pub const ID: Self = Self::new("characters", 96);
}

#[inline(never)]
pub(super) fn check(playbook: &Playbook, report: &mut Report) {
    let mut count = |cap: Cap, place: String, len: usize| {
        if len > cap.max {
            let what = format!("{len} {} are too many", cap.of);
            report.error(place, what, format!("keep it to {}", cap.max));
        }
    };
    count(Cap::JOURNEYS, "/journeys".into(), playbook.journeys.len());
    count(Cap::STUCK_POINTS, "/stuck_points".into(), playbook.stuck_points.len());
    count(Cap::CARDS, "/cards".into(), playbook.cards.len());
    count(Cap::GUIDES, "/guides".into(), playbook.guides.len());
    count(Cap::TOOLS, "/tools".into(), playbook.tools.len());
    count(Cap::FLOWS, "/flows".into(), playbook.flows.len());
    count(Cap::INTENTS, "/intents".into(), playbook.intents.len());
    count(Cap::ESCALATIONS, "/escalations".into(), playbook.escalations.len());
    count(Cap::WORDING, "/wording".into(), playbook.wording.len());
    for (j, journey) in playbook.journeys.iter().enumerate() {
        journey_caps(j, journey, &mut count);
    }
    for (s, stuck) in playbook.stuck_points.iter().enumerate() {
        count(Cap::EVIDENCE, format!("/stuck_points/{s}/evidence"), stuck.evidence.len());
    }
    for (g, guide) in playbook.guides.iter().enumerate() {
        count(Cap::GUIDE_STEPS, format!("/guides/{g}/steps"), guide.steps.len());
    }
    for (t, tool) in playbook.tools.iter().enumerate() {
        count(Cap::ARGUMENTS, format!("/tools/{t}/arguments"), tool.arguments.len());
    }
    for (f, flow) in playbook.flows.iter().enumerate() {
        count(Cap::NODES, format!("/flows/{f}/nodes"), flow.nodes.len());
        for (n, node) in flow.nodes.iter().enumerate() {
            if let NodeKind::Choose { options, .. } = &node.kind {
                count(Cap::OPTIONS, format!("/flows/{f}/nodes/{n}/options"), options.len());
            }
        }
    }
}

fn journey_caps(j: usize, journey: &Journey, count: &mut impl FnMut(Cap, String, usize)) {
    count(Cap::STEPS, format!("/journeys/{j}/steps"), journey.steps.len());
    count(Cap::RULES, format!("/journeys/{j}/goal"), journey.goal.len());
    for (s, step) in journey.steps.iter().enumerate() {
        count(Cap::RULES, format!("/journeys/{j}/steps/{s}/at"), step.at.len());
        count(Cap::RULES, format!("/journeys/{j}/steps/{s}/success"), step.success.len());
    }
}
