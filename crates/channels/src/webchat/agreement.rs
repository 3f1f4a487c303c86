//! What visitors agree to: that the chat is kept.

use customers::{
    channel::Channel,
    consent::{self, Evidence, Purpose, Source, Word},
    customer,
    visitor::Visitor,
};
use kernel::Result;
use platform::{Tx, http::Network};

use crate::webchat::{settings, strings};

/// Where a visitor was asked.
#[derive(Debug, Clone)]
pub struct Place {
    pub network: Network,
    /// The address of the page the chat was on, as far as the chat tells it.
    pub page: Option<String>,
}

/// Writes down that they agree, or do not any more, with the words the panel showed.
pub async fn note(tx: &mut Tx<'_>, who: &Visitor, given: bool, place: &Place) -> Result<()> {
    let shop = team::shop::get(tx, who.shop).await?;
    let customer = customer::by_id(tx, who.shop, who.customer).await?;
    let language = customer.language.unwrap_or(shop.language);
    let settings = settings::of_shop(tx, who.shop).await?.settings;
    let policy = match settings.privacy_url {
        Some(address) => format!("{} ({address})", strings::word(language, "policy")),
        None => strings::word(language, "policy"),
    };
    let evidence = Evidence {
        wording: Some(strings::word(language, "consent").replace("{policy}", &policy)),
        language: Some(language),
        page: place.page.clone(),
        network: Some(place.network.to_string()),
        origin: None,
    };
    let at = tx.now();
    let word = Word { channel: Channel::Webchat, purpose: Purpose::Conversation, given, source: Source::Webchat, evidence, at };
    consent::say(tx, who, &customer, word).await
}

/// Whether they have agreed, and have not taken it back.
pub async fn holds(tx: &mut Tx<'_>, who: &Visitor) -> Result<bool> {
    consent::holds(tx, who.shop, who.customer, Channel::Webchat, Purpose::Conversation).await
}
