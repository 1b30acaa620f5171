//! The agents' side: what waits, what it is about, and what an agent does with it.

use axum::{
    Json,
    extract::{Path, State},
};
use serde_json::{Value, json};
use unstuck::handoff::{Speaker, State as Stands, Update};

use crate::{
    Agent, Desk, Detail, Frame, Message, Refusal,
    desk::now,
    user::{Body, named, worded},
};

pub async fn list(State(desk): State<Desk>) -> Result<Json<Value>, Refusal> {
    let handoffs = desk.store().list().await?;
    Ok(Json(json!({ "handoffs": handoffs, "agents": desk.presence().names() })))
}

pub async fn look(State(desk): State<Desk>, Path(key): Path<String>) -> Result<Json<Detail>, Refusal> {
    Ok(Json(desk.store().detail(&key).await?))
}

pub async fn take(
    State(desk): State<Desk>,
    Path(key): Path<String>,
    Body(Agent { agent }): Body<Agent>,
) -> Result<Json<Update>, Refusal> {
    named("agent", &agent)?;
    Ok(Json(desk.store().assign(&key, &agent, now()).await?))
}

pub async fn say(
    State(desk): State<Desk>,
    Path(key): Path<String>,
    Body(message): Body<Message>,
) -> Result<Json<Frame>, Refusal> {
    worded(&message)?;
    named("agent", &message.agent)?;
    Ok(Json(desk.store().say(&key, Speaker::Agent, &message, now()).await?))
}

pub async fn end(
    State(desk): State<Desk>,
    Path(key): Path<String>,
    Body(Agent { agent }): Body<Agent>,
) -> Result<Json<Update>, Refusal> {
    Ok(Json(desk.store().close(&key, &agent, Stands::Ended, now()).await?))
}

pub async fn give_back(
    State(desk): State<Desk>,
    Path(key): Path<String>,
    Body(Agent { agent }): Body<Agent>,
) -> Result<Json<Update>, Refusal> {
    Ok(Json(desk.store().close(&key, &agent, Stands::Returned, now()).await?))
}

pub async fn handled(State(desk): State<Desk>, Path(key): Path<String>) -> Result<Json<Value>, Refusal> {
    desk.store().handled(&key, now()).await?;
    Ok(Json(json!({})))
}
