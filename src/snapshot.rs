//! A session's state as text: versioned, size-capped, bound to its session and playbook, with a sum
//! that shows damage. It holds the talk, so the host keeps it on the device or encrypts it.

use serde::{Deserialize, Serialize, Serializer, de::DeserializeOwned};

use crate::{
    error::{Error, ErrorKind, Result},
    playbook::Playbook,
};

/// The version of the form; a snapshot of another one is refused.
pub const VERSION: u32 = 3;
/// The largest snapshot, in bytes.
pub const MAX_BYTES: usize = 131_072;

/// The first line of a snapshot. The second is the state's JSON, which has no line break: so it is read as it
/// is, and the sum is over what was written.
#[derive(Serialize, Deserialize)]
struct Head {
    unstuck_snapshot: u32,
    session: String,
    app: String,
    /// A sum over the playbook: state holds its ids.
    playbook: String,
    /// A sum over the state's line.
    sum: String,
}

/// What a snapshot is bound to.
#[derive(Clone, Debug)]
pub struct Binding {
    session: String,
    app: String,
    playbook: String,
}

impl Binding {
    /// To a session, an app, and every word of its playbook.
    pub fn new(session: &str, app: &str, playbook: &Sum) -> Self {
        Self { session: session.to_owned(), app: app.to_owned(), playbook: playbook.0.clone() }
    }
}

/// A sum over every word of a playbook.
#[derive(Clone, Debug)]
pub struct Sum(String);

impl Sum {
    /// Over a playbook's JSON.
    pub fn of(playbook: &Playbook) -> Result<Self> {
        Ok(Self(sum(&write(playbook)?)))
    }
}

/// Writes a state.
pub fn save<S: Serialize>(binding: &Binding, state: &S) -> Result<String> {
    let state = write(state)?;
    let head = Head {
        unstuck_snapshot: VERSION,
        session: binding.session.clone(),
        app: binding.app.clone(),
        playbook: binding.playbook.clone(),
        sum: sum(&state),
    };
    let text = write(&head)? + "\n" + &state;
    if text.len() > MAX_BYTES {
        return Err(refuse("", format!("The state has {} bytes, more than {MAX_BYTES}.", text.len())));
    }
    Ok(text)
}

/// Serialises a part of a state as a function of its own. All of a state in one function takes a Wasm engine 20 MB
/// of memory to optimise.
#[inline(never)]
pub fn apart<T: Serialize, S: Serializer>(part: &T, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    part.serialize(serializer)
}

/// Reads a state that [`save`] wrote for the same session and the same playbook.
pub fn restore<S: DeserializeOwned>(binding: &Binding, text: &str) -> Result<S> {
    if text.len() > MAX_BYTES {
        return Err(refuse("", format!("It has {} bytes, more than {MAX_BYTES}.", text.len())));
    }
    let (head, state) = text.split_once('\n').unwrap_or((text, ""));
    let version: Version = serde_json::from_str(head)
        .map_err(|error| refuse("", format!("It is no snapshot, or a damaged one: {error}.")))?;
    if version.unstuck_snapshot != VERSION {
        let text = format!("It has version {}; this core reads {VERSION}.", version.unstuck_snapshot);
        return Err(refuse("/unstuck_snapshot", text));
    }
    let saved: Head = serde_json::from_str(head)
        .map_err(|error| refuse("", format!("It is no snapshot, or a damaged one: {error}.")))?;
    if saved.session != binding.session {
        return Err(refuse("/session", "It belongs to another session."));
    }
    if saved.app != binding.app || saved.playbook != binding.playbook {
        let text = format!("It was made with another playbook (app `{}`).", saved.app);
        return Err(refuse("/playbook", text));
    }
    if saved.sum != sum(state) {
        return Err(refuse("/sum", "It was damaged or changed after it was written."));
    }
    serde_json::from_str(state)
        .map_err(|error| refuse("/state", format!("Its state does not parse: {error}.")))
}

#[derive(Deserialize)]
struct Version {
    unstuck_snapshot: u32,
}

fn refuse(place: &str, what: impl AsRef<str>) -> Error {
    let detail = format!("This snapshot cannot be used. {} Begin a new session.", what.as_ref());
    Error::new(ErrorKind::Snapshot, place, detail)
}

fn write<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| refuse("", format!("It cannot be written: {error}.")))
}

/// FNV-1a in hex. It finds damage; against forgery the host authenticates the snapshot.
/// <https://datatracker.ietf.org/doc/draft-eastlake-fnv/>
fn sum(text: &str) -> String {
    let fold = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
}
