//! Customers as the console sees them.

use kernel::{CustomerId, CustomerTagId, IdentityId, Language, Result, ShopId, Timestamp};
use platform::{App, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    birthday::Birthday,
    channel::Channel,
    customer::{AddressKind, Customer, Identity},
    person::{self, Person},
    store,
};

/// A customer, and what stands beside them wherever they are shown.
#[derive(Debug, Clone)]
pub struct Profile {
    pub person: Person,
    pub tags: Vec<CustomerTagId>,
}

impl Profile {
    /// Whoever this is today.
    ///
    /// Errors: `NotFound`.
    pub async fn by_id(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Profile> {
        let person = person::by_id(tx, shop, id).await?;
        Profile::of(tx, person).await
    }

    /// One person's.
    pub async fn of(tx: &mut Tx<'_>, person: Person) -> Result<Profile> {
        let tags = store::tags::of(tx, person.shop, person.id).await?;
        Ok(Profile { person, tags })
    }

    /// What is known of a customer alone, merged into another or not.
    pub(crate) async fn came_as(tx: &mut Tx<'_>, customer: Customer) -> Result<Profile> {
        let tags = store::tags::came_as(tx, customer.shop, customer.id).await?;
        Ok(Profile { person: Person::new(customer, Vec::new()), tags })
    }

    /// Those of many persons of a shop, in their order.
    pub async fn of_each(tx: &mut Tx<'_>, shop: ShopId, persons: Vec<Person>) -> Result<Vec<Profile>> {
        let ids: Vec<CustomerId> = persons.iter().map(|person| person.id).collect();
        let mut tags = store::tags::of_each(tx, shop, &ids).await?;
        let profile = |person: Person| Profile { tags: tags.remove(&person.id).unwrap_or_default(), person };
        Ok(persons.into_iter().map(profile).collect())
    }
}

/// An address of a customer's.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct AddressView {
    id: IdentityId,
    kind: AddressKind,
    address: String,
    /// Whether somebody the shop trusts has proved it; if not, somebody only said so.
    verified: bool,
    /// Since when it is known.
    since: Timestamp,
}

impl From<&Identity> for AddressView {
    fn from(i: &Identity) -> Self {
        AddressView { id: i.id, kind: i.kind, address: i.address.clone(), verified: i.verified, since: i.since }
    }
}

/// A customer as agents see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerView {
    pub id: CustomerId,
    #[schema(required)]
    name: Option<String>,
    /// The name, or what stands for it.
    display_name: String,
    /// The e-mail address to show: a proved one before a claimed one.
    #[schema(required)]
    email: Option<String>,
    /// Whether the shop or the customer has proved the address.
    email_verified: bool,
    #[schema(required)]
    phone: Option<String>,
    /// All they are known by.
    addresses: Vec<AddressView>,
    #[schema(required)]
    language: Option<Language>,
    #[schema(required)]
    country: Option<String>,
    #[schema(required)]
    time_zone: Option<String>,
    /// Where they would rather hear from the shop.
    #[schema(required)]
    preferred_channel: Option<Channel>,
    #[schema(required)]
    birthday: Option<Birthday>,
    tags: Vec<CustomerTagId>,
    created_at: Timestamp,
    /// When they last wrote, looked around or bought; never, of those whom only a file or a shop system has named.
    #[schema(required)]
    last_seen_at: Option<Timestamp>,
    blocked: bool,
    /// Since when nothing is known about them but that they were here.
    #[schema(required)]
    erased_at: Option<Timestamp>,
    /// The customer this one is part of since a merge; everything of theirs is there.
    #[schema(required)]
    merged_into: Option<CustomerId>,
    /// Whether a chat window of theirs is open now.
    online: bool,
}

impl CustomerView {
    pub fn new(app: &App, profile: Profile) -> Self {
        let Profile { person: c, tags } = profile;
        let email = c.address(AddressKind::Email);
        CustomerView {
            id: c.id,
            display_name: c.display_name(),
            email: email.map(|e| e.address.clone()),
            email_verified: email.is_some_and(|e| e.verified),
            phone: c.address(AddressKind::Phone).map(|p| p.address.clone()),
            addresses: c.identities.iter().map(AddressView::from).collect(),
            name: c.name.clone(),
            language: c.language,
            country: c.country.clone(),
            time_zone: c.time_zone.clone(),
            preferred_channel: c.preferred_channel,
            birthday: c.birthday,
            tags,
            created_at: c.created_at,
            last_seen_at: c.last_seen_at,
            blocked: c.blocked_at.is_some(),
            erased_at: c.erased_at,
            merged_into: c.merged_into,
            online: app.windows().is_online(c.shop, c.id),
        }
    }
}
