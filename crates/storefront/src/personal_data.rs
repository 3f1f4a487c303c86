//! What a customer did on the shop's pages, handed out or forgotten.

use kernel::{CustomerId, Result, ShopId, Timestamp};
use platform::{
    App, Tx,
    archive::Archive,
    personal_data::{Moved, PersonalData},
};
use serde::Serialize;

use crate::{cart, store, viewed::ProductSeen, visit};

/// This room's part. Nothing of it has to stay: an erased customer's rows go.
pub(crate) fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(store::forget(tx, shop, id)),
        holds: |tx, shop, id| Box::pin(store::holds(tx, shop, id)),
        follow: |tx, moved| Box::pin(follow(tx, moved)),
    }
}

/// What `browsing.json` says.
#[derive(Serialize)]
struct Browsing {
    cart: Option<InCart>,
    viewed: Vec<Looked>,
    visits: Vec<Visited>,
    wishes: Vec<Wished>,
}

#[derive(Serialize)]
struct InCart {
    #[serde(flatten)]
    cart: cart::CartFacts,
    changed_at: Timestamp,
}

#[derive(Serialize)]
struct Looked {
    product: ProductSeen,
    times: i64,
    last_at: Timestamp,
}

#[derive(Serialize)]
struct Wished {
    product: ProductSeen,
    since: Timestamp,
}

#[derive(Serialize)]
struct Visited {
    began_at: Timestamp,
    last_at: Timestamp,
    #[serde(flatten)]
    visit: visit::Facts,
}

async fn add(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let browsing = app.read(async move |tx: &mut Tx<'_>| known(tx, shop, customer).await).await?;
    let Browsing { cart, viewed, visits, wishes } = &browsing;
    if cart.is_some() || !viewed.is_empty() || !visits.is_empty() || !wishes.is_empty() {
        archive.add_json("browsing.json", &browsing).await?;
    }
    Ok(archive)
}

async fn known(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Browsing> {
    let cart = store::carts::one(tx, shop, customer).await?.map(|cart| InCart { cart: cart.facts, changed_at: cart.changed_at });
    let viewed = store::views::came_as(tx, shop, customer).await?;
    let visits = store::visits::came_as(tx, shop, customer).await?;
    let wishes = store::wishes::came_as(tx, shop, customer).await?;
    Ok(Browsing {
        cart,
        viewed: viewed.into_iter().map(|it| Looked { product: it.product, times: it.times, last_at: it.at }).collect(),
        visits: visits.into_iter().map(|it| Visited { began_at: it.began_at, last_at: it.last_at, visit: it.facts }).collect(),
        wishes: wishes.into_iter().map(|it| Wished { product: it.product, since: it.at }).collect(),
    })
}

/// The cart first, then products, visits and wishes, as far as `most` reaches.
async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let mut left = moved.most;
    left -= store::carts::follow(tx, moved).await? as i64;
    left -= store::views::follow(tx, Moved { most: left, ..moved }).await? as i64;
    left -= store::visits::follow(tx, Moved { most: left, ..moved }).await? as i64;
    left -= store::wishes::follow(tx, Moved { most: left, ..moved }).await? as i64;
    Ok((moved.most - left) as u64)
}
