//! The name of a letter, by which others refer to it.

use std::fmt;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// Longer than any that was ever made on purpose.
const LONGEST: usize = 250;

/// A Message-ID without its angle brackets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize)]
pub struct MessageId(String);

impl MessageId {
    /// What stands for an id in a header or in a column; none when it is odd.
    pub fn read(text: &str) -> Option<MessageId> {
        let id = text.trim().trim_start_matches('<').trim_end_matches('>');
        let plain = id.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b'\\'));
        (plain && (3..=LONGEST).contains(&id.len())).then(|| MessageId(id.to_owned()))
    }

    /// For a letter that has none, or an odd one: the same for the same bytes, wherever and whenever they are read.
    pub fn of_bytes(raw: &[u8]) -> MessageId {
        MessageId(format!("{}@without-id.invalid", HEXLOWER.encode(&Sha256::digest(raw)[..16])))
    }

    /// One of ours, which is known to be fine.
    pub(crate) fn made(id: String) -> MessageId {
        MessageId(id)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_plain_letters_of_some_length() {
        for (text, id) in [
            ("<abc@example.com>", Some("abc@example.com")),
            ("abc@example.com", Some("abc@example.com")),
            ("<1234>", Some("1234")),
            ("<>", None),
            ("", None),
            ("<a b@example.com>", None),
            ("<a\r\nBcc: x@example.com>", None),
            ("<ødegård@example.com>", None),
            ("<a<b>c@example.com>", None),
        ] {
            assert_eq!(MessageId::read(text).as_ref().map(MessageId::as_str), id, "{text:?}");
        }
        assert!(MessageId::read(&"a".repeat(LONGEST)).is_some() && MessageId::read(&"a".repeat(LONGEST + 1)).is_none());
    }

    #[test]
    fn a_made_up_id_is_the_same_for_the_same_letter() {
        assert_eq!(MessageId::of_bytes(b"Hi"), MessageId::of_bytes(b"Hi"));
        assert_ne!(MessageId::of_bytes(b"Hi"), MessageId::of_bytes(b"Ho"));
        assert!(MessageId::read(MessageId::of_bytes(b"Hi").as_str()).is_some());
    }
}
