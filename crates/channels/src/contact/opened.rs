//! A shop's contact form, as somebody stands before it.

use kernel::{DepartmentId, Error, Language, MailboxId, Result, say};
use platform::{Tx, http::Network};
use team::shop::Shop;

use super::settings::{self, ContactSettings};
use crate::{
    store::mailboxes,
    webchat::{
        settings::{Settings, Widget},
        visit::Door,
    },
};

/// A form that somebody can write through.
pub struct Opened {
    pub shop: Shop,
    pub settings: ContactSettings,
    /// The mailbox answers come from.
    pub mailbox: MailboxId,
    /// What it shares with the chat: its looks, its pages, its privacy policy.
    pub widget: Settings,
    /// What can be chosen; nothing where nothing is to be chosen.
    pub departments: Vec<(DepartmentId, String)>,
}

impl Opened {
    /// The form of the shop this key names, and its door.
    ///
    /// Errors: `NotFound` where nobody can write.
    pub async fn by_key(tx: &mut Tx<'_>, key: &str, language: Language, network: Network) -> Result<(Opened, Door)> {
        let closed = || Error::NotFound(say!("contact-form-closed"));
        let (Widget { shop, settings: widget, .. }, door) = match Door::by_key(tx, key, network).await {
            Err(Error::NotFound(_)) => return Err(closed()),
            found => found?,
        };
        let settings = settings::of_shop(tx, shop).await?;
        let mailbox = settings.mailbox.filter(|_| settings.enabled).ok_or_else(closed)?;
        if mailboxes::maybe(tx, shop, mailbox).await?.is_none() {
            return Err(closed());
        }
        let shop = team::shop::get(tx, shop).await?;
        let departments = if settings.departments_choice { departments(tx, &shop, language).await? } else { Vec::new() };
        Ok((Opened { shop, settings, mailbox, widget, departments }, door))
    }
}

async fn departments(tx: &mut Tx<'_>, shop: &Shop, language: Language) -> Result<Vec<(DepartmentId, String)>> {
    let shown = team::department::all(tx, shop.id).await?.into_iter().filter(|one| one.shown_in_chat);
    Ok(shown.map(|one| (one.id, one.names.get(language, shop.language).unwrap_or(&one.name).to_owned())).collect())
}
