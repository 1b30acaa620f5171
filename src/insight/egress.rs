//! Everything that may leave the device, field by field. What is not here does not leave.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Report;
use crate::action::handoff::ContextPackage;

/// One thing that leaves the device. The host logs each, and shows the log to the user who asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Egress {
    /// The request for a human, to the desk: after the user's yes to what is sent, which names it.
    Handoff(Box<ContextPackage>),
    /// The user takes the request back, to the desk.
    Cancel {
        /// The handoff's key.
        handoff: String,
    },
    /// What the user types once the desk has the request, until it ends, to the desk, as it was typed.
    Message {
        /// The handoff's key.
        handoff: String,
        /// The message's own id, so that sending it again adds nothing.
        id: String,
        /// The words.
        text: String,
    },
    /// A call of one of the app's own functions, to wherever that function sends it: after the user's
    /// yes, save for tools that only read.
    Tool {
        /// The session's id and the action's key: a repeated call does nothing twice.
        key: String,
        /// The tool's id in the playbook.
        tool: String,
        /// The slots it takes: what the user typed when asked for it.
        arguments: BTreeMap<String, String>,
    },
    /// One randomised answer a day, to the insight service: no one can tell from it what was so. The
    /// host hands it on; the web client of this version does not yet.
    Report(Report),
}
