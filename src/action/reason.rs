//! Every code that a [`Reason`] can carry, in one table: `docs/reasons.md` is generated from it.

use super::Reason;

/// A reason's stable code and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code on the wire.
    pub code: &'static str,
    /// What it means, for the people who read explanations.
    pub means: &'static str,
}

impl Code {
    /// The reason with this code, and a sentence with the figures of the case.
    pub fn because(self, text: impl Into<String>) -> Reason {
        Reason { code: self.code.to_owned(), text: text.into() }
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $means:literal;)*) => {
        $(#[doc = $means] pub const $name: Code = Code { code: $code, means: $means };)*

        /// All codes, by the stage that gives them.
        pub const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // Policy: why an offer was made, or why there was none.
    BELIEVED "believed" "The user is believed to be stuck there, and an offer is worth its interruption.";
    NOTHING_BELIEVED "nothing_believed" "Nothing says that the user is stuck.";
    BELOW_WORTH "below_worth" "The best offer is worth less than the interruption it would be.";
    CAP "cap" "As many offers as the settings allow were made already.";
    COOL_DOWN "cool_down" "The last offer was too short a time ago.";
    DECLINED_BEFORE "declined_before" "The user sent this offer away before.";
    TYPING "typing" "The user is typing.";
    MID_PAYMENT "mid_payment" "Money is moving: nothing is offered between the deciding tap and its outcome.";
    MID_TASK "mid_task" "The user is in the middle of doing something.";
    HOLDOUT "holdout" "The user belongs to the share that is held out, so that the help can be measured.";
    TALKING "talking" "The chat is open already: an offer would talk into it.";
    SETTLING "settling" "The belief is fresh, and nothing that the playbook names was just seen: it must hold a moment first.";
    HIDDEN "hidden" "The page cannot be seen.";
    OFFER_OPEN "offer_open" "An offer is on screen already.";
    ALREADY_OFFERED "already_offered" "This offer was made in this visit already.";
    MODEL_FAILED "model_failed" "The behaviour model gave an error: its last belief stands.";
    UNANSWERED "unanswered" "The offer was on screen for its time and nobody answered.";
    NO_LONGER_HOLDS "no_longer_holds" "What the offer was made for is over.";

    // Dialogue: why this turn.
    TAKEN_UP "taken_up" "The user took up an offer.";
    PICKED "picked" "The user picked this.";
    CONFIDENT "confident" "One meaning is clearly the likeliest.";
    CLOSE_BELIEFS "close_beliefs" "Two meanings are about equally likely: asking costs less than a wrong answer.";
    UNSURE "unsure" "No meaning is likely enough to answer.";
    OUT_OF_SCOPE "out_of_scope" "The question is about something that the playbook does not know.";
    SMALL_TALK "small_talk" "A greeting, thanks or a good-bye.";
    UPSET "upset" "The words are angry: a human is offered at once.";
    HELPED "helped" "The user says that it helped.";
    NOT_HELPED "not_helped" "The user says that it did not help.";
    FLOW_STEP "flow_step" "The flow's next node.";
    FLOW_DIGRESSION "flow_digression" "A question in the middle of a flow is answered, then the flow goes on.";
    FLOW_BROKEN "flow_broken" "The flow names something that the playbook does not have.";
    FLOW_BOUND "flow_bound" "The flow went round more often than allowed.";
    SLOT_REFUSED "slot_refused" "The value does not look like what was asked for.";
    TOOL_DONE "tool_done" "A tool ended.";
    TOOL_FAILED "tool_failed" "A tool failed, or did not answer in time.";
    GUIDE_DONE "guide_done" "The guide went through to its end.";
    GUIDE_SKIPPED "guide_skipped" "The guide could not show a target; the reason says which and why.";
    STALE "stale" "It belongs to something that is over; nothing is done.";

    // Handoff: why a human, and how it goes.
    ASKED_FOR_HUMAN "asked_for_human" "The user asked for a human.";
    ESCALATION "escalation" "A rule of the playbook brings in a human at once.";
    NOT_RESOLVED "not_resolved" "The bot's help did not solve it.";
    ELDER_MODE "elder_mode" "Elder mode is on: a human comes sooner than else.";
    STUCK_POINT_HUMAN "stuck_point_human" "The playbook answers this with a human.";
    OFF_HOURS "off_hours" "Nobody is on duty now.";
    CONSENT "consent" "The user agreed to what is sent.";
    NO_CONSENT "no_consent" "The user did not want it.";
    DESK_NEWS "desk_news" "The desk says how it stands.";
    OLD_NEWS "old_news" "The desk's news is old, repeated or cannot follow the state it is in; nothing is done.";
    NOBODY_CAME "nobody_came" "Nobody took it in the time that the settings allow.";
    HUMAN_SPEAKS "human_speaks" "A human has the conversation: the bot is quiet.";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_code_is_given_twice() {
        let codes: BTreeSet<_> = ALL.iter().map(|code| code.code).collect();
        assert_eq!(codes.len(), ALL.len());
    }
}
