//! What goes into the engine and what comes out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    action::{Action, Guess, handoff::Update},
    error::{Error, ErrorKind, Result},
    event::{Event, wire},
    playbook::Language,
    profile::Profile,
    signal::{Signal, SignalKind},
    time::Millis,
};

/// Who and where, for one session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The session's id, chosen by the host; part of every idempotency key.
    pub session: String,
    /// A stable pseudonym of the user, for the holdout's hash; the session's id where there is none.
    pub user: String,
    /// The language to begin with.
    pub language: Language,
    /// Signals that this host cannot see; reported as unsupported, never as zero.
    pub unsupported: Vec<SignalKind>,
    /// What is remembered of this user on this device.
    pub profile: Profile,
    /// Fill [`Output::explain`].
    pub explain: bool,
}

/// One thing that the engine is told. All carry the host's time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "input", rename_all = "snake_case")]
pub enum Input {
    /// Something happened in the app.
    Event(Event),
    /// The user typed this.
    Say {
        /// When.
        t: Millis,
        /// What.
        text: String,
    },
    /// The user picked a choice, or took up an offer's card (`offer:<n>:accept`).
    Choose {
        /// When.
        t: Millis,
        /// The choice's id.
        id: String,
    },
    /// The user asked for a human.
    AskHuman {
        /// When.
        t: Millis,
    },
    /// A tool ended.
    Tool {
        /// When.
        t: Millis,
        /// The key of the action that ran it.
        key: String,
        /// The tool's own word for the result; `failed` for an error or a time-out.
        outcome: String,
        /// Values for slots.
        #[serde(default)]
        values: BTreeMap<String, String>,
    },
    /// How a guide went.
    Guide {
        /// When.
        t: Millis,
        /// The guide.
        guide: String,
        /// `done`, `left`, or `skipped`.
        outcome: String,
        /// Why, where something was skipped (`target_missing`, `target_hidden`).
        #[serde(default)]
        why: String,
    },
    /// News from the desk.
    Handoff {
        /// When.
        t: Millis,
        /// The news.
        update: Update,
    },
    /// A live message of the human, so that the transcript is whole.
    Agent {
        /// When.
        t: Millis,
        /// What.
        text: String,
    },
    /// The user changed the language.
    Language {
        /// When.
        t: Millis,
        /// To which.
        language: Language,
    },
    /// Elder mode was turned on or off: plainer words, a human sooner. Kept in the profile.
    Elder {
        /// When.
        t: Millis,
        /// It is on now.
        on: bool,
    },
    /// The chat was opened or closed by the user.
    Chat {
        /// When.
        t: Millis,
        /// It is open now.
        open: bool,
    },
    /// Time passed. Never needed for a right decision; it only makes one come sooner.
    Tick {
        /// When.
        t: Millis,
    },
}

/// What comes of one input.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Output {
    /// What to do, in order.
    pub actions: Vec<Action>,
    /// When something is due next, if nothing else happens before.
    pub wake_at: Option<Millis>,
    /// The profile, where it changed: the host keeps it on the device.
    pub profile: Option<Profile>,
    /// What was seen and believed, where the configuration asks for it.
    pub explain: Option<Explain>,
}

/// What was seen and believed after one input.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explain {
    /// Signals that fired.
    pub signals: Vec<Signal>,
    /// Stuck now, 0 to 1: as the model says, or as the playbook's evidence does where that says more.
    pub stuck: f64,
    /// The step that the user is at, if it is known.
    pub step: Option<String>,
    /// The likeliest stuck points, best first; at most five.
    pub believed: Vec<Guess>,
    /// The expected worth of the best offer, in units of one interruption's cost.
    pub worth: f64,
    /// What it came to: `suggest` or `stay_silent`, with the code of the first reason.
    pub decision: String,
}

impl Input {
    /// Reads one input from a JSON value. An event, which most are, goes to the wire's own reader as it is; by
    /// `Deserialize` it is copied there.
    pub fn from_value(value: Value) -> Result<Self> {
        if value.get("input").is_some_and(|input| input == "event") {
            return wire::from_value(value).map(Self::Event);
        }
        serde_json::from_value(value).map_err(|error| Error::new(ErrorKind::Input, "", error.to_string()))
    }

    /// The host's time of it.
    pub fn t(&self) -> Millis {
        match self {
            Self::Event(event) => event.t,
            Self::Say { t, .. }
            | Self::Choose { t, .. }
            | Self::AskHuman { t }
            | Self::Tool { t, .. }
            | Self::Guide { t, .. }
            | Self::Handoff { t, .. }
            | Self::Agent { t, .. }
            | Self::Language { t, .. }
            | Self::Elder { t, .. }
            | Self::Chat { t, .. }
            | Self::Tick { t } => *t,
        }
    }
}
