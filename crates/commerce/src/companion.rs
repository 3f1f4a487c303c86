//! What is often bought together: a sleeping bag wants a pad. Found once a day in the orders of the last half year.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    time::Duration,
};

use kernel::{Cursor, ProductId, Result, ShopId, Timestamp, days};
use platform::{
    App, Tx,
    db::Lane,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{
    goods,
    order::Order,
    product::{self, Product},
    sales, store,
};

/// Orders of so long are looked through,
const LOOKED_BACK: i64 = days(180);
/// and no more than so many of them.
const MOST_ORDERS: usize = 50_000;
/// Who buys more different goods at once is a shop, and does not choose them for each other.
const MOST_GOODS: usize = 20;
/// So many pairs are counted at once: where there are more, those met only once are let go.
const MOST_PAIRS: usize = 200_000;
/// What was bought together less often was so by chance,
const LEAST: i64 = 3;
/// and so was what happens that often to goods that have nothing to do with each other: in one case of a hundred.
const BY_CHANCE: f64 = 6.63;
/// So many are kept of each product.
const KEPT: usize = 10;
/// So many orders are read at once, and so many products written.
const PIECE: i64 = 200;
/// Looking through them may take so long.
pub(crate) const AS_LONG_AS: Duration = Duration::from_mins(10);
/// So many are named.
pub const NAMED: usize = 3;

/// How often goods were bought, and which together.
#[derive(Debug, Default)]
struct Counted {
    orders: i64,
    alone: HashMap<ProductId, i64>,
    together: HashMap<(ProductId, ProductId), i64>,
}

/// What goes with a product, and how often both were bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Companion {
    pub product: ProductId,
    pub together: i64,
}

impl Counted {
    fn add(&mut self, goods: &BTreeSet<ProductId>) {
        if goods.is_empty() || goods.len() > MOST_GOODS {
            return;
        }
        self.orders += 1;
        for (n, one) in goods.iter().enumerate() {
            *self.alone.entry(*one).or_default() += 1;
            for other in goods.iter().skip(n + 1) {
                *self.together.entry((*one, *other)).or_default() += 1;
            }
        }
        if self.together.len() > MOST_PAIRS {
            self.together.retain(|_, times| *times > 1);
        }
    }

    /// For each product what was bought with it much more often than by chance, the surest first.
    fn companions(&self) -> BTreeMap<ProductId, Vec<Companion>> {
        let mut sure: BTreeMap<ProductId, Vec<(f64, Companion)>> = BTreeMap::new();
        for ((one, other), together) in &self.together {
            let often = |product| self.alone.get(product).copied().unwrap_or_default();
            let sureness = sureness(*together, often(one), often(other), self.orders);
            if *together >= LEAST && sureness >= BY_CHANCE {
                for (product, companion) in [(*one, *other), (*other, *one)] {
                    sure.entry(product).or_default().push((sureness, Companion { product: companion, together: *together }));
                }
            }
        }
        let best = |mut found: Vec<(f64, Companion)>| {
            found.sort_by(|(one, a), (other, b)| other.total_cmp(one).then(a.product.cmp(&b.product)));
            found.into_iter().take(KEPT).map(|(_, companion)| companion).collect()
        };
        sure.into_iter().map(|(product, found)| (product, best(found))).collect()
    }
}

/// How sure it is that two things are bought for each other, of which one is in `one` and the other in `other` of `all` orders: the
/// logarithm of how much likelier that makes what was seen, twice. Nothing when they are together no more often than by chance.
fn sureness(together: i64, one: i64, other: i64, all: i64) -> f64 {
    let [both, one, other, all] = [together, one, other, all].map(|count| count as f64);
    if both * all <= one * other {
        return 0.0;
    }
    let seen = [(both, one * other), (one - both, one * (all - other)), (other - both, (all - one) * other)];
    let neither = (all - one - other + both, (all - one) * (all - other));
    let part = |(seen, by_chance): (f64, f64)| if seen > 0.0 { seen * (seen * all / by_chance).ln() } else { 0.0 };
    2.0 * seen.into_iter().chain([neither]).map(part).sum::<f64>()
}

/// Looks through a shop's orders.
#[derive(Serialize, Deserialize)]
pub(crate) struct FindCompanions {}
impl Job for FindCompanions {
    const KIND: &'static str = "find_companions";
}

/// Once a day is over.
pub(crate) async fn look_soon(tx: &mut Tx<'_>, shop: ShopId) -> Result<()> {
    tx.enqueue(shop, &FindCompanions {}, When::default().once("companions")).await
}

/// Does what `FindCompanions` asks: reads piece by piece, and writes piece by piece. Begun anew, it ends the same.
pub(crate) async fn find(app: App, _: FindCompanions, lease: Lease) -> Result<()> {
    let (shop, now) = (lease.shop, app.now());
    let companions = counted(&app, shop, now).await?.companions();
    let found: Vec<_> = companions.into_iter().collect();
    for piece in found.chunks(PIECE as usize).map(<[_]>::to_vec) {
        let written = async move |tx: &mut Tx<'_>| {
            for (product, companions) in &piece {
                store::companions::save(tx, shop, *product, companions, now).await?;
            }
            Ok(())
        };
        app.db().write_in(Lane::Bulk, written).await?;
    }
    // what goes with nothing any more
    loop {
        let forgotten = async move |tx: &mut Tx<'_>| store::companions::forget(tx, shop, now, PIECE).await;
        if app.db().write_in(Lane::Bulk, forgotten).await? < PIECE as usize {
            break;
        }
    }
    app.db().write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| lease.done(tx).await).await
}

async fn counted(app: &App, shop: ShopId, now: Timestamp) -> Result<Counted> {
    let (mut counted, mut after, mut read) = (Counted::default(), Cursor::FIRST_DESCENDING, 0);
    loop {
        let (orders, next) = app.read(async move |tx: &mut Tx<'_>| bought(tx, shop, after, now - LOOKED_BACK).await).await?;
        orders.iter().for_each(|goods| counted.add(goods));
        read += orders.len();
        match next.filter(|_| read < MOST_ORDERS) {
            Some(next) => after = next,
            None => return Ok(counted),
        }
    }
}

/// Of which products each of the next orders is, and where to read on.
async fn bought(tx: &mut Tx<'_>, shop: ShopId, after: Cursor, since: Timestamp) -> Result<(Vec<BTreeSet<ProductId>>, Option<Cursor>)> {
    let orders = store::list(tx, shop, store::Which::default(), after, PIECE).await?;
    let next = orders.last().filter(|last| orders.len() as i64 == PIECE && last.facts.placed_at >= since);
    let next = next.map(|last| Cursor { key: last.facts.placed_at.micros(), id: last.id.into() });
    let bought: Vec<Vec<&str>> =
        orders.iter().filter(|order| order.facts.placed_at >= since).map(|order| sales::units(order).into_keys().collect()).collect();
    let skus: BTreeSet<&str> = bought.iter().flatten().copied().collect();
    let skus: Vec<String> = skus.into_iter().map(str::to_owned).collect();
    let mut products: HashMap<String, BTreeSet<ProductId>> = HashMap::new();
    for (sku, product) in store::products_with(tx, shop, &skus).await? {
        products.entry(sku).or_default().insert(product);
    }
    // a SKU of several products is of none of them
    let product = |sku: &str| products.get(sku).filter(|products| products.len() == 1)?.first().copied();
    Ok((bought.iter().map(|skus| skus.iter().filter_map(|sku| product(sku)).collect()).collect(), next))
}

/// What is often bought with one of these products, and can be bought now: none of them, and no more than [`NAMED`].
pub async fn of(tx: &mut Tx<'_>, shop: ShopId, products: &[ProductId]) -> Result<Vec<(Product, Companion)>> {
    let mut found = store::companions::of(tx, shop, products).await?;
    found.retain(|(_, companion)| !products.contains(&companion.product));
    found.sort_by_key(|(place, companion)| (*place, -companion.together, companion.product));
    let mut named = BTreeSet::new();
    found.retain(|(_, companion)| named.insert(companion.product));
    let ids: Vec<ProductId> = found.iter().map(|(_, companion)| companion.product).collect();
    let mut known = product::by_ids(tx, shop, &ids).await?;
    let companions = found.into_iter().filter_map(|(_, companion)| Some((known.remove(&companion.product)?, companion)));
    Ok(companions.filter(|(product, _)| product.can_be_bought()).take(NAMED).collect())
}

/// What is often bought with what an order is of.
pub async fn of_order(tx: &mut Tx<'_>, order: &Order) -> Result<Vec<(Product, Companion)>> {
    let shelf = goods::of_orders(tx, order.shop, [order]).await?;
    let products: BTreeSet<ProductId> = order.facts.lines.iter().filter_map(|line| shelf.of(line)).map(|goods| goods.product.id).collect();
    of(tx, order.shop, &products.into_iter().collect::<Vec<_>>()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(n: u128) -> ProductId {
        uuid::Uuid::from_u128(n).into()
    }

    #[test]
    fn what_is_together_by_chance_is_not_sure_and_what_never_is_without_the_other_is() {
        // each in half of all orders, and both in a quarter
        assert_eq!(sureness(25, 50, 50, 100), 0.0);
        assert_eq!(sureness(5, 50, 50, 100), 0.0);
        let (seldom, often) = (sureness(3, 3, 3, 100), sureness(30, 30, 30, 100));
        assert!(BY_CHANCE < seldom && seldom < often, "{seldom} {often}");
        // the words "the Swiss" in the text Dunning proposed this measure with
        assert_eq!((sureness(110, 2_552, 221, 31_777) * 100.0).round(), 27_072.0);
    }

    #[test]
    fn a_companion_has_been_bought_together_three_times_and_more_often_than_by_chance() {
        let mut counted = Counted::default();
        let mut times = |n: usize, goods: &[u128]| (0..n).for_each(|_| counted.add(&goods.iter().map(|n| product(*n)).collect()));
        times(20, &[1]);
        // a tent with pegs, two with a stove, and a bag in whatever else is bought
        times(5, &[2, 3]);
        times(2, &[2, 4]);
        times(3, &[1, 2]);
        times(4, &[4, 5]);
        times(2, &[4, 5, 6]);
        let found = counted.companions();
        let of = |n: u128| found.get(&product(n)).into_iter().flatten().map(|one| (one.product, one.together)).collect::<Vec<_>>();
        assert_eq!(of(2), [(product(3), 5)], "two stoves are too few, and bags go with everything");
        assert_eq!((of(3), of(4), of(1)), (vec![(product(2), 5)], vec![(product(5), 6)], vec![]));
    }

    #[test]
    fn who_buys_the_whole_shop_says_nothing_of_any_two() {
        let mut counted = Counted::default();
        let goods = |most: usize| (0..most as u128).map(product).collect::<BTreeSet<_>>();
        counted.add(&goods(MOST_GOODS + 1));
        assert_eq!((counted.orders, counted.together.len()), (0, 0));
        counted.add(&goods(MOST_GOODS));
        assert_eq!((counted.orders, counted.together.len()), (1, MOST_GOODS * (MOST_GOODS - 1) / 2));
    }

    #[test]
    fn no_more_than_ten_are_kept_of_a_product() {
        let mut counted = Counted::default();
        for n in 2..20 {
            for _ in 0..n {
                counted.add(&[product(1), product(n)].into());
            }
            (0..40).for_each(|_| counted.add(&[product(100 + n)].into()));
        }
        let found = &counted.companions()[&product(1)];
        assert_eq!((found.len(), found[0]), (KEPT, Companion { product: product(19), together: 19 }));
    }
}
