//! Tokens that say who somebody is: nothing counts but what was signed, and of that only what is in order.

use data_encoding::BASE64URL_NOPAD;
use kernel::Timestamp;
use platform::token::{Signer, hmac_sha256, verify_jwt};
use secrecy::SecretString;
use serde_json::Value;

pub const WORDS: &[&str] = &[
    "\"alg\":\"HS256\"",
    "\"alg\":\"none\"",
    "\"alg\":\"hs256\"",
    "\"crit\":[\"exp\"]",
    "\"exp\":",
    "\"aud\":",
    "\"nbf\":",
    "\"sub\":",
    "\"nonce\":",
    "\"wk_1\"",
    "1800000060",
    "1800003600",
    "1800003661",
    "null",
    "[",
    "]",
    "-1",
    "1e10",
    "\\u0000",
    ".",
    "eyJhbGciOiJIUzI1NiJ9",
];

const KEY: &str = "a key of the shop, 32 letters or more";
const AUDIENCE: &str = "wk_1";
const NOW: i64 = 1_800_000_000;

fn signed(header: &[u8], claims: &[u8]) -> String {
    let body = format!("{}.{}", BASE64URL_NOPAD.encode(header), BASE64URL_NOPAD.encode(claims));
    let mac = hmac_sha256(KEY.as_bytes(), &[body.as_bytes()]);
    format!("{body}.{}", BASE64URL_NOPAD.encode(&mac))
}

fn counts(token: &str) -> bool {
    verify_jwt(token, &[SecretString::from(KEY)], Timestamp::from_micros(NOW * 1_000_000), AUDIENCE).is_ok()
}

/// Whether these claims are in order, read another way. Of a name that stands there twice anything may be read.
fn in_order(claims: &[u8]) -> bool {
    let Ok(claims) = serde_json::from_slice::<Value>(claims) else { return false };
    let named = |audience: &Value| audience == AUDIENCE;
    let audience = named(&claims["aud"]) || claims["aud"].as_array().is_some_and(|all| all.iter().any(named));
    let timely = claims["exp"].as_i64().is_some_and(|exp| exp > NOW && exp <= NOW + 3_660);
    let begun = claims["nbf"].is_null() || claims["nbf"].as_i64().is_some_and(|nbf| nbf <= NOW + 60);
    let said =
        |name: &str| claims[name].as_str().is_some_and(|text| !text.trim().is_empty() && text.len() <= 255 * 4 && !text.contains('\0'));
    audience && timely && begun && said("sub") && said("nonce")
}

pub fn jwt(data: &[u8]) {
    let token = String::from_utf8_lossy(data);
    if counts(&token) {
        // somebody who does not know the key has only what the key has signed
        let (body, mac) = token.rsplit_once('.').expect("a signature");
        assert_eq!(mac, BASE64URL_NOPAD.encode(&hmac_sha256(KEY.as_bytes(), &[body.as_bytes()])));
        let claims = body.split('.').nth(1).and_then(|claims| BASE64URL_NOPAD.decode(claims.as_bytes()).ok());
        assert!(claims.is_some_and(|claims| in_order(&claims)));
    }
    // and now by somebody who has it
    if counts(&signed(br#"{"alg":"HS256"}"#, data)) {
        assert!(in_order(data), "{}", String::from_utf8_lossy(data));
    }
    let claims = format!(r#"{{"sub":"4711","nonce":"1","aud":"{AUDIENCE}","exp":{}}}"#, NOW + 60);
    assert!(counts(&signed(br#"{"alg":"HS256"}"#, claims.as_bytes())));
    if counts(&signed(data, claims.as_bytes())) {
        // what it says beside is not looked at, and may be no text at all
        let header: Value = serde_json::from_str(&String::from_utf8_lossy(data)).expect("a header");
        assert!(header["alg"] == "HS256" && header["crit"].is_null(), "{header}");
    }
    assert!(!counts(&format!("{}.{}.", BASE64URL_NOPAD.encode(data), BASE64URL_NOPAD.encode(claims.as_bytes()))));
}

/// The address of a file, a password link: nothing opens but what was signed, for what it was signed.
pub fn link(data: &[u8]) {
    let signer = Signer::new([1; 32], [[2; 32]]);
    let now = Timestamp::from_micros(NOW * 1_000_000);
    let token = String::from_utf8_lossy(data);
    if let Ok(payload) = signer.verify("file", &token, now) {
        let body = BASE64URL_NOPAD.decode(token.split('.').next().unwrap_or_default().as_bytes()).expect("what was signed");
        let until = i64::from_be_bytes(body[..8].try_into().expect("a moment"));
        assert!(until > NOW * 1_000_000);
        let by = |key| Signer::new([key; 32], []).sign("file", &payload, Timestamp::from_micros(until));
        assert!([by(1), by(2)].contains(&token.into_owned()), "one spelling, and no other");
    }
    // whatever is said survives, and counts for nothing else
    if let Ok(payload) = std::str::from_utf8(data).map(|text| text.chars().take(200).collect::<String>()) {
        let token = signer.sign("file", &payload, now + 1);
        assert_eq!(signer.verify("file", &token, now).ok(), Some(payload));
        assert!(signer.verify("reset", &token, now).is_err() && signer.verify("file", &token, now + 1).is_err());
    }
}
