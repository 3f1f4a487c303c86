//! Where to be present: what the figures of channels say to whoever staffs them. Few conversations say nothing.

use std::collections::BTreeMap;

use kernel::Language;
use platform::keyed;
use serde::Serialize;
use utoipa::ToSchema;

use crate::channel_use::ChannelUse;

/// Of fewer conversations nothing is said.
const ENOUGH: i64 = 20;
/// One in a hundred is few, once there are so many.
const MANY: i64 = 200;
/// A median wait below so many seconds is not called long.
const SHORT_WAIT: i64 = 15 * 60;

keyed! {
    /// What is to be done about it; the weightiest first.
    pub enum AdviceKind {
        /// So many per cent of what is begun there nobody has answered.
        Unanswered = "unanswered",
        /// So many per cent of all write there: be there first.
        StaffFirst = "staff_first",
        /// Customers wait there at least twice as long as elsewhere.
        SlowerThanOthers = "slower_than_others",
        /// So many per cent is begun while the shop is closed.
        WhileClosed = "while_closed",
        /// So many per cent of all write in this language, which is not the shop's.
        Language = "language",
        /// There are so many per cent more than in the same time before.
        Grows = "grows",
        /// One in a hundred or fewer use it.
        LittleUsed = "little_used",
    }
}

/// Something to do about a channel or a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Advice {
    pub kind: AdviceKind,
    /// Null where it is about all.
    #[schema(required)]
    pub channel: Option<String>,
    pub public: bool,
    /// Null where it is about none.
    #[schema(required)]
    pub language: Option<Language>,
    /// Null where it is about no share.
    #[schema(required)]
    pub percent: Option<i64>,
}

/// What the figures say to a shop that speaks `own`.
pub fn on(channels: &[ChannelUse], own: Language) -> Vec<Advice> {
    let all: i64 = channels.iter().map(|one| one.conversations).sum();
    let mut advice: Vec<Advice> = channels.iter().flat_map(|one| of_channel(one, channels, all)).collect();
    let mut languages: BTreeMap<Language, i64> = BTreeMap::new();
    for one in channels.iter().flat_map(|one| &one.languages) {
        if let Some(language) = one.language.filter(|language| *language != own) {
            *languages.entry(language).or_default() += one.conversations;
        }
    }
    for (language, count) in languages {
        if all >= ENOUGH && percent(count, all) >= 10 {
            let (language, percent) = (Some(language), Some(percent(count, all)));
            advice.push(Advice { kind: AdviceKind::Language, channel: None, public: false, language, percent });
        }
    }
    advice.sort_by_key(|one| (AdviceKind::ALL.iter().position(|kind| *kind == one.kind), one.percent.map(std::ops::Neg::neg)));
    advice
}

fn of_channel(one: &ChannelUse, channels: &[ChannelUse], all: i64) -> Vec<Advice> {
    let (count, mut found) = (one.conversations, Vec::new());
    let mut say = |kind, percent| {
        found.push(Advice { kind, channel: Some(one.channel.clone()), public: one.public, language: None, percent });
    };
    let share = percent(count, all);
    if all >= MANY && share <= 1 {
        say(AdviceKind::LittleUsed, None);
    }
    if count < ENOUGH {
        return found;
    }
    let (unanswered, closed) = (percent(count - one.answered, count), percent(one.while_closed, count));
    if unanswered >= 20 {
        say(AdviceKind::Unanswered, Some(unanswered));
    }
    if share >= 40 && channels.len() > 1 {
        say(AdviceKind::StaffFirst, Some(share));
    }
    if closed >= 25 {
        say(AdviceKind::WhileClosed, Some(closed));
    }
    if one.before >= ENOUGH && percent(count - one.before, one.before) >= 50 {
        say(AdviceKind::Grows, Some(percent(count - one.before, one.before)));
    }
    let shortest = channels.iter().filter(|other| *other != one && other.answered >= ENOUGH).filter_map(|other| other.median_wait).min();
    if let (Some(wait), Some(shortest)) = (one.median_wait, shortest)
        && wait >= SHORT_WAIT
        && wait >= 2 * shortest
    {
        say(AdviceKind::SlowerThanOthers, None);
    }
    found
}

fn percent(part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { part * 100 / whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel_use::LanguageUse;

    fn used(channel: &str, conversations: i64) -> ChannelUse {
        ChannelUse {
            channel: channel.to_owned(),
            public: false,
            conversations,
            before: conversations,
            customers: conversations,
            answered: conversations,
            while_closed: 0,
            median_wait: Some(60),
            long_wait: Some(600),
            languages: Vec::new(),
            week: Vec::new(),
        }
    }

    fn told(channels: &[ChannelUse]) -> Vec<(&'static str, Option<String>, Option<i64>)> {
        on(channels, Language::En).into_iter().map(|one| (one.kind.key(), one.channel, one.percent)).collect()
    }

    #[test]
    fn few_conversations_say_nothing() {
        assert_eq!(told(&[]), []);
        let few = ChannelUse { answered: 0, while_closed: 19, median_wait: Some(86_400), ..used("email", 19) };
        assert_eq!(told(&[few, used("chat", 19)]), []);
    }

    #[test]
    fn what_is_to_be_done_follows_from_the_figures_the_weightiest_first() {
        let turkish = vec![LanguageUse { language: Some(Language::Tr), conversations: 30 }];
        let email = ChannelUse { answered: 60, while_closed: 30, median_wait: Some(3_600), ..used("email", 100) };
        let chat = ChannelUse { before: 40, languages: turkish, ..used("chat", 100) };
        let named = |name: &str| Some(name.to_owned());
        assert_eq!(
            told(&[chat, email, used("x", 1)]),
            [
                ("unanswered", named("email"), Some(40)),
                ("staff_first", named("chat"), Some(49)),
                ("staff_first", named("email"), Some(49)),
                ("slower_than_others", named("email"), None),
                ("while_closed", named("email"), Some(30)),
                ("language", None, Some(14)),
                ("grows", named("chat"), Some(150)),
                ("little_used", named("x"), None),
            ]
        );
    }

    #[test]
    fn a_shop_with_one_channel_is_not_told_to_staff_it_first() {
        assert_eq!(told(&[used("chat", 500)]), []);
    }
}
