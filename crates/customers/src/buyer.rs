//! A buyer: a customer as the shop's own system names them.

use kernel::{Result, ShopId};
use platform::Tx;

use crate::{
    customer::{self, AddressKind, Customer, Details, recognise_as},
    store,
};

/// Who bought something. What the shop knows about them stays a claim, as nobody has proved their address to us.
#[derive(Debug, Clone, Default)]
pub struct Buyer {
    /// The shop's own number for its customer; guests have none.
    pub account: Option<String>,
    pub details: Details,
}

impl Buyer {
    /// Whether the shop does not say who it was.
    pub fn is_nobody(&self) -> bool {
        self.account.is_none() && self.details.email.is_none()
    }
}

/// The customer who bought, a new one when there was none. An account finds its customer. A guest is whoever has proved the
/// address the order goes to, or else the guest of that address: claiming it in a chat makes nobody that guest.
pub async fn buys(tx: &mut Tx<'_>, shop: ShopId, buyer: Buyer) -> Result<Customer> {
    let Buyer { account, details } = buyer;
    if let Some(account) = account {
        return recognise_as(tx, shop, AddressKind::Account, &account, details, false).await;
    }
    let Some(email) = details.email.clone() else { return customer::appear(tx, shop, details).await };
    match store::verified_owner(tx, shop, AddressKind::Email, &email).await? {
        Some(id) => customer::by_id(tx, shop, id).await,
        None => recognise_as(tx, shop, AddressKind::Guest, &email, details, false).await,
    }
}
