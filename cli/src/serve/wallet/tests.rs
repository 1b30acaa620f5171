//! The API as a browser sees it.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

const CARD: &str = "6222 0202 0011 2233 446";

/// One browser: it keeps its cookie.
struct Browser {
    app: Router,
    cookie: Option<String>,
}

impl Browser {
    fn new() -> Self {
        Self { app: super::router(), cookie: None }
    }

    async fn send(&mut self, method: &str, path: &str, body: Option<Value>) -> Response {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("other=1; {cookie}"));
        }
        let body = match body {
            Some(json) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(json.to_string())
            }
            None => Body::empty(),
        };
        let response = self.app.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        if let Some(cookie) = response.headers().get(header::SET_COOKIE) {
            self.cookie = Some(cookie.to_str().unwrap().split(';').next().unwrap().to_owned());
        }
        response
    }

    async fn call(&mut self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let response = self.send(method, path, body).await;
        let (status, code) = (response.status(), response.headers().get("x-error-code").cloned());
        let bytes: Bytes = response.into_body().collect().await.unwrap().to_bytes();
        let json: Value = serde_json::from_slice(&bytes).unwrap();
        if let Some(code) = code {
            assert_eq!(json["code"], code.to_str().unwrap(), "header and body give one code");
        }
        (status, json)
    }

    async fn get(&mut self, path: &str) -> Value {
        let (status, json) = self.call("GET", path, None).await;
        assert_eq!(status, StatusCode::OK, "GET {path}: {json}");
        json
    }

    async fn post(&mut self, path: &str, body: Value) -> (u16, Value) {
        let (status, json) = self.call("POST", path, Some(body)).await;
        (status.as_u16(), json)
    }

    async fn plant(&mut self, trouble: &str) {
        let (status, _) = self.post("/trouble", json!({ trouble: true })).await;
        assert_eq!(status, 200, "plant {trouble}");
    }
}

fn person(id_number: &str, phone: &str) -> Value {
    json!({ "holder": "林一", "id_number": id_number, "expiry": "09/30", "phone": phone })
}

fn payment(method: &str) -> Value {
    json!({ "merchant": "1001", "quantity": 2, "method": method })
}

/// An order of the new wallet that a card paid, and one that the balance paid.
const BY_CARD: &str = "2026080010438109";
const BY_BALANCE: &str = "2026080010482211";

fn refund(order: &str, to: &str) -> Value {
    json!({ "order": order, "reason": "not_received", "to": to })
}

fn photo(sharpness: f64) -> Value {
    json!({ "document": "id_card", "width": 1_200, "sharpness": sharpness })
}

/// The text message that the stream delivers first, after the flags.
async fn text_message(stream: Response) -> Option<String> {
    let mut body = stream.into_body();
    while let Some(Ok(frame)) = body.frame().await {
        let text = String::from_utf8(frame.into_data().ok()?.to_vec()).ok()?;
        if text.contains("event: message") {
            let data = text.lines().find_map(|line| line.strip_prefix("data: "))?;
            return serde_json::from_str::<Value>(data).ok()?["code"].as_str().map(str::to_owned);
        }
    }
    None
}

#[tokio::test(start_paused = true)]
async fn a_card_is_added_by_number_person_and_code() {
    let mut phone = Browser::new();
    assert_eq!(phone.post("/cards/check", json!({ "number": CARD })).await.0, 200);
    assert_eq!(phone.post("/cards/bind", person("11010519491231002x", "13800002046")).await.0, 200);
    let stream = phone.send("GET", "/inbox", None).await;
    assert_eq!(phone.post("/codes", json!({})).await.0, 200);
    let code = text_message(stream).await.unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(phone.post("/codes/verify", json!({ "code": wrong })).await.1["code"], "code_wrong");
    assert_eq!(phone.post("/codes/verify", json!({ "code": code })).await.1["last_four"], "3446");
    assert_eq!(phone.get("/cards").await.as_array().unwrap().len(), 2);
    assert_eq!(phone.post("/codes/verify", json!({ "code": code })).await.1["code"], "code_expired");
}

#[tokio::test(start_paused = true)]
async fn a_lost_code_comes_by_the_backup_route() {
    let mut phone = Browser::new();
    phone.plant("no_code").await;
    let stream = phone.send("GET", "/inbox", None).await;
    assert_eq!(phone.post("/codes", json!({})).await.0, 200);
    let lost = tokio::time::timeout(Duration::from_secs(60), text_message(stream)).await;
    assert!(lost.is_err(), "no message may come while codes are lost");
    let stream = phone.send("GET", "/inbox", None).await;
    assert_eq!(phone.post("/codes", json!({ "channel": "backup" })).await.0, 200);
    assert!(text_message(stream).await.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_code_expires_after_five_minutes() {
    let mut phone = Browser::new();
    phone.post("/cards/check", json!({ "number": CARD })).await;
    let stream = phone.send("GET", "/inbox", None).await;
    phone.post("/codes", json!({})).await;
    let code = text_message(stream).await.unwrap();
    tokio::time::advance(Duration::from_secs(301)).await;
    assert_eq!(phone.post("/codes/verify", json!({ "code": code })).await.1["code"], "code_expired");
}

#[tokio::test]
async fn each_trouble_refuses_with_its_own_code() {
    let transfer = json!({ "to": "1", "amount": 20_000 });
    let cases = [
        ("card_rejected", "/cards/check", json!({ "number": CARD }), 422, "card_not_supported"),
        ("id_rejected", "/cards/bind", person("11010519491231002X", "13800002046"), 422, "id_invalid"),
        (
            "unclear_word",
            "/cards/bind",
            person("11010519491231002X", "13800002046"),
            422,
            "phone_not_reserved",
        ),
        ("low_limit", "/transfers", transfer.clone(), 422, "limit_exceeded"),
        ("system_error", "/transfers", transfer, 500, "system_busy"),
        ("merchant_down", "/payments", payment("balance"), 502, "merchant_unavailable"),
        ("photo_rejected", "/identity/photo", photo(400.0), 422, "photo_blurry"),
        ("name_mismatch", "/identity", json!({ "name": "林一" }), 422, "name_mismatch"),
    ];
    for (trouble, path, body, status, code) in cases {
        let mut phone = Browser::new();
        phone.post("/cards/check", json!({ "number": CARD })).await;
        phone.post("/identity/photo", photo(400.0)).await;
        let before = phone.post(path, body.clone()).await;
        assert_eq!(before.0, 200, "{trouble}: {path} works without it: {}", before.1);
        phone.plant(trouble).await;
        let (got, answer) = phone.post(path, body).await;
        assert_eq!((got, &answer["code"]), (status, &json!(code)), "{trouble}");
        assert!(answer["detail"].as_str().is_some_and(|d| d.len() > 10), "{trouble}: a sentence");
    }
}

#[tokio::test]
async fn input_is_refused_with_a_code_and_a_sentence() {
    let cases = [
        ("/cards/check", json!({ "number": "6222" }), 422, "card_number_short"),
        ("/cards/check", json!({ "number": "6222020200112233440" }), 422, "card_number_invalid"),
        ("/cards/bind", person("11010519491231002X", "13800002046"), 422, "no_card"),
        ("/cards/check", json!({}), 422, "bad_request"),
        ("/transfers", json!({ "to": "1", "amount": 0 }), 422, "amount_invalid"),
        ("/transfers", json!({ "to": "1", "amount": 500_001 }), 422, "limit_exceeded"),
        ("/payments", json!({ "merchant": "9", "quantity": 1, "method": "card" }), 404, "not_found"),
        (
            "/payments",
            json!({ "merchant": "1001", "quantity": 0, "method": "card" }),
            422,
            "quantity_invalid",
        ),
        ("/payments", json!({ "merchant": "1004", "quantity": 1, "method": "balance" }), 422, "balance_low"),
        ("/trouble", json!({ "flood": true }), 422, "bad_request"),
        ("/refunds", refund("9", "origin"), 404, "not_found"),
        ("/refunds", refund("2026080010451873", "origin"), 422, "not_refundable"),
        ("/refunds", refund("2026080010420644", "origin"), 422, "not_refundable"),
        ("/refunds", json!({ "order": BY_CARD, "reason": "bored", "to": "origin" }), 422, "bad_request"),
        ("/identity/photo", photo(3.0), 422, "photo_blurry"),
        (
            "/identity/photo",
            json!({ "document": "passport", "width": 200, "sharpness": 400.0 }),
            422,
            "photo_small",
        ),
        ("/identity", json!({ "name": "林一" }), 422, "no_photo"),
        ("/identity/reopen", json!({}), 404, "not_found"),
        ("/nowhere", json!({}), 404, "no_such_route"),
    ];
    for (path, body, status, code) in cases {
        let (got, answer) = Browser::new().post(path, body.clone()).await;
        assert_eq!((got, &answer["code"]), (status, &json!(code)), "POST {path} {body}");
    }
}

#[tokio::test]
async fn a_failed_payment_costs_nothing_and_is_retried_once() {
    let mut phone = Browser::new();
    let balance = phone.get("/me").await["balance"].as_i64().unwrap();
    phone.plant("merchant_down").await;
    assert_eq!(phone.post("/payments", payment("card")).await.0, 502);
    let order = phone.get("/orders/latest").await;
    assert_eq!(
        (&order["status"], &phone.get("/me").await["balance"]),
        (&json!("failed_payment"), &json!(balance))
    );
    let retry = format!("/payments/{}/retry", order["id"].as_str().unwrap());
    for _ in 0..2 {
        let (_, paid) = phone.post(&retry, json!({})).await;
        assert_eq!((&paid["status"], &paid["card"]), (&json!("paid"), &json!(null)));
    }
    assert_eq!(phone.get("/me").await["balance"], json!(balance - 5_200), "charged once");
}

#[tokio::test]
async fn a_pending_payment_stays_so() {
    let mut phone = Browser::new();
    phone.plant("pending").await;
    let (_, order) = phone.post("/payments", payment("card")).await;
    assert_eq!(order["status"], "processing");
    let path = format!("/orders/{}", order["id"].as_str().unwrap());
    assert_eq!(phone.get(&path).await["status"], "processing");
}

#[tokio::test(start_paused = true)]
async fn a_refund_goes_back_the_way_it_came_or_into_the_balance() {
    let cases = [
        (BY_BALANCE, "origin", "refunded", 2_600),
        (BY_CARD, "origin", "refunding", 0),
        (BY_CARD, "balance", "refunded", 9_960),
    ];
    for (order, to, status, gain) in cases {
        let mut phone = Browser::new();
        let balance = phone.get("/me").await["balance"].as_i64().unwrap();
        assert_eq!(phone.post("/refunds", refund(order, to)).await.1["status"], "refund_asked");
        assert_eq!(phone.post("/refunds", refund(order, to)).await.1["code"], "not_refundable", "once");
        assert_eq!(phone.get(&format!("/refunds/{order}")).await["refund"]["to"], to);
        tokio::time::sleep(super::refunds::SHOP_TAKES * 2).await;
        assert_eq!(phone.get(&format!("/refunds/{order}")).await["status"], status, "{order} to {to}");
        assert_eq!(phone.get("/me").await["balance"], json!(balance + gain), "{order} to {to}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refund_is_refused_or_has_a_closed_card_or_waits() {
    let mut phone = Browser::new();
    phone.plant("refund_refused").await;
    assert_eq!(phone.post("/refunds", refund(BY_CARD, "balance")).await.1["code"], "refund_refused");
    phone.plant("card_closed").await;
    assert_eq!(phone.post("/refunds", refund(BY_CARD, "origin")).await.1["code"], "refund_card_closed");
    assert_eq!(phone.post("/refunds", refund(BY_CARD, "balance")).await.0, 200, "the balance is a way out");
    phone.plant("refund_waits").await;
    assert_eq!(phone.post("/refunds", refund(BY_BALANCE, "origin")).await.0, 200);
    tokio::time::sleep(super::refunds::SHOP_TAKES * 20).await;
    assert_eq!(phone.get("/refunds/latest").await["status"], "refund_asked");
    assert_eq!(phone.send("GET", "/refunds/9", None).await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(start_paused = true)]
async fn who_one_is_takes_a_photo_a_name_and_a_review() {
    let mut phone = Browser::new();
    assert_eq!(phone.get("/me").await["identity"], "due");
    assert_eq!(phone.post("/identity/photo", photo(400.0)).await.0, 200);
    assert_eq!(phone.post("/identity", json!({ "name": "Wang" })).await.1["code"], "name_mismatch");
    assert_eq!(phone.post("/identity", json!({ "name": " lin yi " })).await.1["state"], "reviewing");
    tokio::time::sleep(super::identity::REVIEW_TAKES * 2).await;
    assert_eq!(phone.get("/identity").await["state"], "verified");
}

#[tokio::test(start_paused = true)]
async fn a_review_that_waits_is_opened_again() {
    let mut phone = Browser::new();
    phone.plant("review_waits").await;
    phone.post("/identity/photo", photo(400.0)).await;
    phone.post("/identity", json!({ "name": "林一" })).await;
    tokio::time::sleep(super::identity::REVIEW_TAKES * 20).await;
    assert_eq!(phone.get("/identity").await["state"], "reviewing");
    assert_eq!(phone.post("/identity/reopen", json!({})).await.1["state"], "verified");
}

#[tokio::test(start_paused = true)]
async fn slow_is_slow_for_business_and_not_for_the_rest() {
    let mut phone = Browser::new();
    phone.plant("slow").await;
    for (path, least) in [("/merchants/1001", super::trouble::SLOW), ("/me", Duration::ZERO)] {
        let start = tokio::time::Instant::now();
        phone.get(path).await;
        assert_eq!(start.elapsed().as_secs(), least.as_secs(), "{path}");
    }
}

#[tokio::test]
async fn search_finds_pages_in_both_languages_until_it_is_broken() {
    let mut phone = Browser::new();
    let cases =
        [("limit", "/settings/limits"), ("%E9%99%90%E9%A2%9D", "/settings/limits"), ("coffee", "/pay/1001")];
    for (asked, href) in cases {
        let hits = phone.get(&format!("/search?q={asked}")).await;
        assert!(hits.as_array().unwrap().iter().any(|hit| hit["href"] == href), "{asked}: {hits}");
    }
    assert_eq!(phone.get("/search?q=zzz").await, json!([]));
    assert_eq!(phone.get("/search").await, json!([]));
    phone.plant("empty_search").await;
    assert_eq!(phone.get("/search?q=limit").await, json!([]));
}

#[tokio::test]
async fn browsers_do_not_share_a_wallet_and_cannot_choose_its_id() {
    let app = super::router();
    let mut one = Browser { app: app.clone(), cookie: None };
    let mut other = Browser { app: app.clone(), cookie: Some("wallet_session=made-up".into()) };
    one.plant("slow").await;
    assert_eq!(other.get("/trouble").await["slow"], false);
    assert_ne!(other.cookie.as_deref(), Some("wallet_session=made-up"));
    assert_eq!(one.get("/trouble").await["slow"], true);
}

#[tokio::test]
async fn the_oldest_browser_is_forgotten() {
    let app = super::router();
    let mut first = Browser { app: app.clone(), cookie: None };
    first.plant("slow").await;
    for _ in 0..100 {
        Browser { app: app.clone(), cookie: None }.get("/me").await;
    }
    assert_eq!(first.get("/trouble").await["slow"], false);
}
