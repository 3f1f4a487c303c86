//! Whose something is: a customer, and as whom it came.

use customers::visitor::Visitor;
use kernel::{CustomerId, ShopId};

/// As whom a browser came, and who that is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    pub shop: ShopId,
    pub first: CustomerId,
    pub now: CustomerId,
}

impl From<&Visitor> for Whose {
    fn from(visitor: &Visitor) -> Whose {
        Whose { shop: visitor.shop, first: visitor.customer, now: visitor.person }
    }
}
