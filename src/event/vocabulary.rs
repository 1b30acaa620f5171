//! The set words of an event: how, with what, how much, and with what outcome.

use serde::{Deserialize, Serialize};

/// How the user came to a screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// By a link, a button or the app itself.
    #[default]
    Forward,
    /// By going back.
    Back,
    /// By loading the page again.
    Reload,
}

/// The sort of control that was tapped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Nothing interactive is known of it.
    #[default]
    None,
    /// A button.
    Button,
    /// A link.
    Link,
    /// A text field, a text area or editable content.
    Text,
    /// A select, a list box, a combo box, a radio button; the page or tab that is open already.
    Select,
    /// A checkbox, a switch.
    Toggle,
    /// Plus and minus, a spin button, a slider.
    Stepper,
    /// A calendar or a date picker.
    Date,
    /// A carousel's or gallery's arrows and dots.
    Carousel,
    /// Page numbers, next and previous.
    Pagination,
    /// A tab, a menu item, an accordion's head.
    Tab,
    /// A canvas, a map, a video or an audio player.
    Media,
    /// A file field.
    File,
}

/// What a tap opens outside the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// Nothing outside the page.
    #[default]
    Nothing,
    /// A download.
    Download,
    /// A new tab or window, another app, a mail or phone link.
    NewTab,
    /// The print dialogue.
    Print,
    /// The file picker.
    FilePicker,
}

/// How much is in a field, never what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LengthClass {
    /// Nothing.
    #[default]
    Empty,
    /// 1 to 5 characters.
    Short,
    /// 6 to 20 characters.
    Medium,
    /// More than 20 characters.
    Long,
}

/// How a network call stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StatusClass {
    /// It has begun and not ended.
    #[default]
    Pending,
    /// 1xx to 3xx.
    Ok,
    /// 4xx: declined.
    Client,
    /// 5xx.
    Server,
    /// It never arrived.
    Network,
    /// It was given up after a time.
    Timeout,
    /// The app called it off (a newer search replaced it); no failure.
    Cancelled,
}

impl StatusClass {
    /// Whether the call ended without success.
    pub fn failed(self) -> bool {
        !matches!(self, Self::Pending | Self::Ok | Self::Cancelled)
    }
}

/// What moved on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// The document changed.
    Dom,
    /// The page or an element scrolled.
    Scroll,
    /// The text selection changed.
    Selection,
    /// The focus moved.
    Focus,
    /// Audio or video started, stopped or sought.
    Media,
}

/// What became of an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfferOutcome {
    /// The user has seen it.
    Shown,
    /// The user took it up.
    Accepted,
    /// The user sent it away.
    Dismissed,
    /// It went away unanswered.
    Expired,
    /// The user said, or the app showed, that it helped.
    Resolved,
    /// The user said that it did not help.
    Unresolved,
}
