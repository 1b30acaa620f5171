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

#[cfg(test)]
mod tests {
    use axum::{body::Body, http, middleware::map_response};
    use http_body_util::BodyExt;

    use super::*;

    /// A folder with one file of each sort, gone when it is dropped.
    struct Site(PathBuf);

    impl Site {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("unstuck-serve-{name}-{}", std::process::id()));
            for (file, text) in [
                ("www/dist/demo/index.html", "wallet"),
                ("www/dist/demo/help.html", "help"),
                ("www/dist/demo/main.js", "script"),
                ("www/dist/demo/stage/index.html", "stage"),
                ("pkg/dist/core.wasm", "wasm"),
                ("secret.txt", "secret"),
            ] {
                let path = root.join(file);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            Self(root)
        }

        fn folders(&self) -> Folders {
            Folders::new(&self.0, Path::new("bundle"))
        }
    }

    impl Drop for Site {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[tokio::test]
    async fn each_path_has_its_file_and_each_screen_the_wallet() {
        let site = Site::new("paths");
        let router = site.folders().router().layer(map_response(headers));
        let cases = [
            ("/", 200, "wallet", "text/html"),
            ("/cards/new", 200, "wallet", "text/html"),
            ("/orders/2026080010479036", 200, "wallet", "text/html"),
            ("/help", 200, "help", "text/html"),
            ("/help/card", 200, "help", "text/html"),
            ("/demo/", 200, "stage", "text/html"),
            ("/main.js", 200, "script", "text/javascript"),
            ("/pkg/core.wasm", 200, "wasm", "application/wasm"),
            ("/gone.js", 404, "", ""),
            ("/pkg/gone.js", 404, "", ""),
            ("/bundle/manifest.json", 404, "", ""),
            ("/..%2f..%2f..%2fsecret.txt", 404, "", ""),
            ("/pkg/..%2f..%2fsecret.txt", 404, "", ""),
        ];
        for (path, status, text, kind) in cases {
            let request = http::Request::builder().uri(path).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status, "{path}");
            assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY), "{path}");
            let told = response.headers().get(header::CONTENT_TYPE).map_or("", |v| v.to_str().unwrap());
            assert!(told.starts_with(kind), "{path} is {told}");
            let body = response.into_body().collect().await.unwrap().to_bytes();
            assert_eq!(body, text, "{path}");
        }
    }

    #[test]
    fn a_demo_that_is_not_built_is_said_with_the_mend() {
        let nowhere = Folders::new(Path::new("/nowhere"), Path::new("bundle"));
        let sentence = nowhere.check().unwrap_err();
        assert!(
            sentence.contains("/nowhere/www/dist/demo") && sentence.contains("cargo xtask demo"),
            "{sentence}"
        );
        let site = Site::new("check");
        assert_eq!(site.folders().check(), Ok(()));
    }
}
