//! Forms whose fields are data: what opens a partner is named by the plug that goes there, filled in by a member, and understood by
//! nobody between.

use std::collections::BTreeMap;

use kernel::{Result, invalid, say};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{App, http::Check, keyed};

/// The longest value of a field, in characters.
pub const LONGEST_VALUE: usize = 400;
/// No form has more fields.
pub const MOST_FIELDS: usize = 20;

/// What the fields of a form were filled in with, by name.
pub type Settings = BTreeMap<String, String>;

/// What a field was filled in with; nothing when it was left out.
pub fn setting<'a>(settings: &'a Settings, name: &str) -> &'a str {
    settings.get(name).map(String::as_str).unwrap_or_default()
}

keyed! {
    /// How a field is filled in.
    pub enum FieldKind {
        /// A web address.
        Address = "address",
        Line = "line",
        /// A line that is sealed and never shown again.
        Secret = "secret",
    }
}

/// A field of a form.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Field {
    pub name: &'static str,
    pub kind: FieldKind,
    pub required: bool,
}

/// Checks what came in. Empty fields are not filled in.
pub fn check(check: &mut Check, settings: &mut Settings) {
    check.that(settings.len() <= MOST_FIELDS, "settings", say!("too-many-entries", most = MOST_FIELDS, count = settings.len()));
    for (name, value) in settings.iter_mut().take(MOST_FIELDS) {
        check.line(&format!("settings.{name}"), value, 0, LONGEST_VALUE);
    }
    settings.retain(|_, value| !value.is_empty());
}

/// Holds what was filled in against the form.
///
/// Errors: `Invalid` on each field that is not one of its fields, or an address Ombud does not go to.
pub fn must_fit(app: &App, fields: &[Field], settings: &Settings) -> Result<()> {
    let mut check = Check::default();
    for name in settings.keys() {
        check.that(fields.iter().any(|field| field.name == name), &format!("settings.{name}"), say!("field-unknown", name));
    }
    for field in fields.iter().filter(|field| field.kind == FieldKind::Address) {
        let (Some(address), name) = (settings.get(field.name), format!("settings.{}", field.name)) else { continue };
        if let Err(fault) = app.egress().check(address) {
            check.that(false, &name, fault.sentence());
        }
        // what a password is sent to is asked over TLS, unless the operator has a network of their own
        let plain = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
        check.that(!plain || !app.config().reachable_inside.is_empty(), &name, say!("address-not-encrypted"));
    }
    check.finish()
}

/// Errors: `Invalid` on the first field that has to be filled in and is not.
pub fn must_be_complete(fields: &[Field], settings: &Settings) -> Result<()> {
    match fields.iter().find(|field| field.required && !settings.contains_key(field.name)) {
        Some(missing) => Err(invalid(format!("settings.{}", missing.name), say!("must-not-be-empty"))),
        None => Ok(()),
    }
}

/// What is shown, and what is sealed.
pub fn parted(fields: &[Field], settings: Settings) -> (Settings, Settings) {
    let is_secret = |name: &str| fields.iter().any(|field| field.name == name && field.kind == FieldKind::Secret);
    settings.into_iter().partition(|(name, _)| !is_secret(name))
}

/// What was filled in, with the secrets that were left out. They stay with the address they were given for: whoever names another
/// one has to know them.
pub fn with_known_secrets(fields: &[Field], known: &Settings, mut given: Settings) -> Settings {
    let of_kind = |kind: FieldKind| fields.iter().filter(move |field| field.kind == kind).map(|field| field.name);
    if of_kind(FieldKind::Address).all(|name| known.get(name) == given.get(name)) {
        for name in of_kind(FieldKind::Secret) {
            if let Some(secret) = known.get(name).filter(|_| !given.contains_key(name)) {
                given.insert(name.to_owned(), secret.clone());
            }
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [Field; 3] = [
        Field { name: "address", kind: FieldKind::Address, required: true },
        Field { name: "key", kind: FieldKind::Secret, required: true },
        Field { name: "note", kind: FieldKind::Line, required: false },
    ];

    fn filled<const N: usize>(entries: [(&str, &str); N]) -> Settings {
        entries.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
    }

    #[test]
    fn a_secret_that_is_left_out_stays_with_its_address_and_with_no_other() {
        let known = filled([("address", "https://a.example"), ("key", "s3cret")]);
        let kept = with_known_secrets(&FIELDS, &known, filled([("address", "https://a.example"), ("note", "x")]));
        assert_eq!(setting(&kept, "key"), "s3cret");
        let elsewhere = with_known_secrets(&FIELDS, &known, filled([("address", "https://b.example")]));
        assert!(must_be_complete(&FIELDS, &elsewhere).is_err());
    }

    #[test]
    fn secrets_are_sealed_and_nothing_else() {
        let (shown, sealed) = parted(&FIELDS, filled([("address", "https://a.example"), ("key", "s3cret"), ("note", "x")]));
        assert_eq!((shown, sealed), (filled([("address", "https://a.example"), ("note", "x")]), filled([("key", "s3cret")])));
    }
}
