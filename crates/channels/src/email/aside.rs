//! Letters that were put aside, and what people decide about them.

use kernel::{Error, LetterId, Result, ShopId, conflict, say};
use platform::{Tx, event::Acting, files, job::When};

use super::{
    letter::{Letter, State},
    take_in::TakeIn,
};
use crate::{
    events::{LetterDiscarded, LetterLetIn},
    store::letters,
};

/// A letter that was put aside.
///
/// Errors: `NotFound`, also once somebody has decided about it.
pub async fn letter(tx: &mut Tx<'_>, shop: ShopId, id: LetterId) -> Result<Letter> {
    let found = letters::maybe(tx, shop, id).await?.filter(|letter| letter.state == State::Aside);
    found.ok_or(Error::NotFound(say!("letter-not-aside")))
}

/// Takes a letter in although its sender's domain says that it is not theirs: people have read it. Who wrote it stays unproved.
/// One that could not be read is tried once more.
///
/// Errors: `NotFound`; `Conflict` where it lies in its mailbox alone.
pub async fn let_in(tx: &mut Tx<'_>, who: &impl Acting, id: LetterId) -> Result<()> {
    let shop = who.actor().shop;
    let letter = letter(tx, shop, id).await?;
    if letter.key.is_none() {
        return Err(conflict(say!("letter-not-kept")));
    }
    tx.enqueue(shop, &TakeIn { letter: id }, When::default()).await?;
    tx.announce(who, LetterLetIn { mailbox: letter.mailbox, letter: id }).await?;
    letters::save(tx, &Letter { state: State::Kept, fault: None, let_in: true, ..letter }).await
}

/// Leaves a letter out for good. In its mailbox it stays where it is.
///
/// Errors: `NotFound`.
pub async fn discard(tx: &mut Tx<'_>, who: &impl Acting, id: LetterId) -> Result<()> {
    let letter = letter(tx, who.actor().shop, id).await?;
    if let Some(key) = &letter.key {
        files::release(tx, key.parse()?).await?;
    }
    tx.announce(who, LetterDiscarded { mailbox: letter.mailbox, letter: id }).await?;
    letters::save(tx, &Letter { state: State::LeftOut, key: None, ..letter }).await
}
