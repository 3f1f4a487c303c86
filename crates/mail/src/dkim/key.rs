//! A key of ours, by which a domain signs what leaves for it.

use data_encoding::BASE64;
use kernel::{Error, Result};
use mail_auth::{
    common::{
        crypto::{RsaKey, Sha256},
        headers::HeaderWriter,
    },
    dkim::DkimSigner,
};
use rsa::{
    RsaPrivateKey,
    pkcs8::{EncodePrivateKey, EncodePublicKey},
    rand_core::OsRng,
};
use rustls_pki_types::PrivatePkcs8KeyDer;

/// Long enough for every receiver, and short enough for the field a domain's host lets people write into.
const BITS: usize = 2_048;
/// What a signature covers, where a letter has it. Twice the author and the subject: nobody can add another one.
const COVERS: [&str; 14] = [
    "From",
    "From",
    "Subject",
    "Subject",
    "To",
    "Cc",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
    "Auto-Submitted",
];

/// A private key, and what the domain tells of it.
#[derive(Debug, Clone)]
pub struct Key {
    /// PKCS#8, as DER.
    pub private: Vec<u8>,
    /// The text (TXT) that stands at the domain.
    pub record: String,
}

impl Key {
    /// A new one, by the machine's own chance. It takes a processor up to a second.
    ///
    /// Errors: `Broken` when it cannot be made.
    pub fn generate() -> Result<Key> {
        // the library that signs makes no RSA keys, and not every receiver knows others
        let pair = RsaPrivateKey::new(&mut OsRng, BITS).map_err(broken)?;
        let private = pair.to_pkcs8_der().map_err(broken)?.as_bytes().to_vec();
        // as everybody writes it down, whatever RFC 6376 says (its erratum 3017)
        let public = pair.to_public_key().to_public_key_der().map_err(broken)?;
        Ok(Key { private, record: format!("v=DKIM1; k=rsa; p={}", BASE64.encode(public.as_bytes())) })
    }
}

/// Signs a letter for the domain, by the key that stands under this selector: the letter with the signature before it.
///
/// Errors: `Broken` when the key is none.
pub fn sign(letter: Vec<u8>, domain: &str, selector: &str, private: &[u8]) -> Result<Vec<u8>> {
    let key = RsaKey::<Sha256>::from_key_der(PrivatePkcs8KeyDer::from(private).into()).map_err(broken)?;
    let signed = DkimSigner::from_key(key).domain(domain).selector(selector).headers(COVERS).sign(&letter).map_err(broken)?;
    let mut whole = signed.to_header().into_bytes();
    whole.extend(letter);
    Ok(whole)
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::broken(format!("DKIM: {error}"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{Letter, Verdict, authenticated, dkim};

    const PLAIN: &str = "From: Fjell <help@fjell.example>\r\nTo: mara@example.org\r\nSubject: Your tent\r\n\r\nIt is on its way.\r\n";

    fn verdict(letter: &str, keys: &HashMap<String, String>) -> Verdict {
        let read = Letter::read(letter.as_bytes()).unwrap();
        authenticated(&read, &[]).and(dkim::verified(&read, letter.as_bytes(), keys)).verdict
    }

    #[test]
    fn what_we_sign_is_proved_by_what_the_domain_tells_and_by_nothing_else() {
        let (key, other) = (Key::generate().unwrap(), Key::generate().unwrap());
        let letter = String::from_utf8(sign(PLAIN.into(), "fjell.example", "ombud1", &key.private).unwrap()).unwrap();
        assert!(letter.starts_with("DKIM-Signature: ") && letter.ends_with(PLAIN), "{letter}");
        let told = |record: &str| HashMap::from([("ombud1._domainkey.fjell.example".to_owned(), record.to_owned())]);
        assert_eq!(verdict(&letter, &told(&key.record)), Verdict::Proved);
        assert_eq!(verdict(&letter, &told(&other.record)), Verdict::Unknown);
        for (from, to) in [
            ("on its way", "lost"),
            ("Subject: Your tent", "Subject: Your money"),
            ("To: mara", "From: eve@evil.example\r\nTo: mara"),
            ("Subject: Your tent", "Subject: Your tent\r\nSubject: Your money"),
        ] {
            assert_eq!(verdict(&letter.replace(from, to), &told(&key.record)), Verdict::Unknown, "{to}");
        }
    }

    #[test]
    fn a_record_fits_where_it_is_written_and_a_key_that_is_none_signs_nothing() {
        // most hosts take 512 characters at least, in pieces of 255
        assert!(Key::generate().unwrap().record.len() < 512);
        assert!(sign(PLAIN.into(), "fjell.example", "ombud1", b"nonsense").is_err());
    }
}
