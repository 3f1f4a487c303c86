//! The parts of a letter. The walk is ours because it has to be bounded before anything is built: it goes over the bytes once
//! for each level, whatever boundaries a letter names, and gives up at limits that say which.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use kernel::{Error, Result, say};
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};

use crate::headers::Headers;

/// Parts in parts.
pub(crate) const DEEPEST: usize = 20;
/// Of a text so many bytes are looked at: enough for all that is read of it, in whatever way it is written.
const LONGEST_TEXT: usize = 8 * 1024 * 1024;
/// Parts in all.
pub(crate) const MOST_PARTS: usize = 10_000;

/// A letter or a part of one; of a forwarded letter only its bytes.
#[derive(Debug)]
pub(crate) struct Part<'x> {
    pub headers: Headers,
    pub body: &'x [u8],
    /// What is inside, when it is a multipart.
    pub parts: Vec<Part<'x>>,
}

impl<'x> Part<'x> {
    /// The parts of a letter.
    ///
    /// Errors: `TooLarge`.
    pub fn split(raw: &'x [u8]) -> Result<Part<'x>> {
        let start = raw.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(raw.len());
        let raw = &raw[start..];
        // the line mailbox files put between letters
        let raw = if raw.starts_with(b"From ") { raw.split_at(line_end(raw)).1 } else { raw };
        split(raw, 0, &mut 0)
    }

    /// `text/plain` in small letters, as it is said to be.
    pub fn media(&self) -> String {
        let Some(content) = self.headers.content("Content-Type") else { return "text/plain".into() };
        format!("{}/{}", content.ctype(), content.subtype().unwrap_or_default()).to_ascii_lowercase()
    }

    /// The value beside the media type: `charset`, `name`, `report-type`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.headers.content("Content-Type")?.attribute(name)
    }

    /// What it is said to be for.
    pub fn disposition(&self) -> Option<String> {
        self.headers.content("Content-Disposition").map(|content| content.ctype().to_ascii_lowercase())
    }

    pub fn file_name(&self) -> Option<&str> {
        let disposed = self.headers.content("Content-Disposition").and_then(|content| content.attribute("filename"));
        disposed.or_else(|| self.attribute("name"))
    }

    /// The body as it was before it was made fit for travelling.
    pub fn bytes(&self) -> Cow<'x, [u8]> {
        self.decoded(self.body)
    }

    fn decoded(&self, body: &'x [u8]) -> Cow<'x, [u8]> {
        let encoding = self.headers.line("Content-Transfer-Encoding").unwrap_or_default().to_ascii_lowercase();
        let decoded = match encoding.as_str() {
            "base64" => base64_decode(body),
            "quoted-printable" => quoted_printable_decode(body),
            _ => return body.into(),
        };
        // what cannot be decoded is shown as it came: better odd than gone
        decoded.map_or(Cow::Borrowed(body), Cow::Owned)
    }

    /// The body as text, in whatever letters it was written; of a very long one the beginning.
    pub fn text(&self) -> String {
        let most = &self.body[..LONGEST_TEXT.min(self.body.len())];
        // whole lines, so that nothing is cut that stands for one letter
        let end = if most.len() < self.body.len() { most.iter().rposition(|byte| *byte == b'\n') } else { None };
        in_letters(&self.decoded(&most[..end.unwrap_or(most.len())]), self.attribute("charset"))
    }
}

/// Bytes as text. Said to be UTF-8 or nothing, and not: then it is what old programs on Windows wrote.
fn in_letters(bytes: &[u8], charset: Option<&str>) -> String {
    let said = charset.and_then(|label| Encoding::for_label(label.trim().as_bytes())).unwrap_or(UTF_8);
    let ascii = charset.is_some_and(|label| label.trim().eq_ignore_ascii_case("us-ascii"));
    let utf8 = std::str::from_utf8(bytes);
    match utf8 {
        // a wrong label is commoner than text that happens to be UTF-8
        Ok(text) if said == UTF_8 || ascii || (said == WINDOWS_1252 && !text.is_ascii()) => {
            text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()
        }
        Err(_) if said == UTF_8 => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        _ => said.decode(bytes).0.into_owned(),
    }
}

fn split<'x>(raw: &'x [u8], depth: usize, count: &mut usize) -> Result<Part<'x>> {
    *count += 1;
    if *count > MOST_PARTS {
        return Err(Error::TooLarge(say!("letter-too-many-parts", most = MOST_PARTS)));
    }
    if depth > DEEPEST {
        return Err(Error::TooLarge(say!("letter-too-deep", most = DEEPEST)));
    }
    let (header, body) = raw.split_at(header_end(raw));
    let headers = Headers::read(header)?;
    let content = headers.content("Content-Type").filter(|content| content.ctype().eq_ignore_ascii_case("multipart"));
    let boundary = content.and_then(|content| content.attribute("boundary")).map(str::trim_end);
    let mut parts = Vec::new();
    if let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) {
        for piece in between(body, boundary.as_bytes()) {
            parts.push(split(piece, depth + 1, count)?);
        }
    }
    Ok(Part { headers, body, parts })
}

/// Where the body begins: behind the first empty line.
fn header_end(raw: &[u8]) -> usize {
    let mut at = 0;
    while at < raw.len() {
        let end = at + line_end(&raw[at..]);
        if raw[at..end].trim_ascii().is_empty() {
            return end;
        }
        at = end;
    }
    raw.len()
}

fn line_end(raw: &[u8]) -> usize {
    raw.iter().position(|byte| *byte == b'\n').map_or(raw.len(), |end| end + 1)
}

/// What stands between the lines of a boundary, one after the other. A letter that breaks off ends its last part.
fn between<'x>(body: &'x [u8], boundary: &[u8]) -> impl Iterator<Item = &'x [u8]> {
    let (mut at, mut start, mut over) = (0, None, false);
    std::iter::from_fn(move || {
        while at < body.len() && !over {
            let line = &body[at..at + line_end(&body[at..])];
            let begins = at;
            at += line.len();
            let Some(rest) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)) else { continue };
            let rest = rest.trim_ascii_end();
            if rest.is_empty() || rest == b"--" {
                over = !rest.is_empty();
                if let Some(from) = start.replace(at) {
                    return Some(without_line_end(&body[from..begins]));
                }
            }
        }
        // only what was begun and never ended is left
        let last = start.take().filter(|_| !over)?;
        over = true;
        Some(&body[last..])
    })
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}
