//! Flows: dialogues that find out more, as nodes with named edges.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Text;

/// A dialogue: nodes, the first is the start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Flow {
    /// Its id.
    pub id: String,
    /// Its nodes.
    pub nodes: Vec<Node>,
}

/// A node of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Node {
    /// Its id inside the flow.
    pub id: String,
    /// What it does.
    #[serde(flatten)]
    pub kind: NodeKind,
}

/// What a node does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum NodeKind {
    /// Say something and go on.
    Say {
        /// The words; `{slot}` is replaced.
        text: Text,
        /// A card below them.
        #[serde(default)]
        card: Option<String>,
        /// The next node; none ends the flow by asking whether it helped.
        #[serde(default)]
        next: Option<String>,
    },
    /// Ask with buttons.
    Choose {
        /// The question.
        text: Text,
        /// The answers.
        options: Vec<FlowOption>,
    },
    /// Ask for a value and keep it in a slot.
    Slot {
        /// The question.
        text: Text,
        /// The slot's name.
        slot: String,
        /// What the value may look like.
        #[serde(default)]
        accept: SlotKind,
        /// What to say to a value that does not fit.
        retry: Text,
        /// The next node.
        next: String,
    },
    /// Run a tool.
    Tool {
        /// The tool's id.
        tool: String,
        /// Next by the result's `outcome` word; `failed` is where everything else goes.
        next: BTreeMap<String, String>,
    },
    /// Lead through the page.
    Guide {
        /// The guide's id.
        guide: String,
        /// The next node; none ends the flow.
        #[serde(default)]
        next: Option<String>,
    },
    /// Offer a human.
    Human {},
}

/// A button of a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FlowOption {
    /// Its label.
    pub label: Text,
    /// The next node.
    pub next: String,
}

/// What a slot's value may look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// Anything that is not empty.
    #[default]
    Text,
    /// An order number: 6 to 32 letters, digits and dashes.
    Order,
    /// An amount of money.
    Amount,
    /// The last four digits of a card.
    LastFour,
}
