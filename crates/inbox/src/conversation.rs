//! A conversation: where a request stands, and whose it is.

use kernel::{
    ConversationId, CustomerId, DepartmentId, Error, Language, MemberId, Result, ShopId, TagId, Timestamp, conflict, invalid, say,
};
use platform::{Agent, Tx, event::Acting, keyed};
use serde::{Deserialize, Serialize};

use crate::{
    call::PhoneCall,
    events::{ConversationAssigned, ConversationChanged, ConversationMarkedSpam, ConversationReopened, ConversationResolved},
    message::{self, Fact},
    store,
};

keyed! {
    /// Where a conversation stands.
    pub enum Status {
        /// The customer waits for us.
        Open = "open",
        /// We wait for the customer.
        Waiting = "waiting",
        /// Put aside until a moment, or until the customer writes.
        Snoozed = "snoozed",
        Resolved = "resolved",
        Spam = "spam",
    }
}

keyed! {
    /// The list a conversation is found in.
    pub enum Folder {
        Active = "active",
        Snoozed = "snoozed",
        Resolved = "resolved",
        Spam = "spam",
    }
}

keyed! {
    /// How much it presses.
    #[derive(Default)]
    pub enum Priority {
        Low = "low",
        #[default]
        Normal = "normal",
        High = "high",
        Urgent = "urgent",
    }
}

keyed! {
    /// Who said the last thing.
    pub enum Side {
        Customer = "customer",
        Agent = "agent",
        System = "system",
    }
}

/// The beginning of the last thing said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub text: String,
    pub by: Side,
    pub at: Timestamp,
    /// Where it was said by telephone.
    pub call: Option<PhoneCall>,
}

/// The shop's page a customer wrote from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PageVisited {
    pub url: String,
    #[serde(default)]
    pub title: Option<String>,
}

/// A question asked before the chat, with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreChatAnswer {
    pub question: String,
    pub answer: String,
}

/// A conversation.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub shop: ShopId,
    pub id: ConversationId,
    /// Counted per shop, for people to name it by.
    pub number: i64,
    /// Whose it is today.
    pub customer: CustomerId,
    /// As whose it came, and who may read it in a chat window.
    pub customer_first: CustomerId,
    pub channel: String,
    /// Whether everybody reads what is written in it: a comment under a post, a mention.
    pub public: bool,
    /// The one it goes on with: what was said there is over, or went on here.
    pub follows: Option<ConversationId>,
    /// The one what was said in it stands in now.
    pub joined: Option<ConversationId>,
    /// The customer's own id of their opening message: opening twice opens once.
    pub start_key: String,
    pub subject: String,
    pub status: Status,
    pub snoozed_until: Option<Timestamp>,
    pub assignee: Option<MemberId>,
    pub department: Option<DepartmentId>,
    pub priority: Priority,
    pub language: Option<Language>,
    pub preview: Preview,
    /// Messages of the customer no member has seen.
    pub unread: i64,
    /// The number of the last entry.
    pub last_seq: i64,
    /// Up to where members have read.
    pub read_seq: i64,
    /// Up to where the customer's device has received.
    pub received_seq: i64,
    /// Up to where the customer has read.
    pub customer_seq: i64,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    /// How long they waited for the first answer of a person, in microseconds.
    pub first_answer_in: Option<i64>,
    pub page: Option<PageVisited>,
    pub answers: Vec<PreChatAnswer>,
    /// Since when nothing is known of what was said in it.
    pub erased_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub version: i64,
}

/// What can befall a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    CustomerWrote,
    MemberReplied,
    Snooze { until: Timestamp, now: Timestamp },
    Wake,
    Resolve,
    Reopen,
    MarkSpam,
    UnmarkSpam,
}

impl Status {
    /// The list this status belongs to.
    pub fn folder(self) -> Folder {
        match self {
            Status::Open | Status::Waiting => Folder::Active,
            Status::Snoozed => Folder::Snoozed,
            Status::Resolved => Folder::Resolved,
            Status::Spam => Folder::Spam,
        }
    }

    /// The only way a status follows from another.
    fn next(self, step: Step) -> Result<Status> {
        use Status::*;
        Ok(match (self, step) {
            (_, Step::Snooze { until, now }) if until <= now => return Err(invalid("until", say!("snooze-in-past"))),
            (Open | Waiting | Snoozed, Step::Snooze { .. }) => Snoozed,
            // what spammers write stays where nobody is bothered by it
            (Spam, Step::CustomerWrote) => Spam,
            (_, Step::CustomerWrote) | (Snoozed, Step::Wake) | (Resolved, Step::Reopen) | (Spam, Step::UnmarkSpam) => Open,
            (Open | Waiting | Snoozed | Resolved, Step::MemberReplied) => Waiting,
            (Open | Waiting | Snoozed, Step::Resolve) => Resolved,
            (Open | Waiting | Snoozed | Resolved, Step::MarkSpam) => Spam,
            (from, step) => return Err(conflict(say!("step-not-possible", status = from.key(), step = step.key()))),
        })
    }
}

impl Step {
    /// By which the sentence about a step that is not possible chooses its words.
    fn key(self) -> &'static str {
        match self {
            Step::CustomerWrote => "write",
            Step::MemberReplied => "reply",
            Step::Snooze { .. } => "snooze",
            Step::Wake => "wake",
            Step::Resolve => "resolve",
            Step::Reopen => "reopen",
            Step::MarkSpam => "mark-spam",
            Step::UnmarkSpam => "unmark-spam",
        }
    }
}

impl Conversation {
    /// The only way a conversation changes state.
    pub fn next(mut self, step: Step, now: Timestamp) -> Result<Conversation> {
        self.status = self.status.next(step)?;
        self.snoozed_until = if let Step::Snooze { until, .. } = step { Some(until) } else { None };
        if step == Step::MemberReplied {
            self.first_answer_in = self.first_answer_in.or(self.waiting_since.map(|since| now - since));
        }
        self.resolved_at = (self.status == Status::Resolved).then_some(now);
        self.waiting_since = match (step, self.status) {
            (Step::CustomerWrote, Status::Open) => self.waiting_since.or(Some(now)),
            (Step::MemberReplied | Step::Resolve | Step::MarkSpam, _) => None,
            _ => self.waiting_since,
        };
        Ok(self)
    }

    /// Nothing more is said in a conversation whose customer was erased.
    ///
    /// Errors: `Conflict` of the kind `customer_erased`.
    pub fn must_be_known(&self) -> Result<()> {
        if self.erased_at.is_some() {
            Err(Error::Conflict { kind: "customer_erased", detail: say!("conversation-erased") })
        } else {
            Ok(())
        }
    }

    /// The number for the next entry.
    pub fn take_seq(&mut self) -> i64 {
        self.last_seq += 1;
        self.last_seq
    }

    /// Says this is the last thing that happened in it.
    pub fn show(&mut self, text: &str, by: Side, at: Timestamp) {
        let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
        self.preview = Preview { text, by, at, call: None };
        self.changed_at = at;
    }
}

/// A conversation of this shop.
///
/// Errors: `NotFound`.
pub async fn by_id(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<Conversation> {
    store::conversation(tx, shop, id).await
}

/// The conversation people call by this number.
pub async fn by_number(tx: &mut Tx<'_>, shop: ShopId, number: i64) -> Result<Option<Conversation>> {
    store::by_number(tx, shop, number).await
}

/// Gives a conversation to a member, a department, both or nobody.
///
/// Errors: `Invalid` when there is no such active member or department.
pub async fn assign(
    tx: &mut Tx<'_>,
    who: &Agent,
    id: ConversationId,
    member: Option<MemberId>,
    department: Option<DepartmentId>,
) -> Result<Conversation> {
    let mut after = by_id(tx, who.shop, id).await?;
    if (after.assignee, after.department) == (member, department) {
        return Ok(after);
    }
    if let Some(member) = member.filter(|m| after.assignee != Some(*m))
        && !can_take(tx, who.shop, member).await?
    {
        return Err(invalid("member", say!("member-cannot-take")));
    }
    team::department::must_be_there(tx, who.shop, department.filter(|d| after.department != Some(*d))).await?;
    let (assignee_changed, department_changed) = (after.assignee != member, after.department != department);
    (after.assignee, after.department) = (member, department);
    if assignee_changed {
        message::record(tx, who, &mut after, Fact::Assigned { member }).await?;
    }
    if department_changed {
        message::record(tx, who, &mut after, Fact::Department { department }).await?;
    }
    store::save(tx, &mut after).await?;
    tx.announce(
        who,
        ConversationAssigned { conversation: id, customer: after.customer, customer_first: after.customer_first, member, department },
    )
    .await?;
    Ok(after)
}

/// Whether a member of this shop is there to take something on.
pub(crate) async fn can_take(tx: &mut Tx<'_>, shop: ShopId, member: MemberId) -> Result<bool> {
    Ok(team::member::names(tx, shop, &[member]).await?.get(&member).is_some_and(|member| member.active))
}

/// Says how much a conversation presses.
pub async fn prioritise(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, priority: Priority) -> Result<Conversation> {
    let mut after = by_id(tx, who.shop, id).await?;
    if after.priority == priority {
        return Ok(after);
    }
    after.priority = priority;
    message::record(tx, who, &mut after, Fact::Priority { priority }).await?;
    store::save(tx, &mut after).await?;
    tx.announce(who, ConversationChanged { conversation: id }).await?;
    Ok(after)
}

/// Replaces a conversation's tags.
///
/// Errors: `Invalid` when one of them does not exist.
pub async fn tag(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, tags: &[TagId]) -> Result<Conversation> {
    let mut after = by_id(tx, who.shop, id).await?;
    let before = store::tags_of(tx, who.shop, id).await?;
    let known = store::tags(tx, who.shop).await?;
    if tags.iter().any(|tag| !known.iter().any(|t| t.id == *tag)) {
        return Err(invalid("tags", say!("tag-deleted")));
    }
    let added: Vec<_> = tags.iter().filter(|t| !before.contains(t)).copied().collect();
    let removed: Vec<_> = before.iter().filter(|t| !tags.contains(t)).copied().collect();
    if added.is_empty() && removed.is_empty() {
        return Ok(after);
    }
    store::set_tags(tx, who.shop, id, &added, &removed).await?;
    message::record(tx, who, &mut after, Fact::Tags { added, removed }).await?;
    store::save(tx, &mut after).await?;
    tx.announce(who, ConversationChanged { conversation: id }).await?;
    Ok(after)
}

/// Settles the matter. Settling it again changes nothing.
pub async fn resolve(tx: &mut Tx<'_>, who: &impl Acting, id: ConversationId) -> Result<Conversation> {
    let before = by_id(tx, who.actor().shop, id).await?;
    if before.status == Status::Resolved {
        return Ok(before);
    }
    let now = tx.now();
    let mut after = before.next(Step::Resolve, now)?;
    message::record(tx, who, &mut after, Fact::Resolved).await?;
    store::settle_doubts(tx, after.shop, id).await?;
    store::save(tx, &mut after).await?;
    tx.announce(who, ConversationResolved { conversation: id, customer: after.customer, customer_first: after.customer_first }).await?;
    Ok(after)
}

/// Takes a settlement back.
pub async fn reopen(tx: &mut Tx<'_>, who: &impl Acting, id: ConversationId) -> Result<Conversation> {
    let now = tx.now();
    let mut after = by_id(tx, who.actor().shop, id).await?.next(Step::Reopen, now)?;
    message::record(tx, who, &mut after, Fact::Reopened).await?;
    after.changed_at = now;
    store::save(tx, &mut after).await?;
    tx.announce(who, ConversationReopened { conversation: id, customer: after.customer, customer_first: after.customer_first }).await?;
    Ok(after)
}

/// Moves a conversation to spam, or back.
pub async fn mark_spam(tx: &mut Tx<'_>, who: &impl Acting, id: ConversationId, spam: bool) -> Result<Conversation> {
    let before = by_id(tx, who.actor().shop, id).await?;
    if (before.status == Status::Spam) == spam {
        return Ok(before);
    }
    let step = if spam { Step::MarkSpam } else { Step::UnmarkSpam };
    let mut after = before.next(step, tx.now())?;
    message::record(tx, who, &mut after, Fact::Spam { spam }).await?;
    store::settle_doubts(tx, after.shop, id).await?;
    store::save(tx, &mut after).await?;
    tx.announce(who, ConversationMarkedSpam { conversation: id, spam }).await?;
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::{Status::*, Step::*, *};

    #[test]
    fn every_step_from_every_status_is_decided() {
        let now = Timestamp::from_micros(1_000);
        let snooze = Snooze { until: now + 1, now };
        for (step, after) in [
            //                 open            waiting         snoozed         resolved        spam
            (CustomerWrote, [Some(Open), Some(Open), Some(Open), Some(Open), Some(Spam)]),
            (MemberReplied, [Some(Waiting), Some(Waiting), Some(Waiting), Some(Waiting), None]),
            (snooze, [Some(Snoozed), Some(Snoozed), Some(Snoozed), None, None]),
            (Snooze { until: now, now }, [None, None, None, None, None]),
            (Wake, [None, None, Some(Open), None, None]),
            (Resolve, [Some(Resolved), Some(Resolved), Some(Resolved), None, None]),
            (Reopen, [None, None, None, Some(Open), None]),
            (MarkSpam, [Some(Spam), Some(Spam), Some(Spam), Some(Spam), None]),
            (UnmarkSpam, [None, None, None, None, Some(Open)]),
        ] {
            for (from, expected) in [Open, Waiting, Snoozed, Resolved, Spam].into_iter().zip(after) {
                assert_eq!(from.next(step).ok(), expected, "{from} {step:?}");
            }
        }
    }
}
