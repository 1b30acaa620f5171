//! What the human gets to see: built from the talk and the session's facts, redacted and capped.

use super::{ContextPackage, Handoff, StuckAt, Tried};
use crate::{
    action::Guess,
    dialogue::{Context, Dialogue, clip, redact, wording},
    playbook::Text,
};

/// The version of the contract.
pub const VERSION: u32 = 1;
/// Guesses beside the first.
pub const MAX_GUESSES: usize = 3;
/// Lines of evidence, and things tried: the newest.
pub const MAX_LINES: usize = 20;

/// Characters of a message that is left.
pub const MAX_MESSAGE_CHARS: usize = 2_000;

/// The package for a request, with the message where one is left.
pub(super) fn package(
    ctx: &Context,
    dialogue: &Dialogue,
    handoff: &Handoff,
    message: Option<&str>,
) -> ContextPackage {
    let stuck = stuck(ctx, dialogue);
    let is_stuck = |guess: &&Guess| stuck.as_ref().is_some_and(|s| s.stuck_point == guess.id);
    ContextPackage {
        version: VERSION,
        handoff: handoff.key.clone(),
        t: ctx.now,
        app: ctx.playbook.id.clone(),
        language: ctx.language,
        reason: handoff.reason.clone(),
        priority: handoff.priority,
        guesses: ctx.believed.iter().filter(|guess| !is_stuck(guess)).take(MAX_GUESSES).cloned().collect(),
        stuck,
        evidence: newest(&ctx.facts.evidence),
        tried: tried(ctx, dialogue),
        conversation: dialogue.lines().to_vec(),
        slots: dialogue.slots(),
        preferences: preferences(ctx),
        message: message.map(|message| redact(&clip(message, MAX_MESSAGE_CHARS))),
    }
}

/// What the talk is about, else what behaviour believes most.
fn stuck(ctx: &Context, dialogue: &Dialogue) -> Option<StuckAt> {
    let about = dialogue.about().filter(|guess| ctx.playbook.stuck_point(&guess.id).is_some());
    let guess = about.or_else(|| ctx.believed.first().cloned())?;
    let point = ctx.playbook.stuck_point(&guess.id)?;
    // The usual words, in elder mode too: the human reads them.
    let text = |text: &Text| text.get(ctx.language).to_owned();
    let journey = ctx.playbook.journey_of(&point.step);
    let step = ctx.playbook.step(&point.step);
    Some(StuckAt {
        stuck_point: guess.id,
        title: text(&point.title),
        path: [
            journey.map(|journey| text(&journey.product)).unwrap_or_default(),
            journey.map(|journey| text(&journey.scenario)).unwrap_or_default(),
            step.map(|step| text(&step.title)).unwrap_or_default(),
        ],
        cause: point.cause,
        probability: guess.probability,
    })
}

/// Offers and what was tried in the talk, in the order of time.
fn tried(ctx: &Context, dialogue: &Dialogue) -> Vec<Tried> {
    let mut tried = [ctx.facts.tried.as_slice(), dialogue.tried()].concat();
    tried.sort_by_key(|tried| tried.t);
    newest(&tried)
}

fn newest<T: Clone>(items: &[T]) -> Vec<T> {
    items.iter().skip(items.len().saturating_sub(MAX_LINES)).cloned().collect()
}

fn preferences(ctx: &Context) -> Vec<String> {
    let held = [("prefers_human", ctx.profile.human > ctx.profile.self_service), ("elder_mode", ctx.elder())];
    held.into_iter().filter(|(_, held)| *held).map(|(name, _)| name.to_owned()).collect()
}

/// What would be sent, in the user's words: only what there is.
pub(super) fn sent(ctx: &Context, dialogue: &Dialogue) -> String {
    let stuck = stuck(ctx, dialogue).map(|stuck| ctx.filled(wording::SENT_STUCK, &[("title", &stuck.title)]));
    let parts = [
        (!ctx.facts.evidence.is_empty(), wording::SENT_EVIDENCE),
        (!tried(ctx, dialogue).is_empty(), wording::SENT_TRIED),
        (!dialogue.lines().is_empty(), wording::SENT_TALK),
        (!dialogue.slots().is_empty(), wording::SENT_SLOTS),
        (true, wording::SENT_BASICS),
    ];
    let parts = parts.into_iter().filter(|(held, _)| *held).map(|(_, part)| ctx.words(part));
    let all: Vec<String> = stuck.into_iter().chain(parts).collect();
    all.join(&ctx.words(wording::SENT_AND))
}
