//! Codes by text message, that come, or do not.

use std::time::Duration;

use axum::{Json, http::StatusCode};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::{
    error::{Answer, Body, Refusal, broken, declined},
    inbox::Message,
    session::Mine,
};

/// How long a code is good for.
const VALID: Duration = Duration::from_secs(300);
/// How long a text message is on its way.
const ON_ITS_WAY: Duration = Duration::from_millis(1_800);
/// How many codes a wallet gets.
const A_DAY: u32 = 30;

/// The code that counts: the newest.
#[derive(Clone, Debug)]
pub struct Code {
    digits: String,
    sent: Instant,
}

/// By which way a code goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Channel {
    #[default]
    Sms,
    /// Another carrier.
    Backup,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wanted {
    channel: Channel,
}

#[derive(Debug, Serialize)]
pub struct Sent {
    valid_seconds: u64,
}

/// Sends a code. The carrier's trouble is not seen here: the answer is the same, and nothing arrives.
pub async fn send(Mine(wallet): Mine, Body(wanted): Body<Wanted>) -> Answer<Sent> {
    let digits = new_code()?;
    {
        let mut account = wallet.account();
        if account.codes_today >= A_DAY {
            let detail = format!("{A_DAY} codes were sent today");
            return Err(Refusal { status: StatusCode::TOO_MANY_REQUESTS, code: "too_many", detail });
        }
        account.codes_today += 1;
        account.code = Some(Code { digits: digits.clone(), sent: Instant::now() });
    }
    if wanted.channel == Channel::Backup || !wallet.trouble().no_code {
        tokio::spawn(async move {
            tokio::time::sleep(ON_ITS_WAY).await;
            wallet.inbox.deliver(Message { code: digits });
        });
    }
    Ok(Json(Sent { valid_seconds: VALID.as_secs() }))
}

fn new_code() -> Result<String, Refusal> {
    let random = getrandom::u32()
        .map_err(|e| broken(StatusCode::INTERNAL_SERVER_ERROR, "no_randomness", e.to_string()))?;
    Ok(format!("{:06}", random % 1_000_000))
}

#[derive(Deserialize)]
pub struct Given {
    code: String,
}

/// Verifies the code and adds the card that waits for it.
pub async fn verify(Mine(wallet): Mine, Body(given): Body<Given>) -> Answer<super::seed::Card> {
    let mut account = wallet.account();
    let Some(code) = &account.code else { return Err(declined("code_expired", "no code was sent")) };
    if code.sent.elapsed() > VALID {
        return Err(declined("code_expired", "the code is older than five minutes"));
    }
    if code.digits != given.code.trim() {
        return Err(declined("code_wrong", "this is not the newest code"));
    }
    let Some(card) = account.pending_card.take() else {
        return Err(declined("no_card", "give the card's number first"));
    };
    account.code = None;
    account.cards.push(card.clone());
    Ok(Json(card))
}
