//! Checking who one is: the photo of a document, the name on it, and a review that takes its time.

use std::{sync::Arc, time::Duration};

use axum::Json;
use serde::{Deserialize, Serialize};

use super::{
    error::{Answer, Body, declined, missing},
    seed::NAMES,
    session::{Mine, Wallet},
};

/// How long a review takes.
pub const REVIEW_TAKES: Duration = Duration::from_secs(3);
/// The least width of a photo, in pixels.
const LEAST_WIDTH: u32 = 480;
/// The least sharpness: the variance of the Laplacian of a grey picture of 256 pixels' width.
const LEAST_SHARPNESS: f64 = 60.0;

/// How the check stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The document on record runs out: it must be done again.
    #[default]
    Due,
    Reviewing,
    Verified,
}

/// What documents are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Document {
    IdCard,
    Passport,
    Permit,
}

/// The check of one wallet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Identity {
    pub state: State,
    document: Option<Document>,
}

/// What the phone measured of the photo. The photo itself stays there: this is a demo.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    document: Document,
    width: u32,
    sharpness: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    name: String,
}

pub async fn show(Mine(wallet): Mine) -> Json<Identity> {
    Json(wallet.account().identity)
}

pub async fn photo(Mine(wallet): Mine, Body(photo): Body<Photo>) -> Answer<Identity> {
    if photo.width < LEAST_WIDTH {
        return Err(declined("photo_small", format!("a photo is at least {LEAST_WIDTH} pixels wide")));
    }
    if wallet.trouble().photo_rejected || photo.sharpness < LEAST_SHARPNESS {
        return Err(declined("photo_blurry", "the letters on the document cannot be read"));
    }
    let mut account = wallet.account();
    account.identity.document = Some(photo.document);
    Ok(Json(account.identity))
}

/// The name on the document; with it, the review begins.
pub async fn submit(Mine(wallet): Mine, Body(Name { name }): Body<Name>) -> Answer<Identity> {
    let trouble = wallet.trouble();
    let identity = {
        let mut account = wallet.account();
        if account.identity.document.is_none() {
            return Err(declined("no_photo", "take the document's photo first"));
        }
        let same = NAMES.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
        if trouble.name_mismatch || !same {
            return Err(declined(
                "name_mismatch",
                "the name is not the one that the account was opened with",
            ));
        }
        account.identity.state = State::Reviewing;
        account.identity
    };
    tokio::spawn(is_reviewed(wallet));
    Ok(Json(identity))
}

/// While reviews wait, nobody looks at it.
async fn is_reviewed(wallet: Arc<Wallet>) {
    tokio::time::sleep(REVIEW_TAKES).await;
    if !wallet.trouble().review_waits {
        wallet.account().identity.state = State::Verified;
    }
}

/// Opens a review again with the next free reviewer, who looks at once.
pub async fn reopen(Mine(wallet): Mine) -> Answer<Identity> {
    let mut account = wallet.account();
    if account.identity.state == State::Due {
        return Err(missing("not_found", "there is no review to open again"));
    }
    account.identity.state = State::Verified;
    Ok(Json(account.identity))
}
