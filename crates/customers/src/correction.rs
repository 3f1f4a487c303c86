//! A correction: what a member sets right about a customer.

use kernel::{CustomerId, Language, Result};
use platform::{Agent, Tx};

use crate::{
    address,
    birthday::Birthday,
    channel::Channel,
    customer::{self, AddressKind, Customer},
    events::CustomerChanged,
    person::{self, Person},
    store,
};

/// What is to be set right: `None` leaves it, `Some(None)` forgets it. An e-mail address or telephone number takes the place of
/// the one that is shown.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    pub name: Option<Option<String>>,
    pub email: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub language: Option<Option<Language>>,
    pub country: Option<Option<String>>,
    pub time_zone: Option<Option<String>>,
    pub preferred_channel: Option<Option<Channel>>,
    pub birthday: Option<Option<Birthday>>,
}

impl Correction {
    /// Takes away from a customer merged into the corrected one what would show through.
    fn uncover(&self, part: &mut Customer) {
        if self.name == Some(None) {
            part.name = None;
        }
        if self.language == Some(None) {
            part.language = None;
        }
        if self.country == Some(None) {
            part.country = None;
        }
        if self.time_zone == Some(None) {
            part.time_zone = None;
        }
        if self.preferred_channel == Some(None) {
            part.preferred_channel = None;
        }
        if self.birthday == Some(None) {
            part.birthday = None;
        }
    }
}

/// Sets right what is known about a customer.
///
/// Errors: `Forbidden` when the address shown is proved, and they may not remove it.
pub async fn correct(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, correction: Correction) -> Result<Person> {
    let mut customer = customer::to_change(tx, who.shop, id).await?;
    if let Some(birthday) = correction.birthday.flatten() {
        birthday.must_have_been(tx.now())?;
    }
    let before = person::by_id(tx, who.shop, id).await?;
    for mut part in before.parts.iter().cloned() {
        correction.uncover(&mut part);
        store::save(tx, &part).await?;
    }
    let Correction { name, email, phone, language, country, time_zone, preferred_channel, birthday } = correction;
    customer.name = name.unwrap_or(customer.name.take());
    customer.language = language.unwrap_or(customer.language);
    customer.country = country.unwrap_or(customer.country.take());
    customer.time_zone = time_zone.unwrap_or(customer.time_zone.take());
    customer.preferred_channel = preferred_channel.unwrap_or(customer.preferred_channel);
    customer.birthday = birthday.unwrap_or(customer.birthday);
    for (kind, address) in [(AddressKind::Email, email), (AddressKind::Phone, phone)] {
        if let Some(address) = address {
            address::replace(tx, who, &mut customer, before.address(kind), kind, address).await?;
        }
    }
    customer::save(tx, &mut customer).await?;
    tx.announce(who, CustomerChanged { customer: id, customer_first: id }).await?;
    person::by_id(tx, who.shop, id).await
}
