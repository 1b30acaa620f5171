//! What a threshold of a detector can be, and what its row in the table of rules says.

use serde::Serialize;

use super::SignalKind;

/// The highest count a threshold may ask for: no detector remembers more.
pub const COUNT_MAX: u32 = 16;
/// The longest span a threshold may name, in milliseconds: one hour.
pub const SPAN_MAX_MS: u32 = 3_600_000;
/// The longest list a setting may hold.
pub const LIST_MAX: usize = 64;

/// What a threshold counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Milliseconds.
    Ms,
    /// How many of something.
    Count,
    /// CSS pixels.
    Px,
    /// Percent.
    Percent,
    /// A list of names.
    List,
}

impl Unit {
    /// The word for it in the docs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::Px => "px",
            Self::Percent => "%",
            Self::Count | Self::List => "",
        }
    }

    fn max(self) -> u32 {
        match self {
            Self::Count => COUNT_MAX,
            Self::Percent => 10_000,
            Self::Ms => SPAN_MAX_MS,
            Self::Px | Self::List => 1_000_000,
        }
    }
}

/// One line of the table of rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The signal.
    pub signal: SignalKind,
    /// The setting's name.
    pub name: &'static str,
    /// Its default, as JSON.
    pub default: String,
    /// What it counts.
    pub unit: Unit,
    /// What it is.
    pub meaning: &'static str,
    /// Where the default comes from.
    pub source: &'static str,
}

/// A threshold that cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its JSON Pointer.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
    /// What would be right.
    pub mend: String,
}

/// A value that a threshold can have.
pub(super) trait Threshold: Serialize {
    /// What is wrong with it, and what would be right.
    fn fault(&self, unit: Unit) -> Option<(String, String)>;
}

impl Threshold for u32 {
    fn fault(&self, unit: Unit) -> Option<(String, String)> {
        let max = unit.max();
        let wrong = *self == 0 || *self > max;
        wrong.then(|| (format!("{self} is more or less than a detector keeps"), format!("write 1 to {max}")))
    }
}

impl<T: Serialize> Threshold for Vec<T> {
    fn fault(&self, _: Unit) -> Option<(String, String)> {
        let long = self.len() > LIST_MAX;
        long.then(|| (format!("it has {} entries", self.len()), format!("keep at most {LIST_MAX}")))
    }
}
