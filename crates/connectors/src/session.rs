//! What shop systems give out at sign-in, by what was signed in with. It is lost with the process, and asked for again.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use data_encoding::HEXLOWER;
use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::connector::Settings;

#[derive(Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, SecretString>>);

impl Sessions {
    // each change to the map is one call, so a panic leaves it whole
    pub fn of(&self, settings: &Settings) -> Option<SecretString> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key(settings)).cloned()
    }
    pub fn keep(&self, settings: &Settings, session: SecretString) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key(settings), session);
    }
    pub fn forget(&self, settings: &Settings) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(settings));
    }
}

/// A session is found again by all it was opened with.
fn key(settings: &Settings) -> String {
    let mut hash = Sha256::new();
    for part in settings.iter().flat_map(|(name, value)| [name, value]) {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    HEXLOWER.encode(&hash.finalize())
}
