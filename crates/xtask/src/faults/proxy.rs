//! What stands between, and does what networks do: before a database or NATS it is a line, before several nodes it is their
//! load balancer.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

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

/// A listener that passes on; it ends with this value.
pub struct Proxy {
    pub address: String,
    road: watch::Sender<Road>,
    dice: Arc<Mutex<Dice>>,
}

/// Where it goes now, and how one fares.
struct Road {
    way: Way,
    to: Vec<String>,
}

impl Road {
    /// Whether connections to this place are cut.
    fn ends(&self, place: &String) -> bool {
        self.way == Way::Cut || !self.to.contains(place)
    }
}

impl Proxy {
    /// Leads to the first of these that takes a connection, beginning with another one each time.
    pub async fn before(to: Vec<String>, dice: Dice) -> Result<Proxy> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let (road, looks) = watch::channel(Road { way: Way::Open, to });
        let dice = Arc::new(Mutex::new(dice));
        tokio::spawn(accept(listener, looks, dice.clone()));
        Ok(Proxy { address, road, dice })
    }

    pub fn set(&self, way: Way) {
        self.road.send_modify(|road| road.way = way);
    }

    /// From now on it leads to these; connections to any other are cut.
    pub fn lead_to(&self, to: Vec<String>) {
        self.road.send_modify(|road| road.to = to);
    }

    /// Chance of its own from here on.
    pub fn roll(&self, dice: Dice) {
        *self.dice.lock().unwrap_or_else(PoisonError::into_inner) = dice;
    }
}

async fn accept(listener: TcpListener, road: watch::Receiver<Road>, dice: Arc<Mutex<Dice>>) {
    let (mut ended, next) = (road.clone(), Arc::new(AtomicUsize::new(0)));
    loop {
        let client = tokio::select! {
            accepted = listener.accept() => accepted,
            gone = ended.wait_for(|_| false) => return drop(gone),
        };
        if let Ok((client, _)) = client {
            tokio::spawn(pass(client, road.clone(), dice.clone(), next.clone()));
        }
    }
}

/// Passes on until one side hangs up or the connection is cut: dropping both ends cuts it.
async fn pass(client: TcpStream, mut road: watch::Receiver<Road>, dice: Arc<Mutex<Dice>>, next: Arc<AtomicUsize>) {
    let mut places = road.borrow().to.clone();
    let first = next.fetch_add(1, Relaxed) % places.len().max(1);
    places.rotate_left(first);
    for place in places {
        if road.borrow().ends(&place) {
            continue;
        }
        let Ok(server) = TcpStream::connect(&place).await else { continue };
        let _ = (client.set_nodelay(true), server.set_nodelay(true));
        let carrying = carry(client, server, road.clone(), dice);
        tokio::select! {
            () = carrying => (),
            cut = road.wait_for(|road| road.ends(&place)) => drop(cut),
        }
        return;
    }
}

async fn carry(client: TcpStream, server: TcpStream, mut road: watch::Receiver<Road>, dice: Arc<Mutex<Dice>>) {
    let ((mut asks, mut hears), (mut answers, mut serves)) = (client.into_split(), server.into_split());
    let (mut question, mut answer) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    // looked at each time: what has been seen once is not a change
    while road.wait_for(|road| road.way != Way::Silent).await.is_ok() {
        let passed = tokio::select! {
            changed = road.changed() => changed.is_ok(),
            read = asks.read(&mut question) => {
                let bytes = &question[..read.unwrap_or(0)];
                let loses = matches!(road.borrow().way, Way::LosesAnswers(times) if is_commit(bytes)
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

#[cfg(test)]
#[path = "proxy_tests.rs"]
mod tests;
