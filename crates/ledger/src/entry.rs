//! An entry: one act, done once, with the postings that make it up.

use std::collections::BTreeMap;

use kernel::{AccountId, EntryId, Error, Result, ShopId, Timestamp, conflict, days, say};
use platform::{Tx, job::When};

use crate::{
    account::Side,
    act::{Act, ActKind, Transfer},
    expiry::ExpireLot,
    holding::ReleaseHold,
    lot::{Share, not_enough},
    store,
};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub shop: ShopId,
    pub id: EntryId,
    /// What it was asked under: the same key is the same entry.
    pub key: String,
    pub act: Act,
    pub at: Timestamp,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    pub entry: Entry,
    /// Whether it was done now; if not, it had been done under this key before.
    pub now: bool,
}

/// Does `act` to these accounts, once under this key.
///
/// Several accounts are spent from as if they were one; a grant goes to the first. What is about an earlier entry takes only
/// from what that entry did, and only if it was done to these accounts.
///
/// Errors: `Invalid` when the amount or the time cannot be, `NotFound` when there is no such earlier entry, `Conflict` of the kinds
/// `not_enough`, `hold_over`, and in general when the key came with something else before.
pub async fn post(tx: &mut Tx<'_>, shop: ShopId, key: &str, accounts: &[AccountId], act: Act) -> Result<Posted> {
    if let Some(entry) = repeated(tx, shop, key, accounts, act).await? {
        return Ok(Posted { entry, now: false });
    }
    let there = what_is_there(tx, shop, accounts, act).await?;
    let entry = Entry { shop, id: tx.new_id(), key: key.to_owned(), act, at: tx.now() };
    // whoever has no account has nothing in it
    let account = *accounts.first().ok_or_else(not_enough)?;
    let fresh = Share { account, lot: entry.id, amount: 0, expires_at: None };
    let transfers = act.transfers(there.clone(), fresh, entry.at)?;
    keep(tx, &entry, &transfers).await?;
    wait_for_its_end(tx, &entry, &transfers, &there).await?;
    Ok(Posted { entry, now: true })
}

/// What was done under this key.
///
/// Errors: `Conflict` when it was something else.
async fn repeated(tx: &mut Tx<'_>, shop: ShopId, key: &str, accounts: &[AccountId], act: Act) -> Result<Option<Entry>> {
    let Some(known) = store::by_key(tx, shop, key).await? else { return Ok(None) };
    let theirs = store::accounts_of(tx, shop, known.id).await?;
    if known.act != act || !theirs.iter().all(|account| accounts.contains(account)) {
        return Err(conflict(say!("ledger-key-of-another-entry")));
    }
    Ok(Some(known))
}

async fn what_is_there(tx: &mut Tx<'_>, shop: ShopId, accounts: &[AccountId], act: Act) -> Result<Vec<Share>> {
    let Some(about) = act.about() else {
        let mut there = Vec::new();
        for account in accounts {
            there.extend(store::open_shares(tx, shop, *account).await?);
        }
        return Ok(there);
    };
    let earlier = store::entry(tx, shop, about).await?;
    let theirs = store::accounts_of(tx, shop, about).await?;
    if !theirs.iter().all(|account| accounts.contains(account)) {
        return Err(Error::NotFound(say!("entry-not-found")));
    }
    if !act.follows(earlier.act) {
        return Err(conflict(say!("act-not-possible", kind = earlier.act.kind().key())));
    }
    left_of(tx, &earlier, act.takes_from()).await
}

/// What of an entry stands on this side still.
async fn left_of(tx: &mut Tx<'_>, entry: &Entry, side: Side) -> Result<Vec<Share>> {
    match entry.act.kind() {
        ActKind::Granted => store::shares_of_lot(tx, entry.shop, entry.id).await,
        _ => store::shares_left(tx, entry.shop, entry.id, side).await,
    }
}

async fn keep(tx: &mut Tx<'_>, entry: &Entry, transfers: &[Transfer]) -> Result<()> {
    store::insert_entry(tx, entry).await?;
    for (number, transfer) in (0..).zip(transfers) {
        store::insert_postings(tx, entry, 2 * number, transfer).await?;
        if transfer.from == Side::Available {
            store::take_from_lot(tx, entry.shop, &transfer.share).await?;
        }
        if transfer.to == Side::Available {
            store::put_into_lot(tx, entry.shop, &transfer.share).await?;
        }
    }
    Ok(())
}

/// Clocks of several nodes are not further apart.
const CLOCKS_APART: i64 = days(1);

/// A clock ends what has an end: a hold, and a lot into which something was put. It is set already for a lot that was there
/// before with the same end, unless that end is near.
async fn wait_for_its_end(tx: &mut Tx<'_>, entry: &Entry, transfers: &[Transfer], there: &[Share]) -> Result<()> {
    if let Act::Hold { until, .. } = entry.act {
        tx.enqueue(entry.shop, &ReleaseHold { hold: entry.id }, When::at(until)).await?;
    }
    let far = entry.at + CLOCKS_APART;
    let is_set = |share: &Share, over| over > far && there.iter().any(|known| known.lot == share.lot && known.expires_at == Some(over));
    for Transfer { share, to, .. } in transfers {
        if let (Side::Available, Some(over)) = (to, share.expires_at)
            && !is_set(share, over)
        {
            tx.enqueue(entry.shop, &ExpireLot { grant: share.lot, at: over }, When::at(over)).await?;
        }
    }
    Ok(())
}

/// The accounts that were moved under this key; none when nothing was.
pub async fn accounts_under(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Vec<AccountId>> {
    match store::by_key(tx, shop, key).await? {
        Some(known) => store::accounts_of(tx, shop, known.id).await,
        None => Ok(Vec::new()),
    }
}

/// The accounts an entry moved; none when there is no such entry.
pub async fn accounts_of(tx: &mut Tx<'_>, shop: ShopId, entry: EntryId) -> Result<Vec<AccountId>> {
    store::accounts_of(tx, shop, entry).await
}

/// The grants of an account of which something is there still, and how much.
pub async fn open_grants(tx: &mut Tx<'_>, shop: ShopId, account: AccountId) -> Result<Vec<(EntryId, i64)>> {
    let shares = store::open_shares(tx, shop, account).await?;
    Ok(shares.into_iter().map(|share| (share.lot, share.amount)).collect())
}

/// An entry as the holder of some accounts sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    pub entry: Entry,
    /// One of the accounts it moved.
    pub account: AccountId,
    /// What it added to what can be spent; below nothing, what it took.
    pub change: i64,
    /// What of a grant can be taken back still, and of a spending given back.
    pub left: i64,
}

impl Movement {
    /// How much it was about.
    pub fn amount(&self) -> i64 {
        self.entry.act.amount().unwrap_or(self.change.abs())
    }

    fn join(&mut self, other: &Movement) {
        self.change += other.change;
        self.left += other.left;
    }
}

/// The movements of these accounts before the entry `before`, the newest first.
pub async fn movements(tx: &mut Tx<'_>, shop: ShopId, accounts: &[AccountId], before: EntryId, limit: i64) -> Result<Vec<Movement>> {
    let mut found: BTreeMap<EntryId, Movement> = BTreeMap::new();
    for account in accounts {
        for movement in store::movements(tx, shop, *account, before, limit).await? {
            // one spending may have taken from several accounts
            let known = found.entry(movement.entry.id);
            known.and_modify(|known| known.join(&movement)).or_insert(movement);
        }
    }
    Ok(found.into_values().rev().take(usize::try_from(limit).unwrap_or_default()).collect())
}

/// One of these accounts' movements.
///
/// Errors: `NotFound`.
pub async fn movement(tx: &mut Tx<'_>, shop: ShopId, accounts: &[AccountId], id: EntryId) -> Result<Movement> {
    let mut found: Option<Movement> = None;
    for account in accounts {
        if let Some(movement) = store::movement(tx, shop, *account, id).await? {
            match &mut found {
                Some(known) => known.join(&movement),
                None => found = Some(movement),
            }
        }
    }
    found.ok_or_else(|| Error::NotFound(say!("entry-not-found")))
}
