//! Time as the core knows it: whole milliseconds that the host puts into each input.

use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch, or a span of them. Within ±2^53, so that JavaScript holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// `self + span` milliseconds, saturating.
    pub fn plus(self, span: i64) -> Self {
        Self(self.0.saturating_add(span))
    }

    /// Milliseconds from `earlier` to `self`; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}
