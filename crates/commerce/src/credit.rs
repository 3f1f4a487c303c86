//! Store credit: what the shop owes a customer, an account in each currency.

use kernel::{AccountId, Currency, CustomerId, EntryId, Money, Result, ShopId, Timestamp};
use ledger::{Act, ActKind, Balance};
use platform::{Tx, event::Acting};

use crate::{
    events::CreditMoved,
    movement::{self, Explained, Moved, Wanted},
    payment::Why,
    store,
};

/// One account of a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    pub account: AccountId,
    /// Whose it was before customers were merged.
    pub first: CustomerId,
    pub currency: Currency,
}

/// What is given, as credit or on a gift card.
#[derive(Debug, Clone)]
pub struct Gift {
    pub amount: Money,
    pub expires_at: Option<Timestamp>,
    pub why: Why,
}

impl Gift {
    pub(crate) fn wanted(&self) -> Wanted {
        let Why { reason, key } = self.why.clone();
        Wanted { act: Act::Grant { amount: self.amount.minor, expires_at: self.expires_at }, reason, key }
    }
}

/// What a customer can spend in each currency, and what is set aside.
pub async fn balances(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<(Currency, Balance)>> {
    customers::by_id(tx, shop, customer).await?;
    let credits = store::credits::of_customer(tx, shop, customer).await?;
    let mut balances = Vec::new();
    for same in credits.chunk_by(|one, next| one.currency == next.currency) {
        let accounts: Vec<AccountId> = same.iter().map(|credit| credit.account).collect();
        balances.extend(same.first().map(|credit| credit.currency).zip(Some(ledger::account::balance(tx, shop, &accounts).await?)));
    }
    Ok(balances)
}

/// A customer's movements before the entry `before`, the newest first.
pub async fn movements(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, before: EntryId, limit: i64) -> Result<Vec<Explained>> {
    let credits = store::credits::of_customer(tx, shop, customer).await?;
    let accounts: Vec<_> = credits.iter().map(|credit| (credit.account, credit.currency)).collect();
    movement::list(tx, shop, &accounts, before, limit).await
}

/// Gives a customer credit.
///
/// Errors: `Conflict` of the kinds `customer_erased` and `customer_merged`, and those of [`movement::make`].
pub async fn grant(tx: &mut Tx<'_>, who: &impl Acting, customer: CustomerId, gift: &Gift) -> Result<Moved> {
    let shop = who.actor().shop;
    let holder = customers::by_id(tx, shop, customer).await?;
    holder.must_be_known()?;
    holder.must_be_whole()?;
    let currency = gift.amount.currency;
    let credits = store::credits::of_customer(tx, shop, customer).await?;
    let own = credits.iter().find(|credit| credit.first == customer && credit.currency == currency);
    let account = match own {
        Some(credit) => credit.account,
        None => open(tx, shop, customer, currency).await?,
    };
    let moved = movement::make(tx, who, &[account], currency, &gift.wanted()).await?;
    if moved.now {
        let movement = moved.told.movement.entry.id;
        tx.announce(who, CreditMoved { customer, movement, kind: ActKind::Granted }).await?;
    }
    Ok(moved)
}

async fn open(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, currency: Currency) -> Result<AccountId> {
    let account = ledger::account::open(tx, shop, currency).await?;
    store::credits::insert(tx, shop, &Credit { account, first: customer, currency }).await?;
    Ok(account)
}
