//! The desk over real HTTP and WebSockets, on a database file, with the contract at its side.
#![allow(clippy::unwrap_used)]

mod contract;
mod server;

use serde_json::{Value, json};
use server::{Running, package};
use unstuck::Millis;

#[tokio::test]
async fn a_request_is_taken_once_however_often_it_is_sent() {
    let desk = Running::start().await;
    let _agent = desk.seat("Lin").await;
    let (status, first) = desk.post("/handoffs", &package("a", 2)).await;
    assert_eq!((status, &first["state"], &first["position"]), (201, &json!("queued"), &json!(1)));
    let (status, again) = desk.post("/handoffs", &package("a", 2)).await;
    assert_eq!((status, &again), (200, &first));
    let (status, other) = desk.post("/handoffs", &package("a", 1)).await;
    assert_eq!(status, 409);
    assert!(other["error"].as_str().unwrap().contains("a new one needs a new key"), "{other}");
}

#[tokio::test]
async fn the_queue_is_in_order_of_priority_then_time_and_places_move_up() {
    let desk = Running::start().await;
    let _agent = desk.seat("Lin").await;
    for (key, priority) in [("first", 2), ("second", 2), ("urgent", 1)] {
        desk.post("/handoffs", &package(key, priority)).await;
    }
    let places = |list: Value| -> Vec<(String, i64)> {
        let waiting = list["handoffs"].as_array().unwrap().iter().filter(|h| h["state"] == "queued").cloned();
        waiting.map(|h| (h["key"].as_str().unwrap().to_owned(), h["position"].as_i64().unwrap())).collect()
    };
    let list = desk.get("/desk/api/handoffs").await.1;
    assert_eq!(places(list), [("urgent".into(), 1), ("first".into(), 2), ("second".into(), 3)]);
    let mut line = desk.line("second", 0).await;
    assert_eq!(line.next().await["update"]["position"], 2, "the place when it came in");
    assert_eq!(line.next().await["update"]["position"], 3, "then it moved back behind the urgent one");
    desk.act("urgent", "take", "Lin").await;
    let news = line.next().await;
    assert_eq!((&news["update"]["position"], news.get("seq")), (&json!(2), None), "{news}");
}

#[tokio::test]
async fn a_conversation_goes_both_ways_and_resumes_where_it_broke() {
    let desk = Running::start().await;
    let mut agent = desk.seat("Lin").await;
    desk.post("/handoffs", &package("a", 2)).await;
    assert_eq!(agent.until_key("a").await["type"], "changed");
    let mut line = desk.line("a", 0).await;
    assert_eq!(line.next().await["update"]["state"], "queued");
    desk.act("a", "take", "Lin").await;
    let taken = line.next().await;
    assert_eq!((&taken["update"]["state"], &taken["update"]["agent"]), (&json!("assigned"), &json!("Lin")));
    let answer = json!({"id": "m1", "text": "Hello, I am Lin.", "agent": "Lin"});
    desk.post("/desk/api/handoffs/a/messages", &answer).await;
    desk.post("/desk/api/handoffs/a/messages", &answer).await;
    assert_eq!(line.next().await["update"]["state"], "live", "the first answer makes it live");
    let said = line.next().await;
    assert_eq!(
        (&said["text"], &said["name"], &said["from"]),
        (&json!("Hello, I am Lin."), &json!("Lin"), &json!("agent"))
    );
    drop(line);

    desk.post("/handoffs/a/messages", &json!({"id": "u1", "text": "Is my money safe?"})).await;
    let mut line = desk.line("a", said["seq"].as_i64().unwrap()).await;
    let missed = line.next().await;
    assert_eq!(
        (&missed["id"], &missed["from"]),
        (&json!("u1"), &json!("user")),
        "the repeat of m1 was taken once"
    );
    let stands = line.next().await;
    assert_eq!(stands["update"]["state"], "live", "a new line is told how it stands: {stands}");
    line.send(&json!({"id": "u2", "text": "Over the line"})).await;
    let heard = line.next().await;
    assert_eq!(heard["id"], "u2", "{heard}");
    line.send(&json!({"text": "without an id"})).await;
    assert_eq!(line.next().await["type"], "refused");
    desk.act("a", "end", "Lin").await;
    assert_eq!(line.next().await["update"]["state"], "ended");
    let (status, late) =
        desk.post("/handoffs/a/messages", &json!({"id": "u3", "text": "one more thing"})).await;
    assert_eq!(status, 409, "{late}");
}

#[tokio::test]
async fn only_the_table_of_states_is_allowed_and_repeats_are_harmless() {
    let desk = Running::start().await;
    let _agent = desk.seat("Lin").await;
    desk.post("/handoffs", &package("a", 2)).await;
    for what in ["end", "return"] {
        let (status, refused) = desk.act("a", what, "Lin").await;
        assert_eq!(status, 409);
        assert!(refused["error"].as_str().unwrap().contains("take it first"), "{refused}");
    }
    assert_eq!(desk.act("a", "take", "Lin").await.0, 200);
    assert_eq!(desk.act("a", "take", "Lin").await.0, 200);
    let (status, refused) = desk.act("a", "take", "Wu").await;
    assert_eq!((status, refused["error"].as_str().unwrap()), (409, "Lin has `a` already"));
    assert_eq!(desk.act("a", "return", "Wu").await.0, 409);
    assert_eq!(desk.act("a", "return", "Lin").await.1["state"], "returned");
    assert_eq!(desk.act("a", "return", "Lin").await.0, 200);
    assert_eq!(desk.act("a", "take", "Lin").await.0, 409);
    let (status, over) = desk.post("/handoffs/a/cancel", &json!({})).await;
    assert_eq!((status, &over["state"]), (200, &json!("returned")), "what is over stays as it is");
    assert_eq!(desk.post("/handoffs/nowhere/cancel", &json!({})).await.0, 404);
}

#[tokio::test]
async fn nobody_at_the_desk_means_leave_a_message() {
    let desk = Running::start().await;
    assert_eq!(desk.post("/handoffs", &package("a", 2)).await.1["state"], "unavailable");
    let mut left = package("b", 2);
    left["message"] = json!("Please call me back.");
    assert_eq!(desk.post("/handoffs", &left).await.1["state"], "message_left");
    let list = desk.get("/desk/api/handoffs").await.1;
    let message = list["handoffs"].as_array().unwrap().iter().find(|h| h["key"] == "b").cloned().unwrap();
    assert_eq!((&message["last"], &message["handled"]), (&json!("Please call me back."), &json!(false)));
    assert_eq!(desk.post("/desk/api/handoffs/b/handled", &json!({})).await.0, 200);
    assert_eq!(desk.get("/desk/api/handoffs/b").await.1["summary"]["handled"], true);
}

#[tokio::test]
async fn what_nobody_takes_expires_and_what_an_agent_leaves_goes_back() {
    let desk = Running::start().await;
    let agent = desk.seat("Lin").await;
    for key in ["waits", "held"] {
        desk.post("/handoffs", &package(key, 2)).await;
    }
    desk.act("held", "take", "Lin").await;
    let later = |ms: i64| Millis(server::now().0 + ms);
    desk.desk.sweep(later(0)).await.unwrap();
    assert_eq!(desk.get("/handoffs/waits").await.1["state"], "queued");
    drop(agent);
    desk.until_alone().await;
    desk.desk.sweep(later(desk.desk.settings().away_ms + 5_000)).await.unwrap();
    let back = desk.get("/handoffs/held").await.1;
    assert_eq!((&back["state"], &back["agent"]), (&json!("queued"), &json!("")));
    desk.desk.sweep(later(desk.desk.settings().wait_ms * 2)).await.unwrap();
    assert_eq!(desk.get("/handoffs/waits").await.1["state"], "expired");
}

#[tokio::test]
async fn bad_requests_get_a_sentence_and_foreign_pages_nothing() {
    let desk = Running::start().await;
    let cases = [
        ("/handoffs", json!({"version": 1}), 400, "does not fit the contract"),
        (
            "/handoffs",
            {
                let mut p = package("a", 2);
                p["version"] = json!(9);
                p
            },
            400,
            "version 9",
        ),
        ("/handoffs", package("", 2), 400, "`handoff` must have"),
        (
            "/handoffs",
            {
                let mut p = package("a", 2);
                p["message"] = json!("x".repeat(300_000));
                p
            },
            413,
            "",
        ),
        ("/handoffs/a/messages", json!({"id": "1", "text": " "}), 400, "1 to 4000 characters"),
        ("/handoffs/a/messages", json!({"id": "1", "text": "x"}), 404, "there is no handoff `a`"),
    ];
    for (path, body, status, sentence) in cases {
        let (answered, refused) = desk.post(path, &body).await;
        assert_eq!(answered, status, "{path}: {refused}");
        assert!(refused["error"].as_str().unwrap().contains(sentence), "{path}: {refused}");
    }
    for (path, origin, status) in [
        ("/desk/api/handoffs", "https://evil.example", 403),
        ("/desk/api/handoffs", "https://shop.example", 403),
        ("/handoffs/a", "https://evil.example", 403),
        ("/handoffs/a", "https://shop.example", 404),
    ] {
        assert_eq!(desk.get_from(path, origin).await, status, "{path} from {origin}");
    }
}

/// The process is killed without a chance to tidy up; the next one goes on from the file.
#[tokio::test]
async fn a_killed_process_loses_nothing_that_was_answered() {
    let first = server::Process::start(None);
    let _agent = first.seat("Lin").await;
    first.post("/handoffs", &package("a", 2)).await;
    first.act("a", "take", "Lin").await;
    first.post("/desk/api/handoffs/a/messages", &json!({"id": "m1", "text": "Hello", "agent": "Lin"})).await;
    let before = first.get("/desk/api/handoffs/a").await.1;
    let second = server::Process::start(Some(first.kill()));
    assert_eq!(second.get("/desk/api/handoffs/a").await.1, before);
    let (status, said) =
        second.post("/handoffs/a/messages", &json!({"id": "u1", "text": "Still there?"})).await;
    assert_eq!((status, &said["seq"]), (200, &json!(before["frames"].as_array().unwrap().len() + 1)));
    assert_eq!(second.act("a", "end", "Lin").await.1["state"], "ended");
}
