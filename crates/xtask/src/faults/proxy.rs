//! What stands between the server and PostgreSQL, and does what networks do.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

use super::dice::Dice;
use crate::Result;

/// What happens to what passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Open,
    /// Every connection is cut, and nobody is let in.
    Cut,
    /// Nothing passes, and nobody is told.
    Silent,
    /// One commit in so many reaches the database, and its connection is cut before the answer passes.
    LosesAnswers(u64),
}

/// A listener that passes on to PostgreSQL; it ends with this value.
pub struct Proxy {
    pub address: String,
    way: watch::Sender<Way>,
    dice: Arc<Mutex<Dice>>,
}

impl Proxy {
    pub async fn before(database: String, dice: Dice) -> Result<Proxy> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let (way, looks) = watch::channel(Way::Open);
        let dice = Arc::new(Mutex::new(dice));
        let rolls = dice.clone();
        tokio::spawn(async move {
            let mut ended = looks.clone();
            loop {
                let client = tokio::select! {
                    accepted = listener.accept() => accepted,
                    gone = ended.wait_for(|_| false) => return drop(gone),
                };
                let Ok((client, _)) = client else { continue };
                if *looks.borrow() != Way::Cut {
                    tokio::spawn(pass(client, database.clone(), looks.clone(), rolls.clone()));
                }
            }
        });
        Ok(Proxy { address, way, dice })
    }

    pub fn set(&self, way: Way) {
        self.way.send_replace(way);
    }

    /// Chance of its own from here on.
    pub fn roll(&self, dice: Dice) {
        *self.dice.lock().unwrap_or_else(PoisonError::into_inner) = dice;
    }
}

/// Passes on until one side hangs up or the connection is cut: dropping both ends cuts it.
async fn pass(client: TcpStream, database: String, mut way: watch::Receiver<Way>, dice: Arc<Mutex<Dice>>) {
    let Ok(server) = TcpStream::connect(database).await else { return };
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let ((mut asks, mut hears), (mut answers, mut serves)) = (client.into_split(), server.into_split());
    let (mut question, mut answer) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        // looked at each time: what has been seen once is not a change
        if way.wait_for(|way| *way != Way::Silent).await.map_or(true, |way| *way == Way::Cut) {
            return;
        }
        let passed = tokio::select! {
            changed = way.changed() => changed.is_ok() && *way.borrow() != Way::Cut,
            read = asks.read(&mut question) => {
                let bytes = &question[..read.unwrap_or(0)];
                let loses = matches!(*way.borrow(), Way::LosesAnswers(times) if is_commit(bytes)
                    && dice.lock().unwrap_or_else(PoisonError::into_inner).one_in(times));
                if loses {
                    return lose_answer(bytes, &mut serves, &mut answers).await;
                }
                hand_on(bytes, &mut serves).await
            }
            read = answers.read(&mut answer) => hand_on(&answer[..read.unwrap_or(0)], &mut hears).await,
        };
        if !passed {
            return;
        }
    }
}

async fn hand_on(bytes: &[u8], to: &mut OwnedWriteHalf) -> bool {
    !bytes.is_empty() && to.write_all(bytes).await.is_ok()
}

fn is_commit(bytes: &[u8]) -> bool {
    bytes.windows(7).any(|seven| seven == b"COMMIT\0")
}

/// The database does it, and nobody hears so.
async fn lose_answer(commit: &[u8], to: &mut OwnedWriteHalf, from: &mut OwnedReadHalf) {
    if hand_on(commit, to).await {
        let _ = from.read(&mut [0; 64]).await;
    }
}
