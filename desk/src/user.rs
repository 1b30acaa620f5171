//! The users' side: ask for a human, look how it stands, say something, take it back.

use axum::{
    Json,
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    http::StatusCode,
};
use serde::de::DeserializeOwned;
use unstuck::handoff::{ContextPackage, Speaker, State as Stands, Update, package};

use crate::{
    Desk, Frame, Message, Refusal,
    desk::now,
    wire::{MAX_NAME_CHARS, MAX_TEXT_CHARS},
};

/// A JSON body; what does not fit is refused with a sentence.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Desk> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Refusal> {
        let is_json = request
            .headers()
            .get("content-type")
            .is_some_and(|t| t.as_bytes().starts_with(b"application/json"));
        if !is_json {
            return Err(Refusal::Invalid("the body must be application/json".into()));
        }
        let bytes = Bytes::from_request(request, desk).await.map_err(|e| Refusal::TooLarge(e.body_text()))?;
        let fits = serde_json::from_slice(&bytes);
        fits.map(Self).map_err(|e| Refusal::Invalid(format!("the body does not fit the contract: {e}")))
    }
}

pub async fn ask(
    State(desk): State<Desk>,
    Body(package): Body<ContextPackage>,
) -> Result<(StatusCode, Json<Update>), Refusal> {
    if package.version != package::VERSION {
        let sentence =
            format!("version {} of the package is not known: send {}", package.version, package::VERSION);
        return Err(Refusal::Invalid(sentence));
    }
    named("handoff", &package.handoff)?;
    let state = match (&package.message, desk.on_duty()) {
        (Some(_), _) => Stands::MessageLeft,
        (None, true) => Stands::Queued,
        (None, false) => Stands::Unavailable,
    };
    let (update, created) = desk.store().create(&package, state, now()).await?;
    Ok((if created { StatusCode::CREATED } else { StatusCode::OK }, Json(update)))
}

pub async fn look(State(desk): State<Desk>, Path(key): Path<String>) -> Result<Json<Update>, Refusal> {
    Ok(Json(desk.store().update(&key).await?))
}

pub async fn cancel(State(desk): State<Desk>, Path(key): Path<String>) -> Result<Json<Update>, Refusal> {
    Ok(Json(desk.store().cancel(&key, now()).await?))
}

pub async fn say(
    State(desk): State<Desk>,
    Path(key): Path<String>,
    Body(mut message): Body<Message>,
) -> Result<Json<Frame>, Refusal> {
    worded(&message)?;
    message.agent.clear();
    Ok(Json(desk.store().say(&key, Speaker::User, &message, now()).await?))
}

/// Refuses a message without words, and one that is too long.
pub fn worded(message: &Message) -> Result<(), Refusal> {
    named("id", &message.id)?;
    let length = message.text.chars().count();
    if message.text.trim().is_empty() || length > MAX_TEXT_CHARS {
        let sentence = format!("a message has 1 to {MAX_TEXT_CHARS} characters, not {length}");
        return Err(Refusal::Invalid(sentence));
    }
    Ok(())
}

/// Refuses an empty or overlong key, id or name.
pub fn named(what: &str, name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() || name.chars().count() > MAX_NAME_CHARS {
        return Err(Refusal::Invalid(format!("`{what}` must have 1 to {MAX_NAME_CHARS} characters")));
    }
    Ok(())
}
