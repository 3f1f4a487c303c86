//! Quick replies: what shoppers may ask with a tap, and what the shop has the bot say to it.

use kernel::{DepartmentId, Language, Result, ShopId, Texts};
use platform::{
    Agent, Tx,
    http::{Check, Validate},
    keyed, template,
};
use serde::{Deserialize, Serialize};

use crate::{WORDS, events::QuickRepliesChanged, store};

/// The longest text of a reply, in characters: a panel is no page to read.
pub const LONGEST: usize = 2_000;

keyed! {
    /// What a shopper asks with a tap.
    pub enum Topic {
        /// Answered only to those who show that an order is theirs.
        TrackOrder = "track_order",
        ReturnPolicy = "return_policy",
        Shipping = "shipping",
        OpeningHours = "opening_hours",
    }
}

impl Topic {
    /// What its button says.
    pub fn label(self, language: Language) -> String {
        WORDS.text(language, &format!("quick-reply-{}", self.key().replace('_', "-")), &[])
    }
}

/// What the bot answers, and with which words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuickReplies {
    /// Whether it tells where orders are.
    pub track_order: bool,
    /// Who looks at an order that is late, stands still or will not arrive; whoever is there first when nobody is named.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")]
    pub department: Option<DepartmentId>,
    /// Whether it tells the return policy, once there is a text for it.
    pub return_policy: bool,
    /// Plain text with Liquid over `shop`.
    pub return_policy_texts: Texts,
    /// Whether it tells what shipping costs and how long it takes, once there is a text for it.
    pub shipping: bool,
    /// Plain text with Liquid over `shop`.
    pub shipping_texts: Texts,
    /// Whether it tells the shop's opening hours.
    pub opening_hours: bool,
}

impl Validate for QuickReplies {
    fn check(&mut self, check: &mut Check) {
        for (field, texts) in [("return_policy_texts", &mut self.return_policy_texts), ("shipping_texts", &mut self.shipping_texts)] {
            check.texts(field, texts, LONGEST);
            for (language, text) in &texts.0 {
                if let Err(error) = template::check(text) {
                    check.that(false, &format!("{field}.{language}"), error.sentence());
                }
            }
        }
    }
}

/// What the bot has to say to a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reply {
    /// What the shop has written, to be filled in.
    Written(String),
    /// The hours as they stand in the shop's schedule.
    Hours,
}

impl QuickReplies {
    /// What shoppers are offered: what is switched on and has words.
    pub fn offered(&self) -> Vec<Topic> {
        let is_offered = |topic: &Topic| match topic {
            Topic::TrackOrder => self.track_order,
            // which language is asked for decides between words, not whether there are any
            topic => self.reply(*topic, Language::En, Language::En).is_some(),
        };
        Topic::ALL.iter().copied().filter(is_offered).collect()
    }

    /// What there is to say to anybody on a topic, in this language; nothing when the shop does not offer it.
    pub(crate) fn reply(&self, topic: Topic, language: Language, shop: Language) -> Option<Reply> {
        let written = |on: bool, texts: &Texts| texts.get(language, shop).filter(|_| on).map(|text| Reply::Written(text.to_owned()));
        match topic {
            Topic::TrackOrder => None,
            Topic::ReturnPolicy => written(self.return_policy, &self.return_policy_texts),
            Topic::Shipping => written(self.shipping, &self.shipping_texts),
            Topic::OpeningHours => self.opening_hours.then_some(Reply::Hours),
        }
    }
}

/// Quick replies as they are kept.
pub(crate) struct Kept {
    pub settings: QuickReplies,
    pub version: i64,
}

/// What a shop has the bot answer; nothing until somebody sets it up.
pub async fn of_shop(tx: &mut Tx<'_>, shop: ShopId) -> Result<QuickReplies> {
    Ok(store::quick_replies(tx, shop).await?.map(|kept| kept.settings).unwrap_or_default())
}

/// Sets up what the bot answers.
///
/// Errors: `Invalid` when there is no such department.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, settings: QuickReplies) -> Result<QuickReplies> {
    team::department::must_be_there(tx, who.shop, settings.department).await?;
    match store::quick_replies(tx, who.shop).await? {
        Some(kept) if kept.settings == settings => return Ok(settings),
        Some(kept) => store::save_quick_replies(tx, who.shop, &Kept { settings: settings.clone(), ..kept }).await?,
        None => store::insert_quick_replies(tx, who.shop, &settings).await?,
    }
    tx.announce(who, QuickRepliesChanged { shop: who.shop }).await?;
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_switched_on_and_has_words_is_offered() {
        let text = |text: &str| Texts::one(Language::Nb, text);
        let all = QuickReplies {
            track_order: true,
            department: None,
            return_policy: true,
            return_policy_texts: text("Angrerett i 30 dager."),
            shipping: true,
            shipping_texts: text("Frakt koster 49 kr."),
            opening_hours: true,
        };
        let all_but = |topic: Topic| Topic::ALL.iter().copied().filter(|one| *one != topic).collect::<Vec<_>>();
        for (settings, offered) in [
            (QuickReplies::default(), vec![]),
            (all.clone(), Topic::ALL.to_vec()),
            (QuickReplies { track_order: false, ..all.clone() }, all_but(Topic::TrackOrder)),
            (QuickReplies { shipping: false, ..all.clone() }, all_but(Topic::Shipping)),
            (QuickReplies { return_policy_texts: Texts::default(), ..all.clone() }, all_but(Topic::ReturnPolicy)),
            (QuickReplies { opening_hours: false, ..all.clone() }, all_but(Topic::OpeningHours)),
        ] {
            assert_eq!(settings.offered(), offered, "{settings:?}");
        }
    }

    #[test]
    fn a_text_has_its_limit_and_is_liquid() {
        let complaints = |text: String| {
            let mut settings = QuickReplies { shipping_texts: Texts::one(Language::Zh, text), ..QuickReplies::default() };
            let mut check = Check::default();
            settings.check(&mut check);
            match check.finish() {
                Err(kernel::Error::Invalid(fields)) => fields.into_iter().map(|field| field.field).collect(),
                _ => Vec::new(),
            }
        };
        assert_eq!(complaints("运".repeat(LONGEST)), Vec::<String>::new());
        assert_eq!(complaints("运".repeat(LONGEST + 1)), ["shipping_texts.zh"]);
        assert_eq!(complaints("{{ shop.name }}".into()), Vec::<String>::new());
        assert_eq!(complaints("{{ shop.name".into()), ["shipping_texts.zh"]);
    }
}
