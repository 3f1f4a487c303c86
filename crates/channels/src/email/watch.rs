//! Keeps an open mailbox open, and rings when something comes into it. A doorbell and no more: whoever is rung for looks for
//! himself, and a ring that is lost costs a minute.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use kernel::{MailboxId, ShopId, seconds};
use platform::{App, Tx};
use tokio::task::JoinHandle;

use super::{fetch::Fetch, imap::Inbox, mailbox::Mailbox};

/// A server that rings all the time is looked at no more often.
const BREATH: i64 = seconds(1) / 4;

/// Who keeps which mailbox open in this process, and since which run.
#[derive(Default)]
pub struct Watches(Mutex<HashMap<MailboxId, (i64, JoinHandle<()>)>>);

impl Drop for Watches {
    fn drop(&mut self) {
        let all = std::mem::take(self.0.get_mut().unwrap_or_else(PoisonError::into_inner));
        all.into_values().for_each(|(_, watch)| watch.abort());
    }
}

/// Keeps this mailbox open, unless somebody does already.
pub fn begin(app: &App, job: Fetch, mailbox: &Mailbox, inbox: Inbox) {
    let Ok(watches) = app.plugged::<Watches>() else { return };
    let mut all = watches.0.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|_, (_, watch)| !watch.is_finished());
    if all.get(&job.mailbox).is_some_and(|(run, _)| *run == job.run) {
        tokio::spawn(inbox.close());
        return;
    }
    let (shop, lane, app) = (mailbox.shop, mailbox.lane(), app.clone());
    let watch = tokio::spawn(async move { watch(app, shop, lane, inbox).await });
    if let Some((_, before)) = all.insert(job.mailbox, (job.run, watch)) {
        before.abort();
    }
}

/// Rings when something happens, and is over: whoever looks then keeps the mailbox open anew.
async fn watch(app: App, shop: ShopId, lane: String, inbox: Inbox) {
    // an end is no trouble yet: the next look says whether there is one
    if inbox.waits().await.is_err() {
        return;
    }
    let rung = app.write(async move |tx: &mut Tx<'_>| {
        let soon = tx.now() + BREATH;
        tx.hasten::<Fetch>(shop, &lane, soon).await
    });
    if let Err(error) = rung.await {
        tracing::warn!(%error, "a mailbox rang and could not be heard");
    }
}
