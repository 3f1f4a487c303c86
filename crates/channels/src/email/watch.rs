//! Keeps an open mailbox open, and rings when something comes into it. A doorbell and no more: whoever is rung for looks for
//! himself, and a ring that is lost costs a minute.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use kernel::{MailboxId, ShopId};
use platform::{App, Tx};
use tokio::task::JoinHandle;

use super::{fetch::Fetch, imap::Inbox, mailbox::Mailbox};

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
        tokio::spawn(inbox.leave());
        return;
    }
    let (shop, lane, app) = (mailbox.shop, mailbox.lane(), app.clone());
    let watch = tokio::spawn(async move { watch(app, shop, lane, inbox).await });
    if let Some((_, before)) = all.insert(job.mailbox, (job.run, watch)) {
        before.abort();
    }
}

async fn watch(app: App, shop: ShopId, lane: String, mut inbox: Inbox) {
    loop {
        // an end is no trouble yet: the next look says whether there is one
        let Ok(open) = inbox.waits().await else { return };
        inbox = open;
        let once = lane.clone();
        let rung = app.write(async move |tx: &mut Tx<'_>| {
            let now = tx.now();
            tx.hasten::<Fetch>(shop, &once, now).await
        });
        // nothing waits any more: the mailbox was paused, or set going anew
        if !matches!(rung.await, Ok(true)) {
            return;
        }
    }
}
