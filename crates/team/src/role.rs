//! Roles: the five built-in ones, whose permissions follow their rank, and the shop's own.

use std::{collections::BTreeSet, sync::Arc};

use kernel::{Error, MemberId, Result, RoleId, ShopId, conflict, invalid, say};
use platform::{
    Agent, App, Tx,
    http::{Permission, Rank},
};

use crate::{
    events::{RoleChanged, RoleCreated, RoleDeleted},
    session, store,
};

/// A named set of permissions.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub kind: Kind,
}

/// Where a role's permissions come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// All permissions whose least rank is this one or lower: what a later Ombud adds comes by itself.
    BuiltIn(Rank),
    /// What the shop chose.
    Own(BTreeSet<String>),
}

impl Role {
    pub(crate) fn built_in(id: RoleId, rank: Rank) -> Role {
        let name = match rank {
            Rank::Viewer => "Viewer",
            Rank::Agent => "Agent",
            Rank::Lead => "Lead",
            Rank::Admin => "Admin",
            Rank::Owner => "Owner",
        };
        Role { id, name: name.to_owned(), kind: Kind::BuiltIn(rank) }
    }

    /// The rank of a built-in role.
    pub fn rank(&self) -> Option<Rank> {
        match self.kind {
            Kind::BuiltIn(rank) => Some(rank),
            Kind::Own(_) => None,
        }
    }

    /// What its members may do.
    pub fn permissions(&self, catalogue: &Catalogue) -> BTreeSet<String> {
        let keys = catalogue.0.iter();
        match &self.kind {
            Kind::BuiltIn(rank) => keys.filter(|p| p.least <= *rank).map(|p| p.key.to_owned()).collect(),
            Kind::Own(chosen) => keys.filter(|p| chosen.contains(p.key)).map(|p| p.key.to_owned()).collect(),
        }
    }
}

/// Every permission any room declares.
#[derive(Debug, Clone)]
pub struct Catalogue(Arc<[&'static Permission]>);

impl Catalogue {
    pub fn of(app: &App) -> Catalogue {
        Catalogue(app.permissions().into())
    }

    /// Errors: `Invalid` on `field`, naming a key that is no permission.
    pub(crate) fn knows(&self, field: &str, keys: &BTreeSet<String>) -> Result<()> {
        match keys.iter().find(|key| !self.0.iter().any(|p| p.key == **key)) {
            Some(key) => Err(invalid(field, say!("permission-unknown", permission = key))),
            None => Ok(()),
        }
    }
}

/// Nobody hands out, changes or takes away more than they hold themselves.
///
/// Errors: `Forbidden`, naming what they lack.
pub(crate) fn within_own(who: &Agent, permissions: &BTreeSet<String>) -> Result<()> {
    match permissions.iter().find(|key| !who.permissions.contains(*key)) {
        Some(key) => Err(Error::Forbidden(say!("permission-not-held", permission = key))),
        None => Ok(()),
    }
}

/// A role with the number of its members.
pub type Counted = (Role, i64);

/// The shop's roles, the built-in ones first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Counted>> {
    let mut roles = store::roles::all(tx, shop).await?;
    roles.sort_by(|(a, _), (b, _)| b.rank().cmp(&a.rank()).then_with(|| a.name.cmp(&b.name)));
    Ok(roles)
}

/// Makes a role of the shop's own.
pub async fn create(tx: &mut Tx<'_>, who: &Agent, catalogue: &Catalogue, name: String, permissions: BTreeSet<String>) -> Result<Counted> {
    catalogue.knows("permissions", &permissions)?;
    within_own(who, &permissions)?;
    let role = Role { id: tx.new_id(), name, kind: Kind::Own(permissions.clone()) };
    store::roles::insert(tx, who.shop, &role).await?;
    tx.announce(who, RoleCreated { role: role.id, permissions: permissions.into_iter().collect() }).await?;
    Ok((role, 0))
}

/// Changes the name or the permissions of a role of the shop's own. Whoever loses a permission is signed out.
pub async fn change(
    tx: &mut Tx<'_>,
    who: &Agent,
    catalogue: &Catalogue,
    id: RoleId,
    name: Option<String>,
    permissions: Option<BTreeSet<String>>,
) -> Result<(Counted, Vec<MemberId>)> {
    let (before, members) = store::roles::counted(tx, who.shop, id).await?;
    let Kind::Own(held) = before.kind else { return Err(built_in()) };
    within_own(who, &held)?;
    let chosen = permissions.unwrap_or_else(|| held.clone());
    catalogue.knows("permissions", &chosen)?;
    within_own(who, &chosen)?;
    let loses = !held.is_subset(&chosen);
    let after = Role { id, name: name.unwrap_or(before.name), kind: Kind::Own(chosen.clone()) };
    store::roles::save(tx, who.shop, &after).await?;
    tx.announce(who, RoleChanged { role: id, permissions: chosen.into_iter().collect() }).await?;
    let signed_out = if loses { store::roles::members(tx, who.shop, id).await? } else { Vec::new() };
    for member in &signed_out {
        session::end_of_member(tx, who, *member, who.session).await?;
    }
    Ok(((after, members), signed_out))
}

/// Deletes a role of the shop's own that nobody has.
///
/// Errors: `Conflict` when it is built in, or somebody has it or is invited to it.
pub async fn delete(tx: &mut Tx<'_>, who: &Agent, id: RoleId) -> Result<()> {
    let (role, members) = store::roles::counted(tx, who.shop, id).await?;
    let Kind::Own(held) = &role.kind else { return Err(built_in()) };
    within_own(who, held)?;
    if members > 0 {
        return Err(conflict(say!("role-in-use", members)));
    }
    if store::invitations::to_role(tx, who.shop, id).await? {
        return Err(conflict(say!("role-promised")));
    }
    store::roles::delete(tx, who.shop, id).await?;
    tx.announce(who, RoleDeleted { role: id }).await.map(drop)
}

fn built_in() -> Error {
    conflict(say!("role-built-in"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permissions;

    #[test]
    fn ranks_hold_what_lower_ranks_hold() {
        let catalogue = Catalogue(permissions::ALL.iter().collect());
        let of = |rank| Role::built_in(uuid::Uuid::nil().into(), rank).permissions(&catalogue);
        for pair in Rank::ALL.windows(2) {
            assert!(of(pair[0]).is_subset(&of(pair[1])));
        }
        assert_eq!(of(Rank::Viewer).len(), 1);
        assert_eq!(of(Rank::Owner).len(), permissions::ALL.len());
        assert!(!of(Rank::Admin).contains(permissions::CREATE_SHOPS.key), "or an admin could make an owner");
    }

    #[test]
    fn a_permission_that_is_gone_is_no_longer_held() {
        let catalogue = Catalogue(permissions::ALL.iter().collect());
        let kind = Kind::Own(["team.read".to_owned(), "faxes.send".to_owned()].into());
        let role = Role { id: uuid::Uuid::nil().into(), name: "Fax".into(), kind };
        assert_eq!(role.permissions(&catalogue), ["team.read".to_owned()].into());
        assert!(catalogue.knows("permissions", &["faxes.send".to_owned()].into()).is_err());
    }
}
