//! The chat: they read it once they are back in the shop.

use super::{Closed, Known, Outlet, Through};
use crate::webchat::NAME;

pub fn outlet(known: &Known) -> Outlet {
    let talk = known.talks.iter().find(|talk| talk.channel == NAME).cloned();
    Outlet {
        channel: NAME,
        through: Through::Chat,
        name: String::new(),
        peer: String::new(),
        proved: true,
        customer: talk.as_ref().map_or(known.person.id, |talk| talk.customer_first),
        until: None,
        in_trouble: false,
        closed: talk.is_none().then_some(Closed::Unheard),
        talk,
    }
}
