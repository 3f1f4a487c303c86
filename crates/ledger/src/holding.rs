//! The end of a hold: a purchase that was begun and never made lets go of what was set aside for it.

use kernel::{EntryId, Error, Result};
use platform::{
    App, Tx,
    job::{Job, Lease},
};
use serde::{Deserialize, Serialize};

use crate::{act::Act, entry::post, store};

/// Lets go of what was set aside.
#[derive(Serialize, Deserialize)]
pub(crate) struct ReleaseHold {
    pub hold: EntryId,
}
impl Job for ReleaseHold {
    const KIND: &'static str = "release_hold";
}

/// Does what `ReleaseHold` asks, unless the hold is over already.
pub(crate) async fn release_on_time(app: App, job: ReleaseHold, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        let accounts = store::accounts_of(tx, lease.shop, job.hold).await?;
        match post(tx, lease.shop, &format!("job/{}", lease.id), &accounts, Act::Release { hold: job.hold }).await {
            Ok(_) | Err(Error::Conflict { kind: "hold_over", .. }) => lease.done(tx).await,
            Err(error) => Err(error),
        }
    })
    .await
}
