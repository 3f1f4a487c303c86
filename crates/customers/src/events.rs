//! What is announced about customers.

use kernel::{AttributeId, CustomerId, CustomerTagId, IdentityId, ImportId, VisitorId};
use platform::event;
use serde::{Deserialize, Serialize};

use crate::{channel::Channel, consent::Purpose};

/// Somebody new wrote, or came signed in.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerAppeared {
    pub customer: CustomerId,
}
event!(CustomerAppeared, "customer_appeared", "customers");

/// What is known about a customer changed: a name, an address, a note, a language.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerChanged {
    pub customer: CustomerId,
    /// Of whom it was said; part of `customer` since a merge, or the same.
    pub customer_first: CustomerId,
}
event!(CustomerChanged, "customer_changed", "customers");

/// A member took away an address that was proved: the customer is not recognised by it any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProvedAddressRemoved {
    pub customer: CustomerId,
    pub address: IdentityId,
}
event!(ProvedAddressRemoved, "proved_address_removed", "customers", audited);

/// A customer got a tag, or lost it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerTagged {
    pub customer: CustomerId,
    pub tag: CustomerTagId,
    pub tagged: bool,
}
event!(CustomerTagged, "customer_tagged", "customers");

/// The shop's tags for customers changed: one is new, is called differently or is gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerTagsChanged {
    pub tag: CustomerTagId,
}
event!(CustomerTagsChanged, "customer_tags_changed", "customers");

/// What the shop wants to know of its customers changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerAttributesChanged {
    pub attribute: AttributeId,
}
event!(CustomerAttributesChanged, "customer_attributes_changed", "customers");

/// A customer allowed something, or took it back.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerConsented {
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub channel: Channel,
    pub purpose: Purpose,
    pub given: bool,
}
event!(CustomerConsented, "customer_consented", "customers");

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

/// An import came further, or was sent, mapped, tried or deleted.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerImportChanged {
    pub import: ImportId,
}
event!(CustomerImportChanged, "customer_import_changed", "customers");

/// A member set an import going, for good.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerImportBegun {
    pub import: ImportId,
}
event!(CustomerImportBegun, "customer_import_begun", "customers", audited);

/// An import has come to its end, or was stopped; so many customers came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomerImportEnded {
    pub import: ImportId,
    pub new: i64,
    pub changed: i64,
    pub refused: i64,
}
event!(CustomerImportEnded, "customer_import_ended", "customers", audited);

/// A batch of an import: who came by it, and of whom it told something new. Their addresses, tags, values, notes and
/// consents come with it and are not announced one by one.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomersImported {
    pub import: ImportId,
    pub appeared: Vec<CustomerId>,
    pub changed: Vec<CustomerId>,
}
event!(CustomersImported, "customers_imported", "customers");

/// A member took out a list of customers: these columns of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CustomersExported {
    pub columns: Vec<String>,
}
event!(CustomersExported, "customers_exported", "customers", audited);
