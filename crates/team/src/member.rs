//! A member: a person in a shop, with a role, departments, and whether they are there.

use std::collections::{BTreeSet, HashMap};

use kernel::{DepartmentId, Error, InvitationId, MemberId, PersonId, Result, RoleId, ShopId, Timestamp, conflict, minutes, say};
use platform::{
    Agent, Tx,
    event::{Acting, Actor, ActorKind},
    http::Rank,
    keyed,
};

use crate::{
    department,
    events::{AvailabilityChanged, MemberChanged, MemberDeactivated, MemberJoined, MemberReactivated, MemberRoleChanged},
    role::{self, Catalogue},
    session, store,
};

keyed! {
    /// Whether somebody takes conversations.
    pub enum Availability {
        Online = "online",
        Away = "away",
        Offline = "offline",
    }
}

/// Who has not been heard of for so long is not there, whatever they chose.
const GONE_AFTER: i64 = minutes(10);

/// A person in a shop.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    pub shop: ShopId,
    pub id: MemberId,
    pub person: PersonId,
    pub name: String,
    pub email: String,
    pub role: RoleId,
    pub role_name: String,
    /// Which of the built-in roles it is; `None` for the shop's own.
    pub rank: Option<Rank>,
    pub departments: Vec<DepartmentId>,
    /// What they chose; see [`Member::availability_at`].
    pub availability: Availability,
    /// Whether they may sign in.
    pub active: bool,
    pub last_seen_at: Option<Timestamp>,
}

impl Member {
    /// Whether they are there at this moment: what they chose, as long as they are heard of.
    pub fn availability_at(&self, now: Timestamp) -> Availability {
        let heard_of = self.last_seen_at.is_some_and(|seen| now - seen < GONE_AFTER);
        if self.active && heard_of { self.availability } else { Availability::Offline }
    }
}

/// Somebody about to become a member.
#[derive(Debug, Clone)]
pub struct NewMember {
    pub person: PersonId,
    pub role: RoleId,
    pub departments: Vec<DepartmentId>,
    pub invitation: Option<InvitationId>,
}

/// What may change about a member; `None` leaves it alone.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub role: Option<RoleId>,
    pub departments: Option<Vec<DepartmentId>>,
    pub active: Option<bool>,
}

/// A member as the doer of something.
pub fn acting(member: &Member) -> Actor {
    Actor { shop: member.shop, kind: ActorKind::Member, id: Some(member.id.into()) }
}

/// A member by their id.
pub async fn get(tx: &mut Tx<'_>, shop: ShopId, id: MemberId) -> Result<Member> {
    store::members::get(tx, shop, id).await
}

/// All members of a shop, the active ones first, in order of name.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Member>> {
    store::members::all(tx, shop).await
}

/// Those of `ids` that are members of the shop, active or not.
pub async fn names(tx: &mut Tx<'_>, shop: ShopId, ids: &[MemberId]) -> Result<HashMap<MemberId, Member>> {
    let wanted: BTreeSet<MemberId> = ids.iter().copied().collect();
    let members = store::members::by_ids(tx, shop, &wanted.into_iter().collect::<Vec<_>>()).await?;
    Ok(members.into_iter().map(|member| (member.id, member)).collect())
}

/// The active member with this address.
pub async fn by_email(tx: &mut Tx<'_>, shop: ShopId, email: &str) -> Result<Option<Member>> {
    let Some(person) = crate::person::by_email(tx, email).await? else { return Ok(None) };
    Ok(store::members::of_person(tx, shop, person.id).await?.filter(|member| member.active))
}

/// Who is online now, in the shop or in one department, in order of name.
pub async fn online(tx: &mut Tx<'_>, shop: ShopId, department: Option<DepartmentId>) -> Result<Vec<Member>> {
    let now = tx.now();
    let mut members = store::members::all(tx, shop).await?;
    members.retain(|member| member.availability_at(now) == Availability::Online);
    members.retain(|member| department.is_none_or(|department| member.departments.contains(&department)));
    Ok(members)
}

/// Makes a person a member.
///
/// Errors: `Conflict` when they are one already.
pub async fn join(tx: &mut Tx<'_>, who: &impl Acting, new: NewMember) -> Result<Member> {
    let (role, invitation) = (new.role, new.invitation);
    let member = enter(tx, who.actor().shop, new).await?;
    tx.announce(who, MemberJoined { member: member.id, role, invitation }).await?;
    Ok(member)
}

/// Enters a member without a word.
pub(crate) async fn enter(tx: &mut Tx<'_>, shop: ShopId, new: NewMember) -> Result<Member> {
    let id = tx.new_id();
    store::members::insert(tx, shop, id, new.person, new.role).await?;
    let departments = department::known(tx, shop, new.departments).await?;
    store::departments::set_of_member(tx, shop, id, &departments).await?;
    store::members::get(tx, shop, id).await
}

/// Changes a member's role, departments or whether they may sign in. A new role or a deactivation signs them out at
/// once, here and on every node; the answer says whether it did.
///
/// Errors: `Forbidden` when one of the roles holds more than `who` does, `Conflict` for the last active owner.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, catalogue: &Catalogue, id: MemberId, change: Change) -> Result<(Member, bool)> {
    let before = store::members::get(tx, who.shop, id).await?;
    let held = store::roles::get(tx, who.shop, before.role).await?;
    role::within_own(who, &held.permissions(catalogue))?;
    let after = Member {
        role: change.role.unwrap_or(before.role),
        active: change.active.unwrap_or(before.active),
        departments: change.departments.unwrap_or_else(|| before.departments.clone()),
        ..before.clone()
    };
    let new = store::roles::get(tx, who.shop, after.role).await?;
    role::within_own(who, &new.permissions(catalogue))?;
    let stays_owner = new.rank() == Some(Rank::Owner) && after.active;
    if held.rank() == Some(Rank::Owner) && before.active && !stays_owner && store::members::active_owners(tx, who.shop).await? < 2 {
        return Err(conflict(say!("last-owner")));
    }
    store::members::save(tx, &after).await?;
    let departments = department::all_known(tx, who.shop, after.departments.clone()).await?;
    store::departments::set_of_member(tx, who.shop, id, &departments).await?;
    tell_what_changed(tx, who, &before, &after).await?;
    let signed_out = before.role != after.role || (before.active && !after.active);
    if signed_out {
        session::end_of_member(tx, who, id, None).await?;
    }
    Ok((store::members::get(tx, who.shop, id).await?, signed_out))
}

async fn tell_what_changed(tx: &mut Tx<'_>, who: &Agent, before: &Member, after: &Member) -> Result<()> {
    let member = after.id;
    if before.role != after.role {
        tx.announce(who, MemberRoleChanged { member, role: after.role, before: before.role }).await?;
    }
    match (before.active, after.active) {
        (true, false) => tx.announce(who, MemberDeactivated { member }).await.map(drop)?,
        (false, true) => tx.announce(who, MemberReactivated { member }).await.map(drop)?,
        _ => {}
    }
    if before.departments != after.departments {
        tx.announce(who, MemberChanged { member }).await?;
    }
    Ok(())
}

/// Says whether one is there. Only oneself can.
pub async fn set_availability(tx: &mut Tx<'_>, who: &Agent, id: MemberId, availability: Availability) -> Result<Member> {
    let member = store::members::get(tx, who.shop, id).await?;
    if id != who.id {
        return Err(Error::Forbidden(say!("availability-of-others")));
    }
    be(tx, &member, availability).await?;
    store::members::get(tx, who.shop, id).await
}

/// Notes that somebody is there, and tells the screens when that is news. The live socket calls it while it is open.
pub async fn seen(tx: &mut Tx<'_>, shop: ShopId, id: MemberId) -> Result<()> {
    let member = store::members::get(tx, shop, id).await?;
    let now = tx.now();
    let was = member.availability_at(now);
    store::members::saw(tx, shop, id).await?;
    let is = Member { last_seen_at: Some(now), ..member }.availability_at(now);
    if was != is {
        tx.announce(&Actor { shop, kind: ActorKind::Member, id: Some(id.into()) }, AvailabilityChanged { member: id, availability: is })
            .await?;
    }
    Ok(())
}

/// Sets what a member chose; choosing is being there.
pub(crate) async fn be(tx: &mut Tx<'_>, member: &Member, availability: Availability) -> Result<()> {
    let was = member.availability_at(tx.now());
    store::members::set_availability(tx, member.shop, member.id, availability).await?;
    if was != availability {
        tx.announce(&acting(member), AvailabilityChanged { member: member.id, availability }).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_not_heard_of_is_not_there() {
        use Availability::*;
        let now = Timestamp::from_micros(minutes(100));
        let nil = uuid::Uuid::nil();
        for (chosen, active, seen, there) in [
            (Online, true, Some(0), Online),
            (Away, true, Some(9), Away),
            (Online, true, Some(10), Offline),
            (Online, true, None, Offline),
            (Online, false, Some(0), Offline),
            (Offline, true, Some(0), Offline),
        ] {
            let member = Member {
                shop: nil.into(),
                id: nil.into(),
                person: nil.into(),
                name: "Kari".into(),
                email: "kari@fjell.example".into(),
                role: nil.into(),
                role_name: "Agent".into(),
                rank: Some(Rank::Agent),
                departments: Vec::new(),
                availability: chosen,
                active,
                last_seen_at: seen.map(|ago| now - minutes(ago)),
            };
            assert_eq!(member.availability_at(now), there, "{chosen} {active} {seen:?}");
        }
    }
}
