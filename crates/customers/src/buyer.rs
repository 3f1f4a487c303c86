//! A buyer: a customer as the shop's own system names them.

use kernel::{CustomerId, Result, ShopId, Timestamp};
use platform::{Tx, event::Actor};

use crate::{
    customer::{self, AddressKind, Customer, Details, Known, recognise_as},
    events::CustomerChanged,
    store,
};

/// Who bought something. What the shop knows about them stays a claim, as nobody has proved their address to us.
#[derive(Debug, Clone, Default)]
pub struct Buyer {
    /// The shop's own number for its customer; guests have none.
    pub account: Option<String>,
    pub details: Details,
    /// Of where it goes; kept by nobody as it is written.
    pub postcode: Option<String>,
}

impl Buyer {
    /// Whether the shop does not say who it was.
    pub fn is_nobody(&self) -> bool {
        self.account.is_none() && self.details.email.is_none()
    }
}

/// The customer who bought, merged into another or not; a new one when there was none. An account finds its customer. A guest is whoever has proved the
/// address the order goes to, or else the guest of that address: claiming it in a chat makes nobody that guest.
///
/// What is known of them already stays: an agent may have set it right. Whoever bought was seen when they did; whom a shop
/// only lists has not been.
pub async fn buys(tx: &mut Tx<'_>, shop: ShopId, buyer: Buyer, bought_at: Option<Timestamp>) -> Result<Customer> {
    let seen = bought_at.map(|at| at.min(tx.now()));
    let customer = found_or_named(tx, shop, buyer, seen).await?;
    if let Some(at) = seen.filter(|at| customer.last_seen_at < Some(*at)) {
        store::touch(tx, shop, customer.id, at, at).await?;
    }
    Ok(customer)
}

async fn found_or_named(tx: &mut Tx<'_>, shop: ShopId, buyer: Buyer, seen: Option<Timestamp>) -> Result<Customer> {
    let Buyer { account, details, .. } = buyer;
    let (kind, known_as) = match (account, &details.email) {
        (Some(account), _) => (AddressKind::Account, account),
        (None, Some(email)) => match store::verified_owner(tx, shop, AddressKind::Email, email).await? {
            Some(id) => return customer::by_id(tx, shop, id).await,
            None => (AddressKind::Guest, email.clone()),
        },
        (None, None) => {
            let customer = customer::named(tx, shop, details, seen).await?;
            customer::comes_forward(tx, shop, customer.id).await?;
            return Ok(customer);
        }
    };
    let Some(id) = store::verified_owner(tx, shop, kind, &known_as).await? else {
        return recognise_as(tx, shop, Known { kind, by: &known_as, proved: false }, details, seen).await;
    };
    let mut customer = customer::by_id(tx, shop, id).await?;
    let news = details.unknown_of(&customer);
    if news != Details::default() {
        customer::claim(tx, &mut customer, news, false).await?;
        tx.announce(&Actor::system(shop), CustomerChanged { customer: customer.person(), customer_first: id }).await?;
    }
    Ok(customer)
}

/// Who that buyer is, where there is such a customer already: by the account, or else the guest of that address.
pub async fn known(tx: &mut Tx<'_>, shop: ShopId, buyer: &Buyer) -> Result<Option<CustomerId>> {
    if let Some(account) = &buyer.account
        && let Some(id) = store::verified_owner(tx, shop, AddressKind::Account, account).await?
    {
        return Ok(Some(id));
    }
    match &buyer.details.email {
        Some(email) => store::verified_owner(tx, shop, AddressKind::Guest, email).await,
        None => Ok(None),
    }
}
