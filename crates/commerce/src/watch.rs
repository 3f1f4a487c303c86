//! Looks at orders when something may have gone wrong with them, before anybody asks.

use kernel::{OrderId, Result, Timestamp};
use platform::{
    App, Tx,
    event::{Acting, Actor},
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{
    events::OrderInTrouble,
    order::Order,
    store,
    trouble::{self, Trouble, TroubleKind},
};

/// Looks at an order.
#[derive(Serialize, Deserialize)]
pub(crate) struct Look {
    pub order: OrderId,
}
impl Job for Look {
    const KIND: &'static str = "look_at_order";
}

/// What is wrong with an order as it stands; nothing is with one of which only sums are known.
pub(crate) fn seen(order: &Order, now: Timestamp) -> Option<TroubleKind> {
    if order.erased_at.is_some() { None } else { trouble::of(&order.facts, now).map(Trouble::kind) }
}

/// Says so where something else is wrong with an order than was `before`, and looks again when that may be so.
pub(crate) async fn follow(tx: &mut Tx<'_>, who: &impl Acting, order: &Order, before: Option<TroubleKind>) -> Result<()> {
    let Order { shop, id, customer, customer_first, .. } = *order;
    if let Some(trouble) = order.trouble.filter(|_| order.trouble != before) {
        tx.announce(who, OrderInTrouble { order: id, customer, customer_first, trouble }).await?;
    }
    match trouble::next_look(&order.facts, tx.now()).filter(|_| order.erased_at.is_none()) {
        // a look that is meant for a moment is one, however often it is asked for
        Some(at) => tx.enqueue(shop, &Look { order: id }, When::at(at).once(format!("{id}/{}", at.micros()))).await,
        None => Ok(()),
    }
}

/// Does what `Look` asks.
pub(crate) async fn look(app: App, job: Look, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let Some(mut order) = store::maybe_order(tx, lease.shop, job.order).await? else { return Ok(()) };
        let before = order.trouble;
        order.trouble = seen(&order, tx.now());
        if order.trouble != before {
            store::save(tx, &mut order).await?;
        }
        follow(tx, &Actor::system(lease.shop), &order, before).await
    })
    .await
}
