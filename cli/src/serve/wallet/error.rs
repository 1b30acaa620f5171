//! What the API says when it says no: a status, a code for the app, a sentence for whoever reads the log.

use axum::{
    Json,
    extract::{FromRequest, Request, rejection::JsonRejection},
    http::{HeaderName, HeaderValue, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;

/// The header that repeats the code, so that an observer need not read the body.
const CODE_HEADER: HeaderName = HeaderName::from_static("x-error-code");

/// A refusal.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: StatusCode,
    pub code: &'static str,
    pub detail: String,
}

pub type Answer<T> = Result<Json<T>, Refusal>;

/// The user's input or a rule: 422.
pub fn declined(code: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal { status: StatusCode::UNPROCESSABLE_ENTITY, code, detail: detail.into() }
}

/// There is no such thing: 404.
pub fn missing(code: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal { status: StatusCode::NOT_FOUND, code, detail: detail.into() }
}

/// The system or a partner fails: 500 or 502.
pub fn broken(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Refusal {
    Refusal { status, code, detail: detail.into() }
}

pub async fn no_such_route(uri: Uri) -> Refusal {
    missing("no_such_route", format!("the wallet has no {}", uri.path()))
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let code = HeaderValue::from_static(self.code);
        let body = json!({ "code": self.code, "detail": self.detail });
        (self.status, [(CODE_HEADER, code)], Json(body)).into_response()
    }
}

/// A JSON body whose faults become a sentence.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let Json(body) = Json::from_request(request, state).await.map_err(|rejection: JsonRejection| {
            Refusal { status: rejection.status(), code: "bad_request", detail: rejection.body_text() }
        })?;
        Ok(Self(body))
    }
}
