//! The shape that the behaviour model and the encoder agree on.
//!
//! Names and order come from the encoder itself: it writes into a [`Row`], and a row of names is what
//! `docs/features.md` is made of. So the page cannot say another order than the code has.

use serde::{Deserialize, Serialize};

/// The version of names and order; a model of another version is refused.
pub const VERSION: u32 = 1;
/// Candidate slots: steps at which the user may be stuck.
pub const SLOTS: usize = 8;
/// The width of the model's state.
pub const STATE: usize = 32;
/// The width of an event's features.
pub const EVENT: usize = 106;
/// The width of a slot's features.
pub const SLOT: usize = 28;

/// What happened, as far as the model tells it apart. `due` is a signal that came without an event:
/// the absence of one.
pub(super) const KINDS: [&str; 14] = [
    "screen",
    "tap",
    "input",
    "submit",
    "validation_error",
    "api",
    "js_error",
    "scroll",
    "visibility",
    "search",
    "copy",
    "help",
    "custom",
    "due",
];

/// The signals' names, in the order of [`crate::signal::SignalKind::ALL`].
pub(super) const SIGNALS: [&str; 15] = [
    "rage_click",
    "dead_click",
    "error_click",
    "quick_back",
    "wandering",
    "form_error_loop",
    "field_reedit",
    "form_abandonment",
    "hesitation",
    "idle_at_step",
    "slow_response",
    "repeated_failure",
    "search_without_result",
    "frantic_scrolling",
    "help_seeking",
];

/// What people do, counted over the last minutes.
pub(super) const ACTS: [&str; 9] =
    ["screens", "going back", "loading again", "taps", "edits", "submits", "searches", "help", "copies"];

/// What can go wrong at a step, counted apart because each points to other causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// A field or a form was refused by the app itself.
    Rejected,
    /// A call was declined (4xx).
    Declined,
    /// A call failed on the server (5xx).
    Failed,
    /// A call never arrived or was given up.
    Lost,
    /// A call was answered, but late.
    Slow,
    /// The app's code threw an error.
    Thrown,
}

impl Trouble {
    /// All of them, in the order of the features.
    pub const ALL: [Self; 6] =
        [Self::Rejected, Self::Declined, Self::Failed, Self::Lost, Self::Slow, Self::Thrown];

    pub(super) const NAMES: [&str; 6] = ["rejected", "declined", "failed", "lost", "slow", "thrown"];
}

/// Takes features one after the other.
pub(super) trait Row {
    /// The next feature: its group, its name in the group, its value.
    fn put(&mut self, group: &'static str, name: &'static str, value: f32);

    /// One feature a name, by position.
    fn each(&mut self, group: &'static str, names: &[&'static str], value: impl Fn(usize) -> f32) {
        for (i, name) in names.iter().enumerate() {
            self.put(group, name, value(i));
        }
    }

    /// 1 for the name at `at`, 0 for the others.
    fn one_of(&mut self, group: &'static str, names: &[&'static str], at: Option<usize>) {
        self.each(group, names, |i| f32::from(u8::from(at == Some(i))));
    }
}

impl Row for Vec<f32> {
    fn put(&mut self, _: &'static str, _: &'static str, value: f32) {
        self.push(value);
    }
}

/// A row of names, for the docs.
impl Row for Vec<(&'static str, &'static str)> {
    fn put(&mut self, group: &'static str, name: &'static str, _: f32) {
        self.push((group, name));
    }
}
