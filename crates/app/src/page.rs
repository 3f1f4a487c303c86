//! What the server's own pages share: their words.

use std::ops::Deref;

use askama::Template;
use axum::{extract::FromRequestParts, http::request::Parts, response::Response};
use kernel::{Error, Words, words};
use platform::http::{Answer, Failure, Reading};

static PAGES: Words = words!("pages");

/// A page as somebody reads it.
#[derive(Debug, Clone, Copy)]
pub struct Page(Reading);

impl Deref for Page {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        Reading::from_request_parts(parts, state).await.map(Page)
    }
}

impl Page {
    /// A text of `locales/<language>/pages.ftl`.
    pub fn say(&self, key: &str) -> String {
        PAGES.text(self.language, key, &[])
    }

    /// The page as an answer, with what it may load.
    pub fn answer(&self, template: &impl Template, policy: &str) -> Answer<Response> {
        Ok(self.0.answer(template.render().map_err(Error::broken)?, policy)?)
    }
}
