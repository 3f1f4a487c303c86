//! Passwords of people who sign in.

use std::{fmt, sync::Arc};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc::PasswordHash};
use kernel::{Error, Result, invalid, say};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::rng::Rng;

/// Hashes and verifies passwords with argon2id, at most two at a time: each takes 46 MiB for a third of a second,
/// and a flood of sign-ins must wait in line, not fill the memory.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    in_line: Arc<Semaphore>,
    /// The hash of no password, verified when there is no such account.
    nobody: Arc<str>,
}

const AT_ONCE: usize = 2;
const SHORTEST: usize = 10;
const LONGEST: usize = 128;
/// One per line, of at least ten characters: shorter ones are refused anyway.
const COMMON: &str = include_str!("common_passwords.txt");

impl Passwords {
    /// At the strength for real accounts.
    pub fn new() -> Result<Passwords> {
        Self::with(Params::new(47_104, 1, 1, None).map_err(Error::broken)?)
    }

    /// At another strength, for tests that sign many people in.
    pub fn with(params: Params) -> Result<Passwords> {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        // the output is not the hash of anything, so no password fits; verifying it costs what any other costs
        let like = Argon2::new(Algorithm::Argon2id, Version::V0x13, cheapest()?);
        let mut nobody: PasswordHash = like.hash_password_with_salt(b"", &[0; 16]).map_err(Error::broken)?;
        nobody.params = argon2.params().try_into().map_err(|_| Error::broken("these argon2 parameters cannot be written down"))?;
        Ok(Passwords { argon2, in_line: Arc::new(Semaphore::new(AT_ONCE)), nobody: nobody.to_string().into() })
    }

    /// The text to store for `password`, which [`check`] has let pass.
    pub async fn hash(&self, password: &SecretString, rng: &Rng) -> Result<String> {
        let (argon2, salt) = (self.argon2.clone(), rng.bytes::<16>());
        self.in_turn(password, move |password| {
            let hash: PasswordHash = argon2.hash_password_with_salt(password, &salt).map_err(Error::broken)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether `password` is the one stored as `stored`.
    pub async fn verify(&self, password: &SecretString, stored: &str) -> Result<bool> {
        // longer ones are never stored; hashing megabytes would be a gift to whoever sends them
        if password.expose_secret().chars().count() > LONGEST {
            return Ok(false);
        }
        let (argon2, stored) = (self.argon2.clone(), PasswordHash::new(stored).map_err(Error::broken)?);
        self.in_turn(password, move |password| match argon2.verify_password(password, &stored) {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(Error::broken(error)),
        })
        .await
    }

    /// Takes as long as [`Passwords::verify`], for an address without an account:
    /// otherwise the time of the answer would tell who has one.
    pub async fn verify_nobody(&self, password: &SecretString) -> Result<bool> {
        self.verify(password, &self.nobody).await.map(|_| false)
    }

    /// Whether `stored` was hashed at another strength and should be hashed again at the next sign-in.
    pub fn is_outdated(&self, stored: &str) -> bool {
        PasswordHash::new(stored).ok().and_then(|hash| Params::try_from(&hash).ok()).is_none_or(|params| {
            let ours = self.argon2.params();
            (params.m_cost(), params.t_cost(), params.p_cost()) != (ours.m_cost(), ours.t_cost(), ours.p_cost())
        })
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        password: &SecretString,
        work: impl FnOnce(&[u8]) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = Arc::clone(&self.in_line).acquire_owned().await.map_err(Error::broken)?;
        let password = password.clone();
        // the turn ends with the work, even when the caller has gone away meanwhile
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            // one keyboard writes ç as one character, another as two: to its owner it is the same password
            let password = Zeroizing::new(password.expose_secret().nfc().collect::<String>());
            work(password.as_bytes())
        })
        .await
        .map_err(Error::broken)?
    }
}

fn cheapest() -> Result<Params> {
    Params::new(Params::MIN_M_COST, 1, 1, None).map_err(Error::broken)
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords at {:?}", self.argon2.params())
    }
}

/// Whether `password` will do for the account of `email`.
///
/// Errors: `Invalid` on `password`, saying what would be better.
pub fn check(password: &SecretString, email: &str) -> Result<()> {
    let password = password.expose_secret();
    let folded = password.to_lowercase();
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let length = password.chars().count();
    let fault = if length < SHORTEST {
        say!("password-too-short", least = SHORTEST)
    } else if length > LONGEST {
        say!("password-too-long", most = LONGEST)
    } else if folded.trim() == email.trim().to_lowercase() || folded.trim() == local {
        say!("password-is-the-address")
    } else if COMMON.lines().any(|common| common == folded) || is_one_letter(&folded) {
        say!("password-easily-guessed")
    } else {
        return Ok(());
    };
    Err(invalid("password", fault))
}

fn is_one_letter(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_none_or(|first| letters.all(|letter| letter == first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cheap() -> Passwords {
        Passwords::with(cheapest().unwrap()).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_recognised_and_another_is_not() {
        let (passwords, rng) = (cheap(), Rng::system());
        let stored = passwords.hash(&"correct horse".into(), &rng).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{stored}");
        assert!(passwords.verify(&"correct horse".into(), &stored).await.unwrap());
        for other in ["correct hors", "Correct horse", "", "correct horse ", &"x".repeat(1_000_000)] {
            assert!(!passwords.verify(&other.into(), &stored).await.unwrap());
        }
        let composed = passwords.hash(&"\u{e7}ok gizli \u{15f}ifre".into(), &rng).await.unwrap();
        assert!(passwords.verify(&"c\u{327}ok gizli s\u{327}ifre".into(), &composed).await.unwrap());
        assert_ne!(stored, passwords.hash(&"correct horse".into(), &rng).await.unwrap());
        assert!(passwords.verify(&"x".into(), "not a hash").await.is_err());
    }

    #[tokio::test]
    async fn nobody_costs_what_somebody_costs() {
        let passwords = cheap();
        for password in ["", "correct horse"] {
            assert!(!passwords.verify_nobody(&password.into()).await.unwrap());
        }
        // cost is decided by the parameters written in the hash, and by its lengths
        let somebody = passwords.hash(&"correct horse".into(), &Rng::system()).await.unwrap();
        for passwords in [passwords, Passwords::new().unwrap()] {
            let somebody = somebody.replace("m=8,", &format!("m={},", passwords.argon2.params().m_cost()));
            assert_eq!(somebody.rsplitn(3, '$').last(), passwords.nobody.rsplitn(3, '$').last());
            assert_eq!(somebody.len(), passwords.nobody.len());
        }
    }

    #[tokio::test]
    async fn a_strength_that_has_changed_is_noticed_and_still_verifies() {
        let old = cheap().hash(&"correct horse".into(), &Rng::system()).await.unwrap();
        let stronger = Passwords::with(Params::new(64, 2, 1, None).unwrap()).unwrap();
        assert!(stronger.is_outdated(&old) && !cheap().is_outdated(&old) && stronger.is_outdated("nonsense"));
        assert!(stronger.verify(&"correct horse".into(), &old).await.unwrap());
        assert!(format!("{:?}", Passwords::new().unwrap()).contains("47104"));
    }

    #[tokio::test]
    async fn a_third_one_waits_in_line() {
        let passwords = cheap();
        let turns = Arc::clone(&passwords.in_line).acquire_many_owned(2).await.unwrap();
        let password = SecretString::from("correct horse");
        let mut third = Box::pin(passwords.verify_nobody(&password));
        assert!(futures::poll!(&mut third).is_pending());
        drop(turns);
        assert!(!third.await.unwrap());
        assert_eq!(passwords.in_line.available_permits(), 2);
    }

    #[test]
    fn what_guessers_try_first_is_refused() {
        for (password, reason) in [
            ("short", Some("10 characters")),
            ("ni tegn!!", Some("10 characters")),
            (&"x1".repeat(65), Some("128")),
            ("mara@example.com", Some("e-mail")),
            ("Mara@Example.com", Some("e-mail")),
            ("1234567890", Some("guess")),
            ("Password123", Some("guess")),
            ("qwertyuiop", Some("guess")),
            ("aaaaaaaaaaaa", Some("guess")),
            ("correct horse", None),
            ("蓝色的狐狸跳过了那只懒狗", None),
            ("çok gizli şifre", None),
            (&"x1".repeat(64), None),
        ] {
            let found = check(&password.into(), "mara@example.com").err().map(|e| e.to_string());
            match (reason, &found) {
                (None, None) => {}
                (Some(reason), Some(found)) if found.contains(reason) => {}
                _ => panic!("{password}: {found:?}"),
            }
        }
        assert!(check(&"mara.hansen".into(), "Mara.Hansen@example.com").is_err());
        assert!(COMMON.lines().count() >= 100 && COMMON.lines().all(|p| p.chars().count() >= SHORTEST && p == p.to_lowercase()));
    }
}
