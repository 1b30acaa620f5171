//! Every flow of the demo playbook, walked every way it can go: each ends, in words, in both languages.
#![allow(clippy::unwrap_used)]

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use unstuck::{
    Millis, Playbook,
    action::{ActionKind, Say},
    dialogue::{Context, Facts, Turn},
    handoff::Conversation,
    playbook::{Language, NodeKind, SlotKind},
    profile::Profile,
};
use unstuck_cli::source::load_playbook;

/// Tuesday 6 January 2026, 10:00 in China.
const NOW: Millis = Millis(1_767_664_800_000);

/// What a flow waits for next, and every way that it can go from there.
enum Next {
    Pick(String),
    Type(&'static str),
    Tool(String),
    Guide(String),
}

struct Walk<'a> {
    playbook: &'a Playbook,
    language: Language,
    flow: &'a str,
    /// What was asked already: asking it again is a loop that the user chose, and may leave.
    seen: BTreeSet<String>,
    ends: usize,
    wrong: Vec<String>,
}

impl Walk<'_> {
    fn context<'c>(&'c self, facts: &'c Facts, profile: &'c Profile) -> Context<'c> {
        Context {
            session: "walk",
            now: NOW,
            playbook: self.playbook,
            language: self.language,
            believed: &[],
            facts,
            profile,
        }
    }

    /// Goes on every way from these turns.
    fn on(&mut self, talk: &Conversation, turns: &[Turn], way: &str) {
        self.look_at(turns, way);
        let nexts = self.nexts(turns);
        if nexts.is_empty() {
            self.ends += 1;
            return;
        }
        if !self.seen.insert(format!("{:?}", turns.last().map(|turn| &turn.kind))) {
            return;
        }
        for next in nexts {
            let (facts, profile) = (Facts::default(), Profile::default());
            let mut talk = talk.clone();
            let ctx = &self.context(&facts, &profile);
            let none = BTreeMap::new();
            let (turns, step) = match &next {
                Next::Pick(id) => (talk.choose(ctx, id), id.clone()),
                Next::Type(text) => {
                    let meaning = unstuck::belief::Meaning {
                        ranked: Vec::new(),
                        out_of_scope: 0.0,
                        basis: unstuck::action::Basis {
                            together: Vec::new(),
                            text_alone: None,
                            behaviour_alone: None,
                        },
                    };
                    (talk.say(ctx, text, &meaning), (*text).to_owned())
                }
                Next::Tool(outcome) => (talk.tool(ctx, "1-1", outcome, &none), outcome.clone()),
                Next::Guide(id) => (talk.guide(ctx, id, "done", ""), format!("guide {id}")),
            };
            self.on(&talk, &turns, &format!("{way} › {step}"));
        }
    }

    fn look_at(&mut self, turns: &[Turn], way: &str) {
        if turns.is_empty() {
            self.wrong.push(format!("{way}: ends in silence"));
        }
        for turn in turns {
            let bad = ["flow_broken", "flow_bound", "stale"];
            if let Some(reason) = turn.reasons.iter().find(|r| bad.contains(&r.code.as_str())) {
                self.wrong.push(format!("{way}: {} {}", reason.code, reason.text));
            }
            if let ActionKind::Say(say) | ActionKind::Ask(say) = &turn.kind
                && (say.text.trim().is_empty() || say.text.contains('{'))
            {
                self.wrong.push(format!("{way}: says {:?}", say.text));
            }
        }
    }

    /// None where the flow is over: whether it helped is asked, or a human offered.
    fn nexts(&self, turns: &[Turn]) -> Vec<Next> {
        match turns.last().map(|turn| &turn.kind) {
            Some(ActionKind::Ask(say) | ActionKind::Say(say)) => self.answers(say),
            Some(ActionKind::RunTool(run)) => {
                let nodes = self.playbook.flows.iter().flat_map(|flow| &flow.nodes);
                let outcomes = nodes.filter_map(|node| match &node.kind {
                    NodeKind::Tool { tool, next } if *tool == run.tool => Some(next.keys().cloned()),
                    _ => None,
                });
                let mut outcomes: Vec<String> = outcomes.flatten().collect();
                outcomes.sort();
                outcomes.dedup();
                outcomes.into_iter().map(Next::Tool).collect()
            }
            Some(ActionKind::Guide(guide)) => vec![Next::Guide(guide.guide.clone())],
            _ => Vec::new(),
        }
    }

    fn answers(&self, say: &Say) -> Vec<Next> {
        let flow = |id: &str| id.starts_with("flow:") || id == "tool:yes" || id == "tool:no";
        let ids = say.choices.iter().map(|choice| choice.id.clone()).filter(|id| flow(id));
        let picks: Vec<Next> = ids.map(Next::Pick).collect();
        if picks.is_empty() && say.choices.is_empty() && !say.expects.is_empty() {
            let slots = self.playbook.flows.iter().filter(|flow| flow.id == self.flow);
            let kind = slots.flat_map(|flow| &flow.nodes).find_map(|node| match &node.kind {
                NodeKind::Slot { accept, .. } => Some(*accept),
                _ => None,
            });
            return vec![Next::Type(match kind {
                Some(SlotKind::Order) => "P20260106-0001",
                Some(SlotKind::Amount) => "120.50",
                Some(SlotKind::LastFour) => "8841",
                _ => "超市 shop",
            })];
        }
        picks
    }
}

#[test]
fn every_flow_of_the_demo_ends_on_every_way_and_in_both_languages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../playbooks/wallet");
    let playbook = load_playbook(&folder).unwrap();
    let mut wrong = Vec::new();
    for language in [Language::Zh, Language::En] {
        for flow in &playbook.flows {
            let flow = &flow.id;
            let mut walk = Walk {
                playbook: &playbook,
                language,
                flow,
                seen: BTreeSet::new(),
                ends: 0,
                wrong: Vec::new(),
            };
            let (facts, profile) = (Facts::default(), Profile::default());
            let mut talk = Conversation::default();
            let turns = talk.choose(&walk.context(&facts, &profile), &format!("start:{flow}"));
            walk.on(&talk, &turns, &format!("{language:?} {flow}"));
            assert!(walk.ends > 0 || !walk.wrong.is_empty(), "{flow} has no end");
            wrong.append(&mut walk.wrong);
        }
    }
    assert!(playbook.flows.len() >= 3 && wrong.is_empty(), "{}", wrong.join("\n"));
}
