//! What a shop has sold, whatever system it runs on. All amounts are in øre, with tax.

use kernel::Timestamp;
use serde_json::Value;

use super::{Weather, hooks::Hook};

#[derive(Debug, Clone)]
pub struct Person {
    pub id: usize,
    pub has_account: bool,
    pub email: String,
    pub appeared_at: Timestamp,
}

#[derive(Debug, Clone)]
pub struct Item {
    pub sku: &'static str,
    pub product: &'static str,
    /// Which of its forms.
    pub form: Option<&'static str>,
    pub quantity: i64,
    pub total: i64,
}

#[derive(Debug, Clone)]
pub struct Refund {
    pub at: Timestamp,
    pub amount: i64,
    /// Whether it is for everything that was bought.
    pub whole: bool,
    pub reason: Option<String>,
    /// Whether the customer was told.
    pub told: bool,
    /// Which of its lines went back into stock, how many of each, and how.
    pub back: Vec<(usize, i64, &'static str)>,
}

impl Refund {
    pub fn of(amount: i64, reason: Option<String>, at: Timestamp) -> Refund {
        Refund { at, amount, whole: false, reason, told: false, back: Vec::new() }
    }
}

#[derive(Debug, Clone)]
pub struct Parcel {
    pub at: Timestamp,
    pub carrier: &'static str,
    pub tracking: &'static str,
}

/// Where an order goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub name: String,
    pub street: String,
    pub more: String,
    pub postcode: String,
    pub city: String,
    pub region: String,
    pub country: String,
}

#[derive(Debug, Clone)]
pub struct Order {
    pub id: usize,
    pub number: String,
    /// Whether somebody placed it to try the shop out.
    pub test: bool,
    pub placed_at: Timestamp,
    /// When somebody last changed the order itself.
    pub edited_at: Timestamp,
    pub cancelled_at: Option<Timestamp>,
    pub customer: Option<Person>,
    pub currency: &'static str,
    pub items: Vec<Item>,
    pub shipping: i64,
    /// What is taken off beside the items; more is added when it is less than nothing.
    pub discount: i64,
    pub paid: i64,
    pub refunds: Vec<Refund>,
    pub parcel: Option<Parcel>,
    /// How far a bank is that asks for what was paid.
    pub dispute: Option<&'static str>,
    pub to: Destination,
    /// What whoever packs it reads.
    pub notes: Vec<String>,
    /// What the shop keeps beside it, by name.
    pub kept: Vec<(String, String)>,
}

/// What lies at a place of one form of a product.
#[derive(Debug, Clone)]
pub struct Lying {
    /// Its product, and which of its forms.
    pub of: (usize, usize),
    pub place: &'static str,
    pub there: i64,
    /// How many of them somebody has bought who waits for them.
    pub promised: i64,
    pub at: Timestamp,
}

/// An order that is none before it is paid.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub id: usize,
    pub tags: Vec<String>,
    pub email: String,
    /// How many of each line.
    pub quantities: Vec<i64>,
}

/// A code, good for one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub code: String,
    /// What it takes off; without it the order is sent for nothing.
    pub percent: Option<i64>,
    pub until: Timestamp,
}

pub struct Books {
    pub people: Vec<Person>,
    pub orders: Vec<Order>,
    /// Tents, each in green and red: their numbers, and when they were changed.
    pub products: Vec<(usize, Timestamp)>,
    /// What lies where; of what lies nowhere nobody counts how many there are.
    pub stock: Vec<Lying>,
    /// What opens the shop.
    pub secret: String,
    pub sessions: Vec<String>,
    /// Orders that are being cancelled, and when that will be done; it takes so long.
    pub cancelling: Vec<(usize, Timestamp)>,
    pub cancels_in: i64,
    /// What was answered to what was asked for with a key.
    pub keys: Vec<(String, Value, Value)>,
    /// Codes that take something off an order.
    pub codes: Vec<Code>,
    /// Orders that somebody still has to pay.
    pub proposals: Vec<Proposal>,
    /// Who is called when something changes.
    pub hooks: Vec<Hook>,
    pub weather: Weather,
    /// Fair for so many more questions, before the weather is as it is.
    pub fair_for: usize,
    /// Fair until so many pages of orders have been answered.
    pub fair_for_orders: usize,
    /// How often it was asked.
    pub asked: usize,
    /// How far its clock is ahead of everybody's.
    pub ahead: i64,
    /// Whether whoever asks may see orders that are older than 60 days.
    pub shows_old_orders: bool,
    /// Whether whoever asks may see what a dispute is about.
    pub shows_disputes: bool,
    /// Whether whoever asks may see what lies where.
    pub shows_stock: bool,
    /// What questions cost is taken from so many points, a twentieth of which comes back each second.
    pub points: f64,
    pub points_left: f64,
    pub points_counted_at: Option<Timestamp>,
}

impl Default for Books {
    fn default() -> Books {
        Books {
            people: Vec::new(),
            orders: Vec::new(),
            products: Vec::new(),
            stock: Vec::new(),
            secret: "fjellheim".into(),
            sessions: Vec::new(),
            cancelling: Vec::new(),
            cancels_in: 0,
            keys: Vec::new(),
            codes: Vec::new(),
            proposals: Vec::new(),
            hooks: Vec::new(),
            weather: Weather::Fair,
            fair_for: 0,
            fair_for_orders: 0,
            asked: 0,
            ahead: 0,
            shows_old_orders: true,
            shows_disputes: true,
            shows_stock: true,
            points: 20_000.0,
            points_left: 20_000.0,
            points_counted_at: None,
        }
    }
}

impl Books {
    /// How this question fares.
    pub(super) fn weather_for(&mut self, is_about_orders: bool) -> Weather {
        self.asked += 1;
        if self.fair_for_orders > 0 {
            self.fair_for_orders -= usize::from(is_about_orders);
            return Weather::Fair;
        }
        let fair = std::mem::replace(&mut self.fair_for, 0);
        self.fair_for = fair.saturating_sub(1);
        if fair > 0 { Weather::Fair } else { self.weather.clone() }
    }
}

impl Books {
    /// What lies where of one form of a product.
    pub(super) fn lying(&self, product: usize, form: usize) -> impl Iterator<Item = &Lying> {
        self.stock.iter().filter(move |lying| lying.of == (product, form))
    }

    /// Keeps a code; says no where there is one already.
    pub(super) fn keeps_code(&mut self, code: Code) -> bool {
        let is_new = !self.codes.iter().any(|known| known.code.eq_ignore_ascii_case(&code.code));
        self.codes.extend(is_new.then_some(code));
        is_new
    }

    /// A new order for nothing, of goods that have been sold before.
    pub(super) fn sends_again(&mut self, email: &str, quantities: &[i64], kept: Vec<(String, String)>, at: Timestamp) -> Option<&Order> {
        let id = self.orders.iter().map(|order| order.id).max()? + 1;
        let mut order = Order::new(id, self.people.iter().find(|person| person.email == email)?, at);
        order.items.truncate(quantities.len());
        for (item, quantity) in order.items.iter_mut().zip(quantities) {
            (item.quantity, item.total) = (*quantity, 0);
        }
        (order.shipping, order.paid, order.kept) = (0, 0, kept);
        self.orders.push(order);
        self.orders.last()
    }

    /// A new order of the same goods, which nobody has paid yet.
    pub(super) fn places_again(&mut self, email: &str, quantities: &[i64], kept: Vec<(String, String)>, at: Timestamp) -> Option<&Order> {
        self.sends_again(email, quantities, kept, at)?;
        let order = self.orders.last_mut()?;
        let sold = Order::new(order.id, order.customer.as_ref()?, at);
        for (item, before) in order.items.iter_mut().zip(sold.items) {
            item.total = before.total * item.quantity / before.quantity;
        }
        order.shipping = sold.shipping;
        self.orders.last()
    }

    /// What has been asked for long enough ago is cancelled now.
    pub(super) fn cancel_what_is_due(&mut self, now: Timestamp) {
        for (id, at) in self.cancelling.extract_if(.., |(_, at)| *at <= now) {
            self.orders.iter_mut().filter(|order| order.id == id).for_each(|order| order.cancelled_at = Some(at));
        }
    }
}

impl Person {
    pub(super) fn new(id: usize, has_account: bool, appeared_at: Timestamp) -> Person {
        Person { id, has_account, email: format!("mara-{id}@example.org"), appeared_at }
    }
    pub fn last_name(&self) -> String {
        format!("Lind {}", self.id)
    }
}

impl Lying {
    pub fn available(&self) -> i64 {
        self.there - self.promised
    }
}

impl Item {
    pub fn name(&self) -> String {
        [Some(self.product), self.form].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

impl Order {
    pub(super) fn new(id: usize, customer: &Person, now: Timestamp) -> Order {
        let tent = Item { sku: "TENT-2", product: "Tent Vidde", form: Some("2"), quantity: 1, total: 56_125 };
        let mugs = Item { sku: "MUG-1", product: "Mug Bål", form: None, quantity: 2, total: 3_087 };
        Order {
            id,
            number: format!("CODE{id}"),
            test: false,
            placed_at: now,
            edited_at: now,
            cancelled_at: None,
            customer: Some(customer.clone()),
            currency: "NOK",
            items: vec![tent, mugs],
            shipping: 500,
            discount: 0,
            paid: 56_125 + 3_087 + 500,
            refunds: Vec::new(),
            parcel: None,
            to: Destination {
                name: format!("Mara {}", customer.last_name()),
                street: "Storgata 1".into(),
                more: String::new(),
                postcode: "0155".into(),
                city: "Oslo".into(),
                region: String::new(),
                country: "NO".into(),
            },
            notes: Vec::new(),
            dispute: None,
            kept: Vec::new(),
        }
    }
    /// What it came to when it was placed.
    pub fn total(&self) -> i64 {
        self.items.iter().map(|item| item.total).sum::<i64>() + self.shipping - self.discount
    }
    pub fn is_paid(&self) -> bool {
        self.paid >= self.total()
    }
    pub fn refunded(&self) -> i64 {
        self.refunds.iter().map(|refund| refund.amount).sum()
    }
    /// When anything about it was last changed.
    pub fn changed_at(&self) -> Timestamp {
        let refunds = self.refunds.iter().map(|refund| refund.at);
        let others = [self.cancelled_at, self.parcel.as_ref().map(|parcel| parcel.at)].into_iter().flatten();
        refunds.chain(others).fold(self.edited_at, Timestamp::max)
    }
    /// The id of one of its lines.
    pub fn line(&self, index: usize) -> usize {
        self.id * 10 + index + 1
    }

    pub fn is_sent(&mut self, now: Timestamp) {
        self.parcel = Some(Parcel { at: now, carrier: "Posten", tracking: "703" });
    }
    pub fn is_refunded(&mut self, amount: i64, now: Timestamp) {
        self.refunds.push(Refund::of(amount, None, now));
    }
    pub fn is_cancelled(&mut self, now: Timestamp) {
        self.cancelled_at = Some(now);
        self.refunds.push(Refund { whole: true, ..Refund::of(self.paid, None, now) });
    }
    /// Another tent is added to the first line.
    pub fn gets_another_tent(&mut self, now: Timestamp) {
        (self.items[0].quantity, self.items[0].total) = (2, 112_250);
        self.edited_at = now;
    }
}

/// An amount with its point.
pub fn with_point(minor: i64) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}
