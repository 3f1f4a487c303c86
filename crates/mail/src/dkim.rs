//! Signatures a domain puts on its letters (DKIM, RFC 6376): those of others, checked by us where no server we trust has done so,
//! and [ours](key).
//!
//! Whose keys are needed is said by [`key_names`]; whoever may reach a name server looks them up, and [`verified`] goes by what
//! was found. Nothing here asks anybody.

mod key;

use std::{
    collections::HashMap,
    pin::pin,
    task::{Context, Poll, Waker},
};

use mail_auth::{
    AuthenticatedMessage, DkimResult, DnsError, Error, MessageAuthenticator, Parameters, ResolverCache, Txt,
    common::{parse::TxtRecordParser, verify::DomainKey},
    hickory_resolver::config::{ResolverConfig, ResolverOpts},
};

pub use self::key::{Key, sign};
use crate::{Letter, authenticated::Finding};

/// Each signature may cost a walk over the whole letter.
const MOST_SIGNATURES: usize = 5;

/// The names under which the keys of a letter's signatures lie, as TXT records. None when it has more signatures than a letter
/// needs.
pub fn key_names(letter: &Letter, raw: &[u8]) -> Vec<String> {
    let Some(signed) = signed(letter, raw) else { return Vec::new() };
    let mut names: Vec<String> =
        signed.dkim_headers.iter().map(|field| format!("{}._domainkey.{}", field.header.s, field.header.d)).collect();
    names.dedup();
    names
}

/// What a letter's signatures are worth, by the `keys` found under their names: the text of a TXT record each.
///
/// A signature counts when it covers the author and all of the body.
pub fn verified(letter: &Letter, raw: &[u8], keys: &HashMap<String, String>) -> Vec<Finding> {
    let (Some(signed), Some(author)) = (signed(letter, raw), letter.from()) else { return Vec::new() };
    let Ok(verifier) = MessageAuthenticator::new(ResolverConfig::default(), ResolverOpts::default()) else { return Vec::new() };
    let known = Known::of(keys);
    let all = Parameters::new(&signed).with_txt_cache(&known);
    // every name is answered from what is known, so this never waits
    let Poll::Ready(outputs) = pin!(verifier.verify_dkim(all)).poll(&mut Context::from_waker(Waker::noop())) else { return Vec::new() };
    let host = author.host();
    let findings = outputs.iter().filter_map(|output| {
        let signature = output.signature()?;
        let covers_author = signature.h.iter().any(|name| name.eq_ignore_ascii_case("from"));
        let result = match output.result() {
            DkimResult::Pass if covers_author && signature.l == 0 => "pass",
            DkimResult::Pass => "policy",
            DkimResult::None => "none",
            DkimResult::TempError(_) => "temperror",
            DkimResult::PermError(_) => "permerror",
            DkimResult::Neutral(_) => "neutral",
            DkimResult::Fail(_) => "fail",
        };
        Some(Finding::about("dkim", result, &signature.d, &host))
    });
    findings.collect()
}

/// A letter's signatures, when it has one to a few.
fn signed<'x>(letter: &Letter, raw: &'x [u8]) -> Option<AuthenticatedMessage<'x>> {
    let count = letter.headers.lines("DKIM-Signature").take(MOST_SIGNATURES + 1).count();
    (1..=MOST_SIGNATURES).contains(&count).then(|| AuthenticatedMessage::parse(raw)).flatten()
}

/// The keys there are. What is not among them does not exist: the verifier would go and ask for it.
struct Known(HashMap<Box<str>, Txt>);

impl Known {
    fn of(keys: &HashMap<String, String>) -> Known {
        let read = |record: &String| DomainKey::parse(record.as_bytes()).map_or_else(Txt::Error, |key| Txt::DomainKey(key.into()));
        // the verifier asks for names with the dot at their end
        Known(keys.iter().map(|(name, record)| (format!("{name}.").into(), read(record))).collect())
    }
}

impl ResolverCache<Box<str>, Txt> for Known {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: std::borrow::Borrow<Q>,
        Q: std::hash::Hash + Eq + ?Sized,
    {
        Some(self.0.get(name).cloned().unwrap_or(Txt::Error(Error::Dns(DnsError::InvalidRecordType))))
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: std::borrow::Borrow<Q>,
        Q: std::hash::Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: std::time::Instant) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Verdict, authenticated};

    /// The example of RFC 8463, signed in two ways.
    const SIGNED: &str = include_str!("../letters/signed.eml");

    fn keys() -> HashMap<String, String> {
        let keys = [
            ("brisbane._domainkey.football.example.com", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="),
            (
                "test._domainkey.football.example.com",
                "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/\
                 byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
            ),
        ];
        keys.map(|(name, record)| (name.to_owned(), record.to_owned())).into()
    }

    /// What each signature is worth, and what follows.
    fn judged(raw: &str, keys: &HashMap<String, String>) -> (Vec<String>, Verdict) {
        let letter = Letter::read(raw.as_bytes()).unwrap();
        let found = verified(&letter, raw.as_bytes(), keys);
        let results = found.iter().map(|finding| finding.result.clone()).collect();
        (results, authenticated(&letter, &[]).and(found).verdict)
    }

    #[test]
    fn a_signature_of_the_authors_domain_proves_the_author() {
        let letter = Letter::read(SIGNED.as_bytes()).unwrap();
        assert_eq!(
            key_names(&letter, SIGNED.as_bytes()),
            ["brisbane._domainkey.football.example.com", "test._domainkey.football.example.com"]
        );
        assert_eq!(judged(SIGNED, &keys()), (vec!["pass".into(), "pass".into()], Verdict::Proved));
    }

    #[test]
    fn whatever_is_altered_proves_nothing() {
        for (from, to) in [
            ("We lost the game.", "We won the game."),
            ("Subject: Is dinner ready?", "Subject: Is lunch ready?"),
            ("From: Joe SixPack <joe@football.example.com>", "From: Joe SixPack <joe@shop.example.com>"),
            ("To: Suzie Q", "From: eve@evil.example\r\nTo: Suzie Q"),
            ("d=football.example.com", "d=evil.example"),
            ("h=from : to", "h=to : to"),
        ] {
            assert!(SIGNED.contains(from), "{from}");
            assert_eq!(judged(&SIGNED.replace(from, to), &keys()).1, Verdict::Unknown, "{from}");
        }
        assert_eq!(judged(SIGNED, &HashMap::new()).1, Verdict::Unknown);
        let other = keys().into_keys().map(|name| (name, "v=DKIM1; p=".to_owned())).collect();
        assert_eq!(judged(SIGNED, &other).1, Verdict::Unknown);
        let nonsense = keys().into_keys().map(|name| (name, "nonsense".to_owned())).collect();
        assert_eq!(judged(SIGNED, &nonsense).1, Verdict::Unknown);
    }

    #[test]
    fn a_heap_of_signatures_is_not_looked_at() {
        let more =
            |n: usize| format!("{}{SIGNED}", "DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=s; h=from; bh=AA==; b=AA==\r\n".repeat(n));
        let names = |raw: &str| key_names(&Letter::read(raw.as_bytes()).unwrap(), raw.as_bytes()).len();
        assert!(names(&more(MOST_SIGNATURES - 2)) > 0);
        assert_eq!((names(&more(MOST_SIGNATURES - 1)), names("From: a@x.example\r\n\r\nHi")), (0, 0));
        assert_eq!(judged(&more(MOST_SIGNATURES - 1), &keys()), (Vec::new(), Verdict::Unknown));
    }
}
