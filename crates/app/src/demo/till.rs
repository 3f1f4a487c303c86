//! The demo shop's own system, as far as its orders are acted on: it gives back what it is asked to.

use commerce::{
    Answer, Asked, ShopSystem,
    order::{self, Facts},
    refund,
    status::Payment,
};
use customers::Buyer;
use futures::future::BoxFuture;
use kernel::{Result, ShopId};
use platform::{App, Tx, event::Actor};

/// Keeps the orders of the demo shop; in any other installation it keeps none.
pub struct Till;

impl ShopSystem for Till {
    fn keeps<'a>(&'a self, app: &'a App, shop: ShopId, _: &'a str) -> BoxFuture<'a, Result<Option<String>>> {
        Box::pin(async move {
            if !app.config().demo {
                return Ok(None);
            }
            let shop = app.read(async move |tx: &mut Tx<'_>| team::shop::get(tx, shop).await).await?;
            Ok(Some(shop.name))
        })
    }

    fn refund<'a>(&'a self, app: &'a App, asked: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async {
            match give_back(app, asked).await {
                Ok(true) => Answer::Made(String::new()),
                Ok(false) => Answer::Refused(String::new()),
                Err(error) => Answer::Unknown(error.to_string()),
            }
        })
    }

    /// What it has given back it has noted in the same transaction: whoever asks again has not been given anything.
    fn look<'a>(&'a self, _: &'a App, _: &'a Asked) -> BoxFuture<'a, Answer> {
        Box::pin(async { Answer::Refused(String::new()) })
    }
}

/// Whether there was such an order.
async fn give_back(app: &App, asked: &Asked) -> Result<bool> {
    let asked = asked.clone();
    app.write(async move |tx: &mut Tx<'_>| {
        let Some(order) = order::by_reference(tx, asked.shop, &asked.order).await? else { return Ok(false) };
        let refunded = order.facts.refunded + asked.amount.minor;
        let payment = if refunded < order.facts.total { Payment::PartlyRefunded } else { Payment::Refunded };
        let facts = Facts { refunded, payment, changed_at: tx.now(), ..order.facts };
        order::record(tx, &Actor::system(asked.shop), Buyer::default(), facts).await?;
        refund::end(tx, asked.shop, asked.refund, Answer::Made(String::new())).await?;
        Ok(true)
    })
    .await
}
