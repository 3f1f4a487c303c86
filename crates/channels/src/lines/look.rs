//! Looks after a line: the partner calls us, and takes what opens it. Once an hour, and at once when something came to nothing.

use kernel::{LineId, Result, hours};
use platform::{
    App, Tx,
    form::Settings,
    job::{Job, Lease},
};
use serde::{Deserialize, Serialize};

use super::{access, named, terms::Terms};
use crate::{
    outflow,
    partner::Partner,
    store::{lines as store, terms},
};

const EVERY: i64 = hours(1);

/// Looks after a line.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Look {
    pub line: LineId,
    /// Which time it was set going.
    pub run: i64,
}
impl Job for Look {
    const KIND: &'static str = "look_after_line";
}

pub async fn look(app: App, job: Look, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.line);
    let known = app.read(async move |tx: &mut Tx<'_>| store::maybe(tx, shop, id).await).await?;
    let open = match known.filter(|line| line.run == job.run) {
        Some(line) => access::keep_open(&app, line).await?,
        None => None,
    };
    let Some(line) = open else {
        return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await;
    };
    let (partner, (settings, hook)) = (named(&line.channel)?, line.opened(&app)?);
    let looked = match partner.find(&app, &settings).await {
        Ok(name) if app.config().is_called_by(partner.name()) => partner.subscribe(&app, &settings, &hook).await.map(|()| name),
        found => found,
    };
    let until = partner.opens_until(&app, &settings).await;
    let terms = if looked.is_ok() && partner.has_templates() { asked_for_terms(&app, partner, &settings).await } else { None };
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let Some(mut line) = store::maybe(tx, shop, id).await?.filter(|line| line.run == job.run) else { return Ok(()) };
        let now = tx.now();
        if looked.is_ok() && line.trouble.is_some() {
            outflow::works(tx, shop, &id.to_string()).await?;
        }
        let turned = match &looked {
            Ok(name) => line.answered(name.clone(), now),
            Err(fault) => line.failed(fault.clone(), now),
        } | line.ends(&until);
        if let Some(terms) = &terms {
            terms::put(tx, shop, id, terms).await?;
        }
        if turned {
            line.announce_turn(tx).await?;
        }
        let next = line.trouble.as_ref().map_or(now + EVERY, |trouble| trouble.next_try_at);
        line.look(tx, next).await?;
        store::save(tx, &mut line).await
    })
    .await
}

/// What it said before stays where it does not say: the line works without.
async fn asked_for_terms(app: &App, partner: &dyn Partner, settings: &Settings) -> Option<Terms> {
    let asked = partner.terms(app, settings).await;
    asked.inspect_err(|fault| tracing::warn!(trouble = ?fault.trouble, "a partner does not say which templates it agrees to")).ok()
}
