//! Which parts of a letter are its text, and which are things sent along.

use platform::html;

use crate::{
    Attachment,
    attachment::{self, Opened},
    mime::Part,
};

/// Longer text is cut: the letter itself is kept, and nobody answers the second megabyte.
const LONGEST_TEXT: usize = 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Content {
    pub text: String,
    pub html: Option<String>,
    pub is_cut: bool,
    pub attachments: Vec<Attachment>,
}

/// A stretch of the letter, in one form or in both.
#[derive(Default)]
struct Piece {
    text: Option<String>,
    html: Option<String>,
}

pub(super) fn read(letter: &Part<'_>) -> Content {
    let (mut pieces, mut content) = (Vec::new(), Content::default());
    collect(letter, &mut pieces, &mut content.attachments);
    open_winmail(&mut pieces, &mut content.attachments);
    let has_html = pieces.iter().any(|piece| piece.html.is_some());
    let (mut text, mut html) = (String::new(), String::new());
    for piece in pieces {
        if text.len() > LONGEST_TEXT || html.len() > LONGEST_TEXT {
            break;
        }
        // a part that says it is the text and says nothing leaves that to the HTML
        let said = piece.text.filter(|said| !html::is_blank(said) || piece.html.is_none());
        let written = said.clone().unwrap_or_else(|| piece.html.as_deref().map(html::to_text).unwrap_or_default());
        text.push_str(if text.is_empty() { "" } else { "\n\n" });
        text.push_str(&written);
        if has_html {
            html.push_str(&piece.html.unwrap_or_else(|| html::from_text(&written)));
        }
    }
    content.is_cut = text.len() > LONGEST_TEXT || html.len() > LONGEST_TEXT;
    text.truncate(text.floor_char_boundary(LONGEST_TEXT.min(text.len())));
    html.truncate(html.floor_char_boundary(LONGEST_TEXT.min(html.len())));
    content.text = html::clean_text(&text);
    content.html = has_html.then_some(html);
    content
}

fn collect(part: &Part<'_>, pieces: &mut Vec<Piece>, attachments: &mut Vec<Attachment>) {
    let media = part.media();
    if part.parts.is_empty() {
        let shown = part.disposition().is_none_or(|disposition| disposition != "attachment") && part.file_name().is_none();
        match media.as_str() {
            // a multipart without parts has lost its boundary, not its text
            "text/plain" | "multipart/mixed" | "multipart/alternative" | "multipart/related" if shown => {
                pieces.push(Piece { text: Some(plain(part)), html: None })
            }
            "text/html" if shown => pieces.push(Piece { text: None, html: Some(part.text()) }),
            _ => attachments.extend(Attachment::of(part)),
        }
        return;
    }
    match media.as_str() {
        "multipart/alternative" => {
            let mut forms = Vec::new();
            part.parts.iter().for_each(|form| collect(form, &mut forms, attachments));
            let text = forms.iter_mut().find_map(|form| form.text.take());
            // the last form is the richest
            let html = forms.iter_mut().rev().find_map(|form| form.html.take());
            pieces.push(Piece { text, html });
        }
        // the machine's part of a report is read elsewhere, and is nothing anybody sent along
        "multipart/report" => {
            let for_people = |part: &&Part<'_>| !part.media().starts_with("message/") && part.media() != "text/rfc822-headers";
            part.parts.iter().filter(for_people).for_each(|inner| collect(inner, pieces, attachments));
        }
        _ => part.parts.iter().for_each(|inner| collect(inner, pieces, attachments)),
    }
}

/// What came in a `winmail.dat` stands where that stood; its text counts where the letter has none.
fn open_winmail(pieces: &mut Vec<Piece>, attachments: &mut Vec<Attachment>) {
    for file in std::mem::take(attachments) {
        match Some(&file).filter(|file| file.is_winmail()).and_then(|file| attachment::open(&file.content)) {
            Some(Opened { text, html, attachments: inside }) => {
                attachments.extend(inside);
                if pieces.iter().all(|piece| piece.html.is_none() && piece.text.as_deref().is_none_or(html::is_blank)) {
                    pieces.push(Piece { text, html });
                }
            }
            None => attachments.push(file),
        }
    }
}

/// Plain text, with its lines whole.
fn plain(part: &Part<'_>) -> String {
    let text = part.text();
    let flowed = part.attribute("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
    let joined = part.attribute("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes"));
    if flowed { unfolded(&text, joined) } else { text }
}

/// RFC 3676: a line that ends with a space goes on in the next one of the same quote. `-- ` begins a signature and ends here.
fn unfolded(text: &str, without_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let depth = line.len() - line.trim_start_matches('>').len();
        let content = &line[depth..];
        let content = content.strip_prefix(' ').unwrap_or(content);
        if open != Some(depth) {
            out.push_str(if out.is_empty() { "" } else { "\n" });
            out.push_str(&">".repeat(depth));
            out.push_str(if depth > 0 { " " } else { "" });
        }
        let goes_on = content.ends_with(' ') && content != "-- ";
        out.push_str(if goes_on && without_space { &content[..content.len() - 1] } else { content });
        open = goes_on.then_some(depth);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flowed_lines_are_whole_again() {
        for (text, without_space, whole) in [
            ("one \ntwo\nthree", false, "one two\nthree"),
            ("one \ntwo", true, "onetwo"),
            ("> one \n> two\nthree", false, "> one two\nthree"),
            ("> one \ntwo", false, "> one \ntwo"),
            (">> one \n>> two \n> three", false, ">> one two \n> three"),
            (" > stuffed", false, "> stuffed"),
            ("bye\n-- \nMara", false, "bye\n-- \nMara"),
            ("", false, ""),
        ] {
            assert_eq!(unfolded(text, without_space), whole, "{text:?}");
        }
    }
}
