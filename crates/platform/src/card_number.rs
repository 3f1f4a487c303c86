//! Numbers of payment cards, made unreadable before anything is written down: whoever keeps none cannot lose any (PCI DSS, 3.3).
//!
//! A number counts when its check digit fits, an issuer gives out numbers that begin so and are so long, and it is grouped as people
//! write cards. What is called an order, a parcel or a device is none.

use std::{borrow::Cow, ops::Range};

use crate::html::{Piece, is_inline, pieces, tag_name};

const SHORTEST: usize = 13;
const LONGEST: usize = 19;
/// What people put between two groups is no longer.
const WIDEST_GAP: usize = 3;
/// So many bytes before a number may say what it is.
const BEFORE: usize = 40;
/// So far behind a number its security code is looked for, in bytes.
const BEHIND: usize = 80;

/// A text with `**** **** **** 1234` in place of each card number, and without the codes that stand behind them.
pub fn masked(text: &str) -> Cow<'_, str> {
    let cards = cards(text, of_text(text, 0));
    if cards.is_empty() {
        return text.into();
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (index, card) in cards.iter().enumerate() {
        let digits: String = card.digits.iter().rev().take(4).rev().map(|digit| char::from(b'0' + digit.value)).collect();
        out.push_str(&text[at..card.start()]);
        out.push_str("**** **** **** ");
        out.push_str(&digits);
        at = card.end();
        let next = cards.get(index + 1).map_or(text.len(), Found::start);
        if let Some(code) = security_code(text, at..next) {
            out.push_str(&text[at..code.start]);
            out.push_str("***");
            at = code.end;
        }
    }
    out.push_str(&text[at..]);
    out.into()
}

/// The same for HTML that the sanitiser wrote, whatever tags stand between the digits.
pub fn masked_html(clean: &str) -> Cow<'_, str> {
    let letters = pieces(clean).flat_map(|piece| match piece {
        Piece::Tag { raw, .. } if is_inline(tag_name(raw)) => Vec::new(),
        Piece::Tag { at, .. } => vec![(Letter::Gap, at)],
        Piece::Text { raw, at } => of_text(raw, at.start).collect(),
    });
    let cards = cards(clean, letters);
    if cards.is_empty() {
        return clean.into();
    }
    let (mut out, mut at) = (String::with_capacity(clean.len()), 0);
    for card in &cards {
        let hidden = card.digits.len() - 4;
        for digit in &card.digits[..hidden] {
            out.push_str(&clean[at..digit.at.start]);
            out.push('*');
            at = digit.at.end;
        }
        out.push_str(&clean[at..card.end()]);
        at = card.end();
        if let Some(code) = security_code(clean, at..clean.len()) {
            out.push_str(&clean[at..code.start]);
            out.push_str("***");
            at = code.end;
        }
    }
    out.push_str(&clean[at..]);
    out.into()
}

#[derive(Debug, Clone)]
struct Digit {
    value: u8,
    at: Range<usize>,
    /// Whether something stands between it and the digit before, and whether that ends a line.
    gap: Gap,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Between,
    Line,
}

#[derive(Debug)]
struct Found {
    digits: Vec<Digit>,
}

impl Found {
    fn start(&self) -> usize {
        self.digits.first().map_or(0, |digit| digit.at.start)
    }
    fn end(&self) -> usize {
        self.digits.last().map_or(0, |digit| digit.at.end)
    }
}

enum Letter {
    Digit(u8),
    Gap,
    LineEnd,
    Unseen,
    Other,
}

/// The letters of a text, with their places; what HTML writes for a space is one.
fn of_text(text: &str, offset: usize) -> impl Iterator<Item = (Letter, Range<usize>)> {
    const SPACE: &str = "&nbsp;";
    let mut skip = 0;
    text.char_indices().filter_map(move |(at, letter)| {
        if at < skip {
            return None;
        }
        let range = at + offset..at + offset + letter.len_utf8();
        if letter == '&' && text[at..].starts_with(SPACE) {
            skip = at + SPACE.len();
            return Some((Letter::Gap, range));
        }
        Some((kind(letter), range))
    })
}

fn kind(letter: char) -> Letter {
    // the ways digits are written that people take for ours: wide, Arabic, Persian
    let digit = ['0', '０', '٠', '۰'].iter().find_map(|zero| u32::from(letter).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    match letter {
        _ if digit.is_some() => Letter::Digit(digit.and_then(|value| u8::try_from(value).ok()).unwrap_or_default()),
        '\n' | '\r' => Letter::LineEnd,
        '-' | '‐'..='―' | '.' | '_' | '·' | '/' | '\u{2212}' => Letter::Gap,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Letter::Unseen,
        letter if letter.is_whitespace() => Letter::Gap,
        _ => Letter::Other,
    }
}

/// Every card number among these letters of `text`.
fn cards(text: &str, letters: impl Iterator<Item = (Letter, Range<usize>)>) -> Vec<Found> {
    let (mut found, mut run) = (Vec::new(), Vec::<Digit>::new());
    let (mut gap, mut width) = (Gap::None, 0);
    for (letter, at) in letters {
        match letter {
            Letter::Digit(value) => {
                run.push(Digit { value, at, gap });
                (gap, width) = (Gap::None, 0);
                continue;
            }
            Letter::Unseen => continue,
            Letter::Gap | Letter::LineEnd if width < WIDEST_GAP && !run.is_empty() => {
                width += 1;
                gap = if matches!(letter, Letter::LineEnd) || gap == Gap::Line { Gap::Line } else { Gap::Between };
                continue;
            }
            Letter::Gap | Letter::LineEnd | Letter::Other => (),
        }
        search(text, &run, &mut found);
        run.clear();
        (gap, width) = (Gap::None, 0);
    }
    search(text, &run, &mut found);
    found
}

/// Looks for cards among digits that stand together, at the beginnings of groups.
fn search(text: &str, run: &[Digit], found: &mut Vec<Found>) {
    let mut start = 0;
    while start + SHORTEST <= run.len() {
        let ends = (start + SHORTEST..=run.len().min(start + LONGEST)).rev();
        let whole = |end: &usize| run.get(*end).is_none_or(|next| next.gap != Gap::None);
        let card = ends.filter(whole).map(|end| &run[start..end]).find(|digits| is_card(digits));
        match card.filter(|digits| !is_called_otherwise(text, digits[0].at.start)) {
            Some(digits) => {
                found.push(Found { digits: digits.to_vec() });
                start += digits.len();
            }
            None => start += 1 + run[start + 1..].iter().position(|digit| digit.gap != Gap::None).unwrap_or(run.len()),
        }
    }
}

fn is_card(digits: &[Digit]) -> bool {
    let values: Vec<u8> = digits.iter().map(|digit| digit.value).collect();
    is_issued(&values) && fits_check_digit(&values) && is_grouped(digits)
}

/// Luhn: every second digit from the right counts twice.
fn fits_check_digit(values: &[u8]) -> bool {
    let sum: u32 = values.iter().rev().enumerate().map(|(place, value)| weighed(place, *value)).sum();
    sum.is_multiple_of(10)
}

fn weighed(place: usize, value: u8) -> u32 {
    let value = u32::from(value);
    if place.is_multiple_of(2) {
        value
    } else if value > 4 {
        value * 2 - 9
    } else {
        value * 2
    }
}

/// The first four digits issuers begin with, and how long their numbers are.
const ISSUED: &[(Range<u16>, &[usize])] = &[
    // Visa, Mastercard, American Express
    (4000..5000, &[13, 16, 19]),
    (5100..5600, &[16]),
    (2221..2721, &[16]),
    (3400..3500, &[15]),
    (3700..3800, &[15]),
    // Discover, Diners, JCB, UnionPay
    (6011..6012, &[16, 19]),
    (6440..6600, &[16, 19]),
    (3000..3060, &[14, 16]),
    (3095..3096, &[14, 16]),
    (3600..3700, &[14]),
    (3800..4000, &[14, 16]),
    (3528..3590, &[16, 19]),
    (6200..6300, &[16, 17, 18, 19]),
    // Maestro, Mir, Troy, RuPay
    (5018..5019, &[16, 18, 19]),
    (5020..5021, &[16, 18, 19]),
    (5038..5039, &[16, 18, 19]),
    (5893..5894, &[16, 18, 19]),
    (6304..6305, &[16, 18, 19]),
    (6759..6764, &[16, 18, 19]),
    (2200..2205, &[16, 17, 18, 19]),
    (9792..9793, &[16]),
    (8171..8200, &[16, 19]),
];

fn is_issued(values: &[u8]) -> bool {
    let first = values.iter().take(4).fold(0, |number: u16, value| number * 10 + u16::from(*value));
    ISSUED.iter().any(|(begins, lengths)| begins.contains(&first) && lengths.contains(&values.len()))
}

/// Grouped as it is embossed, as nobody does it (one by one), or broken at the end of a line.
fn is_grouped(digits: &[Digit]) -> bool {
    let mut groups = vec![1];
    for digit in &digits[1..] {
        match (digit.gap, groups.last_mut()) {
            (Gap::None, Some(last)) => *last += 1,
            _ => groups.push(1),
        }
    }
    let broken = digits[1..].iter().all(|digit| digit.gap != Gap::Between) && digits[1..].iter().any(|digit| digit.gap == Gap::Line);
    let (last, others) = groups.split_last().unwrap_or((&0, &[]));
    let even = others.iter().all(|group| *group == others[0]) && others.first().is_none_or(|first| last <= first);
    let usual = broken || others.first().is_none_or(|first| matches!(first, 1 | 2 | 4 | 8));
    (even && usual) || (broken && groups.len() == 2) || matches!(groups.as_slice(), [4, 6, 4 | 5] | [6, 10] | [6, 13] | [4, 3, 3, 3])
}

/// What else long numbers are of; what is named last before a number is what it is.
const OTHERS: &[&str] = &[
    "order",
    "ordre",
    "orden",
    "bestell",
    "bestilling",
    "beställning",
    "commande",
    "pedido",
    "zamówieni",
    "sipariş",
    "订单",
    "單號",
    "单号",
    "track",
    "sporing",
    "sendung",
    "spår",
    "suivi",
    "seguimiento",
    "przesyłk",
    "kargo",
    "takip",
    "运单",
    "快递",
    "物流",
    "parcel",
    "package",
    "pakke",
    "paket",
    "shipment",
    "colis",
    "paczk",
    "gönderi",
    "imei",
    "serial",
    "serie",
    "iccid",
    "ean",
    "gtin",
    "barcode",
    "strichcode",
    "invoice",
    "faktura",
    "rechnung",
    "facture",
    "fatura",
    "发票",
    "iban",
    "kid",
];
const CARDS: &[&str] = &[
    "card",
    "kort",
    "karte",
    "carte",
    "tarjeta",
    "kart",
    "visa",
    "master",
    "amex",
    "银行卡",
    "信用卡",
    "卡号",
    "pan",
    "pay",
    "paid",
    "öde",
    "betal",
];

fn is_called_otherwise(text: &str, start: usize) -> bool {
    let before = &text[text.ceil_char_boundary(start.saturating_sub(BEFORE))..start];
    let before = before.rsplit(['\n', '>']).next().unwrap_or_default().to_lowercase();
    // `ean` is no end of `clean`, but any card is a card
    let begins = |at: usize| !before[at..].is_ascii() || !before[..at].ends_with(|c: char| c.is_ascii_alphabetic());
    let other = OTHERS.iter().filter_map(|word| before.rmatch_indices(word).map(|(at, _)| at).find(|at| begins(*at))).max();
    let card = CARDS.iter().filter_map(|word| before.rfind(word)).max();
    before.ends_with('#') || other > card
}

/// What three or four digits behind a card are called.
const CODES: &[&str] = &[
    "cvv",
    "cvc",
    "cid",
    "csc",
    "cvn",
    "security code",
    "kontrollsiffer",
    "sikkerhetskode",
    "kontrolkode",
    "säkerhetskod",
    "prüfnummer",
    "prüfziffer",
    "sicherheitscode",
    "cryptogramme",
    "código de seguridad",
    "kod cvv",
    "kod bezpieczeństwa",
    "güvenlik kodu",
    "安全码",
];

/// Where a card's security code stands in a stretch of `text`.
fn security_code(text: &str, within: Range<usize>) -> Option<Range<usize>> {
    let end = text.floor_char_boundary(within.end.min(within.start + BEHIND));
    let stretch = text[within.start..end].to_ascii_lowercase();
    let word = CODES.iter().filter_map(|word| Some(stretch.find(word)? + word.len())).min()?;
    let digit = |c: char| c.is_ascii_digit();
    let from = word + stretch[word..].find(digit).filter(|distance| *distance <= 12)?;
    let length = stretch[from..].find(|c| !digit(c)).unwrap_or(stretch.len() - from);
    // `cvv2: 123` names the code with a digit of its own
    if length == 1 {
        let after = from + 1;
        let from = after + stretch[after..].find(digit).filter(|distance| *distance <= 12)?;
        let length = stretch[from..].find(|c| !digit(c)).unwrap_or(stretch.len() - from);
        return matches!(length, 3 | 4).then(|| within.start + from..within.start + from + length);
    }
    matches!(length, 3 | 4).then(|| within.start + from..within.start + from + length)
}

#[cfg(test)]
mod tests;
