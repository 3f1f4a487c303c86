//! Merging: one customer becomes part of another, and can be separated again.
//!
//! Every row keeps `customer_first`, as whom it came, beside `customer_id`, whose it is today. A merge writes the second, and
//! undoing it writes it again from the first. What comes later still comes as the customer it comes as, so it lands with
//! whoever that is by then, and a browser is shown what has its own `customer_first` and nothing else.
//! `docs/decisions/0013-merged-customers-keep-their-rows.md` says why.

use std::cmp::Reverse;

use kernel::{CustomerId, Error, MemberId, Result, ShopId, Timestamp, invalid, say};
use platform::{
    Agent, App, Tx,
    db::Lane,
    event::Actor,
    job::{Job, JobKind, Lease, When},
    personal_data::Moved,
    search,
};
use serde::{Deserialize, Serialize};

use crate::{
    customer::{self, Customer},
    events::{CustomerMoved, CustomersMerged, CustomersUnmerged},
    person::{CUSTOMER, make_findable},
    store,
};

/// At most so many customers are one.
pub(crate) const MOST: usize = 100;

/// That one customer became part of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub other: CustomerId,
    /// Who may have become part of somebody else since.
    pub into: CustomerId,
    pub by: MemberId,
    pub at: Timestamp,
}

/// Makes `other` a part of `id`, and says whether it was none before.
///
/// Errors: `Invalid` when both are the same, `Conflict` when one of them is part of somebody else, or was erased.
pub async fn merge(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, other: CustomerId) -> Result<(Merge, bool)> {
    let (into, from) = (customer::by_id(tx, who.shop, id).await?, customer::by_id(tx, who.shop, other).await?);
    let parts = tree(tx, who.shop, other).await?;
    if from.merged_into == Some(id)
        && let Some(known) = store::merge_of(tx, who.shop, other).await?
    {
        return Ok((known, false));
    }
    check(&into, &from)?;
    if store::parts(tx, who.shop, id).await?.len() + 1 + parts.len() > MOST {
        return Err(kernel::conflict(say!("too-many-merged", most = MOST)));
    }
    let merge = Merge { other, into: id, by: who.id, at: tx.now() };
    store::insert_merge(tx, who.shop, &merge).await?;
    if let Some(seen) = from.last_seen_at {
        store::touch(tx, who.shop, id, seen, seen).await?;
    }
    customer::comes_forward(tx, who.shop, id).await?;
    move_to(tx, who.shop, &parts, id).await?;
    search::remove(tx, who.shop, CUSTOMER, other.into()).await?;
    make_findable(tx, who.shop, id).await?;
    tx.announce(who, CustomersMerged { from: other, into: id }).await?;
    Ok((merge, true))
}

fn check(into: &Customer, from: &Customer) -> Result<()> {
    if into.id == from.id {
        return Err(invalid("other", say!("merged-with-itself")));
    }
    for one in [into, from] {
        one.must_be_whole()?;
        one.must_be_known()?;
    }
    Ok(())
}

/// Separates `other`, and all that had been merged into them, from `id` again.
///
/// Errors: `NotFound` when they are no part of `id`, `Conflict` when one of them was erased since.
pub async fn undo(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, other: CustomerId) -> Result<()> {
    let (whole, part) = (customer::by_id(tx, who.shop, id).await?, customer::by_id(tx, who.shop, other).await?);
    if part.merged_into != Some(id) {
        return Err(Error::NotFound(say!("merge-not-found")));
    }
    if whole.erased_at.is_some() || part.erased_at.is_some() {
        return Err(Error::Conflict { kind: "customer_erased", detail: say!("merge-erased") });
    }
    store::remove_merge(tx, who.shop, other).await?;
    let parts = tree(tx, who.shop, other).await?;
    move_to(tx, who.shop, &parts, other).await?;
    make_findable(tx, who.shop, id).await?;
    make_findable(tx, who.shop, other).await?;
    tx.announce(who, CustomersUnmerged { from: other, into: id }).await.map(drop)
}

/// What a customer consists of, and by which merges; the newest first.
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Vec<Merge>> {
    let (mut merges, mut next) = (Vec::new(), vec![id]);
    while let Some(into) = next.pop() {
        let found = store::merges_into(tx, shop, into).await?;
        next.extend(found.iter().map(|merge| merge.other));
        merges.extend(found);
    }
    merges.sort_by_key(|merge| Reverse(merge.at));
    Ok(merges)
}

/// A customer and all that was merged into them, wherever they are now.
async fn tree(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Vec<CustomerId>> {
    let merged = of(tx, shop, id).await?.into_iter().map(|merge| merge.other);
    Ok(std::iter::once(id).chain(merged).collect())
}

/// Says whose part these are now. The rows of this room go along at once, those of others some at a time.
async fn move_to(tx: &mut Tx<'_>, shop: ShopId, parts: &[CustomerId], now: CustomerId) -> Result<()> {
    for first in parts {
        store::set_whole(tx, shop, *first, now).await?;
        store::follow(tx, Moved { shop, first: *first, now, most: i64::MAX }).await?;
        tx.enqueue(shop, &Follow { customer: *first }, When::default().lane(first)).await?;
    }
    Ok(())
}

/// Takes what came as one customer to whoever they are by now, in every room, some rows at a time: people wait for no more
/// than these.
#[derive(Serialize, Deserialize)]
struct Follow {
    customer: CustomerId,
}
impl Job for Follow {
    const KIND: &'static str = "follow_merge";
}

const AT_ONCE: i64 = 200;

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(follow)]
}

async fn follow(app: App, job: Follow, lease: Lease) -> Result<()> {
    let (shop, first, rooms) = (lease.shop, job.customer, app.personal_data().to_vec());
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            let now = customer::by_id(tx, shop, first).await?.person();
            let mut most = AT_ONCE;
            for room in &rooms {
                most -= (room.follow)(tx, Moved { shop, first, now, most }).await? as i64;
            }
            lease.done(tx).await?;
            match most {
                ..=0 => tx.enqueue(shop, &Follow { customer: first }, When::default().lane(first)).await,
                _ => tx.announce(&Actor::system(shop), CustomerMoved { customer: now, customer_first: first }).await.map(drop),
            }
        })
        .await
}
