//! The desk as one thing: its store, who is there, and what is due.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use unstuck::Millis;

use crate::{Refusal, Store, agent, guard, live, presence::Presence, user};

/// A request's body is at most this long, in bytes: a context package at all its caps fits twice.
const MAX_BODY_BYTES: usize = 256 << 10;
/// How often it is looked for what is due.
const SWEEP_EVERY: Duration = Duration::from_secs(2);

/// How the desk behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Origins of embedding pages (`https://shop.example`), beside the desk's own.
    pub origins: Vec<String>,
    /// How long a request waits for an agent before it expires, in milliseconds; the bot offers to
    /// leave a message after the same time.
    pub wait_ms: i64,
    /// How long an agent's page may be gone before their handoffs go back to the queue, in
    /// milliseconds: longer than a reload or a change of trains.
    pub away_ms: i64,
    /// How long after the last page closed someone still counts as on duty, in milliseconds.
    pub duty_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { origins: Vec::new(), wait_ms: 300_000, away_ms: 90_000, duty_ms: 15_000 }
    }
}

/// The desk. Clones are the same desk.
#[derive(Clone, Debug)]
pub struct Desk(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    presence: Presence,
    settings: Settings,
}

impl Desk {
    /// Opens the desk on a database file; in memory without one.
    pub async fn open(db: Option<&Path>, settings: Settings) -> Result<Self, Refusal> {
        let store = Store::open(db).await?;
        Ok(Self(Arc::new(Inner { store, presence: Presence::new(now()), settings })))
    }

    /// Its store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// How it behaves.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn presence(&self) -> &Presence {
        &self.0.presence
    }

    /// Whether a request would find someone.
    pub(crate) fn on_duty(&self) -> bool {
        self.presence().any(now(), self.settings().duty_ms)
    }

    /// Does what is due at `now`: requests that nobody took expire, and those of an agent who has
    /// gone go back to the queue.
    pub async fn sweep(&self, now: Millis) -> Result<(), Refusal> {
        let Settings { wait_ms, away_ms, .. } = *self.settings();
        self.store().expire(now.plus(-wait_ms), now).await?;
        for (key, agent) in self.store().held().await? {
            if self.presence().gone(&agent, now, away_ms) {
                self.store().requeue(&key, &agent, now).await?;
            }
        }
        Ok(())
    }

    /// Sweeps for as long as the desk is there. To be spawned beside the server.
    pub async fn run(self) {
        let mut ticks = tokio::time::interval(SWEEP_EVERY);
        loop {
            ticks.tick().await;
            if let Err(refusal) = self.sweep(now()).await {
                eprintln!("desk: {refusal}");
            }
        }
    }
}

/// The routes: `/handoffs…` for the users' side, `/desk/api/…` for the agents'.
pub fn router(desk: Desk) -> Router {
    let users = Router::new()
        .route("/handoffs", post(user::ask))
        .route("/handoffs/{key}", get(user::look))
        .route("/handoffs/{key}/cancel", post(user::cancel))
        .route("/handoffs/{key}/messages", post(user::say))
        .route("/handoffs/{key}/live", get(live::user))
        .layer(middleware::from_fn_with_state(desk.clone(), guard::listed_origins));
    let agents = Router::new()
        .route("/desk/api/handoffs", get(agent::list))
        .route("/desk/api/handoffs/{key}", get(agent::look))
        .route("/desk/api/handoffs/{key}/take", post(agent::take))
        .route("/desk/api/handoffs/{key}/messages", post(agent::say))
        .route("/desk/api/handoffs/{key}/end", post(agent::end))
        .route("/desk/api/handoffs/{key}/return", post(agent::give_back))
        .route("/desk/api/handoffs/{key}/handled", post(agent::handled))
        .route("/desk/api/live", get(live::agent))
        .layer(middleware::from_fn(guard::same_origin));
    users.merge(agents).layer(DefaultBodyLimit::max(MAX_BODY_BYTES)).with_state(desk)
}

/// The time of day; the core never asks for it.
pub(crate) fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
