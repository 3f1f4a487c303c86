//! Windows: which consoles and chats are open, on whichever node, and what they show. Never stored.
//!
//! Each node tells the others of its own windows as they change, and counts the changes. Whoever has missed one, or has only
//! just come, asks for all of them; what a node that is heard no more had open is forgotten. Each node then tells its own
//! listeners what has changed, so that this needs no telling across.

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use kernel::{ConversationId, CustomerId, MemberId, ShopId, Timestamp, seconds};
use serde_json::json;

use super::{
    Nodes, SILENCE,
    ring::{NodeId, Ring, Shown},
};
use crate::{
    App,
    clock::Clock,
    live::{Live, Topic},
};

/// Typing is believed for so long after its last sign.
const TYPING: i64 = seconds(6);
/// Windows told of at once: with the longest names they still fit into one envelope.
const PART: usize = 10;

/// All open windows.
#[derive(Clone)]
pub struct Windows(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    live: Live,
    nodes: Nodes,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    windows: HashMap<Key, Kept>,
    /// The same by whose they are.
    by_topic: HashMap<Topic, BTreeSet<Key>>,
    /// How often this node's own have changed.
    changes: u64,
    next: u64,
    others: HashMap<NodeId, Other>,
}

type Key = (NodeId, u64);

struct Kept {
    shown: Shown,
    typing_until: Timestamp,
}

/// What is known of another node.
struct Other {
    heard: Instant,
    /// How many of its changes are known; `None` before it has told of its windows.
    changes: Option<u64>,
    /// What it is telling, part by part: after which change, and so far.
    telling: (u64, Vec<(u64, Shown)>),
    parts: u64,
}

/// What consoles should hear.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum News {
    Members(ShopId),
    At(ShopId, ConversationId),
    Customer(ShopId, CustomerId),
}

/// An open window, until it is dropped.
pub struct Window {
    windows: Windows,
    id: u64,
    topic: Topic,
    member: Option<(MemberId, String)>,
}

impl Window {
    /// A member's console.
    pub fn console(app: &App, shop: ShopId, member: MemberId, name: &str) -> Window {
        Window::open(app.windows(), Topic::Shop(shop), Some((member, name.to_owned())))
    }

    /// A customer's chat.
    pub fn chat(app: &App, shop: ShopId, customer: CustomerId) -> Window {
        Window::open(app.windows(), Topic::Customer(shop, customer), None)
    }

    fn open(windows: &Windows, topic: Topic, member: Option<(MemberId, String)>) -> Window {
        let mut open = windows.lock();
        open.next += 1;
        let window = Window { windows: windows.clone(), id: open.next, topic, member };
        windows.change(&mut open, window.id, Some(window.showing(None, false)));
        drop(open);
        window
    }

    /// Shows another conversation, or none.
    pub fn look_at(&self, conversation: Option<ConversationId>) {
        self.windows.change(&mut self.windows.lock(), self.id, Some(self.showing(conversation, false)));
    }

    /// Says that whoever sits there is writing.
    pub fn type_in(&self, conversation: ConversationId) {
        self.windows.change(&mut self.windows.lock(), self.id, Some(self.showing(Some(conversation), true)));
    }

    fn showing(&self, at: Option<ConversationId>, typing: bool) -> Shown {
        Shown { topic: self.topic, member: self.member.clone(), at, typing }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.windows.change(&mut self.windows.lock(), self.id, None);
    }
}

impl Windows {
    pub(crate) fn new(clock: Arc<dyn Clock>, live: Live, nodes: Nodes) -> Windows {
        Windows(Arc::new(Inner { clock, live, nodes, open: Mutex::default() }))
    }

    /// Whether a chat of this customer is open.
    pub fn is_online(&self, shop: ShopId, customer: CustomerId) -> bool {
        self.lock().by_topic.contains_key(&Topic::Customer(shop, customer))
    }

    /// A window of this node changes.
    fn change(&self, open: &mut Open, id: u64, shown: Option<Shown>) {
        let news = open.put((NodeId::HERE, id), shown.clone(), self.0.clock.now());
        open.changes += 1;
        // under the lock, so that changes are told in their order
        self.0.nodes.ring(Ring::Window { change: open.changes, id, shown });
        self.tell(open, news);
    }

    /// Says that this node is there.
    pub(super) fn here(&self) -> Ring {
        Ring::Here { changes: self.lock().changes }
    }

    /// All windows of this node.
    pub(super) fn all(&self) -> Vec<Ring> {
        let (open, now) = (self.lock(), self.0.clock.now());
        let own = open.windows.iter().filter(|((node, _), _)| *node == NodeId::HERE);
        let own: Vec<(u64, Shown)> =
            own.map(|((_, id), kept)| (*id, Shown { typing: kept.typing_until > now, ..kept.shown.clone() })).collect();
        let parts = own.len().div_ceil(PART).max(1);
        let part = |part: usize| Ring::Windows {
            changes: open.changes,
            part: part as u64,
            last: part + 1 == parts,
            windows: own.iter().skip(part * PART).take(PART).cloned().collect(),
        };
        (0..parts).map(part).collect()
    }

    /// Takes in what another node says of its windows; asks it when something was missed, and answers one that has just come.
    pub(super) fn hear(&self, from: NodeId, at: Instant, ring: Ring) -> Vec<Ring> {
        let mut open = self.lock();
        let now = self.0.clock.now();
        if ring == Ring::Gone {
            let news = open.forget(from, now);
            self.tell(&open, news);
            return Vec::new();
        }
        let here = Ring::Here { changes: open.changes };
        let other = open.others.entry(from).or_insert(Other { heard: at, changes: None, telling: (0, Vec::new()), parts: 0 });
        other.heard = at;
        match ring {
            Ring::Here { changes } => match other.changes {
                None => return vec![Ring::Ask { of: from }, here],
                Some(known) if known < changes => return vec![Ring::Ask { of: from }],
                Some(_) => (),
            },
            // any other is known already, or will be asked for with the next sign of life
            Ring::Window { change, id, shown } if other.changes.is_some_and(|known| known + 1 == change) => {
                other.changes = Some(change);
                let news = open.put((from, id), shown, now);
                self.tell(&open, news);
            }
            Ring::Windows { changes, part, last, windows } => {
                if part == 0 {
                    (other.telling, other.parts) = ((changes, Vec::new()), 0);
                }
                if (changes, part) != (other.telling.0, other.parts) {
                    return Vec::new();
                }
                other.parts += 1;
                other.telling.1.extend(windows);
                if last {
                    other.changes = Some(changes);
                    let told = std::mem::take(&mut other.telling.1);
                    let news = open.replace(from, told, now);
                    self.tell(&open, news);
                }
            }
            _ => (),
        }
        Vec::new()
    }

    /// Forgets the windows of nodes that have not been heard for too long.
    pub(super) fn forget_silent(&self, at: Instant) {
        let mut open = self.lock();
        let silent = open.others.iter().filter(|(_, other)| at.saturating_duration_since(other.heard) > SILENCE);
        for node in silent.map(|(node, _)| *node).collect::<Vec<_>>() {
            let news = open.forget(node, self.0.clock.now());
            self.tell(&open, news);
        }
        metrics::gauge!("ombud_nodes").set(open.others.len() as f64 + 1.0);
    }

    /// Says to the consoles of this node what has changed; under the lock, so that the newest is said last.
    fn tell(&self, open: &Open, news: Vec<News>) {
        for one in news {
            let (shop, name, data) = match one {
                News::Members(shop) => (shop, "members", json!({ "online": open.online(shop) })),
                News::At(shop, conversation) => {
                    let members = open.members_at(shop, conversation, self.0.clock.now());
                    (shop, "presence", json!({ "conversation": conversation, "members": members }))
                }
                News::Customer(shop, customer) => {
                    let online = open.by_topic.contains_key(&Topic::Customer(shop, customer));
                    (shop, "customer_online", json!({ "customer": customer, "conversation": null, "online": online }))
                }
            };
            self.0.live.say(Topic::Shop(shop), name, data);
        }
    }

    // a panic while holding the lock leaves the maps whole: none of what is done under it can
    fn lock(&self) -> MutexGuard<'_, Open> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Writes down what a window shows, or that it is closed; what is new by it.
    fn put(&mut self, key: Key, shown: Option<Shown>, now: Timestamp) -> Vec<News> {
        let kept = shown.clone().map(|shown| Kept { typing_until: if shown.typing { now + TYPING } else { Timestamp::default() }, shown });
        let before = match kept {
            Some(kept) => {
                self.by_topic.entry(kept.shown.topic).or_default().insert(key);
                self.windows.insert(key, kept)
            }
            None => self.windows.remove(&key),
        };
        if shown.is_none()
            && let Some(Kept { shown: Shown { topic, .. }, .. }) = &before
            && let Some(keys) = self.by_topic.get_mut(topic)
        {
            keys.remove(&key);
            if keys.is_empty() {
                self.by_topic.remove(topic);
            }
        }
        news(before.map(|kept| kept.shown).as_ref(), shown.as_ref())
    }

    /// Holds what a node has open against what it tells; what is new by it.
    fn replace(&mut self, node: NodeId, told: Vec<(u64, Shown)>, now: Timestamp) -> Vec<News> {
        let there: BTreeSet<u64> = told.iter().map(|(id, _)| *id).collect();
        let gone: Vec<Key> = self.windows.keys().filter(|(of, id)| *of == node && !there.contains(id)).copied().collect();
        let mut all: Vec<News> = gone.into_iter().flat_map(|key| self.put(key, None, now)).collect();
        for (id, shown) in told {
            let same = self.windows.get(&(node, id)).is_some_and(|kept| kept.shown == shown && !shown.typing);
            if !same {
                all.extend(self.put((node, id), Some(shown), now));
            }
        }
        once_each(all)
    }

    fn forget(&mut self, node: NodeId, now: Timestamp) -> Vec<News> {
        let news = self.replace(node, Vec::new(), now);
        self.others.remove(&node);
        news
    }

    fn consoles(&self, shop: ShopId) -> impl Iterator<Item = &Kept> {
        self.by_topic.get(&Topic::Shop(shop)).into_iter().flatten().filter_map(|key| self.windows.get(key))
    }

    /// The members with a console open.
    fn online(&self, shop: ShopId) -> BTreeSet<MemberId> {
        self.consoles(shop).filter_map(|kept| kept.shown.member.as_ref()).map(|(member, _)| *member).collect()
    }

    fn members_at(&self, shop: ShopId, conversation: ConversationId, now: Timestamp) -> Vec<serde_json::Value> {
        let mut members: Vec<(MemberId, &str, bool)> = Vec::new();
        for kept in self.consoles(shop).filter(|kept| kept.shown.at == Some(conversation)) {
            let Some((member, name)) = &kept.shown.member else { continue };
            let typing = kept.typing_until > now;
            match members.iter_mut().find(|(known, ..)| known == member) {
                Some(known) => known.2 |= typing,
                None => members.push((*member, name, typing)),
            }
        }
        members.sort_by_key(|(member, ..)| *member);
        members.iter().map(|(id, name, typing)| json!({ "id": id, "name": name, "typing": typing })).collect()
    }
}

/// What consoles should hear when a window shows something else, is opened or closed.
fn news(before: Option<&Shown>, after: Option<&Shown>) -> Vec<News> {
    let Some(topic) = before.or(after).map(|shown| shown.topic) else { return Vec::new() };
    let turned = before.is_some() != after.is_some();
    match topic {
        Topic::Customer(shop, customer) => Vec::from_iter(turned.then_some(News::Customer(shop, customer))),
        // no window is of it
        Topic::Browsing(..) => Vec::new(),
        Topic::Shop(shop) => {
            let looked_at = [before, after].into_iter().flatten().filter_map(|shown| shown.at);
            once_each(looked_at.map(|at| News::At(shop, at)).chain(turned.then_some(News::Members(shop))).collect())
        }
    }
}

fn once_each(all: Vec<News>) -> Vec<News> {
    let mut said = HashSet::new();
    all.into_iter().filter(|news| said.insert(*news)).collect()
}
