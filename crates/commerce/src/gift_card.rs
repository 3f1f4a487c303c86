//! A gift card: money for whoever has its code.

use kernel::{AccountId, Currency, CustomerId, EntryId, Error, GiftCardId, Result, ShopId, Timestamp, conflict, say};
use ledger::{Act, Balance};
use platform::{Tx, event::Acting, keyed};

use crate::{
    credit::Gift,
    events::{GiftCardIssued, GiftCardVoided},
    gift_code::GiftCode,
    movement::{self, Explained, Wanted},
    store,
};

keyed! {
    /// What a card is good for.
    pub enum CardState {
        Active = "active",
        Exhausted = "exhausted",
        Expired = "expired",
        Voided = "voided",
    }
}

/// A gift card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftCard {
    pub shop: ShopId,
    pub id: GiftCardId,
    /// The end of its code.
    pub last4: String,
    pub account: AccountId,
    pub currency: Currency,
    /// For whom it was issued, if that is known.
    pub customer: Option<CustomerId>,
    pub expires_at: Option<Timestamp>,
    pub voided_at: Option<Timestamp>,
    pub issued_at: Timestamp,
}

/// A card and what is on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    pub card: GiftCard,
    pub balance: Balance,
}

impl Loaded {
    /// What is on it counts before its day: the ledger says when that has come.
    pub fn state(&self, now: Timestamp) -> CardState {
        if self.card.voided_at.is_some() {
            CardState::Voided
        } else if self.balance != Balance::default() {
            CardState::Active
        } else if self.card.expires_at.is_some_and(|over| over <= now) {
            CardState::Expired
        } else {
            CardState::Exhausted
        }
    }
}

/// Issues a card with this code. Under a key that has issued one before it is that one, whose code nobody knows any more; says
/// whether it was issued now.
///
/// Errors: `Conflict` of the kind `customer_erased`, and those of [`movement::make`].
pub async fn issue(
    tx: &mut Tx<'_>,
    who: &impl Acting,
    customer: Option<CustomerId>,
    gift: &Gift,
    code: &GiftCode,
) -> Result<(Loaded, bool)> {
    let shop = who.actor().shop;
    if let Some(customer) = customer {
        let holder = customers::by_id(tx, shop, customer).await?;
        holder.must_be_known()?;
        holder.must_be_whole()?;
    }
    let currency = gift.amount.currency;
    let known = ledger::entry::accounts_under(tx, shop, &gift.why.key).await?;
    let account = match known.first() {
        Some(account) => *account,
        None => ledger::account::open(tx, shop, currency).await?,
    };
    let moved = movement::make(tx, who, &[account], currency, &gift.wanted()).await?;
    if !moved.now {
        let same = |card: &GiftCard| (card.currency, card.customer) == (currency, customer);
        let card = store::gift_cards::by_account(tx, shop, account).await?.filter(same);
        let card = card.ok_or_else(|| conflict(say!("key-of-another-card")))?;
        return Ok((loaded(tx, card).await?, false));
    }
    let (last4, expires_at, issued_at) = (code.last4(), gift.expires_at, tx.now());
    let card = GiftCard { shop, id: tx.new_id(), last4, account, currency, customer, expires_at, voided_at: None, issued_at };
    store::gift_cards::insert(tx, &card, &code.hash()).await?;
    tx.announce(who, GiftCardIssued { card: card.id, customer, movement: moved.told.movement.entry.id }).await?;
    Ok((loaded(tx, card).await?, true))
}

/// One card.
///
/// Errors: `NotFound`.
pub async fn by_id(tx: &mut Tx<'_>, shop: ShopId, id: GiftCardId) -> Result<Loaded> {
    let card = store::gift_cards::card(tx, shop, id).await?;
    loaded(tx, card).await
}

/// The card that bears this code.
///
/// Errors: `NotFound`, the same for what is no code as for one that no card bears.
pub async fn by_code(tx: &mut Tx<'_>, shop: ShopId, typed: &str) -> Result<Loaded> {
    let card = match GiftCode::read(typed) {
        Some(code) => store::gift_cards::by_code(tx, shop, &code.hash()).await?,
        None => None,
    };
    loaded(tx, card.ok_or_else(|| Error::NotFound(say!("gift-code-unknown")))?).await
}

pub(crate) async fn loaded(tx: &mut Tx<'_>, card: GiftCard) -> Result<Loaded> {
    let balance = ledger::account::balance(tx, card.shop, &[card.account]).await?;
    Ok(Loaded { card, balance })
}

/// A card's movements before the entry `before`, the newest first.
pub async fn movements(tx: &mut Tx<'_>, shop: ShopId, id: GiftCardId, before: EntryId, limit: i64) -> Result<Vec<Explained>> {
    let card = store::gift_cards::card(tx, shop, id).await?;
    movement::list(tx, shop, &[(card.account, card.currency)], before, limit).await
}

/// Makes a card worthless: what is left on it is taken back. Doing it again changes nothing.
///
/// Errors: `Conflict` while something on it is set aside for a purchase.
pub async fn void(tx: &mut Tx<'_>, who: &impl Acting, id: GiftCardId, reason: &str) -> Result<Loaded> {
    let shop = who.actor().shop;
    let mut card = store::gift_cards::card(tx, shop, id).await?;
    if card.voided_at.is_some() {
        return loaded(tx, card).await;
    }
    if loaded(tx, card.clone()).await?.balance.held > 0 {
        return Err(conflict(say!("gift-card-held")));
    }
    for (grant, amount) in ledger::entry::open_grants(tx, shop, card.account).await? {
        let wanted = Wanted { act: Act::TakeBack { grant, amount }, reason: reason.to_owned(), key: format!("void/{grant}") };
        movement::make(tx, who, &[card.account], card.currency, &wanted).await?;
    }
    card.voided_at = Some(tx.now());
    store::gift_cards::save(tx, &card).await?;
    tx.announce(who, GiftCardVoided { card: id, customer: card.customer }).await?;
    loaded(tx, card).await
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_card_is_active_for_as_long_as_something_is_on_it() {
        let (now, id) = (Timestamp::from_micros(1_000), Uuid::from_u128(7));
        for (available, held, over, voided, state) in [
            (5, 0, None, false, CardState::Active),
            (0, 5, None, false, CardState::Active),
            (0, 0, None, false, CardState::Exhausted),
            (0, 0, Some(now + 1), false, CardState::Exhausted),
            (0, 0, Some(now), false, CardState::Expired),
            (5, 0, Some(now), false, CardState::Active),
            (5, 0, None, true, CardState::Voided),
            (0, 0, Some(now), true, CardState::Voided),
        ] {
            let card = GiftCard {
                shop: id.into(),
                id: id.into(),
                last4: "GHJ1".into(),
                account: id.into(),
                currency: "NOK".parse().unwrap(),
                customer: None,
                expires_at: over,
                voided_at: voided.then_some(now),
                issued_at: now,
            };
            let loaded = Loaded { card, balance: Balance { available, held } };
            assert_eq!(loaded.state(now), state, "{available} {held} {over:?} {voided}");
        }
    }
}
