//! What a subject says about the conversation: whether it is the same one, and a number people see.

/// What mail programs put before a subject, without the colon: English and most others, German, Scandinavian, Turkish, Chinese,
/// Polish, French, Spanish, Italian, Dutch, Finnish, Hungarian.
const PREFIXES: &[&str] = &[
    "re",
    "fw",
    "fwd",
    "aw",
    "wg",
    "antw",
    "antwort",
    "sv",
    "vs",
    "vb",
    "vl",
    "ynt",
    "ilt",
    "cevap",
    "回复",
    "答复",
    "转发",
    "回覆",
    "轉寄",
    "odp",
    "pd",
    "ref",
    "rép",
    "rep",
    "tr",
    "rv",
    "enc",
    "res",
    "ri",
    "rif",
    "i",
    "inoltra",
    "doorst",
    "betr",
    "vá",
    "továbbítás",
];

/// The subject without `Re:`, `AW[2]:`, `[#123]` and their like, in small letters.
pub fn without_prefixes(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some(shorter) = after_prefix(rest).or_else(|| after_tag(rest)) {
        rest = shorter.trim_start();
    }
    rest.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn after_prefix(subject: &str) -> Option<&str> {
    let (before, after) = subject.split_once([':', '：'])?;
    // `Re[2]:`, `Re (3):`
    let word = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | ' '));
    PREFIXES.contains(&word.to_lowercase().as_str()).then_some(after)
}

fn after_tag(subject: &str) -> Option<&str> {
    let (tag, after) = subject.strip_prefix('[')?.split_once(']')?;
    (!after.trim().is_empty() && tag.chars().count() <= 20).then_some(after)
}

/// Numbers written as `[#123]`.
pub(super) fn numbers(subject: &str) -> impl Iterator<Item = u64> {
    subject.split("[#").skip(1).filter_map(|rest| {
        let (digits, _) = rest.split_once(']')?;
        let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse().ok().filter(|_| plain)
    })
}

/// Whether a subject is clearly about something else than the one before: fewer than half of its words were there.
pub fn is_another_topic(before: &str, now: &str) -> bool {
    let (before, now) = (without_prefixes(before), without_prefixes(now));
    if before.is_empty() || now.is_empty() || before.contains(&now) || now.contains(&before) {
        return false;
    }
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<std::collections::HashSet<_>>()
    };
    let (before, now) = (words(&before), words(&now));
    now.intersection(&before).count() * 2 < now.len().min(before.len())
}
