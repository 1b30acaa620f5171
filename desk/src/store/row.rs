//! One handoff as the database holds it.

use serde::{Serialize, de::DeserializeOwned};
use sqlx::{FromRow, Row as _, sqlite::SqliteRow};
use unstuck::{
    Millis,
    handoff::{ContextPackage, State, Update},
};

use crate::Refusal;

/// A query for whole handoffs.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT key, package, state, revision, agent, position, asked_at, changed_at, handled FROM handoffs ",
            $rest
        )
    };
}
pub(super) use select;

/// One handoff as the database holds it.
pub(super) struct Row {
    pub key: String,
    package: String,
    pub state: State,
    pub revision: u32,
    pub agent: String,
    pub position: Option<u32>,
    pub asked_at: Millis,
    pub changed_at: Millis,
    pub handled: bool,
}

impl FromRow<'_, SqliteRow> for Row {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let state: String = row.try_get("state")?;
        Ok(Self {
            key: row.try_get("key")?,
            package: row.try_get("package")?,
            state: json(&quoted(&state)).map_err(|e| sqlx::Error::Decode(e.into()))?,
            revision: row.try_get("revision")?,
            agent: row.try_get("agent")?,
            position: row.try_get("position")?,
            asked_at: Millis(row.try_get("asked_at")?),
            changed_at: Millis(row.try_get("changed_at")?),
            handled: row.try_get("handled")?,
        })
    }
}

impl Row {
    /// What the user is told.
    pub fn update(&self) -> Update {
        Update {
            handoff: self.key.clone(),
            state: self.state,
            revision: self.revision,
            agent: self.agent.clone(),
            position: self.position,
        }
    }

    /// What the user agreed to send.
    pub fn package(&self) -> Result<ContextPackage, Refusal> {
        json(&self.package)
    }
}

/// A state's word, as on the wire.
pub(super) fn word(state: State) -> String {
    text(&state).trim_matches('"').to_owned()
}

fn quoted(word: &str) -> String {
    format!("\"{word}\"")
}

/// JSON text of one of our own types, which always has one.
pub(super) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A value that we wrote ourselves; what does not read is damage.
pub(super) fn json<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|e| Refusal::Broken(sqlx::Error::Decode(e.into())))
}
