//! The plug: how one kind of shop system is read.

use commerce::{
    Answer, Asked,
    deed::{DeedKind, RefundAbilities},
    order, product, stock,
};
use customers::Buyer;
use futures::future::BoxFuture;
use kernel::{Error, Result, Timestamp, say};
pub use platform::form::{Field, FieldKind, Settings, setting};
use platform::{App, keyed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::{told::called, trouble::Fault, webhook::Webhooks};

/// A shop system Ombud can copy from. Each stands in one file or folder of this crate and in one line of its list.
pub trait Connector: Send + Sync {
    /// What its connections carry, for ever.
    fn name(&self) -> &'static str;

    /// What its makers call it.
    fn title(&self) -> &'static str;

    /// What has to be known to connect: the form, from top to bottom.
    fn fields(&self) -> &'static [Field];

    /// What stands in front of its ids, so that two systems that both have an order 12 can be told apart: its host.
    fn source(&self, settings: &Settings) -> String;

    /// What tells the books that are read with these settings from any others.
    fn books(&self, settings: &Settings) -> String;

    /// Signs in, looks, and says what is there. It is asked from no transaction.
    fn test<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<Contents, Fault>>;

    /// Reads on from `place`, which it has said itself in the page before; null at the very beginning.
    ///
    /// One page at a time is asked for, and each page that was answered is kept before the next: whatever comes twice changes nothing.
    fn page<'a>(&'a self, app: &'a App, settings: &'a Settings, place: &'a Value) -> BoxFuture<'a, Result<Page, Fault>>;

    /// What it says of one thing, with whatever was asked beside it, in Ombud's words; `None` where that is not understood, or
    /// nothing to copy. It asks nobody.
    fn understood(&self, settings: &Settings, of: Subject, said: &[u8], now: Timestamp) -> Option<Fact>;

    /// Whoever does something in its books when asked to.
    fn clerk(&self) -> Option<&dyn Clerk> {
        None
    }

    /// Whether it says by itself when something has changed.
    fn webhooks(&self) -> Option<&dyn Webhooks> {
        None
    }
}

/// Does something in a shop system's books. It is asked from no transaction, and with the shop system's own id of an order.
pub trait Clerk: Send + Sync {
    /// What it can do to an order.
    fn can(&self) -> &'static [DeedKind];

    /// What it can do with a refund, in the same step, beside giving money back.
    fn refunds(&self) -> RefundAbilities {
        RefundAbilities::default()
    }

    /// Does one of these, once; see `commerce::ShopSystem`.
    fn act<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer>;

    /// Looks whether it has.
    fn look<'a>(&'a self, app: &'a App, settings: &'a Settings, asked: &'a Asked) -> BoxFuture<'a, Answer>;

    /// An order as it stands in the books now.
    fn order<'a>(&'a self, app: &'a App, settings: &'a Settings, order: &'a str) -> BoxFuture<'a, Result<Option<Fact>, Fault>>;
}

/// The connectors of this installation.
pub struct Connectors(pub Vec<Box<dyn Connector>>);

/// Errors: `NotFound`.
pub fn named<'a>(app: &'a App, name: &str) -> Result<&'a dyn Connector> {
    let all = &app.plugged::<Connectors>()?.0;
    all.iter().find(|one| one.name() == name).map(AsRef::as_ref).ok_or(Error::NotFound(say!("connector-not-found")))
}

/// What a test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Contents {
    pub customers: i64,
    pub orders: i64,
    pub products: i64,
    /// What is left out of it.
    pub limits: Vec<Limit>,
}

keyed! {
    /// What the shop system does not show with these settings.
    pub enum Limit {
        /// Orders that are older than 60 days.
        OldOrders = "old_orders",
        /// How many of a product are left.
        Stock = "stock",
    }
}

/// A page of what the shop system's books say.
#[derive(Debug, Clone)]
pub struct Page {
    pub facts: Vec<Fact>,
    /// How far the history has been read with this page; `None` when this is news.
    pub history: Option<(Subject, Progress)>,
    /// What it says of what is shown: whether that is left out.
    pub limits: Vec<(Limit, bool)>,
    /// Where to read on.
    pub place: Value,
    /// Whether there is more to read at once.
    pub more: bool,
    /// So long it wants to be left alone before more is read, in microseconds.
    pub rest: i64,
    /// What the shop system's clock says.
    pub shop_time: Option<Timestamp>,
}

keyed! {
    /// What is copied.
    pub enum Subject {
        Customers = "customers",
        Orders = "orders",
        Products = "products",
        Stock = "stock",
    }
}

/// How far something has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    pub read: i64,
    pub total: i64,
}

/// Something the books say, whole, as it stands now.
#[derive(Debug, Clone)]
pub enum Fact {
    /// A customer with an account.
    Customer(Buyer),
    Order(Box<(Buyer, order::Facts)>),
    Product(Box<product::Facts>),
    /// What is left of some variants.
    Stock(Vec<stock::Count>),
    Uncounted(Uncounted),
}

impl Fact {
    /// An order in this currency, which is none.
    pub(crate) fn uncounted(reference: String, number: String, currency: &str) -> Fact {
        Fact::Uncounted(Uncounted { reference, number, currency: called(currency, "?", 16) })
    }
}

/// An order that is left out: money of no country is nothing Ombud can count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uncounted {
    pub reference: String,
    pub number: String,
    /// What the shop system calls its currency.
    pub currency: String,
}
