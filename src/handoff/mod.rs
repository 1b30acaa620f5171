//! Stage 8. Bringing in a human: the state machine and what the human gets to see.
//!
//! The engine holds one [`Conversation`]: it passes the talk to [`crate::dialogue`] while the bot has
//! it, and keeps the bot quiet while a human has it.

pub mod machine;
mod notice;
pub mod package;
mod request;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use self::machine::By;
pub use self::machine::Handoff;
pub use crate::action::handoff::{
    ContextPackage, EvidenceLine, Line, Speaker, State, StuckAt, Tried, Update,
};
use crate::{
    action::{ActionKind, Reason, reason},
    belief::Meaning,
    dialogue::{Context, Dialogue, Settled, Turn, Wish, yes_or_no},
    time::Millis,
};

/// The talk of one session, with the bot and with humans.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    dialogue: Dialogue,
    /// The last handoff, over or not.
    handoff: Option<Handoff>,
    /// How many there were: the number in the next one's key.
    handoffs: u32,
}

impl Conversation {
    /// An offer was taken up.
    pub fn take_up(&mut self, ctx: &Context, stuck_point: &str) -> Vec<Turn> {
        self.while_the_bot_speaks(ctx, |dialogue| dialogue.take_up(ctx, stuck_point))
    }

    /// The user typed something. While a human speaks the host passes it to the desk.
    pub fn say(&mut self, ctx: &Context, text: &str, meaning: &Meaning) -> Vec<Turn> {
        if self.human_speaks() {
            self.dialogue.hear(ctx, text);
            return self.quiet();
        }
        if self.handoff.as_ref().is_some_and(|handoff| handoff.writing) {
            return self.leave_message(ctx, text);
        }
        let asked = self.handoff.as_ref().is_some_and(|handoff| handoff.state == State::Offered);
        match yes_or_no(text).filter(|_| asked) {
            Some(yes) => {
                self.dialogue.hear(ctx, text);
                self.answer_offer(ctx, if yes { "accept" } else { "decline" })
            }
            None => self.while_the_bot_speaks(ctx, |dialogue| dialogue.say(ctx, text, meaning)),
        }
    }

    /// The user picked a button.
    pub fn choose(&mut self, ctx: &Context, id: &str) -> Vec<Turn> {
        match id.strip_prefix("handoff:") {
            Some(answer) => self.answer_offer(ctx, answer),
            None => self.while_the_bot_speaks(ctx, |dialogue| dialogue.choose(ctx, id)),
        }
    }

    /// The action with this key runs the tool that was just asked for.
    pub fn running(&mut self, key: &str) {
        self.dialogue.running(key);
    }

    /// A tool ended.
    pub fn tool(
        &mut self,
        ctx: &Context,
        key: &str,
        outcome: &str,
        values: &BTreeMap<String, String>,
    ) -> Vec<Turn> {
        self.while_the_bot_speaks(ctx, |dialogue| dialogue.tool(ctx, key, outcome, values))
    }

    /// A guide ended: `done`, `left` or `skipped`.
    pub fn guide(&mut self, ctx: &Context, guide: &str, outcome: &str, why: &str) -> Vec<Turn> {
        self.while_the_bot_speaks(ctx, |dialogue| dialogue.guide(ctx, guide, outcome, why))
    }

    /// The user asked for a human by the button that is always there.
    pub fn ask_human(&mut self, ctx: &Context) -> Vec<Turn> {
        self.while_the_bot_speaks(ctx, |dialogue| dialogue.ask_human(ctx))
    }

    /// The human said something.
    pub fn agent(&mut self, ctx: &Context, text: &str) -> Vec<Turn> {
        self.dialogue.agent(ctx, text);
        self.quiet()
    }

    /// News from the desk.
    pub fn handoff(&mut self, ctx: &Context, update: &Update) -> Vec<Turn> {
        let Some(handoff) = &mut self.handoff else {
            return silence(reason::OLD_NEWS.because("no handoff was asked for"));
        };
        if let Err(why) = handoff.learn(update) {
            return silence(why);
        }
        if handoff.human_speaks() {
            self.dialogue.step_back();
        }
        let because = format!("{:?}, number {}", update.state, update.revision);
        self.tell(ctx, vec![reason::DESK_NEWS.because(because)])
    }

    /// When something is due that nobody has to say.
    pub fn due(&self, ctx: &Context) -> Option<Millis> {
        let expires = self.handoff.as_ref().and_then(|handoff| handoff.expires(wait(ctx)));
        [self.dialogue.due(), expires].into_iter().flatten().min()
    }

    /// What is due at `ctx.now`.
    pub fn advance(&mut self, ctx: &Context) -> Vec<Turn> {
        let mut turns = if self.human_speaks() {
            Vec::new()
        } else {
            self.while_the_bot_speaks(ctx, |dialogue| dialogue.advance(ctx))
        };
        let late = |handoff: &mut Handoff| {
            let expires = handoff.expires(wait(ctx))?;
            (expires <= ctx.now && handoff.move_on(By::Bot, State::Expired).is_ok()).then_some(())
        };
        if self.handoff.as_mut().and_then(late).is_some() {
            let because = format!("nobody in {} ms", wait(ctx));
            turns.extend(self.tell(ctx, vec![reason::NOBODY_CAME.because(because)]));
        }
        turns
    }

    /// Whether a human has the conversation: the bot is quiet, and no offer is made.
    pub fn human_speaks(&self) -> bool {
        self.handoff.as_ref().is_some_and(Handoff::human_speaks)
    }

    /// The last handoff, over or not.
    pub fn current(&self) -> Option<&Handoff> {
        self.handoff.as_ref()
    }

    /// What the user said about the help, once.
    pub fn settled(&mut self) -> Option<Settled> {
        self.dialogue.settled()
    }

    /// The talk with the bot.
    pub fn dialogue(&self) -> &Dialogue {
        &self.dialogue
    }

    /// Lets the bot speak where no human does, and brings one in where it wants one.
    fn while_the_bot_speaks(
        &mut self,
        ctx: &Context,
        speak: impl FnOnce(&mut Dialogue) -> Vec<Wish>,
    ) -> Vec<Turn> {
        if self.human_speaks() {
            return self.quiet();
        }
        let mut turns = Vec::new();
        for wish in speak(&mut self.dialogue) {
            match wish {
                Wish::Turn(turn) => turns.push(*turn),
                Wish::Human { reason, priority, reasons } => {
                    turns.extend(self.bring_in(ctx, reason, priority, reasons));
                }
            }
        }
        turns
    }

    /// Offers a human; where one is asked for already, says how that stands.
    fn bring_in(&mut self, ctx: &Context, why: String, priority: u8, mut reasons: Vec<Reason>) -> Vec<Turn> {
        match &mut self.handoff {
            Some(handoff) if handoff.under_way() => return self.tell(ctx, reasons),
            Some(handoff) if handoff.open() => {
                if priority < handoff.priority {
                    handoff.priority = priority;
                    handoff.reason = why;
                }
            }
            _ => self.open(ctx, why, priority),
        }
        reasons.extend(self.close_if_nobody_is_on_duty(ctx));
        self.tell(ctx, reasons)
    }

    /// A new handoff under the next key.
    fn open(&mut self, ctx: &Context, why: String, priority: u8) {
        self.handoffs = self.handoffs.saturating_add(1);
        let key = format!("{}-h{}", ctx.session, self.handoffs);
        self.handoff = Some(Handoff::new(key, why, priority));
    }

    /// Turns an offer into leaving a message where nobody is on duty.
    fn close_if_nobody_is_on_duty(&mut self, ctx: &Context) -> Option<Reason> {
        let handoff = self.handoff.as_mut()?;
        if handoff.state != State::Offered || ctx.playbook.hours.open_at(ctx.now) {
            return None;
        }
        handoff.move_on(By::Bot, State::Unavailable).ok()?;
        Some(reason::OFF_HOURS.because(ctx.text(&ctx.playbook.hours.text)))
    }

    /// How the handoff stands.
    fn tell(&self, ctx: &Context, reasons: Vec<Reason>) -> Vec<Turn> {
        let sent = package::sent(ctx, &self.dialogue);
        let told = |handoff| notice::notice(ctx, handoff, &sent, None, reasons);
        self.handoff.as_ref().map(told).into_iter().collect()
    }

    /// Nothing: a human has the conversation.
    fn quiet(&self) -> Vec<Turn> {
        silence(reason::HUMAN_SPEAKS.because("the bot does not talk over a human"))
    }
}

fn wait(ctx: &Context) -> u32 {
    ctx.playbook.settings.dialogue.handoff_wait_ms
}

fn silence(why: Reason) -> Vec<Turn> {
    vec![Turn { kind: ActionKind::StaySilent {}, reasons: vec![why] }]
}
