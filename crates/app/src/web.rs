//! The embedded web files: console, chat widget, API reference, and the page at the root.

use askama::Template;
use axum::{
    Json, Router,
    body::Body,
    extract::{Path, State},
    http::{HeaderValue, Response, StatusCode, header},
    response::{IntoResponse, Redirect},
    routing::get,
};
use kernel::{Error, say};
use platform::{
    App, Module,
    http::{Answer, Failure},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::page::Page;

/// What `npm run build` has made; a build without it still serves the API and says what is missing.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Assets;

const MISSING: &str = "The web files are not part of this binary. Build them with\n\n  npm --prefix web ci && npm --prefix web run build\n\nand build the binary again.\n";

/// The console talks to its own server and nobody else.
const CONSOLE_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob: https:; font-src 'self'; media-src 'self'; connect-src 'self'; frame-src 'self'; \
                           manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
/// The reference's library writes its styles into the page.
const REFERENCE_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; \
                             connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const PAGE_CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

pub fn module() -> Module {
    let pages = Router::new()
        .route("/", get(front))
        .route("/console", get(console))
        .route("/console/", get(console))
        .route("/console/{*path}", get(console_file))
        .route("/widget.js", get(loader))
        .route("/widget/{file}", get(panel))
        .route("/api", get(async || Redirect::permanent("/api/")))
        .route("/api/", get(reference))
        .route("/api/{file}", get(reference_file))
        .route("/api/openapi.json", get(description))
        .route("/favicon.ico", get(async || Redirect::permanent("/console/icon.svg")));
    Module { name: "web", pages: Some(pages), ..Module::default() }
}

/// Whether the web files are there.
pub fn is_built() -> bool {
    Assets::get("console/index.html").is_some()
}

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    page: Page,
    demo: bool,
}

async fn front(State(app): State<App>, page: Page) -> Answer<Response<Body>> {
    page.answer(&Front { page, demo: app.config().demo }, PAGE_CSP)
}

fn answer(file: EmbeddedFile, kind: &str, caching: &'static str) -> Response<Body> {
    let etag = hex(&file.metadata.sha256_hash()[..16]);
    let mut response = Response::new(Body::from(file.data.into_owned()));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, HeaderValue::from_str(kind)),
        (header::ETAG, HeaderValue::from_str(&format!("\"{etag}\""))),
        (header::CACHE_CONTROL, Ok(HeaderValue::from_static(caching))),
    ] {
        if let Ok(value) = value {
            headers.insert(name, value);
        }
    }
    response
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn kind_of(path: &str) -> String {
    let guess = mime_guess::from_path(path).first_or_octet_stream();
    let text = guess.type_() == mime_guess::mime::TEXT || guess.subtype() == mime_guess::mime::JAVASCRIPT;
    if text { format!("{guess}; charset=utf-8") } else { guess.to_string() }
}

const FRESH: &str = "no-cache";
const FOREVER: &str = "public, max-age=31536000, immutable";

async fn console() -> Response<Body> {
    let Some(index) = Assets::get("console/index.html") else {
        return (StatusCode::SERVICE_UNAVAILABLE, MISSING).into_response();
    };
    let mut response = answer(index, "text/html; charset=utf-8", FRESH);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONSOLE_CSP));
    response
}

async fn console_file(Path(path): Path<String>) -> Response<Body> {
    match Assets::get(&format!("console/{path}")) {
        Some(file) => {
            let caching = if path.starts_with("assets/") { FOREVER } else { FRESH };
            let mut response = answer(file, &kind_of(&path), caching);
            if path.ends_with(".html") || path.ends_with(".js") {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONSOLE_CSP));
            }
            response
        }
        None if path.starts_with("assets/") => outdated(),
        // an address inside the console
        None => console().await,
    }
}

/// A page that has stood open since before an upgrade asks for the files of its own version.
fn outdated() -> Response<Body> {
    Failure(Error::NotFound(say!("page-file-outdated"))).into_response()
}

/// Scripts for pages of other origins.
fn shared(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    headers.insert(header::HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

async fn loader() -> Response<Body> {
    match Assets::get("widget/widget.js") {
        Some(file) => shared(answer(file, "text/javascript; charset=utf-8", "public, max-age=3600")),
        None => (StatusCode::SERVICE_UNAVAILABLE, MISSING).into_response(),
    }
}

async fn panel(Path(name): Path<String>) -> Response<Body> {
    match Assets::get(&format!("widget/{name}")) {
        Some(file) => shared(answer(file, &kind_of(&name), FOREVER)),
        None => outdated(),
    }
}

#[derive(Template)]
#[template(path = "reference.html")]
struct Reference {
    page: Page,
}

async fn reference(page: Page) -> Answer<Response<Body>> {
    page.answer(&Reference { page }, REFERENCE_CSP)
}

async fn reference_file(Path(name): Path<String>) -> Response<Body> {
    match Assets::get(&format!("api/{name}")) {
        Some(file) => answer(file, &kind_of(&name), FRESH),
        None => Failure(Error::NotFound(say!("page-file-not-found"))).into_response(),
    }
}

async fn description(State(app): State<App>) -> impl IntoResponse {
    Json(app.openapi().cloned())
}
