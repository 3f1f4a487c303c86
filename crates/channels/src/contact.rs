//! The contact form: a page of its own, alone or inside a page of the shop. What is written there becomes a conversation, and is
//! answered by e-mail.
//!
//! Anybody can write, in anybody's name. So nothing a stranger typed is ever sent to the address they typed, an address is told at
//! most once a day that its message arrived, and what looks like a program's work is kept as spam.

mod acknowledge;
mod api;
mod filled;
mod handed_out;
mod looks;
mod opened;
mod page;
pub mod settings;
mod take_in;
mod view;
mod visit;
mod words;

use inbox::{
    conversation::Conversation,
    delivery::{Channel, Sending},
    message::Message,
};
use platform::{App, sweep::Sweep};

pub use self::{
    acknowledge::{jobs, reactions},
    api::{policy, routes},
    page::pages,
};
use crate::{email, store::contact as store};

/// The name its conversations carry.
pub const NAME: &str = "form";

/// The contact form, as a channel: answers are letters.
pub struct ContactForm;

impl Channel for ContactForm {
    fn name(&self) -> &'static str {
        NAME
    }

    fn may_repeat(&self) -> bool {
        false
    }

    fn send<'a>(&'a self, app: &'a App, message: &'a Message, conversation: &'a Conversation) -> Sending<'a> {
        email::Email.send(app, message, conversation)
    }
}

/// Sweeps out who was told when, once it does not count any more.
pub fn sweep() -> Sweep {
    Sweep::of_rows("acknowledged", |tx| Box::pin(store::forget_told(tx)))
}
