//! From JSON to a [`Playbook`], with the place of what does not fit.

use super::{Playbook, check::escape};
use crate::error::{Error, ErrorKind, Result};

/// Reads a playbook. An error's place is the JSON Pointer of what does not fit.
pub fn parse(json: &str) -> Result<Playbook> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let playbook = serde_path_to_error::deserialize(&mut deserializer).map_err(refusal)?;
    deserializer.end().map_err(|error| Error::new(ErrorKind::Playbook, "", error.to_string()))?;
    Ok(playbook)
}

/// Reads a playbook that is a JSON value already; errors as [`parse`]'s.
pub fn from_value(json: serde_json::Value) -> Result<Playbook> {
    serde_path_to_error::deserialize(json).map_err(refusal)
}

fn refusal(error: serde_path_to_error::Error<serde_json::Error>) -> Error {
    let place = pointer(error.path());
    Error::new(ErrorKind::Playbook, place, error.into_inner().to_string())
}

/// The path as a JSON Pointer (RFC 6901), up to where it is known.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        let part = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => escape(key),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => break,
        };
        pointer.push('/');
        pointer.push_str(&part);
    }
    pointer
}
