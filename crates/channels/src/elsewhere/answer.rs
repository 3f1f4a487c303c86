//! Answers elsewhere.

use inbox::{
    conversation::{self, Conversation},
    elsewhere::{self, Elsewhere},
    message::{self, Accepted, Fact},
    reply::{self, Outgoing},
};
use kernel::{ConversationId, Error, Result, say};
use platform::Agent;
use platform::Tx;

use super::{Outlet, Through, outlets};
use crate::{
    email::{
        mailbox::address_key,
        thread::{Facts, Person, Thread},
    },
    lines::Dialog,
    store::{dialogs, threads},
};

/// What is answered, and where.
#[derive(Debug, Clone)]
pub struct Answer {
    pub client_id: String,
    /// The outlet's key.
    pub outlet: String,
    /// Of the letter that opens a conversation; the subject it had before where none is given.
    pub subject: Option<String>,
    pub text: String,
}

/// Answers by another channel. The same `client_id` answers once.
///
/// Errors: `NotFound`; `Conflict` where they cannot be written to there now, or it is held there already.
pub async fn answer(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, new: Answer) -> Result<Accepted> {
    let from = conversation::by_id(tx, who.shop, id).await?;
    from.must_be_known()?;
    let outlet = outlets(tx, &from).await?.into_iter().find(|one| one.key() == new.outlet);
    let outlet = outlet.ok_or(Error::Conflict { kind: "outlet_gone", detail: say!("outlet-gone") })?;
    if let Some(talk) = &outlet.talk
        && let Some(message) = message::said_before(tx, who.shop, talk.id, &new.client_id).await?
    {
        return Ok(Accepted { conversation: talk.clone(), message, fresh: false });
    }
    if outlet.closed.is_some() {
        return Err(Error::Conflict { kind: "outlet_closed", detail: say!("outlet-closed") });
    }
    if outlet.holds(id) {
        return Err(Error::Conflict { kind: "outlet_is_here", detail: say!("outlet-is-here") });
    }
    let talk = match &outlet.talk {
        Some(talk) => talk.clone(),
        None => begin(tx, who, &from, &outlet, &new).await?,
    };
    let accepted = reply::reply(tx, who, talk.id, Outgoing::plain(&new.client_id, &new.text)).await?;
    elsewhere::went(tx, who, id, Fact::WentOn { conversation: talk.id, channel: talk.channel }).await?;
    Ok(accepted)
}

async fn begin(tx: &mut Tx<'_>, who: &Agent, from: &Conversation, outlet: &Outlet, new: &Answer) -> Result<Conversation> {
    let subject = new.subject.clone().unwrap_or_else(|| from.subject.clone());
    let key = format!("elsewhere/{}/{}", from.id, new.client_id);
    let begun = Elsewhere { customer: outlet.customer, channel: outlet.channel.to_owned(), key, subject: subject.clone() };
    let talk = elsewhere::begin(tx, who, from, begun).await?;
    let Conversation { shop, id: conversation, customer, customer_first, .. } = talk;
    let peer = outlet.peer.clone();
    match outlet.through {
        Through::Mailbox(mailbox) => {
            let (participants, to) = (vec![address_key(&peer)], vec![Person { name: None, email: peer }]);
            let facts = Facts { subject, to, participants, ..Facts::default() };
            threads::put(tx, &Thread { shop, conversation, mailbox, customer, customer_first, facts }).await?;
        }
        Through::Line(line, heard_at) => {
            dialogs::put(tx, &Dialog { shop, conversation, line, peer, thread: None, customer, customer_first, heard_at }).await?;
        }
        Through::Chat => (),
    }
    Ok(talk)
}
