//! The first shop and its owner: what `ombud setup` makes, once. There is no default password and no page for it.

use kernel::{Result, conflict, say};
use platform::{App, Tx};
use secrecy::SecretString;

use crate::{
    member::Member,
    person::{self, NewPerson},
    shop::{self, NewShop, Shop},
    store,
};

/// The first shop, and who owns it.
#[derive(Debug, Clone)]
pub struct First {
    pub shop: NewShop,
    pub owner: NewPerson,
}

/// Makes the first shop with its owner.
///
/// Errors: `Conflict` when there is a shop already.
pub async fn first_shop(tx: &mut Tx<'_>, first: First) -> Result<(Shop, Member)> {
    if store::shops::any(tx).await? {
        return Err(conflict(say!("set-up-already")));
    }
    let owner = person::create(tx, first.owner).await?;
    shop::create(tx, &owner, first.shop).await
}

/// As [`first_shop`], from a password: looks whether it will do and hashes it first.
///
/// Errors: `Invalid` on `password`, and those of [`first_shop`].
pub async fn first_shop_with(app: &App, first: First, password: &SecretString) -> Result<(Shop, Member)> {
    let password_hash = Some(person::hash_password(app, password, &first.owner.email).await?);
    let first = First { owner: NewPerson { password_hash, ..first.owner }, ..first };
    app.write(async move |tx: &mut Tx<'_>| first_shop(tx, first.clone()).await).await
}
