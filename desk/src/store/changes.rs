//! What changes a handoff. Each is one transaction, allowed by the core's table of states or refused
//! with a sentence, and safe to repeat.

use sqlx::{Sqlite, SqliteConnection, Transaction};
use unstuck::{
    Millis,
    handoff::{
        ContextPackage, Speaker, State, Update,
        machine::{By, allowed},
    },
};

use super::{
    Store, find, frame,
    row::{Row, select, text, word},
};
use crate::{Frame, FrameBody, Message, Refusal};

impl Store {
    /// Takes a request in, once: the same again is answered with how it stands, another under the
    /// same key is refused. Says whether it is new.
    pub async fn create(
        &self,
        package: &ContextPackage,
        state: State,
        now: Millis,
    ) -> Result<(Update, bool), Refusal> {
        let key = &package.handoff;
        let mut tx = self.pool.begin().await?;
        let known: Option<Row> =
            sqlx::query_as(select!("WHERE key = ?")).bind(key).fetch_optional(&mut *tx).await?;
        if let Some(known) = known {
            if known.package()? == *package {
                return Ok((known.update(), false));
            }
            let sentence = format!("`{key}` was another request: a new one needs a new key");
            return Err(Refusal::Conflict(sentence));
        }
        sqlx::query(
            "INSERT INTO handoffs (key, package, state, revision, priority, asked_at, changed_at) \
             VALUES (?, ?, ?, 1, ?, ?, ?)",
        )
        .bind(key)
        .bind(text(package))
        .bind(word(state))
        .bind(package.priority)
        .bind(now.0)
        .bind(now.0)
        .execute(&mut *tx)
        .await?;
        let row = self.record(tx, key, now).await?;
        Ok((row.update(), true))
    }

    /// Gives a request to an agent.
    pub async fn assign(&self, key: &str, agent: &str, now: Millis) -> Result<Update, Refusal> {
        let mut tx = self.pool.begin().await?;
        let row = find(&mut tx, key).await?;
        if matches!(row.state, State::Assigned | State::Live) {
            return if row.agent == agent { Ok(row.update()) } else { Err(held_by(&row)) };
        }
        move_on(&mut tx, &row, By::Desk, State::Assigned, agent, now).await?;
        Ok(self.record(tx, key, now).await?.update())
    }

    /// Ends a conversation, or gives it back to the bot.
    pub async fn close(&self, key: &str, agent: &str, to: State, now: Millis) -> Result<Update, Refusal> {
        let mut tx = self.pool.begin().await?;
        let row = find(&mut tx, key).await?;
        if row.state == to {
            return Ok(row.update());
        }
        holds(&row, agent)?;
        move_on(&mut tx, &row, By::Desk, to, agent, now).await?;
        Ok(self.record(tx, key, now).await?.update())
    }

    /// The user takes it back. What is over stays as it is.
    pub async fn cancel(&self, key: &str, now: Millis) -> Result<Update, Refusal> {
        let mut tx = self.pool.begin().await?;
        let row = find(&mut tx, key).await?;
        if !allowed(row.state, By::User, State::Cancelled) {
            return Ok(row.update());
        }
        move_on(&mut tx, &row, By::User, State::Cancelled, &row.agent, now).await?;
        Ok(self.record(tx, key, now).await?.update())
    }

    /// Puts a handoff back into the queue whose agent has gone.
    pub async fn requeue(&self, key: &str, agent: &str, now: Millis) -> Result<(), Refusal> {
        let mut tx = self.pool.begin().await?;
        let row = find(&mut tx, key).await?;
        if row.agent == agent && matches!(row.state, State::Assigned | State::Live) {
            move_on(&mut tx, &row, By::Desk, State::Queued, "", now).await?;
            self.record(tx, key, now).await?;
        }
        Ok(())
    }

    /// Expires what has waited in the queue since `before` or longer.
    pub async fn expire(&self, before: Millis, now: Millis) -> Result<(), Refusal> {
        let sql = "SELECT key FROM handoffs WHERE state = 'queued' AND changed_at <= ?";
        let due: Vec<(String,)> = sqlx::query_as(sql).bind(before.0).fetch_all(&self.pool).await?;
        for (key,) in due {
            let mut tx = self.pool.begin().await?;
            let row = find(&mut tx, &key).await?;
            if row.state == State::Queued {
                move_on(&mut tx, &row, By::Desk, State::Expired, "", now).await?;
                self.record(tx, &key, now).await?;
            }
        }
        Ok(())
    }

    /// Marks a message left, or a request missed, as dealt with.
    pub async fn handled(&self, key: &str, now: Millis) -> Result<(), Refusal> {
        let mut tx = self.pool.begin().await?;
        let row = find(&mut tx, key).await?;
        if !matches!(row.state, State::MessageLeft | State::Unavailable | State::Expired) {
            let sentence =
                format!("only what nobody answered can be marked as handled; this is {}", word(row.state));
            return Err(Refusal::Conflict(sentence));
        }
        let sql = "UPDATE handoffs SET handled = 1, changed_at = ? WHERE key = ? AND handled = 0";
        sqlx::query(sql).bind(now.0).bind(key).execute(&mut *tx).await?;
        tx.commit().await?;
        self.announce(key);
        Ok(())
    }

    /// Takes a message in, once. An agent's first one makes the conversation live.
    pub async fn say(
        &self,
        key: &str,
        from: Speaker,
        message: &Message,
        now: Millis,
    ) -> Result<Frame, Refusal> {
        let mut tx = self.pool.begin().await?;
        let row = find(&mut tx, key).await?;
        if let Some(known) = known_message(&mut tx, key, from, message).await? {
            return Ok(known);
        }
        match from {
            Speaker::User if matches!(row.state, State::Queued | State::Assigned | State::Live) => {}
            Speaker::Agent => holds(&row, &message.agent)?,
            _ => {
                let sentence =
                    format!("the conversation is over ({}): ask for a human again", word(row.state));
                return Err(Refusal::Conflict(sentence));
            }
        }
        if from == Speaker::Agent && row.state == State::Assigned {
            move_on(&mut tx, &row, By::Desk, State::Live, &message.agent, now).await?;
            note_state(&mut tx, key, now).await?;
        }
        let Message { id, text, agent } = message.clone();
        let body = FrameBody::Message { id, from, name: agent, text, t: now };
        let seq = append(&mut tx, key, sender(from), Some(&message.id), &body).await?;
        tx.commit().await?;
        self.announce(key);
        Ok(Frame { seq: Some(seq), body })
    }

    /// Puts the queue in order, notes how the handoff stands now, commits, and tells everyone whom it
    /// concerns.
    async fn record(&self, mut tx: Transaction<'_, Sqlite>, key: &str, now: Millis) -> Result<Row, Refusal> {
        let moved = reorder(&mut tx, key).await?;
        let row = note_state(&mut tx, key, now).await?;
        tx.commit().await?;
        self.announce(key);
        for other in moved {
            self.announce(&other);
        }
        Ok(row)
    }
}

/// Moves a handoff on where the core's table allows it.
async fn move_on(
    connection: &mut SqliteConnection,
    row: &Row,
    by: By,
    to: State,
    agent: &str,
    now: Millis,
) -> Result<(), Refusal> {
    if !allowed(row.state, by, to) {
        let sentence = format!("`{}` is {}: it cannot become {}", row.key, word(row.state), word(to));
        return Err(Refusal::Conflict(sentence));
    }
    sqlx::query(
        "UPDATE handoffs SET state = ?, agent = ?, position = NULL, revision = revision + 1, changed_at = ? \
         WHERE key = ?",
    )
    .bind(word(to))
    .bind(agent)
    .bind(now.0)
    .bind(&row.key)
    .execute(connection)
    .await?;
    Ok(())
}

/// Numbers the queue: by priority, then by time. Says which others moved; `key` itself has its own news.
async fn reorder(connection: &mut SqliteConnection, key: &str) -> Result<Vec<String>, Refusal> {
    let sql = "SELECT key, position FROM handoffs WHERE state = 'queued' ORDER BY priority, asked_at, rowid";
    let queue: Vec<(String, Option<i64>)> = sqlx::query_as(sql).fetch_all(&mut *connection).await?;
    let mut moved = Vec::new();
    for (place, (queued, before)) in (1_i64..).zip(queue) {
        if before != Some(place) {
            let others = i64::from(queued != key);
            let sql = "UPDATE handoffs SET position = ?, revision = revision + ? WHERE key = ?";
            sqlx::query(sql).bind(place).bind(others).bind(&queued).execute(&mut *connection).await?;
            if queued != key {
                moved.push(queued);
            }
        }
    }
    Ok(moved)
}

/// Keeps how a handoff stands as a frame.
async fn note_state(connection: &mut SqliteConnection, key: &str, now: Millis) -> Result<Row, Refusal> {
    let row = find(connection, key).await?;
    let body = FrameBody::State { update: row.update(), t: now };
    append(connection, key, "", None, &body).await?;
    Ok(row)
}

async fn append(
    connection: &mut SqliteConnection,
    key: &str,
    sender: &str,
    message_id: Option<&str>,
    body: &FrameBody,
) -> Result<i64, Refusal> {
    let sql = "INSERT INTO frames (handoff, seq, sender, message_id, body) \
               SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4 FROM frames WHERE handoff = ?1 RETURNING seq";
    let query = sqlx::query_as(sql).bind(key).bind(sender).bind(message_id).bind(text(body));
    let (seq,): (i64,) = query.fetch_one(connection).await?;
    Ok(seq)
}

/// The frame of a message that came before under the same id; other words under it are refused.
async fn known_message(
    connection: &mut SqliteConnection,
    key: &str,
    from: Speaker,
    message: &Message,
) -> Result<Option<Frame>, Refusal> {
    let sql = "SELECT seq, body FROM frames WHERE handoff = ? AND sender = ? AND message_id = ?";
    let query = sqlx::query_as(sql).bind(key).bind(sender(from)).bind(&message.id);
    let Some((seq, body)): Option<(i64, String)> = query.fetch_optional(connection).await? else {
        return Ok(None);
    };
    let known = frame(seq, &body)?;
    match &known.body {
        FrameBody::Message { text, .. } if *text == message.text => Ok(Some(known)),
        _ => Err(Refusal::Conflict(format!(
            "message `{}` had other words: a new one needs a new id",
            message.id
        ))),
    }
}

fn sender(from: Speaker) -> &'static str {
    match from {
        Speaker::User => "user",
        Speaker::Bot => "bot",
        Speaker::Agent => "agent",
    }
}

fn holds(row: &Row, agent: &str) -> Result<(), Refusal> {
    match row.state {
        State::Assigned | State::Live if row.agent == agent => Ok(()),
        State::Assigned | State::Live => Err(held_by(row)),
        State::Queued => Err(Refusal::Conflict(format!("`{}` waits in the queue: take it first", row.key))),
        _ => Err(Refusal::Conflict(format!("`{}` is over ({})", row.key, word(row.state)))),
    }
}

fn held_by(row: &Row) -> Refusal {
    Refusal::Conflict(format!("{} has `{}` already", row.agent, row.key))
}
