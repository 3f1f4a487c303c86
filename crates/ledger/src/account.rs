//! An account: what is owed to one holder, in one unit.

use kernel::{AccountId, Currency, Result, ShopId};
use platform::{Tx, keyed};

use crate::store;

keyed! {
    /// Where an amount stands. The first two are the holder's, the others say where it came from or went.
    pub enum Side {
        /// The holder can spend it.
        Available = "available",
        /// Set aside for a purchase that has begun.
        Held = "held",
        /// Given by the shop.
        Issued = "issued",
        /// Spent by the holder.
        Redeemed = "redeemed",
        /// Over: its time had come.
        Expired = "expired",
        /// Taken back by the shop.
        Adjusted = "adjusted",
    }
}

/// An account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    pub shop: ShopId,
    pub id: AccountId,
    pub unit: Currency,
}

/// What an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    pub available: i64,
    pub held: i64,
}

impl std::ops::AddAssign for Balance {
    fn add_assign(&mut self, other: Balance) {
        self.available += other.available;
        self.held += other.held;
    }
}

/// Opens an account with nothing in it.
pub async fn open(tx: &mut Tx<'_>, shop: ShopId, unit: Currency) -> Result<AccountId> {
    let account = Account { shop, id: tx.new_id(), unit };
    store::insert_account(tx, &account).await?;
    Ok(account.id)
}

/// One account.
///
/// Errors: `NotFound`.
pub async fn by_id(tx: &mut Tx<'_>, shop: ShopId, id: AccountId) -> Result<Account> {
    store::account(tx, shop, id).await
}

/// What these accounts hold together, by their postings.
pub async fn balance(tx: &mut Tx<'_>, shop: ShopId, accounts: &[AccountId]) -> Result<Balance> {
    let mut balance = Balance::default();
    for account in accounts {
        balance += store::balance(tx, shop, *account).await?;
    }
    Ok(balance)
}
