//! Who may ask: this machine only, and of the web's pages the desk's own and those on the list.

use std::net::SocketAddr;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{Desk, Refusal};

/// Refuses an address that other machines can reach, and says why.
pub fn loopback_only(address: SocketAddr) -> Result<(), String> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    Err(format!(
        "the desk does not listen on {}: it has no logins yet, so anyone who reaches it could read \
         conversations; use 127.0.0.1, and a tunnel from elsewhere",
        address.ip()
    ))
}

/// For the agents' routes: pages of the same origin, and programs of this machine.
pub async fn same_origin(request: Request, next: Next) -> Response {
    match refused(request.headers(), &[]) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

/// For the users' routes: as above, and the embedding pages on the list, by CORS.
pub async fn listed_origins(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let origins = &desk.settings().origins;
    if let Some(refusal) = refused(request.headers(), origins) {
        return refusal.into_response();
    }
    let origin = request.headers().get(header::ORIGIN).cloned();
    let preflight = request.method() == Method::OPTIONS;
    let mut response =
        if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::VARY, HeaderValue::from_static("origin"));
        if preflight {
            let allow = |value| HeaderValue::from_static(value);
            headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, allow("GET, POST"));
            headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, allow("content-type"));
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, allow("600"));
        }
    }
    response
}

/// A browser always names the page's origin where it could do harm. The host must be this machine's
/// name, or a foreign name that resolves to it could read along.
fn refused(headers: &HeaderMap, origins: &[String]) -> Option<Refusal> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    if !is_loopback(host) {
        return Some(Refusal::Forbidden(format!("`{host}` is no name of this machine: use 127.0.0.1")));
    }
    let origin = text(header::ORIGIN)?;
    let own = origin.split_once("://").is_some_and(|(_, rest)| rest == host);
    if own || origins.iter().any(|listed| listed == origin) {
        return None;
    }
    let sentence = format!("pages of {origin} may not ask here: add it to the allowed origins");
    Some(Refusal::Forbidden(sentence))
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_and_listed_pages_may_ask() {
        let listed = ["https://shop.example".to_owned()];
        let cases = [
            ("127.0.0.1:4300", None, true),
            ("localhost", None, true),
            ("[::1]:4300", None, true),
            ("desk.example:4300", None, false),
            ("", None, false),
            ("127.0.0.1:4300", Some("http://127.0.0.1:4300"), true),
            ("127.0.0.1:4300", Some("http://127.0.0.1:4301"), false),
            ("127.0.0.1:4300", Some("https://shop.example"), true),
            ("127.0.0.1:4300", Some("https://shop.example.evil"), false),
            ("127.0.0.1:4300", Some("null"), false),
        ];
        for (host, origin, allowed) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            assert_eq!(refused(&headers, &listed).is_none(), allowed, "{host} {origin:?}");
        }
    }

    #[test]
    fn does_not_listen_where_others_can_reach_it() {
        for (address, fine) in
            [("127.0.0.1:1", true), ("[::1]:1", true), ("0.0.0.0:1", false), ("192.168.0.2:1", false)]
        {
            let answer = loopback_only(address.parse().unwrap());
            assert_eq!(answer.is_ok(), fine, "{address}: {answer:?}");
        }
    }
}
