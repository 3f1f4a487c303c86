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
    pub(crate) fn set_right(&self, customer: &mut Customer) {
        put(&mut customer.name, &self.name);
        put(&mut customer.language, &self.language);
        put(&mut customer.country, &self.country);
        put(&mut customer.time_zone, &self.time_zone);
        put(&mut customer.preferred_channel, &self.preferred_channel);
        put(&mut customer.birthday, &self.birthday);
    }

    /// Takes away from a customer merged into the corrected one what would show through.
    fn uncover(&self, part: &mut Customer) {
        uncover(&mut part.name, &self.name);
        uncover(&mut part.language, &self.language);
        uncover(&mut part.country, &self.country);
        uncover(&mut part.time_zone, &self.time_zone);
        uncover(&mut part.preferred_channel, &self.preferred_channel);
        uncover(&mut part.birthday, &self.birthday);
    }
}

fn put<T: Clone>(known: &mut Option<T>, right: &Option<Option<T>>) {
    if let Some(right) = right {
        known.clone_from(right);
    }
}

fn uncover<T>(known: &mut Option<T>, right: &Option<Option<T>>) {
    known.take_if(|_| matches!(right, Some(None)));
}

/// Sets right what is known about a customer.
///
/// Errors: `Forbidden` when the address shown is proved, and they may not remove it.
pub async fn correct(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, correction: Correction) -> Result<Person> {
    let mut customer = customer::to_write_about(tx, who.shop, id).await?;
    if let Some(birthday) = correction.birthday.flatten() {
        birthday.must_have_been(tx.now())?;
    }
    let before = person::by_id(tx, who.shop, id).await?;
    for part in &before.parts {
        let mut part = part.clone();
        correction.uncover(&mut part);
        store::save(tx, &part).await?;
    }
    correction.set_right(&mut customer);
    customer::save(tx, &mut customer).await?;
    for (kind, address) in [(AddressKind::Email, &correction.email), (AddressKind::Phone, &correction.phone)] {
        if let Some(address) = address {
            address::replace(tx, who, &before, kind, address.as_deref()).await?;
        }
    }
    person::make_findable(tx, who.shop, id).await?;
    tx.announce(who, CustomerChanged { customer: id, customer_first: id }).await?;
    person::by_id(tx, who.shop, id).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_stays_and_what_is_forgotten_shows_through_from_nobody() {
        let right = |name: Option<Option<&str>>| Correction { name: name.map(|name| name.map(str::to_owned)), ..Correction::default() };
        for (said, own, part) in
            [(None, Some("Mara"), Some("M. Lind")), (Some(Some("Mara Lind")), Some("Mara Lind"), Some("M. Lind")), (Some(None), None, None)]
        {
            let id = uuid::Uuid::from_u128(1);
            let known =
                |name: &str| Customer { name: Some(name.into()), ..Customer::new(id.into(), id.into(), kernel::Timestamp::default()) };
            let (mut whole, mut below) = (known("Mara"), known("M. Lind"));
            right(said).set_right(&mut whole);
            right(said).uncover(&mut below);
            assert_eq!((whole.name.as_deref(), below.name.as_deref()), (own, part), "{said:?}");
        }
    }
}
