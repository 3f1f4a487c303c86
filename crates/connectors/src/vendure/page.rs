//! A page of a Vendure's lists.

use kernel::{Timestamp, hours, minutes};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Vendure,
    client::source,
    facts::{Customer, Product},
    order::{Books, Inventory, Order},
    stock::{COUNTING, Stocked, VARIANTS},
};
use crate::{
    connector::{Contents, Fact, Page, Progress, Settings, Subject},
    place::{Brought, Clocks, List, Place, Rhythm, Wanted},
    told::figure,
    trouble::Fault,
};

/// So many rows are asked for at once; of stock more, since each says little.
const TAKE: i64 = 50;
const TAKE_STOCK: i64 = 200;
/// Its orders do not say when they change, and its products not when their variants do.
const RHYTHM: Rhythm = Rhythm { again: 2, products: hours(1), open_orders: minutes(15), stock: Some(minutes(5)), stock_changes: None };

const LOOK: &str = "{ customers(options: { take: 1 }) { totalItems } orders(options: { take: 1, filter: { orderPlacedAt: { isNull: false } } }) { totalItems } \
                    products(options: { take: 1 }) { totalItems } globalSettings { serverConfig { moneyStrategyPrecision } } }";

/// How it counts: money in units of its own, so many digits behind the point, in any currency; stock, or not.
const GLOBAL: &str = "globalSettings { trackInventory outOfStockThreshold serverConfig { moneyStrategyPrecision } }";

const CUSTOMERS: &str = "query($options: CustomerListOptions) { \
    list: customers(options: $options) { totalItems items { id firstName lastName emailAddress phoneNumber user { id } } } \
    newest: customers(options: { take: 1, sort: { updatedAt: DESC } }) { items { updatedAt } } GLOBAL }";

/// What is read of an order.
pub(super) const ORDER: &str = "\
    id code state createdAt updatedAt orderPlacedAt currencyCode totalWithTax shippingWithTax \
    customer { id firstName lastName emailAddress phoneNumber user { id } } shippingAddress { countryCode postalCode } \
    lines { id quantity orderPlacedQuantity proratedUnitPriceWithTax proratedLinePriceWithTax productVariant { sku name product { name } } } \
    shippingLines { discounts { adjustmentSource amountWithTax } } surcharges { id description priceWithTax } \
    payments { state amount updatedAt refunds { state total updatedAt } } \
    fulfillments { id state updatedAt method trackingCode lines { orderLineId quantity } }";

const ORDERS: &str = "query($options: OrderListOptions) { \
    list: orders(options: $options) { totalItems items { ORDER } } \
    newest: orders(options: { take: 1, sort: { updatedAt: DESC } }) { items { updatedAt } } GLOBAL }";

const PRODUCTS: &str = "query($options: ProductListOptions) { \
    list: products(options: $options) { totalItems items { \
      id updatedAt enabled name description translations { languageCode name } featuredAsset { preview } \
      variantList(options: { take: 500 }) { items { id sku name enabled updatedAt currencyCode priceWithTax featuredAsset { preview } COUNTING } } } } \
    newest: products(options: { take: 1, sort: { updatedAt: DESC } }) { items { updatedAt } } GLOBAL }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed<T> {
    list: Rows<T>,
    newest: Stamped,
    global_settings: GlobalSettings,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rows<T> {
    #[serde(deserialize_with = "figure")]
    total_items: i64,
    items: Vec<T>,
}

#[derive(Deserialize)]
struct Stamped {
    items: Vec<Stamp>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stamp {
    updated_at: Timestamp,
}

/// One order, with what says how its amounts are counted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FoundOrder<T> {
    pub order: Option<T>,
    pub global_settings: GlobalSettings,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GlobalSettings {
    server_config: ServerConfig,
    #[serde(flatten)]
    pub inventory: Inventory,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServerConfig {
    money_strategy_precision: u32,
}

impl GlobalSettings {
    /// How many digits stand behind the point.
    pub(super) fn units(&self) -> u32 {
        self.server_config.money_strategy_precision
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Total {
    #[serde(deserialize_with = "figure")]
    total_items: i64,
}

#[derive(Deserialize)]
struct Looked {
    customers: Total,
    orders: Total,
    products: Total,
}

/// What is wanted, in Vendure's words.
fn filter(list: List, wanted: Wanted) -> Value {
    let after = |stamp: Timestamp| json!({ "after": stamp.to_string() });
    let placed = json!({ "orderPlacedAt": { "isNull": false } });
    match (list, wanted) {
        // a product does not say when its variants change
        (List::Products | List::Stock | List::StockChanges, _) | (List::Customers, Wanted::All | Wanted::Lately { .. }) => json!({}),
        (List::Customers, Wanted::Changed(stamp)) => json!({ "updatedAt": after(stamp) }),
        (List::Orders | List::OpenOrders, Wanted::All) => placed,
        (List::Orders | List::OpenOrders, Wanted::Changed(stamp)) => {
            json!({ "_and": [placed, { "_or": [{ "updatedAt": after(stamp) }, { "orderPlacedAt": after(stamp) }] }] })
        }
        (List::Orders | List::OpenOrders, Wanted::Lately { recent, open }) => json!({ "_and": [
            placed,
            { "orderPlacedAt": after(open) },
            { "_or": [{ "orderPlacedAt": after(recent) }, { "state": { "notIn": ["Delivered", "Cancelled"] } }] },
        ] }),
    }
}

/// A question with its parts written out.
pub(super) fn spelled(query: &str) -> String {
    query.replace("GLOBAL", GLOBAL).replace("ORDER", ORDER).replace("COUNTING", COUNTING)
}

/// What it says of one thing, where it counts in hundredths.
pub(super) fn understood(source: String, of: Subject, said: &[u8], now: Timestamp) -> Option<Fact> {
    let inventory = Inventory { track_inventory: true, out_of_stock_threshold: 0 };
    let books = Books { source, units: 2, inventory, now };
    match of {
        Subject::Customers => serde_json::from_slice::<Customer>(said).ok()?.fact(&books),
        Subject::Orders => serde_json::from_slice::<Order>(said).ok()?.fact(&books),
        Subject::Products => serde_json::from_slice::<Product>(said).ok()?.fact(&books),
        Subject::Stock => serde_json::from_slice::<Stocked>(said).ok()?.fact(&books),
    }
}

impl Vendure {
    /// Looks at what there is.
    pub(super) async fn look(&self, app: &App, settings: &Settings) -> Result<Contents, Fault> {
        let Looked { customers, orders, products } = self.ask(app, settings, LOOK, json!({})).await?.data;
        Ok(Contents { customers: customers.total_items, orders: orders.total_items, products: products.total_items, limits: Vec::new() })
    }

    /// Reads the next page.
    pub(super) async fn read_on(&self, app: &App, settings: &Settings, place: &Value) -> Result<Page, Fault> {
        let place = Place::read(place)?;
        let now = app.now();
        let source = source(settings)?;
        let books = |said: &GlobalSettings| Books { source: source.clone(), units: said.units(), inventory: said.inventory, now };
        match place.list {
            List::Customers => {
                let fact = |books: &Books, customer: Customer| customer.fact(books);
                self.list(app, settings, &place, CUSTOMERS, now, books, fact).await
            }
            List::Orders | List::OpenOrders => {
                let fact = |books: &Books, order: Order| order.fact(books);
                self.list(app, settings, &place, ORDERS, now, books, fact).await
            }
            List::Products => {
                let fact = |books: &Books, product: Product| product.fact(books);
                self.list(app, settings, &place, PRODUCTS, now, books, fact).await
            }
            List::Stock | List::StockChanges => {
                let fact = |books: &Books, stocked: Stocked| stocked.fact(books);
                self.list(app, settings, &place, VARIANTS, now, books, fact).await
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what the three lists differ in")]
    async fn list<T: serde::de::DeserializeOwned>(
        &self,
        app: &App,
        settings: &Settings,
        place: &Place,
        query: &str,
        now: Timestamp,
        books: impl Fn(&GlobalSettings) -> Books,
        fact: impl Fn(&Books, T) -> Option<Fact>,
    ) -> Result<Page, Fault> {
        let take = if place.list == List::Stock { TAKE_STOCK } else { TAKE };
        let options = json!({ "skip": place.skip, "take": take, "sort": { "id": "ASC" }, "filter": filter(place.list, place.wanted(now)) });
        let answered = self.ask::<Listed<T>>(app, settings, &spelled(query), json!({ "options": options })).await?;
        let Listed { list, newest, global_settings } = answered.data;
        let newest = newest.items.first().map(|stamp| stamp.updated_at);
        let rows = list.items.len() as i64;
        let brought = Brought { rows, total: list.total_items, newest, ..Brought::default() };
        let (next, more) = place.after(brought, Clocks { ours: now, theirs: answered.shop_time }, RHYTHM);
        let books = books(&global_settings);
        let read = (place.skip + rows).min(list.total_items);
        Ok(Page {
            facts: list.items.into_iter().filter_map(|item| fact(&books, item)).collect(),
            history: place.history.then_some((place.list.subject(), Progress { read, total: list.total_items })),
            limits: Vec::new(),
            place: next.written()?,
            more,
            rest: 0,
            shop_time: answered.shop_time,
        })
    }
}
