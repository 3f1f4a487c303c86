//! How much a role may give back before somebody else has to agree.

use kernel::{Currency, Result, RoleId, ShopId, invalid, say};
use platform::{Tx, event::Acting};

use crate::{events::RefundLimitsChanged, store};

/// What members of a role may give back in one currency, in its smallest unit. A role without one may give back what it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundLimit {
    pub role: RoleId,
    pub currency: Currency,
    pub at_once: i64,
    /// What one member may in 24 hours.
    pub in_a_day: i64,
}

/// What somebody gives back, in the smallest unit.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    pub now: i64,
    /// In the 24 hours before.
    pub before: i64,
}

impl RefundLimit {
    pub fn is_passed_by(&self, spent: Spent) -> bool {
        spent.now > self.at_once || spent.before.saturating_add(spent.now) > self.in_a_day
    }
}

/// The limits of the shop's roles; those of roles that are gone limit nobody.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<RefundLimit>> {
    let roles = team::role::all(tx, shop).await?;
    let mut limits = store::refund_limits::all(tx, shop).await?;
    limits.retain(|limit| roles.iter().any(|(role, _)| role.id == limit.role));
    Ok(limits)
}

/// The limit of a role, if it has one.
pub(crate) async fn of(tx: &mut Tx<'_>, shop: ShopId, role: RoleId, currency: Currency) -> Result<Option<RefundLimit>> {
    let limits = store::refund_limits::all(tx, shop).await?;
    Ok(limits.into_iter().find(|limit| limit.role == role && limit.currency == currency))
}

/// Sets all limits of the shop.
///
/// Errors: `Invalid` when there is no such role.
pub async fn set(tx: &mut Tx<'_>, who: &impl Acting, limits: &[RefundLimit]) -> Result<()> {
    let shop = who.actor().shop;
    let roles = team::role::all(tx, shop).await?;
    if let Some(n) = limits.iter().position(|limit| roles.iter().all(|(role, _)| role.id != limit.role)) {
        return Err(invalid(format!("items.{n}.role"), say!("limit-of-no-role")));
    }
    store::refund_limits::clear(tx, shop).await?;
    for limit in limits {
        store::refund_limits::insert(tx, shop, limit).await?;
    }
    tx.announce(who, RefundLimitsChanged {}).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_reaches_a_limit_is_within_it_and_what_passes_it_is_not() {
        let limit = RefundLimit { role: uuid::Uuid::nil().into(), currency: "NOK".parse().unwrap(), at_once: 100, in_a_day: 250 };
        for (now, before, passed) in [(100, 0, false), (101, 0, true), (100, 150, false), (100, 151, true), (1, i64::MAX, true)] {
            assert_eq!(limit.is_passed_by(Spent { now, before }), passed, "{now} after {before}");
        }
    }
}
