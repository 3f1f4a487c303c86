//! The shop's own client at a provider: the provider knows it by an id and a secret, and asks people whether they let it in.

use kernel::{Result, ShopId, Timestamp, conflict, invalid, say};
use platform::{
    Agent, App, Tx,
    secret::{ExposeSecret, SecretString},
};

use super::Provider;
use crate::{
    email::mailbox::Mailbox,
    events::{MailClientChanged, MailClientForgotten},
    store::{mailboxes, sign_ins as store},
};

/// A client at a provider.
#[derive(Debug, Clone)]
pub struct MailClient {
    pub shop: ShopId,
    pub provider: Provider,
    pub client_id: String,
    /// The secret.
    pub sealed: String,
    pub changed_at: Timestamp,
}

fn place(shop: ShopId, provider: Provider) -> String {
    format!("{shop}/channels/mail_clients/{provider}")
}

impl MailClient {
    pub fn secret(&self, app: &App) -> Result<String> {
        app.secrets().open_value(&place(self.shop, self.provider), &self.sealed)
    }
}

/// The client of a shop.
///
/// Errors: `Conflict` where it has none there.
pub async fn of_shop(tx: &mut Tx<'_>, shop: ShopId, provider: Provider) -> Result<MailClient> {
    let known = store::client(tx, shop, provider).await?;
    known.ok_or_else(|| conflict(say!("mail-client-missing", provider = provider.title())))
}

/// Keeps what the provider calls the shop's client; a secret that is left out stays.
///
/// Errors: `Invalid` where none is known.
pub async fn keep(
    tx: &mut Tx<'_>,
    app: &App,
    who: &Agent,
    provider: Provider,
    id: String,
    secret: Option<SecretString>,
) -> Result<MailClient> {
    let shop = who.shop;
    let sealed = match (secret, store::client(tx, shop, provider).await?) {
        (Some(secret), _) => app.secrets().seal_value(&place(shop, provider), &secret.expose_secret(), app.rng())?,
        (None, Some(known)) => known.sealed,
        (None, None) => return Err(invalid("client_secret", say!("must-not-be-empty"))),
    };
    let client = MailClient { shop, provider, client_id: id, sealed, changed_at: tx.now() };
    store::keep_client(tx, &client).await?;
    tx.announce(who, MailClientChanged { provider: provider.key().to_owned() }).await?;
    Ok(client)
}

/// Forgets it.
///
/// Errors: `Conflict` where it opens a mailbox: nobody could renew that.
pub async fn forget(tx: &mut Tx<'_>, who: &Agent, provider: Provider) -> Result<()> {
    of_shop(tx, who.shop, provider).await?;
    let is_opened = |mailbox: &Mailbox| mailbox.signed_in.as_ref().is_some_and(|one| one.provider == provider);
    if mailboxes::all(tx, who.shop).await?.iter().any(is_opened) {
        return Err(conflict(say!("mail-client-in-use")));
    }
    store::remove_client(tx, who.shop, provider).await?;
    tx.announce(who, MailClientForgotten { provider: provider.key().to_owned() }).await.map(drop)
}
