//! The demo shop's own system, as far as its orders are acted on: it does what it is asked to.

use commerce::{
    Answer, Asked, Keeper, ShopSystem, action,
    deed::{Deed, DeedKind, RefundAbilities, Share, code},
    order::{self, Facts, Line},
    status::{Fulfilment, Payment},
};
use customers::{Buyer, customer::AddressKind};
use futures::future::BoxFuture;
use kernel::{Money, Result, ShopId};
use platform::{App, Tx, event::Actor};

use super::checkout;

/// Keeps the orders of the demo shop; in any other installation it keeps none.
pub struct Till;

impl ShopSystem for Till {
    fn keeps<'a>(&'a self, app: &'a App, shop: ShopId, _: &'a str) -> BoxFuture<'a, Result<Option<Keeper>>> {
        Box::pin(async move {
            if !app.config().demo {
                return Ok(None);
            }
            let shop = app.read(async move |tx: &mut Tx<'_>| team::shop::get(tx, shop).await).await?;
            Ok(Some(Keeper { name: shop.name, can: DeedKind::ALL, refunds: RefundAbilities { restock: true, notify: true } }))
        })
    }

    fn act<'a>(&'a self, app: &'a App, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async { act(app, asked).await.unwrap_or_else(|error| Answer::Unknown(error.to_string())) })
    }

    /// What it has done it has noted in the same transaction: whatever is looked for has not been done.
    fn look<'a>(&'a self, _: &'a App, _: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async { Answer::Refused(String::new()) })
    }
}

async fn act(app: &App, asked: &Asked) -> Result<Answer> {
    let (asked, pay) = (asked.clone(), checkout::address(app.config(), &asked.action.to_string()));
    app.write(async move |tx: &mut Tx<'_>| {
        let Some(order) = order::by_reference(tx, asked.shop, &asked.order).await? else { return Ok(Answer::Refused(String::new())) };
        let clerk = Actor::system(asked.shop);
        let facts = Facts { changed_at: tx.now(), ..order.facts };
        let (mut said, mut link) = (String::new(), None);
        let facts = match &asked.deed {
            Deed::Refund { amount, .. } => Some(refunded(facts, *amount)),
            Deed::Cancellation => Some(Facts { cancelled_at: Some(tx.now()), ..facts }),
            Deed::Replacement { lines } => {
                let again = again(&facts, lines, &asked);
                said.clone_from(&again.number);
                let buyer = customers::by_id(tx, asked.shop, order.customer_first).await?;
                let account = buyer.address(AddressKind::Account).map(|account| account.address.clone());
                order::record(tx, &clerk, Buyer { account, ..Buyer::default() }, again).await?;
                None
            }
            Deed::Duplicate => {
                let again = once_more(&facts, &asked);
                said.clone_from(&again.number);
                link = Some(pay.clone());
                let buyer = customers::by_id(tx, asked.shop, order.customer_first).await?;
                let account = buyer.address(AddressKind::Account).map(|account| account.address.clone());
                order::record(tx, &clerk, Buyer { account, ..Buyer::default() }, again).await?;
                None
            }
            Deed::DiscountCode { .. } => {
                said = code(asked.action);
                None
            }
            // its books have no place for them
            Deed::Redirection { .. } | Deed::PackingNote { .. } => None,
        };
        if let Some(facts) = facts {
            order::record(tx, &clerk, Buyer::default(), facts).await?;
        }
        let answer = Answer::made_at(said, link);
        action::end(tx, asked.shop, asked.action, answer.clone()).await?;
        Ok(answer)
    })
    .await
}

fn refunded(facts: Facts, amount: Money) -> Facts {
    let refunded = facts.refunded + amount.minor;
    let payment = if refunded < facts.total { Payment::PartlyRefunded } else { Payment::Refunded };
    Facts { refunded, payment, ..facts }
}

/// A new order of the same goods, to be paid.
fn once_more(sold: &Facts, asked: &Asked) -> Facts {
    let lines = sold.lines.iter().map(|line| Line { refunded: 0, ..line.clone() }).collect();
    let whole = again(sold, &[], asked);
    let Facts { discount, shipping, tax, total, .. } = *sold;
    Facts { number: format!("{}-2", sold.number), payment: Payment::Unpaid, lines, discount, shipping, tax, total, ..whole }
}

/// A new order of some of the goods, for nothing.
fn again(sold: &Facts, lines: &[Share], asked: &Asked) -> Facts {
    let line = |share: &Share| {
        let line = sold.lines.iter().find(|line| line.reference == share.line)?.clone();
        Some(Line { quantity: share.quantity, total: 0, refunded: 0, ..line })
    };
    Facts {
        reference: asked.action.to_string(),
        number: format!("{}-R", sold.number),
        placed_at: sold.changed_at,
        cancelled_at: None,
        payment: Payment::Paid,
        fulfilment: Fulfilment::None,
        lines: lines.iter().filter_map(line).collect(),
        discount: 0,
        shipping: 0,
        tax: 0,
        total: 0,
        refunded: 0,
        parcels: Vec::new(),
        disputes: Vec::new(),
        note: None,
        page: None,
        test: false,
        ..sold.clone()
    }
}
