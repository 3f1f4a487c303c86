//! `winmail.dat`: what Outlook makes of a letter when it believes that everybody has Outlook (TNEF, [MS-OXTNEF]).
//!
//! No well-kept library reads it, and little of it matters: files with their names, and a text where the letter has none.

use encoding_rs::{UTF_16LE, WINDOWS_1252};

use super::Attachment;

const SIGNATURE: [u8; 4] = [0x78, 0x9f, 0x3e, 0x22];
/// More files than this no letter carries.
const MOST_FILES: usize = 1_000;
/// More attributes, or properties in one of them, are there to keep us busy.
const MOST_ATTRIBUTES: usize = 100_000;

/// What was inside.
#[derive(Debug, Default)]
pub(crate) struct Opened {
    pub text: Option<String>,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
}

/// Opens a `winmail.dat`; none when it is something else. One that breaks off is read as far as it goes.
pub(crate) fn open(bytes: &[u8]) -> Option<Opened> {
    // the key after the signature is of no use to anybody
    let mut rest = Bytes(bytes.strip_prefix(&SIGNATURE)?.get(2..)?);
    let (mut opened, mut files) = (Opened::default(), Vec::<File>::new());
    for _ in 0..MOST_ATTRIBUTES {
        let Some((id, data)) = attribute(&mut rest) else { break };
        match id {
            0x800c => opened.text = Some(western(data)),
            0x9003 => body(data, &mut opened),
            // the first thing said about a file
            0x9002 if files.len() < MOST_FILES => files.push(File::default()),
            0x9002 => break,
            _ => {
                if let Some(file) = files.last_mut() {
                    file.told(id, data);
                }
            }
        }
    }
    opened.attachments = files.into_iter().filter(|file| !file.content.is_empty()).map(File::attachment).collect();
    Some(opened)
}

/// An attribute: its number, without its type, and what it holds.
fn attribute<'x>(rest: &mut Bytes<'x>) -> Option<(u32, &'x [u8])> {
    rest.take(1)?;
    let id = rest.number()? & 0xffff;
    let length = usize::try_from(rest.number()?).ok()?;
    let data = rest.take(length)?;
    // a checksum that nobody checks
    rest.take(2);
    Some((id, data))
}

#[derive(Debug, Default)]
struct File {
    name: Option<String>,
    long_name: Option<String>,
    media: Option<String>,
    content_id: Option<String>,
    content: Vec<u8>,
}

impl File {
    fn told(&mut self, id: u32, data: &[u8]) {
        match id {
            0x8010 => self.name = Some(western(data)),
            0x800f => self.content = data.to_vec(),
            0x9005 => {
                for (property, value) in properties(data) {
                    match property {
                        0x3707 => self.long_name = Some(value.text()),
                        0x370e => self.media = Some(value.text().to_ascii_lowercase()),
                        0x3712 => self.content_id = Some(value.text()),
                        _ => (),
                    }
                }
            }
            _ => (),
        }
    }

    fn attachment(self) -> Attachment {
        let name = self.long_name.or(self.name).filter(|name| !name.is_empty()).unwrap_or_else(|| "file".into());
        let media = self.media.filter(|media| !media.is_empty()).unwrap_or_else(|| "application/octet-stream".into());
        let content_id = self.content_id.filter(|id| !id.is_empty());
        Attachment { is_inline: content_id.is_some(), content_id, ..Attachment::new(&name, media, self.content) }
    }
}

fn body(data: &[u8], opened: &mut Opened) {
    for (property, value) in properties(data) {
        match property {
            0x1000 => opened.text = Some(value.text()),
            0x1013 => opened.html = Some(value.text()),
            _ => (),
        }
    }
}

/// The value of a property that is of no fixed length.
struct Value<'x> {
    bytes: &'x [u8],
    is_wide: bool,
}

impl Value<'_> {
    fn text(&self) -> String {
        let text = if self.is_wide { UTF_16LE.decode_without_bom_handling(self.bytes).0.into_owned() } else { western(self.bytes) };
        text.trim_end_matches('\0').to_owned()
    }
}

/// Text of one byte a letter, unless it happens to be UTF-8.
fn western(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), str::to_owned);
    text.trim_end_matches('\0').to_owned()
}

/// The properties that hold a text or bytes. What is of a fixed length is stepped over.
fn properties(data: &[u8]) -> Vec<(u16, Value<'_>)> {
    let (mut rest, mut found) = (Bytes(data), Vec::new());
    let count = rest.number().unwrap_or_default() as usize;
    for _ in 0..count.min(MOST_ATTRIBUTES) {
        if property(&mut rest, &mut found).is_none() {
            break;
        }
    }
    found
}

fn property<'x>(rest: &mut Bytes<'x>, found: &mut Vec<(u16, Value<'x>)>) -> Option<()> {
    const MANY: u32 = 0x1000;
    let head = rest.number()?;
    let (kind, id) = (head & 0xffff, (head >> 16) as u16);
    if id >= 0x8000 {
        named(rest)?;
    }
    let fixed = match kind & !MANY {
        0x01 => 0,
        0x02 | 0x03 | 0x04 | 0x0a | 0x0b => 4,
        0x05..=0x07 | 0x14 | 0x40 => 8,
        0x48 => 16,
        0x0d | 0x1e | 0x1f | 0x102 => {
            for _ in 0..(rest.number()? as usize).min(MOST_ATTRIBUTES) {
                let length = rest.number()? as usize;
                let bytes = rest.padded(length)?;
                found.push((id, Value { bytes, is_wide: kind & !MANY == 0x1f }));
            }
            return Some(());
        }
        _ => return None,
    };
    let count = if kind & MANY == 0 { 1 } else { rest.number()? as usize };
    rest.take(count.checked_mul(fixed)?).map(drop)
}

/// A property with a name of its own instead of a number everybody knows.
fn named(rest: &mut Bytes<'_>) -> Option<()> {
    rest.take(16)?;
    match rest.number()? {
        0 => rest.take(4).map(drop),
        _ => {
            let length = rest.number()? as usize;
            rest.padded(length).map(drop)
        }
    }
}

/// What is still to be read.
struct Bytes<'x>(&'x [u8]);

impl<'x> Bytes<'x> {
    fn take(&mut self, length: usize) -> Option<&'x [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    /// So many bytes, and those that fill up to a multiple of four.
    fn padded(&mut self, length: usize) -> Option<&'x [u8]> {
        let taken = self.take(length)?;
        self.take(length.next_multiple_of(4) - length);
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.try_into().ok().map(u32::from_le_bytes)
    }
}

#[cfg(test)]
pub(crate) mod tests;
