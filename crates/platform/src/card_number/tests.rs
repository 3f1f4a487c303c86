use super::*;
use crate::rng::Rng;

/// Numbers that issuers publish for tests.
const CARDS: &[&str] = &[
    "4111111111111111",
    "4012888888881881",
    "4222222222222",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "378282246310005",
    "371449635398431",
    "6011111111111117",
    "30569309025904",
    "3530111333300000",
    "6212341111111111116",
    "9792030394440796",
    "2200000000000004",
];

#[test]
fn a_card_is_masked_however_it_is_written() {
    for number in CARDS {
        let last = &number[number.len() - 4..];
        let grouped = |size: usize, gap: &str| {
            number.as_bytes().chunks(size).map(|group| std::str::from_utf8(group).unwrap()).collect::<Vec<_>>().join(gap)
        };
        let wide: String = number.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap()).collect();
        let unseen = number.chars().map(|c| format!("{c}\u{200b}")).collect::<String>();
        for written in [
            (*number).to_owned(),
            grouped(4, " "),
            grouped(4, "-"),
            grouped(4, "."),
            grouped(4, "\u{a0}"),
            grouped(4, " - "),
            grouped(4, "–"),
            grouped(1, " "),
            grouped(2, " "),
            grouped(8, " "),
            grouped(4, "\n"),
            grouped(9, "\r\n"),
            wide,
            unseen,
        ] {
            for (before, after) in [
                ("", ""),
                ("My card is ", ", thanks"),
                ("2 x ", "\n3 y"),
                ("(", ")"),
                ("Karte:", "!"),
                ("I ordered with my card ", "."),
                ("for order 12 I paid with ", "!"),
                ("is it clean? ", "?"),
                ("kreditkort ", ""),
            ] {
                let text = format!("{before}{written}{after}");
                let clean = masked(&text);
                assert!(clean.contains(&format!("**** **** **** {last}")), "{text:?}: {clean:?}");
                assert!(clean.starts_with(before) && clean.trim_end_matches('\u{200b}').ends_with(after), "{text:?}: {clean:?}");
                assert!(clean.chars().filter(char::is_ascii_digit).count() <= 4 + 2, "{text:?}: {clean:?}");
                assert_eq!(masked(&clean), clean);
            }
        }
    }
    assert_eq!(masked("3782 822463 10005"), "**** **** **** 0005");
    assert_eq!(masked("4111 1111 1111 1111 and 5555-5555-5555-4444"), "**** **** **** 1111 and **** **** **** 4444");
}

#[test]
fn other_long_numbers_stay() {
    for text in [
        // not the check digit, not an issuer, not so long
        "4111111111111112",
        "1111111111111117",
        "41111111111111111111",
        "411111111111",
        // an IMEI fits the check digit
        "490154203237518",
        "Order 4111111111111111",
        "Sipariş no: 4111111111111111",
        "订单号 4111111111111111",
        "paid by card, tracking 4111111111111111",
        "Bestellnummer: 5555555555554444",
        "see #4111111111111111",
        // Amazon
        "305-1234567-1234567",
        // SSCC, USPS, S10, phone, IBAN
        "00370726201234567890",
        "9400 1000 0000 0000 0000 00",
        "LX123456789NO",
        "+47 22 33 44 55 66 77 88",
        "NO93 8601 1117 947",
        "2026-11-05 14:03:00 2026-11-06",
        "12 34 56 78 90 12 34 56",
        "no numbers",
        "",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn the_code_on_the_back_goes_too() {
    for (text, clean) in [
        ("4111 1111 1111 1111 12/29 CVV 123", "**** **** **** 1111 12/29 CVV ***"),
        ("4111111111111111, exp 12/29, cvc: 1234.", "**** **** **** 1111, exp 12/29, cvc: ***."),
        ("4111111111111111 CVV2: 123", "**** **** **** 1111 CVV2: ***"),
        ("4111111111111111 güvenlik kodu 123", "**** **** **** 1111 güvenlik kodu ***"),
        ("CVV 123", "CVV 123"),
        ("4111111111111111 room 123", "**** **** **** 1111 room 123"),
    ] {
        assert_eq!(masked(text), clean);
    }
}

#[test]
fn tags_between_digits_hide_nothing() {
    for (html, clean) in [
        ("<p>4111111111111111</p>", "<p>************1111</p>"),
        ("<b>4111</b>&nbsp;<i>1111</i> 1111<br>1111", "<b>****</b>&nbsp;<i>****</i> ****<br>1111"),
        ("<p>4111 1111 1111 1111 CVC 123</p>", "<p>**** **** **** 1111 CVC ***</p>"),
        ("<a href=\"https://x/4111111111111111\">x</a>", "<a href=\"https://x/4111111111111111\">x</a>"),
        ("<p>1 &lt; 2</p>", "<p>1 &lt; 2</p>"),
    ] {
        assert_eq!(masked_html(html), clean);
    }
}

#[test]
fn few_numbers_of_chance_look_like_cards() {
    let rng = Rng::seeded(3);
    let number = |length: usize| (0..length).map(|_| char::from(b'0' + rng.below(10) as u8)).collect::<String>();
    for (label, length) in [("order ", 16), ("parcel ", 18), ("", 20), ("", 12), ("IMEI ", 15)] {
        let hit = (0..5_000).filter(|_| !matches!(masked(&format!("{label}{}", number(length))), Cow::Borrowed(_))).count();
        assert!(hit <= 5, "{label}{length}: {hit}");
    }
}
