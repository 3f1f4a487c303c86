//! How a telephone system signs what it tells: as Standard Webhooks has it (https://www.standardwebhooks.com).

use axum::http::HeaderMap;
use data_encoding::BASE64;
use kernel::{Error, Result, Timestamp, minutes, say, seconds};
use platform::token::{hmac_sha256, same};

/// What secrets begin with.
const MARK: &str = "whsec_";
/// What was signed longer ago, or is yet to come, is not listened to: somebody may have kept it.
const FRESH: i64 = minutes(5);
/// No name of a webhook is longer.
const LONGEST_ID: usize = 255;
/// A header holds one signature for each secret; nobody has more.
const MOST_SIGNATURES: usize = 8;

/// A secret as its telephone system wants it, of these random bytes.
pub fn secret_of(random: &[u8; 32]) -> String {
    format!("{MARK}{}", BASE64.encode(random))
}

/// When a webhook says it was sent, once it is known that whoever has the secret sends it.
///
/// Errors: `SignInNeeded`.
pub fn sent_at(secret: &str, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Timestamp> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (id, sent, signatures) = (text("webhook-id"), text("webhook-timestamp"), text("webhook-signature"));
    let refused = || Error::SignInNeeded(say!("call-news-not-signed"));
    let key = secret.strip_prefix(MARK).and_then(|key| BASE64.decode(key.as_bytes()).ok());
    let key = key.filter(|key| !key.is_empty()).ok_or_else(refused)?;
    let ours = hmac_sha256(&key, &[id.as_bytes(), b".", sent.as_bytes(), b".", body]);
    let given = signatures.split(' ').take(MOST_SIGNATURES).filter_map(|one| one.strip_prefix("v1,"));
    // each is compared, so that how long it takes says nothing
    let is_ours = given.filter_map(|one| BASE64.decode(one.as_bytes()).ok()).fold(false, |found, one| found | same(&one, &ours));
    if !is_ours || id.is_empty() || id.len() > LONGEST_ID {
        return Err(refused());
    }
    let at = sent.parse::<u32>().map(|sent| Timestamp::from_micros(seconds(sent.into()))).map_err(|_| refused())?;
    let age = now - at;
    if age.abs() <= FRESH { Ok(at) } else { Err(Error::SignInNeeded(say!("call-news-too-old"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard's own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn told(id: &str, at: &str, signature: &str, body: &[u8], now: i64) -> Result<Timestamp> {
        let headers = [("webhook-id", id), ("webhook-timestamp", at), ("webhook-signature", signature)];
        let headers = headers.into_iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        sent_at(SECRET, &headers, body, Timestamp::from_micros(seconds(now)))
    }

    #[test]
    fn only_what_was_signed_just_now_with_the_secret_is_listened_to() {
        let (id, at, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", br#"{"test": 2432232314}"#);
        let both = format!("v1,AAAA v2,AAAA {SIGNED}");
        for (what, found, fine) in [
            ("as it was sent", told(id, at, SIGNED, body, 1_614_265_330), true),
            ("beside another key's", told(id, at, &both, body, 1_614_265_330), true),
            ("five minutes later", told(id, at, SIGNED, body, 1_614_265_630), true),
            ("later still", told(id, at, SIGNED, body, 1_614_265_631), false),
            ("from a clock that is ahead", told(id, at, SIGNED, body, 1_614_265_029), false),
            ("another body", told(id, at, SIGNED, br#"{"test":2432232314}"#, 1_614_265_330), false),
            ("another id", told("msg_other", at, SIGNED, body, 1_614_265_330), false),
            ("another time", told(id, "1614265331", SIGNED, body, 1_614_265_330), false),
            ("unsigned", told(id, at, "", body, 1_614_265_330), false),
            ("of another version", told(id, at, &SIGNED.replace("v1", "v2"), body, 1_614_265_330), false),
        ] {
            assert_eq!(found.is_ok(), fine, "{what}");
        }
    }

    #[test]
    fn nothing_is_signed_with_a_secret_that_is_none() {
        for secret in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!"] {
            let signature = format!("v1,{}", BASE64.encode(&hmac_sha256(b"", &[b"a.1.x"])));
            let headers = [("webhook-id", "a"), ("webhook-timestamp", "1"), ("webhook-signature", &signature)];
            let headers = headers.into_iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
            let found = sent_at(secret, &headers, b"x", Timestamp::from_micros(seconds(1)));
            assert!(found.is_err(), "{secret}");
        }
    }
}
