//! The code of a gift card: whoever has it can spend what is on the card. Ombud keeps its hash and its last four letters.

use platform::{rng::Rng, token::TokenHash};
use secrecy::{ExposeSecret, SecretString};

/// Digits and capital letters that nobody takes for one another: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Five bits each: 100 in all, and 80 that the last four letters do not tell.
const LETTERS: usize = 20;

/// A code as it is handed over, once.
#[derive(Debug, Clone)]
pub struct GiftCode(SecretString);

impl GiftCode {
    /// A new code of 100 random bits.
    pub fn mint(rng: &Rng) -> GiftCode {
        let letters: String = rng.bytes::<LETTERS>().iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        GiftCode(letters.into())
    }

    /// What somebody typed: in small letters, with gaps, or with a letter that looks like another. `None` when it is no code.
    pub fn read(typed: &str) -> Option<GiftCode> {
        let letters: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(likely).collect();
        let fine = letters.len() == LETTERS && letters.bytes().all(|letter| ALPHABET.contains(&letter));
        fine.then(|| GiftCode(letters.into()))
    }

    /// As people read and type it: `7K2M-…`, in fives of four.
    pub fn expose(&self) -> String {
        let fours: Vec<String> = self.letters().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
        fours.join("-")
    }

    /// What people tell cards apart by.
    pub fn last4(&self) -> String {
        String::from_utf8_lossy(&self.letters()[LETTERS - 4..]).into_owned()
    }

    /// What is stored.
    pub fn hash(&self) -> String {
        TokenHash::of(self.0.expose_secret()).hex()
    }

    fn letters(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

fn likely(letter: char) -> char {
    match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = GiftCode::read("0123-4567-89AB-CDEF-GHJ1").unwrap();
        assert_eq!((code.expose().as_str(), code.last4().as_str()), ("0123-4567-89AB-CDEF-GHJ1", "GHJ1"));
        for typed in ["0123456789abcdefghj1", " oi23 4567 89AB cdef GHJl ", "0123–4567-89AB-CDEF-GHJ1".replace('–', "-").as_str()] {
            assert_eq!(GiftCode::read(typed).map(|read| read.hash()), Some(code.hash()), "{typed}");
        }
        for wrong in
            ["", "0123-4567-89AB-CDEF-GHJ", "0123-4567-89AB-CDEF-GHJ12", "0123-4567-89AB-CDEF-GHJU", "0123-4567-89AB-CDEF-GHJé", "🦊"]
        {
            assert!(GiftCode::read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn codes_are_all_different_and_do_not_show_themselves() {
        let rng = Rng::seeded(1);
        let codes: Vec<GiftCode> = (0..2_000).map(|_| GiftCode::mint(&rng)).collect();
        assert_eq!(codes.iter().map(GiftCode::hash).collect::<BTreeSet<_>>().len(), codes.len());
        for code in &codes {
            assert_eq!(GiftCode::read(&code.expose()).map(|read| read.hash()), Some(code.hash()));
            assert!(!format!("{code:?}").contains(&code.last4()));
        }
        // every letter at every place
        for at in 0..LETTERS {
            assert_eq!(codes.iter().map(|code| code.letters()[at]).collect::<BTreeSet<_>>().len(), 32, "{at}");
        }
    }
}
