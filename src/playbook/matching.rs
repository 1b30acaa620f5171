//! Whether an event meets a rule.

use super::Match;
use crate::event::{Event, EventKind, StatusClass};

/// Whether `value` is what `pattern` asks for; a trailing `*` makes it a prefix.
pub fn fits(pattern: &str, value: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => value.starts_with(prefix),
        None => value == pattern,
    }
}

impl Match {
    /// Whether every part that is set holds for the event. A rule without parts never holds.
    pub fn meets(&self, event: &Event) -> bool {
        self.holds(self.screen.as_deref(), |p| !event.screen.is_empty() && fits(p, &event.screen))
            && self.holds(self.target.as_deref(), |p| touched(&event.kind).is_some_and(|t| fits(p, t)))
            && self.holds(self.custom.as_deref(), |p| custom(&event.kind) == Some(p))
            && self.holds(self.endpoint.as_deref(), |p| called(&event.kind).is_some_and(|(e, _)| fits(p, e)))
            && self.status_holds(event)
            && !self.is_empty()
    }

    /// Whether no part is set.
    pub fn is_empty(&self) -> bool {
        self.screen.is_none() && self.only_screen()
    }

    /// Whether only the screen is set, so that any event on it will do.
    pub fn screen_only(&self) -> bool {
        self.screen.is_some() && self.only_screen()
    }

    /// Whether no part but the screen is set.
    fn only_screen(&self) -> bool {
        let Self { screen: _, target, endpoint, status, custom } = self;
        target.is_none() && endpoint.is_none() && status.is_none() && custom.is_none()
    }

    /// Whether the rule can hold on this screen, whatever else it asks for.
    pub fn allows_screen(&self, screen: &str) -> bool {
        self.holds(self.screen.as_deref(), |p| fits(p, screen))
    }

    fn holds(&self, part: Option<&str>, test: impl Fn(&str) -> bool) -> bool {
        part.is_none_or(test)
    }

    fn status_holds(&self, event: &Event) -> bool {
        match (called(&event.kind), self.status, &self.endpoint) {
            (Some((_, status)), Some(wanted), _) => status == wanted,
            (Some((_, status)), None, Some(_)) => status == StatusClass::Ok,
            (None, Some(_), _) => false,
            _ => true,
        }
    }
}

/// The element that the event is about, where the user's own hand was on it.
fn touched(kind: &EventKind) -> Option<&str> {
    match kind {
        EventKind::Tap(tap) => Some(&tap.target),
        EventKind::Input(input) => Some(&input.field),
        EventKind::Submit { form } => Some(form),
        EventKind::Copy { target } => Some(target),
        _ => None,
    }
}

/// The network call that ended.
fn called(kind: &EventKind) -> Option<(&str, StatusClass)> {
    match kind {
        EventKind::Api(api) if api.status != StatusClass::Pending => Some((&api.endpoint, api.status)),
        _ => None,
    }
}

fn custom(kind: &EventKind) -> Option<&str> {
    match kind {
        EventKind::Custom { name } => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        event::{Api, Input, Tap},
        time::Millis,
    };

    fn event(screen: &str, kind: EventKind) -> Event {
        Event { t: Millis(0), screen: screen.into(), kind }
    }

    fn tap(target: &str) -> EventKind {
        EventKind::Tap(Tap { target: target.into(), ..Tap::default() })
    }

    fn api(endpoint: &str, status: StatusClass) -> EventKind {
        EventKind::Api(Api { endpoint: endpoint.into(), status, ..Api::default() })
    }

    fn rule(json: &str) -> Match {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_part_that_is_set_must_hold() {
        let field = EventKind::Input(Input { field: "bind.code".into(), ..Input::default() });
        let named = EventKind::Custom { name: "bound".into() };
        let cases = [
            (r#"{}"#, event("/a", tap("x")), false),
            (r#"{"screen":"/a"}"#, event("/a", tap("x")), true),
            (r#"{"screen":"/a"}"#, event("/ab", tap("x")), false),
            (r#"{"screen":"/a*"}"#, event("/ab", tap("x")), true),
            (r#"{"screen":"*"}"#, event("", tap("x")), false),
            (r#"{"target":"x"}"#, event("", tap("x")), true),
            (r#"{"target":"bind.*"}"#, event("/a", field.clone()), true),
            (r#"{"screen":"/b","target":"bind.*"}"#, event("/a", field), false),
            (r#"{"target":"form"}"#, event("/a", EventKind::Submit { form: "form".into() }), true),
            (r#"{"endpoint":"POST /p"}"#, event("/a", api("POST /p", StatusClass::Ok)), true),
            (r#"{"endpoint":"POST /p"}"#, event("/a", api("POST /p", StatusClass::Pending)), false),
            (r#"{"endpoint":"POST /p"}"#, event("/a", api("POST /p", StatusClass::Server)), false),
            (
                r#"{"endpoint":"POST *","status":"server"}"#,
                event("/a", api("POST /p", StatusClass::Server)),
                true,
            ),
            (
                r#"{"endpoint":"POST /p","status":"client"}"#,
                event("/a", api("POST /p", StatusClass::Ok)),
                false,
            ),
            (r#"{"custom":"bound"}"#, event("/a", named.clone()), true),
            (r#"{"custom":"bound","status":"ok"}"#, event("/a", named), false),
        ];
        for (json, event, expected) in cases {
            assert_eq!(rule(json).meets(&event), expected, "{json} against {event:?}");
        }
    }
}
