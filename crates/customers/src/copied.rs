//! Customers who were copied from a shop system, when the copy is taken out again. Whoever is known through anything else stays, with
//! what is known of them.

use kernel::{CustomerId, IdentityId, Result, ShopId};
use platform::{Tx, personal_data::PersonalData};

use crate::{
    customer::{self, AddressKind, Customer},
    store,
};

/// Rows looked at in one transaction: people wait for no more than this.
pub const PIECE: i64 = 100;

/// Some of a copy that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<P> {
    /// How many were erased.
    pub erased: i64,
    /// Behind which there is more.
    pub next: Option<P>,
}

impl<P: Copy> Piece<P> {
    /// After `looked_at` of at most [`PIECE`], of which this was the last.
    pub fn of(erased: usize, looked_at: usize, last: Option<P>) -> Self {
        let next = last.filter(|_| looked_at as i64 == PIECE);
        Piece { erased: erased as i64, next }
    }
}

/// What a shop system itself calls a thing whose name in the copy this is: behind the system's own. One shop may live in a folder of
/// another's host.
pub fn own<'a>(reference: &'a str, source: &str) -> Option<&'a str> {
    reference.strip_prefix(source)?.strip_prefix('/').filter(|own| !own.contains('/'))
}

/// Erases customers with an account there, who are known through nothing else; those behind `after`.
pub async fn erase_accounts(
    tx: &mut Tx<'_>,
    rooms: &[PersonalData],
    shop: ShopId,
    source: &str,
    after: IdentityId,
) -> Result<Piece<IdentityId>> {
    let accounts = store::copied::accounts_after(tx, shop, after, PIECE).await?;
    let (looked_at, last) = (accounts.len(), accounts.last().map(|account| account.id));
    let theirs = accounts.into_iter().filter(|account| own(&account.address, source).is_some());
    let erased = erase_buyers(tx, rooms, shop, source, theirs.map(|account| account.customer).collect()).await?;
    Ok(Piece::of(erased, looked_at, last))
}

/// Erases those of these customers who are known through nothing but this shop system; how many that were.
pub async fn erase_buyers(tx: &mut Tx<'_>, rooms: &[PersonalData], shop: ShopId, source: &str, buyers: Vec<CustomerId>) -> Result<usize> {
    let mut erased = 0;
    for id in buyers {
        let customer = customer::by_id(tx, shop, id).await?;
        if customer.is_a_copy_of(source) && !is_held(tx, rooms, &customer).await? {
            for room in rooms {
                (room.erase)(tx, shop, id).await?;
            }
            store::copied::remove(tx, shop, id).await?;
            erased += 1;
        }
    }
    Ok(erased)
}

impl Customer {
    /// Whether no address says otherwise: what nobody proved came along with an order or an account.
    fn is_a_copy_of(&self, source: &str) -> bool {
        let is_theirs = |kind, address: &str| match kind {
            AddressKind::Account => own(address, source).is_some(),
            AddressKind::Guest => true,
            AddressKind::Email | AddressKind::Phone | AddressKind::Sender | AddressKind::Handle => false,
        };
        let is_known = self.blocked_at.is_some() || self.erased_at.is_some() || self.merged_into.is_some();
        !is_known && self.identities.iter().filter(|one| one.verified).all(|one| is_theirs(one.kind, &one.address))
    }
}

async fn is_held(tx: &mut Tx<'_>, rooms: &[PersonalData], customer: &Customer) -> Result<bool> {
    for room in rooms {
        if (room.holds)(tx, customer.shop, customer.id).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_a_shop_systems_own_by_the_whole_of_what_stands_in_front_of_its_id() {
        for (reference, own_id) in [
            ("shop.example/12", Some("12")),
            ("shop.example/", Some("")),
            ("shop.example/outlet/12", None),
            ("shop.example.org/12", None),
            ("shop.example", None),
            ("another.example/12", None),
            ("12", None),
        ] {
            assert_eq!(own(reference, "shop.example"), own_id, "{reference}");
        }
        assert_eq!(own("shop.example/outlet/12", "shop.example/outlet"), Some("12"));
    }
}
