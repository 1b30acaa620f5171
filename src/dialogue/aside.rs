//! Typed text in the middle of a flow: what it waits for, or a question of its own.

use super::{
    Context, Decision, Dialogue, Verdict, Wish,
    flow::{Waits, consent},
    heard, phrases, slot, wording,
};
use crate::{
    action::{Basis, CardView, Say, reason},
    playbook::{Help, Node, NodeKind, Reply},
};

impl Dialogue {
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
                let yes = heard::yes_or_no(text).or_else(|| phrases::named(text, &labels).map(|at| at == 0));
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
        let settings = &ctx.playbook.settings.dialogue;
        let usual = settings.retries;
        let allowed = if ctx.elder() { usual.min(settings.elder.retries) } else { usual };
        let Some(run) = &mut self.run else { return Vec::new() };
        run.retries = run.retries.saturating_add(1);
        let retries = run.retries;
        if retries > allowed {
            self.failures = retries;
            return self.give_up(ctx, usual.saturating_add(1));
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
