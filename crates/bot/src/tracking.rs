//! Where an order is: told to whom the shop has signed in, to whoever knows its number, e-mail address and postcode, and to
//! whoever reads a code that goes to its address. That shows them these orders, and makes them nobody.

use commerce::{
    order::{self, Facts, Order},
    status::ParcelState,
    trouble::{self, Trouble},
};
use customers::{
    customer::{self, AddressKind},
    visitor::Visitor,
};
use jiff::tz::TimeZone;
use kernel::{Error, Language, Result, Timestamp, Value, conflict, invalid, say};
use platform::{App, Tx};

use crate::{Answer, Topic, WORDS, hours::date_format, quick_replies};

/// So many of one's own orders are told of.
const MOST: i64 = 3;

/// What somebody knows of an order.
#[derive(Debug, Clone)]
pub struct Known {
    pub number: String,
    pub email: String,
    pub postcode: String,
}

/// Tells whom the shop has signed in where their newest orders are.
///
/// Errors: `NotFound` when the shop does not offer it, `Conflict` when nobody has signed them in.
pub async fn own(app: &App, who: Visitor) -> Result<Answer> {
    let (to, orders) = app
        .read(async move |tx: &mut Tx<'_>| {
            let to = Listener::load(tx, &who).await?;
            if !to.signed_in {
                return Err(conflict(say!("order-needs-proof")));
            }
            let mut orders = order::came_as(tx, who.shop, who.customer, 50).await?;
            orders.retain(|order| order.erased_at.is_none());
            orders.sort_by_key(|order| std::cmp::Reverse(order.facts.placed_at));
            orders.truncate(MOST as usize);
            Ok((to, orders))
        })
        .await?;
    to.answer(app, &orders)
}

/// Tells whoever knows all three where that order is.
///
/// Errors: `NotFound` when the shop does not offer it, `Invalid` whatever of the three is wrong.
pub async fn look_up(app: &App, who: Visitor, known: Known) -> Result<Answer> {
    let key = order::proof_key(&known.number, &known.email, &known.postcode);
    let (to, order) = app
        .read(async move |tx: &mut Tx<'_>| {
            let to = Listener::load(tx, &who).await?;
            Ok((to, order::proved(tx, who.shop, &key).await?))
        })
        .await?;
    let order = order.ok_or(invalid("number", say!("order-not-known-so")))?;
    to.answer(app, &[order])
}

/// Tells whoever has shown that this address is theirs where the newest orders are that were placed with it.
///
/// Errors: `NotFound` when the shop does not offer it.
pub(crate) async fn placed_with(app: &App, who: Visitor, email: String) -> Result<Answer> {
    let (to, orders) = app
        .read(async move |tx: &mut Tx<'_>| {
            let to = Listener::load(tx, &who).await?;
            Ok((to, order::placed_with(tx, who.shop, &email, MOST).await?))
        })
        .await?;
    to.answer(app, &orders)
}

/// Whom it is told to.
struct Listener {
    who: Visitor,
    language: Language,
    zone: TimeZone,
    signed_in: bool,
}

impl Listener {
    async fn load(tx: &mut Tx<'_>, who: &Visitor) -> Result<Listener> {
        if !quick_replies::of_shop(tx, who.shop).await?.track_order {
            return Err(Error::NotFound(say!("quick-reply-not-offered")));
        }
        let shop = team::shop::get(tx, who.shop).await?;
        let customer = customer::by_id(tx, who.shop, who.customer).await?;
        customer.must_be_known()?;
        let signed_in = customer.address(AddressKind::Account).is_some_and(|account| account.verified);
        Ok(Listener { who: who.clone(), language: customer.language.unwrap_or(shop.language), zone: shop.zone(), signed_in })
    }

    fn answer(&self, app: &App, orders: &[Order]) -> Result<Answer> {
        let now = app.now();
        let troubled = orders.iter().find(|order| trouble::of(&order.facts, now).is_some_and(Trouble::is_here)).map(|order| order.id);
        let mut told: Vec<String> = orders.iter().map(|order| self.tell(order, now)).collect();
        if told.is_empty() {
            told.push(self.say("told-none", &[]));
        }
        if troubled.is_some() {
            told.push(self.say("told-person", &[]));
        }
        let asked = Topic::TrackOrder.label(self.language);
        Answer::new(app, self.who.shop, asked, &told.join("\n\n"), Some(self.who.id), troubled)
    }

    fn say(&self, key: &str, values: &kernel::Values) -> String {
        WORDS.text(self.language, key, values)
    }

    fn date(&self, at: Timestamp) -> Value {
        at.calendar().to_zoned(self.zone.clone()).strftime(date_format(self.language)).to_string().into()
    }

    fn tell(&self, order: &Order, now: Timestamp) -> String {
        let status = self.say(&format!("told-status-{}", order.facts.status().key().replace('_', "-")), &[]);
        let mut lines = vec![self.say("told-order", &[("number", (&order.facts.number).into()), ("status", status.into())])];
        lines.extend(match trouble::of(&order.facts, now) {
            Some(Trouble::Failed) => Some(self.say("told-failed", &[])),
            Some(Trouble::Late(promised)) => Some(self.say("told-late", &[("date", self.date(promised))])),
            Some(Trouble::Stuck(heard)) => Some(self.say("told-stuck", &[("date", self.date(heard))])),
            Some(Trouble::WillBeLate(_)) | None => self.promise(&order.facts, now),
        });
        lines.extend(order.facts.parcels.iter().filter_map(|parcel| parcel.tracking_url.clone()));
        lines.join("\n")
    }

    /// When the last parcel that is not there yet is to be there.
    fn promise(&self, facts: &Facts, now: Timestamp) -> Option<String> {
        let coming = facts.parcels.iter().filter(|parcel| parcel.state != ParcelState::Delivered && facts.cancelled_at.is_none());
        let promised = coming.filter_map(|parcel| parcel.promised_at).max().filter(|promised| *promised >= now)?;
        Some(self.say("told-promised", &[("date", self.date(promised))]))
    }
}
