//! An order, as the shop's own system last told of it.

use customers::Buyer;
use data_encoding::HEXLOWER;
use kernel::{Currency, Cursor, CustomerId, OrderId, Result, ShopId, Timestamp};
use platform::{Tx, event::Acting, search};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    dispute::{self, Dispute},
    events::{OrderChanged, OrderPlaced},
    sales::{self, Calendar},
    status::{self, Fulfilment, OrderStatus, ParcelState, Payment},
    store,
    telling::{self, Told},
    trouble::TroubleKind,
    watch,
};

/// The kind under which orders are found.
pub(crate) const ORDER: &str = "order";

/// Of those found by a number so many are looked at.
const LOOKED_AT: i64 = 10;

/// No postcode of this world is longer.
pub const LONGEST_POSTCODE: usize = 16;

/// One line of an order. Amounts are in the order's currency, in its smallest unit, for the whole line and after its discounts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The shop's own id of the line.
    pub reference: String,
    pub sku: Option<String>,
    pub title: String,
    /// Size, colour and the like.
    pub variant: Option<String>,
    pub quantity: i64,
    pub total: i64,
    /// How many of them have been given back.
    #[serde(default)]
    pub refunded: i64,
    /// The address of a picture.
    pub picture: Option<String>,
}

/// A parcel of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Parcel {
    /// The shop's own id of the parcel.
    pub reference: String,
    pub carrier: Option<String>,
    pub tracking: Option<String>,
    /// Where the carrier shows where it is.
    pub tracking_url: Option<String>,
    pub state: ParcelState,
    /// When the carrier said that.
    pub at: Timestamp,
    /// By when it is to be there.
    pub promised_at: Option<Timestamp>,
}

impl Parcel {
    /// Whether it should have been there by now.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.state != ParcelState::Delivered && self.promised_at.is_some_and(|promised| promised < now)
    }
}

/// What is told of an order beside whose it is. Amounts are in the smallest unit of its currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The shop's own id of it.
    pub reference: String,
    /// What people call it: `#1042`.
    pub number: String,
    pub placed_at: Timestamp,
    pub changed_at: Timestamp,
    pub cancelled_at: Option<Timestamp>,
    pub payment: Payment,
    pub fulfilment: Fulfilment,
    pub currency: Currency,
    pub lines: Vec<Line>,
    /// Off the whole order, beside what the lines have lost.
    pub discount: i64,
    pub shipping: i64,
    /// What has to be added to the lines; 0 where prices include it.
    pub tax: i64,
    pub total: i64,
    pub refunded: i64,
    pub parcels: Vec<Parcel>,
    pub disputes: Vec<Dispute>,
    /// What the customer wrote beside it.
    pub note: Option<String>,
    /// Where the shop's own system shows it.
    pub page: Option<String>,
    /// Whether it was placed to try the shop out: then it is no sale.
    pub test: bool,
}

impl Told for Facts {
    fn changed_at(&self) -> Timestamp {
        self.changed_at
    }
    fn changed(self, at: Timestamp) -> Self {
        Facts { changed_at: at, ..self }
    }
}

impl Facts {
    /// What the order is called.
    pub fn status(&self) -> OrderStatus {
        // of two that were heard of at once the one that has come further
        let newest = self.parcels.iter().max_by_key(|parcel| (parcel.at, parcel.state)).map(|parcel| parcel.state);
        let any_failed = self.parcels.iter().any(|parcel| parcel.state == ParcelState::Failed);
        status::of(self.cancelled_at.is_some(), self.payment, self.fulfilment, newest, any_failed)
    }

    /// Whether people call it so, or one of its parcels, however they write that.
    pub fn is_called(&self, number: &str) -> bool {
        let parcels = self.parcels.iter().filter_map(|parcel| parcel.tracking.as_deref());
        std::iter::once(self.number.as_str()).chain(parcels).any(|known| plain(known) == plain(number))
    }

    /// Whether the total is what its parts come to.
    pub fn adds_up(&self) -> bool {
        let lines: i128 = self.lines.iter().map(|line| i128::from(line.total)).sum();
        let parts = lines - i128::from(self.discount) + i128::from(self.shipping) + i128::from(self.tax);
        parts == i128::from(self.total) && (0..=self.total).contains(&self.refunded)
    }

    /// What the customer has paid and not been given back, in the smallest unit: of what is not paid in full nobody said how much it was.
    pub fn spent(&self) -> i64 {
        match self.payment {
            Payment::Paid | Payment::PartlyRefunded if self.cancelled_at.is_none() => (self.total - self.refunded).max(0),
            _ => 0,
        }
    }

    /// Whether it is still to be decided if what was paid is the shop's.
    pub fn is_disputed(&self) -> bool {
        self.disputes.iter().any(Dispute::is_open)
    }

    /// Nothing that leads to whoever bought: the sums and the goods remain.
    pub(crate) fn forget_buyer(&mut self) {
        (self.reference, self.number, self.note, self.page) = (String::new(), String::new(), None, None);
        for line in &mut self.lines {
            // what it looked like may be what somebody had written on it
            (line.reference, line.variant, line.picture) = (String::new(), None, None);
        }
        for parcel in &mut self.parcels {
            (parcel.reference, parcel.tracking, parcel.tracking_url) = (String::new(), None, None);
        }
        self.disputes.iter_mut().for_each(|dispute| dispute.reference = String::new());
    }

    fn search_text(&self) -> String {
        let tracking = self.parcels.iter().filter_map(|parcel| parcel.tracking.as_deref());
        [self.number.as_str(), self.reference.as_str()].into_iter().chain(tracking).collect::<Vec<_>>().join(" ")
    }
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub shop: ShopId,
    pub id: OrderId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub facts: Facts,
    /// By what whoever placed it can show that it is theirs; see [`proof_key`].
    pub proof_key: Option<String>,
    /// By what it is found by the address it was placed with; see [`placed_with`].
    pub buyer_key: Option<String>,
    /// What was wrong with it when it was last looked at.
    pub trouble: Option<TroubleKind>,
    /// Of which day's sales it is a part; see [`crate::sales`].
    pub sold_on: Option<i64>,
    /// Since then only its sums and goods are known.
    pub erased_at: Option<Timestamp>,
    pub version: i64,
}

/// Writes down what the shop's own system says of an order, and says whether it was heard of for the first time.
///
/// Errors: `Invalid` when it has changed in the future.
pub async fn record(tx: &mut Tx<'_>, who: &impl Acting, buyer: Buyer, facts: Facts) -> Result<(Order, bool)> {
    let shop = who.actor().shop;
    telling::must_have_been(facts.changed_at, tx.now())?;
    let key = reference_key(&facts.reference);
    let (proof_key, buyer_key) = (proof_of(&buyer, &facts), buyer.details.email.as_deref().map(buyer_key));
    let Some(known) = store::by_reference(tx, shop, &key).await? else {
        let buyer = customers::buys(tx, shop, buyer, Some(facts.placed_at)).await?;
        let (customer, customer_first) = (buyer.person(), buyer.id);
        let id = tx.new_id();
        let (trouble, sold_on, erased_at, version) = (None, None, None, 1);
        let mut order = Order { shop, id, customer, customer_first, facts, proof_key, buyer_key, trouble, sold_on, erased_at, version };
        order.trouble = watch::seen(&order, tx.now());
        let calendar = Calendar::of(tx, shop).await?;
        order.sold_on = calendar.sold_on(&order);
        store::insert(tx, &order, &key).await?;
        sales::count(tx, &calendar, None, &order).await?;
        make_findable(tx, &order).await?;
        tx.announce(who, OrderPlaced { order: id, customer, customer_first }).await?;
        watch::follow(tx, who, &order, None).await?;
        dispute::follow(tx, who, &order, &[]).await?;
        return Ok((order, true));
    };
    // nothing more is written down about somebody who was erased
    if known.erased_at.is_some() || !facts.is_later_than(&known.facts) {
        return Ok((known, false));
    }
    let before = known.clone();
    let (proof_key, buyer_key) = (proof_key.or(known.proof_key), buyer_key.or(known.buyer_key));
    let mut order = Order { facts, proof_key, buyer_key, ..known };
    order.trouble = watch::seen(&order, tx.now());
    let calendar = Calendar::of(tx, shop).await?;
    order.sold_on = calendar.sold_on(&order);
    if !buyer.is_nobody() {
        // one that turns out to be another customer's is theirs from the first
        let buyer = customers::buys(tx, shop, buyer, Some(order.facts.placed_at)).await?;
        (order.customer, order.customer_first) = (buyer.person(), buyer.id);
    }
    store::save(tx, &mut order).await?;
    sales::count(tx, &calendar, Some(&before), &order).await?;
    make_findable(tx, &order).await?;
    let Order { customer, customer_first, .. } = order;
    tx.announce(who, OrderChanged { order: order.id, customer, customer_first }).await?;
    watch::follow(tx, who, &order, before.trouble).await?;
    dispute::follow(tx, who, &order, &before.facts.disputes).await?;
    Ok((order, false))
}

/// Writes down what was just read in the shop's own books; see [`Told::read_after`].
///
/// Errors: those of [`record`].
pub async fn copy(tx: &mut Tx<'_>, who: &impl Acting, buyer: Buyer, facts: Facts) -> Result<()> {
    let known = by_reference(tx, who.actor().shop, &facts.reference).await?;
    let news = match known {
        Some(known) => facts.read_after(&known.facts),
        None => Some(facts),
    };
    let Some(facts) = news else { return Ok(()) };
    record(tx, who, buyer, facts).await.map(drop)
}

/// The order the shop's own system calls so.
pub async fn by_reference(tx: &mut Tx<'_>, shop: ShopId, reference: &str) -> Result<Option<Order>> {
    store::by_reference(tx, shop, &reference_key(reference)).await
}

/// An order that people call by this number, or by that of one of its parcels.
pub async fn called(tx: &mut Tx<'_>, shop: ShopId, number: &str) -> Result<Option<Order>> {
    let ids: Vec<OrderId> =
        search::find(tx, shop, ORDER, number.trim_start_matches('#'), LOOKED_AT).await?.into_iter().map(OrderId::from).collect();
    let found = store::among(tx, shop, &ids).await?;
    Ok(found.into_values().find(|order| order.facts.is_called(number)))
}

async fn make_findable(tx: &mut Tx<'_>, order: &Order) -> Result<()> {
    search::put(tx, order.shop, ORDER, order.id.into(), order.facts.placed_at, &order.facts.search_text()).await
}

/// The order whose number, e-mail address and postcode somebody knows; of several the newest.
pub async fn proved(tx: &mut Tx<'_>, shop: ShopId, key: &str) -> Result<Option<Order>> {
    store::by_proof(tx, shop, key).await
}

/// The newest orders that were placed with this e-mail address, as the shop's own system told.
pub async fn placed_with(tx: &mut Tx<'_>, shop: ShopId, email: &str, limit: i64) -> Result<Vec<Order>> {
    store::by_buyer(tx, shop, &buyer_key(email), limit).await
}

/// The newest orders that came as this customer's: those their own browser may see.
pub async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId, limit: i64) -> Result<Vec<Order>> {
    store::came_as(tx, shop, first, Cursor::FIRST_DESCENDING.id.into(), limit).await
}

/// A number or postcode without what people write differently.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase()
}

/// What somebody who placed an order knows about it, however they write it, as one hash. Whatever of it is wrong, there is
/// nothing under it: so an answer cannot say, nor how long it takes, which part was.
pub fn proof_key(number: &str, email: &str, postcode: &str) -> String {
    let known = [plain(number), email.trim().to_lowercase(), plain(postcode)];
    HEXLOWER.encode(&Sha256::digest(known.join("\n")))
}

/// An address however it is written, as a hash: it finds, and nobody can be read from it.
fn buyer_key(email: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(email.trim().to_lowercase()))
}

/// Nothing proves an order of which there is too little to know.
fn proof_of(buyer: &Buyer, facts: &Facts) -> Option<String> {
    let postcode = buyer.postcode.as_deref().filter(|postcode| !plain(postcode).is_empty())?;
    Some(proof_key(&facts.number, buyer.details.email.as_deref()?, postcode))
}

/// What finds an order again by the shop's own id of it, where that id itself is not to be read.
fn reference_key(reference: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(reference))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_proved_however_its_number_and_postcode_are_written() {
        let key = proof_key("#A-1042", "mara@example.org", "SW1A 1AA");
        assert_eq!(proof_key(" a1042", "Mara@Example.org ", "sw1a1aa"), key);
        for (number, email, postcode) in [
            ("A-1043", "mara@example.org", "SW1A 1AA"),
            ("A-1042", "mara@example.com", "SW1A 1AA"),
            ("A-1042", "mara@example.org", "SW1A 1AB"),
            ("A-1042", "mara@example.org", ""),
            ("A-1042SW1A1AA", "mara@example.org", ""),
        ] {
            assert_ne!(proof_key(number, email, postcode), key, "{number} {email} {postcode}");
        }
    }
}
