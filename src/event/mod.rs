//! Stage 1. What happened in the app: never text, never a value, only kinds, ids and sizes.
//!
//! The wire form is [`wire`]; `docs/events.md` explains each kind for integrators.

mod fields;
mod vocabulary;
pub mod wire;

use serde::{Deserialize, Serialize};

pub use vocabulary::{Activity, Control, How, LengthClass, OfferOutcome, Opens, StatusClass};

use crate::{signal::SignalKind, time::Millis};

/// One thing that happened, at a time, on a screen. Read by [`wire::from_value`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Event {
    /// When, by the host's clock. May jump, repeat or run backwards; the engine copes.
    pub t: Millis,
    /// The route template of the screen it happened on (`/orders/:id`); empty where unknown.
    #[serde(default)]
    pub screen: String,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// What happened. Targets, fields, forms and endpoints are stable ids or templates, never text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    /// The user is now on `screen`.
    Screen {
        /// How they came there.
        #[serde(default)]
        how: How,
    },
    /// A click or a tap.
    Tap(Tap),
    /// A field was edited; one event a burst of typing, or when the field is left.
    Input(Input),
    /// A form was sent.
    Submit {
        /// The form's stable id.
        form: String,
    },
    /// The app told the user that a field is wrong.
    ValidationError {
        /// The field's stable id.
        field: String,
        /// The app's own code for it, if it has one (`expired`, `too_short`).
        #[serde(default)]
        code: String,
    },
    /// A network call began (`pending`) or ended.
    Api(Api),
    /// An uncaught error or a rejected promise in the app's code.
    JsError {
        /// The error's class (`TypeError`), never its message.
        #[serde(default)]
        class: String,
    },
    /// A burst of scrolling, reported when it ends.
    Scroll {
        /// How often the direction changed.
        reversals: u16,
        /// The distance covered, in CSS pixels.
        distance_px: u32,
        /// How long it lasted, in milliseconds.
        duration_ms: u32,
    },
    /// The page went to the background or came back.
    Visibility {
        /// Whether it can be seen now.
        visible: bool,
    },
    /// Something moved on the page. It only ever suppresses signals.
    Activity {
        /// What moved.
        what: Activity,
    },
    /// The app's own search was used.
    Search {
        /// How many results it gave.
        results: u32,
    },
    /// Text was copied; which text is never captured.
    Copy {
        /// The stable id of the element copied from.
        #[serde(default)]
        target: String,
    },
    /// The user opened the help themselves: a help page, or this bot.
    Help {},
    /// The app said something of its own by `track(name)`.
    Custom {
        /// The app's name for it.
        name: String,
    },
    /// What became of something the bot did.
    Outcome {
        /// The number of the offer (see [`crate::action::Suggest`]).
        offer: u32,
        /// What became of it.
        what: OfferOutcome,
    },
    /// A kind this version does not know; counted, and otherwise without effect.
    Other {
        /// The kind as it was sent, cut to the cap.
        name: String,
    },
}

/// A click or a tap on an element.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Tap {
    /// The element's stable id; empty where it has none.
    pub target: String,
    /// What sort of control it is.
    pub control: Control,
    /// Where, in CSS pixels of the viewport.
    pub x: i32,
    /// Where, in CSS pixels of the viewport.
    pub y: i32,
    /// The control was disabled.
    pub disabled: bool,
    /// What the tap opens outside the page, where the page itself cannot react.
    pub opens: Opens,
    /// Text was selected when the tap ended.
    pub selection: bool,
    /// A modifier key was held.
    pub modifier: bool,
    /// Signals that the element, or an ancestor across shadow roots, opted out of.
    pub ignore: Vec<SignalKind>,
}

/// A field was edited.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Input {
    /// The field's stable id.
    pub field: String,
    /// The form it belongs to; empty where there is none.
    pub form: String,
    /// How much is in it.
    pub length: LengthClass,
    /// Whether the browser or the app holds it valid, where that is known.
    pub valid: Option<bool>,
    /// Signals that the element, or an ancestor across shadow roots, opted out of.
    pub ignore: Vec<SignalKind>,
}

/// A network call of the app.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Api {
    /// Method and path template: `POST /payments/:id`.
    pub endpoint: String,
    /// How it stands.
    pub status: StatusClass,
    /// From start to end in milliseconds; 0 while pending.
    pub latency_ms: u32,
    /// The app's own error code where its answer carries one (`card_expired`); never free text.
    pub code: String,
}
