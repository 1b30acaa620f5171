//! Handoffs and what was said, in SQLite. One connection writes, so every change is one transaction
//! after another; write-ahead logging keeps what was answered, even if the process is killed.

mod changes;
mod row;

use std::{path::Path, sync::Arc};

use sqlx::{
    SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::broadcast;
use unstuck::handoff::Update;

use crate::{Detail, Frame, FrameBody, Refusal, Summary};
use row::{Row, select};

/// The schema's steps; the database's `user_version` counts those that were taken.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_handoffs.sql")];
/// News that a slow listener may be behind before it looks everything up again.
const NEWS: usize = 256;
/// Handoffs that are over, in the agents' list.
const MAX_CLOSED: i64 = 200;

/// Handoffs and what was said.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
    news: broadcast::Sender<Arc<str>>,
}

impl Store {
    /// Opens a database file, or one in memory, and brings its schema up to date.
    pub async fn open(db: Option<&Path>) -> Result<Self, Refusal> {
        let options = match db {
            Some(path) => SqliteConnectOptions::new().filename(path).create_if_missing(true),
            None => SqliteConnectOptions::new().in_memory(true),
        };
        let options = options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await?;
        let store = Self { pool, news: broadcast::channel(NEWS).0 };
        store.migrate().await?;
        Ok(store)
    }

    async fn migrate(&self) -> Result<(), Refusal> {
        let mut tx = self.pool.begin().await?;
        let (done,): (i64,) = sqlx::query_as("PRAGMA user_version").fetch_one(&mut *tx).await?;
        let done = usize::try_from(done).unwrap_or(usize::MAX);
        if done > MIGRATIONS.len() {
            let sentence = "the database is of a newer version: start the desk that made it";
            return Err(Refusal::Conflict(sentence.into()));
        }
        for step in MIGRATIONS.iter().skip(done) {
            sqlx::raw_sql(*step).execute(&mut *tx).await?;
        }
        if done < MIGRATIONS.len() {
            let version = format!("PRAGMA user_version = {}", MIGRATIONS.len());
            sqlx::raw_sql(sqlx::AssertSqlSafe(version)).execute(&mut *tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The keys of handoffs as they change; an empty key is a change of who is there.
    pub fn news(&self) -> broadcast::Receiver<Arc<str>> {
        self.news.subscribe()
    }

    pub(crate) fn announce(&self, key: &str) {
        // Nobody listening is fine.
        let _ = self.news.send(key.into());
    }

    /// How a handoff stands.
    pub async fn update(&self, key: &str) -> Result<Update, Refusal> {
        let mut connection = self.pool.acquire().await?;
        Ok(find(&mut connection, key).await?.update())
    }

    /// What was said and what happened after frame `after`, in order.
    pub async fn frames(&self, key: &str, after: i64) -> Result<Vec<Frame>, Refusal> {
        let mut connection = self.pool.acquire().await?;
        frames(&mut connection, key, after).await
    }

    /// A handoff with all that an agent needs.
    pub async fn detail(&self, key: &str) -> Result<Detail, Refusal> {
        let mut connection = self.pool.acquire().await?;
        let row = find(&mut connection, key).await?;
        let frames = frames(&mut connection, key, 0).await?;
        Ok(Detail { summary: summary(&row, frames.last())?, package: row.package()?, frames })
    }

    /// Handoffs for the agents' list: those that wait in the queue's order, those that someone has,
    /// then those that are over, newest first.
    pub async fn list(&self) -> Result<Vec<Summary>, Refusal> {
        let mut connection = self.pool.acquire().await?;
        let open = select!(
            "WHERE state IN ('queued', 'assigned', 'live') ORDER BY position IS NULL, position, changed_at DESC"
        );
        let mut rows: Vec<Row> = sqlx::query_as(open).fetch_all(&mut *connection).await?;
        let closed =
            select!("WHERE state NOT IN ('queued', 'assigned', 'live') ORDER BY changed_at DESC LIMIT ?");
        rows.extend(sqlx::query_as::<_, Row>(closed).bind(MAX_CLOSED).fetch_all(&mut *connection).await?);
        let mut list = Vec::with_capacity(rows.len());
        for row in rows {
            let last = last_message(&mut connection, &row.key).await?;
            list.push(summary(&row, last.as_ref())?);
        }
        Ok(list)
    }

    /// Handoffs that an agent has, with the agent.
    pub async fn held(&self) -> Result<Vec<(String, String)>, Refusal> {
        let sql = "SELECT key, agent FROM handoffs WHERE state IN ('assigned', 'live')";
        Ok(sqlx::query_as(sql).fetch_all(&self.pool).await?)
    }
}

async fn find(connection: &mut SqliteConnection, key: &str) -> Result<Row, Refusal> {
    let row = sqlx::query_as(select!("WHERE key = ?")).bind(key).fetch_optional(connection).await?;
    row.ok_or_else(|| Refusal::Unknown(format!("there is no handoff `{key}`")))
}

async fn frames(connection: &mut SqliteConnection, key: &str, after: i64) -> Result<Vec<Frame>, Refusal> {
    let sql = "SELECT seq, body FROM frames WHERE handoff = ? AND seq > ? ORDER BY seq";
    let rows: Vec<(i64, String)> = sqlx::query_as(sql).bind(key).bind(after).fetch_all(connection).await?;
    rows.into_iter().map(|(seq, body)| frame(seq, &body)).collect()
}

async fn last_message(connection: &mut SqliteConnection, key: &str) -> Result<Option<Frame>, Refusal> {
    let sql =
        "SELECT seq, body FROM frames WHERE handoff = ? AND message_id IS NOT NULL ORDER BY seq DESC LIMIT 1";
    let row: Option<(i64, String)> = sqlx::query_as(sql).bind(key).fetch_optional(connection).await?;
    row.map(|(seq, body)| frame(seq, &body)).transpose()
}

fn frame(seq: i64, body: &str) -> Result<Frame, Refusal> {
    let body: FrameBody = row::json(body)?;
    Ok(Frame { seq: Some(seq), body })
}

fn summary(row: &Row, last: Option<&Frame>) -> Result<Summary, Refusal> {
    let package = row.package()?;
    let spoken = match last.map(|frame| &frame.body) {
        Some(FrameBody::Message { text, .. }) => Some(text.clone()),
        _ => None,
    };
    let before =
        || package.message.clone().or_else(|| package.conversation.last().map(|line| line.text.clone()));
    Ok(Summary {
        key: row.key.clone(),
        state: row.state,
        revision: row.revision,
        agent: row.agent.clone(),
        position: row.position,
        priority: package.priority,
        asked_at: row.asked_at,
        changed_at: row.changed_at,
        handled: row.handled,
        language: package.language,
        title: package.stuck.as_ref().map_or_else(|| package.reason.clone(), |stuck| stuck.title.clone()),
        last: spoken.or_else(before).unwrap_or_default(),
    })
}
