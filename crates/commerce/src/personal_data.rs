//! What a customer bought and is owed, handed out or forgotten.

use kernel::{AccountId, Currency, Cursor, CustomerId, EntryId, Money, OrderId, Result, ShopId, Timestamp};
use ledger::ActKind;
use platform::{
    App, Tx,
    archive::Archive,
    personal_data::{self, PersonalData},
    search,
};
use serde::Serialize;

use crate::{
    action::{self, Action, ActionState, Cause, Wanted},
    deed::Deed,
    movement::{self, Explained},
    order::ORDER,
    store,
};

/// This room's part.
pub(crate) fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add_all(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(forget(tx, shop, id)),
        holds: |tx, shop, id| Box::pin(store::holds(tx, shop, id)),
        follow: |tx, moved| Box::pin(follow(tx, moved)),
    }
}

/// Orders or movements read at once.
const STRETCH: i64 = 200;

async fn add_all(app: App, shop: ShopId, customer: CustomerId, archive: Archive) -> Result<Archive> {
    let archive = add_orders(app.clone(), shop, customer, archive).await?;
    add_credits(app, shop, customer, archive).await
}

async fn add_orders(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let (mut orders, mut actions, mut before) = (Vec::new(), Vec::new(), OrderId::from(Cursor::FIRST_DESCENDING.id));
    loop {
        let (stretch, done) = app
            .read(async move |tx: &mut Tx<'_>| {
                let stretch = store::came_as(tx, shop, customer, before, STRETCH).await?;
                let ids: Vec<OrderId> = stretch.iter().map(|order| order.id).collect();
                let done = store::actions::of_orders(tx, shop, &ids).await?;
                Ok((stretch, done))
            })
            .await?;
        let Some(last) = stretch.last() else { break };
        before = last.id;
        orders.extend(stretch.into_iter().map(|order| order.facts));
        actions.extend(done.into_iter().map(Done::from));
    }
    if !orders.is_empty() {
        archive.add_json("orders.json", &orders).await?;
    }
    if !actions.is_empty() {
        archive.add_json("order_actions.json", &actions).await?;
    }
    Ok(archive)
}

/// What `order_actions.json` says of what was done to each order.
#[derive(Serialize)]
struct Done {
    deed: Deed,
    state: ActionState,
    cause: Option<Cause>,
    reason: String,
    at: Timestamp,
}

impl From<Action> for Done {
    fn from(action: Action) -> Self {
        let Wanted { deed, cause, reason, .. } = action.wanted;
        Done { deed, state: action.state, cause, reason, at: action.created_at }
    }
}

/// What `credits.json` says of each movement of credit, or of a gift card issued for the customer.
#[derive(Serialize)]
struct Moved {
    kind: ActKind,
    amount: Money,
    reason: String,
    at: Timestamp,
}

impl From<Explained> for Moved {
    fn from(Explained { movement, currency, reason }: Explained) -> Self {
        let amount = Money { minor: movement.amount(), currency };
        Moved { kind: movement.entry.act.kind(), amount, reason: reason.text, at: movement.entry.at }
    }
}

async fn add_credits(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let (mut all, mut before): (Vec<Moved>, EntryId) = (Vec::new(), Cursor::FIRST_DESCENDING.id.into());
    loop {
        let stretch = app
            .read(async move |tx: &mut Tx<'_>| {
                let accounts = accounts_of(tx, shop, customer).await?;
                movement::list(tx, shop, &accounts, before, STRETCH).await
            })
            .await?;
        let Some(last) = stretch.last() else { break };
        before = last.movement.entry.id;
        all.extend(stretch.into_iter().map(Moved::from));
    }
    if !all.is_empty() {
        archive.add_json("credits.json", &all).await?;
    }
    Ok(archive)
}

/// Orders first, then accounts, then cards, as far as `most` reaches.
async fn follow(tx: &mut Tx<'_>, moved: personal_data::Moved) -> Result<u64> {
    let mut left = moved.most;
    left -= store::follow(tx, moved).await? as i64;
    left -= store::credits::follow(tx, personal_data::Moved { most: left, ..moved }).await? as i64;
    left -= store::gift_cards::follow(tx, personal_data::Moved { most: left, ..moved }).await? as i64;
    Ok((moved.most - left) as u64)
}

/// Their credit, and the gift cards issued for them.
async fn accounts_of(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<(AccountId, Currency)>> {
    let credits = store::credits::came_as(tx, shop, customer).await?;
    let mut accounts: Vec<_> = credits.into_iter().map(|credit| (credit.account, credit.currency)).collect();
    accounts.extend(store::gift_cards::accounts_for(tx, shop, customer).await?);
    Ok(accounts)
}

/// Sums and goods stay, they are the shop's books; nothing in them leads to the customer any more.
async fn forget(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<()> {
    for (account, _) in accounts_of(tx, shop, customer).await? {
        store::reasons::forget(tx, shop, account).await?;
    }
    forget_orders(tx, shop, customer).await
}

async fn forget_orders(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<()> {
    loop {
        let known = store::some_known_of(tx, shop, customer, STRETCH).await?;
        if known.is_empty() {
            return Ok(());
        }
        for mut order in known {
            order.facts.forget_buyer();
            (order.proof_key, order.buyer_key, order.trouble) = (None, None, None);
            order.erased_at = Some(tx.now());
            store::save(tx, &mut order).await?;
            search::remove(tx, shop, ORDER, order.id.into()).await?;
            action::forget(tx, shop, order.id).await?;
        }
    }
}
