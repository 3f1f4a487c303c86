//! Numbering: on PostgreSQL, events get their numbers once they are committed, by one process at a time, which then rings at
//! the others. Each process tells its own listeners what is newer than the last event it told them of: whoever numbered it,
//! and also when the answer to that commit was lost on its way.

use std::time::Duration;

use kernel::Result;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{AT_ONCE, Announced, COLUMNS, Fact, NEWEST, link, recorded};
use crate::{App, db::Tx, kill_point, nodes::Ring};

/// A lost wake-up costs at most this much.
const POLL: Duration = Duration::from_secs(5);

/// Listeners of this process hear what is numbered from now on.
pub(crate) async fn begin(app: &App) -> Result<()> {
    if app.db().numbers_events_later() {
        *app.scope().told.lock().await = app.read(async |tx: &mut Tx<'_>| tx.value(NEWEST, &[]).await).await?;
    }
    Ok(())
}

/// Numbers committed events, one process after the other; how many. Whoever has to wait finds its own events numbered then,
/// most of the time; had it gone away instead, one that the other was too early for would wait for the next look.
async fn number(tx: &mut Tx<'_>) -> Result<usize> {
    /// Held by whoever numbers.
    const LOCK: i64 = 0x6f6d_6275_6401;
    // SQLite has one writer at a time; only simulations number there
    let _: bool = tx.value(tx.twin("SELECT $1 > 0", "SELECT TRUE FROM pg_advisory_xact_lock($1)"), &[&LOCK]).await?;
    let sql = format!("SELECT {COLUMNS}, audited FROM platform_events WHERE seq IS NULL ORDER BY id LIMIT $1");
    let rows = tx.rows(&sql, &[&(AT_ONCE as i64)]).await?;
    if rows.is_empty() {
        return Ok(0);
    }
    let mut seq: i64 = tx.value(NEWEST, &[]).await?;
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
    }
    Ok(rows.len())
}

/// Numbers what PostgreSQL has committed, and tells this process's listeners what is new.
pub(crate) async fn publish_numbered(app: &App) -> Result<()> {
    if !app.db().numbers_events_later() {
        return Ok(());
    }
    while app.db().claim(number).await? > 0 {
        app.scope().nodes.ring(Ring::Events);
    }
    kill_point::reach("event-numbered");
    tell(app).await
}

/// Tells this process's listeners what is numbered and new.
async fn tell(app: &App) -> Result<()> {
    // held throughout: two who tell at once would tell out of order
    let mut told = app.scope().told.lock().await;
    loop {
        let after = *told;
        let newer = app.read(async move |tx: &mut Tx<'_>| numbered_after(tx, after).await).await?;
        app.live().publish(&newer);
        *told = newer.last().and_then(|event| event.seq).unwrap_or(after);
        if newer.len() < AT_ONCE {
            return Ok(());
        }
    }
}

/// Events of all shops after `seq`, oldest first.
async fn numbered_after(tx: &mut Tx<'_>, seq: i64) -> Result<Vec<Announced>> {
    let sql = "SELECT shop_id, seq, kind, data FROM platform_events WHERE seq > $1 ORDER BY seq LIMIT $2";
    let rows = tx.rows(sql, &[&seq, &(AT_ONCE as i64)]).await?;
    rows.iter()
        .map(|row| {
            let mut c = row.columns();
            Ok(Announced { shop: c.take()?, seq: c.take()?, kind: c.take()?, data: c.take()? })
        })
        .collect()
}

/// Numbers events as they are committed, until cancelled.
pub(crate) async fn number_until(app: App, stop: CancellationToken) {
    let mut by_others = false;
    while app.db().numbers_events_later() && !stop.is_cancelled() {
        let published = if by_others { tell(&app).await } else { publish_numbered(&app).await };
        if let Err(error) = published {
            tracing::error!(%error, "events could not be numbered and told");
        }
        by_others = tokio::select! {
            biased;
            _ = timeout(POLL, app.scope().events_waiting.notified()) => false,
            () = app.scope().events_numbered.notified() => true,
            () = stop.cancelled() => false,
        };
    }
}
