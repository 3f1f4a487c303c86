//! Consent: what a customer allowed, on which channel and for what. Each time it is said is written down with its evidence and
//! never changed; what holds now follows from that.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use kernel::{ConsentId, CustomerId, Language, MemberId, Result, ShopId, Timestamp, invalid, say};
use platform::{Agent, Tx, event::Acting, keyed};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    channel::Channel,
    customer::{self, Customer},
    events::CustomerConsented,
    store::consents as store,
};

keyed! {
    /// What is allowed, or is not.
    pub enum Purpose {
        /// That what is said is kept.
        Conversation = "conversation",
        /// News of orders beyond what must be said.
        Service = "service",
        /// Offers and newsletters.
        Marketing = "marketing",
        /// To be asked how it was.
        Feedback = "feedback",
        /// That what they do on the shop's pages is kept.
        Browsing = "browsing",
    }
}

keyed! {
    /// Where it was said.
    pub enum Source {
        /// In the panel of the chat, by ticking the box.
        Webchat = "webchat",
        /// On a page of the shop, which says so.
        Page = "page",
        Form = "form",
        Checkout = "checkout",
        InPerson = "in_person",
        /// To a member, in a conversation or on the telephone.
        Told = "told",
        /// In a message on the channel it is about.
        Message = "message",
        /// In another system, before.
        Import = "import",
    }
}

/// What shows that it was said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// The words they saw.
    pub wording: Option<String>,
    pub language: Option<Language>,
    /// The page it was said on.
    pub page: Option<String>,
    /// The internet address it was said from.
    pub network: Option<String>,
    /// Where it had been said, in the words of whoever brought it along from another system.
    pub origin: Option<String>,
}

impl Evidence {
    /// Which words these are: the same words have the same version.
    pub fn version(&self) -> Option<String> {
        self.wording.as_ref().map(|words| HEXLOWER.encode(&Sha256::digest(words)[..6]))
    }
}

/// What was said about one channel and purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub channel: Channel,
    pub purpose: Purpose,
    pub given: bool,
    pub source: Source,
    pub evidence: Evidence,
    pub at: Timestamp,
}

/// A word, as it was written down.
#[derive(Debug, Clone)]
pub struct Consent {
    pub shop: ShopId,
    pub id: ConsentId,
    /// Whose it is today.
    pub customer: CustomerId,
    /// As whom they said it.
    pub customer_first: CustomerId,
    pub word: Word,
    /// Who wrote it down, unless it was the customer.
    pub by: Option<MemberId>,
}

/// What holds about a channel and purpose. About those not named nobody was asked, so they are not allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub channel: Channel,
    pub purpose: Purpose,
    pub given: bool,
    pub since: Timestamp,
}

/// What holds now, from all that was said, the oldest first.
pub fn standing<'a>(words: impl IntoIterator<Item = &'a Word>) -> Vec<Standing> {
    let mut all: BTreeMap<(Channel, Purpose), Standing> = BTreeMap::new();
    for word in words {
        let Word { channel, purpose, given, source, at, .. } = *word;
        let said = Standing { channel, purpose, given, since: at };
        let holds = all.entry((channel, purpose)).or_insert(said);
        // an old list does not bring back what they have withdrawn: only they do
        let counts = !(given && source == Source::Import);
        if holds.given != given && counts {
            *holds = said;
        }
    }
    all.into_values().collect()
}

/// Writes down what a customer has said to a member, or to a system that tells us.
///
/// Errors: `Invalid` when that is still to come.
pub async fn record(tx: &mut Tx<'_>, who: &Agent, customer: CustomerId, word: Word) -> Result<Consent> {
    let customer = customer::to_write_about(tx, who.shop, customer).await?;
    if word.at > tx.now() {
        return Err(invalid("at", say!("consent-to-come")));
    }
    write(tx, who, &customer, word, Some(who.id)).await
}

/// Writes down what a customer says themselves. The same to the same words again is no news.
pub async fn say(tx: &mut Tx<'_>, who: &impl Acting, customer: &Customer, word: Word) -> Result<()> {
    let said = store::newest(tx, customer.shop, customer.id, word.channel, word.purpose).await?;
    let again = said.is_some_and(|said| said.given == word.given && said.evidence.version() == word.evidence.version());
    if again { Ok(()) } else { write(tx, who, customer, word, None).await.map(drop) }
}

/// Whether a customer allows this: themselves, not those they were merged with.
pub async fn holds(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, channel: Channel, purpose: Purpose) -> Result<bool> {
    let all = standing(store::came_as(tx, shop, customer).await?.iter().map(|consent| &consent.word));
    Ok(all.iter().any(|holds| holds.channel == channel && holds.purpose == purpose && holds.given))
}

async fn write(tx: &mut Tx<'_>, who: &impl Acting, said_by: &Customer, word: Word, by: Option<MemberId>) -> Result<Consent> {
    let (customer, customer_first) = (said_by.person(), said_by.id);
    let consent = Consent { shop: said_by.shop, id: tx.new_id(), customer, customer_first, word, by };
    store::insert(tx, &consent).await?;
    let Word { channel, purpose, given, .. } = consent.word;
    tx.announce(who, CustomerConsented { customer, customer_first, channel, purpose, given }).await?;
    Ok(consent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(channel: Channel, given: bool, source: Source, at: i64) -> Word {
        let at = Timestamp::from_micros(at);
        Word { channel, purpose: Purpose::Marketing, given, source, evidence: Evidence::default(), at }
    }

    #[test]
    fn what_holds_follows_from_all_that_was_said() {
        use Source::*;
        const YES: bool = true;
        const NO: bool = false;
        // (what was said, one after the other) and (what holds, since which of them)
        for (said, holds) in [
            (vec![], None),
            (vec![(YES, Form)], Some((YES, 0))),
            (vec![(NO, Told)], Some((NO, 0))),
            (vec![(YES, Form), (YES, Checkout)], Some((YES, 0))),
            (vec![(YES, Form), (NO, Told)], Some((NO, 1))),
            (vec![(YES, Form), (NO, Told), (NO, Form)], Some((NO, 1))),
            (vec![(YES, Form), (NO, Told), (YES, Checkout)], Some((YES, 2))),
            (vec![(YES, Import)], Some((YES, 0))),
            (vec![(YES, Form), (NO, Told), (YES, Import)], Some((NO, 1))),
            (vec![(YES, Form), (NO, Import)], Some((NO, 1))),
            (vec![(NO, Webchat), (YES, Import), (YES, Webchat)], Some((YES, 2))),
        ] {
            let words: Vec<Word> = (0..).zip(&said).map(|(at, (given, source))| word(Channel::Email, *given, *source, at)).collect();
            let found = standing(&words).first().map(|holds| (holds.given, holds.since.micros()));
            assert_eq!(found, holds, "{said:?}");
        }
    }

    #[test]
    fn what_was_said_of_one_channel_says_nothing_of_another() {
        let words = [word(Channel::Email, true, Source::Form, 0), word(Channel::Sms, false, Source::Form, 1)];
        let found: Vec<_> = standing(&words).iter().map(|holds| (holds.channel, holds.given)).collect();
        assert_eq!(found, [(Channel::Email, true), (Channel::Sms, false)]);
    }

    #[test]
    fn the_same_words_have_the_same_version() {
        let said = |words: Option<&str>| Evidence { wording: words.map(str::to_owned), ..Evidence::default() }.version();
        assert_eq!(said(Some("I agree.")), said(Some("I agree.")));
        assert_ne!(said(Some("I agree.")), said(Some("I agree!")));
        assert_eq!(said(None), None);
    }
}
