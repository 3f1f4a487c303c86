//! Ids: a UUID version 7 in the database, `prefix_` and 26 characters of base32hex on the wire.
//!
//! The alphabet keeps the order of the bytes, so ids sort by age as text too.

use std::{fmt, str::FromStr};

use data_encoding::BASE32_DNSSEC;
use uuid::Uuid;

/// What is wrong with a text that should be an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("An id of this kind looks like {prefix}_ followed by 26 letters and digits.")]
pub struct NotAnId {
    pub prefix: &'static str,
}

fn encode(prefix: &str, id: Uuid) -> String {
    format!("{prefix}_{}", BASE32_DNSSEC.encode(id.as_bytes()))
}

fn decode(prefix: &'static str, text: &str) -> Result<Uuid, NotAnId> {
    let wrong = || NotAnId { prefix };
    let body = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).ok_or_else(wrong)?;
    // one spelling per id: the decoder would take capital letters as well
    if body.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err(wrong());
    }
    let bytes = BASE32_DNSSEC.decode(body.as_bytes()).map_err(|_| wrong())?;
    Uuid::from_slice(&bytes).map_err(|_| wrong())
}

/// What all id types have in common.
pub trait Id: Copy + From<Uuid> + Into<Uuid> + fmt::Display {
    const PREFIX: &'static str;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl Id for $name {
            const PREFIX: &'static str = $prefix;
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid { id.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&encode($prefix, self.0)) }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { fmt::Display::fmt(self, f) }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> { decode($prefix, text).map(Self) }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .pattern(Some(concat!("^", $prefix, "_[0-9a-v]{26}$")))
                    .into()
            }
        }
        impl utoipa::ToSchema for $name {}
    )*

    /// Every prefix in use, for tests and for telling ids apart in event data.
    pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

ids! {
    /// A shop: the tenant every row belongs to.
    ShopId "shp",
    /// Somebody who signs in, in one shop or in several.
    PersonId "per",
    /// A person's membership in one shop.
    MemberId "mem",
    /// A role: a named set of permissions.
    RoleId "rol",
    /// A department: size and fit, gear experts …
    DepartmentId "dep",
    /// Opening hours with their holidays.
    ScheduleId "sch",
    /// An API token.
    TokenId "tok",
    /// A signed-in browser.
    SessionId "ses",
    /// An invitation to a shop.
    InvitationId "inv",
    /// A customer, known by name or not.
    CustomerId "cus",
    /// One address a customer is known by.
    IdentityId "idn",
    /// A browser that chats for a customer.
    VisitorId "vis",
    /// A note about a customer.
    NoteId "nte",
    /// A tag customers carry.
    CustomerTagId "ctg",
    /// Something a shop wants to know of its customers.
    AttributeId "atr",
    /// An agreement, or its end.
    ConsentId "con",
    /// A file of customers, and its way in.
    ImportId "imp",
    /// A conversation.
    ConversationId "cnv",
    /// An entry of a conversation.
    MessageId "msg",
    /// A stored file.
    FileId "fil",
    /// A tag.
    TagId "tag",
    /// An order.
    OrderId "ord",
    /// Something done to an order.
    ActionId "act",
    /// A product.
    ProductId "prd",
    /// An account of the ledger: what is owed to one holder, in one unit.
    AccountId "acc",
    /// An entry of the ledger; one that grants is also the lot it makes.
    EntryId "ent",
    /// A gift card.
    GiftCardId "gft",
    /// A connection to a shop system.
    ConnectionId "cnn",
    /// A mailbox whose letters become conversations.
    MailboxId "mbx",
    /// A letter as it came into a mailbox.
    LetterId "ltr",
    /// A line: a shop's number, page or bot at a partner.
    LineId "lin",
    /// A call of a partner's, as it came.
    ArrivalId "arr",
    /// A telephone line: a number of the shop that customers call.
    PhoneLineId "phl",
    /// A call by telephone.
    CallId "cal",
    /// A macro: a saved reply.
    MacroId "mac",
    /// A key that signs a shop's visitors in.
    KeyId "key",
    /// An event: something that happened.
    EventId "evt",
    /// A job: something to be done.
    JobId "job",
    /// A system mail.
    MailId "eml",
}

impl ShopId {
    /// No shop: what belongs to the whole installation.
    pub const NONE: ShopId = ShopId(Uuid::nil());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_the_wire_and_keeps_its_order() {
        let older = ConversationId::from(Uuid::from_u128(1));
        let newer = ConversationId::from(Uuid::from_u128(u128::MAX));
        assert_eq!(older.to_string().parse::<ConversationId>(), Ok(older));
        assert_eq!(older.to_string().len(), "cnv_".len() + 26);
        assert!(older.to_string() < newer.to_string());
    }

    #[test]
    fn what_is_not_an_id_of_this_kind_is_refused() {
        let message = MessageId::from(Uuid::from_u128(7)).to_string();
        for text in [
            "",
            "cnv_",
            "cnv",
            &message,
            "cnv_zzzzzzzzzzzzzzzzzzzzzzzzzz",
            "cnv_00000000000000000000000001",
            "CNV_00000000000000000000000000",
        ] {
            assert!(text.parse::<ConversationId>().is_err(), "{text}");
        }
        let capital = ConversationId::from(Uuid::from_u128(u128::MAX)).to_string().to_uppercase().replace("CNV", "cnv");
        assert!(capital.parse::<ConversationId>().is_err());
    }
}
