//! Chat on the shop's own pages.
//!
//! Its messages leave by being stored: an open window hears of them at once, a closed one asks when it opens again.

mod agreement;
pub mod api;
mod config;
mod identity;
pub mod reactions;
pub mod settings;
mod socket;
mod strings;
mod transcript;
mod view;
pub(crate) mod visit;

use inbox::{
    conversation::Conversation,
    delivery::{Channel, Handed, Sending},
    message::Message,
};
use platform::App;

/// The name its conversations carry.
pub const NAME: &str = "chat";

/// The chat, as a channel.
pub struct Webchat;

impl Channel for Webchat {
    fn name(&self) -> &'static str {
        NAME
    }

    fn send<'a>(&'a self, _: &'a App, _: &'a Message, _: &'a Conversation) -> Sending<'a> {
        Box::pin(async { Ok(Handed::Over) })
    }
}
