//! The verbs of a visitor's browser: to tell what they do, to take it along when they sign in, to have it forgotten.

use customers::{
    channel::Channel,
    consent::{self, Evidence, Purpose, Source, Word},
    customer::{self, AddressKind},
    visitor::{self, Visitor},
};
use kernel::Result;
use platform::Tx;

use crate::{
    batch::{Batch, Sighting},
    cart, store, viewed,
    visit::{self, Checkout, Visit},
    whose::Whose,
    wish,
};

/// Where a visitor agreed.
#[derive(Debug, Clone)]
pub struct Place {
    pub page: Option<String>,
    pub network: Option<String>,
}

/// Writes down what a visitor did on the shop's pages, and that they agreed to it. Of those the shop has blocked nothing is kept.
///
/// Errors: `Conflict` when the customer was erased.
pub async fn record(tx: &mut Tx<'_>, who: &Visitor, batch: &Batch, place: &Place) -> Result<()> {
    let customer = customer::by_id(tx, who.shop, who.customer).await?;
    customer.must_be_known()?;
    if visitor::standing(tx, who).await?.blocked {
        return Ok(());
    }
    visitor::seen(tx, who).await?;
    let whose = Whose { shop: who.shop, first: customer.id, now: customer.person() };
    let mut visit = visit::going_on(tx, whose, batch.source.as_ref()).await?;
    if visit.is_new() && batch.consent {
        let evidence = Evidence { page: place.page.clone(), network: place.network.clone(), ..Evidence::default() };
        consent::say(tx, who, &customer, word(true, evidence, tx.now())).await?;
    }
    for sighting in &batch.sightings {
        note(tx, who, &mut visit, sighting).await?;
    }
    store::visits::save(tx, &visit).await?;
    if visit.is_new() { store::visits::keep_newest(tx, whose, visit::KEPT).await } else { Ok(()) }
}

async fn note(tx: &mut Tx<'_>, who: &Visitor, visit: &mut Visit, sighting: &Sighting) -> Result<()> {
    match sighting {
        Sighting::PageViewed { page } => visit.facts.page = Some(page.clone()),
        Sighting::ProductViewed { product, page } => {
            visit.facts.page = page.clone().or(visit.facts.page.take());
            viewed::look(tx, who, visit.whose, product).await?;
        }
        Sighting::Wished { product } => wish::wish(tx, visit.whose, product).await?,
        Sighting::Unwished { reference } => store::wishes::remove(tx, visit.whose, reference).await?,
        Sighting::Searched { query } => visit.search(query),
        Sighting::CartChanged { cart } => cart::change(tx, visit.whose, cart).await?,
        Sighting::CheckoutReached { step } => {
            visit.facts.checkout = Some(*step);
            if *step == Checkout::Completed {
                store::carts::remove(tx, visit.whose.shop, visit.whose.first).await?;
            }
        }
    }
    Ok(())
}

/// Takes what was kept of a visitor nobody knew along to the customer the shop has signed them in as. Of somebody who was
/// signed in before nothing is taken along: it is another person at the same computer.
pub async fn take_along(tx: &mut Tx<'_>, from: &Visitor, to: &Visitor) -> Result<()> {
    let known = customer::by_id(tx, from.shop, from.customer).await?.address(AddressKind::Account).is_some();
    if known || from.shop != to.shop || from.customer == to.customer {
        return Ok(());
    }
    let (from, to) = (Whose::from(from), Whose::from(to));
    take_cart_along(tx, from, to).await?;
    take_products_along(tx, from, to).await?;
    for mut visit in store::visits::came_as(tx, from.shop, from.first).await? {
        visit.whose = to;
        store::visits::save(tx, &visit).await?;
    }
    store::visits::keep_newest(tx, to, visit::KEPT).await?;
    store::forget(tx, from.shop, from.first).await
}

/// The cart that was changed last stays.
async fn take_cart_along(tx: &mut Tx<'_>, from: Whose, to: Whose) -> Result<()> {
    let Some(mut guests) = store::carts::one(tx, from.shop, from.first).await? else { return Ok(()) };
    let own = store::carts::one(tx, to.shop, to.first).await?;
    if own.is_some_and(|own| own.changed_at > guests.changed_at) {
        return Ok(());
    }
    (guests.whose, guests.abandoned_at) = (to, None);
    store::carts::save(tx, &guests).await?;
    cart::look_after(tx, to, guests.changed_at).await
}

/// What they looked at, and what they wish for.
async fn take_products_along(tx: &mut Tx<'_>, from: Whose, to: Whose) -> Result<()> {
    for mut guests in store::views::came_as(tx, from.shop, from.first).await? {
        guests.whose = to;
        if let Some(own) = store::views::one(tx, to, &guests.product.reference).await? {
            guests.times += own.times;
            guests.at = guests.at.max(own.at);
        }
        store::views::save(tx, &guests).await?;
    }
    store::views::keep_newest(tx, to, viewed::KEPT).await?;
    for mut guests in store::wishes::came_as(tx, from.shop, from.first).await? {
        guests.whose = to;
        store::wishes::add(tx, &guests).await?;
    }
    store::wishes::keep_newest(tx, to, wish::KEPT).await
}

/// Forgets what a visitor did, and that they allowed it to be kept.
pub async fn forget(tx: &mut Tx<'_>, who: &Visitor) -> Result<()> {
    store::forget(tx, who.shop, who.customer).await?;
    if consent::holds(tx, who.shop, who.customer, Channel::Webchat, Purpose::Browsing).await? {
        let customer = customer::by_id(tx, who.shop, who.customer).await?;
        consent::say(tx, who, &customer, word(false, Evidence::default(), tx.now())).await?;
    }
    Ok(())
}

fn word(given: bool, evidence: Evidence, at: kernel::Timestamp) -> Word {
    Word { channel: Channel::Webchat, purpose: Purpose::Browsing, given, source: Source::Page, evidence, at }
}
