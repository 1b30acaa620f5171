//! Giving help: the card, guide or flow of a stuck point, whether it helped, and what is next.

use super::{Context, Dialogue, Settled, Topic, Wish, wording};
use crate::{
    action::{ActionKind, Basis, Choice, ChoiceRole, Guide, GuideStep, Reason, Say, reason},
    playbook::{Card, Help, Reply},
};

/// Other stuck points proposed after help that did not help.
const MAX_OTHERS: usize = 2;

impl Dialogue {
    /// The help for a stuck point or an intent.
    pub(super) fn answer(
        &mut self,
        ctx: &Context,
        id: &str,
        basis: Option<Basis>,
        reasons: Vec<Reason>,
    ) -> Vec<Wish> {
        self.proposed.clear();
        let help = if let Some(point) = ctx.playbook.stuck_point(id) {
            point.help.clone()
        } else if let Some(intent) = ctx.playbook.intent(id) {
            match &intent.reply {
                Reply::Card(card) => Help::Card(card.clone()),
                Reply::Flow(flow) => Help::Flow(flow.clone()),
                Reply::Human {} => Help::Human {},
                Reply::Say(text) => {
                    let text = ctx.text(text).to_owned();
                    return vec![Wish::say(Say { text, basis, ..Say::default() }, reasons)];
                }
            }
        } else {
            return vec![Wish::silence(reason::STALE.because(format!("`{id}` is not known here")))];
        };
        if self.topic() != Some(id) {
            let probability = probability(ctx, id, basis.as_ref());
            self.topic = Some(Topic { id: id.to_owned(), probability, given: Vec::new() });
        }
        self.give(ctx, &help, basis, reasons)
    }

    /// One piece of help.
    pub(super) fn give(
        &mut self,
        ctx: &Context,
        help: &Help,
        basis: Option<Basis>,
        reasons: Vec<Reason>,
    ) -> Vec<Wish> {
        self.given(help);
        match help {
            Help::Card(id) => match ctx.playbook.card(id) {
                Some(card) => {
                    self.try_out(ctx, format!("card:{id}"), "shown");
                    let text = ctx.words(wording::HERE);
                    let choices = self.card_choices(ctx, card);
                    let card = Some(ctx.card(card));
                    vec![Wish::say(Say { text, card, choices, basis, ..Say::default() }, reasons)]
                }
                None => self.broken(ctx, id),
            },
            Help::Guide(id) => self.lead(ctx, id, basis, reasons),
            Help::Flow(id) => {
                let mut wishes = self.start_flow(ctx, id, reasons);
                if let Some(say) = wishes.iter_mut().find_map(words) {
                    say.basis = basis;
                }
                wishes
            }
            Help::Human {} => vec![Wish::Human {
                reason: "stuck_point".to_owned(),
                priority: super::decision::ASKED_PRIORITY,
                reasons: [vec![reason::STUCK_POINT_HUMAN.because("its help is a human")], reasons].concat(),
            }],
        }
    }

    /// Leads through the page.
    pub(super) fn lead(
        &mut self,
        ctx: &Context,
        id: &str,
        basis: Option<Basis>,
        reasons: Vec<Reason>,
    ) -> Vec<Wish> {
        let Some(guide) = ctx.playbook.guide(id) else { return self.broken(ctx, id) };
        self.try_out(ctx, format!("guide:{id}"), "shown");
        let step = |step: &crate::playbook::GuideStep| GuideStep {
            target: step.target.clone(),
            text: ctx.text(&step.text).to_owned(),
            wait_ms: step.wait_ms,
        };
        let steps = guide.steps.iter().map(step).collect();
        let text = ctx.words(wording::FOLLOW_ME);
        let kind = ActionKind::Guide(Guide { guide: id.to_owned(), steps });
        vec![Wish::say(Say { text, basis, ..Say::default() }, reasons.clone()), Wish::turn(kind, reasons)]
    }

    /// A guide ended that no flow waits for; one of a flow goes on there.
    pub(super) fn guide_ended(&mut self, ctx: &Context, guide: &str, outcome: &str, why: &str) -> Vec<Wish> {
        let (code, sentence, tried) = match outcome {
            "done" => (reason::GUIDE_DONE, wording::GUIDE_DONE, "done"),
            "skipped" => (reason::GUIDE_SKIPPED, wording::GUIDE_SKIPPED, "failed"),
            _ => (reason::STALE, wording::GUIDE_LEFT, "dismissed"),
        };
        self.try_out(ctx, format!("guide:{guide}"), tried);
        let why = if why.is_empty() { "no cause given" } else { why };
        let reasons = vec![code.because(format!("guide `{guide}` {outcome}: {why}"))];
        if outcome != "left"
            && let Some(wishes) = self.after_guide(ctx, guide, outcome, &reasons)
        {
            return wishes;
        }
        self.drop_flow();
        let text = ctx.words(sentence);
        vec![Wish::ask(Say { text, choices: ctx.helped(), ..Say::default() }, reasons)]
    }

    /// Whether it helped.
    pub(super) fn helped(&mut self, ctx: &Context, helped: bool) -> Vec<Wish> {
        self.drop_flow();
        if let Some(topic) = &self.topic {
            self.settled = Some(Settled { id: topic.id.clone(), helped });
        }
        if let Some(last) = self.tried.last_mut() {
            last.outcome = if helped { "resolved" } else { "unresolved" }.to_owned();
        }
        if helped {
            self.failures = 0;
            self.topic = None;
            let text = ctx.words(wording::GLAD);
            return vec![Wish::say(
                Say { text, ..Say::default() },
                vec![reason::HELPED.because("the user says so")],
            )];
        }
        self.failures = self.failures.saturating_add(1);
        let choices = self.next_help(ctx);
        if choices.is_empty() {
            return self.give_up(ctx, 0);
        }
        if self.out_of_patience(ctx) {
            return self.give_up(ctx, ctx.playbook.settings.dialogue.failures);
        }
        let choices = choices.into_iter().chain([ctx.human()]).collect();
        let text = ctx.words(wording::TRY_NEXT);
        let expects = ctx.words(wording::TYPE_HERE);
        vec![Wish::ask(
            Say { text, choices, expects, ..Say::default() },
            vec![reason::NOT_HELPED.because(format!("{} in a row", self.failures))],
        )]
    }

    /// The bot's help has come to its end. `usual` failures would have brought it there without elder
    /// mode; 0 where elder mode has nothing to do with it.
    pub(super) fn give_up(&mut self, ctx: &Context, usual: u8) -> Vec<Wish> {
        self.drop_flow();
        let text = ctx.words(wording::CANNOT_SOLVE);
        let because = format!("{} turns in a row did not help", self.failures);
        let mut reasons = vec![reason::NOT_RESOLVED.because(because)];
        if ctx.elder() && self.failures < usual {
            let because = format!("after {} failures, and not after {usual}", self.failures);
            reasons.push(reason::ELDER_MODE.because(because));
        }
        self.failures = 0;
        vec![
            Wish::say(Say { text, ..Say::default() }, reasons.clone()),
            Wish::Human {
                reason: "not_resolved".to_owned(),
                priority: super::decision::ASKED_PRIORITY,
                reasons,
            },
        ]
    }

    /// The playbook names something that it does not have: the user is not left with it.
    pub(super) fn broken(&mut self, ctx: &Context, id: &str) -> Vec<Wish> {
        let mut wishes = self.give_up(ctx, 0);
        for wish in &mut wishes {
            let reasons = match wish {
                Wish::Turn(turn) => &mut turn.reasons,
                Wish::Human { reasons, .. } => reasons,
            };
            reasons.insert(0, reason::FLOW_BROKEN.because(format!("`{id}` is missing")));
        }
        wishes
    }

    /// Whether so many turns failed that a human is offered; sooner to those who rather want one.
    pub(super) fn out_of_patience(&self, ctx: &Context) -> bool {
        let settings = &ctx.playbook.settings.dialogue;
        let sooner = settings.failures.saturating_sub(u8::from(ctx.prefers_a_human()));
        let allowed = if ctx.elder() { sooner.min(settings.elder.failures) } else { sooner };
        self.failures >= allowed.max(1)
    }

    /// What can be done next from a card, and whether it helped.
    fn card_choices(&self, ctx: &Context, card: &Card) -> Vec<Choice> {
        self.card_ways(ctx, card).into_iter().chain(ctx.helped()).collect()
    }

    /// The guide and the flow of a card that were not given yet.
    fn card_ways(&self, ctx: &Context, card: &Card) -> Vec<Choice> {
        let guide = card.guide.as_ref().map(|id| (format!("guide:{id}"), wording::SHOW_ME));
        let flow = card.flow.as_ref().map(|id| (format!("start:{id}"), wording::CHECK_IT));
        guide
            .into_iter()
            .chain(flow)
            .filter(|(id, _)| !self.was_given(id))
            .map(|(id, label)| ctx.choice(&id, label, ChoiceRole::Primary))
            .collect()
    }

    /// What was not tried yet: the rest of the card, then what else is believed.
    fn next_help(&self, ctx: &Context) -> Vec<Choice> {
        let card = self
            .topic
            .iter()
            .flat_map(|topic| &topic.given)
            .find_map(|given| ctx.playbook.card(given.strip_prefix("card:")?));
        let ways = card.map_or_else(Vec::new, |card| self.card_ways(ctx, card));
        let others = ctx
            .believed
            .iter()
            .filter(|guess| guess.probability >= ctx.playbook.settings.dialogue.propose_at)
            .map(|guess| &guess.id)
            .filter(|id| self.topic() != Some(id.as_str()))
            .take(MAX_OTHERS);
        ways.into_iter().chain(ctx.proposals(others)).collect()
    }

    fn given(&mut self, help: &Help) {
        let id = match help {
            Help::Card(id) => format!("card:{id}"),
            Help::Guide(id) => format!("guide:{id}"),
            Help::Flow(id) => format!("start:{id}"),
            Help::Human {} => return,
        };
        if let Some(topic) = &mut self.topic
            && !topic.given.contains(&id)
            && topic.given.len() < super::MAX_TRIED
        {
            topic.given.push(id);
        }
    }

    fn was_given(&self, id: &str) -> bool {
        self.topic.as_ref().is_some_and(|topic| topic.given.iter().any(|given| given == id))
    }
}

/// The words of a wish that has some.
pub(super) fn words(wish: &mut Wish) -> Option<&mut Say> {
    match wish {
        Wish::Turn(turn) => match &mut turn.kind {
            ActionKind::Say(say) | ActionKind::Ask(say) => Some(say),
            _ => None,
        },
        Wish::Human { .. } => None,
    }
}

/// How sure it is that this is the topic: by text and behaviour, by behaviour, by the user's own pick.
fn probability(ctx: &Context, id: &str, basis: Option<&Basis>) -> f64 {
    let together = basis.map_or(&[][..], |basis| &basis.together);
    let guess = together.iter().chain(ctx.believed).find(|guess| guess.id == id);
    guess.map_or(1.0, |guess| guess.probability)
}
