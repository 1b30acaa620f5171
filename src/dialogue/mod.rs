//! Stage 7. The talk: answers, questions back, flows. It never talks to the desk; where a human is
//! wanted it says so with [`Wish::Human`], and the next stage does the rest.

mod aside;
pub mod context;
pub mod decision;
mod flow;
mod heard;
mod help;
mod phrases;
mod redact;
pub mod settings;
mod slot;
mod tool;
mod transcript;
mod turn;
pub mod wording;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::{
    context::{Context, Facts, Turn, Wish},
    decision::{Decision, Verdict, decide},
    heard::yes_or_no,
    phrases::language_of,
    redact::redact,
    transcript::clip,
};
use self::{flow::Run, slot::Slots, transcript::Transcript};
use crate::{
    action::{
        ActionKind, Choice, Guess, Say,
        handoff::{Line, Speaker, Tried},
        reason,
    },
    belief::Meaning,
    time::Millis,
};

/// Things tried that are kept; the oldest goes first.
pub const MAX_TRIED: usize = 20;

/// The talk of one session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dialogue {
    transcript: Transcript,
    tried: Vec<Tried>,
    slots: Slots,
    topic: Option<Topic>,
    /// Turns in a row that did not help.
    failures: u8,
    /// What was asked back last.
    proposed: Vec<String>,
    run: Option<Run>,
    /// The buttons shown last: a typed label picks one.
    open: Vec<Choice>,
    settled: Option<Settled>,
}

/// What the talk is about, and what was given for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Topic {
    id: String,
    probability: f64,
    given: Vec<String>,
}

/// What the user said about the help for a stuck point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settled {
    /// The stuck point's or intent's id.
    pub id: String,
    /// Whether it helped.
    pub helped: bool,
}

impl Dialogue {
    /// An offer was taken up.
    pub fn take_up(&mut self, ctx: &Context, stuck_point: &str) -> Vec<Wish> {
        if let Some(point) = ctx.playbook.stuck_point(stuck_point) {
            self.transcript.push(Speaker::Bot, ctx.text(&point.offer), ctx.now);
        }
        self.drop_flow();
        let reasons = vec![reason::TAKEN_UP.because(format!("the offer for `{stuck_point}`"))];
        let wishes = self.answer(ctx, stuck_point, None, reasons);
        self.note(ctx, wishes)
    }

    /// The user typed something.
    pub fn say(&mut self, ctx: &Context, text: &str, meaning: &Meaning) -> Vec<Wish> {
        self.hear(ctx, text);
        let wishes = self.typed(ctx, text, meaning);
        self.note(ctx, wishes)
    }

    /// The user picked a button.
    pub fn choose(&mut self, ctx: &Context, id: &str) -> Vec<Wish> {
        if let Some(choice) = self.open.iter().find(|choice| choice.id == id) {
            let label = choice.label.clone();
            self.hear(ctx, &label);
        }
        let wishes = self.picked(ctx, id);
        self.note(ctx, wishes)
    }

    /// The action with this key runs the tool that the flow waits for.
    pub fn running(&mut self, key: &str) {
        if let Some(run) = &mut self.run {
            run.running(key);
        }
    }

    /// A tool ended.
    pub fn tool(
        &mut self,
        ctx: &Context,
        key: &str,
        outcome: &str,
        values: &BTreeMap<String, String>,
    ) -> Vec<Wish> {
        let wishes = self.tool_ended(ctx, key, outcome, values);
        self.note(ctx, wishes)
    }

    /// A guide ended: `done`, `left` or `skipped`.
    pub fn guide(&mut self, ctx: &Context, guide: &str, outcome: &str, why: &str) -> Vec<Wish> {
        let wishes = self.guide_ended(ctx, guide, outcome, why);
        self.note(ctx, wishes)
    }

    /// The user asked for a human by the button that is always there.
    pub fn ask_human(&mut self, ctx: &Context) -> Vec<Wish> {
        self.hear(ctx, &ctx.words(wording::HUMAN));
        self.human_by_button()
    }

    /// The user's words, where somebody else answers them.
    pub fn hear(&mut self, ctx: &Context, text: &str) {
        self.transcript.push(Speaker::User, text, ctx.now);
    }

    /// The human's words, so that the conversation is whole.
    pub fn agent(&mut self, ctx: &Context, text: &str) {
        self.transcript.push(Speaker::Agent, text, ctx.now);
    }

    /// A human has taken over: flows end, and the next word to the bot is a fresh start.
    pub fn step_back(&mut self) {
        self.drop_flow();
        self.failures = 0;
        self.open.clear();
    }

    /// When something is due that nobody has to say.
    pub fn due(&self) -> Option<Millis> {
        self.run.as_ref().and_then(Run::due)
    }

    /// What is due at `ctx.now`.
    pub fn advance(&mut self, ctx: &Context) -> Vec<Wish> {
        let wishes = self.time_out(ctx);
        self.note(ctx, wishes)
    }

    /// What the user said about the help, once.
    pub fn settled(&mut self) -> Option<Settled> {
        self.settled.take()
    }

    /// What the talk is about, and how sure that is; a stuck point or an intent.
    pub fn about(&self) -> Option<Guess> {
        let guess = |topic: &Topic| Guess { id: topic.id.clone(), probability: topic.probability };
        self.topic.as_ref().map(guess)
    }

    fn topic(&self) -> Option<&str> {
        self.topic.as_ref().map(|topic| topic.id.as_str())
    }

    /// The conversation so far, redacted, oldest first.
    pub fn lines(&self) -> &[Line] {
        self.transcript.lines()
    }

    /// What was tried in the talk, oldest first.
    pub fn tried(&self) -> &[Tried] {
        &self.tried
    }

    /// The filled slots as a human may see them.
    pub fn slots(&self) -> BTreeMap<String, String> {
        self.slots.redacted()
    }

    /// Keeps the bot's words and buttons.
    fn note(&mut self, ctx: &Context, wishes: Vec<Wish>) -> Vec<Wish> {
        for wish in &wishes {
            let Wish::Turn(turn) = wish else { continue };
            let (ActionKind::Say(say) | ActionKind::Ask(say)) = &turn.kind else { continue };
            self.transcript.push(Speaker::Bot, &line(say), ctx.now);
            if !say.choices.is_empty() {
                self.open.clone_from(&say.choices);
            }
        }
        wishes
    }

    /// Keeps what was tried; the same again only changes what became of it.
    fn try_out(&mut self, ctx: &Context, what: String, outcome: &str) {
        let tried = Tried { what, outcome: outcome.to_owned(), t: ctx.now };
        self.tried.retain(|earlier| earlier.what != tried.what);
        if self.tried.len() >= MAX_TRIED {
            self.tried.remove(0);
        }
        self.tried.push(tried);
    }
}

/// A turn as one line of the conversation.
fn line(say: &Say) -> String {
    match &say.card {
        Some(card) => format!("{} [{}]", say.text, card.title),
        None => say.text.clone(),
    }
}
