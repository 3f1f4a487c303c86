//! A page of a Medusa's lists.

use kernel::{Timestamp, hours, minutes};
use platform::App;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    client::{Answered, list, source},
    order::{self, Customer, Order},
    product::{self, Product},
    stock::{self, Stocked},
};
use crate::{
    connector::{Contents, Fact, Page, Progress, Settings, Subject},
    place::{Brought, Clocks, List, Place, Rhythm, Wanted},
    trouble::Fault,
};

const RHYTHM: Rhythm = Rhythm { again: 2, products: hours(1), open_orders: minutes(15), stock: Some(minutes(5)), stock_changes: None };
/// So many rows are asked for at once; it says a lot of each line of an order, whatever it is asked for.
const TAKE: i64 = 50;
const ORDERS: i64 = 20;
const STOCK: i64 = 200;

/// Whose books are read, and when.
pub(super) struct Books {
    pub source: String,
    pub now: Timestamp,
}

#[derive(Deserialize)]
struct Stamp {
    updated_at: Timestamp,
}

/// What is asked for, whichever page.
fn asked(list: List) -> (&'static str, &'static str, i64) {
    match list {
        List::Customers => ("customers", order::CUSTOMER_FIELDS, TAKE),
        List::Orders | List::OpenOrders => ("orders", order::FIELDS, ORDERS),
        List::Products => ("products", product::FIELDS, TAKE),
        List::Stock | List::StockChanges => ("product-variants", stock::FIELDS, STOCK),
    }
}

/// Guests come with their orders.
const ACCOUNTS: (&str, &str) = ("has_account", "true");

fn narrowed(list: List, wanted: Wanted) -> Vec<(&'static str, String)> {
    let accounts = (list == List::Customers).then(|| (ACCOUNTS.0, ACCOUNTS.1.to_owned()));
    let only = match (list, wanted) {
        (List::Products, _) | (_, Wanted::All) => None,
        (_, Wanted::Changed(stamp)) => Some(("updated_at[$gte]", stamp.to_string())),
        (_, Wanted::Lately { recent, .. }) => Some(("created_at[$gte]", recent.to_string())),
    };
    accounts.into_iter().chain(only).collect()
}

/// Looks at what there is.
pub(super) async fn look(app: &App, settings: &Settings) -> Result<Contents, Fault> {
    let count = async |path: &str, only: Option<(&'static str, &str)>| {
        let mut query = vec![("limit", "1".to_owned()), ("fields", "id".to_owned())];
        query.extend(only.map(|(name, value)| (name, value.to_owned())));
        Ok::<i64, Fault>(list::<Value>(app, settings, path, &query).await?.total)
    };
    Ok(Contents {
        customers: count("customers", Some(ACCOUNTS)).await?,
        orders: count("orders", None).await?,
        products: count("products", None).await?,
        limits: Vec::new(),
    })
}

/// Reads the next page.
pub(super) async fn read_on(app: &App, settings: &Settings, place: &Value) -> Result<Page, Fault> {
    let place = Place::read(place)?;
    let books = Books { source: source(settings)?, now: app.now() };
    match place.list {
        List::Customers => read(app, settings, &place, &books, Customer::fact).await,
        List::Orders | List::OpenOrders => read(app, settings, &place, &books, Order::fact).await,
        List::Products => read(app, settings, &place, &books, Product::fact).await,
        List::Stock | List::StockChanges => read(app, settings, &place, &books, Stocked::fact).await,
    }
}

/// What it says of one thing.
pub(super) fn understood(books: &Books, of: Subject, said: &[u8]) -> Option<Fact> {
    match of {
        Subject::Customers => serde_json::from_slice::<Customer>(said).ok()?.fact(books),
        Subject::Orders => serde_json::from_slice::<Order>(said).ok()?.fact(books),
        Subject::Products => serde_json::from_slice::<Product>(said).ok()?.fact(books),
        Subject::Stock => serde_json::from_slice::<Stocked>(said).ok()?.fact(books),
    }
}

async fn read<T: DeserializeOwned>(
    app: &App,
    settings: &Settings,
    place: &Place,
    books: &Books,
    fact: impl Fn(T, &Books) -> Option<Fact>,
) -> Result<Page, Fault> {
    let (path, fields, take) = asked(place.list);
    let newest = newest(app, settings, place, path).await?;
    let mut query =
        vec![("order", "id".to_owned()), ("offset", place.skip.to_string()), ("limit", take.to_string()), ("fields", fields.to_owned())];
    query.extend(narrowed(place.list, place.wanted(books.now)));
    let Answered { rows: listed, total, shop_time } = list::<T>(app, settings, path, &query).await?;
    let rows = listed.len() as i64;
    let clocks = Clocks { ours: books.now, theirs: shop_time };
    let (next, more) = place.after(Brought { rows, total, newest, ..Brought::default() }, clocks, RHYTHM);
    let progress = Progress { read: (place.skip + rows).min(total), total };
    Ok(Page {
        facts: listed.into_iter().filter_map(|row| fact(row, books)).collect(),
        history: place.history.then_some((place.list.subject(), progress)),
        limits: Vec::new(),
        place: next.written()?,
        more,
        rest: 0,
        shop_time,
    })
}

/// The shop's newest stamp, before a pass begins.
async fn newest(app: &App, settings: &Settings, place: &Place, path: &str) -> Result<Option<Timestamp>, Fault> {
    if place.skip > 0 {
        return Ok(None);
    }
    let query = [("order", "-updated_at"), ("limit", "1"), ("fields", "id,updated_at")];
    let stamps = list::<Stamp>(app, settings, path, &query.map(|(name, value)| (name, value.to_owned()))).await?.rows;
    Ok(stamps.first().map(|stamp| stamp.updated_at))
}
