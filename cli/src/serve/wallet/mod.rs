//! The demo wallet's API: real routes with a state for each browser, and trouble on demand.

mod account;
mod cards;
mod codes;
mod error;
mod identity;
mod inbox;
mod payments;
mod refunds;
mod seed;
mod session;
#[cfg(test)]
mod tests;
mod transfers;
mod trouble;

use axum::{
    Router, middleware,
    routing::{get, post},
};

use session::Sessions;

/// The routes, relative to `/api`.
pub fn router() -> Router {
    let business = Router::new()
        .route("/cards/check", post(cards::check))
        .route("/cards/bind", post(cards::bind))
        .route("/codes", post(codes::send))
        .route("/codes/verify", post(codes::verify))
        .route("/transfers", post(transfers::send))
        .route("/merchants/{id}", get(payments::merchant))
        .route("/payments", post(payments::pay))
        .route("/payments/{id}/retry", post(payments::retry))
        .route("/refunds", post(refunds::ask))
        .route("/refunds/{id}", get(refunds::show))
        .route("/identity", get(identity::show).post(identity::submit))
        .route("/identity/photo", post(identity::photo))
        .route("/identity/reopen", post(identity::reopen))
        .layer(middleware::from_fn(trouble::slow_down));
    Router::new()
        .merge(business)
        .route("/me", get(account::me))
        .route("/cards", get(cards::list))
        .route("/payees", get(transfers::payees))
        .route("/merchants", get(payments::merchants))
        .route("/orders", get(account::orders))
        .route("/orders/{id}", get(account::order))
        .route("/search", get(account::search))
        .route("/inbox", get(inbox::stream))
        .route("/trouble", get(trouble::show).post(trouble::plant))
        .fallback(error::no_such_route)
        .layer(middleware::from_fn_with_state(Sessions::default(), session::attach))
}
