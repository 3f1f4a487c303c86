//! The pages of the contact form. They work without scripts; those that are there make a frame as high as what it shows.

use std::time::Duration;

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use data_encoding::HEXLOWER;
use kernel::{Error, FieldError, Result, ShopId, Timestamp, hours, say, seconds};
use platform::{
    App, Tx,
    http::{Answer, Failure, Network, Path, Query, Reading},
    limits::Act,
};
use serde::Deserialize;
use tokio::{sync::Semaphore, time::timeout};

use super::{
    acknowledge,
    filled::{Filled, LARGEST},
    opened::Opened,
    take_in::{Written, take_in},
    view::{ContactPage, Form, Visit, heading},
    words::{naming, word},
};
use crate::webchat::visit::Door;

/// Beside its files a form is small.
const TEXTS: usize = 256 * 1024;
/// So many forms are read at once: each is held in memory until its files are kept.
static AT_ONCE: Semaphore = Semaphore::const_new(8);
const READ_WITHIN: Duration = Duration::from_secs(120);
const PURPOSE: &str = "contact";
/// A page may stand open so long.
const OPEN_FOR: i64 = hours(24);
/// Nobody has read the form and written something sooner.
const SOONEST: i64 = seconds(3);
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";

pub fn pages() -> Router<App> {
    Router::new()
        .route("/contact/{key}", get(show).post(send))
        .route("/contact/{key}/sent", get(sent))
        .route("/contact/{key}/style.css", get(style))
        .route("/contact.js", get(async || script(include_str!("../../templates/contact.js"))))
        .route("/contact-page.js", get(async || script(include_str!("../../templates/contact-page.js"))))
        .layer(DefaultBodyLimit::max(LARGEST + TEXTS))
}

/// Where the form stands.
#[derive(Deserialize)]
struct Where {
    /// Inside a page of the shop.
    framed: Option<String>,
}

impl Visit {
    async fn open(&self, app: &App, network: Network) -> Result<(Opened, Door)> {
        let (key, language) = (self.key.clone(), self.reading.language);
        app.read(async move |tx: &mut Tx<'_>| Opened::by_key(tx, &key, language, network).await).await
    }

    /// The page with what the shop says, and the form where there is one.
    fn page(&self, opened: &Opened, said: Option<String>, form: Option<Form>) -> Result<Response> {
        let (title, intro) = heading(opened, self.reading.language);
        let again = form.is_none();
        let title = if again { self.say("sent-title") } else { title };
        self.answer(&opened.widget.origins, (opened.shop.name.clone(), title, said.unwrap_or(intro)), form, again)
    }

    fn answer(
        &self,
        origins: &[String],
        (shop, title, said): (String, String, String),
        form: Option<Form>,
        again: bool,
    ) -> Result<Response> {
        let html = ContactPage { visit: self, shop, title, said, form, again }.render().map_err(Error::broken)?;
        let around = origins.join(" ");
        let mut response = self.reading.answer(html, &format!("{POLICY}; frame-ancestors 'self' {around}"))?;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }

    /// What went wrong, as a page that a person can read.
    fn refused(&self, error: Error) -> Answer<Response> {
        let language = self.reading.language;
        let said = error.sentence().in_language(language);
        let again = matches!(error, Error::TooLarge(_) | Error::Invalid(_));
        let status = Failure(error).into_response().status();
        let page = self.answer(&[], (String::new(), word(language, "not-possible"), said), None, again)?;
        Ok((status, page).into_response())
    }
}

async fn show(
    State(app): State<App>,
    Path(key): Path<String>,
    Query(Where { framed }): Query<Where>,
    reading: Reading,
    network: Network,
    headers: HeaderMap,
) -> Answer<Response> {
    let visit = Visit { key, reading, framed: framed.is_some() };
    let opened = match visit.open(&app, network).await {
        Ok((opened, _)) => opened,
        Err(error) => return visit.refused(error),
    };
    let page = headers.get(header::REFERER).and_then(|from| from.to_str().ok()).filter(|from| !from.starts_with(&app.config().public_url));
    let filled = Filled { page: page.unwrap_or_default().to_owned(), ..Filled::default() };
    let form = Form::new(&opened, reading.language, &filled, token(&app, opened.shop.id), &[], None);
    Ok(visit.page(&opened, None, Some(form))?)
}

async fn send(
    State(app): State<App>,
    Path(key): Path<String>,
    Query(Where { framed }): Query<Where>,
    reading: Reading,
    network: Network,
    headers: HeaderMap,
    form: Multipart,
) -> Answer<Response> {
    let visit = Visit { key, reading, framed: framed.is_some() };
    match receive(&app, &visit, network, &headers, form).await {
        Ok(answer) => Ok(answer),
        Err(error) => visit.refused(error),
    }
}

async fn receive(app: &App, visit: &Visit, network: Network, headers: &HeaderMap, form: Multipart) -> Result<Response> {
    app.limits().check(Act::FormFromNetwork, &network.to_string())?;
    let language = visit.reading.language;
    let (opened, door) = visit.open(app, network).await?;
    door.admit(app, headers)?;
    let mut filled = {
        let _place = AT_ONCE.acquire().await.map_err(Error::broken)?;
        timeout(READ_WITHIN, Filled::read(form)).await.map_err(|_| kernel::invalid("form", say!("contact-form-unreadable")))??
    };
    let anew = |filled: &Filled, token: String, wrong: &[FieldError], notice: Option<String>| {
        let form = Form::new(&opened, language, filled, token, wrong, notice);
        let page = visit.page(&opened, None, Some(form))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let Some(handed_out) = HandedOut::of(app, opened.shop.id, &filled.token) else {
        return anew(&filled, token(app, opened.shop.id), &[], Some(word(language, "page-too-old")));
    };
    match filled.check(&opened, language) {
        // it is the same form still: what is put right at once is no program's work
        Err(Error::Invalid(wrong)) => return anew(&filled, filled.token.clone(), &wrong, None),
        checked => checked?,
    }
    let suspicious = !filled.trap.is_empty() || app.now() - handed_out.at < SOONEST;
    take_in(app, opened, Written { filled, language, network, once: handed_out.once, suspicious }).await?;
    Ok(Redirect::to(&visit.at("/sent")).into_response())
}

async fn sent(
    State(app): State<App>,
    Path(key): Path<String>,
    Query(Where { framed }): Query<Where>,
    reading: Reading,
    network: Network,
) -> Answer<Response> {
    let visit = Visit { key, reading, framed: framed.is_some() };
    let opened = match visit.open(&app, network).await {
        Ok((opened, _)) => opened,
        Err(error) => return visit.refused(error),
    };
    let (shop, settings, now) = (opened.shop.clone(), opened.settings.clone(), app.now());
    let language = reading.language;
    let said = app.read(async move |tx: &mut Tx<'_>| acknowledge::said(tx, &shop, &settings, language, now).await).await?;
    let said = if said.is_empty() { naming(language, "sent", &opened.shop.name) } else { said };
    Ok(visit.page(&opened, Some(said), None)?)
}

/// When a page was handed out, and its own name, by which the same form is known when it is sent twice.
struct HandedOut {
    at: Timestamp,
    once: String,
}

fn token(app: &App, shop: ShopId) -> String {
    let (now, once) = (app.now(), HEXLOWER.encode(&app.rng().bytes::<12>()));
    app.signer().sign(PURPOSE, &format!("{shop}/{}/{once}", now.micros()), now + OPEN_FOR)
}

impl HandedOut {
    fn of(app: &App, shop: ShopId, token: &str) -> Option<HandedOut> {
        let named = app.signer().verify(PURPOSE, token, app.now()).ok()?;
        let mut parts = named.split('/');
        let is_ours = parts.next()? == shop.to_string();
        let at = Timestamp::from_micros(parts.next()?.parse().ok()?);
        let once = parts.next()?.to_owned();
        is_ours.then_some(HandedOut { at, once })
    }
}

/// The looks of a form: those of every form, in the shop's colour.
async fn style(State(app): State<App>, Path(key): Path<String>, network: Network) -> Answer<Response> {
    let found = app.read(async move |tx: &mut Tx<'_>| Door::by_key(tx, &key, network).await).await;
    let color = found.map_or_else(|_| crate::webchat::settings::Settings::default().color, |(widget, _)| widget.settings.color);
    let ink = if is_bright(&color) { "#000" } else { "#fff" };
    let css = format!(":root{{--shop:{color};--on-shop:{ink}}}\n{}", include_str!("../../templates/contact.css"));
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    Ok((headers, css).into_response())
}

/// Whether black reads better on it than white: by its relative luminance, as WCAG 2.2 defines it.
fn is_bright(color: &str) -> bool {
    let part =
        |at: usize| color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).map_or(0.0, |value| f64::from(value) / 255.0);
    let linear = |value: f64| if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
    let luminance = 0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5));
    (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05)
}

fn script(text: &'static str) -> Response {
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        // the shop's pages load it
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_shops_colour_can_be_read() {
        for (color, bright) in [("#0b6b5a", false), ("#ffcc00", true), ("#ffffff", true), ("#000000", false), ("#c2185b", false)] {
            assert_eq!(is_bright(color), bright, "{color}");
        }
    }
}
