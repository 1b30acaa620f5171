//! What the user is told about a handoff, state by state.

use super::{ContextPackage, Handoff, State};
use crate::{
    action::{ActionKind, Choice, ChoiceRole, HandOff, Reason},
    dialogue::{Context, Turn, wording},
};

/// The turn that says how the handoff stands. `sent` is what would go to the desk, in words.
pub(super) fn notice(
    ctx: &Context,
    handoff: &Handoff,
    sent: &str,
    request: Option<Box<ContextPackage>>,
    reasons: Vec<Reason>,
) -> Turn {
    let kind = ActionKind::HandOff(HandOff {
        handoff: handoff.key.clone(),
        state: handoff.state,
        text: text(ctx, handoff, sent),
        choices: choices(ctx, handoff.state),
        request,
    });
    Turn { kind, reasons }
}

fn text(ctx: &Context, handoff: &Handoff, sent: &str) -> String {
    let hours = ctx.text(&ctx.playbook.hours.text);
    let agent = match handoff.agent.as_str() {
        "" => ctx.words(wording::AN_AGENT),
        name => name.to_owned(),
    };
    let position = handoff.position.map(|position| position.to_string());
    match (handoff.state, position) {
        (State::Offered, _) => ctx.filled(wording::CONSENT, &[("sent", sent)]),
        (State::Consented, _) => ctx.words(wording::CONSENTED),
        (State::Declined, _) => ctx.words(wording::DECLINED),
        (State::Queued, Some(position)) => ctx.filled(wording::QUEUED_AT, &[("position", &position)]),
        (State::Queued, None) => ctx.words(wording::QUEUED),
        (State::Assigned, _) => ctx.filled(wording::ASSIGNED, &[("agent", &agent)]),
        (State::Live, _) => ctx.filled(wording::LIVE, &[("agent", &agent)]),
        (State::Ended, _) => ctx.words(wording::ENDED),
        (State::Unavailable, _) => ctx.filled(wording::UNAVAILABLE, &[("hours", hours)]),
        (State::MessageLeft, _) => ctx.filled(wording::MESSAGE_LEFT, &[("hours", hours)]),
        (State::Cancelled, _) => ctx.words(wording::CANCELLED),
        (State::Expired, _) => ctx.words(wording::EXPIRED),
        (State::Returned, _) => ctx.words(wording::RETURNED),
    }
}

fn choices(ctx: &Context, state: State) -> Vec<Choice> {
    let message = ctx.choice("handoff:leave_message", wording::LEAVE_MESSAGE, ChoiceRole::Primary);
    let no = ctx.choice("handoff:decline", wording::CONSENT_NO, ChoiceRole::Quiet);
    match state {
        State::Offered => {
            vec![ctx.choice("handoff:accept", wording::CONSENT_YES, ChoiceRole::Primary), no]
        }
        State::Consented | State::Queued => {
            vec![ctx.choice("handoff:cancel", wording::CANCEL, ChoiceRole::Quiet)]
        }
        State::Unavailable => vec![message, no],
        State::Expired => {
            vec![ctx.choice("human", wording::TRY_AGAIN, ChoiceRole::Human), message, no]
        }
        _ => Vec::new(),
    }
}
