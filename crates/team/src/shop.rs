//! A shop: the tenant everything belongs to, and its settings.

use std::net::IpAddr;

use jiff::tz::TimeZone;
use kernel::{Error, Language, Result, ShopId, Timestamp, invalid, say};
use platform::{
    Agent, Tx,
    event::Acting,
    http::{Check, Rank},
    pause,
};

use crate::{
    events::{MemberJoined, SendingResumed, ShopChanged, ShopClosed, ShopCreated},
    member::{self, Member, NewMember},
    opening_hours::Hours,
    person::Person,
    role::{Catalogue, Role},
    schedule, store,
};

/// A shop and its settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Shop {
    pub id: ShopId,
    pub name: String,
    pub language: Language,
    /// An IANA name, such as `Europe/Oslo`.
    pub time_zone: String,
    /// A customer who writes within so many days of its end reopens a conversation.
    pub reopen_days: i64,
    /// How long a reply can be taken back.
    pub undo_send_seconds: i64,
    /// Networks whose visitors may not write, such as `203.0.113.0/24`.
    pub blocked_networks: Vec<String>,
    pub created_at: Timestamp,
}

/// What a new shop needs.
#[derive(Debug, Clone)]
pub struct NewShop {
    pub name: String,
    pub language: Language,
    pub time_zone: String,
}

/// What may change about a shop; `None` leaves a setting alone.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    pub language: Option<Language>,
    pub time_zone: Option<String>,
    pub reopen_days: Option<i64>,
    pub undo_send_seconds: Option<i64>,
    pub blocked_networks: Option<Vec<String>>,
}

impl Shop {
    /// The settings after a change, and the names of those that are different.
    fn with(&self, change: Change) -> (Shop, Vec<String>) {
        let after = Shop {
            name: change.name.unwrap_or_else(|| self.name.clone()),
            language: change.language.unwrap_or(self.language),
            time_zone: change.time_zone.unwrap_or_else(|| self.time_zone.clone()),
            reopen_days: change.reopen_days.unwrap_or(self.reopen_days),
            undo_send_seconds: change.undo_send_seconds.unwrap_or(self.undo_send_seconds),
            blocked_networks: change.blocked_networks.unwrap_or_else(|| self.blocked_networks.clone()),
            ..self.clone()
        };
        let fields = [
            ("name", after.name != self.name),
            ("language", after.language != self.language),
            ("time_zone", after.time_zone != self.time_zone),
            ("reopen_days", after.reopen_days != self.reopen_days),
            ("undo_send_seconds", after.undo_send_seconds != self.undo_send_seconds),
            ("blocked_networks", after.blocked_networks != self.blocked_networks),
        ];
        let changed = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field.to_owned()).collect();
        (after, changed)
    }

    /// Whether visitors from this address may not write.
    pub fn blocks(&self, address: IpAddr) -> bool {
        self.blocked_networks.iter().filter_map(|text| Block::parse(text)).any(|block| block.holds(address))
    }

    /// The shop's time zone; UTC should the machine no longer know it.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.time_zone).unwrap_or(TimeZone::UTC)
    }
}

/// Checks the name of a time zone, and writes it the way its list does.
pub fn check_time_zone(check: &mut Check, field: &str, name: &mut String) {
    // jiff also reads POSIX rules and paths; only names from the list are meant here
    let found = jiff::tz::db().get(name).ok();
    check.that(found.is_some(), field, say!("time-zone-unknown"));
    if let Some(known) = found.as_ref().and_then(TimeZone::iana_name) {
        *name = known.to_owned();
    }
}

/// Checks a block list.
pub fn check_blocked_networks(check: &mut Check, networks: &[String]) {
    check.at_most("blocked_networks", networks, 1_000);
    for (at, network) in networks.iter().enumerate() {
        let fine = Block::parse(network).is_some();
        check.that(fine, &format!("blocked_networks[{at}]"), say!("network-not-readable"));
    }
}

/// A network: an address and how many of its bits count.
struct Block {
    address: IpAddr,
    bits: u32,
}

impl Block {
    fn parse(text: &str) -> Option<Block> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().ok()?;
        let width = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(width), |bits| bits.parse().ok())?;
        // a shop that blocks everybody has made a slip
        (8..=width).contains(&bits).then_some(Block { address, bits })
    }

    fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => (u32::from(ours) ^ u32::from(theirs)).leading_zeros() >= self.bits,
            // callers are told apart by their /64, so a longer prefix cannot mean less than that
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => (u128::from(ours) ^ u128::from(theirs)).leading_zeros() >= self.bits.min(64),
            _ => false,
        }
    }
}

/// A shop by its id.
///
/// Errors: `NotFound` when there is none, or it was deleted.
pub async fn get(tx: &mut Tx<'_>, shop: ShopId) -> Result<Shop> {
    store::shops::get(tx, shop).await
}

/// The shops somebody is an active member of, in order of name.
pub async fn of_person(tx: &mut Tx<'_>, person: kernel::PersonId) -> Result<Vec<Shop>> {
    store::shops::of_person(tx, person).await
}

/// Opens a shop: with the built-in roles, office hours, and `founder` as its owner.
pub async fn create(tx: &mut Tx<'_>, founder: &Person, new: NewShop) -> Result<(Shop, Member)> {
    let shop = Shop {
        id: tx.new_id(),
        name: new.name,
        language: new.language,
        time_zone: new.time_zone,
        reopen_days: 3,
        undo_send_seconds: 5,
        blocked_networks: Vec::new(),
        created_at: tx.now(),
    };
    store::shops::insert(tx, &shop).await?;
    let mut owner_role = None;
    for rank in Rank::ALL.iter().rev() {
        let role = Role::built_in(tx.new_id(), *rank);
        store::roles::insert(tx, shop.id, &role).await?;
        owner_role = owner_role.or(Some(role.id));
    }
    let owner_role = owner_role.ok_or(Error::NotFound(say!("role-not-found")))?;
    schedule::create_default(tx, &shop, Hours::office()).await?;
    let first = NewMember { person: founder.id, role: owner_role, departments: Vec::new(), invitation: None };
    let owner = member::enter(tx, shop.id, first).await?;
    tx.announce(&member::acting(&owner), ShopCreated { shop: shop.id, owner: owner.id }).await?;
    tx.announce(&member::acting(&owner), MemberJoined { member: owner.id, role: owner_role, invitation: None }).await?;
    Ok((shop, owner))
}

/// Changes settings of the shop.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, change: Change) -> Result<Shop> {
    let before = store::shops::get(tx, who.shop).await?;
    let (after, fields) = before.with(change);
    if fields.is_empty() {
        return Ok(before);
    }
    store::shops::save(tx, &after).await?;
    tx.announce(who, ShopChanged { shop: after.id, fields }).await?;
    Ok(after)
}

/// Closes the shop. From then on nobody signs in to it, and neither its tokens nor its visitors are known.
///
/// Errors: `Invalid` when `name` is not the shop's: whoever closes a shop says which.
pub async fn close(tx: &mut Tx<'_>, who: &Agent, name: &str) -> Result<()> {
    let shop = store::shops::get(tx, who.shop).await?;
    if name.trim() != shop.name {
        return Err(invalid("name", say!("shop-called-otherwise", name = shop.name)));
    }
    store::shops::close(tx, shop.id).await?;
    tx.announce(who, ShopClosed { shop: shop.id }).await.map(drop)
}

/// Lets what waits leave the shop; when nothing is paused, nothing happens.
pub async fn resume(tx: &mut Tx<'_>, who: &impl Acting) -> Result<()> {
    let shop = who.actor().shop;
    if pause::end(tx, shop).await? {
        tx.announce(who, SendingResumed { shop }).await?;
    }
    Ok(())
}

/// Whether the shop is there and has not been closed.
pub async fn is_open(tx: &mut Tx<'_>, shop: ShopId) -> Result<bool> {
    store::shops::is_open(tx, shop).await
}

/// The role a shop gives to members of a built-in rank.
pub async fn role_of_rank(tx: &mut Tx<'_>, shop: ShopId, rank: Rank) -> Result<Role> {
    store::roles::of_rank(tx, shop, rank).await
}

/// What a member may do in their shop.
pub async fn permissions_of(tx: &mut Tx<'_>, catalogue: &Catalogue, member: &Member) -> Result<std::collections::BTreeSet<String>> {
    let role = store::roles::get(tx, member.shop, member.role).await?;
    Ok(role.permissions(catalogue))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop(blocked: &[&str]) -> Shop {
        Shop {
            id: uuid::Uuid::nil().into(),
            name: "Fjell".into(),
            language: Language::Nb,
            time_zone: "Europe/Oslo".into(),
            reopen_days: 3,
            undo_send_seconds: 5,
            blocked_networks: blocked.iter().map(|&b| b.to_owned()).collect(),
            created_at: Timestamp::default(),
        }
    }

    #[test]
    fn a_block_list_holds_addresses_and_networks() {
        let shop = shop(&["203.0.113.0/24", "198.51.100.7", "2001:db8:1:2::/64", "2001:db8:9:9::1"]);
        for (address, blocked) in [
            ("203.0.113.200", true),
            ("203.0.114.1", false),
            ("198.51.100.7", true),
            ("198.51.100.8", false),
            ("::ffff:198.51.100.7", true),
            ("2001:db8:1:2:ffff::1", true),
            ("2001:db8:1:3::1", false),
            ("2001:db8:9:9::", true),
        ] {
            assert_eq!(shop.blocks(address.parse().unwrap()), blocked, "{address}");
        }
        for text in ["", "x", "203.0.113.0/33", "0.0.0.0/0", "::/129", "203.0.113.0/", "203.0.113.0/-1"] {
            assert!(Block::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_change_names_what_is_different() {
        let before = shop(&[]);
        let (after, fields) = before.with(Change { name: Some("Fjell".into()), reopen_days: Some(7), ..Change::default() });
        assert_eq!((after.reopen_days, fields), (7, vec!["reopen_days".to_owned()]));
    }

    #[test]
    fn time_zones_are_names_from_the_list() {
        for (name, known) in [
            ("Europe/Oslo", Some("Europe/Oslo")),
            ("europe/oslo", Some("Europe/Oslo")),
            ("Oslo", None),
            ("/etc/localtime", None),
            ("EST5EDT4", None),
            ("", None),
        ] {
            let (mut name, mut check) = (name.to_owned(), Check::default());
            check_time_zone(&mut check, "time_zone", &mut name);
            assert_eq!(check.finish().is_ok().then_some(name.as_str()), known);
        }
    }
}
