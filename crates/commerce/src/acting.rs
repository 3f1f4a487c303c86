//! Has something done to an order by the shop's own system. That is asked once: that it will be is written down first, and whoever
//! finds it so, after a crash or an answer that never came, looks in the shop's books instead of asking again.

use std::time::Duration;

use kernel::{ActionId, Result, ShopId, Timestamp, minutes};
use platform::{
    App, Tx,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{
    Order,
    action::{self, Action, ActionState},
    shop_system::{Answer, Asked, keeper},
    store,
};

/// Asking and looking may take so long.
pub(crate) const AS_LONG_AS: Duration = Duration::from_mins(3);
/// After so long nothing that was asked for is under way any more.
const OVER_AFTER: i64 = minutes(5);
const LONGEST_WAIT: i64 = minutes(15);

/// Has it done, or finds out what became of it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct TakeAction {
    pub action: ActionId,
}
impl Job for TakeAction {
    const KIND: &'static str = "take_action";
    const OUTGOING: bool = true;
}

/// What is to be done about an action.
enum Turn {
    Ask(Box<(Action, Order)>),
    Look(Box<(Action, Order)>),
    /// It may still be under way.
    Wait(Timestamp),
    Nothing,
}

pub(crate) async fn take(app: App, job: TakeAction, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    let turn = app.write(async move |tx: &mut Tx<'_>| turn(tx, shop, job.action).await).await?;
    let answer = match turn {
        Turn::Ask(asked) => answer_of(&app, *asked, true).await?,
        Turn::Look(asked) => answer_of(&app, *asked, false).await?,
        Turn::Wait(until) => return again(&app, job, lease, until).await,
        Turn::Nothing => return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await,
    };
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let action = action::end(tx, shop, job.action, answer.clone()).await?;
        if action.state == ActionState::Unknown {
            let asked_at = action.asked_at.unwrap_or(action.created_at);
            // the longer it has been unknown the later, so that a system away for hours is not asked all the time
            let wait = (tx.now() - asked_at).clamp(OVER_AFTER, LONGEST_WAIT);
            tx.enqueue(shop, &job, When::at(tx.now() + wait)).await?;
        }
        Ok(())
    })
    .await
}

async fn turn(tx: &mut Tx<'_>, shop: ShopId, id: ActionId) -> Result<Turn> {
    // one whose order was erased meanwhile is nobody's any more
    let Some(mut action) = store::actions::maybe(tx, shop, id).await? else { return Ok(Turn::Nothing) };
    let order = store::order(tx, shop, action.order).await?;
    match action.state {
        ActionState::Queued => {
            action::begin(tx, &mut action).await?;
            Ok(Turn::Ask(Box::new((action, order))))
        }
        ActionState::Asked | ActionState::Unknown => {
            let over = action.asked_at.unwrap_or(action.created_at) + OVER_AFTER;
            Ok(if tx.now() < over { Turn::Wait(over) } else { Turn::Look(Box::new((action, order))) })
        }
        ActionState::Waiting | ActionState::Declined | ActionState::Made | ActionState::Refused => Ok(Turn::Nothing),
    }
}

async fn again(app: &App, job: TakeAction, lease: Lease, at: Timestamp) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        tx.enqueue(lease.shop, &job, When::at(at)).await
    })
    .await
}

async fn answer_of(app: &App, (action, order): (Action, Order), first: bool) -> Result<Answer> {
    let keeper = keeper(app, action.shop, &order.facts.reference).await?;
    let asked = Asked {
        shop: action.shop,
        action: action.id,
        order: order.facts.reference,
        deed: action.wanted.deed,
        reason: action.wanted.reason,
        asked_at: action.asked_at.unwrap_or(action.created_at),
    };
    Ok(match keeper {
        Some((system, _)) if first => system.act(app, &asked).await.cut(),
        Some((system, _)) => system.look(app, &asked).await.cut(),
        None if first => Answer::Refused(String::new()),
        // it was disconnected meanwhile; connected again it can be looked into
        None => Answer::Unknown(String::new()),
    })
}
