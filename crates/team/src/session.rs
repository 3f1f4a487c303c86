//! Sessions: signed-in browsers. A session that is not in the table is over, on every node, at the next request.

use kernel::{Error, MemberId, PersonId, Result, SessionId, ShopId, Timestamp, days, hours, minutes, say};
use platform::{
    Agent, Tx,
    event::{Acting, Actor, ActorKind},
    token::TokenHash,
};

use crate::{
    events::{SessionsEnded, SignedIn, SignedOut},
    member::{self, Availability},
    person, store,
};

/// A session ends when nothing is heard of it for so long …
pub const IDLE: i64 = hours(8);
/// … and in any case after this.
pub const LONGEST: i64 = days(14);
/// Hearing of it is written down at most this often.
const TOUCH: i64 = minutes(1);
/// What is kept of the browser's own name.
const AGENT_HEADER: usize = 200;

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub id: SessionId,
    pub person: PersonId,
    /// The shop it looks at.
    pub shop: ShopId,
    /// What the browser calls itself.
    pub agent_header: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

impl Session {
    pub fn is_over(&self, now: Timestamp) -> bool {
        now - self.last_seen_at >= IDLE || now - self.created_at >= LONGEST
    }
    pub(crate) fn wants_touch(&self, now: Timestamp) -> bool {
        now - self.last_seen_at >= TOUCH
    }
}

/// A member whose sessions were ended: their live sockets close too. `kept` is the one that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedOutMember {
    pub shop: ShopId,
    pub member: MemberId,
    pub kept: Option<SessionId>,
}

/// Signs a person in: in `shop` when given and theirs, else in the first of their shops.
///
/// Errors: `Forbidden` when they are an active member of no shop.
pub async fn open(tx: &mut Tx<'_>, person: PersonId, shop: Option<ShopId>, token: &TokenHash, agent_header: &str) -> Result<Session> {
    let members = active_memberships(tx, person).await?;
    let member = members.iter().find(|member| Some(member.shop) == shop).or(members.first());
    let member = member.ok_or_else(|| Error::Forbidden(say!("member-of-no-shop")))?;
    let now = tx.now();
    let agent_header = agent_header.chars().filter(|c| !c.is_control()).take(AGENT_HEADER).collect();
    let session = Session { id: tx.new_id(), person, shop: member.shop, agent_header, created_at: now, last_seen_at: now };
    store::sessions::insert(tx, &session, token).await?;
    arrive(tx, member, session.id).await?;
    Ok(session)
}

async fn active_memberships(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<member::Member>> {
    let mut members = person::memberships(tx, person).await?;
    members.retain(|member| member.active);
    Ok(members)
}

async fn arrive(tx: &mut Tx<'_>, member: &member::Member, session: SessionId) -> Result<()> {
    // whoever was away on purpose stays so
    let availability = if member.availability == Availability::Away { Availability::Away } else { Availability::Online };
    member::be(tx, member, availability).await?;
    tx.announce(&member::acting(member), SignedIn { member: member.id, session }).await.map(drop)
}

/// Lets a session look at another shop of the same person.
///
/// Errors: `NotFound` when they are no active member there, whether or not the shop exists.
pub async fn switch(tx: &mut Tx<'_>, id: SessionId, person: PersonId, shop: ShopId) -> Result<()> {
    let members = active_memberships(tx, person).await?;
    let member = members.iter().find(|member| member.shop == shop).ok_or(Error::NotFound(say!("shop-not-found")))?;
    store::sessions::look_at(tx, id, shop).await?;
    arrive(tx, member, id).await
}

/// A person's sessions, the one heard of last first.
pub async fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Session>> {
    let now = tx.now();
    let mut sessions = store::sessions::of_person(tx, person).await?;
    sessions.retain(|session| !session.is_over(now));
    Ok(sessions)
}

/// Ends one of one's own sessions; the last one in a shop takes one offline there.
pub async fn end(tx: &mut Tx<'_>, person: PersonId, id: SessionId) -> Result<SignedOutMember> {
    let sessions = of_person(tx, person).await?;
    let session = sessions.iter().find(|session| session.id == id).ok_or(Error::NotFound(say!("session-not-found")))?;
    let member = store::members::of_person(tx, session.shop, person).await?.ok_or(Error::NotFound(say!("session-not-found")))?;
    store::sessions::delete(tx, id).await?;
    if !sessions.iter().any(|other| other.id != id && other.shop == session.shop) {
        member::be(tx, &member, Availability::Offline).await?;
    }
    tx.announce(&member::acting(&member), SignedOut { member: member.id, session: id }).await?;
    Ok(SignedOutMember { shop: member.shop, member: member.id, kept: None })
}

/// Ends a member's sessions in the shop, except `kept`.
pub async fn end_of_member(tx: &mut Tx<'_>, who: &impl Acting, id: MemberId, kept: Option<SessionId>) -> Result<()> {
    let shop = who.actor().shop;
    let member = store::members::get(tx, shop, id).await?;
    let ended = store::sessions::delete_in_shop(tx, member.person, shop, kept).await?;
    if ended > 0 {
        tx.announce(who, SessionsEnded { member: id, sessions: ended }).await?;
    }
    Ok(())
}

/// Ends a person's sessions in all shops, except `kept`, and says whose sockets must close.
pub async fn end_of_person(tx: &mut Tx<'_>, person: PersonId, kept: Option<SessionId>) -> Result<Vec<SignedOutMember>> {
    let mut signed_out = Vec::new();
    for member in person::memberships(tx, person).await? {
        let who = Actor { shop: member.shop, kind: ActorKind::Member, id: Some(member.id.into()) };
        end_of_member(tx, &who, member.id, kept).await?;
        signed_out.push(SignedOutMember { shop: member.shop, member: member.id, kept });
    }
    // also those that look at a shop they were a member of once
    store::sessions::delete_of_person(tx, person, kept).await?;
    Ok(signed_out)
}

/// The session behind a call.
///
/// Errors: `Forbidden` for a program: it has a token and no session.
pub fn of(who: &Agent) -> Result<SessionId> {
    who.session.ok_or_else(|| Error::Forbidden(say!("not-with-a-token")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_when_idle_and_in_any_case() {
        let start = Timestamp::from_micros(days(1_000));
        let nil = uuid::Uuid::nil();
        for (age, idle, over) in
            [(0, 0, false), (hours(8), hours(8) - 1, false), (hours(8), hours(8), true), (days(14) - 1, 0, false), (days(14), 0, true)]
        {
            let now = start + age;
            let session = Session {
                id: nil.into(),
                person: nil.into(),
                shop: nil.into(),
                agent_header: String::new(),
                created_at: start,
                last_seen_at: now - idle,
            };
            assert_eq!(session.is_over(now), over, "{age} {idle}");
        }
    }
}
