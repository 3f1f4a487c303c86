//! What is announced about customers.

use kernel::{CustomerId, VisitorId};
use platform::event;
use serde::{Deserialize, Serialize};

/// Somebody new wrote, or came signed in.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerAppeared {
    pub customer: CustomerId,
}
event!(CustomerAppeared, "customer_appeared", "customers");

/// A name, an address, a note or a language changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerChanged {
    pub customer: CustomerId,
    /// Of whom it was said; part of `customer` since a merge, or the same.
    pub customer_first: CustomerId,
}
event!(CustomerChanged, "customer_changed", "customers");

/// A member blocked a customer, or let them in again.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerBlocked {
    pub customer: CustomerId,
    pub blocked: bool,
}
event!(CustomerBlocked, "customer_blocked", "customers", audited);

/// All that is known about a customer was handed out to a member.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerExported {
    pub customer: CustomerId,
}
event!(CustomerExported, "customer_exported", "customers", audited);

/// A customer was forgotten; their open chats end.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerErased {
    pub customer: CustomerId,
}
event!(CustomerErased, "customer_erased", "customers", audited);

/// A browser asked to be forgotten; its token has ended.
#[derive(Debug, Serialize, Deserialize)]
pub struct VisitorLeft {
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub visitor: VisitorId,
}
event!(VisitorLeft, "visitor_left", "customers");

/// A member found that two customers are one: `from` is part of `into` now.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomersMerged {
    pub from: CustomerId,
    pub into: CustomerId,
}
event!(CustomersMerged, "customers_merged", "customers", audited);

/// A member found that they are two all the same: `from` is no part of `into` any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomersUnmerged {
    pub from: CustomerId,
    pub into: CustomerId,
}
event!(CustomersUnmerged, "customers_unmerged", "customers", audited);

/// After a merge, or its undoing, all that came as `customer_first` is `customer`'s, in every room.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerMoved {
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(CustomerMoved, "customer_moved", "customers");

/// A member said that two customers who look like one are not, or took that back.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomersToldApart {
    pub customer: CustomerId,
    pub other: CustomerId,
    pub apart: bool,
}
event!(CustomersToldApart, "customers_told_apart", "customers");
