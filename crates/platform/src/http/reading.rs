//! Who reads a page of ours: in which language, and whether they said so.

use axum::{
    extract::{FromRequestParts, Query},
    http::{HeaderName, HeaderValue, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use kernel::{Error, Language, Result};
use serde::Deserialize;

use super::{language::wished, problem::Failure};

/// A page as somebody reads it.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    pub language: Language,
    /// Whether they said so, and did not leave it to their browser.
    pub chosen: bool,
}

#[derive(Deserialize)]
struct Choice {
    lang: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Reading {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let choice = Query::<Choice>::from_request_parts(parts, state).await.ok().and_then(|Query(choice)| choice.lang);
        let choice = choice.as_deref().and_then(Language::from_tag);
        Ok(Reading { language: choice.unwrap_or_else(|| wished(&parts.headers)), chosen: choice.is_some() })
    }
}

impl Reading {
    /// The languages to choose from.
    pub fn languages(&self) -> [Language; Language::ALL.len()] {
        Language::ALL
    }

    /// Another page of ours, in the same language.
    pub fn to(&self, path: &str) -> String {
        if self.chosen { format!("{path}?lang={}", self.language) } else { path.to_owned() }
    }

    /// The page as an answer, with what it may load.
    pub fn answer(&self, html: String, policy: &str) -> Result<Response> {
        let headers: [(HeaderName, HeaderValue); 3] = [
            (header::CONTENT_SECURITY_POLICY, HeaderValue::from_str(policy).map_err(Error::broken)?),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static(self.language.code())),
            (header::VARY, HeaderValue::from_static("accept-language")),
        ];
        Ok((headers, Html(html)).into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_choice_counts_more_than_the_browser_and_goes_along() {
        for (address, browser, language, console) in [
            ("/", "", Language::En, "/console"),
            ("/", "nb-NO,en;q=0.5", Language::Nb, "/console"),
            ("/?lang=tr", "nb", Language::Tr, "/console?lang=tr"),
            ("/?lang=xx", "zh", Language::Zh, "/console"),
            ("/?lang=%00&lang=nb", "zh", Language::Zh, "/console"),
        ] {
            let request = axum::http::Request::get(address).header(header::ACCEPT_LANGUAGE, browser).body(()).unwrap();
            let reading = Reading::from_request_parts(&mut request.into_parts().0, &()).await.unwrap();
            assert_eq!((reading.language, reading.to("/console").as_str()), (language, console), "{address} {browser}");
        }
    }
}
