//! A desk to talk to: in this process, or in one of its own that can be killed.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};
use unstuck::Millis;
use unstuck_desk::{Desk, Settings, router};

use crate::contract;

/// The file of the desk's database, told to the process that serves it.
const DB: &str = "UNSTUCK_DESK_TEST_DB";
/// News that has not come in this time will not come.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn now() -> Millis {
    Millis(i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap())
}

/// A request as the core sends it.
pub fn package(key: &str, priority: u8) -> Value {
    json!({
        "version": 1, "handoff": key, "t": 1_767_542_400_000_i64, "app": "wallet", "language": "en",
        "reason": "asked_for_human", "priority": priority,
        "stuck": {"stuck_point": "pay.confirm.failing", "title": "Payment keeps failing",
            "path": ["Payments", "Pay a shop", "Confirm"], "cause": "unstable_dependency", "probability": 0.8},
        "guesses": [], "evidence": [{"signal": "repeated_failure", "screen": "/pay", "target": "POST /payments",
            "count": 3, "t": 1_767_542_390_000_i64}],
        "tried": [], "conversation": [], "slots": {}, "preferences": [], "message": null,
    })
}

/// Where a desk answers.
pub struct Address(u16);

impl Address {
    pub async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        self.call("POST", path, Some(body), None).await
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.call("GET", path, None, None).await
    }

    pub async fn get_from(&self, path: &str, origin: &str) -> u16 {
        self.call("GET", path, None, Some(origin)).await.0
    }

    pub async fn act(&self, key: &str, what: &str, agent: &str) -> (u16, Value) {
        self.post(&format!("/desk/api/handoffs/{key}/{what}"), &json!({ "agent": agent })).await
    }

    /// The bare status of a request without a body.
    pub async fn status(&self, method: &str, path: &str) -> u16 {
        self.send(method, path, None, None).await.0
    }

    /// One request; its answer is held to the contract.
    async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        origin: Option<&str>,
    ) -> (u16, Value) {
        let (status, json) = self.send(method, path, body, origin).await;
        contract::hold(method, path, status, &json);
        (status, json)
    }

    async fn send(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
        origin: Option<&str>,
    ) -> (u16, Value) {
        let body = body.map(Value::to_string).unwrap_or_default();
        let origin = origin.map(|o| format!("origin: {o}\r\n")).unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.0)).await.unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n{origin}connection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n",
            self.0,
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // A body that is refused for its length may not be read to its end.
        let _ = stream.write_all(body.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        let json = serde_json::from_str(body).unwrap_or(Value::Null);
        (status, json)
    }

    /// A user's live line.
    pub async fn line(&self, key: &str, after: i64) -> Line {
        self.connect(&format!("/handoffs/{key}/live?after={after}")).await
    }

    /// An agent at the desk.
    pub async fn seat(&self, agent: &str) -> Line {
        let mut line = self.connect(&format!("/desk/api/live?agent={agent}")).await;
        line.until_key("").await;
        line
    }

    async fn connect(&self, path: &str) -> Line {
        Line(connect_async(format!("ws://127.0.0.1:{}{path}", self.0)).await.unwrap().0)
    }

    /// Waits until no agent is there.
    pub async fn until_alone(&self) {
        while self.get("/desk/api/handoffs").await.1["agents"] != json!([]) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// One WebSocket.
pub struct Line(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Line {
    pub async fn next(&mut self) -> Value {
        loop {
            let packet =
                tokio::time::timeout(PATIENCE, self.0.next()).await.expect("news in time").unwrap().unwrap();
            if let Message::Text(text) = packet {
                return serde_json::from_str(&text).unwrap();
            }
        }
    }

    pub async fn until_key(&mut self, key: &str) -> Value {
        loop {
            let news = self.next().await;
            if news["key"] == key {
                return news;
            }
        }
    }

    pub async fn send(&mut self, packet: &Value) {
        self.0.send(Message::text(packet.to_string())).await.unwrap();
    }
}

/// A desk in this process.
pub struct Running {
    pub desk: Desk,
    address: Address,
}

impl Running {
    pub async fn start() -> Self {
        let settings = Settings { origins: vec!["https://shop.example".into()], ..Settings::default() };
        let desk = Desk::open(None, settings).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = Address(listener.local_addr().unwrap().port());
        tokio::spawn(axum::serve(listener, router(desk.clone())).into_future());
        Self { desk, address }
    }
}

impl std::ops::Deref for Running {
    type Target = Address;

    fn deref(&self) -> &Address {
        &self.address
    }
}

/// A desk in a process of its own, on a database file.
pub struct Process {
    child: Child,
    db: PathBuf,
    address: Address,
}

impl Process {
    /// Starts one on the file of another, or on a new one.
    pub fn start(db: Option<PathBuf>) -> Self {
        let fresh =
            || std::env::temp_dir().join(format!("unstuck-desk-{}-{}.db", std::process::id(), now().0));
        let db = db.unwrap_or_else(fresh);
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["server::serves_where_another_test_asks_for_it", "--exact", "--nocapture"])
            .env(DB, &db)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let port = lines.filter_map(|l| l.split_once("listens on ")?.1.trim().parse().ok()).next().unwrap();
        Self { child, db, address: Address(port) }
    }

    /// Kills it, and gives back its file.
    pub fn kill(mut self) -> PathBuf {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        std::mem::take(&mut self.db)
    }
}

impl std::ops::Deref for Process {
    type Target = Address;

    fn deref(&self) -> &Address {
        &self.address
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.db.display()));
        }
    }
}

/// The body of [`Process`]: this test binary again, told a file. Without one there is nothing to serve.
#[tokio::test]
async fn serves_where_another_test_asks_for_it() {
    let Some(db) = std::env::var_os(DB) else { return };
    let desk = Desk::open(Some(&PathBuf::from(db)), Settings::default()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("\nlistens on {}", listener.local_addr().unwrap().port());
    axum::serve(listener, router(desk)).await.unwrap();
}
