//! Answers and notes: how what a member writes is held, queued, taken back.

use commerce::Card;
use kernel::{ConversationId, Error, MemberId, MessageId, ProductId, Result, ShopId, say, seconds};
use platform::{
    Agent, Tx,
    event::{Acting, Actor, ActorKind},
    html,
    job::When,
};

use crate::{
    call,
    conversation::{self, Conversation, Side, Status, Step},
    delivery::{Deliver, Release},
    events::{ConversationAssigned, MessageHeld, MessageQueued, MessageWithdrawn, NoteAdded},
    file::StoredFile,
    message::{Accepted, Afterwards, Fact, Kind, Message, SentTemplate, State, record},
    public::{self, Publicity},
    snooze, store,
};

/// What a member sends.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub client_id: String,
    pub text: String,
    pub html: String,
    pub files: Vec<StoredFile>,
    /// Products to show the customer.
    pub products: Vec<ProductId>,
    pub mentions: Vec<MemberId>,
    /// What the channel sends in place of the text.
    pub template: Option<SentTemplate>,
    /// What the sender knows of who reads it.
    pub publicity: Publicity,
    /// The last entry the member had seen: what colleagues answered after it stops this answer.
    pub seen_seq: i64,
    /// Seconds in which it can be taken back.
    pub hold: i64,
    pub afterwards: Afterwards,
}

impl Outgoing {
    /// A text and nothing else, sent at once by somebody who has seen all there is.
    pub fn plain(client_id: &str, text: &str) -> Outgoing {
        Outgoing {
            client_id: client_id.to_owned(),
            html: html::from_text(text),
            text: text.to_owned(),
            files: Vec::new(),
            products: Vec::new(),
            mentions: Vec::new(),
            template: None,
            publicity: Publicity::default(),
            seen_seq: i64::MAX,
            hold: 0,
            afterwards: Afterwards::Nothing,
        }
    }
}

/// Answers the customer. The same `client_id` answers once.
///
/// Errors: `Conflict` of the kind `answered_meanwhile` when a colleague answered after `seen_seq`, of the kind `no_text_by_phone`
/// where they are called; those of [`public::must_be_meant_for_all`] where everybody reads it.
pub async fn reply(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, out: Outgoing) -> Result<Accepted> {
    let mut conversation = store::conversation(tx, who.shop, id).await?;
    if let Some(message) = store::message_once(tx, who.shop, id, &out.client_id).await? {
        return Ok(Accepted { conversation, message, fresh: false });
    }
    conversation.must_be_known()?;
    if conversation.channel == call::CHANNEL {
        return Err(Error::Conflict { kind: "no_text_by_phone", detail: say!("no-text-by-phone") });
    }
    public::must_be_meant_for_all(tx, &conversation, &out).await?;
    if store::answered_by_another(tx, who.shop, id, who.id, out.seen_seq).await? {
        return Err(Error::Conflict { kind: "answered_meanwhile", detail: say!("answered-meanwhile") });
    }
    let now = tx.now();
    // refuses early what could not be sent later
    conversation.clone().next(Step::MemberReplied, now)?;
    let products = cards(tx, &conversation, &out.products).await?;
    let author = Actor { shop: who.shop, kind: ActorKind::Member, id: Some(who.id.into()) };
    let mut message = Message::new(tx, &mut conversation, Kind::Reply, author, out.text);
    message.html = Some(out.html);
    message.files = out.files;
    message.products = products;
    message.template = out.template;
    message.client_id = Some(out.client_id);
    message.afterwards = out.afterwards;
    message.sends_at = (out.hold > 0).then(|| now + seconds(out.hold));
    message.state = if out.hold > 0 { State::Held } else { State::Queued };
    store::insert_message(tx, &message).await?;
    store::remove_draft(tx, who.shop, id, who.id).await?;
    match message.sends_at {
        Some(at) => {
            store::save(tx, &mut conversation).await?;
            tx.enqueue(who.shop, &Release { message: message.id }, When::at(at).lane(id)).await?;
            tx.announce(who, MessageHeld { conversation: id, message: message.id }).await?;
        }
        None => queue(tx, who, &mut conversation, &mut message).await?,
    }
    Ok(Accepted { conversation, message, fresh: true })
}

/// The products an entry shows, in the language that is spoken in its conversation.
async fn cards(tx: &mut Tx<'_>, conversation: &Conversation, products: &[ProductId]) -> Result<Vec<Card>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let language = match conversation.language {
        Some(language) => language,
        None => team::shop::get(tx, conversation.shop).await?.language,
    };
    commerce::cards(tx, conversation.shop, conversation.customer, language, products).await
}

/// Sends an answer on its way: from here on it cannot be taken back.
pub(crate) async fn queue(tx: &mut Tx<'_>, who: &impl Acting, conversation: &mut Conversation, message: &mut Message) -> Result<()> {
    let now = tx.now();
    let Conversation { shop, id, customer, customer_first, department, .. } = *conversation;
    let author = message.member();
    if conversation.assignee.is_none() && author.is_some() {
        // whoever answers takes it on, and is introduced before their words
        conversation.assignee = author;
        record(tx, who, conversation, Fact::Assigned { member: author }).await?;
        let assigned = ConversationAssigned { conversation: id, customer, customer_first, member: author, department };
        tx.announce(who, assigned).await?;
    }
    if message.state == State::Held || message.seq != conversation.last_seq {
        // its place is where it leaves: a window that has heard of the number it was held under would miss it
        message.seq = conversation.take_seq();
        message.at = now;
    }
    message.state = State::Queued;
    store::save_message(tx, message).await?;
    if message.kind == Kind::Reply {
        *conversation = conversation.clone().next(Step::MemberReplied, now)?;
        conversation.show(&message.glimpse(), Side::Agent, now);
        conversation.read_seq = conversation.last_seq;
        conversation.unread = 0;
    }
    store::save(tx, conversation).await?;
    tx.enqueue(shop, &Deliver { message: message.id }, When::default().lane(id)).await?;
    tx.announce(who, MessageQueued { conversation: id, message: message.id, customer, customer_first }).await?;
    match message.afterwards {
        Afterwards::Nothing => (),
        Afterwards::Resolve => *conversation = conversation::resolve(tx, who, id).await?,
        Afterwards::Snooze { until } if until > now => *conversation = snooze::snooze(tx, who, id, until).await?,
        // the time has passed while the answer was held
        Afterwards::Snooze { .. } => (),
    }
    Ok(())
}

/// Takes an answer back while it is held, and gives its text back.
///
/// Errors: `Conflict` when it has left.
pub async fn withdraw(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, message: MessageId) -> Result<Message> {
    let held = store::message(tx, who.shop, message).await?;
    if held.conversation != id || held.author.id != Some(who.id.into()) {
        return Err(Error::NotFound(say!("message-not-found")));
    }
    if held.state != State::Held {
        return Err(kernel::conflict(say!("reply-has-left")));
    }
    store::remove_message(tx, &held).await?;
    tx.announce(who, MessageWithdrawn { conversation: id, message }).await?;
    Ok(held)
}

/// Sends an answer once more that has not arrived, or of which nobody knows whether it has.
///
/// Errors: `Conflict` when it has left, or waits for its turn.
pub async fn send_again(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, message: MessageId) -> Result<Message> {
    let mut message = store::message(tx, who.shop, message).await?;
    if message.conversation != id {
        return Err(Error::NotFound(say!("message-not-found")));
    }
    if !matches!(message.state, State::Failed | State::Unknown) {
        return Err(kernel::conflict(say!("message-not-failed")));
    }
    let conversation = store::conversation(tx, who.shop, id).await?;
    conversation.must_be_known()?;
    (message.state, message.fault) = (State::Queued, None);
    store::save_message(tx, &message).await?;
    tx.enqueue(who.shop, &Deliver { message: message.id }, When::default().lane(id)).await?;
    let Conversation { customer, customer_first, .. } = conversation;
    tx.announce(who, MessageQueued { conversation: id, message: message.id, customer, customer_first }).await?;
    Ok(message)
}

/// Writes a note to colleagues; those it mentions find the conversation under their mentions.
pub async fn note(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, out: Outgoing) -> Result<Accepted> {
    let mut conversation = store::conversation(tx, who.shop, id).await?;
    if let Some(message) = store::message_once(tx, who.shop, id, &out.client_id).await? {
        return Ok(Accepted { conversation, message, fresh: false });
    }
    conversation.must_be_known()?;
    let author = Actor { shop: who.shop, kind: ActorKind::Member, id: Some(who.id.into()) };
    let mut message = Message::new(tx, &mut conversation, Kind::Note, author, out.text);
    message.html = Some(out.html);
    message.files = out.files;
    message.products = cards(tx, &conversation, &out.products).await?;
    message.client_id = Some(out.client_id);
    for member in &out.mentions {
        if !conversation::can_take(tx, who.shop, *member).await? {
            return Err(kernel::invalid("mentions", say!("mentioned-nobody")));
        }
        store::mention(tx, who.shop, *member, id).await?;
    }
    message.mentions = out.mentions;
    store::insert_message(tx, &message).await?;
    store::remove_draft(tx, who.shop, id, who.id).await?;
    store::save(tx, &mut conversation).await?;
    tx.announce(who, NoteAdded { conversation: id, message: message.id, mentions: message.mentions.clone() }).await?;
    Ok(Accepted { conversation, message, fresh: true })
}

/// Answers on Ombud's own behalf; `once` names the occasion, so that it is answered once.
pub async fn answer_automatically(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId, once: &str, text: String) -> Result<()> {
    let mut conversation = store::conversation(tx, shop, id).await?;
    let nobody_hears = conversation.status == Status::Spam || conversation.erased_at.is_some();
    // before everybody only people speak
    if conversation.public || nobody_hears || store::message_once(tx, shop, id, once).await?.is_some() {
        return Ok(());
    }
    let who = Actor::system(shop);
    let mut message = Message::new(tx, &mut conversation, Kind::Auto, who, text);
    message.client_id = Some(once.to_owned());
    store::insert_message(tx, &message).await?;
    queue(tx, &who, &mut conversation, &mut message).await
}
