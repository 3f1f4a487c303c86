//! What was written in the contact form becomes a conversation that is answered by e-mail.

use customers::{
    Customer,
    channel::Channel,
    consent::{self, Evidence, Purpose, Source, Word},
};
use inbox::{
    file::{self, StoredFile},
    message::{self, Incoming, Opening},
};
use kernel::{Language, Result, ShopId};
use platform::{App, Tx, event::Actor, http::Network};

use super::{NAME, filled::Filled, opened::Opened, words};
use crate::{
    email::{
        mailbox::address_key,
        thread::{Facts, Person, Thread},
    },
    store::threads,
};

/// What is written, and how it came.
pub struct Written {
    pub filled: Filled,
    pub language: Language,
    pub network: Network,
    /// By what the same form is known again.
    pub once: String,
    /// Whether a program seems to have filled it in.
    pub suspicious: bool,
}

/// Takes it in, once; of whom the shop does not hear, nothing.
pub async fn take_in(app: &App, opened: Opened, written: Written) -> Result<()> {
    let shop = opened.shop.id;
    let (email, name) = (written.filled.email.clone(), Some(written.filled.name.clone()).filter(|name| !name.is_empty()));
    // anybody may write an address of somebody else's there
    let customer = app.write(async move |tx: &mut Tx<'_>| customers::writes(tx, shop, email.clone(), name.clone(), false).await).await?;
    if customer.blocked_at.is_some() || customer.erased_at.is_some() {
        return Ok(());
    }
    let mut files = Vec::with_capacity(written.filled.files.len());
    for one in &written.filled.files {
        files.push(file::keep(app, &Actor::customer(shop, customer.id), &one.name, one.content.clone()).await?);
    }
    app.write(async move |tx: &mut Tx<'_>| put(tx, &opened, &written, &customer, files.clone()).await).await
}

async fn put(tx: &mut Tx<'_>, opened: &Opened, written: &Written, customer: &Customer, files: Vec<StoredFile>) -> Result<()> {
    let Written { filled, language, once, .. } = written;
    let shop = opened.shop.id;
    let incoming = Incoming { text: filled.message.clone(), files, ..Incoming::of(shop, customer.id, NAME, once) };
    let opening = Opening {
        department: filled.department().or(opened.settings.department),
        language: Some(*language),
        page: filled.page(),
        answers: filled.answered(opened),
        ..Opening::default()
    };
    let accepted = message::open(tx, incoming, opening).await?;
    if !accepted.fresh {
        return Ok(());
    }
    let conversation = accepted.conversation;
    let thread = Thread {
        shop,
        conversation: conversation.id,
        mailbox: opened.mailbox,
        customer: conversation.customer,
        customer_first: conversation.customer_first,
        facts: facts(opened, filled, *language),
    };
    threads::put(tx, &thread).await?;
    if opened.widget.needs_consent {
        agree(tx, shop, customer, written, opened).await?;
    }
    if written.suspicious {
        inbox::conversation::mark_spam(tx, &Actor::system(shop), conversation.id, true).await?;
    }
    Ok(())
}

/// How it is answered. The subject and the name are the shop's own words: a stranger's would be sent to whom they please.
fn facts(opened: &Opened, filled: &Filled, language: Language) -> Facts {
    Facts {
        subject: words::naming(language, "mail-subject", &opened.shop.name),
        to: vec![Person { name: None, email: filled.email.clone() }],
        participants: vec![address_key(&filled.email)],
        ..Facts::default()
    }
}

/// Writes down that they agreed, with the words they saw.
async fn agree(tx: &mut Tx<'_>, shop: ShopId, customer: &Customer, written: &Written, opened: &Opened) -> Result<()> {
    let policy = opened.widget.privacy_url.as_ref().map(|address| format!(" ({address})")).unwrap_or_default();
    let evidence = Evidence {
        wording: Some(format!("{}{policy}", words::word(written.language, "agree"))),
        language: Some(written.language),
        page: written.filled.page().map(|page| page.url),
        network: Some(written.network.to_string()),
        origin: None,
    };
    let at = tx.now();
    let word = Word { channel: Channel::Email, purpose: Purpose::Conversation, given: true, source: Source::Form, evidence, at };
    consent::say(tx, &Actor::customer(shop, customer.id), customer, word).await
}
