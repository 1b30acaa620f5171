//! One wallet for each browser, by a cookie; the least recently used goes when there are too many.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    middleware::Next,
    response::Response,
};
use tokio::sync::watch;

use super::{
    error::{Refusal, missing},
    inbox::Inbox,
    seed,
    trouble::Trouble,
};

/// How many browsers are remembered.
const SESSIONS: usize = 64;
/// How many orders a wallet keeps.
pub const ORDERS: usize = 100;
/// How many cards a wallet keeps.
pub const CARDS: usize = 10;
const COOKIE: &str = "wallet_session";

/// What one browser's wallet holds.
pub struct Account {
    pub name: &'static str,
    /// In cents.
    pub balance: i64,
    pub cards: Vec<seed::Card>,
    /// A card that waits for its code.
    pub pending_card: Option<seed::Card>,
    pub code: Option<super::codes::Code>,
    pub codes_today: u32,
    pub orders: Vec<seed::Order>,
    pub identity: super::identity::Identity,
}

/// A wallet with its trouble and its inbox.
pub struct Wallet {
    account: Mutex<Account>,
    pub trouble: watch::Sender<Trouble>,
    pub inbox: Inbox,
}

impl Wallet {
    fn new() -> Self {
        Self {
            account: Mutex::new(seed::account()),
            trouble: watch::Sender::new(Trouble::default()),
            inbox: Inbox::default(),
        }
    }

    /// The account. A panic elsewhere leaves it usable: every change is a single assignment or push.
    pub fn account(&self) -> MutexGuard<'_, Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn trouble(&self) -> Trouble {
        *self.trouble.borrow()
    }
}

/// A browser's id and its wallet.
type Known = (String, Arc<Wallet>);

/// Newest use last.
#[derive(Clone, Default)]
pub struct Sessions(Arc<Mutex<Vec<Known>>>);

impl Sessions {
    /// The wallet of an id, and the id it goes by: an unknown id gets a new one, never its own.
    fn wallet(&self, known: Option<&str>) -> Result<(String, Arc<Wallet>), getrandom::Error> {
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = match sessions.iter().position(|(id, _)| Some(id.as_str()) == known) {
            Some(at) => sessions.remove(at),
            None => (new_id()?, Arc::new(Wallet::new())),
        };
        if sessions.len() >= SESSIONS {
            sessions.remove(0);
        }
        sessions.push(entry.clone());
        Ok(entry)
    }
}

fn new_id() -> Result<String, getrandom::Error> {
    Ok(format!("{:016x}{:016x}", getrandom::u64()?, getrandom::u64()?))
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Puts the browser's wallet beside the request, and its cookie on the answer.
pub async fn attach(
    State(sessions): State<Sessions>,
    mut request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let known = cookie(request.headers()).map(str::to_owned);
    let (id, wallet) = sessions.wallet(known.as_deref()).map_err(|e| {
        super::error::broken(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "no_randomness", e.to_string())
    })?;
    request.extensions_mut().insert(wallet);
    let mut response = next.run(request).await;
    if known.as_deref() != Some(&id) {
        let value = format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Strict");
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The wallet of the browser that asks.
pub struct Mine(pub Arc<Wallet>);

impl<S: Send + Sync> FromRequestParts<S> for Mine {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let wallet = parts.extensions.get::<Arc<Wallet>>().cloned();
        wallet.map(Self).ok_or_else(|| missing("no_session", "the request came past the session layer"))
    }
}
