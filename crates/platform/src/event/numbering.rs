//! Numbering: on PostgreSQL, events get their numbers once they are committed.

use std::time::Duration;

use kernel::Result;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{Announced, COLUMNS, Fact, NEWEST, link, recorded};
use crate::{App, db::Tx};

/// A lost wake-up costs at most this much.
const POLL: Duration = Duration::from_secs(5);

/// Numbers committed events, in PostgreSQL, where only the holder of the lock may. Returns those it numbered.
async fn number(tx: &mut Tx<'_>) -> Result<Vec<Announced>> {
    /// Held by whoever numbers.
    const LOCK: i64 = 0x6f6d_6275_6401;
    let locked: bool = tx.value("SELECT pg_try_advisory_xact_lock($1)", &[&LOCK]).await?;
    if !locked {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS}, audited FROM platform_events WHERE seq IS NULL ORDER BY id LIMIT 500");
    let rows = tx.rows(&sql, &[]).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut seq: i64 = tx.value(NEWEST, &[]).await?;
    let mut numbered = Vec::with_capacity(rows.len());
    for row in &rows {
        let event = recorded(row)?;
        seq += 1;
        let fact = Fact {
            shop: event.shop,
            id: event.id,
            kind: &event.kind,
            at: event.at,
            actor: event.by,
            origin: event.origin,
            data: &event.text,
        };
        let chain = if row.get::<bool>(10)? { Some(link(tx, &fact).await?) } else { None };
        tx.one("UPDATE platform_events SET seq = $1, chain = $2 WHERE shop_id = $3 AND id = $4", &[&seq, &chain, &event.shop, &event.id])
            .await?;
        numbered.push(Announced { shop: event.shop, seq: Some(seq), kind: event.kind, data: event.text });
    }
    Ok(numbered)
}

/// Numbers what PostgreSQL has committed and tells this node's listeners.
pub(crate) async fn publish_numbered(app: &App) -> Result<()> {
    if !app.db().numbers_events_later() {
        return Ok(());
    }
    loop {
        let numbered = app.db().claim(number).await?;
        if numbered.is_empty() {
            return Ok(());
        }
        app.scope().live.publish(&numbered);
    }
}

/// Numbers events as they are committed, until cancelled.
pub(crate) async fn number_until(app: App, stop: CancellationToken) {
    while app.db().numbers_events_later() && !stop.is_cancelled() {
        if let Err(error) = publish_numbered(&app).await {
            tracing::error!(%error, "events could not be numbered");
        }
        tokio::select! {
            _ = timeout(POLL, app.scope().events_waiting.notified()) => (),
            () = stop.cancelled() => (),
        }
    }
}
