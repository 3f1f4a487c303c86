use super::{oracle::letter_fault, *};
use crate::html::tests::HOSTILE;

#[test]
fn nothing_in_a_letter_runs_or_reaches_out() {
    let more = [
        "<div style=\"position:fixed;top:0;left:0;width:100%;height:100%;z-index:99\">x</div>",
        "<div style=\"background-image:url(https://evil/x)\">x</div>",
        "<td background=\"https://evil/x\">x",
        "<body background=\"https://evil/x\" onload=alert(1)>x",
        "<img srcset=\"https://evil/x 2x\" src=\"cid:a\">",
        "<img src=\"cid:a\" alt=\"x&quot; src=&quot;https://evil\">",
        "<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">",
        "<img src=\"javascript:alert(1)\">",
        "<img src=\"//evil/x\">",
        "<img data-remote=\"7\" data-cid=\"8\">",
        "<a href=\"cid:a\">x</a>",
        "<form action=\"https://evil\"><input name=a><button>x</button></form>",
        "<link rel=stylesheet href=\"https://evil\"><meta http-equiv=refresh content=\"0;url=https://evil\"><base href=\"https://evil\">",
        "<style>@import 'https://evil';*{display:none}</style>",
        "<video src=\"https://evil\" poster=\"https://evil\"></video><audio src=\"https://evil\">",
        "<span class=\"fixed inset-0\" id=\"app\">x</span>",
    ];
    for html in HOSTILE.iter().copied().chain(more) {
        let shown = letter(html);
        assert_eq!(letter_fault(&shown.html), None, "{html}\n{}", shown.html);
        // a picture without an address is none any more, and attributes may come in either order
        let again = letter(&shown.html).html;
        assert!(again.len() == shown.html.len() || shown.html.contains("<img"), "{html}\n{again}");
    }
}

#[test]
fn a_letter_looks_as_it_was_meant() {
    for html in [
        "<table width=\"600\" cellpadding=\"0\"><tbody><tr><td align=\"center\" style=\"color:#333;padding:4px\">Hi</td></tr></tbody></table>",
        "<h1>Hei</h1><p>På <b>fjellet</b> <font color=\"red\" size=\"4\">nå</font></p><hr>",
        "<blockquote type=\"cite\">x</blockquote><ol start=\"3\" type=\"a\"><li>y</li></ol>",
        "<div class=\"signature\">Mara</div>",
    ] {
        assert_eq!(letter(html).html, html);
    }
    assert_eq!(letter("<div class=\"gmail_signature x\">M</div>").html, "<div class=\"signature\">M</div>");
}

#[test]
fn pictures_wait_to_be_asked_for() {
    let html = "<img src=\"cid:logo@x\" width=\"10\"><img src=\"https://a.example/1?a&amp;b\"><img src=\"https://a.example/1?a&amp;b\" alt=\"again\">\
                <img src=\"http://b.example/2\">";
    let shown = letter(html);
    assert_eq!(shown.embedded, ["logo@x"]);
    assert_eq!(shown.remote, ["https://a.example/1?a&b", "http://b.example/2"]);
    assert!(!shown.html.contains("src="), "{}", shown.html);

    let files = shown.filled(&shown.html, |picture| match picture {
        Picture::Embedded(id) => Some(format!("/files/{id}")),
        Picture::Remote(_) => None,
    });
    assert!(files.contains("src=\"/files/logo@x\"") && files.matches("src=").count() == 1, "{files}");
    let all = shown.filled(&shown.html, |picture| match picture {
        Picture::Embedded(id) | Picture::Remote(id) => Some(format!("/p?\"{id}")),
    });
    assert_eq!(all.matches(" src=\"/p?&quot;").count(), 4, "{all}");
    assert!(!all.contains("data-"), "{all}");

    let many: String = (0..=MOST_PICTURES).map(|n| format!("<img src=\"https://a.example/{n}\">")).collect();
    let many = letter(&many);
    assert_eq!((many.remote.len(), many.html.matches("<img").count()), (MOST_PICTURES, MOST_PICTURES));
}

#[test]
fn a_letter_without_end_is_cut() {
    assert!(!letter(&"x".repeat(LONGEST)).is_cut);
    assert!(letter(&"x".repeat(LONGEST + 1)).is_cut);
    let many = |n| letter(&"<br>".repeat(n));
    assert!(!many(MOST_TAGS).is_cut && many(MOST_TAGS + 1).is_cut);
    for piece in ["<b>", "<a><div>", "<i>x<b>y</i>", "<table><tr><td>", "<div style='color:red'>", "<font><p>"] {
        assert_eq!(letter_fault(&letter(&piece.repeat(MOST_TAGS)).html), None, "{piece}");
    }
}
