//! What the preview's server answers: the page, the state, its changes, the talk.

use std::{convert::Infallible, path::Path};

use axum::{
    Json, Router,
    extract::State as Held,
    http::StatusCode,
    middleware::{from_fn, map_response},
    response::sse::{Event, KeepAlive, Sse},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use futures_util::{Stream, stream};
use serde::Serialize;
use tower_http::services::ServeDir;
use unstuck_desk::same_origin;

use super::{
    live::Live,
    talk::{self, Asked},
};
use crate::serve::files::headers;

/// Says what to do where the page is not built.
pub fn check(pages: &Path) -> Result<(), String> {
    if pages.join("index.html").is_file() {
        return Ok(());
    }
    Err(format!(
        "there is no built preview in {}: run `npm ci && node build.mjs` in www, or name the folder above \
         `www/dist` with --root",
        pages.display()
    ))
}

/// All routes, for this machine and this page alone.
pub fn router(pages: &Path, live: Live) -> Router {
    Router::new()
        .route("/state", get(state))
        .route("/events", get(events))
        .route("/talk", post(hear))
        .with_state(live)
        .fallback_service(ServeDir::new(pages))
        .layer(from_fn(same_origin))
        .layer(map_response(headers))
}

async fn state(Held(live): Held<Live>) -> Response {
    Json(&*live.state()).into_response()
}

/// That there is something new; the page fetches it.
#[derive(Serialize)]
struct News {
    revision: u64,
}

async fn events(Held(live): Held<Live>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = stream::unfold(live.subscribe(), |mut states| async move {
        states.changed().await.ok()?;
        let news = News { revision: states.borrow_and_update().revision };
        Some((Ok(Event::default().event("state").json_data(news).ok()?), states))
    });
    Sse::new(changes).keep_alive(KeepAlive::default())
}

async fn hear(Held(live): Held<Live>, Json(asked): Json<Asked>) -> Response {
    match &live.state().playbook {
        Some(playbook) => Json(talk::play(playbook, &asked)).into_response(),
        None => (StatusCode::CONFLICT, "the playbook has no state without errors yet").into_response(),
    }
}

#[cfg(test)]
#[path = "routes_tests.rs"]
mod tests;
