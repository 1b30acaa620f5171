//! A flow's tools: the question before one, the call, its answer, its failure.

use std::collections::BTreeMap;

use super::{
    Context, Dialogue, Wish,
    flow::{Run, Waits, consent},
    wording,
};
use crate::{
    action::{ActionKind, Reason, RunTool, Say, reason},
    playbook::{Node, NodeKind, SlotKind, Tool},
};

/// How long after a tool's own time-out its failure is taken for granted, in milliseconds: the host
/// reports it first where it can.
pub const TOOL_GRACE_MS: i64 = 2_000;

impl Dialogue {
    /// Asks before the tool runs, where the playbook says so.
    pub(super) fn propose_tool(&mut self, ctx: &Context, id: &str, reasons: Vec<Reason>) -> Vec<Wish> {
        let Some(tool) = ctx.playbook.tool(id) else { return self.broken(ctx, id) };
        let Some(confirm) = &tool.confirm else { return self.run_tool(ctx, tool, reasons) };
        if let Some(run) = &mut self.run {
            run.waits = Waits::Consent;
        }
        let text = self.slots.put_into(ctx.text(confirm));
        let choices = consent(ctx).into_iter().chain(ctx.elder().then(|| ctx.human())).collect();
        let say = Say { text, choices, ..Say::default() };
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
        vec![Wish::say(Say { text, ..Say::default() }, reasons.clone()), Wish::turn(kind, reasons)]
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
        // A node with words of its own says it better.
        let speaks = self.node_speaks(ctx, node);
        if failed && !speaks {
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
}
