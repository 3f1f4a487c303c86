//! Drafts: what a member has written and not sent, kept on the server so that no window loses it.

use kernel::{ConversationId, Result, Timestamp};
use platform::{Agent, Tx, keyed};

use crate::{events::DraftChanged, store};

keyed! {
    /// What it will become.
    pub enum DraftKind {
        Reply = "reply",
        Note = "note",
    }
}

/// An unsent text.
#[derive(Debug, Clone)]
pub struct Draft {
    pub kind: DraftKind,
    pub html: String,
    pub at: Timestamp,
}

/// Keeps a draft; an empty one is removed.
pub async fn keep(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, kind: DraftKind, html: &str) -> Result<()> {
    store::conversation(tx, who.shop, id).await?.must_be_known()?;
    if platform::html::to_text(html).trim().is_empty() {
        store::remove_draft(tx, who.shop, id, who.id).await?;
    } else {
        let draft = Draft { kind, html: html.to_owned(), at: tx.now() };
        store::save_draft(tx, who.shop, id, who.id, &draft).await?;
    }
    tx.announce(who, DraftChanged { conversation: id, member: who.id }).await.map(drop)
}
