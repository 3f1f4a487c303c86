//! A page of a WooCommerce's lists.

use kernel::{Timestamp, days};
use platform::App;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    client::{Answered, get, site, source},
    order::{self, Order},
    product::{self, Product},
};
use crate::{
    connector::{Contents, Fact, Page, Progress, Settings, Subject},
    place::{Brought, Clocks, List, Place, Rhythm, Wanted},
    told::utc,
    trouble::{Fault, Trouble},
};

/// Its orders say when they change, unless somebody writes into the database itself: once a day is enough for that.
const RHYTHM: Rhythm = Rhythm { again: 2, products: 0, open_orders: days(1), stock: None, stock_changes: None };
/// So many rows are asked for at once; each refunded order and each product with variants is a question more.
const TAKE: i64 = 50;
const PRODUCTS: i64 = 20;

/// Whose books are read, and when.
pub(super) struct Books {
    pub source: String,
    pub site: String,
    pub now: Timestamp,
}

/// Somebody with an account.
#[derive(Debug, Deserialize)]
pub(super) struct Customer {
    id: i64,
    date_created_gmt: Option<String>,
    role: String,
    #[serde(default)]
    email: String,
    first_name: String,
    last_name: String,
    billing: order::Address,
}

#[derive(Deserialize)]
struct Stamp {
    date_modified_gmt: Option<String>,
}

/// Looks at what there is.
pub(super) async fn look(app: &App, settings: &Settings) -> Result<Contents, Fault> {
    let count = async |path: &str, query: &[(&str, String)]| {
        let one = [query, &[("per_page", "1".into()), ("_fields", "id".into())]].concat();
        Ok::<i64, Fault>(get::<Vec<Value>>(app, settings, path, &one).await?.total)
    };
    product::currency(app, settings).await?;
    Ok(Contents {
        customers: count("customers", &[("role", "all".into())]).await?,
        orders: count("orders", &[]).await?,
        products: count("products", &[]).await?,
        limits: Vec::new(),
    })
}

/// Reads the next page.
pub(super) async fn read_on(app: &App, settings: &Settings, place: &Value) -> Result<Page, Fault> {
    let place = Place::read(place)?;
    let books = Books { source: source(settings)?, site: site(settings)?, now: app.now() };
    match place.list {
        List::Customers => customers(app, settings, &place, &books).await,
        List::Orders | List::OpenOrders => orders(app, settings, &place, &books).await,
        // products say what is left of them, and a sale changes them
        List::Products | List::Stock | List::StockChanges => products(app, settings, &place, &books).await,
    }
}

/// What it says of one thing; of an order with its refunds, and of a product with its variations, in a list of two.
pub(super) fn understood(books: &Books, of: Subject, said: &[u8]) -> Option<Fact> {
    match of {
        Subject::Customers => serde_json::from_slice::<Customer>(said).ok()?.fact(books),
        Subject::Orders => {
            let (order, refunds) = serde_json::from_slice::<(Order, Vec<order::Refund>)>(said).ok()?;
            order.fact(&refunds, books)
        }
        Subject::Products | Subject::Stock => {
            let (product, variations) = serde_json::from_slice::<(Product, Vec<product::Variation>)>(said).ok()?;
            let stock = product.stock(&variations, books);
            Some(if of == Subject::Stock { stock } else { product.fact(variations, "EUR".parse().ok(), books) })
        }
    }
}

async fn customers(app: &App, settings: &Settings, place: &Place, books: &Books) -> Result<Page, Fault> {
    let wanted = place.wanted(books.now);
    let mut query = listed(place, TAKE, "id,date_created_gmt,role,email,first_name,last_name,billing");
    query.push(("role", "all".into()));
    if wanted != Wanted::All {
        // they do not say when they change: the newest first, until one is known
        query.retain(|(name, _)| *name != "order");
        query.push(("order", "desc".into()));
    }
    let Answered { data, mut total, shop_time } = get::<Vec<Customer>>(app, settings, "customers", &query).await?;
    let rows = data.len() as i64;
    if let Wanted::Changed(mark) = wanted
        && data.last().and_then(Customer::appeared_at).is_none_or(|appeared| appeared <= mark)
    {
        total = place.skip + rows;
    }
    let newest = data.iter().filter_map(Customer::appeared_at).max().filter(|_| wanted != Wanted::All);
    let facts = data.into_iter().filter_map(|customer| customer.fact(books)).collect();
    done(place, facts, Brought { rows, total, newest, ..Brought::default() }, Clocks { ours: books.now, theirs: shop_time })
}

async fn orders(app: &App, settings: &Settings, place: &Place, books: &Books) -> Result<Page, Fault> {
    let newest = newest(app, settings, place, "orders").await?;
    let mut query = listed(place, TAKE, order::FIELDS);
    query.extend(narrowed(place.wanted(books.now)));
    let Answered { data, total, shop_time } = get::<Vec<Order>>(app, settings, "orders", &query).await?;
    let (rows, mut facts) = (data.len() as i64, Vec::new());
    for order in data {
        let refunds = order::refunds(app, settings, &order).await?;
        facts.extend(order.fact(&refunds, books));
    }
    done(place, facts, Brought { rows, total, newest, ..Brought::default() }, Clocks { ours: books.now, theirs: shop_time })
}

async fn products(app: &App, settings: &Settings, place: &Place, books: &Books) -> Result<Page, Fault> {
    let newest = newest(app, settings, place, "products").await?;
    let mut query = listed(place, PRODUCTS, product::FIELDS);
    query.extend(narrowed(place.wanted(books.now)));
    let Answered { data, total, shop_time } = get::<Vec<Product>>(app, settings, "products", &query).await?;
    let (rows, mut facts) = (data.len() as i64, Vec::new());
    if rows > 0 {
        let currency = product::currency(app, settings).await?;
        for product in data {
            let variations = product::variations(app, settings, &product).await?;
            let stock = product.stock(&variations, books);
            facts.extend([product.fact(variations, currency, books), stock]);
        }
    }
    done(place, facts, Brought { rows, total, newest, ..Brought::default() }, Clocks { ours: books.now, theirs: shop_time })
}

/// A page by id: where it begins is counted, since a page's number would have to begin where the last one ended.
fn listed(place: &Place, take: i64, fields: &str) -> Vec<(&'static str, String)> {
    vec![
        ("orderby", "id".into()),
        ("order", "asc".into()),
        ("offset", place.skip.to_string()),
        ("per_page", take.to_string()),
        ("_fields", fields.to_owned()),
    ]
}

fn narrowed(wanted: Wanted) -> Vec<(&'static str, String)> {
    let moment = |at: Timestamp| at.calendar().strftime("%Y-%m-%dT%H:%M:%S").to_string();
    let in_utc = ("dates_are_gmt", "true".to_owned());
    match wanted {
        Wanted::All => Vec::new(),
        Wanted::Changed(stamp) => vec![("modified_after", moment(stamp)), in_utc],
        Wanted::Lately { recent, .. } => vec![("after", moment(recent)), in_utc],
    }
}

/// The shop's newest stamp, before a pass begins.
async fn newest(app: &App, settings: &Settings, place: &Place, path: &str) -> Result<Option<Timestamp>, Fault> {
    if place.skip > 0 {
        return Ok(None);
    }
    let query = [("orderby", "modified"), ("order", "desc"), ("per_page", "1"), ("_fields", "date_modified_gmt")];
    let stamps: Vec<Stamp> = get(app, settings, path, &query.map(|(name, value)| (name, value.to_owned()))).await?.data;
    Ok(stamps.first().and_then(|stamp| utc(stamp.date_modified_gmt.as_deref()?)))
}

fn done(place: &Place, facts: Vec<Fact>, brought: Brought, clocks: Clocks) -> Result<Page, Fault> {
    let progress = Progress { read: (place.skip + brought.rows).min(brought.total), total: brought.total };
    let (next, more) = place.after(brought, clocks, RHYTHM);
    Ok(Page {
        facts,
        history: place.history.then_some((place.list.subject(), progress)),
        limits: Vec::new(),
        place: next.written()?,
        more,
        rest: 0,
        shop_time: clocks.theirs,
    })
}

impl Customer {
    fn appeared_at(&self) -> Option<Timestamp> {
        utc(self.date_created_gmt.as_deref()?)
    }

    /// Whoever works in the shop is no customer.
    fn fact(self, books: &Books) -> Option<Fact> {
        let works_here = matches!(self.role.as_str(), "administrator" | "editor" | "author" | "contributor" | "shop_manager");
        let name = [self.first_name.as_str(), self.last_name.as_str()];
        (!works_here).then(|| Fact::Customer(self.billing.buyer(self.id, name, &self.email, None, books)))
    }
}

/// What it says that is not what was expected.
pub(super) fn misunderstood(detail: &str) -> Fault {
    Fault::new(Trouble::NotUnderstood, detail)
}

impl<T: DeserializeOwned> Answered<Vec<T>> {
    /// All pages of a short list, of what is asked for `only`.
    pub(super) async fn whole(app: &App, settings: &Settings, path: &str, fields: &str, only: &[(&str, String)]) -> Result<Vec<T>, Fault> {
        let mut all = Vec::new();
        loop {
            let mut query = vec![
                ("orderby", "id".to_owned()),
                ("order", "asc".into()),
                ("offset", all.len().to_string()),
                ("per_page", "100".into()),
                ("_fields", fields.to_owned()),
            ];
            query.extend_from_slice(only);
            let Answered { data, total, .. } = get::<Vec<T>>(app, settings, path, &query).await?;
            let is_last = data.is_empty() || all.len() + data.len() >= total as usize || all.len() >= 500;
            all.extend(data);
            if is_last {
                return Ok(all);
            }
        }
    }
}
