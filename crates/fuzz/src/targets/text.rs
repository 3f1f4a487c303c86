//! Text and HTML that people write, and the words they look for.

use platform::{html, search};

use super::is_trick;

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

const ALLOWED: &[&str] = &["b", "strong", "i", "em", "a", "br", "p", "ul", "ol", "li", "blockquote", "code", "pre"];

/// Reads what the sanitiser wrote with a grammar of its own; what is wrong with it.
fn fault(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        if rest[..open].contains('>') {
            return Some("a stray >".into());
        }
        rest = &rest[open + 1..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '/').unwrap_or(rest.len());
        let name = rest[..end].trim_start_matches('/');
        if !ALLOWED.contains(&name) {
            return Some(format!("the tag {name}"));
        }
        rest = &rest[end..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let parts = attribute.split_once("=\"").and_then(|(key, rest)| rest.split_once('"').map(|(value, rest)| (key, value, rest)));
            let Some((key, value, after)) = parts else { return Some("an attribute without quotes".into()) };
            let fine = match key {
                "href" => ["http://", "https://", "mailto:", "http:", "https:"]
                    .iter()
                    .any(|scheme| value.to_ascii_lowercase().starts_with(scheme)),
                "rel" => value == "noopener noreferrer nofollow",
                "target" => value == "_blank",
                _ => false,
            };
            if name != "a" || !fine {
                return Some(format!("{key}={value} on {name}"));
            }
            rest = after;
        }
        let Some(after) = rest.strip_prefix('>') else { return Some(format!("{name} does not end")) };
        rest = after;
    }
    None
}

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
