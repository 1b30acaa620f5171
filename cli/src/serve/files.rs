//! The built files: which folder answers which path, and the headers on every answer.

use std::path::{Path, PathBuf};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// Scripts and the core from here only; nothing inline, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; \
    manifest-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'";

/// Where the built files lie.
pub struct Folders {
    demo: PathBuf,
    desk: PathBuf,
    package: PathBuf,
    bundle: PathBuf,
}

impl Folders {
    pub fn new(root: &Path, bundle: &Path) -> Self {
        Self {
            demo: root.join("www/dist/demo"),
            desk: root.join("www/dist/desk"),
            package: root.join("pkg/dist"),
            bundle: root.join(bundle),
        }
    }

    /// The demo itself must be there; without the rest it still runs, and says what is missing.
    pub fn check(&self) -> Result<(), String> {
        if !self.demo.join("index.html").is_file() {
            return Err(format!(
                "there is no built demo in {}: run `cargo xtask demo`, or `npm ci && node build.mjs` in www",
                self.demo.display()
            ));
        }
        for (folder, without) in [
            (self.bundle.join("playbook.json"), "the wallet runs, and the bot stays away"),
            (self.package.join("unstuck.js"), "the wallet runs, and the bot stays away"),
            (self.desk.join("index.html"), "agents have no page"),
        ] {
            if !folder.is_file() {
                eprintln!("Missing {}: {without}. `cargo xtask demo` builds it.", folder.display());
            }
        }
        Ok(())
    }

    /// The static paths. Any path of the wallet that is no file is a screen of the single-page app.
    pub fn router(&self) -> Router {
        let help = ServeFile::new(self.demo.join("help.html"));
        let demo = self.demo.clone();
        Router::new()
            .nest_service("/pkg", ServeDir::new(&self.package))
            .nest_service("/bundle", ServeDir::new(&self.bundle))
            .nest_service("/desk", ServeDir::new(&self.desk))
            .nest_service("/demo", ServeDir::new(self.demo.join("stage")))
            .route_service("/help", help.clone())
            .route_service("/help/{topic}", help)
            .fallback(move |request| screen_or_file(demo, request))
    }
}

async fn screen_or_file(demo: PathBuf, request: Request) -> Response {
    let is_file = request.uri().path().rsplit('/').next().is_some_and(|name| name.contains('.'));
    let answer = if is_file {
        ServeDir::new(demo).oneshot(request).await
    } else {
        ServeFile::new(demo.join("index.html")).oneshot(request).await
    };
    answer.into_response()
}

/// On every answer: the policy, no sniffing, and a cache that always asks whether a file changed.
pub async fn headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}
