//! What the demo shop has sold, told as the shop's own system would.

use commerce::{
    dispute::{Dispute, DisputeState},
    order::{self, Facts, Line, Parcel},
    refund_limit::{self, RefundLimit},
    status::Fulfilment,
};
use customers::{Buyer, customer::Details};
use kernel::{Currency, Result, Timestamp, minutes};
use platform::{Tx, event::Acting, http::Rank};

use super::{
    catalog::{self, Catalog},
    stories::{Bought, Contested, Order, Sent, Stories, Story},
    tell::Told,
};

impl Told {
    /// Tells of the orders that last changed so many minutes ago or before, each when it did; the others stay.
    pub(super) async fn sell(&self, orders: &mut Vec<(Buyer, Facts)>, minutes_ago: i64) -> Result<()> {
        let until = self.now - minutes(minutes_ago);
        let mut sold: Vec<_> = orders.extract_if(.., |(_, facts)| facts.changed_at <= until).collect();
        sold.sort_by_key(|(_, facts)| facts.changed_at);
        for (buyer, facts) in sold {
            self.clock.set(facts.changed_at);
            let who = self.owner.clone();
            self.app.write(async move |tx: &mut Tx<'_>| order::record(tx, &who, buyer.clone(), facts.clone()).await).await?;
        }
        Ok(())
    }

    /// The orders of all stories.
    pub(super) fn sold_in(&self, stories: &Stories) -> Result<Vec<(Buyer, Facts)>> {
        let catalog = catalog::read()?;
        let sold = stories.conversations.iter().flat_map(|story| story.orders.iter().map(move |order| (story, order)));
        Ok(sold.map(|(story, order)| (buyer(story), facts(order, &catalog, self.now))).collect())
    }

    /// What an agent may give back without asking: a tent is more than that.
    pub(super) async fn limit_refunds(&self) -> Result<()> {
        let who = self.owner.clone();
        self.app
            .write(async move |tx: &mut Tx<'_>| {
                let role = team::shop::role_of_rank(tx, who.actor().shop, Rank::Agent).await?.id;
                let limit = |(currency, at_once)| RefundLimit { role, currency, at_once, in_a_day: 3 * at_once };
                let limits = [(Currency::of_country("NO"), 100_000), (Currency::of_country("GB"), 8_000)];
                let limits: Vec<_> = limits.into_iter().filter_map(|(currency, at_once)| Some(limit((currency?, at_once)))).collect();
                refund_limit::set(tx, &who, &limits).await
            })
            .await
    }
}

fn buyer(story: &Story) -> Buyer {
    let c = story.customer.clone();
    let details = Details { name: c.name, email: c.email, language: Some(c.language), country: c.country, ..Details::default() };
    Buyer { account: Some(story.key.clone()), details, postcode: c.postcode }
}

fn facts(sold: &Order, catalog: &Catalog, now: Timestamp) -> Facts {
    let at = |minutes_ago| now - minutes(minutes_ago);
    let lines: Vec<Line> = sold.lines.iter().zip(1..).map(|(bought, n)| line(bought, catalog, n)).collect();
    let goods: i64 = lines.iter().map(|line| line.total).sum();
    let total = goods + sold.shipping;
    Facts {
        reference: sold.number.clone(),
        number: sold.number.clone(),
        placed_at: at(sold.minutes_ago),
        changed_at: sold.parcel.as_ref().map_or(at(sold.minutes_ago), |sent| at(sent.minutes_ago)),
        cancelled_at: None,
        payment: sold.payment,
        fulfilment: if sold.parcel.is_some() { Fulfilment::All } else { Fulfilment::None },
        currency: sold.currency,
        lines,
        discount: 0,
        shipping: sold.shipping,
        tax: 0,
        total,
        refunded: sold.refunded,
        parcels: sold.parcel.iter().map(|sent| parcel(sent, at)).collect(),
        disputes: sold.dispute.iter().map(|contested| dispute(contested, total, now)).collect(),
        note: sold.note.clone(),
        page: None,
        test: false,
    }
}

fn line(bought: &Bought, catalog: &Catalog, n: usize) -> Line {
    let Bought { title, variant, quantity, total } = bought.clone();
    let product = catalog.products.iter().find(|product| product.texts.values().any(|texts| texts.name == title));
    let size =
        product.and_then(|product| product.sizes.iter().find(|size| variant.as_ref().is_some_and(|variant| variant.starts_with(*size))));
    let sku = product.map(|product| product.sku(size.map(String::as_str)));
    Line { reference: n.to_string(), sku, title, variant, quantity, total, refunded: 0, picture: None }
}

fn dispute(contested: &Contested, amount: i64, now: Timestamp) -> Dispute {
    let Contested { kind, reason, answer_within_minutes } = *contested;
    let respond_by = Some(now + minutes(answer_within_minutes));
    Dispute { reference: "1".to_owned(), kind, state: DisputeState::NeedsResponse, reason, amount: Some(amount), respond_by }
}

fn parcel(sent: &Sent, at: impl Fn(i64) -> Timestamp) -> Parcel {
    Parcel {
        reference: sent.tracking.clone(),
        carrier: Some(sent.carrier.clone()),
        tracking: Some(sent.tracking.clone()),
        tracking_url: None,
        state: sent.state,
        at: at(sent.minutes_ago),
        promised_at: Some(at(sent.promised_minutes_ago)),
    }
}
