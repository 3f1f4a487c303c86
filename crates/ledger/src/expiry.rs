//! The end of a lot: what is left of it is posted away when its day comes. Until then it can be spent.

use kernel::{EntryId, Result, Timestamp};
use platform::{
    App, Tx,
    job::{Job, Lease},
};
use serde::{Deserialize, Serialize};

use crate::{act::Act, entry::post, store};

/// Posts away what is left of a lot.
#[derive(Serialize, Deserialize)]
pub(crate) struct ExpireLot {
    pub grant: EntryId,
    /// The end it had when this was enqueued; it may have been given a later one since.
    pub at: Timestamp,
}
impl Job for ExpireLot {
    const KIND: &'static str = "expire_lot";
}

/// Does what `ExpireLot` asks, unless the lot has another end by now.
pub(crate) async fn expire_on_time(app: App, job: ExpireLot, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        for share in store::shares_of_lot(tx, lease.shop, job.grant).await? {
            if share.expires_at.is_some_and(|over| over <= job.at) {
                post(tx, lease.shop, &format!("job/{}", lease.id), &[share.account], Act::Expire { grant: job.grant }).await?;
            }
        }
        lease.done(tx).await
    })
    .await
}
