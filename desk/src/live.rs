//! The live channel: what happened since a number, then what happens.

use std::sync::Arc;

use axum::{
    extract::{
        Path, Query, State, WebSocketUpgrade,
        ws::{Message as Packet, WebSocket},
    },
    response::Response,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use unstuck::handoff::Speaker;

use crate::{
    Desk, Frame, FrameBody, Message, Refusal,
    desk::now,
    user::{named, worded},
};

/// A packet from a user's page is at most this long, in bytes.
const MAX_PACKET_BYTES: usize = 32 << 10;

/// Where to go on.
#[derive(Deserialize)]
pub struct Resume {
    #[serde(default)]
    after: i64,
}

/// Who is at the desk.
#[derive(Deserialize)]
pub struct Seat {
    agent: String,
}

/// A user's page listens, and may speak.
pub async fn user(
    State(desk): State<Desk>,
    Path(key): Path<String>,
    Query(Resume { after }): Query<Resume>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    desk.store().update(&key).await?;
    let upgrade = upgrade.max_message_size(MAX_PACKET_BYTES);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let mut line = Line { desk, key, after, revision: 0, socket };
        // However the line ends, the page comes back with the number it has.
        let _ = line.run().await;
    }))
}

/// One connection of a user's page.
struct Line {
    desk: Desk,
    key: String,
    after: i64,
    revision: u32,
    socket: WebSocket,
}

/// The line is over.
struct Over;

impl Line {
    async fn run(&mut self) -> Result<(), Over> {
        let mut news = self.desk.store().news();
        loop {
            self.catch_up().await?;
            tokio::select! {
                key = news.recv() => match key {
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Err(Over),
                },
                packet = self.socket.recv() => match packet {
                    Some(Ok(Packet::Text(text))) => self.heard(&text).await?,
                    Some(Ok(Packet::Close(_)) | Err(_)) | None => return Err(Over),
                    Some(Ok(_)) => {}
                },
            }
        }
    }

    /// Sends what the page does not have: kept frames, then how it stands where no frame says it.
    async fn catch_up(&mut self) -> Result<(), Over> {
        let store = self.desk.store();
        let frames = store.frames(&self.key, self.after).await.map_err(|_| Over)?;
        let update = store.update(&self.key).await.map_err(|_| Over)?;
        for frame in frames {
            self.after = frame.seq.unwrap_or(self.after);
            if let FrameBody::State { update, .. } = &frame.body {
                self.revision = self.revision.max(update.revision);
            }
            self.send(&frame).await?;
        }
        if update.revision > self.revision {
            self.revision = update.revision;
            let body = FrameBody::State { update, t: now() };
            self.send(&Frame { seq: None, body }).await?;
        }
        Ok(())
    }

    /// Takes a message that came over the line; what is wrong with it goes back as a sentence.
    async fn heard(&mut self, text: &str) -> Result<(), Over> {
        let said = match serde_json::from_str::<Message>(text) {
            Ok(mut message) => {
                message.agent.clear();
                match worded(&message) {
                    Ok(()) => {
                        self.desk.store().say(&self.key, Speaker::User, &message, now()).await.map(drop)
                    }
                    Err(refusal) => Err(refusal),
                }
            }
            Err(error) => Err(Refusal::Invalid(format!("a packet is a message with id and text: {error}"))),
        };
        match said {
            Ok(()) => Ok(()),
            Err(refusal) => self.send(&json!({ "type": "refused", "error": refusal.to_string() })).await,
        }
    }

    async fn send(&mut self, packet: &impl Serialize) -> Result<(), Over> {
        let text = serde_json::to_string(packet).map_err(|_| Over)?;
        self.socket.send(Packet::Text(text.into())).await.map_err(|_| Over)
    }
}

/// An agent's page is there, and hears which handoffs changed.
pub async fn agent(
    State(desk): State<Desk>,
    Query(Seat { agent }): Query<Seat>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Refusal> {
    named("agent", &agent)?;
    Ok(upgrade.on_upgrade(move |socket| async move {
        let news = desk.store().news();
        desk.presence().arrive(&agent);
        desk.store().announce("");
        tell_changes(news, socket).await;
        desk.presence().leave(&agent, now());
        desk.store().announce("");
    }))
}

/// The first change that the page hears of is its own arrival.
async fn tell_changes(mut news: Receiver<Arc<str>>, mut socket: WebSocket) {
    loop {
        let changed = tokio::select! {
            key = news.recv() => match key {
                Ok(key) => key,
                Err(RecvError::Lagged(_)) => "".into(),
                Err(RecvError::Closed) => return,
            },
            packet = socket.recv() => match packet {
                Some(Ok(Packet::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => continue,
            },
        };
        let text = json!({ "type": "changed", "key": &*changed }).to_string();
        if socket.send(Packet::Text(text.into())).await.is_err() {
            return;
        }
    }
}
