//! A sender: a customer as their letters, or the partner they write through, name them.

use kernel::{Result, ShopId};
use platform::Tx;

use crate::{
    customer::{self, AddressKind, Customer, Details, recognise_as},
    store,
};

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

async fn known_as(tx: &mut Tx<'_>, shop: ShopId, kind: AddressKind, known_as: &str, details: Details, proved: bool) -> Result<Customer> {
    let known = store::verified_owner(tx, shop, kind, known_as).await?;
    // what an agent has set right stays
    let name = if known.is_some() { None } else { details.name };
    let customer = recognise_as(tx, shop, kind, known_as, Details { name, ..details }, proved).await?;
    customer::comes_forward(tx, shop, customer.id).await?;
    Ok(customer)
}
