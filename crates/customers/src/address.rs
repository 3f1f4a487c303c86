//! Addresses: as many as a customer has, each a claim until somebody we trust has proved it.

use kernel::{CustomerId, Error, IdentityId, Result, conflict, say};
use platform::{Agent, Tx};

use crate::{
    MANAGE,
    customer::{self, AddressKind, Details, Identity},
    events::{CustomerChanged, ProvedAddressRemoved},
    person::{self, Person},
    store,
};

/// A customer has at most so many.
pub const MOST: usize = 50;

/// No telephone number is written with more characters.
pub(crate) const LONGEST_PHONE: usize = 32;

/// A telephone number the whole world can dial, as E.164 writes it; none when it lacks the country or has other signs in it.
pub fn e164(phone: &str) -> Option<String> {
    let written: String = phone.chars().filter(|c| !" ()-./".contains(*c)).collect();
    let digits = written.strip_prefix('+').or_else(|| written.strip_prefix("00"))?;
    let fine = (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    fine.then(|| format!("+{digits}"))
}

/// Whether it is one.
pub(crate) fn is_phone(phone: &str) -> bool {
    e164(phone).is_some()
}

/// Writes down an address a member has heard of. Nobody has proved it.
///
/// Errors: `Conflict` when there are too many of them.
pub async fn add(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, kind: AddressKind, address: &str) -> Result<Person> {
    customer::by_id(tx, who.shop, id).await?.must_be_whole()?;
    let person = person::by_id(tx, who.shop, id).await?;
    claim(tx, &person, kind, address).await?;
    tx.announce(who, CustomerChanged { customer: id, customer_first: id }).await?;
    person::by_id(tx, who.shop, id).await
}

/// Removes an address: a claim, or with the permission for it a proved one, by which they are not recognised any more.
///
/// Errors: `Forbidden`; `Conflict` when the shop's own system knows them by it.
pub async fn remove(tx: &mut Tx<'_>, who: &Agent, id: CustomerId, address: IdentityId) -> Result<Person> {
    customer::by_id(tx, who.shop, id).await?.must_be_whole()?;
    let person = person::by_id(tx, who.shop, id).await?;
    let gone = person.identities.iter().find(|identity| identity.id == address);
    take_away(tx, who, &person, gone.ok_or(Error::NotFound(say!("customer-address-gone")))?).await?;
    person::make_findable(tx, who.shop, id).await?;
    tx.announce(who, CustomerChanged { customer: id, customer_first: id }).await?;
    person::by_id(tx, who.shop, id).await
}

/// Puts another address, or none, in the place of the one that is shown.
pub(crate) async fn replace(tx: &mut Tx<'_>, who: &Agent, person: &Person, kind: AddressKind, address: Option<&str>) -> Result<()> {
    let shown = person.address(kind);
    if let (Some(shown), Some(address)) = (shown, address)
        && store::key(kind, &shown.address) == store::key(kind, address)
    {
        return Ok(());
    }
    if let Some(shown) = shown {
        take_away(tx, who, person, shown).await?;
    }
    match address {
        Some(address) => claim(tx, person, kind, address).await,
        None => Ok(()),
    }
}

async fn claim(tx: &mut Tx<'_>, person: &Person, kind: AddressKind, address: &str) -> Result<()> {
    if person.identities.len() >= MOST && !person.has(kind, address) {
        return Err(conflict(say!("too-many-addresses", most = MOST)));
    }
    let address = Some(address.to_owned());
    let details = match kind {
        AddressKind::Email => Details { email: address, ..Details::default() },
        AddressKind::Phone => Details { phone: address, ..Details::default() },
        AddressKind::Account | AddressKind::Guest | AddressKind::Sender | AddressKind::Handle => return Err(of_the_shop()),
    };
    let mut customer = customer::by_id(tx, person.shop, person.id).await?;
    customer::claim(tx, &mut customer, details, false).await
}

async fn take_away(tx: &mut Tx<'_>, who: &Agent, person: &Person, gone: &Identity) -> Result<()> {
    if matches!(gone.kind, AddressKind::Account | AddressKind::Guest | AddressKind::Sender | AddressKind::Handle) {
        return Err(of_the_shop());
    }
    if gone.verified && who.may(&MANAGE).is_err() {
        return Err(Error::Forbidden(say!("address-proved", address = &gone.address)));
    }
    store::remove_identity(tx, person, gone.kind, &gone.address).await?;
    if gone.verified {
        tx.announce(who, ProvedAddressRemoved { customer: person.id, address: gone.id }).await?;
    }
    Ok(())
}

fn of_the_shop() -> Error {
    conflict(say!("address-of-the-shop"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_has_its_country_and_nothing_but_digits() {
        for (written, dialled) in [
            ("+47 22 22 22 22", Some("+4722222222")),
            ("0047 22 22 22 22", Some("+4722222222")),
            ("+44 (20) 7946-0958", Some("+442079460958")),
            ("+86.138/0013 8000", Some("+8613800138000")),
            ("22 22 22 22", None),
            ("+0 22 22 22 22", None),
            ("+47 22 22", None),
            ("+1234567", Some("+1234567")),
            ("+123456789012345", Some("+123456789012345")),
            ("+1234567890123456", None),
            ("+47 22 22 22 22 ext. 5", None),
            ("+٤٧٢٢٢٢٢٢٢٢", None),
            ("", None),
        ] {
            assert_eq!(e164(written).as_deref(), dialled, "{written}");
        }
    }
}
