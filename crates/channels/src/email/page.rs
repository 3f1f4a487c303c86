//! The page a letter's HTML is seen on, in a frame of the console: it runs nothing, and asks nobody for anything it was not told to.

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    response::Response,
    routing::get,
};
use data_encoding::BASE64;
use kernel::{Error, LetterId, ShopId, hours, say};
use mail::{Attachment, shown};
use platform::{
    App, Tx,
    card_number::masked_html,
    html::Picture,
    http::{Answer, Path},
};

use crate::store::letters;

/// Larger pictures are not put into the text.
const LARGEST_PICTURE: usize = 2 * 1024 * 1024;
const PURPOSE: &str = "letter";
/// Long enough to read it.
const KEPT: i64 = hours(12);
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
const HEAD: &str = "<!doctype html><meta charset=\"utf-8\"><style>body{margin:12px;font:15px/1.5 system-ui,sans-serif;color:#17201d;background:#fff;\
                    overflow-wrap:anywhere}img{max-width:100%;height:auto}</style>";

pub fn pages() -> Router<App> {
    Router::new().route("/letters/{token}", get(serve))
}

/// Where a letter is seen for some hours, with its pictures from elsewhere or without them.
pub fn address(app: &App, shop: ShopId, letter: LetterId, pictures: bool) -> String {
    let token = app.signer().sign(PURPOSE, &format!("{shop}/{letter}/{pictures}"), app.now() + KEPT);
    app.config().url(&format!("/letters/{token}"))
}

async fn serve(State(app): State<App>, Path(token): Path<String>) -> Answer<Response> {
    let gone = || Error::NotFound(say!("letter-not-found"));
    let named = app.signer().verify(PURPOSE, &token, app.now()).map_err(|_| gone())?;
    let (shop, id, pictures) = told(&named).ok_or_else(gone)?;
    let row = app.read(async move |tx: &mut Tx<'_>| letters::maybe(tx, shop, id).await).await?.ok_or_else(gone)?;
    let raw = app.files().get(row.key.ok_or_else(gone)?.parse()?).await?;
    let html = tokio::task::spawn_blocking(move || mail::Letter::read(&raw).map(|letter| html(&letter, pictures))).await;
    let html = html.map_err(Error::broken)??.ok_or_else(gone)?;
    let mut response = Response::new(Body::from(html));
    let elsewhere = if pictures { " https:" } else { "" };
    let policy = format!("{POLICY}; img-src data:{elsewhere}");
    response.headers_mut().extend([
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_str(&policy).map_err(Error::broken)?),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ]);
    Ok(response)
}

fn told(named: &str) -> Option<(ShopId, LetterId, bool)> {
    let mut parts = named.split('/');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()? == "true"))
}

/// All of a letter's HTML that is shown.
fn html(letter: &mail::Letter, pictures: bool) -> Option<String> {
    let seen = shown(letter)?;
    let fill = |picture: Picture<'_>| match picture {
        Picture::Embedded(id) => letter.attachments.iter().find(|one| one.content_id.as_deref() == Some(id)).and_then(inline),
        Picture::Remote(address) => pictures.then(|| address.to_owned()),
    };
    let all = format!("{}{}", seen.new_part(fill), seen.rest(fill).unwrap_or_default());
    Some(format!("{HEAD}{}", masked_html(&all)))
}

/// A picture that came along, as an address of its own.
fn inline(picture: &Attachment) -> Option<String> {
    let kind = picture.kind.filter(|kind| kind.mime().starts_with("image/"))?;
    (picture.content.len() <= LARGEST_PICTURE).then(|| format!("data:{};base64,{}", kind.mime(), BASE64.encode(&picture.content)))
}
