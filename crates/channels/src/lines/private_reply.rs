//! An answer in private to what somebody wrote in public: it goes on in a conversation of their own.

use inbox::{
    conversation::{self, Conversation, Status},
    elsewhere::{self, Elsewhere},
    message::{self, Accepted, Fact, State},
    reply::{self, Outgoing},
};
use kernel::{ConversationId, Error, Result, Timestamp, say};
use platform::{Agent, Tx};

use super::{Comment, Dialog, Line, named};
use crate::{
    partner::{Partner, Public},
    store::{comments, dialogs, lines},
};

/// How somebody who wrote in public is written to in private.
#[derive(Debug, Clone)]
pub enum Path {
    /// By the comment itself: once, and until then.
    Comment(Box<Comment>, Timestamp),
    /// As anybody is written to.
    Message,
}

impl Path {
    /// Until when it is there; for ever where it is not said.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Path::Comment(_, until) => Some(*until),
            Path::Message => None,
        }
    }
}

/// The way to whoever wrote in this conversation, where there is one.
pub async fn path(tx: &mut Tx<'_>, partner: &dyn Partner, public: &dyn Public, dialog: &Dialog) -> Result<Option<Path>> {
    let Some(within) = public.answered_once_within() else { return Ok(Some(Path::Message)) };
    let now = tx.now();
    for comment in comments::of(tx, dialog.shop, dialog.conversation).await? {
        let until = comment.written_at + within;
        if !comment.removed && now < until && !is_answered(tx, &comment).await? {
            return Ok(Some(Path::Comment(Box::new(comment), until)));
        }
    }
    let private = dialogs::newest_in(tx, dialog.shop, dialog.line, &dialog.peer, None).await?;
    let heard_lately = |heard_at: Timestamp| partner.answered_within().is_none_or(|within| now - heard_at < within);
    Ok(private.filter(|private| heard_lately(private.heard_at)).map(|_| Path::Message))
}

/// One that surely did not arrive may be followed by another.
async fn is_answered(tx: &mut Tx<'_>, comment: &Comment) -> Result<bool> {
    let Some(reply) = comment.private_reply else { return Ok(false) };
    Ok(message::state_of(tx, comment.shop, reply).await?.is_some_and(|state| state != State::Failed))
}

/// The conversation in private with whoever wrote in this one, if it can be gone on with.
pub async fn beside(tx: &mut Tx<'_>, dialog: &Dialog) -> Result<Option<Conversation>> {
    let Some(private) = dialogs::newest_in(tx, dialog.shop, dialog.line, &dialog.peer, None).await? else { return Ok(None) };
    let conversation = conversation::by_id(tx, dialog.shop, private.conversation).await?;
    let goes_on =
        conversation.erased_at.is_none() && conversation.status != Status::Spam && message::goes_on(tx, &conversation, false).await?;
    Ok(goes_on.then_some(conversation))
}

/// Answers in private. The same `client_id` answers once.
///
/// Errors: `NotFound`; `Conflict` where it is not written in public, where there is no way to them, or where it is too long.
pub async fn answer(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, client_id: &str, text: &str) -> Result<Accepted> {
    let conversation = conversation::by_id(tx, who.shop, id).await?;
    conversation.must_be_known()?;
    let (dialog, line) = held_in_public(tx, &conversation).await?;
    let partner = named(&line.channel)?;
    let known = beside(tx, &dialog).await?;
    if let Some(private) = &known
        && let Some(message) = message::said_before(tx, who.shop, private.id, client_id).await?
    {
        return Ok(Accepted { conversation: private.clone(), message, fresh: false });
    }
    let path = match partner.public() {
        Some(public) => path(tx, partner, public, &dialog).await?,
        None => None,
    };
    let path =
        path.ok_or_else(|| Error::Conflict { kind: "no_private_reply", detail: say!("no-private-reply", channel = partner.title()) })?;
    let (most, count) = (partner.longest_text(), text.trim().chars().map(|c| partner.measures(c)).sum::<usize>());
    if count > most {
        return Err(Error::Conflict { kind: "private_reply_too_long", detail: say!("private-reply-too-long", most, count) });
    }
    let private = match known {
        Some(private) => private,
        None => begin(tx, who, &conversation, &dialog, client_id).await?,
    };
    let accepted = reply::reply(tx, who, private.id, Outgoing::plain(client_id, text)).await?;
    if let Path::Comment(comment, _) = path {
        comments::save(tx, &Comment { private_reply: Some(accepted.message.id), ..*comment }).await?;
    }
    elsewhere::went(tx, who, id, Fact::WentPrivate { conversation: private.id }).await?;
    Ok(accepted)
}

/// Errors: `Conflict` where it is not held in public, or its line is gone.
async fn held_in_public(tx: &mut Tx<'_>, conversation: &Conversation) -> Result<(Dialog, Line)> {
    let dialog = dialogs::of(tx, conversation.shop, conversation.id).await?.filter(|dialog| dialog.thread.is_some());
    let dialog = dialog.ok_or_else(|| kernel::conflict(say!("conversation-not-public")))?;
    let line = lines::maybe(tx, conversation.shop, dialog.line).await?;
    Ok((dialog, line.ok_or_else(|| kernel::conflict(say!("no-line-to-answer-from")))?))
}

async fn begin(tx: &mut Tx<'_>, who: &Agent, beside: &Conversation, dialog: &Dialog, client_id: &str) -> Result<Conversation> {
    let Conversation { customer_first: customer, ref channel, ref subject, .. } = *beside;
    let key = format!("private/{}/{client_id}", beside.id);
    let new = Elsewhere { customer, channel: channel.clone(), key, subject: subject.clone() };
    let private = elsewhere::begin(tx, who, beside, new).await?;
    // nothing more is taken until they write
    let never = Timestamp::from_micros(0);
    dialogs::put(tx, &Dialog { conversation: private.id, thread: None, heard_at: never, ..dialog.clone() }).await?;
    Ok(private)
}
