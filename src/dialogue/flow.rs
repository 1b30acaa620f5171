//! Flows: one node after the other, until one waits for the user, a tool or the page.

use serde::{Deserialize, Serialize};

use super::{Context, Dialogue, Wish, wording};
use crate::{
    action::{Choice, ChoiceRole, Reason, Say, reason},
    playbook::{FlowOption, Help, Node, NodeKind, SlotKind},
    time::Millis,
};

/// Nodes a flow may go through: beyond that it goes round, and a human is offered.
pub const MAX_NODES: u16 = 50;

/// A flow under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    flow: String,
    node: String,
    pub(super) waits: Waits,
    nodes: u16,
    pub(super) retries: u8,
}

/// What a flow waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Waits {
    /// An option, or a value for a slot.
    User,
    /// The yes to a tool.
    Consent,
    /// A tool, under the key of the action that runs it, until the time it counts as failed.
    Tool { key: String, until: Millis },
    /// A guide.
    Guide,
}

impl Run {
    pub(super) fn running(&mut self, ran: &str) {
        if let Waits::Tool { key, .. } = &mut self.waits
            && key.is_empty()
        {
            ran.clone_into(key);
        }
    }

    pub(super) fn due(&self) -> Option<Millis> {
        match self.waits {
            Waits::Tool { until, .. } => Some(until),
            _ => None,
        }
    }
}

impl Dialogue {
    pub(super) fn drop_flow(&mut self) {
        self.run = None;
    }

    /// The flow from its first node.
    pub(super) fn start_flow(&mut self, ctx: &Context, id: &str, reasons: Vec<Reason>) -> Vec<Wish> {
        self.try_out(ctx, format!("flow:{id}"), "shown");
        let Some(first) = ctx.playbook.flow(id).and_then(|flow| flow.nodes.first()) else {
            return self.broken(ctx, id);
        };
        self.run = Some(Run {
            flow: id.to_owned(),
            node: first.id.clone(),
            waits: Waits::User,
            nodes: 0,
            retries: 0,
        });
        self.go(ctx, &first.id, reasons)
    }

    /// From this node on, until one waits or the flow ends.
    pub(super) fn go(&mut self, ctx: &Context, node: &str, reasons: Vec<Reason>) -> Vec<Wish> {
        let mut wishes = Vec::new();
        let mut next = Some(node.to_owned());
        while let Some(id) = next.take() {
            let Some(run) = &mut self.run else { break };
            run.nodes = run.nodes.saturating_add(1);
            run.retries = 0;
            run.waits = Waits::User;
            run.node.clone_from(&id);
            let went_round = run.nodes > MAX_NODES;
            let node = ctx.playbook.flow(&run.flow).and_then(|flow| flow.node(&id));
            let Some(node) = node.filter(|_| !went_round) else {
                wishes.extend(self.give_up_flow(ctx, &id, went_round));
                break;
            };
            next = self.enter(ctx, node, &reasons, &mut wishes);
        }
        wishes
    }

    fn give_up_flow(&mut self, ctx: &Context, node: &str, went_round: bool) -> Vec<Wish> {
        if !went_round {
            return self.broken(ctx, node);
        }
        let mut wishes = self.give_up(ctx, 0);
        if let Some(Wish::Human { reasons, .. }) = wishes.last_mut() {
            reasons.insert(0, reason::FLOW_BOUND.because(format!("more than {MAX_NODES} nodes")));
        }
        wishes
    }

    /// Does what the node says; gives the node to go on with at once, if it does not wait.
    fn enter(
        &mut self,
        ctx: &Context,
        node: &Node,
        reasons: &[Reason],
        wishes: &mut Vec<Wish>,
    ) -> Option<String> {
        let reasons = [reasons, &[reason::FLOW_STEP.because(format!("node `{}`", node.id))]].concat();
        match &node.kind {
            NodeKind::Say { text, card, next } => {
                let text = self.slots.put_into(ctx.text(text));
                let card = card.as_ref().and_then(|id| ctx.playbook.card(id)).map(|c| ctx.card(c));
                let choices = if next.is_none() { ctx.helped() } else { Vec::new() };
                wishes.push(Wish::say(Say { text, card, choices, ..Say::default() }, reasons));
                if next.is_none() {
                    self.run = None;
                }
                next.clone()
            }
            NodeKind::Choose { .. } | NodeKind::Slot { .. } => {
                wishes.extend(self.question(ctx, node, None, reasons));
                None
            }
            NodeKind::Tool { tool, .. } => {
                wishes.extend(self.propose_tool(ctx, tool, reasons));
                None
            }
            NodeKind::Guide { guide, .. } => {
                wishes.extend(self.lead(ctx, guide, None, reasons));
                if let Some(run) = &mut self.run {
                    run.waits = Waits::Guide;
                }
                None
            }
            NodeKind::Human {} => {
                self.run = None;
                wishes.extend(self.give(ctx, &Help::Human {}, None, reasons));
                None
            }
        }
    }

    /// The question of a node, after other words where there are some.
    pub(super) fn question(
        &self,
        ctx: &Context,
        node: &Node,
        first: Option<String>,
        reasons: Vec<Reason>,
    ) -> Option<Wish> {
        let (text, mut choices, expects) = match &node.kind {
            NodeKind::Choose { text, options } => (ctx.text(text), buttons(ctx, options), None),
            NodeKind::Slot { text, accept, .. } => (ctx.text(text), Vec::new(), Some(*accept)),
            NodeKind::Tool { tool, .. } => {
                let confirm = ctx.playbook.tool(tool)?.confirm.as_ref()?;
                (ctx.text(confirm), consent(ctx), None)
            }
            _ => return None,
        };
        choices.extend(ctx.elder().then(|| ctx.human()));
        let text = self.slots.put_into(text);
        let text = match first {
            Some(first) => format!("{first}\n{text}"),
            None => text,
        };
        let expects = expects.map(|kind| ctx.words(expectation(kind))).unwrap_or_default();
        Some(Wish::ask(Say { text, choices, expects, ..Say::default() }, reasons))
    }

    /// Whether a node of the flow begins with words.
    pub(super) fn node_speaks(&self, ctx: &Context, id: &str) -> bool {
        let flow = self.run.as_ref().and_then(|run| ctx.playbook.flow(&run.flow));
        let speaks = |node: &Node| !matches!(node.kind, NodeKind::Human {} | NodeKind::Tool { .. });
        flow.and_then(|flow| flow.node(id)).is_some_and(speaks)
    }

    /// A guide of the flow ended: on to the next node.
    pub(super) fn after_guide(
        &mut self,
        ctx: &Context,
        ended: &str,
        outcome: &str,
        reasons: &[Reason],
    ) -> Option<Vec<Wish>> {
        let waits = self.run.as_ref().is_some_and(|run| run.waits == Waits::Guide);
        let next = match &self.node(ctx).filter(|_| waits)?.kind {
            NodeKind::Guide { guide, next: Some(next) } if guide == ended => next,
            _ => return None,
        };
        let mut wishes = Vec::new();
        if outcome == "skipped" {
            let text = ctx.words(wording::GUIDE_SKIPPED);
            wishes.push(Wish::say(Say { text, ..Say::default() }, reasons.to_vec()));
        }
        wishes.extend(self.go(ctx, next, reasons.to_vec()));
        Some(wishes)
    }

    /// An option was picked by its button.
    pub(super) fn flow_option(&mut self, ctx: &Context, option: &str, reasons: Vec<Reason>) -> Vec<Wish> {
        let options = self.node(ctx).and_then(|node| match &node.kind {
            NodeKind::Choose { options, .. } => Some(options),
            _ => None,
        });
        let at = option.parse::<usize>().ok();
        match options.zip(at).and_then(|(options, at)| options.get(at)) {
            Some(option) => self.go(ctx, &option.next, reasons),
            None => vec![Wish::silence(reason::STALE.because("no question waits for this option"))],
        }
    }

    /// The node that the flow is at.
    pub(super) fn node<'a>(&self, ctx: &Context<'a>) -> Option<&'a Node> {
        let run = self.run.as_ref()?;
        ctx.playbook.flow(&run.flow)?.node(&run.node)
    }
}

fn buttons(ctx: &Context, options: &[FlowOption]) -> Vec<Choice> {
    let button = |(at, option): (usize, &FlowOption)| Choice {
        id: format!("flow:{at}"),
        label: ctx.text(&option.label).to_owned(),
        role: ChoiceRole::Plain,
    };
    options.iter().enumerate().map(button).collect()
}

pub(super) fn consent(ctx: &Context) -> Vec<Choice> {
    vec![
        ctx.choice("tool:yes", wording::TOOL_YES, ChoiceRole::Primary),
        ctx.choice("tool:no", wording::TOOL_NO, ChoiceRole::Quiet),
    ]
}

fn expectation(kind: SlotKind) -> wording::Sentence {
    match kind {
        SlotKind::Text => wording::EXPECT_TEXT,
        SlotKind::Order => wording::EXPECT_ORDER,
        SlotKind::Amount => wording::EXPECT_AMOUNT,
        SlotKind::LastFour => wording::EXPECT_LAST_FOUR,
    }
}
