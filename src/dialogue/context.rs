//! What a turn may know, and the words it is made of.

use super::wording::{self, Sentence};
use crate::{
    action::{
        ActionKind, CardView, Choice, ChoiceRole, Guess, Reason, Say,
        handoff::{EvidenceLine, Tried},
    },
    playbook::{Card, Language, Playbook, Text},
    profile::Profile,
    time::Millis,
};

/// What a turn of the talk may know, and nothing else.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The session's id.
    pub session: &'a str,
    /// The time of the input.
    pub now: Millis,
    /// The app's playbook.
    pub playbook: &'a Playbook,
    /// The user's language.
    pub language: Language,
    /// Where behaviour says that the user is stuck: stuck points, best first; empty where nothing is
    /// believed.
    pub believed: &'a [Guess],
    /// What the human gets to see of the session.
    pub facts: &'a Facts,
    /// What is remembered of the user.
    pub profile: &'a Profile,
}

/// What the session knows beside the talk, for the human.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Signals that fired, newest last; at most twenty.
    pub evidence: Vec<EvidenceLine>,
    /// Offers and what became of them, oldest first.
    pub tried: Vec<Tried>,
}

/// A turn of the bot: what to do, and why. The engine gives it its key and its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// What to do.
    pub kind: ActionKind,
    /// Why, most important first. Never empty.
    pub reasons: Vec<Reason>,
}

/// What the dialogue wants: a turn of its own, or a human.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A turn.
    Turn(Box<Turn>),
    /// A human.
    Human {
        /// As in [`crate::action::handoff::ContextPackage::reason`].
        reason: String,
        /// 1 is first in the queue.
        priority: u8,
        /// Why, most important first.
        reasons: Vec<Reason>,
    },
}

impl Wish {
    /// Something to do.
    pub(super) fn turn(kind: ActionKind, reasons: Vec<Reason>) -> Self {
        Self::Turn(Box::new(Turn { kind, reasons }))
    }

    /// Words.
    pub(super) fn say(say: Say, reasons: Vec<Reason>) -> Self {
        Self::turn(ActionKind::Say(say), reasons)
    }

    /// A question.
    pub(super) fn ask(say: Say, reasons: Vec<Reason>) -> Self {
        Self::turn(ActionKind::Ask(say), reasons)
    }

    /// Nothing, and why.
    pub(super) fn silence(reason: Reason) -> Self {
        Self::turn(ActionKind::StaySilent {}, vec![reason])
    }
}

impl Context<'_> {
    /// One of the bot's own sentences.
    pub fn words(&self, sentence: Sentence) -> String {
        sentence.say(self.playbook, self.language, self.elder())
    }

    /// One of the bot's own sentences with each `{name}` replaced.
    pub(crate) fn filled(&self, sentence: Sentence, parts: &[(&str, &str)]) -> String {
        let said = self.words(sentence);
        parts.iter().fold(said, |said, (name, value)| said.replace(&format!("{{{name}}}"), value))
    }

    /// A text of the playbook, as this user reads it.
    pub fn text<'t>(&self, text: &'t Text) -> &'t str {
        if self.elder() { text.plain(self.language) } else { text.get(self.language) }
    }

    /// Elder mode is on: plainer words, a human sooner.
    pub(crate) fn elder(&self) -> bool {
        self.profile.elder_mode
    }

    /// A button with one of the bot's own labels.
    pub(crate) fn choice(&self, id: &str, label: Sentence, role: ChoiceRole) -> Choice {
        Choice { id: id.to_owned(), label: self.words(label), role }
    }

    /// The button to a human.
    pub(super) fn human(&self) -> Choice {
        self.choice("human", wording::HUMAN, ChoiceRole::Human)
    }

    /// Whether it helped: yes and no.
    pub(super) fn helped(&self) -> Vec<Choice> {
        let mut choices = vec![
            self.choice("helped:yes", wording::HELPED_YES, ChoiceRole::Plain),
            self.choice("helped:no", wording::HELPED_NO, ChoiceRole::Plain),
        ];
        if self.elder() || self.prefers_a_human() {
            choices.push(self.human());
        }
        choices
    }

    /// Whether the user asked for humans more often than they took up the bot's help.
    pub(super) fn prefers_a_human(&self) -> bool {
        self.profile.human > self.profile.self_service
    }

    /// A card, ready to show.
    pub(super) fn card(&self, card: &Card) -> CardView {
        CardView {
            id: card.id.clone(),
            title: self.text(&card.title).to_owned(),
            body: self.text(&card.body).to_owned(),
        }
    }

    /// The name of a stuck point or an intent, for a button; none where the playbook has neither.
    pub(super) fn title(&self, id: &str) -> Option<String> {
        if let Some(point) = self.playbook.stuck_point(id) {
            return Some(self.text(&point.title).to_owned());
        }
        let intent = self.playbook.intent(id)?;
        intent.questions.get(&self.language)?.first().cloned()
    }

    /// Buttons for meanings that may be meant.
    pub(super) fn proposals<'i>(&self, ids: impl IntoIterator<Item = &'i String>) -> Vec<Choice> {
        let button = |id: &String| {
            Some(Choice { id: format!("stuck:{id}"), label: self.title(id)?, role: ChoiceRole::Plain })
        };
        ids.into_iter().filter_map(button).collect()
    }
}
