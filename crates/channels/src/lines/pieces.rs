//! What a message is sent in: its text, cut where the partner takes no longer one, and its files.

use inbox::{
    file::{FileView, StoredFile},
    message::Message,
};
use kernel::{Result, ShopId};
use platform::App;

use crate::partner::{Partner, Piece};

/// A piece of a message; a file's content is fetched when its turn comes.
pub enum Part<'a> {
    Text(String),
    File(&'a StoredFile),
}

impl Part<'_> {
    pub async fn ready(self, app: &App, shop: ShopId) -> Result<Piece> {
        Ok(match self {
            Part::Text(text) => Piece::Text(text),
            Part::File(file) => {
                let content = app.files().get(file.key.parse()?).await?;
                let address = FileView::new(app, shop, file).url;
                Piece::File { name: file.name.clone(), media_type: file.media_type.clone(), content, address }
            }
        })
    }
}

/// The pieces of a message, in order.
pub fn pieces_of<'a>(message: &'a Message, partner: &dyn Partner) -> Vec<Part<'a>> {
    if message.template.is_some() {
        // its partner has the text
        return vec![Part::Text(message.text.clone())];
    }
    let texts = cut(&text(message), partner.longest_text(), |c| partner.measures(c)).into_iter().map(Part::Text);
    texts.chain(message.files.iter().map(Part::File)).collect()
}

/// A message as one piece without files, as it is said where everybody reads it.
pub fn whole(message: &Message) -> Part<'_> {
    Part::Text(text(message))
}

/// The text, and the products it shows.
fn text(message: &Message) -> String {
    let mut text = message.text.trim().to_owned();
    for card in &message.products {
        text.push_str(&format!("\n\n{}", card.title));
        text.extend(card.page.iter().map(|page| format!("\n{page}")));
    }
    text.trim().to_owned()
}

/// Cuts a text into parts of at most this length: where a paragraph ends, else a line, else a word, else anywhere.
fn cut(text: &str, longest: usize, measures: impl Fn(char) -> usize) -> Vec<String> {
    let (mut parts, mut rest) = (Vec::new(), text.trim());
    while !rest.is_empty() {
        let end = fitting(rest, longest, &measures);
        let at = if end == rest.len() { end } else { ["\n\n", "\n", " "].iter().find_map(|gap| last(&rest[..end], gap)).unwrap_or(end) };
        parts.push(rest[..at].trim_end().to_owned());
        rest = rest[at..].trim_start();
    }
    parts
}

/// How many bytes of it are at most so long; one character at least.
fn fitting(text: &str, longest: usize, measures: impl Fn(char) -> usize) -> usize {
    let (mut length, mut end) = (0, 0);
    for c in text.chars() {
        length += measures(c);
        if length > longest && end > 0 {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Where the last gap stands, unless hardly anything stands before it.
fn last(text: &str, gap: &str) -> Option<usize> {
    text.rfind(gap).filter(|at| *at > text.len() / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_where_a_reader_would_pause() {
        for (text, longest, parts) in [
            ("", 10, &[][..]),
            ("short", 10, &["short"]),
            ("one two three", 9, &["one two", "three"]),
            ("one two\n\nthree four", 15, &["one two", "three four"]),
            ("one two\nthree four", 15, &["one two", "three four"]),
            ("0123456789abc", 10, &["0123456789", "abc"]),
            // two units each
            ("😀😀😀", 4, &["😀😀", "😀"]),
            ("😀😀", 1, &["😀", "😀"]),
        ] {
            assert_eq!(cut(text, longest, char::len_utf16), parts, "{text}");
        }
    }

    #[test]
    fn nothing_is_left_out_and_no_part_is_longer() {
        let text: String = (0..3_000).map(|n| if n % 7 == 0 { ' ' } else { char::from(b'a' + (n % 26) as u8) }).collect();
        let parts = cut(&text, 160, char::len_utf16);
        assert!(parts.iter().all(|part| part.encode_utf16().count() <= 160));
        assert_eq!(parts.join(" ").replace(' ', ""), text.replace(' ', ""));
    }
}
