//! Tokens: opaque ones that are stored hashed, signed ones that carry their own end, and the JWTs of shops.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Error, Result, Timestamp, hours, invalid, minutes, say};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::rng::Rng;

/// A token as its owner gets it, once; Ombud itself keeps only the [`TokenHash`].
#[derive(Debug)]
pub struct Token(SecretString);

impl Token {
    /// A new token of 256 random bits: `oat_` and 43 letters, digits, `-` and `_`.
    pub fn mint(prefix: &str, rng: &Rng) -> Token {
        Token(format!("{prefix}_{}", BASE64URL_NOPAD.encode(&rng.bytes::<32>())).into())
    }
    /// The text to hand over.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
    /// What to store.
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(self.expose())
    }
}

/// The SHA-256 of a token. A token holds 256 random bits, so nothing slower is needed.
#[derive(Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of what somebody presents as a token.
    pub fn of(presented: &str) -> TokenHash {
        TokenHash(Sha256::digest(presented.as_bytes()).into())
    }
    /// As bytes, for the database.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
    /// As it came from the database.
    pub fn from_bytes(bytes: [u8; 32]) -> TokenHash {
        TokenHash(bytes)
    }
    /// As 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        HEXLOWER.encode(&self.0)
    }
}

impl PartialEq for TokenHash {
    /// Takes the same time wherever the two differ.
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}
impl Eq for TokenHash {}
impl std::fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.hex())
    }
}

/// Whether two texts are the same, taking the same time wherever they differ. For secrets that cannot be hashed first.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    Sha256::digest(a).ct_eq(&Sha256::digest(b)).into()
}

/// HMAC-SHA1, which Ombud makes nowhere and checks where a partner signs with nothing better.
pub fn hmac_sha1(key: &[u8], parts: &[&[u8]]) -> [u8; 20] {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA256, the one signature Ombud makes.
pub fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed(key);
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // HMAC takes a key of any length, so this cannot fail
    Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"))
}

/// Signs small notes to ourselves that travel through other hands: links in mails, the state of a sign-in.
pub struct Signer {
    /// The first one signs; all of them verify.
    keys: Vec<secrecy::SecretBox<[u8; 32]>>,
}

/// No signed token is longer: it has to fit into a link.
const SIGNED_MAX: usize = 2_048;

impl Signer {
    /// `current` signs; what `older` keys signed stays valid until it ends.
    pub fn new(current: [u8; 32], older: impl IntoIterator<Item = [u8; 32]>) -> Signer {
        Signer { keys: std::iter::once(current).chain(older).map(|key| secrecy::SecretBox::new(Box::new(key))).collect() }
    }

    /// A token for `purpose` that carries `payload` until `expires`. The payload can be read by everyone who holds it.
    pub fn sign(&self, purpose: &str, payload: &str, expires: Timestamp) -> String {
        let mut body = expires.micros().to_be_bytes().to_vec();
        body.extend_from_slice(payload.as_bytes());
        // there is always a first key, `new` takes it apart from the others
        let mac = self.keys.first().map(|key| signature(key, purpose, &body)).unwrap_or_default();
        format!("{}.{}", BASE64URL_NOPAD.encode(&body), BASE64URL_NOPAD.encode(&mac))
    }

    /// A name for `purpose` that whoever holds the same key arrives at, and nobody else.
    pub fn name(&self, purpose: &str) -> String {
        let mac = self.keys.first().map(|key| signature(key, purpose, b"name")).unwrap_or_default();
        HEXLOWER.encode(&mac[..8])
    }

    /// A signature that fits where a token does not, such as into an address: the beginning of a whole one, without an end in time.
    pub fn mark<const N: usize>(&self, purpose: &str, body: &[u8]) -> [u8; N] {
        let mac = self.keys.first().map(|key| signature(key, purpose, body)).unwrap_or_default();
        beginning(&mac)
    }

    /// Whether a mark of `body` was made for `purpose`, by any of the keys.
    pub fn is_marked<const N: usize>(&self, purpose: &str, body: &[u8], mark: &[u8; N]) -> bool {
        let fits = |key| bool::from(beginning::<N>(&signature(key, purpose, body)).ct_eq(mark));
        self.keys.iter().fold(false, |found, key| found | fits(key))
    }

    /// The payload of a token that was signed for `purpose` and has not ended.
    pub fn verify(&self, purpose: &str, token: &str, now: Timestamp) -> Result<String> {
        let wrong = || invalid("token", say!("link-not-valid"));
        if token.len() > SIGNED_MAX {
            return Err(wrong());
        }
        let (body, mac) = token.split_once('.').ok_or_else(wrong)?;
        let body = BASE64URL_NOPAD.decode(body.as_bytes()).map_err(|_| wrong())?;
        let mac = BASE64URL_NOPAD.decode(mac.as_bytes()).map_err(|_| wrong())?;
        let signed = self.keys.iter().any(|key| bool::from(signature(key, purpose, &body).ct_eq(&mac)));
        let (expires, payload) = body.split_first_chunk::<8>().filter(|_| signed).ok_or_else(wrong)?;
        if Timestamp::from_micros(i64::from_be_bytes(*expires)) <= now {
            return Err(invalid("token", say!("link-expired")));
        }
        String::from_utf8(payload.to_vec()).map_err(|_| wrong())
    }
}

fn signature(key: &secrecy::SecretBox<[u8; 32]>, purpose: &str, body: &[u8]) -> [u8; 32] {
    // the length keeps "reset" + "x…" apart from "resetx" + "…"
    hmac_sha256(key.expose_secret(), &[&(purpose.len() as u64).to_be_bytes(), purpose.as_bytes(), body])
}

/// Less than 96 bits could be guessed one day.
fn beginning<const N: usize>(mac: &[u8; 32]) -> [u8; N] {
    const { assert!(N >= 12 && N <= 32) };
    std::array::from_fn(|at| mac[at])
}

/// What a shop says about the visitor it has signed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Claims {
    /// The shop's own id of the customer.
    pub sub: String,
    /// When the statement ends, in seconds since 1970.
    pub exp: i64,
    /// Used once: whoever verifies a token stores its nonce until `exp`.
    pub nonce: String,
    pub email: Option<String>,
    /// Whether the shop has seen proof that the address is the customer's.
    #[serde(default)]
    pub email_verified: bool,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    aud: Audience,
    nbf: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(serde::Deserialize)]
struct Header {
    alg: String,
    crit: Option<serde_json::Value>,
}

const JWT_MAX: usize = 4_096;
const JWT_LIFE: i64 = hours(1);
/// How far the clocks of two machines may be apart.
const SKEW: i64 = minutes(1);
/// A key shorter than the hash makes guessing it the cheapest attack (RFC 7518, 3.2).
pub const JWT_KEY_MIN: usize = 32;

/// Reads a JWT that a shop signed with HS256 and one of its `keys`, for `audience`.
///
/// Errors: `SignInNeeded`, saying what the shop's developer has to change.
pub fn verify_jwt(token: &str, keys: &[SecretString], now: Timestamp, audience: &str) -> Result<Claims> {
    let malformed = || Error::SignInNeeded(say!("signature-not-a-jwt"));
    if token.len() > JWT_MAX {
        return Err(Error::SignInNeeded(say!("signature-too-long", most = JWT_MAX)));
    }
    let (signed, mac) = token.rsplit_once('.').ok_or_else(malformed)?;
    let (header, claims) = signed.split_once('.').ok_or_else(malformed)?;
    let part = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| malformed());
    let (header, claims, mac) = (part(header)?, part(claims)?, part(mac)?);

    // a list of the right values could be read as well, and is no JWT (RFC 7519, 7.2)
    if ![&header, &claims].into_iter().all(|part| part.trim_ascii_start().starts_with(b"{")) {
        return Err(malformed());
    }
    let header: Header = serde_json::from_slice(&header).map_err(|_| malformed())?;
    if header.alg != "HS256" || header.crit.is_some() {
        return Err(Error::SignInNeeded(say!("signature-not-hs256")));
    }
    let ours = keys.iter().map(|key| key.expose_secret().as_bytes()).filter(|key| key.len() >= JWT_KEY_MIN);
    // every key is tried, whether or not an earlier one fits
    if !ours.fold(false, |found, key| found | bool::from(hmac_sha256(key, &[signed.as_bytes()]).ct_eq(&mac))) {
        return Err(Error::SignInNeeded(say!("signature-of-another-key")));
    }
    let claims = serde_json::from_slice(&claims).map_err(|_| Error::SignInNeeded(say!("signature-lacks-claims")))?;
    timely(claims, now, audience)
}

fn timely(claims: Claims, now: Timestamp, audience: &str) -> Result<Claims> {
    let moment = |seconds: i64| Timestamp::from_micros(seconds.saturating_mul(1_000_000));
    let exp = moment(claims.exp);
    let named = match &claims.aud {
        Audience::One(one) => one == audience,
        Audience::Many(many) => many.iter().any(|one| one == audience),
    };
    let proper = |text: &str| !text.trim().is_empty() && text.chars().count() <= 255 && !text.chars().any(char::is_control);
    let fault = if !named {
        say!("signature-for-another-shop")
    } else if exp <= now {
        say!("signature-expired")
    } else if exp > now + JWT_LIFE + SKEW {
        say!("signature-lives-too-long")
    } else if claims.nbf.is_some_and(|nbf| moment(nbf) > now + SKEW) {
        say!("signature-not-valid-yet")
    } else if !proper(&claims.sub) || !proper(&claims.nonce) {
        say!("signature-claims-not-readable")
    } else {
        return Ok(claims);
    };
    Err(Error::SignInNeeded(fault))
}

#[cfg(test)]
mod tests;
