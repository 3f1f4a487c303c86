//! Access to a line: what opens it may end. The house renews it before it does, where the partner lets it; else people are told.

use kernel::{Error, LineId, Result, ShopId, Timestamp, minutes};
use platform::{
    App, Tx,
    form::Settings,
    keyed,
    trouble::{Fault, Trouble},
};
use serde::{Deserialize, Serialize};

use super::{Line, named};
use crate::{
    partner::{Refusal, Renewed, Why},
    store::lines as store,
};

/// What ends within so long is renewed: a line is looked after every hour, and X's access lasts for two.
const RENEWED_BEFORE: i64 = minutes(75);
/// A line that others change at the same moment is saved at one of so many tries.
const TRIES: usize = 5;

keyed! {
    /// How what opens a line is renewed.
    pub enum Renewal {
        /// By Ombud, before it ends.
        ByItself = "by_itself",
        /// By people: they sign in again.
        ByPeople = "by_people",
    }
}

/// For how long what opens a line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Nothing where it lasts, or nobody says.
    pub ends_at: Option<Timestamp>,
    pub renewal: Renewal,
}

/// Sees to it that what opens a line goes on doing so; comes back with the line as it is then, unless it is gone.
///
/// A renewal whose answer is lost may have used up what renews: it is asked for once more, and where that is refused people are told,
/// while what opened the line until then still does.
pub async fn keep_open(app: &App, line: Line) -> Result<Option<Line>> {
    let partner = named(&line.channel)?;
    let (used, _) = line.opened(app)?;
    let outcome = match partner.renew(app, &used) {
        Some(renewing) if is_due(&line, app.now()) => renewing.await,
        _ => return Ok(Some(line)),
    };
    if let Err(Refusal { why: Why::Later, said, .. }) = &outcome {
        tracing::info!(line = %line.id, said, "what opens a line could not be renewed just now");
        return Ok(Some(line));
    }
    let (shop, id) = (line.shop, line.id);
    for _ in 0..TRIES {
        let (inside, used, outcome) = (app.clone(), used.clone(), outcome.clone());
        match app.write(async move |tx: &mut Tx<'_>| settle(tx, &inside, (shop, id), &used, &outcome).await).await {
            // new secrets must not be lost because somebody renamed the line meanwhile
            Err(Error::Conflict { .. }) => (),
            settled => return settled,
        }
    }
    Err(Error::broken("a line was changed by others again and again while it was renewed"))
}

/// Whether what opens it is to be renewed now: it ends soon, nobody knows when, or the partner does not take it any more.
fn is_due(line: &Line, now: Timestamp) -> bool {
    // once: what is refused although it is new is not put right by another
    let is_refused = line.trouble.as_ref().is_some_and(|trouble| trouble.kind == Trouble::SignInRefused && trouble.tries == 1);
    match line.shown.access {
        Some(Access { renewal: Renewal::ByPeople, .. }) => false,
        Some(Access { ends_at: Some(ends_at), .. }) => is_refused || ends_at - now < RENEWED_BEFORE,
        Some(Access { ends_at: None, .. }) | None => true,
    }
}

/// Writes down what became of a renewal, where what was renewed has not been replaced meanwhile: by people, or by another node that
/// renewed it at the same moment.
async fn settle(
    tx: &mut Tx<'_>,
    app: &App,
    (shop, id): (ShopId, LineId),
    used: &Settings,
    outcome: &Result<Renewed, Refusal>,
) -> Result<Option<Line>> {
    let Some(mut line) = store::maybe(tx, shop, id).await? else { return Ok(None) };
    let (known, _) = line.opened(app)?;
    let still_stands = match outcome {
        Ok(renewed) => renewed.settings.keys().all(|name| known.get(name) == used.get(name)),
        Err(_) => known == *used,
    };
    if !still_stands {
        return Ok(Some(line));
    }
    match outcome {
        Ok(Renewed { settings, until }) => {
            line.refill(app, named(&line.channel)?, settings.clone())?;
            line.shown.access = Some(Access { ends_at: Some(*until), renewal: Renewal::ByItself });
        }
        Err(refusal) => {
            tracing::warn!(line = %id, said = refusal.said, "what opens a line is not renewed any more");
            let ends_at = line.shown.access.and_then(|access| access.ends_at);
            line.shown.access = Some(Access { ends_at, renewal: Renewal::ByPeople });
        }
    }
    line.announce_turn(tx).await?;
    store::save(tx, &mut line).await?;
    Ok(Some(line))
}

impl Line {
    /// Notes until when it is open, where the partner says so; says whether that is otherwise than before.
    pub fn ends(&mut self, until: &Result<Option<Timestamp>, Fault>) -> bool {
        let Ok(Some(ends_at)) = until else { return false };
        let access = Some(Access { ends_at: Some(*ends_at), renewal: Renewal::ByPeople });
        std::mem::replace(&mut self.shown.access, access) != access
    }
}
