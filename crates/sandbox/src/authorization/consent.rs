//! Where people sign in, and say whether they let a client in.

use std::collections::BTreeMap;

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use super::{CLIENT, COMES_BACK_TO, Grants, Manner};
use crate::Asked;

/// It runs nothing, and asks nobody for anything.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/// A code that was handed out, and what it is bound to.
pub struct Code {
    pub account: String,
    pub challenge: String,
    pub nonce: String,
    pub comes_back_to: String,
    pub scope: String,
    /// Whether it was handed in already.
    pub spent: bool,
}

type Fields = BTreeMap<String, String>;

pub fn fields(query: &[u8]) -> Fields {
    form_urlencoded::parse(query).into_owned().collect()
}

fn of<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(String::as_str).unwrap_or_default()
}

/// What is asked for, where it is asked for properly.
fn understood(manner: &Manner, grants: &mut Grants, query: &str) -> Result<Fields, String> {
    let asked = fields(query.as_bytes());
    let known = ["response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method", "nonce"];
    let unknown = asked.keys().find(|name| !known.contains(&name.as_str()) && !manner.asks.contains(&name.as_str()));
    let scopes: Vec<&str> = of(&asked, "scope").split(' ').collect();
    let wrong = match unknown {
        Some(name) => Some(name.as_str()),
        None if of(&asked, "response_type") != "code" => Some("response_type"),
        None if of(&asked, "client_id") != CLIENT => Some("client_id"),
        None if !of(&asked, "redirect_uri").ends_with(COMES_BACK_TO) => Some("redirect_uri"),
        None if scopes != manner.scopes => Some("scope"),
        None if of(&asked, "code_challenge_method") != "S256" => Some("code_challenge_method"),
        // 32 bytes, in base64 without its end
        None if of(&asked, "code_challenge").len() != 43 => Some("code_challenge"),
        None if of(&asked, "state").len() < 32 => Some("state"),
        None if of(&asked, "nonce").len() < 32 => Some("nonce"),
        // it would hand out nothing that renews
        None if manner.asks.contains(&"access_type") && of(&asked, "access_type") != "offline" => Some("access_type"),
        None => None,
    };
    match wrong {
        Some(name) => {
            grants.wrong.push(format!("authorize: {name}"));
            Err(format!("Error 400: invalid_request ({name})"))
        }
        None => Ok(asked),
    }
}

fn back(asked: &Fields, what: [(&str, &str); 2]) -> String {
    let said = form_urlencoded::Serializer::new(String::new()).extend_pairs(what).finish();
    format!("{}?{said}", of(asked, "redirect_uri"))
}

pub fn lets_in(manner: &Manner, grants: &mut Grants, query: &str, account: &str) -> Result<String, String> {
    let asked = understood(manner, grants, query)?;
    grants.count += 1;
    let code = format!("4/0A-{}", grants.count);
    let scopes = manner.scopes.iter().filter(|scope| Some(**scope) != grants.withheld);
    let bound = Code {
        account: account.to_owned(),
        challenge: of(&asked, "code_challenge").to_owned(),
        nonce: of(&asked, "nonce").to_owned(),
        comes_back_to: of(&asked, "redirect_uri").to_owned(),
        scope: scopes.copied().collect::<Vec<_>>().join(" "),
        spent: false,
    };
    grants.codes.insert(code.clone(), bound);
    Ok(back(&asked, [("state", of(&asked, "state")), ("code", &code)]))
}

pub fn refused(manner: &Manner, grants: &mut Grants, query: &str) -> Result<String, String> {
    let asked = understood(manner, grants, query)?;
    Ok(back(&asked, [("error", "access_denied"), ("state", of(&asked, "state"))]))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The page people see.
pub fn page(manner: &Manner, grants: &mut Grants, asked: &Asked) -> Response {
    let known = match understood(manner, grants, &asked.query) {
        Ok(known) => known,
        Err(said) => return (StatusCode::BAD_REQUEST, said).into_response(),
    };
    // where the page stands is not known: the address goes on from its last word
    let to = asked.path.rsplit('/').next().unwrap_or_default();
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Sign in</title>\
         <body style=\"font:16px system-ui;max-width:24rem;margin:15vh auto;padding:1rem\"><h1>Sign in</h1>\
         <form method=\"post\" action=\"{to}/decisions\"><input type=\"hidden\" name=\"asked\" value=\"{}\">\
         <p><label>E-mail<br><input name=\"account\" type=\"email\" value=\"{}\" style=\"font:inherit;width:100%\"></label></p>\
         <p>Ombud asks to read, compose and send mail.</p>\
         <button name=\"allowed\" value=\"yes\">Allow</button> <button name=\"allowed\" value=\"no\" formnovalidate>Deny</button></form>",
        escaped(&asked.query),
        escaped(of(&known, "login_hint")),
    );
    ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(html)).into_response()
}

/// What they decided there.
pub fn decided(manner: &Manner, grants: &mut Grants, asked: &Asked) -> Response {
    let said = fields(&asked.body);
    let query = of(&said, "asked");
    let to = match of(&said, "allowed") {
        "yes" => lets_in(manner, grants, query, of(&said, "account")),
        _ => refused(manner, grants, query),
    };
    match to {
        Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
        Err(said) => (StatusCode::BAD_REQUEST, said).into_response(),
    }
}
