//! How a conversation begins: with what a customer writes, or with what they are answered elsewhere than where they wrote.

use kernel::{ConversationId, CustomerId, DepartmentId, Language, Result, ShopId};
use platform::{Tx, event::Acting};

use crate::{
    conversation::{Conversation, PageVisited, PreChatAnswer, Preview, Priority, Side, Status},
    events::ConversationStarted,
    store,
};

/// What is known of a conversation before anything is said in it.
#[derive(Debug, Clone)]
pub struct Beginning {
    pub shop: ShopId,
    /// As whom the customer comes, merged into another or not.
    pub customer: CustomerId,
    pub channel: String,
    pub public: bool,
    /// The one it goes on with.
    pub follows: Option<ConversationId>,
    /// Of its opening message: the same key opens once.
    pub key: String,
    pub subject: String,
    pub department: Option<DepartmentId>,
    pub language: Option<Language>,
    pub page: Option<PageVisited>,
    pub answers: Vec<PreChatAnswer>,
}

/// Begins a conversation; its first message follows in the same transaction.
pub async fn begin(tx: &mut Tx<'_>, by: &impl Acting, new: Beginning) -> Result<Conversation> {
    let Beginning { shop, customer, channel, public, follows, key, subject, department, language, page, answers } = new;
    let now = tx.now();
    let conversation = Conversation {
        shop,
        id: tx.new_id(),
        number: store::next_number(tx, shop).await?,
        customer: customers::by_id(tx, shop, customer).await?.person(),
        customer_first: customer,
        channel,
        public,
        follows,
        joined: None,
        start_key: key,
        subject,
        status: Status::Open,
        snoozed_until: None,
        assignee: None,
        department,
        priority: Priority::Normal,
        language,
        preview: Preview { text: String::new(), by: Side::Customer, at: now, call: None },
        unread: 0,
        last_seq: 0,
        read_seq: 0,
        received_seq: 0,
        customer_seq: 0,
        waiting_since: None,
        resolved_at: None,
        first_answer_in: None,
        page,
        answers,
        erased_at: None,
        created_at: now,
        changed_at: now,
        version: 1,
    };
    store::insert_conversation(tx, &conversation).await?;
    let started = ConversationStarted {
        conversation: conversation.id,
        customer: conversation.customer,
        customer_first: customer,
        department,
        channel: conversation.channel.clone(),
    };
    tx.announce(by, started).await?;
    Ok(conversation)
}
