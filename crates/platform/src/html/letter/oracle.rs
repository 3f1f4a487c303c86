//! What a letter's HTML may look like, read with a grammar of its own. Test code, which `crates/fuzz` reads too.

/// Tags that fetch, act, or change what is around them.
const FORBIDDEN: &[&str] = &[
    "script", "style", "link", "meta", "base", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button",
    "select", "textarea", "svg", "math", "video", "audio", "source", "track", "picture", "canvas", "template", "slot", "noscript",
    "marquee", "body", "html", "head", "title", "dialog", "portal", "layer", "bgsound",
];
const ATTRIBUTES: &[&str] = &[
    "href",
    "rel",
    "target",
    "align",
    "alt",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "colspan",
    "dir",
    "face",
    "height",
    "id",
    "lang",
    "rowspan",
    "size",
    "start",
    "style",
    "title",
    "type",
    "valign",
    "width",
    "data-cid",
    "data-remote",
];

/// What is wrong with it: nothing may run, be fetched, or lie on top of something else.
pub fn letter_fault(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '/').unwrap_or(rest.len());
        let name = rest[..end].trim_start_matches('/');
        if name.is_empty() || FORBIDDEN.contains(&name) {
            return Some(format!("the tag {name}"));
        }
        rest = &rest[end..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let parts = attribute.split_once("=\"").and_then(|(key, rest)| rest.split_once('"').map(|(value, rest)| (key, value, rest)));
            let Some((key, value, after)) = parts else { return Some(format!("{name} has an attribute without quotes")) };
            if !ATTRIBUTES.contains(&key) || !is_harmless(key, &value.to_ascii_lowercase()) {
                return Some(format!("{key}={value} on {name}"));
            }
            rest = after;
        }
        let Some(after) = rest.strip_prefix('>') else { return Some(format!("{name} does not end")) };
        rest = after;
    }
    None
}

fn is_harmless(key: &str, value: &str) -> bool {
    match key {
        "href" => ["http://", "https://", "mailto:", "tel:"].iter().any(|scheme| value.starts_with(scheme)),
        "rel" => value == "noopener noreferrer nofollow",
        "target" => value == "_blank",
        "class" | "id" => value == "signature",
        "data-cid" | "data-remote" => value.bytes().all(|byte| byte.is_ascii_digit()),
        "style" => {
            let words = [
                "url",
                "expression",
                "position",
                "z-index",
                "float",
                "transform",
                "@",
                "\\",
                "/*",
                "behavior",
                "binding",
                ":-",
                " -.",
                "var(",
            ];
            !words.iter().any(|word| value.contains(word))
        }
        _ => true,
    }
}
