//! A sender: a customer as their letters, or the partner they write through, name them.

use kernel::{CustomerId, Result, ShopId};
use platform::Tx;

use crate::{
    address::e164,
    customer::{self, AddressKind, Customer, Details, Known, recognise_as},
    store,
};

/// So many who are known by a number are looked at.
const LOOKED_AT: i64 = 20;

/// The customer who wrote a letter from this address, merged into another or not; a new one when there was none.
///
/// `proved` says that the address's own domain stands for the letter: then it is whoever has shown before that the address is
/// theirs. Otherwise anybody may have written it, and it is whoever wrote so before, and nobody who is known by anything else.
pub async fn writes(tx: &mut Tx<'_>, shop: ShopId, email: String, name: Option<String>, proved: bool) -> Result<Customer> {
    if proved && let Some(id) = store::verified_owner(tx, shop, AddressKind::Email, &email).await? {
        return customer::by_id(tx, shop, id).await;
    }
    known_as(tx, shop, AddressKind::Sender, &email, Details { name, email: Some(email.clone()), ..Details::default() }, proved).await
}

/// The customer who writes through a partner, merged into another or not; a new one when there was none. `handle` is by what the
/// partner knows them, behind the name of the channel. What the partner says of them is a claim.
pub async fn writes_through(tx: &mut Tx<'_>, shop: ShopId, handle: &str, details: Details) -> Result<Customer> {
    known_as(tx, shop, AddressKind::Handle, handle, details, false).await
}

/// Who calls from this number: whoever called from it before, or the only one who is known by it; nobody where that is more than
/// one. A number is a claim, and proves nobody.
pub async fn calls_from(tx: &mut Tx<'_>, shop: ShopId, number: &str) -> Result<Option<Customer>> {
    if let Some(id) = store::verified_owner(tx, shop, AddressKind::Handle, &handle_of(number)).await? {
        return customer::by_id(tx, shop, id).await.map(Some);
    }
    let mut known: Vec<CustomerId> = store::known_by(tx, shop, AddressKind::Phone, number, LOOKED_AT).await?;
    known.sort_unstable();
    known.dedup();
    match known[..] {
        [one] => customer::by_id(tx, shop, one).await.map(Some),
        _ => Ok(None),
    }
}

/// The customer who calls from this number, merged into another or not, or with none; a new one when there was none.
pub async fn calls(tx: &mut Tx<'_>, shop: ShopId, number: Option<&str>) -> Result<Customer> {
    let Some(number) = number else {
        let somebody = customer::appear(tx, shop, Details::default()).await?;
        customer::comes_forward(tx, shop, somebody.id).await?;
        return Ok(somebody);
    };
    match calls_from(tx, shop, number).await? {
        Some(known) => {
            customer::comes_forward(tx, shop, known.id).await?;
            Ok(known)
        }
        None => writes_through(tx, shop, &handle_of(number), Details { phone: e164(number), ..Details::default() }).await,
    }
}

/// As whom somebody is known who called from this number.
fn handle_of(number: &str) -> String {
    format!("phone:{number}")
}

async fn known_as(tx: &mut Tx<'_>, shop: ShopId, kind: AddressKind, known_as: &str, details: Details, proved: bool) -> Result<Customer> {
    let known = store::verified_owner(tx, shop, kind, known_as).await?;
    // what an agent has set right stays
    let name = if known.is_some() { None } else { details.name };
    let now = tx.now();
    let customer = recognise_as(tx, shop, Known { kind, by: known_as, proved }, Details { name, ..details }, Some(now)).await?;
    customer::comes_forward(tx, shop, customer.id).await?;
    Ok(customer)
}
