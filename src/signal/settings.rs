//! Every threshold of every detector. The docs table is generated from these defaults.

use serde::{Deserialize, Serialize};

use super::SignalKind;

/// Thresholds of the signals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Signals that are switched off.
    pub off: Vec<SignalKind>,
}
