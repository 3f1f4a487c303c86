//! Who signed in, as the provider says beside the tokens (OpenID Connect Core 1.0, 2). It comes from the provider itself, over the
//! line the code was handed in on, so its signature is not looked at (3.1.3.7, 6); that it is meant for us, and for this sign-in, is.

use data_encoding::BASE64URL_NOPAD;
use kernel::Timestamp;
use serde::Deserialize;

/// No provider says more of somebody.
const LONGEST: usize = 16 * 1024;

#[derive(Deserialize)]
struct Claims {
    aud: String,
    /// In seconds since 1970.
    exp: i64,
    nonce: String,
    email: Option<String>,
    /// Microsoft's name of an account that has no address of its own on record: the one it is signed in to with.
    preferred_username: Option<String>,
}

/// The address of whoever signed in.
///
/// Errors: in English, why nobody is believed.
pub fn account(token: &str, client: &str, nonce: &str, now: Timestamp) -> Result<String, &'static str> {
    let payload = token.split('.').nth(1).filter(|_| token.len() <= LONGEST);
    let payload = payload.and_then(|part| BASE64URL_NOPAD.decode(part.as_bytes()).ok());
    let claims = payload.and_then(|json| serde_json::from_slice::<Claims>(&json).ok());
    let claims = claims.ok_or("It does not say who signed in.")?;
    if claims.aud != client || claims.nonce != nonce || claims.exp.saturating_mul(1_000_000) <= now.micros() {
        return Err("It says who signed in somewhere else, or at another time.");
    }
    let address = [claims.email, claims.preferred_username].into_iter().flatten().find(|address| is_address(address));
    address.map(|address| address.to_lowercase()).ok_or("It does not say with which address somebody signed in.")
}

fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<lettre::Address>().is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn told(claims: &Value) -> Result<String, &'static str> {
        let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
        let token = format!("{}.{}.{}", part(r#"{"alg":"RS256"}"#), part(&claims.to_string()), part("signature"));
        account(&token, "our client", "our nonce", Timestamp::from_micros(1_000_000_000))
    }

    #[test]
    fn only_what_is_said_of_this_sign_in_is_believed() {
        let said = json!({ "aud": "our client", "exp": 1_001, "nonce": "our nonce", "email": "Support@Fjell.example" });
        assert_eq!(told(&said).as_deref(), Ok("support@fjell.example"));
        for (name, value) in [
            ("aud", json!("another client")),
            ("aud", json!(["our client"])),
            ("nonce", json!("another nonce")),
            ("nonce", Value::Null),
            ("exp", json!(1_000)),
            ("email", json!("nobody")),
            ("email", json!(format!("{}@fjell.example", "a".repeat(250)))),
            ("email", Value::Null),
        ] {
            let mut other = said.clone();
            other[name] = value.clone();
            assert!(told(&other).is_err(), "{name} {value}");
        }
    }

    #[test]
    fn an_account_of_microsofts_may_be_known_by_its_name_alone() {
        let said = json!({ "aud": "our client", "exp": 1_001, "nonce": "our nonce", "preferred_username": "support@fjell.example" });
        assert_eq!(told(&said).as_deref(), Ok("support@fjell.example"));
    }

    #[test]
    fn what_is_no_token_names_nobody() {
        for wrong in ["", "a", "a.b", "a.!!.c", &"a".repeat(LONGEST + 1)] {
            assert!(account(wrong, "", "", Timestamp::from_micros(0)).is_err(), "{wrong}");
        }
    }
}
