//! A movement of money the shop owes: what the ledger knows of it, and what the shop said about it.

use kernel::{AccountId, Currency, Cursor, EntryId, Result, ShopId, conflict, say};
use ledger::{Act, Movement};
use platform::{
    Tx,
    event::{Acting, Actor, ActorKind},
};

use crate::store;

/// Who moved it, and why they say they did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub by: Actor,
    pub text: String,
}

/// What is wanted of somebody's money: an act, why, and the key under which it is done once.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub act: Act,
    pub reason: String,
    pub key: String,
}

/// A movement with its reason.
#[derive(Debug, Clone)]
pub struct Explained {
    pub movement: Movement,
    pub currency: Currency,
    pub reason: Reason,
}

impl Explained {
    /// Where it stands in a list.
    pub(crate) fn place(&self) -> Cursor {
        Cursor { key: self.movement.entry.at.micros(), id: self.movement.entry.id.into() }
    }
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Moved {
    pub told: Explained,
    /// Whether it was done now; if not, it had been done under this key before.
    pub now: bool,
}

/// Moves what stands in these accounts of one holder, which share a currency.
///
/// Errors: those of `ledger::post`, and `Conflict` when the key came with another reason before.
pub async fn make(tx: &mut Tx<'_>, who: &impl Acting, accounts: &[AccountId], currency: Currency, wanted: &Wanted) -> Result<Moved> {
    let by = who.actor();
    let posted = ledger::post(tx, by.shop, &wanted.key, accounts, wanted.act).await?;
    let movement = ledger::entry::movement(tx, by.shop, accounts, posted.entry.id).await?;
    if posted.now {
        let reason = Reason { by, text: wanted.reason.clone() };
        store::reasons::insert(tx, posted.entry.id, movement.account, &reason).await?;
        return Ok(Moved { told: Explained { movement, currency, reason }, now: true });
    }
    let reason = reason_of(tx, by.shop, posted.entry.id).await?;
    if reason.text != wanted.reason {
        return Err(conflict(say!("movement-had-another-reason")));
    }
    Ok(Moved { told: Explained { movement, currency, reason }, now: false })
}

async fn reason_of(tx: &mut Tx<'_>, shop: ShopId, entry: EntryId) -> Result<Reason> {
    let known = store::reasons::of_entries(tx, shop, &[entry]).await?.remove(&entry);
    Ok(known.unwrap_or_else(|| nobodys(shop)))
}

/// What a clock does needs no reason.
fn nobodys(shop: ShopId) -> Reason {
    Reason { by: Actor { shop, kind: ActorKind::System, id: None }, text: String::new() }
}

/// The movements of these accounts before the entry `before`, the newest first. Each account comes with its currency.
pub async fn list(
    tx: &mut Tx<'_>,
    shop: ShopId,
    accounts: &[(AccountId, Currency)],
    before: EntryId,
    limit: i64,
) -> Result<Vec<Explained>> {
    let ids: Vec<AccountId> = accounts.iter().map(|(id, _)| *id).collect();
    let movements = ledger::entry::movements(tx, shop, &ids, before, limit).await?;
    let entries: Vec<EntryId> = movements.iter().map(|movement| movement.entry.id).collect();
    let mut reasons = store::reasons::of_entries(tx, shop, &entries).await?;
    let currency = |account| accounts.iter().find(|(id, _)| *id == account).map(|(_, currency)| *currency);
    let told = movements.into_iter().filter_map(|movement| {
        let reason = reasons.remove(&movement.entry.id).unwrap_or_else(|| nobodys(shop));
        Some(Explained { currency: currency(movement.account)?, movement, reason })
    });
    Ok(told.collect())
}
