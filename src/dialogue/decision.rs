//! What is done about a typed text: a pure choice, without the history of the talk.

use serde::{Deserialize, Serialize};

use super::heard;
use crate::{
    action::{Guess, Reason, reason},
    belief::Meaning,
    playbook::{Escalation, Playbook, Reply},
};

/// At most so many meanings are proposed when asking back: more is a menu.
pub const MAX_PROPOSED: usize = 3;
/// The priority of a plain wish for a human; escalations come before it.
pub const ASKED_PRIORITY: u8 = 3;

/// What is done about a typed text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Decision {
    /// Answer with the help of this stuck point or intent.
    Answer {
        /// Its id.
        id: String,
    },
    /// Ask back.
    Clarify {
        /// What is proposed; nothing means asking for other words.
        ids: Vec<String>,
    },
    /// Say that it is not known here, and what there is instead.
    OutOfScope {},
    /// Bring in a human.
    HandOff {
        /// As in [`crate::action::handoff::ContextPackage::reason`].
        reason: String,
        /// 1 is first in the queue.
        priority: u8,
    },
    /// A greeting, thanks, a good-bye: answered in kind.
    SmallTalk {
        /// Its key in the wording.
        key: String,
    },
}

/// A decision with its reasons, most important first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What is done.
    pub decision: Decision,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What is done about a typed text: set phrases first, whatever the models say; then the meaning.
pub fn decide(playbook: &Playbook, text: &str, meaning: &Meaning) -> Verdict {
    by_phrase(playbook, text).unwrap_or_else(|| by_meaning(playbook, text, meaning))
}

fn by_phrase(playbook: &Playbook, text: &str) -> Option<Verdict> {
    if let Some(rule) = heard::escalation(playbook, text) {
        return Some(escalate(rule, "one of its phrases was typed"));
    }
    if let Some(reply) = heard::small_talk(text) {
        let decision = match heard::intent(playbook, text) {
            Some(intent) => Decision::Answer { id: intent.id.clone() },
            None => Decision::SmallTalk { key: reply.key.to_owned() },
        };
        let reasons = vec![reason::SMALL_TALK.because("all of the text is small talk")];
        return Some(Verdict { decision, reasons });
    }
    heard::asks_for_human(text).then(|| asked("a phrase asks for a human"))
}

fn by_meaning(playbook: &Playbook, text: &str, meaning: &Meaning) -> Verdict {
    let settings = &playbook.settings.dialogue;
    let Some(top) = meaning.ranked.first() else {
        return unsure(playbook, text, meaning);
    };
    let margin = top.probability - meaning.ranked.get(1).map_or(0.0, |next| next.probability);
    if meaning.out_of_scope >= settings.out_of_scope_at {
        return Verdict {
            decision: Decision::OutOfScope {},
            reasons: vec![reason::OUT_OF_SCOPE.because(format!(
                "out of scope {:.2}, from {:.2} on",
                meaning.out_of_scope, settings.out_of_scope_at
            ))],
        };
    }
    if top.probability < settings.answer_at || margin < settings.clarify_margin {
        return unsure(playbook, text, meaning);
    }
    if let Some(rule) = playbook.escalations.iter().find(|rule| rule.intents.contains(&top.id)) {
        return escalate(rule, &format!("`{}` {:.2}", top.id, top.probability));
    }
    if playbook.intent(&top.id).is_some_and(|intent| matches!(intent.reply, Reply::Human {})) {
        return asked(&format!("`{}` {:.2}", top.id, top.probability));
    }
    Verdict {
        decision: Decision::Answer { id: top.id.clone() },
        reasons: vec![
            reason::CONFIDENT
                .because(format!("`{}` {:.2}, {margin:.2} ahead of the next", top.id, top.probability)),
        ],
    }
}

/// Asks back; an angry user is not asked back but offered a human.
fn unsure(playbook: &Playbook, text: &str, meaning: &Meaning) -> Verdict {
    if heard::upset(text) {
        return Verdict {
            decision: Decision::HandOff { reason: "upset".to_owned(), priority: ASKED_PRIORITY },
            reasons: vec![reason::UPSET.because("angry words, and no clear meaning to answer")],
        };
    }
    let settings = &playbook.settings.dialogue;
    let proposed: Vec<&Guess> = meaning
        .ranked
        .iter()
        .filter(|guess| guess.probability >= settings.propose_at && proposable(playbook, &guess.id))
        .take(MAX_PROPOSED)
        .collect();
    let figures = match meaning.ranked.as_slice() {
        [] => "nothing is believed".to_owned(),
        [only] => format!("`{}` {:.2}", only.id, only.probability),
        [first, second, ..] => {
            format!("`{}` {:.2}, `{}` {:.2}", first.id, first.probability, second.id, second.probability)
        }
    };
    let code = if proposed.len() > 1 { reason::CLOSE_BELIEFS } else { reason::UNSURE };
    Verdict {
        decision: Decision::Clarify { ids: proposed.iter().map(|guess| guess.id.clone()).collect() },
        reasons: vec![code.because(figures)],
    }
}

/// Whether asking "is it this?" makes sense: not for a greeting, and a human has a button anyway.
fn proposable(playbook: &Playbook, id: &str) -> bool {
    playbook.stuck_point(id).is_some()
        || playbook.intent(id).is_some_and(|intent| matches!(intent.reply, Reply::Card(_) | Reply::Flow(_)))
}

fn escalate(rule: &Escalation, because: &str) -> Verdict {
    Verdict {
        decision: Decision::HandOff { reason: format!("escalation:{}", rule.id), priority: rule.priority },
        reasons: vec![reason::ESCALATION.because(format!("rule `{}`: {because}", rule.id))],
    }
}

fn asked(because: &str) -> Verdict {
    Verdict {
        decision: Decision::HandOff { reason: "asked".to_owned(), priority: ASKED_PRIORITY },
        reasons: vec![reason::ASKED_FOR_HUMAN.because(because)],
    }
}
