//! Our own signature under what leaves a mailbox (DKIM). A key is made, whoever looks after its domain writes down what the domain
//! tells of it, and once that is seen there letters are signed. Most mail servers sign by themselves; this is for those that do not.

use data_encoding::{BASE64, HEXLOWER};
use kernel::{MailboxId, Result, ShopId, conflict, say};
use mail::dkim::{self, Key};
use platform::{Agent, App, Tx};
use serde::{Deserialize, Serialize};

use super::mailbox::{Mailbox, Settings};
use crate::{events::MailboxChanged, store::mailboxes as store};

/// A mailbox's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    pub domain: String,
    /// Under which name the domain tells of it; another key has another one.
    selector: String,
    /// What it tells.
    pub record: String,
    /// The private key.
    sealed: String,
    /// Whether that has been seen there: from then on letters are signed.
    pub signs: bool,
}

impl Signing {
    /// A new key for this mailbox, made beside what others wait for.
    pub async fn new(app: &App, shop: ShopId, id: MailboxId, settings: &Settings) -> Result<Signing> {
        let Key { private, record } = tokio::task::spawn_blocking(Key::generate).await.map_err(kernel::Error::broken)??;
        let sealed = app.secrets().seal_value(&place(shop, id), &BASE64.encode(&private), app.rng())?;
        let selector = format!("ombud-{}", HEXLOWER.encode(&app.rng().bytes::<4>()));
        Ok(Signing { domain: settings.domain(), selector, record, sealed, signs: false })
    }

    /// Where the domain tells of it.
    pub fn name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// Whether this is what the domain should tell, however it is spaced and whatever stands beside it.
    fn is_told_by(&self, text: &str) -> bool {
        let key = |record: &str| {
            let mut fields = record.split(';').filter_map(|field| field.split_once('='));
            fields.find(|(tag, _)| tag.trim() == "p").map(|(_, value)| value.split_whitespace().collect::<String>())
        };
        key(text) == key(&self.record)
    }

    /// The letter with our signature.
    pub fn signed(&self, app: &App, mailbox: &Mailbox, letter: Vec<u8>) -> Result<Vec<u8>> {
        let private: String = app.secrets().open_value(&place(mailbox.shop, mailbox.id), &self.sealed)?;
        let private = BASE64.decode(private.as_bytes()).map_err(kernel::Error::broken)?;
        dkim::sign(letter, &self.domain, &self.selector, &private)
    }
}

fn place(shop: ShopId, id: MailboxId) -> String {
    format!("{shop}/channels/mailboxes/{id}/signing")
}

/// Gives a mailbox a key, unless it has one.
///
/// Errors: `NotFound`.
pub async fn begin(app: &App, who: &Agent, id: MailboxId) -> Result<Mailbox> {
    let shop = who.shop;
    let mailbox = app.read(async move |tx: &mut Tx<'_>| store::mailbox(tx, shop, id).await).await?;
    if mailbox.signing.is_some() {
        return Ok(mailbox);
    }
    let signing = Signing::new(app, shop, id, &mailbox.settings).await?;
    change(app, who, id, move |mailbox| {
        // the first of two stays, and another domain needs another key
        if mailbox.signing.is_none() && mailbox.settings.domain() == signing.domain {
            mailbox.signing = Some(signing.clone());
        }
        Ok(())
    })
    .await
}

/// Looks whether the domain tells of the key; if so, letters are signed from now on.
///
/// Errors: `NotFound`, `Conflict` when there is no key, or nothing or something else stands there, `Outside` when it cannot be asked.
pub async fn check(app: &App, who: &Agent, id: MailboxId) -> Result<Mailbox> {
    let shop = who.shop;
    let mailbox = app.read(async move |tx: &mut Tx<'_>| store::mailbox(tx, shop, id).await).await?;
    let signing = mailbox.signing.ok_or_else(|| conflict(say!("signing-key-missing")))?;
    let told = app.egress().texts(&signing.name()).await?;
    if !told.iter().any(|text| signing.is_told_by(text)) {
        return Err(conflict(if told.is_empty() { say!("signing-record-missing") } else { say!("signing-record-other") }));
    }
    change(app, who, id, move |mailbox| match &mut mailbox.signing {
        Some(is) if is.record == signing.record => {
            is.signs = true;
            Ok(())
        }
        _ => Err(conflict(say!("signing-key-missing"))),
    })
    .await
}

/// Signs no longer, and forgets the key.
///
/// Errors: `NotFound`.
pub async fn end(app: &App, who: &Agent, id: MailboxId) -> Result<Mailbox> {
    change(app, who, id, |mailbox| {
        mailbox.signing = None;
        Ok(())
    })
    .await
}

/// Changes a mailbox, and says so where it did.
async fn change(app: &App, who: &Agent, id: MailboxId, to: impl Fn(&mut Mailbox) -> Result<()> + Send + Sync + 'static) -> Result<Mailbox> {
    let who = who.clone();
    app.write(async move |tx: &mut Tx<'_>| {
        let mut mailbox = store::mailbox(tx, who.shop, id).await?;
        let before = mailbox.signing.clone();
        to(&mut mailbox)?;
        if mailbox.signing != before {
            store::save(tx, &mut mailbox).await?;
            tx.announce(&who, MailboxChanged { mailbox: id }).await?;
        }
        Ok(mailbox)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_known_however_people_wrote_it_down() {
        let (domain, selector, sealed) = ("fjell.example".to_owned(), "ombud-1".to_owned(), String::new());
        let signing = Signing { domain, selector, record: "v=DKIM1; k=rsa; p=MIIBIjAN".into(), sealed, signs: false };
        for (text, is) in [
            ("v=DKIM1; k=rsa; p=MIIBIjAN", true),
            ("k=rsa;p=MIIB IjAN ;t=s", true),
            ("v=DKIM1; k=rsa; p=MIIBIjANX", false),
            ("v=DKIM1; p=", false),
            ("v=spf1 -all", false),
            ("", false),
        ] {
            assert_eq!(signing.is_told_by(text), is, "{text}");
        }
        assert_eq!(signing.name(), "ombud-1._domainkey.fjell.example");
    }
}
