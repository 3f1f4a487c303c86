//! What is handed out for a code, and for what renews.

use axum::response::Response;
use data_encoding::BASE64URL_NOPAD;
use platform::token::hmac_sha256;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{CLIENT, CLIENT_SECRET, Grants, LASTS, Manner, consent::fields};
use crate::{Asked, answer};

/// What Dovecot knows these tokens by in the tests; a real provider's say nothing to anybody but its own mail servers.
const KEY: &[u8] = b"not-a-real-key-of-a-mail-provider";
/// In 2100: what a clock that is moved by hand says counts for what is renewed, and a mail server goes by another.
const LATE: i64 = 4_102_444_800;
const LONG_AGO: i64 = 1;

pub fn no(error: &str, about: &str) -> Value {
    json!({ "error": error, "error_description": about })
}

fn jwt(claims: &Value) -> String {
    let part = |json: &Value| BASE64URL_NOPAD.encode(json.to_string().as_bytes());
    let said = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT" })), part(claims));
    format!("{said}.{}", BASE64URL_NOPAD.encode(&hmac_sha256(KEY, &[said.as_bytes()])))
}

pub fn handed_out(manner: &Manner, grants: &mut Grants, asked: &Asked) -> Response {
    let said = fields(&asked.body);
    let of = |name: &str| said.get(name).map(String::as_str).unwrap_or_default();
    let known: &[&str] = match of("grant_type") {
        "authorization_code" => &["grant_type", "client_id", "client_secret", "code", "code_verifier", "redirect_uri"],
        _ => &["grant_type", "client_id", "client_secret", "refresh_token"],
    };
    grants.wrong.extend(said.keys().filter(|name| !known.contains(&name.as_str())).map(|name| format!("token: {name}")));
    if (of("client_id"), of("client_secret")) != (CLIENT, CLIENT_SECRET) {
        return answer(401, &no("invalid_client", "The OAuth client was not found."));
    }
    match of("grant_type") {
        "authorization_code" => for_code(grants, of("code"), of("code_verifier"), of("redirect_uri")),
        "refresh_token" => for_renewal(manner, grants, of("refresh_token")),
        _ => answer(400, &no("unsupported_grant_type", "Invalid grant_type.")),
    }
}

fn for_code(grants: &mut Grants, code: &str, verifier: &str, comes_back_to: &str) -> Response {
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(verifier.as_bytes()));
    let bad = |about: &str| answer(400, &no("invalid_grant", about));
    let Some(bound) = grants.codes.get_mut(code) else { return bad("Malformed auth code.") };
    let account = bound.account.clone();
    if std::mem::replace(&mut bound.spent, true) {
        // somebody else has it too
        grants.revokes(&account);
        return bad("The code was handed in already.");
    }
    if bound.challenge != challenge || bound.comes_back_to != comes_back_to {
        return bad("Invalid code verifier.");
    }
    let id = json!({ "aud": CLIENT, "sub": account, "email": account, "email_verified": true, "nonce": bound.nonce, "exp": LATE });
    let scope = bound.scope.clone();
    // what was granted before renews no more
    let nth = grants.count * 1_000;
    grants.renews.insert(account.clone(), Some(nth));
    let mut tokens = tokens(grants, &account, &scope);
    tokens["id_token"] = json!(jwt(&id));
    tokens["refresh_token"] = json!(renewing(&account, nth));
    answer(200, &tokens)
}

/// A token that renews says whose it is, so that a provider that was begun anew still knows it.
fn renewing(account: &str, nth: u64) -> String {
    format!("1//{account}//{nth}")
}

fn for_renewal(manner: &Manner, grants: &mut Grants, token: &str) -> Response {
    let read = token.strip_prefix("1//").and_then(|rest| rest.rsplit_once("//"));
    let read = read.and_then(|(account, nth)| Some((account.to_owned(), nth.parse::<u64>().ok()?)));
    let Some((account, nth)) = read else { return answer(400, &no("invalid_grant", "Malformed token.")) };
    let now = *grants.renews.entry(account.clone()).or_insert(Some(nth));
    if now != Some(nth) {
        grants.revokes(&account);
        return answer(400, &no("invalid_grant", manner.revoked));
    }
    grants.renewals += 1;
    let mut tokens = tokens(grants, &account, &manner.scopes.join(" "));
    if manner.rotates {
        grants.renews.insert(account.clone(), Some(nth + 1));
        tokens["refresh_token"] = json!(renewing(&account, nth + 1));
    }
    answer(200, &tokens)
}

fn tokens(grants: &Grants, account: &str, scope: &str) -> Value {
    let exp = if grants.dead { LONG_AGO } else { LATE };
    let access = json!({ "sub": account, "email": account, "exp": exp, "jti": format!("{}-{}", grants.count, grants.renewals) });
    let mut tokens = json!({ "access_token": jwt(&access), "expires_in": LASTS, "scope": scope, "token_type": "Bearer" });
    if let Some(seconds) = grants.ends_in {
        tokens["refresh_token_expires_in"] = json!(seconds);
    }
    tokens
}
