//! Takes a letter in: it is read, it is seen who wrote it and which conversation it belongs to, and it becomes a message there.
//!
//! Reading is done outside any transaction, and what cannot be read is put aside: the next letter is not held up.

use std::{sync::Arc, time::Duration};

use customers::Customer;
use data_encoding::HEXLOWER;
use inbox::{
    delivery,
    doubt::Doubt,
    file::{self, StoredFile},
    message::{self, Incoming, Opening},
};
use kernel::{ConversationId, CustomerId, Error, LetterId, Result, ShopId};
use mail::{
    Attachment, Automatic, Kind, Outcome, Report, Us, Verdict, What, authenticated, automatic, report, said, shown,
    thread::{self, Conversation, Hint, Place, Placement, Target},
};
use platform::{
    App, Tx,
    event::Actor,
    files,
    html::{clean_text, is_blank},
    job::{Job, Lease},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    NAME,
    letter::{Letter, State},
    mailbox::{Mailbox, address_key},
    thread::{Facts, Thread},
};
use crate::store::{letters, mailboxes, threads};

/// A letter of fifty megabytes takes its time.
pub const AS_LONG_AS: Duration = Duration::from_mins(3);
/// So many files of a letter stand beside its text; the others lie in the letter.
const MOST_FILES: usize = 20;
/// Longer texts are read in the letter itself, in characters.
const LONGEST_TEXT: usize = 20_000;
const LONGEST_SUBJECT: usize = 200;

/// Takes a letter in.
#[derive(Serialize, Deserialize)]
pub struct TakeIn {
    pub letter: LetterId,
}
impl Job for TakeIn {
    const KIND: &'static str = "take_in_letter";
}

/// By what a letter is known again, whoever refers to it.
pub fn name_key(id: &mail::MessageId) -> String {
    HEXLOWER.encode(&Sha256::digest(id.as_str()))
}

pub async fn take_in(app: App, job: TakeIn, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    let found = app.read(async move |tx: &mut Tx<'_>| Waiting::load(tx, shop, job.letter).await).await?;
    let Some(Waiting { row, mailbox, ours }) = found else {
        return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await;
    };
    let aside = |why: String| Letter { state: State::Aside, fault: Some(why), ..row.clone() };
    let Some(mailbox) = mailbox else {
        return end(&app, lease, aside("Its mailbox was disconnected before it was read.".to_owned())).await;
    };
    let raw = app.files().get(row.key.clone().unwrap_or_default().parse()?).await?;
    let (inside, addresses, trusted) = (app.clone(), ours.clone(), mailbox.settings.trusted.clone());
    // a letter meant to do harm takes its time; it must not take the time of others
    let read = tokio::task::spawn_blocking(move || Read::of(&inside, shop, &raw, &addresses, trusted.as_deref())).await;
    match read {
        Ok(Ok(read)) => match read.refused(row.let_in) {
            Some(why) => end(&app, lease, aside(why)).await,
            None => place(app, lease, Waiting { row, mailbox: Some(mailbox), ours }, read).await,
        },
        Ok(Err(error)) => end(&app, lease, aside(error.sentence().to_string())).await,
        Err(_) => end(&app, lease, aside("It could not be read.".to_owned())).await,
    }
}

/// Writes down that a letter was put aside.
async fn end(app: &App, lease: Lease, row: Letter) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        letters::save(tx, &row).await?;
        row.announce_aside(tx).await
    })
    .await
}

/// A letter that is to be taken in, and where it came.
struct Waiting {
    row: Letter,
    /// None when it was disconnected meanwhile.
    mailbox: Option<Mailbox>,
    /// The addresses of all the shop's mailboxes.
    ours: Vec<String>,
}

impl Waiting {
    async fn load(tx: &mut Tx<'_>, shop: ShopId, id: LetterId) -> Result<Option<Waiting>> {
        let Some(row) = letters::maybe(tx, shop, id).await?.filter(|row| row.state == State::Kept) else { return Ok(None) };
        let ours = mailboxes::all(tx, shop).await?.iter().map(|one| address_key(&one.settings.address)).collect();
        let mailbox = mailboxes::maybe(tx, shop, row.mailbox).await?;
        Ok(Some(Waiting { row, mailbox, ours }))
    }
}

/// What a letter says.
#[derive(Clone)]
struct Read {
    letter: Arc<mail::Letter>,
    automatic: Option<Automatic>,
    verdict: Verdict,
    report: Option<Report>,
    hints: Vec<Hint>,
    text: String,
    subject: String,
    files: Arc<[Attachment]>,
}

impl Read {
    fn of(app: &App, shop: ShopId, raw: &[u8], ours: &[String], trusted: Option<&str>) -> Result<Read> {
        let letter = mail::Letter::read(raw)?;
        let us = Us { shop, signer: app.signer(), mailboxes: ours };
        let (written, files) = (said(&letter.text).new, files_of(&letter));
        // where nothing is left of it, it is said by what it quotes, or by its subject
        let mut texts = [written, letter.text.clone(), letter.subject.clone()].into_iter().filter(|text| !is_blank(text));
        let text = if files.is_empty() { texts.next() } else { texts.next().filter(|text| *text != letter.subject) }.unwrap_or_default();
        let text: String = clean_text(&text).chars().take(LONGEST_TEXT).collect();
        let subject: String = letter.subject.chars().take(LONGEST_SUBJECT).collect();
        Ok(Read {
            automatic: automatic(&letter, &us),
            verdict: authenticated(&letter, &trusted.into_iter().collect::<Vec<_>>()).verdict,
            report: report(&letter),
            hints: thread::hints(&letter, shop, app.signer()),
            text,
            subject,
            files: files.into(),
            letter: letter.into(),
        })
    }

    /// Why nobody is to be shown it as what it says it is, unless people have let it in.
    fn refused(&self, let_in: bool) -> Option<String> {
        match (self.verdict, self.letter.from()) {
            (Verdict::Refused, Some(from)) if !let_in => {
                Some(format!("It says it is from {}, whose own domain says it is not.", from.host()))
            }
            (_, None) => Some("It does not say who wrote it.".to_owned()),
            _ => None,
        }
    }

    /// Which of our messages did not arrive, and why.
    fn bounced(&self, app: &App, shop: ShopId) -> Option<(kernel::MessageId, String)> {
        let Report { about: Some(about), what: What::Delivery(all) } = self.report.as_ref()? else { return None };
        let failed = all.iter().find(|one| one.outcome == Outcome::Failed)?;
        let message = thread::Marks::new(shop, app.signer()).in_message_id(about)?;
        Some((message, format!("{}: {} {}", failed.recipient, failed.status, failed.said)))
    }
}

/// The files that stand beside the text: pictures its HTML shows are seen there.
fn files_of(letter: &mail::Letter) -> Vec<Attachment> {
    let embedded = shown(letter).map(|seen| seen.embedded().to_vec()).unwrap_or_default();
    let is_seen = |one: &&Attachment| one.content_id.as_ref().is_some_and(|id| embedded.contains(id));
    letter.attachments.iter().filter(|one| one.kind.is_some() && !is_seen(one)).take(MOST_FILES).cloned().collect()
}

/// Finds out where a letter belongs, and puts it there.
async fn place(app: App, lease: Lease, waiting: Waiting, read: Read) -> Result<()> {
    let shop = lease.shop;
    if let Some((message, why)) = read.bounced(&app, shop) {
        return app
            .write(async move |tx: &mut Tx<'_>| {
                lease.done(tx).await?;
                delivery::came_back(tx, shop, message, &why).await?;
                letters::save(tx, &Letter { state: State::Noted, message: Some(message), ..waiting.row.clone() }).await
            })
            .await;
    }
    let asked = read.clone();
    let author = app.write(async move |tx: &mut Tx<'_>| author(tx, shop, &asked).await).await?;
    let mut files = Vec::new();
    // whom the shop does not hear stores nothing here
    if let Some(author) = author {
        for one in read.files.iter() {
            match file::keep(&app, &Actor::customer(shop, author), &one.name, one.content.clone()).await {
                Ok(stored) => files.push(stored),
                // what is too large or of no kind we show lies in the letter
                Err(Error::Invalid(_) | Error::TooLarge(_)) => (),
                Err(error) => return Err(error),
            }
        }
    }
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        match author {
            // looked at here once more: the same letter may come to two mailboxes at the same moment
            Some(author) if !is_there(tx, shop, &read).await? => put(tx, &waiting, &read, author, files.clone()).await,
            _ => leave_out(tx, &waiting.row, &read).await,
        }
    })
    .await
}

/// Whether the same letter stands in a conversation already.
async fn is_there(tx: &mut Tx<'_>, shop: ShopId, read: &Read) -> Result<bool> {
    Ok(!read.letter.id_is_made_up && letters::by_name(tx, shop, &name_key(&read.letter.id)).await?.is_some())
}

/// Who wrote it; none where it is ours, is there already, or comes from somebody the shop does not hear.
async fn author(tx: &mut Tx<'_>, shop: ShopId, read: &Read) -> Result<Option<CustomerId>> {
    let is_ours = read.automatic.as_ref().is_some_and(|found| found.kind == Kind::Own);
    if is_ours || is_there(tx, shop, read).await? {
        return Ok(None);
    }
    let Some(from) = read.letter.from() else { return Ok(None) };
    let customer: Customer = customers::writes(tx, shop, from.email.clone(), from.name.clone(), read.verdict == Verdict::Proved).await?;
    Ok((customer.blocked_at.is_none() && customer.erased_at.is_none()).then_some(customer.id))
}

/// That it came is all that is kept.
async fn leave_out(tx: &mut Tx<'_>, row: &Letter, read: &Read) -> Result<()> {
    if let Some(key) = &row.key {
        files::release(tx, key.parse()?).await?;
    }
    letters::save(tx, &Letter { state: State::LeftOut, key: None, name_key: Some(name_key(&read.letter.id)), ..row.clone() }).await
}

async fn put(tx: &mut Tx<'_>, waiting: &Waiting, read: &Read, author: CustomerId, files: Vec<StoredFile>) -> Result<()> {
    let Waiting { row, mailbox, ours } = waiting;
    let (shop, quiet) = (row.shop, read.automatic.is_some());
    let Placement { place, is_new_topic, .. } = find(tx, shop, read).await?;
    let (into, follows, doubt) = match place {
        Place::Conversation(id) if goes_on(tx, shop, id, quiet).await? => (Some(id), None, is_new_topic.then_some(Doubt::NewTopic)),
        Place::Conversation(id) => (None, Some(id), None),
        Place::NewBeside(id) => (None, Some(id), Some(Doubt::SameAs(id))),
        Place::New => (None, None, None),
    };
    let doubt = doubt.filter(|_| !quiet);
    let incoming = Incoming { text: read.text.clone(), files, quiet, doubt, ..Incoming::of(shop, author, NAME, row.id.to_string()) };
    let subject = Some(read.subject.clone()).filter(|subject| !subject.is_empty());
    let department = mailbox.as_ref().and_then(|mailbox| mailbox.settings.department);
    let accepted = match into {
        Some(id) => message::arrive(tx, id, incoming).await?,
        None => message::open(tx, incoming, Opening { subject, department, follows, ..Opening::default() }).await?,
    };
    let conversation = accepted.conversation;
    let before = threads::thread(tx, shop, conversation.id).await?;
    let (customer, customer_first) = match &before {
        Some(thread) => (thread.customer, thread.customer_first),
        None => (conversation.customer, conversation.customer_first),
    };
    let mut facts = before.map_or_else(Facts::default, |thread| thread.facts).after(&read.letter, ours);
    if author != customer_first {
        facts = facts.with_guest(author, &read.letter);
    }
    threads::put(tx, &Thread { shop, conversation: conversation.id, mailbox: row.mailbox, customer, customer_first, facts }).await?;
    let whose = customers::by_id(tx, shop, author).await?.person();
    let taken = Letter {
        state: State::TakenIn,
        name_key: Some(name_key(&read.letter.id)),
        customer: Some(whose),
        customer_first: Some(author),
        conversation: Some(conversation.id),
        message: Some(accepted.message.id),
        ..row.clone()
    };
    letters::save(tx, &taken).await
}

/// Whether a conversation a letter points at can be gone on with: else another is begun.
async fn goes_on(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId, quiet: bool) -> Result<bool> {
    let conversation = inbox::conversation::by_id(tx, shop, id).await?;
    Ok(conversation.erased_at.is_none() && message::goes_on(tx, &conversation, quiet).await?)
}

/// Where it belongs, by the first of its hints that leads anywhere.
async fn find(tx: &mut Tx<'_>, shop: ShopId, read: &Read) -> Result<Placement> {
    let mut found = None;
    for hint in &read.hints {
        if let Some(conversation) = leads_to(tx, shop, &hint.target).await? {
            found = Some((hint, conversation));
            break;
        }
    }
    let known = |hint: &Hint| found.as_ref().filter(|(first, _)| *first == hint).map(|(_, conversation)| conversation.clone());
    Ok(thread::place(&read.letter, read.automatic.as_ref(), &read.hints, known))
}

async fn leads_to(tx: &mut Tx<'_>, shop: ShopId, target: &Target) -> Result<Option<Conversation>> {
    let id = match target {
        Target::Conversation(id) => Some(*id),
        Target::Message(id) => message::conversation_of(tx, shop, *id).await?,
        Target::Letter(id) => letters::by_name(tx, shop, &name_key(id)).await?.and_then(|letter| letter.conversation),
        Target::Number(number) => inbox::conversation::by_number(tx, shop, *number as i64).await?.map(|one| one.id),
    };
    let Some(id) = id else { return Ok(None) };
    let mut conversation = match inbox::conversation::by_id(tx, shop, id).await {
        Err(Error::NotFound(_)) => return Ok(None),
        found => found?,
    };
    // what was joined is gone on with where it stands now
    while let Some(joined) = conversation.joined {
        conversation = inbox::conversation::by_id(tx, shop, joined).await?;
    }
    let id = conversation.id;
    let thread = threads::thread(tx, shop, id).await?;
    Ok(Some(match thread {
        Some(thread) => Conversation { id, participants: thread.facts.participants, subject: thread.facts.subject },
        None => Conversation { id, participants: Vec::new(), subject: conversation.subject },
    }))
}
