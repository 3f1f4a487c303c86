//! What sells: how many of each SKU were sold on each of the last days, kept as orders are told of. Told again an order takes out
//! what it had put in; a day that is over long enough is taken out by a clock.

use std::collections::BTreeMap;

use jiff::{civil::Date, tz::TimeZone};
use kernel::{Error, ProductId, Result, ShopId, Timestamp};
use platform::{
    App, Tx,
    db::Lane,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{companion, order::Order, product::Product, status::Payment, stock, store};

/// So many days count, today among them.
pub const DAYS: i64 = 30;
/// What is gone within so many days sells fast,
const SOON: i64 = 14;
/// unless fewer were sold: then nobody knows its pace.
const ENOUGH: i64 = 10;
/// Where no more than so many are left, few are.
const FEW: i64 = 5;
/// A clock takes out so many counts at once.
const PIECE: i64 = 100;

/// The days of a shop, counted since 1970.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    zone: TimeZone,
    today: i64,
}

impl Calendar {
    pub async fn of(tx: &mut Tx<'_>, shop: ShopId) -> Result<Calendar> {
        let zone = match team::shop::get(tx, shop).await {
            Ok(shop) => shop.zone(),
            // it was closed: its days end somewhere
            Err(Error::NotFound(_)) => TimeZone::UTC,
            Err(error) => return Err(error),
        };
        let today = day(tx.now(), &zone);
        Ok(Calendar { zone, today })
    }

    /// The last day that no longer counts.
    fn over(&self) -> i64 {
        self.today - DAYS
    }

    /// When tomorrow begins.
    fn tomorrow(&self, now: Timestamp) -> Timestamp {
        let begins = now.calendar().to_zoned(self.zone.clone()).tomorrow().and_then(|tomorrow| tomorrow.start_of_day());
        begins.map_or(now + kernel::days(1), |begins| begins.timestamp().into())
    }

    /// Of which day's sales an order is a part: of none where it was placed to try the shop out, or on a day that does not count.
    pub fn sold_on(&self, order: &Order) -> Option<i64> {
        let placed = day(order.facts.placed_at, &self.zone);
        // a clock may be ahead, but not by days
        let counts = !order.facts.test && (self.over() + 1..=self.today + 1).contains(&placed);
        counts.then_some(placed)
    }
}

fn day(at: Timestamp, zone: &TimeZone) -> i64 {
    let date = at.calendar().to_zoned(zone.clone()).date();
    date.since(Date::constant(1970, 1, 1)).map_or(0, |span| i64::from(span.get_days()))
}

/// How many of each SKU an order has sold.
pub(crate) fn units(order: &Order) -> BTreeMap<&str, i64> {
    let facts = &order.facts;
    let mut units = BTreeMap::new();
    if facts.test || facts.cancelled_at.is_some() || matches!(facts.payment, Payment::Refunded | Payment::Voided) {
        return units;
    }
    for line in &facts.lines {
        if let Some(sku) = &line.sku {
            let sold: &mut i64 = units.entry(sku.as_str()).or_default();
            *sold = sold.saturating_add(line.quantity - line.refunded);
        }
    }
    units
}

/// Counts an order as it stands now, and no longer as it stood `before`.
pub(crate) async fn count(tx: &mut Tx<'_>, calendar: &Calendar, before: Option<&Order>, order: &Order) -> Result<()> {
    let counts = before.map(|before| (before, -1)).into_iter().chain([(order, 1)]);
    if change(tx, order.shop, calendar, counts).await? { look_tomorrow(tx, order.shop, calendar).await } else { Ok(()) }
}

/// Counts orders no longer, because they are erased.
pub(crate) async fn take_out(tx: &mut Tx<'_>, shop: ShopId, orders: &[Order]) -> Result<()> {
    let calendar = Calendar::of(tx, shop).await?;
    change(tx, shop, &calendar, orders.iter().map(|order| (order, -1))).await.map(drop)
}

/// Counts orders once more or once less; says whether that changes anything.
async fn change<'a>(
    tx: &mut Tx<'_>,
    shop: ShopId,
    calendar: &Calendar,
    counts: impl IntoIterator<Item = (&'a Order, i64)>,
) -> Result<bool> {
    let mut change: BTreeMap<(&str, i64), i64> = BTreeMap::new();
    for (order, times) in counts {
        let Some(day) = order.sold_on.filter(|day| *day > calendar.over()) else { continue };
        for (sku, units) in units(order) {
            let sum = change.entry((sku, day)).or_default();
            *sum = sum.saturating_add(times * units);
        }
    }
    change.retain(|_, units| *units != 0);
    let mut skus = Vec::new();
    for ((sku, day), units) in &change {
        store::sales::add(tx, shop, sku, *day, *units).await?;
        skus.push((*sku).to_owned());
    }
    add_up(tx, shop, &skus).await?;
    Ok(!change.is_empty())
}

/// Adds up anew what was sold of the products that have these SKUs.
async fn add_up(tx: &mut Tx<'_>, shop: ShopId, skus: &[String]) -> Result<()> {
    let mut products: Vec<ProductId> = store::products_with(tx, shop, skus).await?.into_iter().map(|(_, product)| product).collect();
    products.sort();
    products.dedup();
    store::sales::add_up(tx, shop, &products).await
}

/// Takes out the days that are over.
#[derive(Serialize, Deserialize)]
pub(crate) struct EndDay {}
impl Job for EndDay {
    const KIND: &'static str = "end_day_of_sales";
}

async fn look_tomorrow(tx: &mut Tx<'_>, shop: ShopId, calendar: &Calendar) -> Result<()> {
    let at = calendar.tomorrow(tx.now());
    tx.enqueue(shop, &EndDay {}, When::at(at).once("sales")).await
}

/// Does what `EndDay` asks, a little at a time.
pub(crate) async fn end_day(app: App, _: EndDay, lease: Lease) -> Result<()> {
    let lease = &lease;
    loop {
        let lease = lease.clone();
        let done = app.db().write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            let calendar = Calendar::of(tx, lease.shop).await?;
            let over = store::sales::take_over(tx, lease.shop, calendar.over(), PIECE).await?;
            let skus: Vec<String> = over.iter().map(|(sku, _)| sku.clone()).collect();
            add_up(tx, lease.shop, &skus).await?;
            if over.len() as i64 == PIECE {
                return Ok(false);
            }
            lease.done(tx).await?;
            if store::sales::any(tx, lease.shop).await? {
                look_tomorrow(tx, lease.shop, &calendar).await?;
            }
            companion::look_soon(tx, lease.shop).await?;
            Ok(true)
        });
        if done.await? {
            return Ok(());
        }
    }
}

/// How many are left of a product of which all that is left is known: each variant is counted, and none is sold when none is left.
fn left(product: &Product) -> Option<i64> {
    let left = product.facts.variants.iter().map(|variant| {
        let levels = product.stock.get(&variant.reference).filter(|_| !variant.on_backorder)?;
        Some(stock::left(levels).max(0))
    });
    left.sum::<Option<i64>>().filter(|_| product.facts.published)
}

/// Whether what is left of a product is gone within 14 days at the pace of the last 30; at least ten have to be sold by then.
pub fn sells_fast(product: &Product) -> bool {
    let gone_soon = |left: i64| left > 0 && left.saturating_mul(DAYS) <= product.sold.saturating_mul(SOON);
    product.sold >= ENOUGH && left(product).is_some_and(gone_soon)
}

/// How many are left of a product, where few are.
pub fn few_left(product: &Product) -> Option<i64> {
    left(product).filter(|left| (1..=FEW).contains(left))
}
