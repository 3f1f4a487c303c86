//! E-mail: letters that come into a shop's mailboxes become conversations, and answers go back as letters.
//!
//! A letter is kept as it came before anything is read out of it, and is read by a job of its own: one that cannot be read is
//! put aside where people see it, and stops nothing. What it says is for the crate `mail` to tell.

mod api;
mod aside;
mod bounded;
mod compose;
mod fetch;
mod imap;
pub(crate) mod letter;
mod letters_api;
pub mod mailbox;
mod opening;
mod page;
mod parting;
mod parting_api;
pub mod sign_in;
mod signing;
mod signing_api;
mod smtp;
mod take_in;
pub(crate) mod thread;
mod view;
mod watch;

use inbox::{
    conversation::Conversation,
    delivery::{Channel, Sending},
    message::Message,
};
use platform::{App, http::Policy, job::JobKind, sweep::Sweep};
use utoipa_axum::router::OpenApiRouter;

pub use self::{page::pages, watch::Watches};

/// The name its conversations carry.
pub const NAME: &str = "email";

/// E-mail, as a channel.
pub struct Email;

impl Channel for Email {
    fn name(&self) -> &'static str {
        NAME
    }

    /// A letter that is handed over twice arrives twice.
    fn may_repeat(&self) -> bool {
        false
    }

    fn send<'a>(&'a self, app: &'a App, message: &'a Message, conversation: &'a Conversation) -> Sending<'a> {
        Box::pin(smtp::send(app, message, conversation))
    }
}

pub fn routes() -> OpenApiRouter<App> {
    let own = api::routes().merge(letters_api::routes()).merge(parting_api::routes());
    own.merge(sign_in::routes()).merge(signing_api::routes())
}

pub fn policy() -> Policy {
    let all = [api::policy(), letters_api::policy(), parting_api::policy(), sign_in::policy(), signing_api::policy()];
    all.into_iter().flatten().collect()
}

pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(fetch::fetch).within(fetch::AS_LONG_AS), JobKind::new(take_in::take_in).within(take_in::AS_LONG_AS)]
}

pub fn sweeps() -> [Sweep; 2] {
    [letter::sweep(), sign_in::sweep()]
}
