//! The name a file is shown and saved under. It never decides where a file lies or what it is.

use super::MediaType;
use crate::html::clean_line;

/// Some file systems take 255 bytes; a download may add a number to them.
const LONGEST: usize = 200;

/// Endings that say what a file is; a wrong one of these is replaced, any other word after a dot is kept.
const ENDINGS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "pdf", "mp4", "m4v", "txt", "csv", "svg", "html", "htm", "xhtml", "shtml", "xml", "js", "mjs",
    "exe", "com", "scr", "bat", "cmd", "msi", "dll", "lnk", "ps1", "vbs", "hta", "jar", "apk", "app", "dmg", "sh", "php", "php3", "php5",
    "php7", "phtml", "phar", "asp", "aspx", "jsp", "cgi", "pl", "py", "rb", "zip", "rar", "7z", "gz", "tar", "doc", "docx", "docm", "xls",
    "xlsx", "xlsm", "heic", "avif", "bmp", "tif", "tiff", "mov", "avi", "htaccess",
];

/// `name` without folders, invisible characters and what file systems object to, ending as `media` does.
pub fn safe_name(name: &str, media: MediaType) -> String {
    let plain = without_tricks(name);
    let plain = plain.as_str();

    let (mut stem, mut ending) = (plain, media.extensions()[0]);
    // `x.php.jpg.exe` loses all of them
    while let Some((before, after)) = stem.rsplit_once('.') {
        let after = after.trim().to_ascii_lowercase();
        match media.extensions().iter().find(|own| **own == after) {
            Some(own) if stem == plain => ending = own,
            _ if !ENDINGS.contains(&after.as_str()) => break,
            _ => {}
        }
        stem = before.trim_end_matches(['.', ' ']);
    }
    if ENDINGS.contains(&stem.to_ascii_lowercase().as_str()) || stem.is_empty() {
        stem = "file";
    }
    let stem = &stem[..stem.floor_char_boundary((LONGEST - ending.len() - 2).min(stem.len()))];
    let reserved = if is_reserved(stem) { "_" } else { "" };
    format!("{reserved}{}.{ending}", stem.trim_end_matches(['.', ' ']))
}

/// The same for a file of a kind that is only ever handed out as a download: its ending stays, for the program that made it.
pub fn plain_name(name: &str) -> String {
    let plain = without_tricks(name);
    let (stem, ending) = plain.rsplit_once('.').filter(|(_, ending)| ending.len() <= 10).unwrap_or((&plain, ""));
    let stem = stem[..stem.floor_char_boundary((LONGEST - ending.len() - 2).min(stem.len()))].trim_end_matches(['.', ' ']);
    let reserved = if is_reserved(stem) { "_" } else { "" };
    let stem = if stem.is_empty() { "file" } else { stem };
    if ending.is_empty() { format!("{reserved}{stem}") } else { format!("{reserved}{stem}.{ending}") }
}

/// Without folders and without what nobody sees or a file system objects to.
fn without_tricks(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String =
        clean_line(last).chars().map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }).collect();
    plain.trim_matches(['.', ' ']).to_owned()
}

/// Names that mean a device on Windows, whatever their ending.
fn is_reserved(stem: &str) -> bool {
    let word = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        word.strip_prefix(device).is_some_and(|n| n.chars().count() == 1 && n.chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c)))
    };
    matches!(word.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}
