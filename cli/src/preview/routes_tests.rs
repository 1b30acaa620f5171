use std::{fs, path::PathBuf};

use axum::{
    body::Body,
    http::{Request, header},
};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;

/// A copy of the wallet's playbook and a page, gone when it is dropped.
struct Desk(PathBuf);

impl Desk {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("unstuck-preview-{name}-{}", std::process::id()));
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../playbooks/wallet"), &root.join("playbook"));
        fs::create_dir_all(root.join("pages")).unwrap();
        fs::write(root.join("pages/index.html"), "page").unwrap();
        Self(root)
    }

    fn live(&self) -> Live {
        Live::new(self.0.join("playbook"))
    }

    fn router(&self, live: &Live) -> Router {
        router(&self.0.join("pages"), live.clone())
    }

    fn app(&self) -> PathBuf {
        self.0.join("playbook/app.yaml")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

async fn ask(router: &Router, path: &str, body: Option<Value>) -> Response {
    let request = Request::builder().uri(path).header(header::HOST, "127.0.0.1:4700");
    let request = match body {
        Some(body) => request
            .method("POST")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string())),
        None => request.body(Body::empty()),
    };
    router.clone().oneshot(request.unwrap()).await.unwrap()
}

async fn json_of(response: Response) -> Value {
    assert_eq!(response.status(), 200);
    serde_json::from_slice(&response.into_body().collect().await.unwrap().to_bytes()).unwrap()
}

#[tokio::test]
async fn the_page_and_the_playbook_are_there_with_where_each_part_is_written() {
    let desk = Desk::new("page");
    let router = desk.router(&desk.live());
    let page = ask(&router, "/", None).await;
    assert_eq!(page.status(), 200);
    assert!(page.headers().contains_key(header::CONTENT_SECURITY_POLICY));
    assert_eq!(page.into_body().collect().await.unwrap().to_bytes(), "page");
    let state = json_of(ask(&router, "/state", None).await).await;
    assert_eq!((&state["current"], &state["revision"]), (&json!(true), &json!(1)));
    assert_eq!(state["playbook"]["id"], "wallet");
    let points = state["playbook"]["stuck_points"].as_array().unwrap();
    let places = state["places"]["stuck_points"].as_array().unwrap();
    assert_eq!(points.len(), places.len());
    assert!(places[0]["file"].as_str().unwrap().ends_with("stuck/bind.yaml"));
    assert_eq!(ask(&router, "/gone.js", None).await.status(), 404);
}

#[tokio::test]
async fn other_hosts_and_other_pages_are_refused() {
    let desk = Desk::new("host");
    let router = desk.router(&desk.live());
    let cases = [
        ("localhost:4700", "", 200),
        ("127.0.0.1:4700", "http://127.0.0.1:4700", 200),
        ("evil.example:4700", "", 403),
        ("127.0.0.1:4700", "https://evil.example", 403),
    ];
    for (host, origin, status) in cases {
        for path in ["/", "/state"] {
            let mut request = Request::builder().uri(path).header(header::HOST, host);
            if !origin.is_empty() {
                request = request.header(header::ORIGIN, origin);
            }
            let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
            assert_eq!(response.status(), status, "{host} {origin} {path}");
        }
    }
}

#[tokio::test]
async fn a_broken_playbook_keeps_the_last_good_state_and_says_what_is_wrong() {
    let desk = Desk::new("broken");
    let mut live = desk.live();
    let router = desk.router(&live);
    let good = fs::read_to_string(desk.app()).unwrap();
    let state = |router: Router| async move { json_of(ask(&router, "/state", None).await).await };

    fs::write(desk.app(), format!("{good}\nhours: [1\n")).unwrap();
    live.look();
    let broken = state(router.clone()).await;
    assert_eq!((&broken["current"], &broken["playbook"]["id"]), (&json!(false), &json!("wallet")));
    let finding = &broken["findings"][0];
    assert_eq!(finding["severity"], "error");
    assert!(finding["file"].as_str().unwrap().ends_with("app.yaml") && finding["line"].as_u64() > Some(1));
    assert!(!finding["what"].as_str().unwrap().is_empty() && !finding["mend"].as_str().unwrap().is_empty());

    fs::remove_dir_all(desk.0.join("playbook")).unwrap();
    live.look();
    let gone = state(router.clone()).await;
    assert_eq!((&gone["current"], &gone["playbook"]["id"]), (&json!(false), &json!("wallet")));
    assert!(gone["findings"][0]["what"].as_str().unwrap().contains("cannot be read"));

    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../playbooks/wallet"), &desk.0.join("playbook"));
    live.look();
    let mended = state(router).await;
    assert_eq!((&mended["current"], &mended["revision"]), (&json!(true), &json!(4)));
    assert!(mended["findings"].as_array().unwrap().iter().all(|finding| finding["severity"] == "warning"));
}

#[tokio::test]
async fn a_save_is_told_at_once_and_nothing_else_is() {
    let desk = Desk::new("events");
    let mut live = desk.live();
    let router = desk.router(&live);
    let mut events = ask(&router, "/events", None).await.into_body();
    let mut next = async || {
        let frame = events.frame().await.unwrap().unwrap().into_data().unwrap();
        String::from_utf8(frame.to_vec()).unwrap()
    };
    assert!(next().await.contains("event: state\ndata: {\"revision\":1}"));
    live.look();
    let good = fs::read_to_string(desk.app()).unwrap();
    fs::write(desk.app(), format!("{good}\n# saved\n")).unwrap();
    live.look();
    assert!(next().await.contains("{\"revision\":2}"), "a look at files that nobody saved is no news");
}

#[tokio::test]
async fn the_talk_is_the_products_own_in_both_languages() {
    let desk = Desk::new("talk");
    let router = desk.router(&desk.live());
    let talk = |start: Value, moves: Value| {
        let router = router.clone();
        async move { json_of(ask(&router, "/talk", Some(json!({ "start": start, "moves": moves }))).await).await }
    };
    let card = talk(json!({ "stuck_point": "bind.number.rejected" }), json!([])).await;
    for (language, yes) in [("zh", "看看怎么办"), ("en", "Show me")] {
        assert_eq!(card[language]["offer"]["accept"], yes);
        assert_eq!(card[language]["messages"][0]["card"]["id"], "card-number");
    }
    let by_itself = talk(json!({ "card": "card-number" }), json!([])).await;
    assert_eq!(by_itself["en"]["messages"][0]["card"], card["en"]["messages"][0]["card"]);
    let flow =
        talk(json!({ "flow": "no-code" }), json!([{ "choose": "flow:0" }, { "choose": "tool:yes" }])).await;
    assert_eq!(flow["en"]["tool"], "resend_code");
    assert_eq!(flow["zh"]["outcomes"], json!(["failed", "sent", "too_many"]));
    let sent = json!([{ "choose": "flow:0" }, { "choose": "tool:yes" }, { "tool": "sent" }]);
    let sent = talk(json!({ "flow": "no-code" }), sent).await;
    assert_eq!((&sent["zh"]["node"], &sent["zh"]["tool"]), (&json!("sent"), &Value::Null));
    assert_eq!(sent["en"]["messages"][1]["from"], "user");
    let stolen = talk(json!({ "escalation": "account_stolen" }), json!([])).await;
    assert!(stolen["en"]["messages"][1]["text"].as_str().unwrap().contains("safety team"));
    let nothing = talk(json!({ "card": "nothing" }), json!([])).await;
    assert!(nothing["en"]["messages"].is_array());
}

#[test]
fn a_page_that_is_not_built_is_said_with_the_mend() {
    let sentence = check(Path::new("/nowhere/www/dist/preview")).unwrap_err();
    assert!(
        sentence.contains("/nowhere/www/dist/preview") && sentence.contains("node build.mjs"),
        "{sentence}"
    );
}
