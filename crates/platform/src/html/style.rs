//! The styles of a letter: how something looks. Nothing of them fetches, moves or covers anything.

/// What is left of a `style` attribute is a list of these.
const PROPERTIES: &[&str] = &[
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "color",
    "direction",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
];
/// The only functions a value may call.
const COLOURS: &[&str] = &["rgb(", "rgba(", "hsl(", "hsla("];
const LONGEST: usize = 200;

/// What of a `style` attribute only says how something looks.
pub(super) fn harmless(style: &str) -> String {
    let declarations = style.split(';').filter_map(|declaration| {
        let (property, value) = declaration.split_once(':')?;
        let (property, value) = (property.trim().to_ascii_lowercase(), value.trim());
        (PROPERTIES.contains(&property.as_str()) && is_plain(value)).then(|| format!("{property}:{value}"))
    });
    declarations.collect::<Vec<_>>().join(";")
}

/// Letters, numbers and colours. What is below zero may lie on top of something else.
fn is_plain(value: &str) -> bool {
    let lowercase = value.to_ascii_lowercase();
    let letters = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '#' | '.' | ',' | '%' | '(' | ')' | '-' | '!' | '\'' | '"' | '/');
    let calls = lowercase.match_indices('(').all(|(at, _)| COLOURS.iter().any(|name| lowercase[..=at].ends_with(name)));
    let below_zero = lowercase.match_indices('-').any(|(at, _)| {
        let alone = lowercase[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        alone && lowercase[at + 1..].starts_with(|c: char| c.is_ascii_digit() || c == '.')
    });
    !value.is_empty() && value.len() <= LONGEST && value.chars().all(letters) && !value.contains("/*") && calls && !below_zero
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_say_how_it_looks_and_nothing_else() {
        for (style, expected) in [
            ("color: red; FONT-SIZE:12pt", "color:red;font-size:12pt"),
            ("font-family:\"Segoe UI\", 'Arial'", "font-family:\"Segoe UI\", 'Arial'"),
            ("background-color:rgb(1, 2, 3)", "background-color:rgb(1, 2, 3)"),
            ("margin:0 0 0 .8ex;border-left:1px #ccc solid", "margin:0 0 0 .8ex;border-left:1px #ccc solid"),
            ("color:red!important", "color:red!important"),
            ("position:fixed;top:0;left:0;z-index:9", ""),
            ("background:url(https://evil/x.png)", ""),
            ("background-color:url(https://evil/x.png)", ""),
            ("color:red;background-image:url('//evil')", "color:red"),
            ("width:expression(alert(1))", ""),
            ("color:\\65 xpression(1)", ""),
            ("color:r/**/ed", ""),
            ("margin-top:-500px", ""),
            ("text-indent: -9999px", ""),
            ("margin:0 -10px", ""),
            ("list-style-type:lower-roman", "list-style-type:lower-roman"),
            ("behavior:url(#x);-moz-binding:url(x)", ""),
            ("font-family:x}body{display:none", ""),
            ("color:<script>", ""),
            ("width:calc(100% + 1px)", ""),
            ("color", ""),
            ("", ""),
        ] {
            assert_eq!(harmless(style), expected, "{style}");
            assert_eq!(harmless(expected), expected, "{style}");
        }
    }
}
