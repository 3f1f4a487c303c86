//! API tokens: a program that acts for a member, with no more than the member holds.

use std::collections::BTreeSet;

use kernel::{Error, MemberId, Result, ShopId, Timestamp, TokenId, conflict, invalid, minutes, say};
use platform::{
    Agent, App, Tx, directory,
    event::Acting,
    token::{Token, TokenHash},
};

use crate::{
    events::{TokenCreated, TokenRevoked},
    member, person,
    role::{self, Catalogue},
    shop, store,
};

/// An API token is `oat_` and 43 characters.
pub const PREFIX: &str = "oat";
pub(crate) const DIRECTORY: &str = "api_token";
/// A member has at most so many.
const MOST: usize = 100;
/// Use is written down at most this often.
const TOUCH: i64 = minutes(1);

/// A token as it is kept; its secret is not.
#[derive(Debug, Clone, PartialEq)]
pub struct ApiToken {
    pub shop: ShopId,
    pub id: TokenId,
    pub member: MemberId,
    pub name: String,
    pub scopes: BTreeSet<String>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

/// What a new token needs. Mint the secret before the transaction: `Token::mint(token::PREFIX, app.rng())`.
#[derive(Debug, Clone)]
pub struct NewToken {
    pub member: MemberId,
    pub name: String,
    pub scopes: BTreeSet<String>,
    pub expires_at: Option<Timestamp>,
    pub hash: TokenHash,
}

impl ApiToken {
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
    pub(crate) fn wants_touch(&self, now: Timestamp) -> bool {
        self.last_used_at.is_none_or(|last| now - last >= TOUCH)
    }
}

/// The shop's tokens that were not revoked, newest first.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<ApiToken>> {
    store::tokens::all(tx, shop).await
}

/// Makes a token for a member. What it may do is cut to its scopes and to the member's role, at every request.
///
/// Errors: `Invalid` when it would be over already, `Conflict` when the member has too many.
pub async fn create(tx: &mut Tx<'_>, who: &impl Acting, new: NewToken) -> Result<ApiToken> {
    let shop = who.actor().shop;
    if new.expires_at.is_some_and(|end| end <= tx.now()) {
        return Err(invalid("expires_at", say!("expiry-in-past")));
    }
    if store::tokens::all(tx, shop).await?.iter().filter(|token| token.member == new.member).count() >= MOST {
        return Err(conflict(say!("too-many-tokens", most = MOST)));
    }
    let token = ApiToken {
        shop,
        id: tx.new_id(),
        member: new.member,
        name: new.name,
        scopes: new.scopes,
        created_at: tx.now(),
        expires_at: new.expires_at,
        last_used_at: None,
    };
    store::tokens::insert(tx, &token, &new.hash).await?;
    directory::enter(tx, DIRECTORY, &new.hash.hex(), shop).await?;
    let scopes = token.scopes.iter().cloned().collect();
    tx.announce(who, TokenCreated { token: token.id, member: token.member, scopes }).await?;
    Ok(token)
}

/// Makes a token for oneself, of what one may do.
///
/// Errors: `Forbidden` when a scope is not one's own, and those of [`create`].
pub async fn create_own(tx: &mut Tx<'_>, who: &Agent, catalogue: &Catalogue, new: NewToken) -> Result<ApiToken> {
    catalogue.knows("scopes", &new.scopes)?;
    role::within_own(who, &new.scopes)?;
    create(tx, who, new).await
}

/// Revokes a token of the shop; the next request with it is refused.
pub async fn revoke(tx: &mut Tx<'_>, who: &impl Acting, id: TokenId) -> Result<()> {
    let shop = who.actor().shop;
    let (member, hash) = store::tokens::revoke(tx, shop, id).await?.ok_or(Error::NotFound(say!("token-not-found")))?;
    directory::strike(tx, DIRECTORY, &hash).await?;
    tx.announce(who, TokenRevoked { token: id, member }).await.map(drop)
}

/// Revokes all tokens of a member: whoever had their account may have made some.
pub(crate) async fn revoke_all_of(tx: &mut Tx<'_>, who: &impl Acting, member: MemberId) -> Result<()> {
    for token in store::tokens::all(tx, who.actor().shop).await?.iter().filter(|token| token.member == member) {
        revoke(tx, who, token.id).await?;
    }
    Ok(())
}

/// Makes a token with all that the member with this address may do, in the one shop they belong to:
/// `ombud token create`.
///
/// Errors: `Invalid` when nobody has this address, `Conflict` when they are a member of several shops.
pub async fn create_for(app: &App, email: &str, name: &str) -> Result<Token> {
    let token = Token::mint(PREFIX, app.rng());
    let (email, name, hash, catalogue) = (email.to_owned(), name.to_owned(), token.hash(), Catalogue::of(app));
    app.write(async move |tx: &mut Tx<'_>| {
        let nobody = || invalid("member", say!("nobody-with-email", email = &email));
        let person = person::by_email(tx, &email).await?.ok_or_else(nobody)?;
        let mut members = person::memberships(tx, person.id).await?;
        members.retain(|member| member.active);
        let member = match members.as_slice() {
            [] => return Err(nobody()),
            [member] => member,
            _ => return Err(conflict(say!("email-in-several-shops", email = &email))),
        };
        let scopes = shop::permissions_of(tx, &catalogue, member).await?;
        create(tx, &member::acting(member), NewToken { member: member.id, name: name.clone(), scopes, expires_at: None, hash }).await
    })
    .await?;
    Ok(token)
}
