//! Files: taken for what they hold, named and handed back so that nothing runs.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use platform::files::{MediaType, safe_name, serving_headers, sniff};

use super::is_trick;

pub const WORDS: &[&str] = &[
    "\u{89}PNG",
    "GIF89a",
    "RIFF",
    "WEBPVP8X",
    "%PDF-1.7",
    "ftypisom",
    "PK",
    "<html",
    "<script>",
    "<svg",
    "<?php",
    "#!/bin/sh",
    "MZ",
    "../",
    "..\\",
    ".php",
    ".exe",
    "CON",
    "\u{202e}",
    "\0",
    "\r\n",
    "\"",
    "%00",
];

/// How browsers begin to believe in a page.
const PAGES: [&[u8]; 5] = [b"<!doctype", b"<html", b"<script", b"<svg", b"<body"];

fn begins_as(media: MediaType, bytes: &[u8]) -> bool {
    match media {
        MediaType::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        MediaType::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
        MediaType::Gif => bytes.starts_with(b"GIF8"),
        MediaType::Webp => bytes.starts_with(b"RIFF") && bytes[8..].starts_with(b"WEBP"),
        MediaType::Pdf => bytes.starts_with(b"%PDF-"),
        MediaType::Mp4 => bytes[4..].starts_with(b"ftyp"),
        MediaType::Wav => bytes[8..].starts_with(b"WAVE"),
        MediaType::Mp3 => bytes.starts_with(b"ID3") || bytes.starts_with(b"\xff"),
        MediaType::Ogg => bytes.starts_with(b"OggS"),
        MediaType::Text | MediaType::Csv => std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')),
    }
}

pub fn file(data: &[u8]) {
    // the name first, then what it holds
    let (name, bytes) = data.split_at(data.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1));
    let name = String::from_utf8_lossy(name);
    if let Ok(found) = sniff(bytes, &name) {
        assert!(begins_as(found.media, bytes), "{found:?}");
        assert_eq!(found.media.is_picture(), found.pixels.is_some());
        let sides = found.pixels.map(|(width, height)| (u64::from(width), u64::from(height)));
        assert!(sides.is_none_or(|(width, height)| (1..=50_000_000).contains(&(width * height))), "{found:?}");
        let head = bytes[..bytes.len().min(1_024)].to_ascii_lowercase();
        let page = PAGES.iter().find(|page| head.windows(page.len()).any(|window| window == **page));
        // in a table or a text one may speak of them, as long as it does not begin so
        assert!(
            page.is_none() || matches!(found.media, MediaType::Text | MediaType::Csv) && !head.trim_ascii_start().starts_with(b"<"),
            "{page:?}"
        );
    }
    for media in MediaType::ALL {
        let safe = safe_name(&name, media);
        assert!(safe.len() <= 200 && !safe.starts_with('.') && !safe.contains(is_trick), "{safe:?}");
        assert!(!safe.contains(['/', '\\', '<', '>', ':', '"', '|', '?', '*', '\n', '\t']), "{safe:?}");
        assert!(media.extensions().iter().any(|ending| safe.ends_with(&format!(".{ending}"))), "{safe:?}");
        assert_eq!(safe_name(&safe, media), safe);
        let headers = serving_headers(media, &safe);
        let shown = headers[CONTENT_DISPOSITION].to_str().expect("visible letters");
        assert!(shown.starts_with(if media.is_picture() { "inline; filename=\"" } else { "attachment; filename=\"" }), "{shown}");
        assert_eq!(shown.matches('"').count(), 2, "{shown}");
        assert!(headers[CONTENT_SECURITY_POLICY].to_str().is_ok_and(|policy| policy.contains("sandbox")));
        assert!(!headers[CONTENT_TYPE].as_bytes().starts_with(b"text/html"));
    }
}
