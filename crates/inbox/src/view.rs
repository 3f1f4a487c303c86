//! Conversations as the console sees them, put together from this room and the ones below, one call per room.

use std::collections::HashMap;

use commerce::Card;
use customers::{CustomerView, Person, Profile};
use kernel::{ConversationId, CustomerId, DepartmentId, Language, MemberId, MessageId, Result, ShopId, TagId, Timestamp, say};
use platform::{App, Tx, event::ActorKind};
use serde::Serialize;
use team::member::Member;
use utoipa::ToSchema;

use crate::{
    call::PhoneCall,
    conversation::{Conversation, PageVisited, PreChatAnswer, Priority, Side, Status},
    doubt::Doubt,
    draft::{Draft, DraftKind},
    file::FileView,
    message::{Altered, Fact, Kind, Message, State},
    store,
};

/// Whom a conversation is with, as lists show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerName {
    pub id: CustomerId,
    pub name: String,
    /// Whether they were erased; the name says nothing then.
    pub erased: bool,
}

/// The beginning of the last thing said.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LastSaid {
    pub text: String,
    pub by: Side,
    pub at: Timestamp,
    /// Where it was said by telephone; the text says nothing then.
    #[schema(required)]
    pub call: Option<PhoneCall>,
}

/// A conversation as lists show it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConversationRow {
    pub id: ConversationId,
    pub number: i64,
    pub customer: CustomerName,
    pub channel: String,
    /// Whether everybody reads what is written in it.
    pub public: bool,
    pub subject: String,
    pub preview: LastSaid,
    pub status: Status,
    #[schema(required)]
    pub snoozed_until: Option<Timestamp>,
    #[schema(required)]
    pub assignee: Option<MemberId>,
    #[schema(required)]
    pub department: Option<DepartmentId>,
    pub priority: Priority,
    pub tags: Vec<TagId>,
    /// Messages of the customer no member has seen.
    pub unread: i64,
    #[schema(required)]
    pub language: Option<Language>,
    /// Since when the customer waits for an answer.
    #[schema(required)]
    pub waiting_since: Option<Timestamp>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub version: i64,
}

impl ConversationRow {
    fn new(tags: Vec<TagId>, customer: &Person, c: Conversation) -> Self {
        ConversationRow {
            id: c.id,
            number: c.number,
            customer: CustomerName { id: customer.id, name: customer.display_name(), erased: customer.erased_at.is_some() },
            channel: c.channel,
            public: c.public,
            subject: c.subject,
            preview: LastSaid { text: c.preview.text, by: c.preview.by, at: c.preview.at, call: c.preview.call },
            status: c.status,
            snoozed_until: c.snoozed_until,
            assignee: c.assignee,
            department: c.department,
            priority: c.priority,
            tags,
            unread: c.unread,
            language: c.language,
            waiting_since: c.waiting_since,
            created_at: c.created_at,
            changed_at: c.changed_at,
            version: c.version,
        }
    }
}

/// A member's unsent text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DraftView {
    pub kind: DraftKind,
    pub html: String,
    pub at: Timestamp,
}

/// Another conversation, as it is referred to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConversationRef {
    pub id: ConversationId,
    pub number: i64,
    pub channel: String,
}

/// A message that may belong elsewhere.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DoubtView {
    pub message: MessageId,
    /// Where it may belong; null where it may begin a conversation of its own.
    #[schema(required)]
    pub other: Option<ConversationRef>,
}

impl From<&Conversation> for ConversationRef {
    fn from(c: &Conversation) -> Self {
        ConversationRef { id: c.id, number: c.number, channel: c.channel.clone() }
    }
}

/// A conversation as its page shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConversationView {
    #[serde(flatten)]
    pub row: ConversationRow,
    pub person: CustomerView,
    #[schema(required)]
    pub draft: Option<DraftView>,
    /// The one it goes on with.
    #[schema(required)]
    pub follows: Option<ConversationRef>,
    /// The one what was said in it stands in now.
    #[schema(required)]
    pub joined: Option<ConversationRef>,
    /// Messages of which it is not sure that they belong here.
    pub doubts: Vec<DoubtView>,
    pub last_seq: i64,
    /// Up to where members have read.
    pub read_seq: i64,
    /// Up to where the customer has read.
    pub customer_read_seq: i64,
    #[schema(required)]
    pub page: Option<PageVisited>,
    pub answers: Vec<PreChatAnswer>,
}

/// Who wrote an entry.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuthorView {
    pub kind: ActorKind,
    #[schema(value_type = Option<String>, required)]
    pub id: Option<String>,
    #[schema(required)]
    pub name: Option<String>,
}

/// An entry of a conversation as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MessageView {
    pub id: MessageId,
    pub seq: i64,
    pub kind: Kind,
    pub author: AuthorView,
    pub text: String,
    /// Sanitised; only what members wrote has it.
    #[schema(required)]
    pub html: Option<String>,
    pub files: Vec<FileView>,
    /// Products it shows, as they were when it was written.
    pub products: Vec<Card>,
    pub mentions: Vec<MemberId>,
    /// What its channel’s partner calls the template it was sent as.
    #[schema(required)]
    pub template: Option<String>,
    #[schema(required)]
    pub event: Option<Fact>,
    /// What its author has done to it since.
    #[schema(required)]
    pub altered: Option<Altered>,
    pub state: State,
    /// Why it has not left, or nobody knows whether it has.
    #[schema(required)]
    pub fault: Option<String>,
    /// When a held answer leaves.
    #[schema(required)]
    pub sends_at: Option<Timestamp>,
    #[schema(required)]
    pub client_id: Option<String>,
    pub at: Timestamp,
}

/// Rows for a list.
pub async fn rows(tx: &mut Tx<'_>, shop: ShopId, conversations: Vec<Conversation>) -> Result<Vec<ConversationRow>> {
    let ids: Vec<ConversationId> = conversations.iter().map(|c| c.id).collect();
    let mut tags = store::tags_of_each(tx, shop, &ids).await?;
    let ids: Vec<CustomerId> = conversations.iter().map(|c| c.customer_first).collect();
    let customers = customers::by_ids(tx, shop, &ids).await?;
    let row = |c: Conversation| Some(ConversationRow::new(tags.remove(&c.id).unwrap_or_default(), customers.get(&c.customer_first)?, c));
    Ok(conversations.into_iter().filter_map(row).collect())
}

/// The row of one conversation, as every change of it answers.
pub async fn row(tx: &mut Tx<'_>, conversation: Conversation) -> Result<ConversationRow> {
    let tags = store::tags_of(tx, conversation.shop, conversation.id).await?;
    let customer = customers::person::by_id(tx, conversation.shop, conversation.customer_first).await?;
    Ok(ConversationRow::new(tags, &customer, conversation))
}

/// What a conversation's page needs beside its entries.
pub struct Page {
    conversation: Conversation,
    tags: Vec<TagId>,
    profile: Profile,
    draft: Option<Draft>,
    beside: Beside,
}

/// The other conversations that are referred to.
struct Beside {
    follows: Option<ConversationRef>,
    joined: Option<ConversationRef>,
    doubts: Vec<DoubtView>,
}

impl Beside {
    async fn load(tx: &mut Tx<'_>, of: &Conversation) -> Result<Beside> {
        let mut doubts = Vec::new();
        for (message, doubt) in store::doubts(tx, of.shop, of.id).await? {
            let other = if let Doubt::SameAs(other) = doubt { Some(other) } else { None };
            doubts.push(DoubtView { message, other: referred(tx, of.shop, other).await? });
        }
        Ok(Beside { follows: referred(tx, of.shop, of.follows).await?, joined: referred(tx, of.shop, of.joined).await?, doubts })
    }
}

async fn referred(tx: &mut Tx<'_>, shop: ShopId, id: Option<ConversationId>) -> Result<Option<ConversationRef>> {
    match id {
        Some(id) => Ok(Some(ConversationRef::from(&store::conversation(tx, shop, id).await?))),
        None => Ok(None),
    }
}

impl Page {
    pub async fn load(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, id: ConversationId) -> Result<Page> {
        let conversation = store::conversation(tx, shop, id).await?;
        let tags = store::tags_of(tx, shop, id).await?;
        let profile = Profile::by_id(tx, shop, conversation.customer_first).await?;
        let draft = store::draft(tx, shop, id, member).await?;
        let beside = Beside::load(tx, &conversation).await?;
        Ok(Page { conversation, tags, profile, draft, beside })
    }

    pub fn view(self, app: &App) -> ConversationView {
        let c = &self.conversation;
        let (last_seq, read_seq, customer_read_seq) = (c.last_seq, c.read_seq, c.customer_seq);
        let (page, answers) = (c.page.clone(), c.answers.clone());
        ConversationView {
            row: ConversationRow::new(self.tags, &self.profile.person, self.conversation),
            person: CustomerView::new(app, self.profile),
            draft: self.draft.map(|d| DraftView { kind: d.kind, html: d.html, at: d.at }),
            follows: self.beside.follows,
            joined: self.beside.joined,
            doubts: self.beside.doubts,
            last_seq,
            read_seq,
            customer_read_seq,
            page,
            answers,
        }
    }
}

/// Entries with the names of those who wrote them.
pub struct Entries {
    messages: Vec<Message>,
    members: HashMap<MemberId, Member>,
    customers: HashMap<CustomerId, Person>,
}

impl Entries {
    pub async fn load(tx: &mut Tx<'_>, shop: ShopId, messages: Vec<Message>) -> Result<Entries> {
        let members: Vec<MemberId> = messages.iter().filter_map(Message::member).collect();
        let customers: Vec<CustomerId> =
            messages.iter().filter(|m| m.author.kind == ActorKind::Customer).filter_map(|m| m.author.id.map(CustomerId::from)).collect();
        let members = team::member::names(tx, shop, &members).await?;
        let customers = customers::by_ids(tx, shop, &customers).await?;
        Ok(Entries { messages, members, customers })
    }

    pub fn views(self, app: &App) -> Vec<MessageView> {
        let Entries { messages, members, customers } = self;
        messages.into_iter().map(|m| view(app, m, &members, &customers)).collect()
    }

    /// The view of the only entry.
    pub fn only(self, app: &App) -> Result<MessageView> {
        self.views(app).pop().ok_or(kernel::Error::NotFound(say!("message-not-found")))
    }
}

fn view(app: &App, m: Message, members: &HashMap<MemberId, Member>, customers: &HashMap<CustomerId, Person>) -> MessageView {
    let author = match (m.author.kind, m.author.id) {
        (kind @ ActorKind::Customer, Some(id)) => {
            let id = CustomerId::from(id);
            AuthorView { kind, id: Some(id.to_string()), name: customers.get(&id).map(|person| person.display_name()) }
        }
        (kind @ ActorKind::Member, Some(id)) => {
            let id = MemberId::from(id);
            AuthorView { kind, id: Some(id.to_string()), name: members.get(&id).map(|member| member.name.clone()) }
        }
        (kind, _) => AuthorView { kind, id: None, name: None },
    };
    let files = m.files.iter().map(|file| FileView::new(app, m.shop, file)).collect();
    MessageView {
        id: m.id,
        seq: m.seq,
        kind: m.kind,
        author,
        text: m.text,
        html: m.html,
        files,
        products: m.products,
        mentions: m.mentions,
        template: m.template.map(|template| template.name),
        event: m.fact,
        altered: m.altered,
        state: m.state,
        fault: m.fault,
        sends_at: m.sends_at,
        client_id: m.client_id,
        at: m.at,
    }
}
