//! The audit log: who did what, with names as they are today. The events themselves hold ids only.

use std::collections::HashMap;

use kernel::{Cursor, EventId, MemberId, Result, ShopId, Timestamp, TokenId};
use platform::{
    Tx,
    event::{self, ActorKind, Recorded},
};
use uuid::Uuid;

use crate::{member, store};

/// What to look for; `None` is anything.
#[derive(Debug, Clone, Default)]
pub struct Search {
    pub actor: Option<Uuid>,
    pub event: Option<String>,
}

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

/// So many are looked at for one page; a rare find makes a short page with more to come.
const LOOKED_AT: usize = 5_000;
const AT_ONCE: i64 = 500;

/// The entries before `before`, newest first, and where to go on.
pub async fn list(tx: &mut Tx<'_>, shop: ShopId, search: &Search, before: Cursor, limit: usize) -> Result<(Vec<Entry>, Option<Cursor>)> {
    let (mut found, mut looked_at, mut seq, mut next) = (Vec::new(), 0, before.key, None);
    'looking: while looked_at < LOOKED_AT {
        let batch = event::audit_before(tx, shop, seq, AT_ONCE).await?;
        let last_batch = (batch.len() as i64) < AT_ONCE;
        for recorded in batch {
            if found.len() == limit {
                break 'looking;
            }
            looked_at += 1;
            seq = recorded.seq.unwrap_or(seq);
            next = Some(Cursor { key: seq, id: recorded.id.into() });
            if search.finds(&recorded) {
                found.push(recorded);
            }
        }
        if last_batch {
            next = None;
            break;
        }
    }
    Ok((named(tx, shop, found).await?, next))
}

impl Search {
    fn finds(&self, recorded: &Recorded) -> bool {
        self.actor.is_none_or(|actor| recorded.by.id == Some(actor)) && self.event.as_ref().is_none_or(|event| recorded.kind == *event)
    }
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
