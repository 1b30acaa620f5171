//! What reaches the phone from outside the app: text messages, and the app's remote configuration.

use std::convert::Infallible;

use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::{Stream, stream};
use serde::Serialize;
use tokio::sync::{broadcast, watch};

use super::{session::Mine, trouble::Trouble};

/// How many messages a slow reader may lag behind; older ones are dropped.
const BACKLOG: usize = 16;

/// A text message, as the phone's notification shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    pub code: String,
}

/// The phone's messages.
pub struct Inbox(broadcast::Sender<Message>);

impl Default for Inbox {
    fn default() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }
}

impl Inbox {
    /// Delivers a message to whoever listens; a phone that is off gets nothing.
    pub fn deliver(&self, message: Message) {
        // An error only says that nobody listens.
        let _ = self.0.send(message);
    }
}

struct Reader {
    messages: broadcast::Receiver<Message>,
    trouble: watch::Receiver<Trouble>,
}

impl Reader {
    async fn next(&mut self) -> Option<Event> {
        loop {
            tokio::select! {
                message = self.messages.recv() => match message {
                    Ok(message) => return event("message", &message),
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
                changed = self.trouble.changed() => {
                    changed.ok()?;
                    let flags = self.trouble.borrow_and_update().flags();
                    return event("flags", &flags);
                }
            }
        }
    }
}

fn event<T: Serialize>(kind: &str, data: &T) -> Option<Event> {
    Event::default().event(kind).json_data(data).ok()
}

/// Flags at once and whenever they change; messages as they come.
pub async fn stream(Mine(wallet): Mine) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut trouble = wallet.trouble.subscribe();
    trouble.mark_changed();
    let reader = Reader { messages: wallet.inbox.0.subscribe(), trouble };
    let events = stream::unfold(reader, |mut reader| async move {
        let event = reader.next().await?;
        Some((Ok(event), reader))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
