//! Uploads, and the path files are served from.

use axum::{
    Json, Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::Response,
    routing::get,
};
use kernel::{Error, say};
use platform::{
    Agent, App,
    files::{self, MediaType},
    http::{Answer, Path, Problems, Query},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::file::{self, Called, FileView};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(upload))
}

pub fn pages() -> Router<App> {
    Router::new().route("/files/{token}", get(serve))
}

/// Upload a file, to name it in a message.
#[utoipa::path(post, path = "/files", operation_id = "upload_file", tag = "messages", params(Called),
    request_body(content_type = "application/octet-stream"),
    responses((status = 201, body = FileView), Problems))]
async fn upload(State(app): State<App>, who: Agent, Query(called): Query<Called>, body: Body) -> Answer<(StatusCode, Json<FileView>)> {
    let stored = file::keep(&app, &who, &called.name, file::take(body).await?).await?;
    Ok((StatusCode::CREATED, Json(FileView::new(&app, who.shop, &stored))))
}

async fn serve(State(app): State<App>, Path(token): Path<String>, asked: HeaderMap) -> Answer<Response> {
    let (stored, bytes) = file::by_token(&app, &token).await?;
    let media = MediaType::from_mime(&stored.media_type).ok_or(Error::NotFound(say!("file-not-found")))?;
    let mut response = files::served(&asked, bytes);
    let headers = response.headers_mut();
    headers.extend(files::serving_headers(media, &stored.name));
    // shown on the shop’s own pages
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    Ok(response)
}
