//! What was said, redacted as it comes in: what a snapshot or a human sees never held the secret.

use serde::{Deserialize, Serialize};

use super::redact::redact;
use crate::{
    action::handoff::{Line, Speaker},
    time::Millis,
};

/// Lines kept; the oldest goes first. Two screens of chat: what an agent reads before answering.
pub const MAX_LINES: usize = 40;
/// Characters kept of a line.
pub const MAX_LINE_CHARS: usize = 500;

/// The conversation so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Transcript(Vec<Line>);

impl Transcript {
    /// Adds a line; nothing where there are no words.
    pub fn push(&mut self, from: Speaker, text: &str, t: Millis) {
        let text = redact(&clip(text.trim(), MAX_LINE_CHARS));
        if text.is_empty() {
            return;
        }
        if self.0.len() >= MAX_LINES {
            self.0.remove(0);
        }
        self.0.push(Line { from, text, t });
    }

    /// Oldest first.
    pub fn lines(&self) -> &[Line] {
        &self.0
    }
}

/// The text, cut to `characters` with an ellipsis.
pub fn clip(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some(_) => {
            let mut cut: String = text.chars().take(characters.saturating_sub(1)).collect();
            cut.push('…');
            cut
        }
        None => text.to_owned(),
    }
}
