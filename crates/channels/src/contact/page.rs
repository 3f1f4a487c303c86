//! The pages of the contact form. They work without scripts.

use std::time::Duration;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Multipart, State, multipart::MultipartRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use kernel::{Error, FieldError, Result, invalid, say, seconds};
use platform::{App, Tx, http::Answer, limits::Act};
use tokio::{sync::Semaphore, time::timeout};

use super::{
    acknowledge,
    filled::{Filled, LARGEST},
    handed_out::{HandedOut, token},
    looks::{script, style},
    take_in::{Written, take_in},
    view::Form,
    visit::Visit,
    words::naming,
};

/// Beside its files a form is small.
const TEXTS: usize = 256 * 1024;
/// So many forms are read at once: each is held in memory until its files are kept.
static AT_ONCE: Semaphore = Semaphore::const_new(8);
const READ_WITHIN: Duration = Duration::from_secs(120);
/// Nobody has read the form and written something sooner.
const SOONEST: i64 = seconds(3);

pub fn pages() -> Router<App> {
    Router::new()
        .route("/contact/{key}", get(show).post(send))
        .route("/contact/{key}/sent", get(sent))
        .route("/contact/{key}/style.css", get(style))
        .route("/contact.js", get(async || script(include_str!("../../templates/contact.js"))))
        .route("/contact-page.js", get(async || script(include_str!("../../templates/contact-page.js"))))
        .layer(DefaultBodyLimit::max(LARGEST + TEXTS))
}

async fn show(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Answer<Response> {
    visit.or_refused(empty(&app, &visit, &headers).await)
}

async fn empty(app: &App, visit: &Visit, headers: &HeaderMap) -> Result<Response> {
    let (opened, _) = visit.open(app).await?;
    let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok()).filter(|from| !from.starts_with(&app.config().public_url));
    let filled = Filled { page: from.unwrap_or_default().to_owned(), ..Filled::default() };
    visit.form(&opened, Form::new(&opened, visit.reading.language, &filled, token(app, opened.shop.id), &[], None))
}

async fn send(State(app): State<App>, visit: Visit, headers: HeaderMap, form: Result<Multipart, MultipartRejection>) -> Answer<Response> {
    visit.or_refused(receive(&app, &visit, &headers, form).await)
}

async fn receive(app: &App, visit: &Visit, headers: &HeaderMap, form: Result<Multipart, MultipartRejection>) -> Result<Response> {
    app.limits().check(Act::FormFromNetwork, &visit.network.to_string())?;
    let (opened, door) = visit.open(app).await?;
    door.admit(app, headers)?;
    let mut filled = read(form).await?;
    let language = visit.reading.language;
    let anew = |filled: &Filled, token: String, wrong: &[FieldError], notice: Option<String>| {
        let page = visit.form(&opened, Form::new(&opened, language, filled, token, wrong, notice))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let Some(handed_out) = HandedOut::of(app, opened.shop.id, &filled.token) else {
        return anew(&filled, token(app, opened.shop.id), &[], Some(visit.say("page-too-old")));
    };
    match filled.check(&opened, language) {
        // it is the same form still: what is put right at once is no program's work
        Err(Error::Invalid(wrong)) => return anew(&filled, filled.token.clone(), &wrong, None),
        checked => checked?,
    }
    let suspicious = !filled.trap.is_empty() || app.now() - handed_out.at < SOONEST;
    take_in(app, opened, Written { filled, language, network: visit.network, once: handed_out.once, suspicious }).await?;
    Ok(Redirect::to(&visit.at("/sent")).into_response())
}

/// A few at once, and each in good time.
async fn read(form: Result<Multipart, MultipartRejection>) -> Result<Filled> {
    let unreadable = || invalid("form", say!("contact-form-unreadable"));
    let form = form.map_err(|_| unreadable())?;
    let _place = AT_ONCE.acquire().await.map_err(Error::broken)?;
    timeout(READ_WITHIN, Filled::read(form)).await.map_err(|_| unreadable())?
}

async fn sent(State(app): State<App>, visit: Visit) -> Answer<Response> {
    visit.or_refused(thanks(&app, &visit).await)
}

async fn thanks(app: &App, visit: &Visit) -> Result<Response> {
    let (opened, _) = visit.open(app).await?;
    let (shop, settings, language, now) = (opened.shop.clone(), opened.settings.clone(), visit.reading.language, app.now());
    let said =
        app.read(async move |tx: &mut Tx<'_>| acknowledge::said(tx, &shop, &settings, settings.department, language, now).await).await?;
    let said = if said.is_empty() { naming(language, "sent", &opened.shop.name) } else { said };
    visit.thanks(&opened, said)
}
