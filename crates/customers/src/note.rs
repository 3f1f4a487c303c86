//! A note: what a member wrote down about a customer, for colleagues only.

use kernel::{CustomerId, Error, MemberId, NoteId, Result, ShopId, Timestamp, say};
use platform::{Agent, Tx};

use crate::{MANAGE, customer, events::CustomerChanged, store::notes as store};

/// A note.
#[derive(Debug, Clone)]
pub struct Note {
    pub shop: ShopId,
    pub id: NoteId,
    pub customer: CustomerId,
    pub author: MemberId,
    pub text: String,
    pub written_at: Timestamp,
    pub edited_at: Option<Timestamp>,
}

/// Writes a note down.
pub async fn write(tx: &mut Tx<'_>, who: &Agent, about: CustomerId, text: String) -> Result<Note> {
    customer::to_write_about(tx, who.shop, about).await?;
    let note = Note { shop: who.shop, id: tx.new_id(), customer: about, author: who.id, text, written_at: tx.now(), edited_at: None };
    store::insert(tx, &note).await?;
    tx.announce(who, CustomerChanged { customer: about, customer_first: about }).await?;
    Ok(note)
}

/// Says it differently.
///
/// Errors: `Forbidden` to all but whoever wrote it: nobody has words put into their mouth.
pub async fn edit(tx: &mut Tx<'_>, who: &Agent, about: CustomerId, id: NoteId, text: String) -> Result<Note> {
    customer::to_write_about(tx, who.shop, about).await?;
    let mut note = store::note(tx, who.shop, about, id).await?;
    if note.author != who.id {
        return Err(Error::Forbidden(say!("note-of-another")));
    }
    (note.text, note.edited_at) = (text, Some(tx.now()));
    store::save(tx, &note).await?;
    tx.announce(who, CustomerChanged { customer: about, customer_first: about }).await?;
    Ok(note)
}

/// Takes a note away: one's own, or with the permission for it a colleague's.
///
/// Errors: `Forbidden`.
pub async fn remove(tx: &mut Tx<'_>, who: &Agent, about: CustomerId, id: NoteId) -> Result<()> {
    customer::to_write_about(tx, who.shop, about).await?;
    let note = store::note(tx, who.shop, about, id).await?;
    if note.author != who.id && who.may(&MANAGE).is_err() {
        return Err(Error::Forbidden(say!("note-of-another")));
    }
    store::remove(tx, &note).await?;
    tx.announce(who, CustomerChanged { customer: about, customer_first: about }).await.map(drop)
}
