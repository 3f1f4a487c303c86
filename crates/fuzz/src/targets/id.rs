//! Ids, cursors, moments and languages: what can be read is written the same again.

use kernel::{ConversationId, Cursor, Language, MessageId, ShopId, Timestamp};

pub const WORDS: &[&str] = &[
    "cnv_",
    "msg_",
    "shp_",
    "00000000000000000000000000",
    "7vvvvvvvvvvvvvvvvvvvvvvvvv",
    "2026-11-23T10:00:00Z",
    "+14:00",
    "-009999",
    "[Europe/Oslo]",
];

fn round<T: std::str::FromStr + ToString>(text: &str) {
    if let Ok(read) = text.parse::<T>() {
        assert_eq!(read.to_string(), text, "one spelling, and no other");
    }
}

pub fn id(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    round::<ConversationId>(&text);
    round::<MessageId>(&text);
    round::<ShopId>(&text);
    round::<Cursor>(&text);
    if let Ok(moment) = text.parse::<Timestamp>() {
        // the last second of all is one moment
        assert_eq!(moment.to_string().parse::<Timestamp>().ok().map(Timestamp::calendar), Some(moment.calendar()), "{moment}");
    }
    if let Some(language) = Language::from_tag(&text) {
        assert_eq!(Language::from_tag(language.code()), Some(language));
    }
}
