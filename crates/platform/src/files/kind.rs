//! What a file is, judged by its content.

use kernel::{Result, invalid, say};

/// The kinds of files customers and agents may send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MediaType {
    Png,
    Jpeg,
    Gif,
    Webp,
    Pdf,
    Mp4,
    Wav,
    Mp3,
    Ogg,
    Text,
    Csv,
}

impl MediaType {
    pub const ALL: [MediaType; 11] = {
        use MediaType::*;
        [Png, Jpeg, Gif, Webp, Pdf, Mp4, Wav, Mp3, Ogg, Text, Csv]
    };

    /// As headers and the database write it.
    pub const fn mime(self) -> &'static str {
        match self {
            MediaType::Png => "image/png",
            MediaType::Jpeg => "image/jpeg",
            MediaType::Gif => "image/gif",
            MediaType::Webp => "image/webp",
            MediaType::Pdf => "application/pdf",
            MediaType::Mp4 => "video/mp4",
            MediaType::Wav => "audio/wav",
            MediaType::Mp3 => "audio/mpeg",
            MediaType::Ogg => "audio/ogg",
            MediaType::Text => "text/plain",
            MediaType::Csv => "text/csv",
        }
    }

    /// The kind that is written so.
    pub fn from_mime(mime: &str) -> Option<MediaType> {
        Self::ALL.into_iter().find(|kind| kind.mime() == mime)
    }

    /// Endings of names of this kind, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            MediaType::Png => &["png"],
            MediaType::Jpeg => &["jpg", "jpeg"],
            MediaType::Gif => &["gif"],
            MediaType::Webp => &["webp"],
            MediaType::Pdf => &["pdf"],
            MediaType::Mp4 => &["mp4", "m4v"],
            MediaType::Wav => &["wav"],
            MediaType::Mp3 => &["mp3"],
            MediaType::Ogg => &["ogg", "oga", "opus"],
            MediaType::Text => &["txt"],
            MediaType::Csv => &["csv"],
        }
    }

    /// Whether it is there to be heard.
    pub const fn is_sound(self) -> bool {
        matches!(self, MediaType::Wav | MediaType::Mp3 | MediaType::Ogg)
    }

    /// Whether browsers show it as a picture.
    pub const fn is_picture(self) -> bool {
        matches!(self, MediaType::Png | MediaType::Jpeg | MediaType::Gif | MediaType::Webp)
    }
}

/// What [`sniff`] found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sniffed {
    pub media: MediaType,
    /// Width and height of a picture, in pixels.
    pub pixels: Option<(u32, u32)>,
}

/// A picture of more takes a phone's browser down.
const MOST_PIXELS: u64 = 50_000_000;
const LONGEST_SIDE: u32 = 20_000;
/// Browsers look for HTML in the first kilobyte; so do we.
const HEAD: usize = 1_024;

/// The kind of `bytes`. Of `name` only the ending matters, and only to tell a table from other text.
///
/// Errors: `Invalid` on `file`, naming what is allowed.
pub fn sniff(bytes: &[u8], name: &str) -> Result<Sniffed> {
    if bytes.is_empty() {
        return Err(invalid("file", say!("file-empty")));
    }
    let Some(media) = magic(bytes).or_else(|| text(bytes, name)) else { return Err(not_allowed()) };
    if is_two_in_one(bytes, media) {
        return Err(not_allowed());
    }
    let pixels = media.is_picture().then(|| measured(bytes)).transpose()?;
    Ok(Sniffed { media, pixels })
}

fn not_allowed() -> kernel::Error {
    invalid("file", say!("file-of-another-kind"))
}

fn magic(bytes: &[u8]) -> Option<MediaType> {
    Some(match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => MediaType::Png,
        [0xff, 0xd8, 0xff, ..] => MediaType::Jpeg,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => MediaType::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => MediaType::Webp,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => MediaType::Wav,
        // with a label before it, or at once with a frame of its third layer
        [b'I', b'D', b'3', 2..=4, ..] | [0xff, 0xfa | 0xfb | 0xf2 | 0xf3, ..] => MediaType::Mp3,
        [b'O', b'g', b'g', b'S', 0, ..] => MediaType::Ogg,
        [b'%', b'P', b'D', b'F', b'-', b'1' | b'2', b'.', ..] => MediaType::Pdf,
        [0, 0, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] if is_video_brand(&[*a, *b, *c, *d]) => MediaType::Mp4,
        _ => return None,
    })
}

/// The same box holds still pictures (`heic`, `avif`) and sound (`M4A `), which are not video.
fn is_video_brand(brand: &[u8; 4]) -> bool {
    matches!(
        brand,
        b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"mp41" | b"mp42" | b"avc1" | b"M4V " | b"MSNV" | b"mmp4" | b"dash"
    )
}

/// Text has to be UTF-8 without control characters, and must not look like a page or a program.
fn text(bytes: &[u8], name: &str) -> Option<MediaType> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) {
        return None;
    }
    let start = text.trim_start();
    let head = start[..start.floor_char_boundary(HEAD.min(start.len()))].to_ascii_lowercase();
    if head.starts_with("#!") || head.starts_with("%!ps") || head.starts_with("{\\rtf") || is_markup(head.as_bytes()) {
        return None;
    }
    let is_table = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("csv"));
    Some(if is_table { MediaType::Csv } else { MediaType::Text })
}

fn is_markup(lowercase: &[u8]) -> bool {
    const SIGNS: &[&str] = &[
        "<!doctype",
        "<html",
        "<head",
        "<body",
        "<script",
        "<iframe",
        "<svg",
        "<img",
        "<style",
        "<title",
        "<meta",
        "<link",
        "<base",
        "<form",
        "<object",
        "<embed",
        "<table",
        "<div",
        "<h1",
        "<p>",
        "<a ",
        "<br",
        "<b>",
        "<font",
        "<!--",
        "<?xml",
        "<?php",
        "<?=",
        "<%",
        "<!entity",
        "<x:",
    ];
    SIGNS.iter().any(|sign| contains(lowercase, sign.as_bytes()))
}

/// Whether the file is also something else: an archive at its end, a page or a program within.
fn is_two_in_one(bytes: &[u8], media: MediaType) -> bool {
    if matches!(media, MediaType::Text | MediaType::Csv) {
        return false;
    }
    let head = bytes[..HEAD.min(bytes.len())].to_ascii_lowercase();
    // a photo's description may be XML, so in a head only what a browser would take for a page counts
    let pages: [&[u8]; 6] = [b"<!doctype", b"<html", b"<head", b"<body", b"<iframe", b"<svg"];
    ends_as_archive(bytes) || pages.iter().any(|sign| contains(&head, sign)) || holds_a_program(bytes)
}

fn holds_a_program(bytes: &[u8]) -> bool {
    let follows = |at: usize, word: &[u8]| bytes.get(at + 1..at + 1 + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
    let tags = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at);
    tags.into_iter().any(|at| follows(at, b"?php") || follows(at, b"script"))
}

/// An archive is read from its end: its directory, then a comment that ends with the file.
fn ends_as_archive(bytes: &[u8]) -> bool {
    const RECORD: usize = 22;
    let tail = &bytes[bytes.len().saturating_sub(RECORD + usize::from(u16::MAX))..];
    tail.windows(RECORD).enumerate().any(|(at, record)| {
        let comment = usize::from(u16::from_le_bytes([record[20], record[21]]));
        // some readers allow a little rubbish after the comment
        record.starts_with(b"PK\x05\x06") && (at + RECORD + comment).abs_diff(tail.len()) <= 64
    })
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn measured(bytes: &[u8]) -> Result<(u32, u32)> {
    let size = imagesize::blob_size(bytes).map_err(|_| invalid("file", say!("picture-damaged")))?;
    let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let (width, height) = (side(size.width), side(size.height));
    if width == 0 || height == 0 {
        return Err(invalid("file", say!("picture-damaged")));
    }
    if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(invalid("file", say!("picture-too-large", width, height, millions = MOST_PIXELS / 1_000_000)));
    }
    Ok((width, height))
}
