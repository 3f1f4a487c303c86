//! The audit log: who did what, with names as they are today. The events themselves hold ids only.

use std::collections::HashMap;

use kernel::{Cursor, EventId, MemberId, Page, Result, ShopId, Timestamp, TokenId};
use platform::{
    Tx,
    event::{self, ActorKind, Recorded, Sought},
};
use uuid::Uuid;

use crate::{member, store};

/// An entry of the log.
#[derive(Debug, Clone)]
pub struct Entry {
    pub id: EventId,
    pub at: Timestamp,
    pub event: String,
    pub by: ActorKind,
    pub actor: Option<Uuid>,
    /// The actor's name today; `None` for Ombud itself and for customers.
    pub name: Option<String>,
    pub data: serde_json::Value,
}

/// The entries before `before`, newest first.
pub async fn list(tx: &mut Tx<'_>, shop: ShopId, sought: &Sought, before: Cursor, limit: usize) -> Result<Page<Entry>> {
    let found = event::audit_before(tx, shop, sought, before.key, limit as i64 + 1).await?;
    let page = Page::cut(found, limit, |recorded| Cursor { key: recorded.seq.unwrap_or_default(), id: recorded.id.into() });
    Ok(Page { items: named(tx, shop, page.items).await?, next: page.next })
}

async fn named(tx: &mut Tx<'_>, shop: ShopId, found: Vec<Recorded>) -> Result<Vec<Entry>> {
    let ids = |kind| found.iter().filter(move |r| r.by.kind == kind).filter_map(|r| r.by.id);
    let members: Vec<MemberId> = ids(ActorKind::Member).map(MemberId::from).collect();
    let tokens: Vec<TokenId> = ids(ActorKind::Token).map(TokenId::from).collect();
    let members = member::names(tx, shop, &members).await?;
    let tokens: HashMap<TokenId, String> = store::tokens::names(tx, shop, &tokens).await?;
    let name = |recorded: &Recorded| match recorded.by.kind {
        ActorKind::Member => recorded.by.id.and_then(|id| members.get(&id.into())).map(|member| member.name.clone()),
        ActorKind::Token => recorded.by.id.and_then(|id| tokens.get(&id.into())).cloned(),
        ActorKind::Customer | ActorKind::System => None,
    };
    Ok(found
        .into_iter()
        .map(|recorded| Entry {
            name: name(&recorded),
            id: recorded.id,
            at: recorded.at,
            event: recorded.kind,
            by: recorded.by.kind,
            actor: recorded.by.id,
            data: recorded.data,
        })
        .collect())
}
