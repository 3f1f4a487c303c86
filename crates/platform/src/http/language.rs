//! The language somebody reads, as their browser or program says it.

use std::cmp::Reverse;

use axum::http::{HeaderMap, header};
use kernel::Language;

/// More languages nobody reads; the rest of a longer list is not looked at.
const MOST: usize = 20;
/// No entry worth looking at is longer, in bytes.
const LONGEST: usize = 64;

/// The language of ours that `Accept-Language` likes best, the first of several; English when it names none.
pub fn wished(headers: &HeaderMap) -> Language {
    let lines = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
    let wishes = lines.flat_map(|line| line.split(',')).take(MOST).filter_map(wish);
    wishes.min_by_key(|(_, quality)| Reverse(*quality)).map(|(language, _)| language).unwrap_or_default()
}

/// `nb-NO;q=0.8` as the language and how much it is liked, in thousandths; `q=0` means not at all.
fn wish(entry: &str) -> Option<(Language, u16)> {
    let entry = Some(entry.trim()).filter(|entry| entry.len() <= LONGEST)?;
    let (tag, liked) = entry.split_once(';').unwrap_or((entry, "q=1"));
    let quality: f32 = liked.trim().strip_prefix(['q', 'Q'])?.strip_prefix('=')?.parse().ok()?;
    let thousandths = (quality * 1_000.0) as u16;
    let language = Language::from_tag(tag.trim_end())?;
    (1..=1_000).contains(&thousandths).then_some((language, thousandths))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn of(lines: &[&str]) -> Language {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::ACCEPT_LANGUAGE, HeaderValue::from_str(line).unwrap());
        }
        wished(&headers)
    }

    #[test]
    fn the_language_liked_best_is_found() {
        for (line, language) in [
            ("nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6,en;q=0.5", Language::Nb),
            ("tr", Language::Tr),
            ("TR-tr ; q=0.9", Language::Tr),
            ("zh-Hans-CN,zh;Q=0.9", Language::Zh),
            ("fr,de;q=0.9,tr;q=0.3,nb;q=0.4", Language::Nb),
            ("en;q=0.5,tr;q=0.5", Language::En),
            ("tr;q=0.5,en;q=0.5", Language::Tr),
            ("tr;q=0,nb;q=0.001", Language::Nb),
            ("fr-FR,*;q=0.5", Language::En),
            ("", Language::En),
        ] {
            assert_eq!(of(&[line]), language, "{line}");
        }
        assert_eq!(of(&["fr, en;q=0.2", "nb;q=0.7"]), Language::Nb, "two lines are one list");
        assert_eq!(wished(&HeaderMap::new()), Language::En);
    }

    #[test]
    fn a_hostile_list_does_no_harm() {
        let late = format!("{}tr", "fr,".repeat(MOST));
        let long = format!("tr{}", "-x".repeat(40_000));
        for line in
            ["tr;q=nan", "tr;q=inf", "tr;q=-1", "tr;q=2", "tr;q=1e9", "tr;level=1", "tr;q", ";;;,,,;q=1", ";q=1", "🦊", &late, &long]
        {
            assert_eq!(of(&[line]), Language::En, "{}", &line[..line.len().min(40)]);
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_bytes(b"tr,\xff\xfe").unwrap());
        assert_eq!(wished(&headers), Language::En);
    }
}
