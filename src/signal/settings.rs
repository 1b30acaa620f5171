//! Every threshold of every detector, with its default and where it comes from. The table in
//! `docs/signals.md` is made from this file.

use serde::{Deserialize, Serialize};

use super::{
    SignalKind,
    threshold::{Fault, Row, Threshold, Unit},
};
use crate::event::Control;

/// Makes the settings of each detector, their defaults, their check and the rows of the table from
/// one list, so that none can contradict another.
macro_rules! thresholds {
    ($(
        #[doc = $about:literal]
        $Kind:ident $group:ident {
            $( #[doc = $meaning:literal] $name:ident: $ty:ty = $default:expr, $unit:ident, $source:literal; )+
        }
    )+) => {
        $(
            #[doc = $about]
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
            #[serde(default, deny_unknown_fields)]
            pub struct $Kind {
                $( #[doc = $meaning] pub $name: $ty, )+
            }

            impl Default for $Kind {
                fn default() -> Self {
                    Self { $( $name: $default, )+ }
                }
            }
        )+

        /// Thresholds of the signals.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(default, deny_unknown_fields)]
        pub struct Settings {
            /// Signals that are switched off.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub off: Vec<SignalKind>,
            $(
                #[doc = $about]
                #[serde(skip_serializing_if = "is_default")]
                pub $group: $Kind,
            )+
        }

        impl Settings {
            /// How long the same signal about the same thing stays quiet, in milliseconds.
            pub fn rearm_ms(&self, kind: SignalKind) -> u32 {
                match kind { $( SignalKind::$Kind => self.$group.rearm_ms, )+ }
            }

            /// The thresholds that no detector could keep; `place` is the JSON Pointer of these settings.
            pub fn faults(&self, place: &str) -> Vec<Fault> {
                let mut faults = Vec::new();
                $( $(
                    if let Some((what, mend)) = self.$group.$name.fault(Unit::$unit) {
                        let place = format!("{place}/{}/{}", stringify!($group), stringify!($name));
                        faults.push(Fault { place, what, mend });
                    }
                )+ )+
                faults
            }

            /// The table of all thresholds with their defaults.
            pub fn rows() -> Vec<Row> {
                let defaults = Self::default();
                vec![ $( $( Row {
                    signal: SignalKind::$Kind,
                    name: stringify!($name),
                    default: serde_json::to_string(&defaults.$group.$name).unwrap_or_default(),
                    unit: Unit::$unit,
                    meaning: $meaning.trim(),
                    source: $source,
                }, )+ )+ ]
            }
        }
    };
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

thresholds! {
    /// Many fast taps on one spot without any reaction.
    RageClick rage_click {
        /// Taps that make it.
        clicks: u32 = 4, Count, "Splunk otel-js-web went from 3 to 4, PostHog's own site too";
        /// The span in which they come.
        within_ms: u32 = 1_000, Ms, "Datadog, PostHog and Splunk";
        /// How far each may be from the one before.
        radius_px: u32 = 30, Px, "PostHog";
        /// How long after the last tap a reaction still counts.
        settle_ms: u32 = 300, Ms, "ours: a slow frame and a throttled mutation observer";
        /// Controls that people tap fast and rightly.
        skip: Vec<Control> = vec![
            Control::Text, Control::Select, Control::Toggle, Control::Stepper, Control::Date,
            Control::Carousel, Control::Pagination, Control::Media,
        ], List, "the field's most frequent complaint: steppers, date pickers, carousels, pagination";
        /// How long it then stays quiet about the same element.
        rearm_ms: u32 = 5_000, Ms, "ours: one outburst is one signal";
    }
    /// A tap on something that should react, and nothing happened.
    DeadClick dead_click {
        /// How long a reaction may take.
        wait_ms: u32 = 1_000, Ms, "between Datadog's 100 ms and PostHog's 2,500 ms; OpenReplay has 1,234 ms";
        /// Controls whose reaction the page cannot show, or that promise none.
        skip: Vec<Control> = vec![
            Control::None, Control::Link, Control::Text, Control::Select, Control::Media, Control::File,
        ], List, "Datadog leaves out text fields, selects, canvas and links; Sentry all that is no control";
        /// How long it then stays quiet about the same element.
        rearm_ms: u32 = 2_000, Ms, "ours: a second try is a second signal, a burst is one";
    }
    /// A tap that was followed at once by an error of the app's code.
    ErrorClick error_click {
        /// How soon the error must follow.
        within_ms: u32 = 1_000, Ms, "ours: the span in which a dead click waits; Datadog waits for the end of the page's activity";
        /// An error seen without a tap in this span is the page's own and no tap's fault.
        ambient_ms: u32 = 30_000, Ms, "ours: pollers fail at least that often";
        /// Error classes that a sound page throws.
        skip: Vec<String> = ["AbortError", "NotAllowedError", "ResizeObserver"].map(String::from).to_vec(),
            List, "a cancelled request, a refused autoplay, and a late layout notice are no defects";
        /// How long it then stays quiet about the same element.
        rearm_ms: u32 = 2_000, Ms, "ours: a second try is a second signal";
    }
    /// Into a screen and straight back out of it.
    QuickBack quick_back {
        /// The longest stay.
        within_ms: u32 = 7_000, Ms, "Hotjar's u-turn, as reported by its users";
        /// The shortest stay: below it nobody saw the screen.
        at_least_ms: u32 = 300, Ms, "ours: a guard that sends back is no user";
        /// Taps on the screen from which on the user had business there; the tap on back is one.
        taps: u32 = 2, Count, "ours";
        /// How long it then stays quiet about the same screen.
        rearm_ms: u32 = 1_000, Ms, "ours: each turn counts";
    }
    /// Round and round over several screens.
    Wandering wandering {
        /// Different screens that were each seen again.
        screens: u32 = 3, Count, "ours: two are a hub and its list, or a comparison";
        /// How often each must have been seen.
        visits: u32 = 2, Count, "ours: the second round is the first proof of a cycle";
        /// The span in which it must happen.
        within_ms: u32 = 120_000, Ms, "ours";
        /// How long it then stays quiet.
        rearm_ms: u32 = 30_000, Ms, "ours";
    }
    /// The same form refused again and again.
    FormErrorLoop form_error_loop {
        /// Refusals that make it.
        refusals: u32 = 3, Count, "ours: one is a slip, two a correction that missed";
        /// The span in which they come.
        within_ms: u32 = 300_000, Ms, "ours";
        /// How long after an attempt a refusal belongs to it.
        answer_ms: u32 = 10_000, Ms, "Nielsen's limit for keeping attention on a dialogue";
        /// How long it then stays quiet about the same form.
        rearm_ms: u32 = 10_000, Ms, "ours: the next refusal says it again, with the count";
    }
    /// One field filled in, emptied, filled in again.
    FieldReedit field_reedit {
        /// Times it was filled in again.
        times: u32 = 2, Count, "ours: one is a typing slip";
        /// The span in which they come.
        within_ms: u32 = 180_000, Ms, "ours";
        /// How long it then stays quiet about the same field.
        rearm_ms: u32 = 15_000, Ms, "ours";
    }
    /// A form begun and left.
    FormAbandonment form_abandonment {
        /// Fields that were filled in when it was left.
        fields: u32 = 2, Count, "ours: one field is a look around";
        /// How long a user may be elsewhere and come back to it.
        return_ms: u32 = 20_000, Ms, "ours: time to look something up";
        /// How long it then stays quiet about the same form.
        rearm_ms: u32 = 60_000, Ms, "ours";
    }
    /// Everything filled in, and the deciding tap does not come.
    Hesitation hesitation {
        /// The shortest pause that counts.
        at_least_ms: u32 = 10_000, Ms, "Nielsen's limit for keeping attention on a dialogue";
        /// The pause as a share of the step's usual time, where that is longer.
        of_typical: u32 = 60, Percent, "ours";
        /// How long it then stays quiet at the same step.
        rearm_ms: u32 = 60_000, Ms, "ours";
    }
    /// Nothing at all for much longer than the step takes.
    IdleAtStep idle_at_step {
        /// The shortest stillness that counts.
        at_least_ms: u32 = 30_000, Ms, "ours: below it people read";
        /// The stillness as a multiple of the step's usual time, where that is longer.
        of_typical: u32 = 250, Percent, "ours";
        /// How long it then stays quiet at the same step.
        rearm_ms: u32 = 60_000, Ms, "ours";
    }
    /// An answer that takes too long.
    SlowResponse slow_response {
        /// From when on an answer is slow.
        slow_ms: u32 = 3_000, Ms, "Sentry's slow click";
        /// How soon after the user asked for something a call must begin to be theirs.
        asked_ms: u32 = 1_000, Ms, "Nielsen's limit for an uninterrupted flow of thought";
        /// Endpoints that are slow by design, such as uploads and long polls; a trailing `*` is a prefix.
        skip: Vec<String> = Vec::new(), List, "none by default: it depends on the app";
        /// How long it then stays quiet about the same endpoint.
        rearm_ms: u32 = 10_000, Ms, "ours";
    }
    /// One endpoint fails repeatedly.
    RepeatedFailure repeated_failure {
        /// Failures of the system (5xx, no network, time-out) that make it.
        failures: u32 = 2, Count, "ours: the user tried again and it failed again";
        /// Failures of any kind, refusals included, that make it.
        refusals: u32 = 3, Count, "ours: a second wrong password is common";
        /// The span in which they come.
        within_ms: u32 = 180_000, Ms, "ours";
        /// How soon after the user asked for something a call must begin to be theirs.
        asked_ms: u32 = 2_000, Ms, "ours: a little more than for slowness, as forms check first";
        /// How long it then stays quiet about the same endpoint.
        rearm_ms: u32 = 5_000, Ms, "ours: the next failure says it again, with the count";
    }
    /// Searches that find nothing.
    SearchWithoutResult search_without_result {
        /// Searches without result that make it.
        searches: u32 = 2, Count, "ours: one is a typing slip";
        /// The span in which they come.
        within_ms: u32 = 180_000, Ms, "ours";
        /// A search followed sooner than this by another is one still being typed.
        settle_ms: u32 = 1_500, Ms, "ours: longer than the usual pause between two keys";
        /// How long it then stays quiet.
        rearm_ms: u32 = 15_000, Ms, "ours";
    }
    /// Scrolling up and down, looking for something.
    FranticScrolling frantic_scrolling {
        /// Changes of direction that make it.
        reversals: u32 = 6, Count, "ours, after Clarity's excessive scrolling: reading turns back once or twice";
        /// The distance they cover together.
        distance_px: u32 = 4_000, Px, "ours: five screens of a phone";
        /// The span in which it happens.
        within_ms: u32 = 10_000, Ms, "ours";
        /// How long it then stays quiet on the same screen.
        rearm_ms: u32 = 20_000, Ms, "ours";
    }
    /// The user went to the help themselves.
    HelpSeeking help_seeking {
        /// Help opened this soon after an offer was taken up was opened by the bot.
        own_ms: u32 = 2_000, Ms, "ours";
        /// How long it then stays quiet.
        rearm_ms: u32 = 30_000, Ms, "ours: opened, closed and opened again is one search for help";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_pass_their_own_check_and_write_nothing() {
        let settings = Settings::default();
        assert_eq!(settings.faults(""), []);
        assert_eq!(serde_json::to_string(&settings).unwrap(), "{}");
    }

    #[test]
    fn every_signal_has_a_re_arm_rule_and_every_row_a_source() {
        let rows = Settings::rows();
        for kind in SignalKind::ALL {
            assert!(rows.iter().any(|r| r.signal == kind && r.name == "rearm_ms"), "{kind:?}");
        }
        for row in rows {
            assert!(!row.source.is_empty() && !row.meaning.is_empty(), "{row:?}");
        }
    }

    #[test]
    fn a_threshold_that_cannot_be_is_a_fault_with_its_place() {
        let cases = [
            (r#"{"rage_click":{"clicks":0}}"#, "/s/rage_click/clicks", "write 1 to 16"),
            (r#"{"rage_click":{"clicks":17}}"#, "/s/rage_click/clicks", "write 1 to 16"),
            (r#"{"dead_click":{"wait_ms":3600001}}"#, "/s/dead_click/wait_ms", "write 1 to 3600000"),
        ];
        for (json, place, mend) in cases {
            let settings: Settings = serde_json::from_str(json).unwrap();
            let faults = settings.faults("/s");
            let found: Vec<_> = faults.iter().map(|f| (f.place.as_str(), f.mend.as_str())).collect();
            assert_eq!(found, [(place, mend)], "{json}");
        }
    }

    #[test]
    fn one_threshold_can_be_set_alone_and_a_misspelt_one_is_refused() {
        let settings: Settings = serde_json::from_str(r#"{"rage_click":{"clicks":3}}"#).unwrap();
        assert_eq!((settings.rage_click.clicks, settings.rage_click.within_ms), (3, 1_000));
        assert!(serde_json::from_str::<Settings>(r#"{"rage_click":{"click":3}}"#).is_err());
    }
}
