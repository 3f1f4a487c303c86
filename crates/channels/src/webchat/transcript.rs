//! A conversation as a text to keep.

use jiff::tz::TimeZone;
use kernel::Language;

use super::{
    strings,
    view::{By, ChatMessage},
};

/// One line for each message, in the customer's language and time zone.
pub fn write(shop: &str, messages: &[ChatMessage], language: Language, zone: &TimeZone) -> String {
    let mut text = format!("{shop}\n\n");
    for message in messages.iter().filter(|m| m.event.is_none()) {
        let who = match message.by {
            By::Me => strings::word(language, "you"),
            By::Agent => message.name.clone().unwrap_or_else(|| shop.to_owned()),
            By::Shop => shop.to_owned(),
            By::Bot => strings::word(language, "bot"),
        };
        let at = message.at.calendar().to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        text.push_str(&format!("[{at}] {who}: {}\n", message.text));
        for card in &message.products {
            let page = card.page.as_ref().map(|page| format!(" {page}")).unwrap_or_default();
            text.push_str(&format!("    {}{page}\n", card.title));
        }
        for file in &message.files {
            text.push_str(&format!("    {} ({} kB)\n", file.name, file.size.div_euclid(1024).max(1)));
        }
    }
    text
}
