//! What was said with a customer, handed out or forgotten.

use std::collections::BTreeMap;

use kernel::{ConversationId, CustomerId, Error, FileId, Language, Result, ShopId, Timestamp};
use platform::{
    App, Tx,
    archive::Archive,
    db::Lane,
    event::{Actor, ActorKind},
    http,
    job::{Job, JobKind, Lease, When},
    personal_data::PersonalData,
    search,
};
use serde::{Deserialize, Serialize};

use crate::{
    call::PhoneCall,
    conversation::{self, Conversation, PageVisited, PreChatAnswer, Side, Status},
    events::{ConversationChanged, MessageAltered},
    file::{self, StoredFile},
    list::{self, Window},
    message::{Fact, Kind, Message},
    reactions::MESSAGE,
    store,
};

/// This room's part.
pub(crate) fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add_conversations(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(forget(tx, shop, id)),
        holds: |tx, shop, id| Box::pin(store::holds(tx, shop, id)),
        follow: |tx, moved| Box::pin(store::follow(tx, moved)),
    }
}

/// What a conversation's file in the archive says.
#[derive(Serialize)]
struct Told {
    number: i64,
    channel: String,
    public: bool,
    subject: String,
    status: Status,
    language: Option<Language>,
    created_at: Timestamp,
    resolved_at: Option<Timestamp>,
    page: Option<PageVisited>,
    answers: Vec<PreChatAnswer>,
    messages: Vec<Said>,
}

#[derive(Serialize)]
struct Said {
    at: Timestamp,
    kind: Kind,
    by: ActorKind,
    text: String,
    /// Their places in the archive.
    files: Vec<String>,
    products: Vec<String>,
    /// Where it was said by telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<PhoneCall>,
}

/// Messages read at once.
const STRETCH: i64 = 200;

async fn add_conversations(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let (ids, own) = app
        .read(async move |tx: &mut Tx<'_>| {
            let mut ids = store::came_as(tx, shop, customer).await?;
            ids.extend(store::guest_in(tx, shop, customer).await?);
            Ok((ids, store::files_of_customer(tx, shop, customer).await?))
        })
        .await?;
    let mut files: BTreeMap<FileId, StoredFile> = own.into_iter().map(|file| (file.id, file)).collect();
    for id in ids {
        let mut conversation = app.read(async move |tx: &mut Tx<'_>| store::conversation(tx, shop, id).await).await?;
        let mut messages = messages_of(&app, &conversation).await?;
        if conversation.customer_first != customer {
            // of somebody else's only what they said in it
            messages.retain(|message| message.author.kind == ActorKind::Customer && message.author.id == Some(customer.into()));
            (conversation.subject, conversation.page, conversation.answers) = (String::new(), None, Vec::new());
        }
        files.extend(messages.iter().flat_map(|m| &m.files).map(|file| (file.id, file.clone())));
        archive.add_json(&format!("conversations/{}.json", conversation.number), &told(conversation, messages)).await?;
    }
    for file in files.values() {
        match app.files().get(file.key.parse()?).await {
            Ok(bytes) => archive.add(&place(file), &bytes).await?,
            // what the store has lost must not keep everything else from them
            Err(Error::NotFound(_)) => tracing::warn!(file = %file.id, "a file of an archive is not in the store"),
            Err(error) => return Err(error),
        }
    }
    Ok(archive)
}

fn place(file: &StoredFile) -> String {
    format!("files/{}/{}", file.id, file.name)
}

async fn messages_of(app: &App, conversation: &Conversation) -> Result<Vec<Message>> {
    let (shop, id) = (conversation.shop, conversation.id);
    let mut messages: Vec<Message> = Vec::new();
    loop {
        let window = Window::After { seq: messages.last().map_or(0, |m| m.seq), limit: STRETCH };
        let more = app.read(async move |tx: &mut Tx<'_>| list::entries(tx, shop, id, window).await).await?;
        if more.is_empty() {
            return Ok(messages);
        }
        messages.extend(more);
    }
}

fn told(c: Conversation, messages: Vec<Message>) -> Told {
    let said = messages.into_iter().filter(|m| m.kind != Kind::Event).map(|m| Said {
        at: m.at,
        kind: m.kind,
        by: m.author.kind,
        files: m.files.iter().map(place).collect(),
        products: m.products.into_iter().map(|card| card.title).collect(),
        call: if let Some(Fact::Call(call)) = m.fact { Some(call) } else { None },
        text: m.text,
    });
    Told {
        number: c.number,
        channel: c.channel,
        public: c.public,
        subject: c.subject,
        status: c.status,
        language: c.language,
        created_at: c.created_at,
        resolved_at: c.resolved_at,
        page: c.page,
        answers: c.answers,
        messages: said.collect(),
    }
}

async fn forget(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<()> {
    for id in store::came_as(tx, shop, customer).await? {
        forget_conversation(tx, shop, id).await?;
    }
    for id in store::guest_in(tx, shop, customer).await? {
        forget_said(tx, shop, id, customer).await?;
    }
    store::forget_guest(tx, shop, customer).await?;
    for file in store::files_of_customer(tx, shop, customer).await? {
        file::drop_file(tx, shop, file.id, &file.key).await?;
    }
    Ok(())
}

async fn forget_conversation(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<()> {
    let ombud = Actor::system(shop);
    // nobody can be answered any more, so nobody need see to it
    if !matches!(conversation::by_id(tx, shop, id).await?.status, Status::Resolved | Status::Spam) {
        conversation::resolve(tx, &ombud, id).await?;
    }
    for file in store::files_in(tx, shop, id).await? {
        file::take_off(tx, shop, file.id).await?;
    }
    store::erase_conversation(tx, shop, id).await?;
    http::forget_answers(tx, shop, id).await?;
    tx.enqueue(shop, &ForgetWords { conversation: id, after: 0 }, When::default()).await?;
    tx.announce(&ombud, ConversationChanged { conversation: id }).await.map(drop)
}

/// Forgets what somebody said in a conversation of another's, which stays.
async fn forget_said(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId, author: CustomerId) -> Result<()> {
    let mut conversation = store::conversation(tx, shop, id).await?;
    for message in store::said_by(tx, shop, id, author).await? {
        let said = store::message(tx, shop, message).await?;
        if conversation.preview.by == Side::Customer && conversation.preview.at == said.at {
            conversation.preview.text = String::new();
        }
        for file in &said.files {
            file::take_off(tx, shop, file.id).await?;
        }
        store::erase_message(tx, shop, message).await?;
        search::remove(tx, shop, MESSAGE, message.into()).await?;
        tx.announce(&Actor::system(shop), MessageAltered { conversation: id, message }).await?;
    }
    store::save(tx, &mut conversation).await?;
    http::forget_answers(tx, shop, id).await
}

/// Makes what was said in a conversation findable no more, some messages at a time: people wait for no more than these.
#[derive(Serialize, Deserialize)]
struct ForgetWords {
    conversation: ConversationId,
    after: i64,
}
impl Job for ForgetWords {
    const KIND: &'static str = "forget_words";
}

const AT_ONCE: i64 = 100;

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(forget_words)]
}

async fn forget_words(app: App, job: ForgetWords, lease: Lease) -> Result<()> {
    let (shop, ForgetWords { conversation, after }) = (lease.shop, job);
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            let messages = store::numbers_after(tx, shop, conversation, after, AT_ONCE).await?;
            for (message, _) in &messages {
                search::remove(tx, shop, MESSAGE, (*message).into()).await?;
            }
            lease.done(tx).await?;
            match messages.last() {
                Some((_, after)) => tx.enqueue(shop, &ForgetWords { conversation, after: *after }, When::default()).await,
                None => Ok(()),
            }
        })
        .await
}
