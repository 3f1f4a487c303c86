//! A visitor: a browser that chats for a customer, known by an opaque token.

use kernel::{CustomerId, Error, Result, ShopId, Timestamp, VisitorId, days, say};
use platform::{
    Tx, directory,
    event::{Acting, Actor},
    sweep::Sweep,
    token::TokenHash,
};

use crate::{
    customer::{self, Customer, Details},
    events::VisitorLeft,
    store,
};

/// A browser not seen for so long must introduce itself again.
const FORGOTTEN_AFTER: i64 = days(180);

/// A browser that has shown its token.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub shop: ShopId,
    pub id: VisitorId,
    /// As whom it came. It sees what came as the same customer, and nothing else, whoever they are merged with.
    pub customer: CustomerId,
    /// Who that is today, to agents.
    pub person: CustomerId,
    pub last_seen_at: Timestamp,
}

impl Acting for Visitor {
    fn actor(&self) -> Actor {
        Actor::customer(self.shop, self.customer)
    }
}

/// Whom the shop has signed a visitor in as.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The shop's own number for this customer.
    pub account: String,
    /// Counts once, until `expires_at`.
    pub nonce: String,
    pub expires_at: Timestamp,
    /// Whether the shop has seen proof that the e-mail address is theirs.
    pub email_proved: bool,
}

/// Lets a browser in, as a new customer or as the one the shop vouches for. Stores only the token's hash.
///
/// Errors: `Conflict` when the shop's signature has been used before.
pub async fn admit(
    tx: &mut Tx<'_>,
    shop: ShopId,
    signed: Option<SignedIn>,
    details: Details,
    token_hash: &str,
) -> Result<(Visitor, Customer)> {
    let customer = match signed {
        Some(signed) => {
            if !store::use_nonce(tx, shop, &signed.nonce, signed.expires_at).await? {
                return Err(kernel::conflict(say!("signature-used-before")));
            }
            customer::recognise(tx, shop, &signed.account, details, signed.email_proved).await?
        }
        None => customer::appear(tx, shop, details).await?,
    };
    let visitor = Visitor { shop, id: tx.new_id(), customer: customer.id, person: customer.person(), last_seen_at: tx.now() };
    store::insert_visitor(tx, &visitor, token_hash).await?;
    directory::enter(tx, "visitor", token_hash, shop).await?;
    Ok((visitor, customer))
}

/// The visitor this token belongs to.
///
/// Errors: `SignInNeeded` when it belongs to none, or not any more.
pub async fn by_token(tx: &mut Tx<'_>, hash: &TokenHash) -> Result<Visitor> {
    const UNKNOWN: Error = Error::SignInNeeded(say!("visitor-unknown"));
    let hash = hash.hex();
    let shop = directory::find(tx, "visitor", &hash).await?.ok_or(UNKNOWN)?;
    let visitor = store::visitor(tx, shop, &hash).await?.ok_or(UNKNOWN)?;
    if tx.now() - visitor.last_seen_at > FORGOTTEN_AFTER {
        return Err(UNKNOWN);
    }
    Ok(visitor)
}

/// Notes that a browser was here, at most once a minute.
pub async fn seen(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<()> {
    if tx.now() - visitor.last_seen_at < kernel::minutes(1) {
        return Ok(());
    }
    store::touch_visitor(tx, visitor).await?;
    customer::seen(tx, visitor, visitor.customer).await?;
    if visitor.person == visitor.customer { Ok(()) } else { customer::seen(tx, visitor, visitor.person).await }
}

/// How a visitor stands with the shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The shop hears nothing of them any more, nor of anybody they were merged with.
    pub blocked: bool,
    /// As whom they came is not known any more.
    pub erased: bool,
}

impl Standing {
    /// Errors: `Forbidden` when they are blocked, `Conflict` when they were erased.
    pub fn must_be_welcome(self) -> Result<()> {
        match self {
            Standing { blocked: true, .. } => Err(Error::Forbidden(say!("customer-blocked"))),
            Standing { erased: true, .. } => Err(customer::erased()),
            _ => Ok(()),
        }
    }
}

/// How this visitor stands.
pub async fn standing(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<Standing> {
    let all = store::standing_of_all(tx, visitor.shop, visitor.person).await?;
    let (blocked, erased) = (all.iter().any(|one| one.1), all.iter().any(|one| one.0 == visitor.customer && one.2));
    Ok(Standing { blocked, erased })
}

/// Ends this browser's token; what was said stays with the shop.
pub async fn leave(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<()> {
    if let Some(hash) = store::remove_visitor(tx, visitor).await? {
        directory::strike(tx, "visitor", &hash).await?;
    }
    tx.announce(visitor, VisitorLeft { customer: visitor.person, customer_first: visitor.customer, visitor: visitor.id }).await.map(drop)
}

/// Sweeps out used signatures that have run out, and browsers that must introduce themselves again anyway.
pub(crate) fn sweeps() -> Vec<Sweep> {
    vec![Sweep::of_rows("nonces", |tx| Box::pin(store::forget_nonces(tx))), Sweep::of_rows("visitors", |tx| Box::pin(forget_quiet(tx)))]
}

async fn forget_quiet(tx: &mut Tx<'_>) -> Result<u64> {
    let since = tx.now() - FORGOTTEN_AFTER;
    let hashes = store::remove_quiet_visitors(tx, since).await?;
    for hash in &hashes {
        directory::strike(tx, "visitor", hash).await?;
    }
    Ok(hashes.len() as u64)
}
