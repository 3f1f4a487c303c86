//! Bodies: JSON of a known type, a known size, unknown fields refused, texts cleaned and counted.

use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use kernel::{Error, FieldError, Result, Sentence, invalid, say};
use serde::de::DeserializeOwned;

use super::problem::Failure;
use crate::html;

/// No JSON body is larger, in bytes.
pub const MAX_JSON: usize = 256 * 1024;

/// A body that has been read, cleaned and found in order.
pub struct Valid<T>(pub T);

/// What a body must satisfy beyond its types; cleaning happens here too.
pub trait Validate {
    fn check(&mut self, check: &mut Check);
}

/// Collects what is wrong, field by field.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

/// Marks bodies whose types say all there is to say.
#[macro_export]
macro_rules! nothing_to_check {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::http::Validate for $type {
            fn check(&mut self, _: &mut $crate::http::Check) {}
        }
    )*};
}

/// A check that has passed.
pub type Checked = Result<()>;

impl Check {
    /// Adds a sentence about `field` unless `fine`.
    pub fn that(&mut self, fine: bool, field: &str, message: Sentence) {
        if !fine {
            self.0.push(FieldError { field: field.to_owned(), message });
        }
    }

    /// A text of one line, cleaned, between `least` and `most` characters.
    pub fn line(&mut self, field: &str, text: &mut String, least: usize, most: usize) {
        *text = html::clean_line(text);
        self.length(field, text, least, most);
    }

    /// A text of many lines, cleaned, between `least` and `most` characters; one nobody can see is empty.
    pub fn text(&mut self, field: &str, text: &mut String, least: usize, most: usize) {
        *text = html::clean_text(text);
        if html::is_blank(text) {
            text.clear();
        }
        self.length(field, text, least, most);
    }

    /// HTML somebody wrote, sanitised, of at most `most` bytes; what is too long is emptied.
    pub fn html(&mut self, field: &str, text: &mut String, most: usize) {
        self.that(text.len() <= most, field, say!("too-many-bytes", most, count = text.len()));
        let written = if text.len() <= most { std::mem::take(text) } else { String::new() };
        match html::sanitise(&written) {
            Ok(clean) => *text = clean,
            Err(error) => self.that(false, field, error.sentence()),
        }
    }

    /// An e-mail address, lower-cased where that is safe.
    pub fn email(&mut self, field: &str, email: &mut String) {
        *email = html::clean_line(email);
        let fine =
            email.len() <= 254 && email.parse::<lettre::Address>().is_ok() && email.rsplit_once('@').is_some_and(|(_, d)| d.contains('.'));
        self.that(fine, field, say!("not-an-email"));
    }

    /// An optional line; an empty one becomes none.
    pub fn maybe_line(&mut self, field: &str, text: &mut Option<String>, most: usize) {
        if let Some(line) = text {
            self.line(field, line, 0, most);
        }
        text.take_if(|line| line.is_empty());
    }

    /// An optional web address of at most 2,000 characters; an empty one becomes none.
    pub fn maybe_web_address(&mut self, field: &str, address: &mut Option<String>) {
        self.maybe_line(field, address, 2_000);
        let fine = |address: &String| reqwest::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        // anything else would be a link somebody clicks
        self.that(address.as_ref().is_none_or(fine), field, say!("not-a-web-address"));
    }

    /// An optional address; an empty one becomes none.
    pub fn maybe_email(&mut self, field: &str, email: &mut Option<String>) {
        email.take_if(|email| email.trim().is_empty());
        if let Some(email) = email {
            self.email(field, email);
        }
    }

    /// A text in several languages, each of at most `most` characters.
    pub fn texts(&mut self, field: &str, texts: &mut kernel::Texts, most: usize) {
        for (language, text) in &mut texts.0 {
            self.text(&format!("{field}.{language}"), text, 0, most);
        }
        texts.0.retain(|_, text| !text.is_empty());
    }

    /// A list of at most `most` entries.
    pub fn at_most<T>(&mut self, field: &str, list: &[T], most: usize) {
        self.that(list.len() <= most, field, say!("too-many-entries", most, count = list.len()));
    }

    fn length(&mut self, field: &str, text: &str, least: usize, most: usize) {
        let count = text.chars().count();
        match (count < least, least) {
            (true, 1) => self.that(false, field, say!("must-not-be-empty")),
            (true, _) => self.that(false, field, say!("too-few-characters", least, count)),
            (false, _) => self.that(count <= most, field, say!("too-many-characters", most, count)),
        }
    }

    /// `Invalid` with all that was found, if anything was.
    pub fn finish(self) -> Checked {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

impl<T, S> FromRequest<S> for Valid<T>
where
    T: DeserializeOwned + Validate,
    S: Send + Sync,
{
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            return Err(Error::WrongKind(say!("body-not-json")).into());
        }
        let body = axum::body::to_bytes(request.into_body(), MAX_JSON)
            .await
            .map_err(|_| Error::TooLarge(say!("body-too-large", kilobytes = MAX_JSON / 1024)))?;
        Ok(Valid(read_json(&body)?))
    }
}

/// Tells a field that is left out (`None`) from one that is null (`Some(None)`): `#[serde(default, deserialize_with = "nullable")]`.
pub fn nullable<'de, D: serde::Deserializer<'de>, T: serde::Deserialize<'de>>(d: D) -> Result<Option<Option<T>>, D::Error> {
    <Option<T> as serde::Deserialize>::deserialize(d).map(Some)
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Reads, cleans and checks a body.
pub fn read_json<T: DeserializeOwned + Validate>(body: &[u8]) -> Result<T> {
    // a list of values in the order of the fields could be read as well, and the description knows nothing of it
    if body.trim_ascii_start().starts_with(b"[")
        && let Err(error) = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body)
    {
        return Err(invalid("", sentence(&error)));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut value: T = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        invalid(if field == "." { String::new() } else { field }, sentence(error.inner()))
    })?;
    json.end().map_err(|error| invalid("", sentence(&error)))?;
    let mut check = Check::default();
    value.check(&mut check);
    check.finish()?;
    Ok(value)
}

/// What the reader of JSON says, as far as people meet it in a language of their own; the rest is for whoever writes programs.
fn sentence(error: &serde_json::Error) -> Sentence {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or(&text);
    let named = |about: &str| text.strip_prefix(about)?.split('`').next();
    if let Some(name) = named("missing field `") {
        say!("field-missing", name)
    } else if let Some(name) = named("unknown field `") {
        say!("field-unknown", name)
    } else {
        say!("body-unreadable", reason = text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Name {
        name: String,
    }
    impl Validate for Name {
        fn check(&mut self, check: &mut Check) {
            check.line("name", &mut self.name, 1, 5);
        }
    }

    #[test]
    fn a_body_is_refused_with_the_field_and_a_sentence() {
        for (body, field, message) in [
            (r#"{"name":""}"#, "name", "This must not be empty."),
            (r#"{"name":"abcdef"}"#, "name", "At most 5 characters; there are 6."),
            (r#"{"name":7}"#, "name", "This cannot be read: invalid type: integer `7`, expected a string."),
            (r#"{"name":"a","shop":"b"}"#, "shop", "There is no field “shop” here. Leave it out."),
            (r#"{}"#, "", "The field “name” is missing."),
            ("{\"name\":\"a\"} x", "", "This cannot be read: trailing characters."),
            ("\u{0}", "", "This cannot be read: expected value."),
            (r#" ["abc"]"#, "", "This cannot be read: invalid type: sequence, expected a map."),
        ] {
            let Err(Error::Invalid(fields)) = read_json::<Name>(body.as_bytes()) else { panic!("{body} was accepted") };
            assert_eq!((fields[0].field.as_str(), fields[0].message.to_string().as_str()), (field, message), "{body}");
        }
        assert_eq!(read_json::<Name>(br#"{"name":" abc "}"#).unwrap().name, "abc");
        assert!(read_json::<Name>(b"{\"name\":\"\xff\"}").is_err(), "invalid UTF-8");
    }
}
