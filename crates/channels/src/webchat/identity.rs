//! Visitors the shop has signed in: a short-lived JWT, signed with a key only the shop's server and Ombud know.

use customers::{customer::Details, visitor::SignedIn};
use data_encoding::BASE64;
use kernel::{Error, KeyId, Result, ShopId, Timestamp, say};
use platform::{
    Agent, App, Tx,
    html::checked_line,
    token::{self, Token},
};
use secrecy::SecretString;

use super::settings::Widget;
use crate::{
    events::{IdentityKeyCreated, IdentityKeyRevoked},
    store,
};

/// A shop needs two while it changes over.
const MOST_KEYS: usize = 5;

fn place(shop: ShopId, id: KeyId) -> String {
    format!("{shop}/channels/identity_keys/{id}")
}

/// Makes a key; its secret is shown once and kept sealed.
pub async fn create_key(app: &App, who: Agent) -> Result<(KeyId, String)> {
    let secret = Token::mint("ik", app.rng()).expose().to_owned();
    let (sealing, plain) = (app.clone(), secret.clone());
    let id = app
        .write(async move |tx: &mut Tx<'_>| {
            if store::keys(tx, who.shop).await?.len() >= MOST_KEYS {
                return Err(kernel::conflict(say!("too-many-signing-keys", most = MOST_KEYS)));
            }
            let id: KeyId = tx.new_id();
            let sealed = sealing.secrets().seal(&place(who.shop, id), plain.as_bytes(), sealing.rng())?;
            store::insert_key(tx, who.shop, id, &BASE64.encode(&sealed)).await?;
            tx.announce(&who, IdentityKeyCreated { key: id }).await?;
            Ok(id)
        })
        .await?;
    Ok((id, secret))
}

/// Ends a key: what it signed counts no more.
pub async fn revoke_key(tx: &mut Tx<'_>, who: &Agent, id: KeyId) -> Result<()> {
    store::remove_key(tx, who.shop, id).await?;
    tx.announce(who, IdentityKeyRevoked { key: id }).await.map(drop)
}

/// Whom the shop says its visitor is.
///
/// Errors: `Forbidden`, whatever is wrong with the signature.
pub async fn verify(app: &App, widget: &Widget, jwt: &str) -> Result<(SignedIn, Details)> {
    let shop = widget.shop;
    let sealed = app.read(async move |tx: &mut Tx<'_>| store::keys(tx, shop).await).await?;
    let mut keys: Vec<SecretString> = Vec::with_capacity(sealed.len());
    for (id, sealed, _) in sealed {
        let sealed = BASE64.decode(sealed.as_bytes()).map_err(Error::broken)?;
        keys.push(app.secrets().open(&place(shop, id), &sealed)?);
    }
    // a visitor has no sign-in to repeat: what is wrong is the shop's to put right
    let claims = token::verify_jwt(jwt, &keys, app.now(), &widget.key).map_err(|error| Error::Forbidden(error.sentence()))?;
    let signed = SignedIn {
        account: claims.sub,
        nonce: claims.nonce,
        expires_at: Timestamp::from_micros(claims.exp.saturating_mul(1_000_000)),
        email_proved: claims.email_verified,
    };
    // the shop vouches for who it is, not for how it is written
    let line = |text: Option<String>, most| text.and_then(|text| checked_line("identity", &text, 1..=most).ok());
    let details =
        Details { name: line(claims.name, 120), email: line(claims.email, 254), phone: line(claims.phone, 32), ..Details::default() };
    Ok((signed, details))
}
