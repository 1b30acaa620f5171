//! Stage 2. Signals: small facts about struggle, one detector a file, over a bounded window.
//!
//! [`Signals`] runs all of them. To add one, see "Adding a signal" in `CONTRIBUTING.md`.

pub mod detector;
mod fanout;
pub mod settings;
pub mod threshold;

mod dead_click;
mod error_click;
mod field_reedit;
mod form_abandonment;
mod form_error_loop;
mod frantic_scrolling;
mod help_seeking;
mod hesitation;
mod idle_at_step;
mod quick_back;
mod rage_click;
mod repeated_failure;
mod search_without_result;
mod slow_response;
mod wandering;

pub use fanout::Signals;

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// The signals of this version. The order is the wire order of the feature schema: append only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// Many fast taps on one spot without any reaction.
    RageClick,
    /// A tap on something that should react, and nothing happened.
    DeadClick,
    /// A tap that was followed at once by an error of the app's code.
    ErrorClick,
    /// Into a screen and straight back out of it.
    QuickBack,
    /// Round and round over several screens.
    Wandering,
    /// The same form refused again and again.
    FormErrorLoop,
    /// One field filled in, emptied, filled in again.
    FieldReedit,
    /// A form begun and left.
    FormAbandonment,
    /// Everything filled in, and the deciding tap does not come.
    Hesitation,
    /// Nothing at all for much longer than the step takes.
    IdleAtStep,
    /// An answer that takes too long.
    SlowResponse,
    /// One endpoint fails repeatedly.
    RepeatedFailure,
    /// Searches that find nothing.
    SearchWithoutResult,
    /// Scrolling up and down, looking for something.
    FranticScrolling,
    /// The user went to the help themselves.
    HelpSeeking,
}

impl SignalKind {
    /// All of them, in wire order.
    pub const ALL: [Self; 15] = [
        Self::RageClick,
        Self::DeadClick,
        Self::ErrorClick,
        Self::QuickBack,
        Self::Wandering,
        Self::FormErrorLoop,
        Self::FieldReedit,
        Self::FormAbandonment,
        Self::Hesitation,
        Self::IdleAtStep,
        Self::SlowResponse,
        Self::RepeatedFailure,
        Self::SearchWithoutResult,
        Self::FranticScrolling,
        Self::HelpSeeking,
    ];

    /// The position in [`Self::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

/// A signal that fired.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Signal {
    /// Which one.
    pub kind: SignalKind,
    /// When it was certain.
    pub at: Millis,
    /// When what it is made of began.
    pub since: Millis,
    /// The screen it is about.
    pub screen: String,
    /// The element, field, form or endpoint it is about; empty where there is none.
    pub target: String,
    /// How many of what it counts (clicks, refusals, cycles); at least 1.
    pub count: u32,
}

/// The rules of all detectors in words, in wire order.
pub const RULES: [detector::Rule; SignalKind::ALL.len()] = [
    rage_click::RULE,
    dead_click::RULE,
    error_click::RULE,
    quick_back::RULE,
    wandering::RULE,
    form_error_loop::RULE,
    field_reedit::RULE,
    form_abandonment::RULE,
    hesitation::RULE,
    idle_at_step::RULE,
    slow_response::RULE,
    repeated_failure::RULE,
    search_without_result::RULE,
    frantic_scrolling::RULE,
    help_seeking::RULE,
];
