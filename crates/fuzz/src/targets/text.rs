//! Text and HTML that people write, and the words they look for.

use platform::{html, search};

use self::oracle::fault;
use super::is_trick;

/// The same that the parser's own tests go by.
#[path = "../../../platform/src/html/oracle.rs"]
mod oracle;

pub const TAGS: &[&str] = &[
    "<a href=\"",
    "javascript:",
    "</a>",
    "<svg>",
    "<math>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<table>",
    "<pre>\n",
    "<p>",
    "<li>",
    "<blockquote>",
    "<script>",
    "<template>",
    "<select>",
    "&lt;",
    "&#x6A;",
    "&colon;",
    "\" onclick=\"",
    "<br/>",
    "<form>",
    "<mglyph>",
    "<title>",
];
pub const LETTERS: &[&str] = &[
    "\u{202e}",
    "\u{200d}",
    "\u{200c}",
    "\u{feff}",
    "\u{301}",
    "\u{1f3f4}",
    "\u{e0067}",
    "\r\n",
    "\u{2028}",
    "İ",
    "ǆ",
    "ﷺ",
    "我",
    "\"",
    "'",
    "*",
    "\0",
];

/// Cleaned HTML holds only what is allowed, also when it is read again; and as text it is no HTML.
pub fn html(data: &[u8]) {
    let written = String::from_utf8_lossy(data);
    if let Ok(clean) = html::sanitise(&written) {
        assert_eq!(fault(&clean), None, "{clean}");
        assert!(!clean.contains(is_trick), "{clean:?}");
        assert_eq!(html::sanitise(&clean).as_deref().ok(), Some(clean.as_str()), "read again it is something else");
    }
    let text = html::to_text(&written);
    assert_eq!(fault(&html::from_text(&text)), None);
}

/// Cleaned text holds nothing unseen, and is clean.
pub fn plain(data: &[u8]) {
    let written = String::from_utf8_lossy(data);
    let (line, text) = (html::clean_line(&written), html::clean_text(&written));
    assert!(!line.contains(|c: char| is_trick(c) || c == '\n' || c == '\t'), "{line:?}");
    assert!(!text.contains(is_trick), "{text:?}");
    assert_eq!(html::clean_line(&line), line);
    assert_eq!(html::clean_text(&text), text);
    let most = 1 + data.len() % 80;
    let preview = html::preview(&written, most);
    assert!(preview.chars().count() <= most, "{preview:?} of {most}");
    assert!(!preview.contains(is_trick), "{preview:?}");
}

/// Words to look for mean nothing to a query.
pub fn search(data: &[u8]) {
    let written = String::from_utf8_lossy(data);
    let words = search::fold(&written);
    assert!(words.iter().all(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric)), "{words:?}");
    // what was found once is found again by what was found
    assert_eq!(search::fold(&words.join(" ")), words);
}
