use serde_json::{Value, json};

use super::*;

fn values() -> Value {
    json!({
        "customer": {"first_name": "Mara", "last_name": "", "phone": null, "tags": ["vip", "oslo"]},
        "order": {"name": "#1001", "items": [{"title": "Tent", "price": 3}, {"title": "", "price": 4}], "placed": "2026-11-23 10:00:00 +0000"},
        "note": "<script>alert(1)</script> & \"quotes\"\nsecond line",
        "big": "x".repeat(1_000),
    })
}

fn fault(text: &str) -> String {
    render(text, &values()).unwrap_err().to_string()
}

#[test]
fn texts_render_as_merchants_know_it() {
    for (text, expected) in [
        ("Hi {{ customer.first_name }}!", "Hi Mara!"),
        ("{{ customer['first_name'] | upcase }}", "MARA"),
        ("{% if customer.phone %}call{% else %}write{% endif %}", "write"),
        ("{% if customer.first_name == 'Mara' and customer.tags contains 'vip' %}yes{% endif %}", "yes"),
        ("{% unless customer.nothing %}no{% endunless %}", "no"),
        ("{% case customer.first_name %}{% when 'Ines' %}I{% when 'Mara' %}M{% endcase %}", "M"),
        ("{% for i in order.items %}{{ forloop.index }}:{{ i.price }}{% unless forloop.last %},{% endunless %}{% endfor %}", "1:3,2:4"),
        ("{% for i in (1..3) reversed %}{{ i }}{% endfor %}", "321"),
        ("{% for i in (1..9) limit:2 offset:3 %}{{ i }}{% endfor %}", "45"),
        ("{% for i in (1..9) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 4 %}{% break %}{% endif %}{{ i }}{% endfor %}", "13"),
        ("{% for i in order.nothing %}x{% else %}none{% endfor %}", "none"),
        ("{% for i in (1..2) %}{% for j in (1..2) %}{{ i }}{{ j }} {% endfor %}{% endfor %}", "11 12 21 22 "),
        ("{% assign a = 'x' | append: 'y' %}{{ a }}{% capture b %}<{{ a }}>{% endcapture %}{{ b }}", "xy<xy>"),
        ("{% raw %}{{ as it is }}{% endraw %}{% comment %}{{ hidden }}{% endcomment %}", "{{ as it is }}"),
        ("{{ order.placed | date: '%d.%m.%Y' }}", "23.11.2026"),
        ("{{ 'a,b' | split: ',' | join: ' and ' }}", "a and b"),
        ("{{ 'aXbX' | replace: 'X', '-' }}", "a-b-"),
        ("{{ order.items | map: 'price' | join: '+' }}", "3+4"),
        ("{{ 'ğüş 订单 🦊' | truncate: 7 }}", "ğüş ..."),
        ("a {{- ' b ' -}} c", "a b c"),
        ("no liquid { % } at all }} 100%", "no liquid { % } at all }} 100%"),
        ("", ""),
    ] {
        let rendered = render(text, &values()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(rendered.text, expected, "{text}");
        check(text).unwrap();
    }
}

#[test]
fn what_is_missing_is_left_out_and_listed_once() {
    for (text, expected, missing) in [
        ("Hi {{ customer.first_name }}", "Hi Mara", vec![]),
        ("Hi {{ customer.last_name }}!", "Hi !", vec!["customer.last_name"]),
        ("{{ customer.phone }}{{ customer.phone }}{{ zip }}", "", vec!["customer.phone", "zip"]),
        ("{{ customer.address.city }}", "", vec!["customer.address.city"]),
        ("{{ customer.first_name.more }}", "", vec!["customer.first_name.more"]),
        ("{{ order.items[7].title }}", "", vec!["order.items.7.title"]),
        ("{{ nobody | upcase | append: '!' }}", "!", vec!["nobody"]),
        ("{{ order.total | plus: 1 }}", "", vec!["order.total"]),
        ("{{ order.total | first }}", "", vec!["order.total"]),
        ("{{ 'a' | append: nobody }}", "a", vec!["nobody"]),
        ("Hi {{ nobody | default: 'there' }}", "Hi there", vec![]),
        ("Hi {{ customer.last_name | default: 'there' }}", "Hi there", vec![]),
        ("{% if customer.phone %}{{ customer.phone }}{% endif %}", "", vec![]),
        ("{% if customer.phone == blank %}none{% endif %}", "none", vec![]),
        ("{% for i in order.items %}[{{ i.title }}]{% endfor %}", "[Tent][]", vec!["i.title"]),
        ("{% for i in order.items %}{{ i.weight }}{% endfor %}", "", vec!["i.weight"]),
        ("{% for i in order.items %}{{ customer.zip }}{% endfor %}", "", vec!["customer.zip"]),
        ("{% assign name = customer.last_name %}Hi {{ name }}", "Hi ", vec!["customer.last_name"]),
        ("{% assign gap = '' %}{{ gap }}", "", vec![]),
        // a whole thing, in whatever order its fields lie, is nothing people write to each other
        ("{{ customer }}!", "!", vec!["customer"]),
        ("{{ customer | upcase }}", "", vec!["customer"]),
        ("{% for i in order.items %}{{ i }}{% endfor %}", "", vec!["i"]),
        ("{% if customer %}known{% endif %}", "known", vec![]),
    ] {
        let rendered = render(text, &values()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((rendered.text.as_str(), rendered.missing), (expected, missing.iter().map(ToString::to_string).collect()), "{text}");
    }
}

#[test]
fn html_shows_values_escaped_and_its_own_markup_as_it_is() {
    let quoted = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot;";
    for (text, expected) in [
        ("<p>{{ note }}</p>", format!("<p>{quoted}\nsecond line</p>")),
        ("<p>{{ note | newline_to_br }}</p>", format!("<p>{quoted}<br />\nsecond line</p>")),
        ("{{ note | escape }}", format!("{quoted}\nsecond line")),
        ("{{- note | append: '}}' -}}", format!("{quoted}\nsecond line}}}}")),
        ("{% assign n = note %}{{n}}", format!("{quoted}\nsecond line")),
        ("{% capture n %}<b>{{ customer.first_name }}</b>{% endcapture %}{{ n }}", "&lt;b&gt;Mara&lt;/b&gt;".into()),
        ("{% raw %}{{ note }}{% endraw %}", "{{ note }}".into()),
        ("{% for i in order.items %}{{ i.title }}{{ note | slice: 0 }}{% endfor %}", "Tent&lt;&lt;".into()),
    ] {
        assert_eq!(render_html(text, &values()).unwrap().text, expected, "{text}");
    }
    assert_eq!(render_html("{{ customer.phone }}", &values()).unwrap().missing, ["customer.phone"]);
}

#[test]
fn what_cannot_be_rendered_is_refused_when_it_is_saved() {
    for text in [
        "{{ open",
        "{% if x %}",
        "{% endif %}",
        "{% nonsense %}",
        "{{ x | nonsense }}",
        "{{ }}",
        "{% include 'secrets' %}",
        "{% render 'secrets' %}",
        "{% tablerow i in (1..9) %}{% endtablerow %}",
        "{% for i in %}{% endfor %}",
        "{% cycle 'a', 'b' %}",
        &"x".repeat(LONGEST + 1),
        &"{% if x %}".repeat(21),
        &format!("{}{}", "{% for i in a %}".repeat(1_000), "{% endfor %}".repeat(1_000)),
        &format!("{{% if x %}}{}{{% endif %}}", "{% elsif x %}".repeat(1_200)),
        &format!("{{{{ {}{} }}}}", "a[".repeat(3_000), "]".repeat(3_000)),
        &format!("{{% if {} %}}{{% endif %}}", "a[".repeat(3_000)),
    ] {
        assert!(check(text).is_err(), "{}", &text[..text.len().min(60)]);
    }
}

#[test]
fn a_text_that_means_harm_is_stopped() {
    let doubling = format!("{{% assign a = big %}}{}{{{{ a | size }}}}", "{% assign a = a | append: a %}".repeat(60));
    let captured = format!("{{% assign a = big %}}{}", "{% capture a %}{{ a }}{{ a }}{% endcapture %}".repeat(60));
    let nested =
        |depth: usize, inside: &str| format!("{}{inside}{}", "{% for i in (1..1000) %}".repeat(depth), "{% endfor %}".repeat(depth));
    for (text, reason) in [
        (doubling.as_str(), "64 kB"),
        (&captured, "longer than 64 kB"),
        (&nested(3, ""), "too often"),
        (&nested(2, "{{ '' }}"), "too often"),
        (&nested(2, "{% assign x = big | upcase %}"), "too often"),
        (&nested(1, "{{ big }}"), "256 kB"),
        ("{% for i in (1..1001) %}{% endfor %}", "1000 items"),
        ("{% for i in (1..9223372036854775807) %}{% endfor %}", "1000 items"),
        ("{% for i in (-9223372036854775807..9223372036854775807) %}{% endfor %}", "1000 items"),
        ("{% assign l = big | append: big | split: '' %}{% for i in l %}{% endfor %}", "1000 items"),
        ("{{ big | replace: '', big }}", "64 kB"),
        ("{{ big | replace: 'x', big }}", "64 kB"),
        ("{{ big | split: '' | join: big }}", "64 kB"),
        ("{{ order.placed | date: '%999999999d' }}", "date format"),
        ("{{ 'now' | date: '%Y' }}", "no clock"),
        ("{{ ' Today ' | date: '%Y' }}", "no clock"),
        ("{{ 9223372036854775807 | plus: 1 }}", "numbers that are too large"),
        ("{{ -9223372036854775808 | abs }}", "numbers that are too large"),
        ("{{ 1 | divided_by: 0 }}", ""),
        ("{{ 1 | modulo: 0 }}", ""),
        ("{% for i in big %}{% endfor %}", "list"),
    ] {
        let error = fault(text);
        assert!(error.contains(reason), "{}: {error}", &text[..text.len().min(80)]);
    }
}

#[test]
fn nothing_outside_the_values_is_visible() {
    let reach =
        "{{ env }}{{ env.PATH }}{{ ENV['HOME'] }}{{ self }}{{ this }}{{ config }}{{ globals }}{{ __proto__ }}{{ customer.constructor }}";
    let rendered = render(reach, &values()).unwrap();
    assert_eq!(rendered.text, "");
    assert_eq!(rendered.missing.len(), 9);
    // what came out, put in again, is text and nothing more
    let sly = json!({"note": "{{ secret }}{% for i in (1..9) %}x{% endfor %}", "secret": "canary"});
    assert_eq!(render("{{ note }}", &sly).unwrap().text, sly["note"]);
}

#[test]
fn odd_texts_and_values_do_no_harm() {
    for text in [
        "{",
        "{{",
        "}}",
        "{%",
        "%}",
        "{{}}",
        "{%%}",
        "{{{{",
        "{{ '",
        "{{ \"}}",
        "{% raw %}",
        "{% raw %}{{",
        "{%-",
        "{{-}}",
        "{{ '}}' }}",
        "🦊{{🦊}}",
        "{% endraw %}",
        "{% comment %}{{ ",
        "{% case %}{% endcase %}",
        "{% when %}",
        "{% else %}",
        "{{ a.b.c. }}",
        "{{ | upcase }}",
        "\0{{ \0 }}",
        "{{ -1 | truncate: -5 }}",
        "{{ 'abc' | slice: -9, 99 }}",
        "{{ 'abc' | slice: 9223372036854775807, 9 }}",
        "{{ '🦊' | slice: 0, 1 }}",
        "{{ '%' | url_decode }}",
        "{{ '%ff%fe' | url_decode }}",
        "{{ 1.5 | round: 400 }}",
        "{{ 'x' | truncatewords: -1 }}",
        "{{ note.size }}",
    ] {
        let (plain, html) = (render(text, &values()), render_html(text, &values()));
        assert_eq!(plain.is_ok(), html.is_ok(), "{text}: {plain:?} {html:?}");
    }
    for values in [json!(null), json!([]), json!("x"), json!(1)] {
        assert!(render("x", &values).is_err());
    }
}

#[test]
fn what_is_wrong_with_a_text_is_said_in_a_sentence() {
    let error = check("Hello {{ oops").unwrap_err().to_string();
    assert!(error.starts_with("Line 1, character "), "{error}");
    assert!(!error.contains('\n') && !error.contains("-->"), "{error}");
    assert!(check("{{ x | shout }}").unwrap_err().to_string().starts_with("There is no filter “shout”."));
}
