//! Flows: one node after the other, until one waits for the user, a tool or the page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Context, Decision, Dialogue, Turn, Verdict, Wish, phrases, slot, wording};
use crate::{
    action::{ActionKind, Basis, CardView, Choice, ChoiceRole, Reason, RunTool, Say, reason},
    playbook::{FlowOption, Help, Node, NodeKind, SlotKind, Tool},
    time::Millis,
};

/// Nodes a flow may go through: beyond that it goes round, and a human is offered.
pub const MAX_NODES: u16 = 50;
/// How long after a tool's own time-out its failure is taken for granted, in milliseconds: the host
/// reports it first where it can.
pub const TOOL_GRACE_MS: i64 = 2_000;

/// A flow under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    flow: String,
    node: String,
    waits: Waits,
    nodes: u16,
    retries: u8,
}

/// What a flow waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Waits {
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
    fn go(&mut self, ctx: &Context, node: &str, reasons: Vec<Reason>) -> Vec<Wish> {
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
        let mut wishes = self.give_up(ctx);
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
    fn question(
        &self,
        ctx: &Context,
        node: &Node,
        first: Option<String>,
        reasons: Vec<Reason>,
    ) -> Option<Wish> {
        let (text, choices, expects) = match &node.kind {
            NodeKind::Choose { text, options } => (ctx.text(text), buttons(ctx, options), None),
            NodeKind::Slot { text, accept, .. } => (ctx.text(text), Vec::new(), Some(*accept)),
            NodeKind::Tool { tool, .. } => {
                let confirm = ctx.playbook.tool(tool)?.confirm.as_ref()?;
                (ctx.text(confirm), consent(ctx), None)
            }
            _ => return None,
        };
        let text = self.slots.put_into(text);
        let text = match first {
            Some(first) => format!("{first}\n{text}"),
            None => text,
        };
        let expects = expects.map(|kind| ctx.words(expectation(kind))).unwrap_or_default();
        Some(Wish::ask(Say { text, choices, expects, ..Say::default() }, reasons))
    }

    /// Asks before the tool runs, where the playbook says so.
    fn propose_tool(&mut self, ctx: &Context, id: &str, reasons: Vec<Reason>) -> Vec<Wish> {
        let Some(tool) = ctx.playbook.tool(id) else { return self.broken(ctx, id) };
        let Some(confirm) = &tool.confirm else { return self.run_tool(ctx, tool, reasons) };
        if let Some(run) = &mut self.run {
            run.waits = Waits::Consent;
        }
        let text = self.slots.put_into(ctx.text(confirm));
        let say = Say { text, choices: consent(ctx), ..Say::default() };
        vec![Wish::ask(say, reasons)]
    }

    fn run_tool(&mut self, ctx: &Context, tool: &Tool, reasons: Vec<Reason>) -> Vec<Wish> {
        let until = ctx.now.plus(i64::from(tool.timeout_ms)).plus(TOOL_GRACE_MS);
        if let Some(run) = &mut self.run {
            run.waits = Waits::Tool { key: String::new(), until };
        }
        let text = ctx.filled(wording::TOOL_RUNNING, &[("tool", ctx.text(&tool.title))]);
        let kind = ActionKind::RunTool(RunTool {
            tool: tool.id.clone(),
            arguments: self.slots.values(&tool.arguments),
            timeout_ms: tool.timeout_ms,
        });
        vec![Wish::say(Say { text, ..Say::default() }, reasons.clone()), Wish::Turn(Turn { kind, reasons })]
    }

    /// The user's yes or no to the tool.
    pub(super) fn tool_consent(&mut self, ctx: &Context, yes: bool, reasons: Vec<Reason>) -> Vec<Wish> {
        let waits = self.run.as_ref().is_some_and(|run| run.waits == Waits::Consent);
        let tool = self.node(ctx).and_then(|node| match &node.kind {
            NodeKind::Tool { tool, .. } => ctx.playbook.tool(tool),
            _ => None,
        });
        match tool.filter(|_| waits) {
            Some(tool) if yes => self.run_tool(ctx, tool, reasons),
            Some(_) => {
                self.run = None;
                let text = ctx.words(wording::TOOL_LEFT);
                let expects = ctx.words(wording::TYPE_HERE);
                let choices = vec![ctx.human()];
                vec![Wish::say(Say { text, choices, expects, ..Say::default() }, reasons)]
            }
            None => vec![Wish::silence(reason::STALE.because("no tool waits for a yes"))],
        }
    }

    /// A tool ended; one that the flow does not wait for any more changes nothing.
    pub(super) fn tool_ended(
        &mut self,
        ctx: &Context,
        key: &str,
        outcome: &str,
        values: &BTreeMap<String, String>,
    ) -> Vec<Wish> {
        let waits = |run: &Run| matches!(&run.waits, Waits::Tool { key: k, .. } if k == key || k.is_empty());
        let node = self.run.as_ref().filter(|run| waits(run)).and_then(|_| self.node(ctx));
        let Some(Node { kind: NodeKind::Tool { tool, next }, .. }) = node else {
            let because = format!("nothing waits for the tool under `{key}`");
            return vec![Wish::silence(reason::STALE.because(because))];
        };
        for (name, value) in values {
            self.slots.fill(name, value, SlotKind::Text);
        }
        let failed = outcome == "failed" || !next.contains_key(outcome);
        let code = if failed { reason::TOOL_FAILED } else { reason::TOOL_DONE };
        let reasons = vec![code.because(format!("tool `{tool}`: `{outcome}`"))];
        self.try_out(ctx, format!("tool:{tool}"), if failed { "failed" } else { "done" });
        let Some(node) = next.get(outcome).or_else(|| next.get("failed")) else {
            return self.broken(ctx, "failed");
        };
        let mut wishes = Vec::new();
        if failed {
            let text = ctx.words(wording::TOOL_FAILED);
            wishes.push(Wish::say(Say { text, ..Say::default() }, reasons.clone()));
        }
        wishes.extend(self.go(ctx, node, reasons));
        wishes
    }

    /// The tool that the flow waits for did not answer in time.
    pub(super) fn time_out(&mut self, ctx: &Context) -> Vec<Wish> {
        let late = self.run.as_ref().and_then(|run| match &run.waits {
            Waits::Tool { key, until } if *until <= ctx.now => Some(key.clone()),
            _ => None,
        });
        late.map_or_else(Vec::new, |key| self.tool_ended(ctx, &key, "failed", &BTreeMap::new()))
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
    fn node<'a>(&self, ctx: &Context<'a>) -> Option<&'a Node> {
        let run = self.run.as_ref()?;
        ctx.playbook.flow(&run.flow)?.node(&run.node)
    }

    /// What was typed, where a flow waits for something; none where the flow has no use for it.
    pub(super) fn flow_hears(
        &mut self,
        ctx: &Context,
        text: &str,
        verdict: &Verdict,
        basis: &Basis,
    ) -> Option<Vec<Wish>> {
        let waits = self.run.as_ref()?.waits.clone();
        let node = self.node(ctx)?;
        let picked = vec![reason::PICKED.because("typed")];
        match (&waits, &node.kind) {
            (Waits::Consent, _) => {
                let labels: Vec<String> = consent(ctx).into_iter().map(|c| c.label).collect();
                let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
                let yes =
                    phrases::yes_or_no(text).or_else(|| phrases::named(text, &labels).map(|at| at == 0));
                if let Some(yes) = yes {
                    return Some(self.tool_consent(ctx, yes, picked));
                }
            }
            (Waits::User, NodeKind::Choose { options, .. }) => {
                let labels: Vec<&str> = options.iter().map(|o| ctx.text(&o.label)).collect();
                let option = phrases::pick(text, &labels).and_then(|at| options.get(at));
                if let Some(option) = option {
                    return Some(self.go(ctx, &option.next, picked));
                }
            }
            (Waits::User, NodeKind::Slot { slot, accept, next, .. }) => {
                if let Some(value) = slot::accept(*accept, text) {
                    self.slots.fill(slot, &value, *accept);
                    return Some(self.go(ctx, next, picked));
                }
            }
            _ => {}
        }
        self.aside(ctx, node, verdict, basis)
    }

    /// Something else was typed in the middle of a flow: it is answered, and the flow goes on.
    fn aside(&mut self, ctx: &Context, node: &Node, verdict: &Verdict, basis: &Basis) -> Option<Vec<Wish>> {
        let waits = self.run.as_ref()?.waits.clone();
        let reasons = [
            verdict.reasons.as_slice(),
            &[reason::FLOW_DIGRESSION.because(format!("at node `{}`", node.id))],
        ]
        .concat();
        let first = match &verdict.decision {
            Decision::Answer { id } if self.topic() != Some(id.as_str()) => {
                let Some(card) = self.short_answer(ctx, id) else {
                    // The answer is a flow or a guide of its own: that one takes over.
                    self.drop_flow();
                    return None;
                };
                let basis = Some(basis.clone());
                Some(Wish::say(Say { basis, ..card }, reasons.clone()))
            }
            Decision::SmallTalk { .. } => self.respond(ctx, verdict.clone(), basis).pop(),
            Decision::OutOfScope {} => {
                let text = ctx.words(wording::OUT_OF_SCOPE);
                Some(Wish::say(Say { text, ..Say::default() }, reasons.clone()))
            }
            _ => None,
        };
        match (first, &waits) {
            (Some(first), Waits::User | Waits::Consent) => {
                let back = Some(ctx.words(wording::BACK_TO));
                let again = self.question(ctx, node, back, reasons);
                Some([first].into_iter().chain(again).collect())
            }
            (Some(first), _) => Some(vec![first]),
            (None, Waits::Tool { .. }) => {
                let text = ctx.words(wording::TOOL_STILL);
                Some(vec![Wish::say(Say { text, ..Say::default() }, reasons)])
            }
            (None, Waits::Guide) => None,
            (None, Waits::User | Waits::Consent) => Some(self.ask_again(ctx, node)),
        }
    }

    /// The answer to another question, where it is short enough to come back from.
    fn short_answer(&self, ctx: &Context, id: &str) -> Option<Say> {
        use crate::playbook::Reply;
        let card = match (ctx.playbook.stuck_point(id), ctx.playbook.intent(id)) {
            (Some(point), _) => match &point.help {
                Help::Card(card) => card,
                _ => return None,
            },
            (None, Some(intent)) => match &intent.reply {
                Reply::Say(text) => {
                    return Some(Say { text: ctx.text(text).to_owned(), ..Say::default() });
                }
                Reply::Card(card) => card,
                _ => return None,
            },
            (None, None) => return None,
        };
        let card: Option<CardView> = ctx.playbook.card(card).map(|card| ctx.card(card));
        Some(Say { text: ctx.words(wording::HERE), card, ..Say::default() })
    }

    /// What was typed does not fit: once more with a hint, a human after the last time.
    fn ask_again(&mut self, ctx: &Context, node: &Node) -> Vec<Wish> {
        let allowed = ctx.playbook.settings.dialogue.retries;
        let Some(run) = &mut self.run else { return Vec::new() };
        run.retries = run.retries.saturating_add(1);
        let retries = run.retries;
        if retries > allowed {
            self.failures = retries;
            return self.give_up(ctx);
        }
        let hint = match &node.kind {
            NodeKind::Slot { retry, .. } => self.slots.put_into(ctx.text(retry)),
            _ => ctx.words(wording::PICK_ONE),
        };
        let because = format!("try {retries} of {allowed}");
        let reasons = vec![reason::SLOT_REFUSED.because(because)];
        self.question(ctx, node, Some(hint), reasons).into_iter().collect()
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

fn consent(ctx: &Context) -> Vec<Choice> {
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
