//! What is known about a customer, handed out or forgotten: asked of every room, and this room's own part in it.

use axum::body::Body;
use kernel::{CustomerId, Error, Language, Result, ShopId, Timestamp};
use platform::{
    Agent, App, Tx,
    archive::Archive,
    directory,
    event::{Acting, Actor},
    personal_data::PersonalData,
    search,
};
use serde::Serialize;

use crate::{
    attribute,
    birthday::Birthday,
    channel::Channel,
    consent::{Consent, Evidence, Purpose, Source, Word},
    customer::{self, AddressKind, Identity},
    events::{CustomerErased, CustomerExported},
    note::Note,
    person::{self, CUSTOMER, Person},
    store, tag,
};

/// This room's part.
pub(crate) fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add_customer(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(forget(tx, shop, id)),
        holds: |tx, shop, id| Box::pin(store::copied::holds(tx, shop, id)),
        follow: |tx, moved| Box::pin(store::follow(tx, moved)),
    }
}

/// Writes down who takes out what is known about a customer; [`archive`] is it.
pub async fn hand_out(tx: &mut Tx<'_>, who: &Agent, id: CustomerId) -> Result<()> {
    customer::by_id(tx, who.shop, id).await?.must_be_whole()?;
    tx.announce(who, CustomerExported { customer: id }).await.map(drop)
}

/// All that any room knows about a customer, as a ZIP; what came as somebody merged into them is in a folder of its own.
pub fn archive(app: &App, shop: ShopId, id: CustomerId) -> Body {
    let app = app.clone();
    Archive::body(async move |mut archive| {
        for part in app.read(async move |tx: &mut Tx<'_>| whole(tx, shop, id).await).await? {
            if part != id {
                archive.go_into(&format!("merged/{part}"));
            }
            for room in app.personal_data() {
                archive = (room.export)(app.clone(), shop, part, archive).await?;
            }
        }
        Ok(archive)
    })
}

/// A customer, and all who were merged into them.
async fn whole(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Vec<CustomerId>> {
    let parts = store::parts(tx, shop, id).await?;
    Ok(std::iter::once(id).chain(parts).collect())
}

/// Forgets a customer in every room, and all who were merged into them: texts, names, addresses and files. That they were
/// here, and when, stays.
///
/// Erasing somebody again changes nothing, because nothing is written down about them in between.
pub async fn erase(tx: &mut Tx<'_>, who: &impl Acting, rooms: &[PersonalData], id: CustomerId) -> Result<Person> {
    let shop = who.actor().shop;
    customer::by_id(tx, shop, id).await?.must_be_whole()?;
    for part in whole(tx, shop, id).await? {
        erase_part(tx, who, rooms, part).await?;
    }
    person::by_id(tx, shop, id).await
}

/// Forgets what came as this one customer, and says whether it was known.
async fn erase_part(tx: &mut Tx<'_>, who: &impl Acting, rooms: &[PersonalData], id: CustomerId) -> Result<bool> {
    let shop = who.actor().shop;
    if customer::by_id(tx, shop, id).await?.erased_at.is_some() {
        return Ok(false);
    }
    for room in rooms {
        (room.erase)(tx, shop, id).await?;
    }
    tx.announce(who, CustomerErased { customer: id }).await?;
    Ok(true)
}

/// Who has been erased, in all shops: what a restored backup may still know.
pub async fn erased(tx: &mut Tx<'_>) -> Result<Vec<(ShopId, CustomerId)>> {
    store::erased(tx).await
}

/// Erases again who was erased after a backup was made, in the database restored from it. Says whether it still knew them.
///
/// Just those: whoever is merged there, and was separated since, is in the list or stays.
pub async fn erase_again(tx: &mut Tx<'_>, rooms: &[PersonalData], shop: ShopId, id: CustomerId) -> Result<bool> {
    match erase_part(tx, &Actor::system(shop), rooms, id).await {
        Err(Error::NotFound(_)) => Ok(false),
        told => told,
    }
}

/// A browser a customer chats with.
#[derive(Debug, Serialize)]
pub struct Browser {
    pub first_seen_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// What `customer.json` says.
#[derive(Serialize)]
struct Known {
    id: CustomerId,
    name: Option<String>,
    addresses: Vec<Address>,
    language: Option<Language>,
    country: Option<String>,
    time_zone: Option<String>,
    preferred_channel: Option<Channel>,
    birthday: Option<Birthday>,
    tags: Vec<String>,
    attributes: attribute::Values,
    notes: Vec<Noted>,
    blocked_at: Option<Timestamp>,
    erased_at: Option<Timestamp>,
    created_at: Timestamp,
    last_seen_at: Option<Timestamp>,
    consents: Vec<Said>,
    browsers: Vec<Browser>,
}

#[derive(Serialize)]
struct Address {
    kind: AddressKind,
    address: String,
    verified: bool,
    since: Timestamp,
}

#[derive(Serialize)]
struct Noted {
    text: String,
    written_at: Timestamp,
}

#[derive(Serialize)]
struct Said {
    channel: Channel,
    purpose: Purpose,
    given: bool,
    source: Source,
    evidence: Evidence,
    at: Timestamp,
}

impl From<Consent> for Said {
    fn from(consent: Consent) -> Self {
        let Word { channel, purpose, given, source, evidence, at } = consent.word;
        Said { channel, purpose, given, source, evidence, at }
    }
}

async fn add_customer(app: App, shop: ShopId, id: CustomerId, mut archive: Archive) -> Result<Archive> {
    let known = app.read(async move |tx: &mut Tx<'_>| known(tx, shop, id).await).await?;
    archive.add_json("customer.json", &known).await?;
    Ok(archive)
}

async fn known(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Known> {
    let c = customer::by_id(tx, shop, id).await?;
    let tags = store::tags::came_as(tx, shop, id).await?;
    let named = tag::all(tx, shop).await?.into_iter().filter(|tag| tags.contains(&tag.id));
    let address = |i: Identity| Address { kind: i.kind, address: i.address, verified: i.verified, since: i.since };
    let noted = |note: Note| Noted { text: note.text, written_at: note.written_at };
    Ok(Known {
        id,
        name: c.name,
        addresses: c.identities.into_iter().map(address).collect(),
        language: c.language,
        country: c.country,
        time_zone: c.time_zone,
        preferred_channel: c.preferred_channel,
        birthday: c.birthday,
        tags: named.map(|tag| tag.name).collect(),
        attributes: attribute::came_as(tx, shop, id).await?,
        notes: store::notes::came_as(tx, shop, id).await?.into_iter().map(noted).collect(),
        blocked_at: c.blocked_at,
        erased_at: c.erased_at,
        created_at: c.created_at,
        last_seen_at: c.last_seen_at,
        consents: store::consents::came_as(tx, shop, id).await?.into_iter().map(Said::from).collect(),
        browsers: store::browsers(tx, shop, id).await?,
    })
}

async fn forget(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<()> {
    for token in store::erase(tx, shop, id).await? {
        directory::strike(tx, "visitor", &token).await?;
    }
    search::remove(tx, shop, CUSTOMER, id.into()).await?;
    // whoever they are part of was found by what they are called too
    let whole = person::by_id(tx, shop, id).await?;
    if whole.erased_at.is_some() { Ok(()) } else { person::make_findable(tx, shop, whole.id).await }
}
