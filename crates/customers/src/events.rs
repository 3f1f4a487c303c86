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
    pub visitor: VisitorId,
}
event!(VisitorLeft, "visitor_left", "customers");
