//! NATS as the doorbell: one core subject for each installation. Nothing a server of version 2.9 does not have.

use std::time::Duration;

use async_nats::{Client, ConnectOptions, Event, Subscriber};
use futures::StreamExt;
use kernel::{Error, Result};
use tokio::sync::mpsc;

/// Two of these without an answer, and the server is gone.
const PING: Duration = Duration::from_secs(2);

pub(super) struct Line {
    client: Client,
    subject: String,
    subscriber: Subscriber,
    /// Hears that the connection is gone; the library would mend it by itself, and nobody would look for what was missed.
    broken: mpsc::Receiver<()>,
}

impl Line {
    pub async fn open(url: &str, subject: &str) -> Result<Line> {
        let (tell, broken) = mpsc::channel(1);
        let options = ConnectOptions::new().name("ombud").ping_interval(PING).event_callback(move |event| {
            let tell = tell.clone();
            async move {
                if matches!(event, Event::Disconnected | Event::Closed) {
                    let _ = tell.try_send(());
                }
            }
        });
        let client = options.connect(url).await.map_err(unreachable)?;
        let subscriber = client.subscribe(subject.to_owned()).await.map_err(unreachable)?;
        // nothing said from now on is missed
        client.flush().await.map_err(unreachable)?;
        Ok(Line { client, subject: subject.to_owned(), subscriber, broken })
    }

    pub async fn say(&mut self, envelopes: Vec<String>) -> Result<()> {
        for envelope in envelopes {
            self.client.publish(self.subject.clone(), envelope.into()).await.map_err(unreachable)?;
        }
        tokio::select! {
            flushed = self.client.flush() => flushed.map_err(unreachable),
            // it would wait for a new connection
            _ = self.broken.recv() => Err(gone()),
        }
    }

    pub async fn hear(&mut self) -> Result<String> {
        tokio::select! {
            message = self.subscriber.next() => {
                let message = message.ok_or_else(gone)?;
                Ok(String::from_utf8_lossy(&message.payload).into_owned())
            }
            _ = self.broken.recv() => Err(gone()),
        }
    }
}

fn gone() -> Error {
    Error::broken("NATS closed the connection")
}

fn unreachable(error: impl std::fmt::Display) -> Error {
    Error::broken(format!("NATS: {error}"))
}
