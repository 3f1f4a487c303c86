//! Texts that shops write, filled in with what customers say of themselves.

use std::sync::LazyLock;

use platform::template::{LONGEST_OUTPUT, check, render, render_html};
use serde_json::{Value, json};

pub const WORDS: &[&str] = &[
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "{%- ",
    " -%}",
    "if ",
    "endif",
    "for i in items",
    "endfor",
    "(1..1000)",
    "assign a = ",
    "capture a",
    "endcapture",
    "raw",
    "endraw",
    "comment",
    "endcomment",
    "case ",
    "when ",
    "endcase",
    "elsif ",
    "else",
    "unless ",
    " | append: a",
    " | split: ''",
    " | join: ",
    " | date: '%Y'",
    " | newline_to_br",
    " | escape",
    " | url_decode",
    " | replace: 'a', 'b'",
    " | truncate: 5",
    "customer.name",
    "items",
    "big",
    "'",
    "\"",
    "}}'",
    "%}",
];

static VALUES: LazyLock<Value> = LazyLock::new(|| {
    json!({
        "customer": { "name": "<canary a='b' c=\"d\">&amp;", "email": null, "sly": "{{ secret }}{% raw %}" },
        "items": [1, 2.5, "<canary>", { "deep": "<canary>\n</canary>" }],
        "big": "x".repeat(1_000), "placed": "2026-11-23T10:00:00Z", "secret": "4711",
    })
});

/// Whatever a text says, it ends, within its bounds; what customers say is not read again, and never HTML.
pub fn template(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let plain = render(&text, &VALUES);
    if let Ok(plain) = &plain {
        assert!(plain.text.len() <= LONGEST_OUTPUT);
        assert!(check(&text).is_ok(), "it is rendered and cannot be saved");
    }
    if let Ok(html) = render_html(&text, &VALUES) {
        assert!(html.text.len() <= LONGEST_OUTPUT);
        // the marks of this text's own cannot be told from those of a value
        if !text.contains(['<', '%']) || !text.contains('<') && !text.contains("url_decode") {
            let shown = html.text.replace("<br />", "").replace("<br>", "");
            assert!(!shown.contains('<'), "{}", html.text);
        }
        assert!(text.contains("canary") || !html.text.contains("<canary"), "{}", html.text);
    }
    let again = render(&text, &VALUES);
    assert_eq!(plain.is_ok(), again.is_ok());
    if let (Ok(plain), Ok(again)) = (plain, again) {
        // fields of an object that is shown whole come in no order
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        assert_eq!(letters(&plain.text), letters(&again.text), "the same text says the same");
    }
}
