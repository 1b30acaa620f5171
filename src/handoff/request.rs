//! The way to the desk: the user's answer to the offer, a message that is left, and the request.

use super::{
    Conversation, Handoff, State,
    machine::{self, By},
    notice, package, silence,
};
use crate::{
    action::{ActionKind, Say, reason},
    dialogue::{Context, Turn, wording},
};

impl Conversation {
    /// The user's answer to an offer, or their change of mind.
    pub(super) fn answer_offer(&mut self, ctx: &Context, answer: &str) -> Vec<Turn> {
        let off_hours = match answer {
            "accept" => self.close_if_nobody_is_on_duty(ctx),
            _ => None,
        };
        if let Some(off_hours) = off_hours {
            return self.tell(ctx, vec![off_hours]);
        }
        let Some(handoff) = &mut self.handoff else {
            return silence(reason::STALE.because("no human was offered"));
        };
        let (to, why) = match answer {
            "accept" => (State::Consented, reason::CONSENT),
            "decline" => (State::Declined, reason::NO_CONSENT),
            "cancel" => (State::Cancelled, reason::NO_CONSENT),
            _ => return self.ask_message(ctx, answer),
        };
        if let Err(why) = handoff.move_on(By::User, to) {
            return silence(why);
        }
        if to == State::Consented {
            handoff.sent = Some(ctx.now);
            return self.send(ctx, None);
        }
        self.tell(ctx, vec![why.because(format!("`{answer}`"))])
    }

    /// Asks for the message to leave.
    fn ask_message(&mut self, ctx: &Context, answer: &str) -> Vec<Turn> {
        let handoff = self.handoff.as_mut();
        let can = |handoff: &&mut Handoff| machine::allowed(handoff.state, By::User, State::MessageLeft);
        let Some(handoff) = handoff.filter(|h| answer == "leave_message" && can(h)) else {
            return silence(reason::STALE.because(format!("nothing waits for `handoff:{answer}`")));
        };
        handoff.writing = true;
        let sent = package::sent(ctx, &self.dialogue);
        let kind = ActionKind::Ask(Say {
            text: ctx.filled(wording::MESSAGE_ASK, &[("sent", &sent)]),
            expects: ctx.words(wording::MESSAGE_HERE),
            ..Say::default()
        });
        vec![Turn { kind, reasons: vec![reason::PICKED.because("`handoff:leave_message`")] }]
    }

    /// Sends the message. A request that the desk has already keeps its key, so a message after it
    /// needs its own.
    pub(super) fn leave_message(&mut self, ctx: &Context, text: &str) -> Vec<Turn> {
        if text.trim().is_empty() {
            return self.ask_message(ctx, "leave_message");
        }
        let before = self.handoff.as_ref().filter(|handoff| handoff.sent.is_some());
        if let Some((why, priority)) = before.map(|h| (h.reason.clone(), h.priority)) {
            self.open(ctx, why, priority);
            if let Some(handoff) = &mut self.handoff {
                handoff.state = State::Unavailable;
            }
        }
        let Some(handoff) = &mut self.handoff else { return Vec::new() };
        if let Err(why) = handoff.move_on(By::User, State::MessageLeft) {
            return silence(why);
        }
        handoff.sent = Some(ctx.now);
        self.dialogue.hear(ctx, text);
        self.send(ctx, Some(text))
    }

    /// The request to the desk.
    fn send(&self, ctx: &Context, message: Option<&str>) -> Vec<Turn> {
        let Some(handoff) = &self.handoff else { return Vec::new() };
        let request = package::package(ctx, &self.dialogue, handoff, message);
        let reasons = vec![
            reason::CONSENT.because("the user agreed to what is sent"),
            reason::PICKED.because(format!("`{}`", handoff.reason)),
        ];
        vec![notice::notice(ctx, handoff, "", Some(Box::new(request)), reasons)]
    }
}
