//! Caps, cool-downs and costs of the policy.

use serde::{Deserialize, Serialize};

/// How much the bot may interrupt.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {}
