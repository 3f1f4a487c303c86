//! A letter as it came: where it lies, and what became of it.

use kernel::{ConversationId, CustomerId, LetterId, MailboxId, MessageId, Result, ShopId, Timestamp, days};
use platform::{Tx, event::Actor, files, keyed, sweep::Sweep};

use crate::{events::LetterPutAside, store::letters as store};

/// What stands in no conversation is kept for so long, for people to look at: it belongs to nobody who could have it erased.
const LOOKED_AT_WITHIN: i64 = days(30);

keyed! {
    /// What became of a letter.
    pub enum State {
        /// It is kept, and still to be read.
        Kept = "kept",
        /// It stands in a conversation.
        TakenIn = "taken_in",
        /// It says something about another letter, and that was noted.
        Noted = "noted",
        /// It is there already, was our own, or came from somebody who is blocked.
        LeftOut = "left_out",
        /// It could not be read, or is not to be believed: somebody has to look.
        Aside = "aside",
    }
}

/// A letter.
#[derive(Debug, Clone)]
pub struct Letter {
    pub shop: ShopId,
    pub id: LetterId,
    pub mailbox: MailboxId,
    pub uid_validity: i64,
    pub uid: i64,
    /// Where it lies as it was sent; one that was too large or left out lies in its mailbox alone.
    pub key: Option<String>,
    /// In bytes.
    pub size: i64,
    pub state: State,
    /// Why it was put aside or left out.
    pub fault: Option<String>,
    /// Whether people have read it and let it in.
    pub let_in: bool,
    /// A hash of its Message-ID.
    pub name_key: Option<String>,
    pub customer: Option<CustomerId>,
    pub customer_first: Option<CustomerId>,
    pub conversation: Option<ConversationId>,
    pub message: Option<MessageId>,
    pub received_at: Timestamp,
}

impl Letter {
    /// Says that somebody has to look at it.
    pub async fn announce_aside(&self, tx: &mut Tx<'_>) -> Result<()> {
        let put_aside = LetterPutAside { mailbox: self.mailbox, letter: self.id };
        tx.announce(&Actor::system(self.shop), put_aside).await.map(drop)
    }
}

/// Sweeps out what stands in no conversation.
pub fn sweep() -> Sweep {
    Sweep::of_rows("letters", |tx| Box::pin(forget_old(tx)))
}

async fn forget_old(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - LOOKED_AT_WITHIN;
    let forgotten = store::forget_old(tx, before).await?;
    for key in forgotten.iter().flatten() {
        files::release(tx, key.parse()?).await?;
    }
    Ok(forgotten.len() as u64)
}
