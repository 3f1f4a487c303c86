//! What cleaned HTML may look like, read with a grammar of its own. Test code, which `crates/fuzz` reads too.

const TAGS: &[&str] = &["b", "strong", "i", "em", "a", "br", "p", "ul", "ol", "li", "blockquote", "code", "pre"];

/// What is wrong with it: only these tags may be there, only links have attributes, and they lead to another place by name.
pub fn fault(html: &str) -> Option<String> {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        if rest[..open].contains('>') {
            return Some("a stray >".into());
        }
        rest = &rest[open + 1..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '/').unwrap_or(rest.len());
        let name = rest[..end].trim_start_matches('/');
        if !TAGS.contains(&name) {
            return Some(format!("the tag {name}"));
        }
        rest = &rest[end..];
        while let Some(attribute) = rest.strip_prefix(' ') {
            let parts = attribute.split_once("=\"").and_then(|(key, rest)| rest.split_once('"').map(|(value, rest)| (key, value, rest)));
            let Some((key, value, after)) = parts else { return Some("an attribute without quotes".into()) };
            let fine = match key {
                "href" => ["http://", "https://", "mailto:"].iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme)),
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
