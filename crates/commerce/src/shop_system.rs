//! The plug: how a shop's own system is asked to do something with an order.

use futures::future::BoxFuture;
use kernel::{ActionId, Result, ShopId, Timestamp};
use platform::{App, html};

use crate::deed::{Deed, DeedKind, RefundAbilities};

/// What a shop system is asked to do.
#[derive(Debug, Clone)]
pub struct Asked {
    pub shop: ShopId,
    /// Written beside it in the shop's own books where they have a place for it, so that it is found there again.
    pub action: ActionId,
    /// The shop's own id of the order.
    pub order: String,
    pub deed: Deed,
    pub reason: String,
    /// When it was asked for the first time.
    pub asked_at: Timestamp,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It has.
    Made(Made),
    /// It has not done it, for this reason in its own words; none when it was looked for and is not there.
    Refused(String),
    /// It may have, or not: nobody can tell yet, and this is what happened.
    Unknown(String),
}

/// What a shop system says of what it has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// In its words, if it says anything: the number of an order it has made, a code.
    pub said: String,
    /// The web address where the customer goes on, where there is one.
    pub link: Option<String>,
}

/// A shop system's own words are kept up to so many characters.
const LONGEST_WORDS: usize = 300;
/// So many bytes of a web address; what is longer is none.
const LONGEST_LINK: usize = 2_000;

impl Made {
    /// With nothing that is no web address.
    fn checked(self) -> Made {
        let is_one = |link: &String| link.len() <= LONGEST_LINK && (link.starts_with("https://") || link.starts_with("http://"));
        Made { link: self.link.filter(|link| is_one(link) && !link.contains(|c: char| c.is_whitespace() || c.is_control())), ..self }
    }
}

impl Answer {
    /// It has, and says this, if anything.
    pub fn made(said: impl Into<String>) -> Answer {
        Answer::Made(Made { said: said.into(), link: None })
    }

    /// It has, and the customer goes on there.
    pub fn made_at(said: impl Into<String>, link: Option<String>) -> Answer {
        Answer::Made(Made { said: said.into(), link })
    }

    /// With no more words than are kept, in one line.
    pub(crate) fn cut(self) -> Answer {
        let cut = |words: String| html::clean_line(&words).chars().take(LONGEST_WORDS).collect();
        match self {
            Answer::Made(Made { said, link }) => Answer::Made(Made { said: cut(said), link }.checked()),
            Answer::Refused(said) => Answer::Refused(cut(said)),
            Answer::Unknown(said) => Answer::Unknown(cut(said)),
        }
    }
}

/// Which shop system keeps an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper {
    /// What it is called where the order is its own.
    pub name: String,
    /// What it can do to an order.
    pub can: &'static [DeedKind],
    /// What it can do with a refund beside giving money back.
    pub refunds: RefundAbilities,
}

/// A shop's own system, asked from no transaction.
pub trait ShopSystem: Send + Sync {
    /// Says whether it keeps the order.
    fn keeps<'a>(&'a self, app: &'a App, shop: ShopId, order: &'a str) -> BoxFuture<'a, Result<Option<Keeper>>>;

    /// Does one of the things it can do. It is asked once for each action: whoever does not know what became of it looks.
    fn act<'a>(&'a self, app: &'a App, asked: &'a Asked) -> BoxFuture<'a, Answer>;

    /// Looks in its books whether it has.
    fn look<'a>(&'a self, app: &'a App, asked: &'a Asked) -> BoxFuture<'a, Answer>;
}

/// The shop systems of this installation.
pub struct ShopSystems(pub Vec<Box<dyn ShopSystem>>);

/// The system that keeps an order, and what it says of itself.
pub(crate) async fn keeper<'a>(app: &'a App, shop: ShopId, order: &str) -> Result<Option<(&'a dyn ShopSystem, Keeper)>> {
    for system in &app.plugged::<ShopSystems>()?.0 {
        if let Some(keeper) = system.keeps(app, shop, order).await? {
            return Ok(Some((system.as_ref(), keeper)));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shop_system_is_not_quoted_at_any_length_and_leads_nowhere_but_to_a_web_address() {
        let long = |length: usize| Answer::Refused("å".repeat(length));
        assert_eq!(long(LONGEST_WORDS + 1).cut(), long(LONGEST_WORDS));
        let at = |link: &str| Answer::made_at("", Some(link.to_owned())).cut();
        let longest = format!("https://shop.example/{}", "x".repeat(LONGEST_LINK - 21));
        assert_eq!(at(&longest), Answer::made_at("", Some(longest.clone())));
        for link in [format!("{longest}x").as_str(), "javascript:alert(1)", "https://shop.example/ two", "https://shop.example/\nthree", ""]
        {
            assert_eq!(at(link), Answer::made(""), "{link}");
        }
        assert_eq!(Answer::Unknown("one\ntwo\u{202e}".to_owned()).cut(), Answer::Unknown("one two".to_owned()));
    }
}
