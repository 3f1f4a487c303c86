//! Reactions: what a room does when a lower room announces something.

use std::{collections::HashMap, future::Future, pin::Pin};

use kernel::{Error, EventId, Result, ShopId, say};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    db::{Lane, Tx},
    event::{self, Event, Origin, Recorded, Told},
    job::{Job, JobKind, Lease, When},
};

type Running<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
type Run = Box<dyn for<'a, 't> Fn(&'a mut Tx<'t>, Recorded) -> Running<'a> + Send + Sync>;

/// "When this happens, do that": idempotent, in a transaction of its own.
pub struct Reaction {
    name: &'static str,
    kind: &'static str,
    backfill: bool,
    lane_field: Option<&'static str>,
    run: Run,
}

impl Reaction {
    pub fn new<E: Event>(
        name: &'static str,
        run: impl for<'a, 't> Fn(&'a mut Tx<'t>, Told<E>) -> Running<'a> + Send + Sync + 'static,
    ) -> Self {
        let run: Run = Box::new(move |tx, recorded| {
            let told = serde_json::from_value(recorded.data).map(|event| Told {
                event,
                id: recorded.id,
                shop: recorded.shop,
                at: recorded.at,
                by: recorded.by,
                origin: recorded.origin,
            });
            match told {
                Ok(told) => run(tx, told),
                Err(error) => Box::pin(async move { Err(Error::broken(error)) }),
            }
        });
        Reaction { name, kind: E::KIND, backfill: false, lane_field: None, run }
    }

    /// Hears of imported history too.
    pub fn on_backfill(mut self) -> Self {
        self.backfill = true;
        self
    }

    /// Runs one at a time, in order, for events with the same value in `field`.
    pub fn in_order_of(mut self, field: &'static str) -> Self {
        self.lane_field = Some(field);
        self
    }

    pub(crate) fn hears(&self, origin: Origin) -> bool {
        origin == Origin::Live || self.backfill
    }

    pub(crate) async fn enqueue(&self, tx: &mut Tx<'_>, shop: ShopId, event: EventId, data: &str) -> Result<()> {
        tx.enqueue(shop, &React { event, reaction: self.name.to_owned() }, When { lane: self.lane(data), ..When::default() }).await
    }

    fn lane(&self, data: &str) -> Option<String> {
        let field = self.lane_field?;
        let data: serde_json::Value = serde_json::from_str(data).ok()?;
        Some(format!("{} {}", self.name, data.get(field)?.as_str()?))
    }
}

/// Reacts to one event.
#[derive(Serialize, Deserialize)]
struct React {
    event: EventId,
    reaction: String,
}
impl Job for React {
    const KIND: &'static str = "react";
}

/// The jobs of this page, for the platform's own module.
pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(react)]
}

async fn react(app: App, job: React, lease: Lease) -> Result<()> {
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            let recorded = event::find(tx, lease.shop, job.event).await?;
            tx.aftermath.cause = Some(job.event);
            let scope = tx.scope;
            let reaction = scope.reactions.named(&recorded.kind, &job.reaction).ok_or(Error::NotFound(say!("reaction-not-found")))?;
            (reaction.run)(tx, recorded).await?;
            lease.done(tx).await
        })
        .await
}

/// Lists reactions as a table of contents: `reactions![MessageReceived => index, ConversationResolved => thank]`.
#[macro_export]
macro_rules! reactions {
    ($($event:ty => $then:ident $(. $with:ident ($($arg:expr)?))*),* $(,)?) => {
        vec![$(
            $crate::reaction::Reaction::new::<$event>(concat!(module_path!(), "::", stringify!($then)), |tx, told| Box::pin($then(tx, told)))
                $(. $with ($($arg)?))*
        ),*]
    };
}

/// All rooms' reactions, by the event they react to.
#[derive(Default)]
pub(crate) struct Reactions {
    by_kind: HashMap<&'static str, Vec<Reaction>>,
}

impl Reactions {
    pub fn new(all: Vec<Reaction>) -> Self {
        let mut by_kind: HashMap<_, Vec<_>> = HashMap::new();
        for reaction in all {
            by_kind.entry(reaction.kind).or_default().push(reaction);
        }
        Reactions { by_kind }
    }

    pub fn to(&self, kind: &str) -> impl Iterator<Item = &Reaction> {
        self.by_kind.get(kind).into_iter().flatten()
    }

    pub fn named(&self, kind: &str, name: &str) -> Option<&Reaction> {
        self.to(kind).find(|r| r.name == name)
    }
}
