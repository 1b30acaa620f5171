//! Why a request was not done, as a status and a sentence.

use std::fmt;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Why a request was not done.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// The request breaks the contract.
    Invalid(String),
    /// It comes from a page that may not ask.
    Forbidden(String),
    /// There is no such handoff.
    Unknown(String),
    /// The handoff's state does not allow it.
    Conflict(String),
    /// The body is too long.
    TooLarge(String),
    /// The store failed; trying again may help.
    Broken(sqlx::Error),
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Unknown(_) => StatusCode::NOT_FOUND,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(sentence)
            | Self::Forbidden(sentence)
            | Self::Unknown(sentence)
            | Self::Conflict(sentence)
            | Self::TooLarge(sentence) => f.write_str(sentence),
            Self::Broken(error) => write!(f, "the desk's store failed ({error}): try again"),
        }
    }
}

impl std::error::Error for Refusal {}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::Broken(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status(), Json(json!({ "error": self.to_string() }))).into_response()
    }
}
