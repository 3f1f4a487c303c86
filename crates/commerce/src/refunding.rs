//! Has a refund made by the shop's own system. That is asked once: that it will be is written down first, and whoever finds it so,
//! after a crash or an answer that never came, looks in the shop's books instead of asking again.

use std::time::Duration;

use kernel::{RefundId, Result, ShopId, Timestamp, minutes};
use platform::{
    App, Tx,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{
    Order,
    refund::{self, Refund, RefundState},
    shop_system::{Answer, Asked, keeper},
    store,
};

/// Asking and looking may take so long.
pub(crate) const AS_LONG_AS: Duration = Duration::from_mins(3);
/// After so long nothing that was asked for is under way any more.
const OVER_AFTER: i64 = minutes(5);
const LONGEST_WAIT: i64 = minutes(15);

/// Makes a refund, or finds out what became of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct MakeRefund {
    pub refund: RefundId,
}
impl Job for MakeRefund {
    const KIND: &'static str = "make_refund";
    const OUTGOING: bool = true;
}

/// What is to be done about a refund.
enum Turn {
    Ask(Box<(Refund, Order)>),
    Look(Box<(Refund, Order)>),
    /// It may still be under way.
    Wait(Timestamp),
    Nothing,
}

pub(crate) async fn make(app: App, job: MakeRefund, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    let turn = app.write(async move |tx: &mut Tx<'_>| turn(tx, shop, job.refund).await).await?;
    let answer = match turn {
        Turn::Ask(asked) => answer_of(&app, *asked, true).await?,
        Turn::Look(asked) => answer_of(&app, *asked, false).await?,
        Turn::Wait(until) => return again(&app, job, lease, until).await,
        Turn::Nothing => return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await,
    };
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let refund = refund::end(tx, shop, job.refund, answer.clone()).await?;
        if refund.state == RefundState::Unknown {
            let asked_at = refund.asked_at.unwrap_or(refund.created_at);
            // the longer it has been unknown the later, so that a system away for hours is not asked all the time
            let wait = (tx.now() - asked_at).clamp(OVER_AFTER, LONGEST_WAIT);
            tx.enqueue(shop, &job, When::at(tx.now() + wait)).await?;
        }
        Ok(())
    })
    .await
}

async fn turn(tx: &mut Tx<'_>, shop: ShopId, id: RefundId) -> Result<Turn> {
    let mut refund = store::refunds::refund(tx, shop, id).await?;
    let order = store::order(tx, shop, refund.order).await?;
    match refund.state {
        RefundState::Queued => {
            refund::begin(tx, &mut refund).await?;
            Ok(Turn::Ask(Box::new((refund, order))))
        }
        RefundState::Asked | RefundState::Unknown => {
            let over = refund.asked_at.unwrap_or(refund.created_at) + OVER_AFTER;
            Ok(if tx.now() < over { Turn::Wait(over) } else { Turn::Look(Box::new((refund, order))) })
        }
        RefundState::Waiting | RefundState::Declined | RefundState::Made | RefundState::Refused => Ok(Turn::Nothing),
    }
}

async fn again(app: &App, job: MakeRefund, lease: Lease, at: Timestamp) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        tx.enqueue(lease.shop, &job, When::at(at)).await
    })
    .await
}

async fn answer_of(app: &App, (refund, order): (Refund, Order), first: bool) -> Result<Answer> {
    let keeper = keeper(app, refund.shop, &order.facts.reference).await?;
    let asked = Asked {
        shop: refund.shop,
        refund: refund.id,
        order: order.facts.reference,
        amount: refund.wanted.amount,
        lines: refund.wanted.lines,
        reason: refund.wanted.reason,
    };
    Ok(match keeper {
        Some((system, _)) if first => system.refund(app, &asked).await.cut(),
        Some((system, _)) => system.look(app, &asked).await.cut(),
        None if first => Answer::Refused(String::new()),
        // it was disconnected meanwhile; connected again it can be looked into
        None => Answer::Unknown(String::new()),
    })
}
