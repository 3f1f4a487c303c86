//! Presence: which members look at a conversation or write in it, on this node, right now. Never stored.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use kernel::{ConversationId, MemberId, ShopId, Timestamp, seconds};
use serde_json::json;

use platform::{
    App,
    live::{Live, Topic},
};

/// Typing is believed for so long after its last sign.
const TYPING: i64 = seconds(6);

/// Who looks at what.
#[derive(Default)]
pub struct Presence(Mutex<HashMap<(ShopId, u64), Looking>>);

/// What one open window shows.
#[derive(Debug, Clone)]
struct Looking {
    member: MemberId,
    name: String,
    at: Option<ConversationId>,
    typing_until: Timestamp,
}

/// A window of the console, until it is dropped.
pub struct Window {
    app: App,
    shop: ShopId,
    id: u64,
}

impl Presence {
    /// Opens a window for a member.
    pub fn open(app: &App, shop: ShopId, member: MemberId, name: &str) -> kernel::Result<Window> {
        let id = u64::from_be_bytes(app.rng().bytes());
        let looking = Looking { member, name: name.to_owned(), at: None, typing_until: Timestamp::default() };
        app.plugged::<Presence>()?.lock().insert((shop, id), looking);
        let window = Window { app: app.clone(), shop, id };
        window.tell_who_is_here();
        Ok(window)
    }

    /// The members with a window open.
    pub fn online(&self, shop: ShopId) -> Vec<MemberId> {
        let mut members: Vec<MemberId> = self.lock().iter().filter(|((s, _), _)| *s == shop).map(|(_, l)| l.member).collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    fn tell(&self, live: &Live, now: Timestamp, shop: ShopId, conversation: ConversationId) {
        let mut members: Vec<(MemberId, String, bool)> = Vec::new();
        for ((_, _), looking) in self.lock().iter().filter(|((s, _), l)| *s == shop && l.at == Some(conversation)) {
            let typing = looking.typing_until > now;
            match members.iter_mut().find(|(member, ..)| *member == looking.member) {
                Some(known) => known.2 |= typing,
                None => members.push((looking.member, looking.name.clone(), typing)),
            }
        }
        members.sort_by_key(|(member, ..)| *member);
        let members: Vec<_> = members.iter().map(|(id, name, typing)| json!({ "id": id, "name": name, "typing": typing })).collect();
        live.signal(Topic::Shop(shop), "presence", json!({ "conversation": conversation, "members": members }));
    }

    // every change under the lock is one call on the map, so a panic leaves it whole
    fn lock(&self) -> MutexGuard<'_, HashMap<(ShopId, u64), Looking>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Window {
    /// Shows another conversation, or none.
    pub fn look_at(&self, conversation: Option<ConversationId>) {
        let left = self.change(|looking| {
            looking.typing_until = Timestamp::default();
            std::mem::replace(&mut looking.at, conversation)
        });
        for changed in [left.flatten(), conversation].into_iter().flatten() {
            self.tell(changed);
        }
    }

    /// Says that its member is writing.
    pub fn type_in(&self, conversation: ConversationId) {
        let until = self.app.now() + TYPING;
        self.change(|looking| (looking.at, looking.typing_until) = (Some(conversation), until));
        self.tell(conversation);
    }

    fn change<T>(&self, change: impl FnOnce(&mut Looking) -> T) -> Option<T> {
        let presence = self.app.plugged::<Presence>().ok()?;
        presence.lock().get_mut(&(self.shop, self.id)).map(change)
    }

    fn tell(&self, conversation: ConversationId) {
        if let Ok(presence) = self.app.plugged::<Presence>() {
            presence.tell(self.app.live(), self.app.now(), self.shop, conversation);
        }
    }

    fn tell_who_is_here(&self) {
        if let Ok(presence) = self.app.plugged::<Presence>() {
            let online = presence.online(self.shop);
            self.app.live().signal(Topic::Shop(self.shop), "members", json!({ "online": online }));
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let Ok(presence) = self.app.plugged::<Presence>() else { return };
        let gone = presence.lock().remove(&(self.shop, self.id));
        if let Some(conversation) = gone.and_then(|looking| looking.at) {
            self.tell(conversation);
        }
        self.tell_who_is_here();
    }
}
