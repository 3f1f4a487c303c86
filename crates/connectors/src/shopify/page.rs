//! A page of a Shopify's lists.

use kernel::{Timestamp, days};
use platform::App;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    Shopify,
    client::{Answered, admin, source},
    order::{self, Customer, Order},
    product::{self, Product},
    stock,
};
use crate::{
    connector::{Contents, Fact, Limit, Page, Progress, Settings, Subject},
    place::{Brought, Clocks, List, Place, Rhythm, Wanted},
    told::figure,
    trouble::{Fault, Trouble},
};

/// Everything says when it changes; once a day what is recent is read again all the same, and all stock.
pub(super) const RHYTHM: Rhythm = Rhythm { again: 0, products: 0, open_orders: days(1), stock: Some(days(1)), stock_changes: Some(0) };

const LOOK: &str = "{ customersCount(limit: null) { count } ordersCount(limit: null) { count } productsCount(limit: null) { count } \
                    currentAppInstallation { accessScopes { handle } } }";
/// What an app has to be allowed to read, and what it needs for orders that are older than 60 days.
const SCOPES: [&str; 3] = ["read_customers", "read_orders", "read_products"];
const OLD_ORDERS: &str = "read_all_orders";

/// Whose books are read, and when.
pub(super) struct Books {
    pub source: String,
    pub admin: String,
    pub now: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Looked {
    customers_count: Count,
    orders_count: Count,
    products_count: Count,
    current_app_installation: Installation,
}

#[derive(Deserialize)]
struct Count {
    #[serde(deserialize_with = "figure")]
    count: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Installation {
    access_scopes: Vec<Scope>,
}

#[derive(Deserialize)]
struct Scope {
    handle: String,
}

#[derive(Deserialize)]
struct Listed<T> {
    list: Rows<T>,
    left: Count,
    newest: Rows<Stamp>,
    shop: Shop,
}

/// Some rows of a list.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rows<T> {
    pub nodes: Vec<T>,
    pub page_info: PageInfo,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfo {
    pub has_next_page: bool,
    pub end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stamp {
    updated_at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shop {
    pub currency_code: String,
}

/// A list, how it is asked for, and how many rows at once: a question may cost a thousand points.
struct Shape {
    name: &'static str,
    fields: String,
    take: i64,
}

/// What has an id of its own.
pub(super) trait Row: DeserializeOwned {
    fn gid(&self) -> &str;
}

/// The number in an id such as `gid://shopify/Order/7001`.
pub(super) fn number(gid: &str) -> &str {
    gid.rsplit('/').next().and_then(|tail| tail.split('?').next()).unwrap_or_default()
}

impl Shape {
    fn query(&self) -> String {
        let Shape { name, fields, .. } = self;
        let rows = "pageInfo { hasNextPage endCursor }";
        format!(
            "query($first: Int!, $query: String) {{ list: {name}(first: $first, query: $query, sortKey: ID) {{ nodes {{ {fields} }} {rows} }} \
             left: {name}Count(query: $query, limit: null) {{ count }} \
             newest: {name}(first: 1, sortKey: UPDATED_AT, reverse: true) {{ nodes {{ updatedAt }} {rows} }} shop {{ currencyCode }} }}"
        )
    }
}

/// A moment, as it is searched by.
pub(super) fn moment(at: Timestamp) -> String {
    at.calendar().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn narrowed(wanted: Wanted, last: Option<&str>) -> Option<String> {
    let when = match wanted {
        Wanted::All => None,
        Wanted::Changed(stamp) => Some(format!("updated_at:>='{}'", moment(stamp))),
        Wanted::Lately { recent, .. } => Some(format!("created_at:>='{}'", moment(recent))),
    };
    let beyond = last.and_then(|last| last.parse::<u64>().ok()).map(|last| format!("id:>={}", last + 1));
    let parts: Vec<String> = when.into_iter().chain(beyond).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// What it says of one thing.
pub(super) fn understood(books: &Books, of: Subject, said: &[u8]) -> Option<Fact> {
    match of {
        Subject::Customers => Some(serde_json::from_slice::<Customer>(said).ok()?.fact(books)),
        Subject::Orders => serde_json::from_slice::<Order>(said).ok()?.fact(books),
        Subject::Products => Some(serde_json::from_slice::<Product>(said).ok()?.fact("EUR".parse().ok(), books)),
        Subject::Stock => Some(serde_json::from_slice::<stock::Item>(said).ok()?.fact(books)),
    }
}

impl Shopify {
    /// Looks at what there is.
    pub(super) async fn look(&self, app: &App, settings: &Settings) -> Result<Contents, Fault> {
        let Looked { customers_count, orders_count, products_count, current_app_installation } =
            self.ask(app, settings, LOOK, json!({})).await?.data;
        let granted: Vec<String> = current_app_installation.access_scopes.into_iter().map(|scope| scope.handle).collect();
        let may = |scope: &str| granted.iter().any(|one| one == scope || *one == scope.replacen("read_", "write_", 1));
        if let Some(missing) = SCOPES.iter().find(|scope| !may(scope)) {
            return Err(Fault::new(Trouble::NotAllowed, format!("The app has no access scope {missing}.")));
        }
        Ok(Contents {
            customers: customers_count.count,
            orders: orders_count.count,
            products: products_count.count,
            limits: [(Limit::OldOrders, may(OLD_ORDERS)), (Limit::Stock, stock::SCOPES.into_iter().all(may))]
                .into_iter()
                .filter_map(|(limit, is_shown)| (!is_shown).then_some(limit))
                .collect(),
        })
    }

    /// Reads the next page.
    pub(super) async fn read_on(&self, app: &App, settings: &Settings, place: &Value) -> Result<Page, Fault> {
        let place = Place::read(place)?;
        let books = Books { source: source(settings)?, admin: admin(settings)?, now: app.now() };
        match place.list {
            List::Customers => {
                let shape = Shape { name: "customers", fields: order::CUSTOMER.to_owned(), take: 50 };
                let (rows, page) = self.list::<Customer>(app, settings, &place, &books, shape).await?;
                Ok(page.with(rows.into_iter().map(|one| one.fact(&books)).collect()))
            }
            List::Orders | List::OpenOrders => {
                let shape = Shape { name: "orders", fields: order::fields(), take: 5 };
                let (mut rows, page) = self.list::<Order>(app, settings, &place, &books, shape).await?;
                for order in &mut rows {
                    self.rest_of(app, settings, "order", order::LINES, &order.id, &mut order.line_items).await?;
                    self.look_into(app, settings, &mut order.disputes).await?;
                }
                Ok(page.with(rows.into_iter().filter_map(|one| one.fact(&books)).collect()))
            }
            List::Products => {
                let shape = Shape { name: "products", fields: product::FIELDS.replace("VARIANTS", product::VARIANTS), take: 10 };
                let (mut rows, page) = self.list::<Product>(app, settings, &place, &books, shape).await?;
                for product in &mut rows {
                    self.rest_of(app, settings, "product", product::VARIANTS, &product.id, &mut product.variants).await?;
                }
                let currency = page.shop.currency_code.parse().ok();
                Ok(page.with(rows.into_iter().map(|one| one.fact(currency, &books)).collect()))
            }
            List::Stock | List::StockChanges => self.stock(app, settings, &place, &books).await,
        }
    }

    async fn list<T: Row>(
        &self,
        app: &App,
        settings: &Settings,
        place: &Place,
        books: &Books,
        shape: Shape,
    ) -> Result<(Vec<T>, Sheet), Fault> {
        let last = place.last.as_deref();
        let variables = json!({ "first": shape.take, "query": narrowed(place.wanted(books.now), last) });
        let Answered { data, rest, shop_time } = self.ask::<Listed<T>>(app, settings, &shape.query(), variables).await?;
        let Listed { list, left, newest, shop } = data;
        let before = |gid: &str| number(gid).parse::<u64>().ok() <= last.and_then(|last| last.parse().ok());
        if list.nodes.first().is_some_and(|first| last.is_some() && before(first.gid())) {
            return Err(Fault::new(Trouble::NotUnderstood, format!("It does not say what follows {} {last:?}.", shape.name)));
        }
        let read = place.skip + list.nodes.len() as i64;
        // beyond some number it counts no more
        let total = if list.page_info.has_next_page { (place.skip + left.count).max(read + 1) } else { read };
        let brought = Brought {
            rows: list.nodes.len() as i64,
            total,
            newest: newest.nodes.first().map(|stamp| stamp.updated_at),
            last: list.nodes.last().map(|row| number(row.gid()).to_owned()),
            withheld: false,
        };
        let history = place.history.then_some((place.list.subject(), Progress { read, total }));
        let (next, more) = place.after(brought, Clocks { ours: books.now, theirs: shop_time }, RHYTHM);
        let page = Page { facts: Vec::new(), history, limits: Vec::new(), place: next.written()?, more, rest, shop_time };
        Ok((list.nodes, Sheet { page, shop }))
    }

    /// Reads on in a list that belongs to one row.
    pub(super) async fn rest_of<T: DeserializeOwned>(
        &self,
        app: &App,
        settings: &Settings,
        owner: &str,
        list: &str,
        id: &str,
        rows: &mut Rows<T>,
    ) -> Result<(), Fault> {
        let list = list.replace("(first: 10)", "(first: 50, after: $after)");
        let query = format!("query($id: ID!, $after: String) {{ owner: {owner}(id: $id) {{ list: {list} }} }}");
        while rows.page_info.has_next_page && rows.nodes.len() < crate::told::MOST_LINES {
            let variables = json!({ "id": id, "after": rows.page_info.end_cursor });
            let Of { owner } = self.ask::<Of<T>>(app, settings, &query, variables).await?.data;
            // it was deleted meanwhile, or says that there is more where there is nothing
            let Some(Owner { list }) = owner.filter(|owner| !owner.list.nodes.is_empty()) else { return Ok(()) };
            rows.nodes.extend(list.nodes);
            rows.page_info = list.page_info;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Of<T> {
    owner: Option<Owner<T>>,
}

#[derive(Deserialize)]
struct Owner<T> {
    list: Rows<T>,
}

/// A page whose facts are still to be told.
struct Sheet {
    page: Page,
    shop: Shop,
}

impl Sheet {
    fn with(self, facts: Vec<Fact>) -> Page {
        Page { facts, ..self.page }
    }
}
