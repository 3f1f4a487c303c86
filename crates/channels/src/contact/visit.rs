//! Somebody who stands before a contact form, and the pages they are answered with.

use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result};
use platform::{
    App, Tx,
    http::{Answer, Failure, Network, Path, Query, Reading},
};
use serde::Deserialize;

use super::{
    opened::Opened,
    view::{ContactPage, Form, heading},
    words::word,
};
use crate::webchat::visit::Door;

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'";

/// Whoever asks for a page of a form.
pub struct Visit {
    pub key: String,
    pub reading: Reading,
    /// Whether it stands inside a page of the shop.
    pub framed: bool,
    pub network: Network,
}

#[derive(Deserialize)]
struct Where {
    framed: Option<String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Path(key) = Path::<String>::from_request_parts(parts, app).await?;
        let Query(Where { framed }) = Query::<Where>::from_request_parts(parts, app).await?;
        let (reading, network) = (Reading::from_request_parts(parts, app).await?, Network::from_request_parts(parts, app).await?);
        Ok(Visit { key, reading, framed: framed.is_some(), network })
    }
}

impl Visit {
    /// The form they stand before.
    ///
    /// Errors: `NotFound` where nobody can write.
    pub async fn open(&self, app: &App) -> Result<(Opened, Door)> {
        let (key, language, network) = (self.key.clone(), self.reading.language, self.network);
        app.read(async move |tx: &mut Tx<'_>| Opened::by_key(tx, &key, language, network).await).await
    }

    /// A word of the form's own.
    pub fn say(&self, key: &str) -> String {
        word(self.reading.language, key)
    }

    /// An address of this form that stays in the language, and in its frame.
    pub fn at(&self, rest: &str) -> String {
        let framed = if self.framed { "&framed=1" } else { "" };
        format!("/contact/{}{rest}?lang={}{framed}", self.key, self.reading.language)
    }

    /// The page with the form.
    pub fn form(&self, opened: &Opened, form: Form) -> Result<Response> {
        let (title, said) = heading(opened, self.reading.language);
        self.page(ContactPage { visit: self, shop: &opened.shop.name, title, said, form: Some(form), again: false }, &around(opened))
    }

    /// The page that says something once the form was sent.
    pub fn thanks(&self, opened: &Opened, said: String) -> Result<Response> {
        let title = self.say("sent-title");
        self.page(ContactPage { visit: self, shop: &opened.shop.name, title, said, form: None, again: true }, &around(opened))
    }

    /// What was made, or what went wrong as a page that a person can read.
    pub fn or_refused(&self, made: Result<Response>) -> Answer<Response> {
        let error = match made {
            Ok(response) => return Ok(response),
            Err(error) => error,
        };
        let (said, title) = (error.sentence().in_language(self.reading.language), self.say("not-possible"));
        let again = matches!(error, Error::TooLarge(_) | Error::Invalid(_));
        let wait = if let Error::TooMany { retry_after } = error { Some(HeaderValue::from(retry_after)) } else { None };
        let status = Failure(error).into_response().status();
        // it says nothing of anybody, and is to be read inside the shop's page too
        let mut page = self.page(ContactPage { visit: self, shop: "", title, said, form: None, again }, "*")?;
        page.headers_mut().extend(wait.map(|wait| (header::RETRY_AFTER, wait)));
        Ok((status, page).into_response())
    }

    fn page(&self, page: ContactPage<'_>, around: &str) -> Result<Response> {
        let html = page.render().map_err(Error::broken)?;
        let mut response = self.reading.answer(html, &format!("{POLICY}; frame-ancestors {around}"))?;
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }
}

/// The pages a form may stand in.
fn around(opened: &Opened) -> String {
    format!("'self' {}", opened.widget.origins.join(" "))
}
