//! One error for the whole core: what kind, what is wrong and how to mend it, and where.

use std::fmt;

/// The result of everything in the core that can fail.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, so that a host can decide; the sentence is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An event or another input breaks the wire contract; the session goes on.
    Input,
    /// The playbook does not parse, or says something that cannot be.
    Playbook,
    /// A model file does not load, or is not for this contract version.
    Model,
    /// A snapshot is damaged, foreign or of another version.
    Snapshot,
    /// The configuration given to `Engine::new` cannot be.
    Config,
}

/// An error with a sentence that says what is wrong and what would be right, and the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    detail: String,
    place: String,
}

impl Error {
    /// `place` is a JSON Pointer (`/journeys/0/steps`), a metadata key, or empty where there is none.
    pub fn new(kind: ErrorKind, place: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), place: place.into() }
    }

    /// What kind of thing failed.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Where: a JSON Pointer or a key; empty where there is no place.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The sentence, without the place.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.place.is_empty() {
            f.write_str(&self.detail)
        } else {
            write!(f, "{}: {}", self.place, self.detail)
        }
    }
}

impl std::error::Error for Error {}
