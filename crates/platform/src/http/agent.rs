//! Whoever signed in: a member in the browser, or a program with a member's token.

use std::{collections::BTreeSet, future::Future, pin::Pin, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use kernel::{Error, MemberId, PersonId, Result, SessionId, ShopId, TokenId, say};

use super::problem::Failure;
use crate::{
    App,
    event::{Acting, Actor, ActorKind},
    keyed,
};

/// Something one may or may not do; declared as a const by the room it belongs to.
#[derive(Debug, PartialEq, Eq)]
pub struct Permission {
    pub key: &'static str,
    /// What it allows, in a sentence for the settings page.
    pub about: &'static str,
    /// The least of the built-in roles that holds it; those above hold it too.
    pub least: Rank,
}

keyed! {
    /// The built-in roles, from the least to the highest. A shop may add its own beside them.
    pub enum Rank {
        Viewer = "viewer",
        Agent = "agent",
        Lead = "lead",
        Admin = "admin",
        Owner = "owner",
    }
}

/// What somebody may do.
pub type Permissions = Arc<BTreeSet<String>>;

/// Whoever calls: a member of a shop, or a program acting for one.
#[derive(Debug, Clone)]
pub struct Agent {
    pub shop: ShopId,
    pub id: MemberId,
    pub person: PersonId,
    pub name: Arc<str>,
    pub permissions: Permissions,
    /// The browser session, when it is one.
    pub session: Option<SessionId>,
    /// The API token, when it is one.
    pub token: Option<TokenId>,
}

impl Agent {
    /// Errors: `Forbidden`, naming what is missing.
    pub fn may(&self, permission: &Permission) -> Result<()> {
        self.holds(permission.key)
    }

    pub(crate) fn holds(&self, key: &str) -> Result<()> {
        if self.permissions.contains(key) {
            return Ok(());
        }
        Err(Error::Forbidden(say!("permission-missing", permission = key)))
    }
}

impl Acting for Agent {
    fn actor(&self) -> Actor {
        match self.token {
            Some(token) => Actor { shop: self.shop, kind: ActorKind::Token, id: Some(token.into()) },
            None => Actor { shop: self.shop, kind: ActorKind::Member, id: Some(self.id.into()) },
        }
    }
}

/// How a request's cookie or bearer token becomes an agent. `team` plugs it in.
pub struct SignIn(pub SignInFn);

type SignInFn = for<'a> fn(&'a App, &'a HeaderMap) -> Pin<Box<dyn Future<Output = Result<Agent>> + Send + 'a>>;

impl<S: Send + Sync> FromRequestParts<S> for Agent {
    type Rejection = Failure;

    /// The policy layer has signed the caller in already.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts.extensions.get::<Agent>().cloned().ok_or_else(|| Error::SignInNeeded(say!("sign-in-first")).into())
    }
}
