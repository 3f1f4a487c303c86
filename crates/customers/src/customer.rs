//! A customer: somebody the shop serves, known by name or not.

use kernel::{CustomerId, Error, IdentityId, Language, Result, ShopId, Timestamp, minutes, say};
use platform::{Agent, Tx, event::Acting, keyed, search};

use crate::{
    address,
    birthday::Birthday,
    channel::Channel,
    events::{CustomerAppeared, CustomerBlocked},
    person::{self, Person, make_findable},
    store,
};

keyed! {
    /// What kind of address an identity is.
    pub enum AddressKind {
        Email = "email",
        Phone = "phone",
        /// The shop's own number for its customer, vouched for by its signature.
        Account = "account",
        /// Where a guest's orders go, by the shop's books.
        Guest = "guest",
        /// From where somebody writes letters, who has not shown that it is theirs.
        Sender = "sender",
        /// As whom somebody is known where they write from, by the name of the channel: `telegram:42`. Nobody has shown who that is.
        Handle = "handle",
    }
}

/// One address a customer is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: IdentityId,
    pub kind: AddressKind,
    pub address: String,
    /// Proved by somebody we trust; an unverified address opens nobody's history.
    pub verified: bool,
    /// Since when it is known.
    pub since: Timestamp,
}

/// A customer.
#[derive(Debug, Clone)]
pub struct Customer {
    pub shop: ShopId,
    pub id: CustomerId,
    pub name: Option<String>,
    pub language: Option<Language>,
    pub country: Option<String>,
    pub time_zone: Option<String>,
    /// Where they would rather hear from the shop.
    pub preferred_channel: Option<Channel>,
    pub birthday: Option<Birthday>,
    pub blocked_at: Option<Timestamp>,
    /// Since then nothing is known about them but that they were here.
    pub erased_at: Option<Timestamp>,
    /// The customer they turned out to be; [`person`](crate::person) puts together what is known of both.
    pub merged_into: Option<CustomerId>,
    pub created_at: Timestamp,
    /// When they last wrote, looked around or bought; never, of those whom only a list has named.
    pub last_seen_at: Option<Timestamp>,
    pub version: i64,
    pub identities: Vec<Identity>,
}

impl Customer {
    pub(crate) fn new(shop: ShopId, id: CustomerId, now: Timestamp) -> Self {
        Customer {
            shop,
            id,
            name: None,
            language: None,
            country: None,
            time_zone: None,
            preferred_channel: None,
            birthday: None,
            blocked_at: None,
            erased_at: None,
            merged_into: None,
            created_at: now,
            last_seen_at: None,
            version: 1,
            identities: Vec::new(),
        }
    }

    /// Who this is today: they themselves, or whom they were merged into.
    pub fn person(&self) -> CustomerId {
        self.merged_into.unwrap_or(self.id)
    }

    /// The address of this kind to show: a verified one before a claimed one.
    pub fn address(&self, kind: AddressKind) -> Option<&Identity> {
        let of_kind = || self.identities.iter().filter(|i| i.kind == kind);
        of_kind().find(|i| i.verified).or_else(|| of_kind().next_back())
    }

    /// Whether it is one of theirs, however it is written.
    pub(crate) fn has(&self, kind: AddressKind, address: &str) -> bool {
        self.identities.iter().any(|i| i.kind == kind && store::key(kind, &i.address) == store::key(kind, address))
    }

    /// Whether there is something to call them by.
    pub(crate) fn says_who_they_are(&self) -> bool {
        self.name.is_some() || !self.identities.is_empty()
    }

    /// What to call them before they have said a name: a short word that stays theirs.
    pub fn display_name(&self) -> String {
        let address = |kind| self.address(kind).map(|known| known.address.clone());
        let known = self.name.clone().or_else(|| address(AddressKind::Email)).or_else(|| address(AddressKind::Phone));
        known.unwrap_or_else(|| {
            let id = self.id.to_string();
            format!("#{}", id[id.len() - 4..].to_uppercase())
        })
    }

    /// By what two who are called the same are found: their full name, however it is written. One name alone says nothing.
    pub fn name_key(&self) -> Option<String> {
        let words = search::fold(self.name.as_deref().unwrap_or_default());
        (words.len() > 1).then(|| words.join(" "))
    }

    /// The name to greet them by.
    pub fn first_name(&self) -> Option<&str> {
        let name = self.name.as_deref()?;
        // Chinese names carry the family name first and are used whole
        if name.is_ascii() || name.contains(' ') { name.split_whitespace().next() } else { Some(name) }
    }

    /// Nothing more is written down about somebody who was erased.
    ///
    /// Errors: `Conflict` of the kind `customer_erased`.
    pub fn must_be_known(&self) -> Result<()> {
        if self.erased_at.is_some() { Err(erased()) } else { Ok(()) }
    }

    /// Agents deal with whole customers; one that was merged is dealt with as part of the other.
    ///
    /// Errors: `Conflict` of the kind `customer_merged`.
    pub fn must_be_whole(&self) -> Result<()> {
        if self.merged_into.is_some() { Err(Error::Conflict { kind: "customer_merged", detail: say!("customer-merged") }) } else { Ok(()) }
    }

    pub(crate) fn search_text(&self) -> String {
        let addresses =
            self.identities.iter().filter(|i| matches!(i.kind, AddressKind::Email | AddressKind::Phone)).map(|i| i.address.as_str());
        self.name.as_deref().into_iter().chain(addresses).collect::<Vec<_>>().join(" ")
    }
}

/// What is learned about a customer at once; `None` leaves what is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Option<Language>,
    pub country: Option<String>,
    pub time_zone: Option<String>,
}

impl Details {
    /// What of it is new about this customer.
    pub(crate) fn unknown_of(self, customer: &Customer) -> Details {
        let has = |kind, address: &String| customer.has(kind, address);
        Details {
            name: self.name.filter(|_| customer.name.is_none()),
            email: self.email.filter(|email| !has(AddressKind::Email, email)),
            phone: self.phone.filter(|phone| !has(AddressKind::Phone, phone)),
            language: self.language.filter(|_| customer.language.is_none()),
            country: self.country.filter(|_| customer.country.is_none()),
            time_zone: self.time_zone.filter(|_| customer.time_zone.is_none()),
        }
    }
}

/// A new, nameless customer: a visitor who is about to write.
pub async fn appear(tx: &mut Tx<'_>, shop: ShopId, details: Details) -> Result<Customer> {
    let now = tx.now();
    named(tx, shop, details, Some(now)).await
}

/// A new customer of whom the shop has been told, and when they were last seen.
pub(crate) async fn named(tx: &mut Tx<'_>, shop: ShopId, details: Details, seen: Option<Timestamp>) -> Result<Customer> {
    let mut customer = Customer { last_seen_at: seen, ..Customer::new(shop, tx.new_id(), tx.now()) };
    fill(&mut customer, &details);
    store::insert(tx, &customer).await?;
    tx.announce(&platform::event::Actor::customer(shop, customer.id), CustomerAppeared { customer: customer.id }).await?;
    claim(tx, &mut customer, details, false).await?;
    Ok(customer)
}

/// The customer this account belongs to, merged into another or not; a new one when the account is new. The shop vouches for the account, and for
/// the e-mail address when it is `proved`.
pub async fn recognise(tx: &mut Tx<'_>, shop: ShopId, account: &str, details: Details, proved: bool) -> Result<Customer> {
    let now = tx.now();
    recognise_as(tx, shop, Known { kind: AddressKind::Account, by: account, proved }, details, Some(now)).await
}

/// By what the shop knows a customer.
pub(crate) struct Known<'k> {
    pub kind: AddressKind,
    pub by: &'k str,
    /// Whether their e-mail address is proved.
    pub proved: bool,
}

/// [`recognise`] by whatever the shop knows its customers by; `seen` is when they last were, if they are new.
pub(crate) async fn recognise_as(
    tx: &mut Tx<'_>,
    shop: ShopId,
    Known { kind, by, proved }: Known<'_>,
    details: Details,
    seen: Option<Timestamp>,
) -> Result<Customer> {
    if let Some(id) = store::verified_owner(tx, shop, kind, by).await? {
        let mut customer = by_id(tx, shop, id).await?;
        claim(tx, &mut customer, details, proved).await?;
        return Ok(customer);
    }
    // a proved address finds the customer it is verified for already; a claimed one finds nobody
    let by_email = match &details.email {
        Some(email) if proved => store::verified_owner(tx, shop, AddressKind::Email, email).await?,
        _ => None,
    };
    let mut customer = match by_email {
        Some(id) => by_id(tx, shop, id).await?,
        None => named(tx, shop, Details { email: None, ..details.clone() }, seen).await?,
    };
    store::add_identity(tx, &customer, kind, by, true).await?;
    claim(tx, &mut customer, details, proved).await?;
    Ok(customer)
}

/// Notes what a customer says about themselves; `vouched` when the shop has signed it.
pub async fn claim(tx: &mut Tx<'_>, customer: &mut Customer, details: Details, vouched: bool) -> Result<()> {
    customer.must_be_known()?;
    fill(customer, &details);
    for (kind, address) in [(AddressKind::Email, &details.email), (AddressKind::Phone, &details.phone)] {
        let Some(address) = address else { continue };
        if customer.identities.len() >= address::MOST && !customer.has(kind, address) {
            // nobody has so many; what they came for, a chat or an order, goes on without it
            continue;
        }
        // somebody else has proved this address: it stays a claim, whoever vouches
        let owner = store::verified_owner(tx, customer.shop, kind, address).await?;
        // a shop vouches for the e-mail address only
        let verified = vouched && kind == AddressKind::Email && owner.is_none_or(|owner| owner == customer.id);
        store::add_identity(tx, customer, kind, address, verified).await?;
    }
    customer.identities = store::identities(tx, customer.shop, customer.id).await?;
    save(tx, customer).await
}

/// Refuses or admits what a customer sends from now on.
pub async fn block(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, blocked: bool) -> Result<Person> {
    by_id(tx, who.shop, id).await?.must_be_whole()?;
    let before = person::by_id(tx, who.shop, id).await?;
    if before.blocked_at.is_some() == blocked {
        return Ok(before);
    }
    let at = blocked.then(|| tx.now());
    store::block(tx, who.shop, id, at).await?;
    // blocked as a part of them, and let in as one
    for part in before.parts.iter().filter(|part| !blocked && part.blocked_at.is_some()) {
        store::block(tx, who.shop, part.id, None).await?;
    }
    tx.announce(who, CustomerBlocked { customer: id, blocked }).await?;
    person::by_id(tx, who.shop, id).await
}

/// Notes that a customer is more than a browser that looks around: they write, or they buy.
pub async fn comes_forward(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<()> {
    store::make_contact(tx, shop, id).await
}

/// Notes that a customer was here, at most once a minute.
pub async fn seen(tx: &mut Tx<'_>, who: &impl Acting, id: CustomerId) -> Result<()> {
    let now = tx.now();
    store::touch(tx, who.actor().shop, id, now, now - minutes(1)).await
}

/// What is said of somebody who was erased.
pub(crate) fn erased() -> Error {
    Error::Conflict { kind: "customer_erased", detail: say!("customer-erased") }
}

/// One customer, with what is known of them alone.
///
/// Errors: `NotFound`.
pub async fn by_id(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Customer> {
    store::customer(tx, shop, id).await
}

/// One customer about whom something is to be written down: to whoever does so they are more than a browser that looks around.
///
/// Errors: `Conflict` when they were merged into another or erased.
pub(crate) async fn to_write_about(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<Customer> {
    let customer = by_id(tx, shop, id).await?;
    customer.must_be_whole()?;
    customer.must_be_known()?;
    comes_forward(tx, shop, id).await?;
    Ok(customer)
}

fn fill(customer: &mut Customer, details: &Details) {
    let Details { name, language, country, time_zone, .. } = details.clone();
    customer.name = name.or(customer.name.take());
    customer.language = language.or(customer.language);
    customer.country = country.or(customer.country.take());
    customer.time_zone = time_zone.or(customer.time_zone.take());
}

/// Saves what is known, and makes whoever they are findable.
pub(crate) async fn save(tx: &mut Tx<'_>, customer: &mut Customer) -> Result<()> {
    store::save(tx, customer).await?;
    customer.version += 1;
    make_findable(tx, customer.shop, customer.person()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: Option<&str>) -> Customer {
        let id: uuid::Uuid = uuid::Uuid::from_u128(7);
        Customer { name: name.map(str::to_owned), ..Customer::new(id.into(), id.into(), Timestamp::from_micros(0)) }
    }

    #[test]
    fn people_are_greeted_by_the_name_their_language_uses() {
        for (name, first) in
            [(Some("Ingrid Solheim"), Some("Ingrid")), (Some("王小明"), Some("王小明")), (Some("Elif"), Some("Elif")), (None, None)]
        {
            assert_eq!(named(name).first_name(), first, "{name:?}");
        }
    }

    #[test]
    fn a_verified_address_is_shown_before_a_claimed_one() {
        let mut customer = named(None);
        assert_eq!(customer.display_name(), "#0007".replace("0007", &customer.id.to_string()[26..].to_uppercase()));
        let (id, since) = (uuid::Uuid::from_u128(8).into(), Timestamp::from_micros(0));
        for (address, verified) in [("claimed@example.org", false), ("proved@example.org", true), ("newer@example.org", false)] {
            customer.identities.push(Identity { id, kind: AddressKind::Email, address: address.into(), verified, since });
        }
        assert_eq!(customer.display_name(), "proved@example.org");
    }
}
