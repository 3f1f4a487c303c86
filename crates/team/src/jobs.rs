//! What the clock does here: once a day, what is over is swept out.

use kernel::{Result, days};
use platform::{
    App, Tx,
    job::{Job, JobKind, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{attempts, invitation, session, store};

/// Sweeps out sessions, links and counts that are over. Safe to run at any time, and more than once.
#[derive(Serialize, Deserialize)]
pub(crate) struct Sweep {}
impl Job for Sweep {
    const KIND: &'static str = "team_sweep";
}

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(sweep)]
}

async fn sweep(app: App, _: Sweep, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        let now = tx.now();
        store::sessions::delete_over(tx, now - session::IDLE, now - session::LONGEST).await?;
        store::resets::delete_over(tx).await?;
        attempts::sweep(tx).await?;
        invitation::sweep(tx, lease.shop).await?;
        lease.done(tx).await?;
        tx.enqueue(lease.shop, &Sweep {}, When::at(now + days(1)).once("sweep")).await
    })
    .await
}
