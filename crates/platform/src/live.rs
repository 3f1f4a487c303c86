//! Live fan-out inside this process: committed events and fleeting signals to whoever listens.
//!
//! A doorbell, never the record: a listener that is too slow is dropped, reconnects and asks what it missed. Signals go to
//! the listeners of other nodes too (`nodes`); events reach them by their numbers (`event::numbering`).
//! `docs/live.md` describes what goes over the sockets.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use kernel::{CustomerId, ShopId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use crate::{
    event::{AT_ONCE, Announced},
    nodes::{Nodes, Ring},
};

/// Frames a listener may be behind before it is dropped. What is told at once after a silence has room in it twice: a node
/// that catches up must not cut everybody off who listens to it.
const BEHIND: usize = 2 * AT_ONCE;

/// Whose frames one listens to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// All that happens in a shop: agents.
    Shop(ShopId),
    /// What concerns one customer: their open chat windows.
    Customer(ShopId, CustomerId),
    /// What one customer does on the shop's pages: agents who look at them just now.
    Browsing(ShopId, CustomerId),
}

/// Something a listener should know now.
#[derive(Debug, Clone, PartialEq)]
pub enum Frame {
    /// Something happened and is stored.
    Happened { seq: i64, kind: String, ids: Map<String, Value> },
    /// A signal that is not stored: typing, presence, a sign-out.
    Signal { name: Cow<'static, str>, data: Value },
}

/// The hub of one process.
#[derive(Clone)]
pub struct Live(Arc<Hub>);

/// Whoever listens, by what they listen to.
type Listeners = HashMap<Topic, Vec<(u64, mpsc::Sender<Arc<Frame>>)>>;

#[derive(Default)]
struct Hub {
    listeners: Mutex<Listeners>,
    next: AtomicU64,
    nodes: Nodes,
    /// The events after which nobody listens to their shop any more.
    last_words: Vec<&'static str>,
}

/// A listener's end; it stops listening when dropped.
pub struct Listening {
    hub: Live,
    topic: Topic,
    id: u64,
    frames: mpsc::Receiver<Arc<Frame>>,
}

impl Listening {
    /// The next frame; `None` when this listener was too slow and must start again.
    pub async fn next(&mut self) -> Option<Arc<Frame>> {
        self.frames.recv().await
    }

    /// A frame that is there already.
    pub fn try_next(&mut self) -> Option<Arc<Frame>> {
        self.frames.try_recv().ok()
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut listeners = self.hub.lock();
        if let Some(of_topic) = listeners.get_mut(&self.topic) {
            of_topic.retain(|(id, _)| *id != self.id);
            if of_topic.is_empty() {
                listeners.remove(&self.topic);
            }
        }
    }
}

impl Live {
    pub(crate) fn new(nodes: Nodes, last_words: Vec<&'static str>) -> Live {
        Live(Arc::new(Hub { nodes, last_words, ..Hub::default() }))
    }

    pub fn listen(&self, topic: Topic) -> Listening {
        let (sender, frames) = mpsc::channel(BEHIND);
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        self.lock().entry(topic).or_default().push((id, sender));
        Listening { hub: self.clone(), topic, id, frames }
    }

    /// How many listeners there are.
    pub fn listeners(&self) -> usize {
        self.lock().values().map(Vec::len).sum()
    }

    /// Says something fleeting to whoever listens, on whichever node.
    pub fn signal(&self, topic: Topic, name: &'static str, data: Value) {
        self.0.nodes.ring(Ring::Signal { topic, name: name.to_owned(), data: data.clone() });
        self.say(topic, name, data);
    }

    /// Says it to whoever listens here.
    pub(crate) fn say(&self, topic: Topic, name: impl Into<Cow<'static, str>>, data: Value) {
        self.send(topic, Arc::new(Frame::Signal { name: name.into(), data }));
    }

    /// Ends all listening to a shop and to its customers; whoever comes back must show again that they may.
    fn hang_up(&self, shop: ShopId) {
        self.lock().retain(|topic, _| !matches!(topic, Topic::Shop(of) | Topic::Customer(of, _) | Topic::Browsing(of, _) if *of == shop));
    }

    pub(crate) fn publish(&self, announced: &[Announced]) {
        for event in announced {
            let Some(seq) = event.seq else { continue };
            let ids = ids_in(&event.data);
            let customer = whose_windows(&ids);
            let frame = Arc::new(Frame::Happened { seq, kind: event.kind.clone(), ids });
            self.send(Topic::Shop(event.shop), frame.clone());
            if let Some(customer) = customer {
                self.send(Topic::Customer(event.shop, customer), frame);
            }
            if self.0.last_words.contains(&event.kind.as_str()) {
                self.hang_up(event.shop);
            }
        }
    }

    fn send(&self, topic: Topic, frame: Arc<Frame>) {
        if let Some(listeners) = self.lock().get_mut(&topic) {
            listeners.retain(|(_, sender)| sender.try_send(frame.clone()).is_ok());
        }
    }

    // every change under the lock is one call on the map, so a panic leaves it whole
    fn lock(&self) -> MutexGuard<'_, Listeners> {
        self.0.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whose chat windows an event rings: those of the customer as whom it came, whoever that is since a merge. A window
/// hears of nothing else, whatever is merged.
fn whose_windows(ids: &Map<String, Value>) -> Option<CustomerId> {
    ["customer_first", "from", "customer"].iter().find_map(|field| ids.get(*field)?.as_str()?.parse().ok())
}

/// The ids among an event's facts; the rest of it stays inside.
pub fn ids_in(data: &str) -> Map<String, Value> {
    let facts: Map<String, Value> = serde_json::from_str(data).unwrap_or_default();
    facts.into_iter().filter(|(_, fact)| fact.as_str().is_some_and(is_id)).collect()
}

fn is_id(text: &str) -> bool {
    text.split_once('_').is_some_and(|(prefix, body)| kernel::PREFIXES.contains(&prefix) && body.len() == 26)
}
