//! Reactions: what a room does when a lower room announces something.

use std::{collections::HashMap, future::Future, pin::Pin};

use kernel::{Error, Result};

use crate::{
    db::Tx,
    event::{Event, Origin, Recorded, Told},
};

type Running<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;
type Run = Box<dyn for<'a, 't> Fn(&'a mut Tx<'t>, Recorded) -> Running<'a> + Send + Sync>;

/// "When this happens, do that": idempotent, in a transaction of its own.
pub struct Reaction {
    pub(crate) name: &'static str,
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

    pub(crate) fn lane(&self, data: &str) -> Option<String> {
        let field = self.lane_field?;
        let data: serde_json::Value = serde_json::from_str(data).ok()?;
        Some(format!("{} {}", self.name, data.get(field)?.as_str()?))
    }

    pub(crate) async fn run(&self, tx: &mut Tx<'_>, recorded: Recorded) -> Result<()> {
        (self.run)(tx, recorded).await
    }
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
