//! The mails this room sends, in the languages Ombud speaks. Plain text: a link and why it came.

use kernel::{Language, Value, Words, words};

static MAILS: Words = words!("mails");

/// A mail without its address.
#[derive(Debug, PartialEq)]
pub(crate) struct Text {
    pub subject: String,
    pub text: String,
}

/// The mail with a password link.
pub(crate) fn reset(language: Language, link: &str) -> Text {
    Text { subject: MAILS.text(language, "reset-subject", &[]), text: body(language, "reset-text", &[("link", link.into())]) }
}

/// The mail with an invitation.
pub(crate) fn invitation(language: Language, shop: &str, inviter: &str, link: &str) -> Text {
    let named = [("shop", shop.into()), ("inviter", inviter.into()), ("link", link.into())];
    Text { subject: MAILS.text(language, "invitation-subject", &named), text: body(language, "invitation-text", &named) }
}

fn body(language: Language, key: &str, named: &[(&'static str, Value)]) -> String {
    // Fluent takes no line end after a text's last line
    MAILS.text(language, key, named) + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_who_where_and_how() {
        let mut subjects = Vec::new();
        for language in Language::ALL {
            let mail = invitation(language, "Fjell { $link }", "Kari", "https://desk.example/console/invitation#x");
            for part in ["Fjell { $link }", "Kari", "\n\nhttps://desk.example/console/invitation#x\n\n", "Ombud"] {
                assert!(mail.text.contains(part), "{language}: {part}");
            }
            assert!(mail.subject.contains("Fjell") && mail.text.ends_with('\n'));
            let reset = reset(language, "https://desk.example/console/reset#y");
            assert!(reset.text.contains("\n\nhttps://desk.example/console/reset#y\n\n"));
            subjects.extend([mail.subject, reset.subject]);
        }
        subjects.sort();
        subjects.dedup();
        assert_eq!(subjects.len(), 2 * Language::ALL.len(), "no language is left in another's words");
    }
}
