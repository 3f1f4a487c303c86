use std::collections::HashSet;

use serde_json::{Value, json};

use super::*;

const NOW: Timestamp = Timestamp::from_micros(1_763_892_000_000_000);
const KEY: &str = "a-shop's-shared-key-of-32-letters-or-more";

#[test]
fn minted_tokens_differ_in_every_bit_and_do_not_show_themselves() {
    let rng = Rng::system();
    let tokens: Vec<Token> = (0..10_000).map(|_| Token::mint("oat", &rng)).collect();
    assert_eq!(tokens.iter().map(Token::expose).collect::<HashSet<_>>().len(), tokens.len());
    let token = &tokens[0];
    assert!(token.expose().starts_with("oat_") && token.expose().len() == 4 + 43);
    assert!(!format!("{token:?}").contains(&token.expose()[4..]));

    // each of the 256 bits is set in about half of them: 5000 ± 7 standard deviations
    let bits = tokens.iter().map(|t| BASE64URL_NOPAD.decode(&t.expose().as_bytes()[4..]).unwrap());
    let mut set = [0_u32; 256];
    for bytes in bits {
        (0..256).for_each(|bit| set[bit] += u32::from(bytes[bit / 8] >> (bit % 8) & 1));
    }
    assert!(set.iter().all(|n| (4_650..5_350).contains(n)), "{set:?}");
}

#[test]
fn a_hash_recognises_its_token_only() {
    let token = Token::mint("ses", &Rng::seeded(1));
    let stored = TokenHash::from_bytes(*token.hash().as_bytes());
    assert_eq!(TokenHash::of(token.expose()), stored);
    assert_ne!(TokenHash::of(&token.expose()[1..]), stored);
    assert_eq!(TokenHash::of("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert!(same(b"one", b"one") && !same(b"one", b"two") && !same(b"one", b"one "));
}

#[test]
fn a_mark_is_good_for_its_purpose_and_text_under_any_of_the_keys() {
    let (old, new) = (Signer::new([1; 32], []), Signer::new([2; 32], [[1; 32]]));
    let mark: [u8; 12] = old.mark("letter", b"cnv_1");
    assert!(old.is_marked("letter", b"cnv_1", &mark) && new.is_marked("letter", b"cnv_1", &mark));
    assert!(!old.is_marked("letters", b"cnv_1", &mark) && !old.is_marked("letter", b"cnv_2", &mark));
    assert!(!Signer::new([2; 32], []).is_marked("letter", b"cnv_1", &mark));
    assert!(!old.is_marked("letter", b"cnv_1", &new.mark::<12>("letter", b"cnv_1")), "the newest key marks");
    for bit in 0..96 {
        let mut altered = mark;
        altered[bit / 8] ^= 1 << (bit % 8);
        assert!(!old.is_marked("letter", b"cnv_1", &altered), "{bit}");
    }
}

#[test]
fn a_signed_token_is_good_for_its_purpose_until_its_end() {
    let signer = Signer::new([1; 32], []);
    let token = signer.sign("reset", "per_1", NOW + minutes(10));
    assert_eq!(signer.verify("reset", &token, NOW).unwrap(), "per_1");
    assert_eq!(signer.verify("reset", &token, NOW + minutes(10) - 1).unwrap(), "per_1");
    for (purpose, now) in [("reset", NOW + minutes(10)), ("reset", NOW + hours(99)), ("invite", NOW), ("rese", NOW), ("", NOW)] {
        assert!(signer.verify(purpose, &token, now).is_err(), "{purpose} {now}");
    }
    assert!(Signer::new([2; 32], []).verify("reset", &token, NOW).is_err());
}

#[test]
fn a_purpose_cannot_lend_letters_to_the_payload() {
    // without the length, purpose "a" over expires+payload could be read as another split of the same bytes
    let signer = Signer::new([1; 32], []);
    let end = NOW + minutes(1);
    let token = signer.sign("ab", "c", end);
    assert!(signer.verify("a", &token, NOW).is_err());
    assert_ne!(signer.sign("a", "bc", end).split_once('.').unwrap().1, token.split_once('.').unwrap().1);
}

#[test]
fn an_altered_token_is_refused_wherever_it_was_altered() {
    let signer = Signer::new([1; 32], []);
    let token = signer.sign("reset", "per_1", NOW + minutes(10));
    for place in 0..token.len() {
        let mut altered = token.clone().into_bytes();
        altered[place] = if altered[place] == b'A' { b'B' } else { b'A' };
        assert!(signer.verify("reset", std::str::from_utf8(&altered).unwrap(), NOW).is_err(), "{place}");
    }
    for text in ["", ".", "a.b", &token[1..], &format!("{token}A"), &format!("{token}.x"), &"A".repeat(9_999), "🦊.🦊"] {
        assert!(signer.verify("reset", text, NOW).is_err(), "{text}");
    }
}

#[test]
fn a_rotated_key_still_verifies_until_it_is_dropped() {
    let token = Signer::new([1; 32], []).sign("reset", "x", NOW + minutes(1));
    assert!(Signer::new([2; 32], [[1; 32]]).verify("reset", &token, NOW).is_ok());
    assert!(Signer::new([2; 32], []).verify("reset", &token, NOW).is_err());
}

fn jwt(header: Value, claims: &Value, key: &str) -> String {
    let part = |v: &Value| BASE64URL_NOPAD.encode(v.to_string().as_bytes());
    let signed = format!("{}.{}", part(&header), part(claims));
    let mac = hmac_sha256(key.as_bytes(), &[signed.as_bytes()]);
    format!("{signed}.{}", BASE64URL_NOPAD.encode(&mac))
}

fn hs256() -> Value {
    json!({"alg": "HS256", "typ": "JWT"})
}

fn claims(change: Value) -> Value {
    let mut claims = json!({
        "sub": "1001", "exp": NOW.micros() / 1_000_000 + 300, "aud": "shp_1", "nonce": "n1", "email": "mara@example.com",
    });
    for (name, value) in change.as_object().unwrap() {
        claims[name] = value.clone();
    }
    claims
}

fn read(token: &str) -> Result<Claims> {
    verify_jwt(token, &["another-key-of-32-letters-or-more-here".into(), KEY.into()], NOW, "shp_1")
}

#[test]
fn a_jwt_of_the_shop_says_who_the_visitor_is() {
    for change in [json!({}), json!({"aud": ["x", "shp_1"]}), json!({"more": 1}), json!({"nbf": NOW.micros() / 1_000_000 + 30})] {
        let read = read(&jwt(hs256(), &claims(change), KEY)).unwrap();
        assert_eq!((read.sub.as_str(), read.email.as_deref(), read.email_verified), ("1001", Some("mara@example.com"), false));
    }
}

#[test]
fn the_example_of_rfc_7515_is_recognised() {
    // appendix A.1, with its binary key; the claims are not ours, so the signature passes and the claims do not
    let key = BASE64URL_NOPAD.decode(b"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow").unwrap();
    let signed = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    assert_eq!(BASE64URL_NOPAD.encode(&hmac_sha256(&key, &[signed.as_bytes()])), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

#[test]
fn every_other_jwt_is_refused_with_a_reason() {
    let now = NOW.micros() / 1_000_000;
    for (change, reason) in [
        (json!({"aud": "shp_2"}), "aud"),
        (json!({"aud": []}), "aud"),
        (json!({"exp": now}), "expired"),
        (json!({"exp": now - 1}), "expired"),
        (json!({"exp": i64::MIN}), "expired"),
        (json!({"exp": now + 3_661}), "one hour"),
        (json!({"exp": i64::MAX}), "one hour"),
        (json!({"nbf": now + 61}), "not valid yet"),
        (json!({"sub": " "}), "sub"),
        (json!({"nonce": ""}), "nonce"),
        (json!({"nonce": "x".repeat(256)}), "nonce"),
        (json!({"exp": null}), "needs the claims"),
        (json!({"exp": "soon"}), "needs the claims"),
        (json!({"exp": 1.5}), "needs the claims"),
        (json!({"aud": null}), "needs the claims"),
        (json!({"nonce": null}), "needs the claims"),
        (json!({"sub": 1001}), "needs the claims"),
    ] {
        let error = read(&jwt(hs256(), &claims(change.clone()), KEY)).unwrap_err().to_string();
        assert!(error.contains(reason), "{change}: {error}");
    }

    let good = jwt(hs256(), &claims(json!({})), KEY);
    let (signed, mac) = good.rsplit_once('.').unwrap();
    for (token, reason) in [
        (jwt(json!({"alg": "none"}), &claims(json!({})), KEY), "HS256"),
        (jwt(json!({"alg": "hs256"}), &claims(json!({})), KEY), "HS256"),
        (jwt(json!({"alg": "RS256"}), &claims(json!({})), KEY), "HS256"),
        (jwt(json!(["HS256", null]), &claims(json!({})), KEY), "header, claims"),
        (jwt(json!({"alg": "HS256", "crit": ["exp"]}), &claims(json!({})), KEY), "HS256"),
        (jwt(hs256(), &claims(json!({})), "some-other-shop's-key-of-32-letters"), "key of this shop"),
        (format!("{signed}."), "key of this shop"),
        (format!("{signed}.{}", &mac[..40]), "key of this shop"),
        (format!("{signed}.{mac}.{mac}"), "header, claims"),
        (signed.into(), "header, claims"),
        (format!("{good}="), "header, claims"),
        (String::new(), "header, claims"),
        ("a.b.c".into(), "header, claims"),
        (format!("{good}{}", "A".repeat(JWT_MAX)), "4096"),
    ] {
        let error = read(&token).unwrap_err().to_string();
        assert!(error.contains(reason), "{token}: {error}");
    }
}

#[test]
fn a_key_too_short_to_be_safe_signs_nobody_in() {
    let token = jwt(hs256(), &claims(json!({})), "short");
    assert!(verify_jwt(&token, &["short".into()], NOW, "shp_1").is_err());
    assert!(verify_jwt(&jwt(hs256(), &claims(json!({})), ""), &[], NOW, "shp_1").is_err());
}
