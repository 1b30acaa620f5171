//! What a host may give. A refusal changes nothing and says what would be right.

use super::{Config, Input, refuse};
use crate::{
    error::{Error, ErrorKind, Result},
    event::wire::TIME_MAX,
    model::vague,
    playbook::Playbook,
    time::Millis,
};

/// The longest text a user may type, in characters.
pub const MAX_TEXT: usize = 2_000;
/// The longest id, key or word of a result, in bytes.
pub const MAX_ID: usize = 200;
/// As many values as a tool may give back.
pub const MAX_VALUES: usize = 32;

/// A configuration that a session can begin with.
pub fn config(config: &Config) -> Result<()> {
    let bad = |place: &str, detail: String| Err(Error::new(ErrorKind::Config, place, detail));
    if config.session.is_empty() || config.session.len() > MAX_ID {
        return bad("/session", format!("The session's id must have 1 to {MAX_ID} bytes."));
    }
    if config.user.len() > MAX_ID {
        return bad("/user", format!("The user's pseudonym may have {MAX_ID} bytes at most."));
    }
    Ok(())
}

/// Labels of the intent model that are all in the playbook.
pub fn labels(playbook: &Playbook, labels: &[String]) -> Result<()> {
    let known = |id: &str| {
        vague::hints(id).is_some() || playbook.stuck_point(id).is_some() || playbook.intent(id).is_some()
    };
    let foreign = labels.iter().find(|id| !known(id));
    match foreign {
        None => Ok(()),
        Some(id) => Err(Error::new(
            ErrorKind::Model,
            "labels",
            format!(
                "The intent model knows `{id}`, which is neither a stuck point nor an intent of the \
                 playbook `{}`. Build the model from this playbook with `unstuck build`.",
                playbook.id
            ),
        )),
    }
}

/// The input, within its caps.
pub fn input(input: Input) -> Result<Input> {
    let Millis(t) = input.t();
    if !(-TIME_MAX..=TIME_MAX).contains(&t) {
        return Err(refuse("/t", format!("The time {t} is not within ±2^53 milliseconds.")));
    }
    if let Input::Event(event) = input {
        return Ok(Input::Event(event.capped()?));
    }
    sizes(&input)?;
    Ok(input)
}

fn sizes(input: &Input) -> Result<()> {
    match input {
        Input::Say { text, .. } | Input::Agent { text, .. } => characters("/text", text),
        Input::Choose { id, .. } => short("/id", id),
        Input::Tool { key, outcome, values, .. } => {
            short("/key", key)?;
            short("/outcome", outcome)?;
            if values.len() > MAX_VALUES {
                return Err(refuse("/values", format!("A tool may give back {MAX_VALUES} values at most.")));
            }
            values.iter().try_for_each(|(name, value)| {
                short("/values", name)?;
                characters("/values", value)
            })
        }
        Input::Guide { guide, outcome, why, .. } => {
            short("/guide", guide)?;
            short("/outcome", outcome)?;
            short("/why", why)
        }
        Input::Handoff { update, .. } => {
            short("/update/handoff", &update.handoff)?;
            short("/update/agent", &update.agent)
        }
        Input::Event(_)
        | Input::AskHuman { .. }
        | Input::Language { .. }
        | Input::Elder { .. }
        | Input::Chat { .. }
        | Input::Tick { .. } => Ok(()),
    }
}

fn characters(place: &str, text: &str) -> Result<()> {
    if text.chars().count() <= MAX_TEXT {
        return Ok(());
    }
    Err(refuse(place, format!("A text may have {MAX_TEXT} characters at most.")))
}

fn short(place: &str, id: &str) -> Result<()> {
    if id.len() <= MAX_ID {
        return Ok(());
    }
    Err(refuse(place, format!("An id or a word may have {MAX_ID} bytes at most.")))
}
