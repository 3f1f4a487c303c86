//! What partners call with: whatever it is, it is understood or it is not, the same each time, and what is understood can be kept.

use channels::{
    lines::{PARTNERS, told},
    partner::{Arriving, News, Of, Reached, Receipt, Turn, Turned},
};

use super::is_trick;

pub const WORDS: &[&str] = &[
    "\"type\":\"text\"",
    "\"text\":{\"body\":\"\\u0000\\u202e\"}",
    "\"message\":{\"mid\":\"m\",\"text\":\"Hi\"}",
    "\"sender\":{\"id\":\"1\"}",
    "\"read\":{\"watermark\":9223372036854775807}",
    "\"delivery\":{\"watermark\":-1}",
    "\"statuses\":[{\"id\":\"w\",\"status\":\"failed\",\"errors\":[{}]}]",
    "\"phone_number_id\":\"301\"",
    "\"attachments\":[{\"type\":\"file\",\"payload\":{\"url\":\"javascript:\"}}]",
    "\"photo\":[{\"file_id\":\"p\"}]",
    "\"edited_message\":",
    "\"data\":{\"event_type\":\"dm.received\",\"payload\":",
    "\"message_create\":{\"sender_id\":\"2\",\"target\":{\"recipient_id\":\"301\"}}",
    "\"media_url_https\":\"https://ton.twitter.com/dm/1/../a\"",
    "\"expanded_url\":\"\\u202e\"",
    "&NumMedia=99999999999999999999",
    "&MediaUrl0=file%3A%2F%2F%2Fetc",
    "&OptOutType=STOP",
    "&MessageStatus=delivered",
    "&message=msg_",
    "%00",
    "%e2%80%ae",
    "null",
    "[]",
    "{}",
    "-9223372036854775808",
    "1e308",
];

pub fn partners(data: &[u8]) {
    let Ok(body) = std::str::from_utf8(data) else { return };
    for partner in PARTNERS {
        let read = || told(partner, "301", body);
        let Ok(all) = read() else { continue };
        assert_eq!(read().as_ref(), Ok(&all), "it is read once more when its turn comes");
        all.iter().for_each(can_be_kept);
    }
}

fn can_be_kept(news: &News) {
    match news {
        News::Message(Arriving { peer, name, phone, reference, text, files, place, .. }) => {
            let of_place = place.iter().flat_map(|place| place.post.iter().chain([&place.thread]));
            [peer, reference].into_iter().chain(of_place).for_each(|id| is_line(id, 300));
            name.iter().for_each(|name| is_line(name, 200));
            assert!(phone.as_ref().is_none_or(|phone| phone.starts_with('+') && phone.len() <= 16), "{phone:?}");
            assert!(text.chars().count() <= 20_000 && !text.contains(is_trick), "{text:?}");
            assert!(files.len() <= 20 && files.iter().all(|file| !file.name.contains(is_trick)), "{files:?}");
        }
        News::Line => (),
        News::Turn(Turn { reference, to }) => {
            is_line(reference, 300);
            if let Turned::Edited(text) = to {
                assert!(text.chars().count() <= 20_000 && !text.contains(is_trick), "{text:?}");
            }
        }
        News::Receipt(Receipt { of, reached }) => {
            match of {
                Of::Ours(_) => (),
                Of::Theirs(id) | Of::AllTo { peer: id, .. } => is_line(id, 300),
            }
            if let Reached::Failed(why) = reached {
                assert!(why.chars().count() <= 500 && !why.contains(is_trick), "{why:?}");
            }
        }
    }
}

fn is_line(text: &str, most: usize) {
    assert!((1..=most).contains(&text.chars().count()) && !text.contains(['\n', '\t']) && !text.contains(is_trick), "{text:?}");
}
