//! Has a shop system send its webhooks here, and looks once a day whether it still does: Shopify takes a subscription away after
//! it has failed for hours, WooCommerce switches one off.

use std::time::Duration;

use kernel::{ConnectionId, Result, ShopId, days, minutes};
use platform::{
    App, Tx,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{
    connection::Connection,
    connector::named,
    store,
    webhook::{Webhooks, address},
};

const EVERY: i64 = days(1);
const AFTER_A_FAULT: i64 = minutes(15);
/// A question and an answer for each topic, at the worst.
pub const AS_LONG_AS: Duration = Duration::from_mins(5);
/// Nobody who disconnects waits longer for a shop system.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sees to a connection's webhooks.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Subscribe {
    pub connection: ConnectionId,
    /// Which time it was set going.
    pub run: i64,
}
impl Job for Subscribe {
    const KIND: &'static str = "subscribe_to_webhooks";
}

impl Subscribe {
    pub async fn at(self, tx: &mut Tx<'_>, shop: ShopId, at: kernel::Timestamp) -> Result<()> {
        let key = format!("{}/{}", self.connection, self.run);
        tx.enqueue(shop, &self, When::at(at).once(key)).await
    }
}

pub(crate) async fn subscribe(app: App, job: Subscribe, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.connection);
    let known = app.read(async move |tx: &mut Tx<'_>| store::maybe(tx, shop, id).await).await?;
    let Some(connection) = known.filter(|known| known.goes_on(job.run)) else {
        return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await;
    };
    let (missing, fault) = match named(&app, &connection.connector)?.webhooks() {
        Some(webhooks) if app.config().is_reachable() => asked(&app, webhooks, &connection).await?,
        _ => (Vec::new(), None),
    };
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let now = tx.now();
        store::checked(tx, shop, id, &missing, fault.as_deref()).await?;
        job.at(tx, shop, now + if missing.is_empty() { EVERY } else { AFTER_A_FAULT }).await
    })
    .await
}

/// What is missing now, and why.
async fn asked(app: &App, webhooks: &dyn Webhooks, connection: &Connection) -> Result<(Vec<String>, Option<String>)> {
    let (shop, id) = (connection.shop, connection.id);
    let settings = connection.opened(app)?;
    let standing = app.read(async move |tx: &mut Tx<'_>| store::standing(tx, shop, id).await).await?;
    let ours = standing.secret(app, shop, id)?;
    let everything = || webhooks.topics().iter().map(|topic| (*topic).to_owned()).collect();
    let Some(secret) = webhooks.secret(&settings, &ours).filter(|secret| !secret.is_empty()) else {
        return Ok((everything(), Some("Without the client secret nobody could tell who sends them.".into())));
    };
    Ok(match webhooks.subscribe(app, &settings, &address(app, shop, id), secret).await {
        Ok(missing) => (missing, None),
        Err(fault) => (everything(), Some(fault.detail)),
    })
}

/// Has nothing sent here any more, where the shop system can be reached; whoever still sends finds nobody.
pub(crate) async fn unsubscribe(app: &App, connection: &Connection) -> Result<()> {
    if let Some(webhooks) = named(app, &connection.connector)?.webhooks()
        && app.config().is_reachable()
    {
        let (settings, address) = (connection.opened(app)?, address(app, connection.shop, connection.id));
        match tokio::time::timeout(PATIENCE, webhooks.unsubscribe(app, &settings, &address)).await {
            Ok(Ok(())) => (),
            Ok(Err(fault)) => tracing::info!(trouble = ?fault.trouble, "webhooks could not be unsubscribed from"),
            Err(_) => tracing::info!("webhooks could not be unsubscribed from in time"),
        }
    }
    Ok(())
}
