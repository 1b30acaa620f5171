//! One turn on what the user typed or picked.

use super::{
    Context, Decision, Dialogue, Verdict, Wish, clip, decide, decision::ASKED_PRIORITY, heard, phrases,
    wording,
};
use crate::{
    action::{Basis, ChoiceRole, Reason, Say, reason},
    belief::Meaning,
    playbook::Help,
};

/// Characters read of what was typed: a question has no more, a pasted page does.
const MAX_TYPED_CHARS: usize = 1_000;
/// From this probability on, what behaviour believes is named beside "I can't answer that".
const WORTH_NAMING: f64 = 0.3;

impl Dialogue {
    /// What the user typed: what must be heard first, then what a flow waits for, then its meaning.
    pub(super) fn typed(&mut self, ctx: &Context, text: &str, meaning: &Meaning) -> Vec<Wish> {
        let text = &clip(text.trim(), MAX_TYPED_CHARS);
        if text.is_empty() {
            return vec![Wish::silence(reason::UNSURE.because("nothing was typed"))];
        }
        let verdict = decide(ctx.playbook, text, meaning);
        if let Decision::HandOff { .. } = verdict.decision {
            return self.hand_off(ctx, verdict);
        }
        if let Some(wishes) = self.flow_hears(ctx, text, &verdict, &meaning.basis) {
            return wishes;
        }
        if let Some(id) = self.button(text) {
            return self.picked(ctx, &id);
        }
        self.respond(ctx, verdict, &meaning.basis)
    }

    /// A human at once, after the rule's own words.
    fn hand_off(&mut self, ctx: &Context, verdict: Verdict) -> Vec<Wish> {
        let Verdict { decision: Decision::HandOff { reason, priority }, reasons } = verdict else {
            return Vec::new();
        };
        self.drop_flow();
        let rule = reason.strip_prefix("escalation:").and_then(|id| ctx.playbook.escalation(id));
        let first = match rule {
            Some(rule) => Some(ctx.text(&rule.text).to_owned()),
            None => (reason == "upset").then(|| ctx.words(wording::UPSET)),
        };
        let first = first.map(|text| Wish::say(Say { text, ..Say::default() }, reasons.clone()));
        first.into_iter().chain([Wish::Human { reason, priority, reasons }]).collect()
    }

    /// The button whose label was typed; any way of naming one of the meanings asked back.
    fn button(&self, text: &str) -> Option<String> {
        let labels: Vec<&str> = self.open.iter().map(|choice| choice.label.as_str()).collect();
        let asked_whether_it_helped = self.open.iter().any(|choice| choice.id == "helped:yes");
        let at = if self.proposed.is_empty() {
            phrases::named(text, &labels)
        } else {
            phrases::pick(text, &labels)
        };
        let named = at.and_then(|at| self.open.get(at)).map(|choice| choice.id.clone());
        named.or_else(|| match heard::yes_or_no(text) {
            Some(true) if asked_whether_it_helped => Some("helped:yes".to_owned()),
            Some(false) if asked_whether_it_helped => Some("helped:no".to_owned()),
            _ => None,
        })
    }

    /// What the meaning asks for.
    pub(super) fn respond(&mut self, ctx: &Context, verdict: Verdict, basis: &Basis) -> Vec<Wish> {
        let Verdict { decision, reasons } = verdict;
        match decision {
            Decision::SmallTalk { key } => {
                let sentence = wording::ALL.iter().find(|sentence| sentence.key == key);
                let text = sentence.map(|sentence| ctx.words(*sentence)).unwrap_or_default();
                vec![Wish::say(Say { text, ..Say::default() }, reasons)]
            }
            Decision::Answer { id } => {
                let again = self.topic() == Some(id.as_str());
                self.failures = if again { self.failures.saturating_add(1) } else { 0 };
                if again && self.out_of_patience(ctx) {
                    return self.give_up(ctx, ctx.playbook.settings.dialogue.failures);
                }
                self.answer(ctx, &id, Some(basis.clone()), reasons)
            }
            Decision::Clarify { ids } => self.ask_back(ctx, ids, basis, reasons),
            Decision::OutOfScope {} => self.out_of_scope(ctx, basis, reasons),
            Decision::HandOff { reason, priority } => {
                vec![Wish::Human { reason, priority, reasons }]
            }
        }
    }

    /// Two stages: first the likely meanings as buttons, then other words; a human after that.
    fn ask_back(
        &mut self,
        ctx: &Context,
        ids: Vec<String>,
        basis: &Basis,
        reasons: Vec<Reason>,
    ) -> Vec<Wish> {
        self.failures = self.failures.saturating_add(1);
        if self.out_of_patience(ctx) {
            return self.give_up(ctx, ctx.playbook.settings.dialogue.failures);
        }
        let mut choices = ctx.proposals(&ids);
        let sentence = if choices.is_empty() || ids == self.proposed {
            self.proposed.clear();
            choices.clear();
            wording::REPHRASE
        } else {
            self.proposed = ids;
            choices.push(ctx.choice("stuck:other", wording::SOMETHING_ELSE, ChoiceRole::Quiet));
            wording::WHICH
        };
        choices.push(ctx.human());
        let say = Say {
            text: ctx.words(sentence),
            choices,
            basis: Some(basis.clone()),
            expects: ctx.words(wording::TYPE_HERE),
            ..Say::default()
        };
        vec![Wish::ask(say, reasons)]
    }

    /// Says that it is not known, and where there is help.
    fn out_of_scope(&mut self, ctx: &Context, basis: &Basis, reasons: Vec<Reason>) -> Vec<Wish> {
        self.failures = self.failures.saturating_add(1);
        if self.out_of_patience(ctx) {
            return self.give_up(ctx, ctx.playbook.settings.dialogue.failures);
        }
        let likely = ctx.believed.first().filter(|guess| guess.probability >= WORTH_NAMING);
        let mut choices = ctx.proposals(likely.map(|guess| &guess.id));
        choices.push(ctx.human());
        let say = Say {
            text: ctx.words(wording::OUT_OF_SCOPE),
            choices,
            basis: Some(basis.clone()),
            expects: ctx.words(wording::TYPE_HERE),
            ..Say::default()
        };
        vec![Wish::say(say, reasons)]
    }

    /// A human, because a button says so.
    pub(super) fn human_by_button(&mut self) -> Vec<Wish> {
        self.drop_flow();
        vec![Wish::Human {
            reason: "asked".to_owned(),
            priority: ASKED_PRIORITY,
            reasons: vec![reason::ASKED_FOR_HUMAN.because("by the button")],
        }]
    }

    /// What a picked button does.
    pub(super) fn picked(&mut self, ctx: &Context, id: &str) -> Vec<Wish> {
        let reasons = vec![reason::PICKED.because(format!("`{id}`"))];
        match id.split_once(':') {
            None if id == "human" => self.human_by_button(),
            Some(("helped", "yes")) => self.helped(ctx, true),
            Some(("helped", "no")) => self.helped(ctx, false),
            Some(("stuck", "other")) => self.something_else(ctx, reasons),
            Some(("stuck", point)) => {
                self.drop_flow();
                self.answer(ctx, point, None, reasons)
            }
            Some(("guide", guide)) => {
                self.drop_flow();
                self.give(ctx, &Help::Guide(guide.to_owned()), None, reasons)
            }
            Some(("start", flow)) => self.give(ctx, &Help::Flow(flow.to_owned()), None, reasons),
            Some(("flow", option)) => self.flow_option(ctx, option, reasons),
            Some(("tool", yes)) => self.tool_consent(ctx, yes == "yes", reasons),
            _ => vec![Wish::silence(reason::STALE.because(format!("nothing waits for `{id}`")))],
        }
    }

    /// None of the meanings asked back: other words.
    fn something_else(&mut self, ctx: &Context, reasons: Vec<Reason>) -> Vec<Wish> {
        self.proposed.clear();
        let say = Say {
            text: ctx.words(wording::REPHRASE),
            choices: vec![ctx.human()],
            expects: ctx.words(wording::TYPE_HERE),
            ..Say::default()
        };
        vec![Wish::ask(say, reasons)]
    }
}
