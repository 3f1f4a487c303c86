//! What an author does to a message afterwards, where everybody reads it: an edited one is read as it is now, and of one that was
//! taken back nothing is kept but that it was there.

use kernel::{MessageId, Result, ShopId};
use platform::{Tx, card_number::masked, event::Actor, keyed};

use super::{Kind, beginning_of};
use crate::{
    conversation::{Side, Status, Step},
    events::MessageAltered,
    file, store,
};

keyed! {
    /// What the author of a message has done to it since.
    pub enum Altered {
        /// It reads otherwise than when it came.
        Edited = "edited",
        /// They took it back.
        Removed = "removed",
    }
}

/// Has a customer's message read as its author has it now: `None` where they took it back. Nothing is altered that was erased.
pub async fn alter(tx: &mut Tx<'_>, shop: ShopId, id: MessageId, now_reads: Option<String>) -> Result<()> {
    let mut message = store::message(tx, shop, id).await?;
    let mut conversation = store::conversation(tx, shop, message.conversation).await?;
    let text = now_reads.as_deref().map(masked).unwrap_or_default().into_owned();
    let is_over = conversation.erased_at.is_some() || message.altered == Some(Altered::Removed);
    if is_over || message.kind != Kind::Customer || (now_reads.is_some() && text == message.text) {
        return Ok(());
    }
    let glimpse = message.glimpse();
    message.text = text;
    if now_reads.is_none() {
        for file in std::mem::take(&mut message.files) {
            file::take_off(tx, shop, file.id).await?;
        }
    }
    message.altered = Some(if now_reads.is_some() { Altered::Edited } else { Altered::Removed });
    store::save_altered(tx, &message).await?;
    let now = tx.now();
    // what reads otherwise may ask for something else
    if now_reads.is_some() && conversation.status != Status::Spam {
        conversation = conversation.next(Step::CustomerWrote, now)?;
        conversation.unread += 1;
    }
    if conversation.preview.by == Side::Customer && is_shown(&conversation.preview.text, &glimpse) {
        conversation.show(&message.glimpse(), Side::Customer, now);
    }
    if is_shown(&conversation.subject, &glimpse) {
        conversation.subject = beginning_of(&message.text);
    }
    store::save(tx, &mut conversation).await?;
    tx.announce(&Actor::system(shop), MessageAltered { conversation: conversation.id, message: id }).await.map(drop)
}

/// Whether what is shown of a conversation is the beginning of this.
fn is_shown(shown: &str, text: &str) -> bool {
    let shown = shown.trim_end_matches('…').trim_end();
    !shown.is_empty() && text.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(shown)
}
