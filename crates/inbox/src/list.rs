//! Views: the lists agents work from, and how much waits in each.

use std::collections::BTreeMap;

use kernel::{ConversationId, Cursor, CustomerId, DepartmentId, MemberId, Page, Result, ShopId, TagId};
use platform::Tx;
use serde::Serialize;

use crate::{conversation::Conversation, message::Message, reactions::MESSAGE, store};

/// A list of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Unassigned,
    Mine(MemberId),
    Mentions(MemberId),
    Open,
    Department(DepartmentId),
    Snoozed,
    Resolved,
    Spam,
    /// Where it is not sure that all of it belongs there.
    Doubtful,
    All,
    /// Whose they are today.
    Customer(CustomerId),
    /// As whose they came: a browser sees those, whomever its customer was merged with.
    CameAs(CustomerId),
}

/// A view, narrowed by a tag.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    pub view: View,
    pub tag: Option<TagId>,
}

/// How many conversations wait in each view.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Counts {
    pub unassigned: i64,
    pub mine: i64,
    pub mentions: i64,
    pub open: i64,
    pub snoozed: i64,
    pub spam: i64,
    pub doubtful: i64,
    /// Open conversations of each department.
    #[schema(value_type = BTreeMap<String, i64>)]
    pub departments: BTreeMap<DepartmentId, i64>,
}

/// A page of a view, what changed last first.
pub async fn page(tx: &mut Tx<'_>, shop: ShopId, filter: &Filter, after: Cursor, limit: i64) -> Result<Page<Conversation>> {
    let found = store::list(tx, shop, filter, after, limit + 1).await?;
    Ok(Page::cut(found, limit as usize, |c| Cursor { key: c.changed_at.micros(), id: c.id.into() }))
}

/// How much waits, from this member's point of view.
pub async fn counts(tx: &mut Tx<'_>, shop: ShopId, member: MemberId) -> Result<Counts> {
    store::counts(tx, shop, member).await
}

/// A conversation that holds the words looked for, and the message that holds them.
pub struct Hit {
    pub conversation: Conversation,
    pub message: Message,
}

/// The newest conversations that hold every word of `query`, each once.
pub async fn search(tx: &mut Tx<'_>, shop: ShopId, query: &str, limit: i64) -> Result<Vec<Hit>> {
    let mut hits: Vec<Hit> = Vec::new();
    // a conversation full of the word must not hide the others
    for id in platform::search::find(tx, shop, MESSAGE, query, limit * 8).await? {
        let message = store::message(tx, shop, id.into()).await?;
        if hits.len() as i64 == limit {
            break;
        }
        if hits.iter().all(|hit| hit.conversation.id != message.conversation) {
            hits.push(Hit { conversation: store::conversation(tx, shop, message.conversation).await?, message });
        }
    }
    Ok(hits)
}

/// Where the words looked for stand in a text: some characters before, and the rest of the line.
pub fn snippet(text: &str, query: &str) -> String {
    let wanted = platform::search::fold(query);
    let words: Vec<&str> = text.split_whitespace().collect();
    let hit = words.iter().position(|word| {
        let folded = platform::search::fold(word).join(" ");
        wanted.iter().any(|w| folded.contains(w.as_str()))
    });
    let from = hit.unwrap_or(0).saturating_sub(6);
    let shown: String = words[from..].join(" ").chars().take(160).collect();
    if from > 0 { format!("… {shown}") } else { shown }
}

/// Some entries of a conversation, oldest first.
pub async fn entries(tx: &mut Tx<'_>, shop: ShopId, id: ConversationId, window: Window) -> Result<Vec<Message>> {
    match window {
        Window::After { seq, limit } => store::messages_after(tx, shop, id, seq, limit).await,
        Window::Before { seq, limit } => store::messages_before(tx, shop, id, seq, limit).await,
    }
}

/// A stretch of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    After { seq: i64, limit: i64 },
    Before { seq: i64, limit: i64 },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_shows_the_words_looked_for() {
        let text = "one two three four five six seven eight PAKKEN nine";
        assert_eq!(snippet(text, "pakk"), "… three four five six seven eight PAKKEN nine");
        assert_eq!(snippet("short text", "text"), "short text");
        assert_eq!(snippet("", "x"), "");
    }
}
