//! Trouble on demand: what the panel plants, and what it does to the API.

use std::{sync::Arc, time::Duration};

use axum::{Extension, Json, extract::Request, middleware::Next, response::Response};
use serde::{Deserialize, Serialize};

use super::{
    error::Body,
    session::{Mine, Wallet},
};

/// How long every business call takes while it is slow: far longer than anyone waits calmly.
pub const SLOW: Duration = Duration::from_secs(7);
/// How much can be sent at once, in cents; and while the limit is low.
const LIMIT: i64 = 500_000;
const LOW_LIMIT: i64 = 10_000;

/// What is planted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Trouble {
    /// Business calls take [`SLOW`].
    pub slow: bool,
    /// The shop's payment service does not answer.
    pub merchant_down: bool,
    /// Payments stay "processing".
    pub pending: bool,
    /// No card is supported.
    pub card_rejected: bool,
    /// No ID number is accepted.
    pub id_rejected: bool,
    /// Codes by text message never come.
    pub no_code: bool,
    /// The reserved phone number is not explained, and the first one given does not match.
    pub unclear_word: bool,
    /// The expiry date is set by a stepper, a month at a time.
    pub fiddly_date: bool,
    /// "Continue" on the amount page does nothing.
    pub dead_button: bool,
    /// The limit of one transfer is very low.
    pub low_limit: bool,
    /// Transfers fail.
    pub system_error: bool,
    /// Search finds nothing.
    pub empty_search: bool,
    /// The shop refuses every refund.
    pub refund_refused: bool,
    /// The cards that paid are closed: no refund can go back to them.
    pub card_closed: bool,
    /// No shop answers to a refund.
    pub refund_waits: bool,
    /// No photo of a document is sharp enough.
    pub photo_rejected: bool,
    /// The app may not use the camera, and does not say so.
    pub camera_blocked: bool,
    /// The name on the document is another one.
    pub name_mismatch: bool,
    /// Nobody looks at a review.
    pub review_waits: bool,
}

impl Trouble {
    /// How much can be sent at once, in cents.
    pub fn limit(self) -> i64 {
        if self.low_limit { LOW_LIMIT } else { LIMIT }
    }

    /// What the app itself is told: its remote configuration.
    pub fn flags(self) -> Flags {
        Flags {
            explain_phone: !self.unclear_word,
            date_stepper: self.fiddly_date,
            broken_continue: self.dead_button,
            camera_blocked: self.camera_blocked,
            transfer_limit: self.limit(),
        }
    }
}

/// The app's remote configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Flags {
    explain_phone: bool,
    date_stepper: bool,
    broken_continue: bool,
    camera_blocked: bool,
    transfer_limit: i64,
}

pub async fn show(Mine(wallet): Mine) -> Json<Trouble> {
    Json(wallet.trouble())
}

/// Replaces all of it: what is not named is off.
pub async fn plant(Mine(wallet): Mine, Body(trouble): Body<Trouble>) -> Json<Trouble> {
    wallet.trouble.send_replace(trouble);
    Json(trouble)
}

pub async fn slow_down(Extension(wallet): Extension<Arc<Wallet>>, request: Request, next: Next) -> Response {
    if wallet.trouble().slow {
        tokio::time::sleep(SLOW).await;
    }
    next.run(request).await
}
