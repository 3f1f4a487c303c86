//! Statements on conversations.

use kernel::{ConversationId, Cursor, CustomerId, DepartmentId, MemberId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Json, Row},
    personal_data::Moved,
};

use crate::{
    conversation::{Conversation, Preview},
    list::{Counts, Filter, View},
};

const COLUMNS: &str = "c.shop_id, c.id, c.number, c.customer_id, c.customer_first, c.channel, c.public, c.follows, c.joined, c.start_key, c.subject, c.status, c.snoozed_until, \
                       c.assignee, c.department_id, c.priority, c.language, c.preview_text, c.preview_by, c.preview_at, c.preview_call, c.unread, c.last_seq, \
                       c.read_seq, c.received_seq, c.customer_seq, c.waiting_since, c.resolved_at, c.first_answer_in, c.page, c.answers, c.erased_at, c.created_at, c.changed_at, c.version";

fn read(row: &Row) -> Result<Conversation> {
    let mut c = row.columns();
    Ok(Conversation {
        shop: c.take()?,
        id: c.take()?,
        number: c.take()?,
        customer: c.take()?,
        customer_first: c.take()?,
        channel: c.take()?,
        public: c.take()?,
        follows: c.take()?,
        joined: c.take()?,
        start_key: c.take()?,
        subject: c.take()?,
        status: c.take()?,
        snoozed_until: c.take()?,
        assignee: c.take()?,
        department: c.take()?,
        priority: c.take()?,
        language: c.take()?,
        preview: Preview { text: c.take()?, by: c.take()?, at: c.take()?, call: c.take::<Option<Json<_>>>()?.map(|call| call.0) },
        unread: c.take()?,
        last_seq: c.take()?,
        read_seq: c.take()?,
        received_seq: c.take()?,
        customer_seq: c.take()?,
        waiting_since: c.take()?,
        resolved_at: c.take()?,
        first_answer_in: c.take()?,
        page: c.take::<Json<_>>()?.0,
        answers: c.take::<Json<_>>()?.0,
        erased_at: c.take()?,
        created_at: c.take()?,
        changed_at: c.take()?,
        version: c.take()?,
    })
}

pub async fn conversation(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId) -> Result<Conversation> {
    let sql = format!("SELECT {COLUMNS} FROM inbox_conversations c WHERE c.shop_id = $1 AND c.id = $2");
    read(&tx.found(say!("conversation-not-found"), &sql, &[&shop, &id]).await?)
}

pub async fn by_number(tx: &mut Tx<'_>, shop: ShopId, number: i64) -> Result<Option<Conversation>> {
    let sql = format!("SELECT {COLUMNS} FROM inbox_conversations c WHERE c.shop_id = $1 AND c.number = $2");
    tx.row(&sql, &[&shop, &number]).await?.map(|row| read(&row)).transpose()
}

/// The conversation this opening message has opened already.
pub async fn opened(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId, start_key: &str) -> Result<Option<Conversation>> {
    let sql = format!("SELECT {COLUMNS} FROM inbox_conversations c WHERE c.shop_id = $1 AND c.customer_first = $2 AND c.start_key = $3");
    tx.row(&sql, &[&shop, &first, &start_key]).await?.map(|row| read(&row)).transpose()
}

pub async fn next_number(tx: &mut Tx<'_>, shop: ShopId) -> Result<i64> {
    let sql = "INSERT INTO inbox_numbers (shop_id, last_number) VALUES ($1, 1) \
               ON CONFLICT (shop_id) DO UPDATE SET last_number = inbox_numbers.last_number + 1 RETURNING last_number";
    tx.value(sql, &[&shop]).await
}

pub async fn insert_conversation(tx: &mut Tx<'_>, c: &Conversation) -> Result<()> {
    tx.one(
        "INSERT INTO inbox_conversations (shop_id, id, number, customer_id, customer_first, channel, public, follows, start_key, subject, folder, status, snoozed_until, \
         assignee, department_id, priority, language, preview_text, preview_by, preview_at, preview_call, unread, last_seq, read_seq, received_seq, \
         customer_seq, waiting_since, resolved_at, page, answers, created_at, changed_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)",
        &[
            &c.shop, &c.id, &c.number, &c.customer, &c.customer_first, &c.channel, &c.public, &c.follows, &c.start_key, &c.subject, &c.status.folder(), &c.status,
            &c.snoozed_until, &c.assignee, &c.department, &c.priority, &c.language, &c.preview.text, &c.preview.by, &c.preview.at, &c.preview.call.as_ref().map(Json),
            &c.unread, &c.last_seq, &c.read_seq, &c.received_seq, &c.customer_seq, &c.waiting_since, &c.resolved_at, &Json(&c.page), &Json(&c.answers),
            &c.created_at, &c.changed_at, &c.version,
        ],
    )
    .await
}

/// Saves what can change; the version says that nobody was faster.
pub async fn save(tx: &mut Tx<'_>, c: &mut Conversation) -> Result<()> {
    tx.one(
        "UPDATE inbox_conversations SET folder = $1, status = $2, snoozed_until = $3, assignee = $4, department_id = $5, priority = $6, \
         preview_text = $7, preview_by = $8, preview_at = $9, unread = $10, last_seq = $11, read_seq = $12, received_seq = $13, \
         customer_seq = $14, waiting_since = $15, resolved_at = $16, changed_at = $17, preview_call = $18, subject = $19, joined = $20, \
         first_answer_in = $21, version = version + 1 WHERE shop_id = $22 AND id = $23 AND version = $24",
        &[
            &c.status.folder(),
            &c.status,
            &c.snoozed_until,
            &c.assignee,
            &c.department,
            &c.priority,
            &c.preview.text,
            &c.preview.by,
            &c.preview.at,
            &c.unread,
            &c.last_seq,
            &c.read_seq,
            &c.received_seq,
            &c.customer_seq,
            &c.waiting_since,
            &c.resolved_at,
            &c.changed_at,
            &c.preview.call.as_ref().map(Json),
            &c.subject,
            &c.joined,
            &c.first_answer_in,
            &c.shop,
            &c.id,
            &c.version,
        ],
    )
    .await?;
    c.version += 1;
    Ok(())
}

/// A page of a view, what changed last first.
pub async fn list(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, after: Cursor, limit: i64) -> Result<Vec<Conversation>> {
    // each view but the mentions and the doubtful is one range of one index; `stories::plans` holds it to that
    let place = "(c.changed_at, c.id) < ($2, $3)";
    let (from, wanted, id): (&str, &str, Option<uuid::Uuid>) = match filter.view {
        View::Open => ("", "c.folder = 'active'", None),
        View::Snoozed => ("", "c.folder = 'snoozed'", None),
        View::Resolved => ("", "c.folder = 'resolved'", None),
        View::Spam => ("", "c.folder = 'spam'", None),
        View::Doubtful => ("", "c.id IN (SELECT conversation_id FROM inbox_doubts WHERE shop_id = $1)", None),
        View::All => ("", "1 = 1", None),
        View::Unassigned => ("", "c.assignee IS NULL AND c.folder = 'active'", None),
        View::Mine(member) => ("", "c.assignee = $5 AND c.folder = 'active'", Some(member.into())),
        View::Department(department) => ("", "c.department_id = $5 AND c.folder = 'active'", Some(department.into())),
        View::Mentions(member) => {
            ("JOIN inbox_mentions m ON m.shop_id = c.shop_id AND m.conversation_id = c.id", "m.member_id = $5", Some(member.into()))
        }
        View::Customer(customer) => ("", "c.customer_id = $5", Some(customer.into())),
        // what was said by telephone is not theirs to read: a number proves nobody
        View::CameAs(first) => ("", "c.customer_first = $5 AND c.channel <> 'phone'", Some(first.into())),
    };
    let mut values: Vec<&dyn Bind> = vec![&shop, &after.key, &after.id, &limit];
    values.extend(id.as_ref().map(|id| id as &dyn Bind));
    let mut tagged = String::new();
    if let Some(tag) = &filter.tag {
        values.push(tag);
        tagged = format!(
            "AND EXISTS (SELECT 1 FROM inbox_conversation_tags t WHERE t.shop_id = c.shop_id AND t.conversation_id = c.id AND t.tag_id = ${})",
            values.len()
        );
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM inbox_conversations c {from} WHERE c.shop_id = $1 AND {wanted} AND {place} {tagged} \
         ORDER BY c.changed_at DESC, c.id DESC LIMIT $4"
    );
    tx.rows(&sql, &values).await?.iter().map(read).collect()
}

/// How many conversations wait in each view.
pub async fn counts(tx: &mut Tx<'_>, shop: ShopId, member: MemberId) -> Result<Counts> {
    let mut counts = Counts::default();
    let sql = "SELECT assignee, department_id, COUNT(*) FROM inbox_conversations WHERE shop_id = $1 AND folder = 'active' GROUP BY assignee, department_id";
    for row in tx.rows(sql, &[&shop]).await? {
        let (assignee, department, n): (Option<MemberId>, Option<DepartmentId>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        counts.open += n;
        match assignee {
            None => counts.unassigned += n,
            Some(assignee) if assignee == member => counts.mine += n,
            Some(_) => (),
        }
        if let Some(department) = department {
            *counts.departments.entry(department).or_default() += n;
        }
    }
    let sql = "SELECT folder, COUNT(*) FROM inbox_conversations WHERE shop_id = $1 AND folder IN ('snoozed', 'spam') GROUP BY folder";
    for row in tx.rows(sql, &[&shop]).await? {
        let (folder, n): (String, i64) = (row.get(0)?, row.get(1)?);
        if folder == "spam" { counts.spam = n } else { counts.snoozed = n }
    }
    let sql = "SELECT COUNT(DISTINCT conversation_id) FROM inbox_doubts WHERE shop_id = $1";
    counts.doubtful = tx.value(sql, &[&shop]).await?;
    let sql = "SELECT COUNT(*) FROM inbox_mentions WHERE shop_id = $1 AND member_id = $2";
    counts.mentions = tx.value(sql, &[&shop, &member]).await?;
    Ok(counts)
}

/// Conversations go along with whoever they came with. Nothing of theirs is saved beside this, so their versions stay.
pub async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let Moved { shop, first, now, most } = moved;
    let sql = "UPDATE inbox_conversations SET customer_id = $1 WHERE shop_id = $2 AND id IN \
               (SELECT id FROM inbox_conversations WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
