//! PostgreSQL as the doorbell: LISTEN and NOTIFY on a connection of their own, so that no transaction of people waits for
//! the lock a NOTIFY takes when it commits.

use futures::StreamExt;
use kernel::{Error, Result};
use tokio::sync::mpsc;
use tokio_postgres::{AsyncMessage, Client, Statement};
use tokio_util::task::AbortOnDropHandle;

use crate::db::{Messages, listening_client};

/// Notifications that wait to be heard.
const BEHIND: usize = 4_096;

pub(super) struct Line {
    client: Client,
    notify: Statement,
    heard: mpsc::Receiver<String>,
    _driver: AbortOnDropHandle<()>,
}

impl Line {
    pub async fn open(url: &str) -> Result<Line> {
        let (client, messages) = listening_client(url, "ombud nodes").await?;
        let (sender, heard) = mpsc::channel(BEHIND);
        let driver = AbortOnDropHandle::new(tokio::spawn(drive(messages, sender)));
        // nothing here outlives a crash, so nothing of it is flushed
        client.batch_execute("SET synchronous_commit = off; LISTEN ombud").await.map_err(Error::broken)?;
        let sql = "SELECT pg_notify('ombud', said) FROM unnest($1::TEXT[]) WITH ORDINALITY AS all_said(said, place) ORDER BY place";
        let notify = client.prepare(sql).await.map_err(Error::broken)?;
        Ok(Line { client, notify, heard, _driver: driver })
    }

    pub async fn say(&mut self, envelopes: Vec<String>) -> Result<()> {
        self.client.execute(&self.notify, &[&envelopes]).await.map(drop).map_err(Error::broken)
    }

    pub async fn hear(&mut self) -> Result<String> {
        self.heard.recv().await.ok_or_else(|| Error::broken("PostgreSQL closed the connection that listens"))
    }
}

/// Keeps the connection going, and passes on what is heard, until it ends.
async fn drive(mut messages: Messages, heard: mpsc::Sender<String>) {
    while let Some(Ok(message)) = messages.next().await {
        if let AsyncMessage::Notification(notification) = message {
            // whoever speaks waits for this connection, so this must not wait for them; what is lost is looked for
            let _ = heard.try_send(notification.payload().to_owned());
        }
    }
}
