//! Lines: a shop's numbers, pages and bots at partners, through which customers write and are answered.
//!
//! A partner's call is kept before anything is read out of it, and answered once it is. What it tells is taken in by jobs, those of
//! one customer one after the other. What nobody understands is put aside where people see it.

mod access;
pub mod api;
mod arrival;
pub mod comment;
mod dialog;
pub mod line;
mod look;
mod pieces;
mod private_reply;
mod public_api;
mod public_view;
mod send;
mod suggest;
mod take_in;
mod template;
mod templates_api;
pub mod terms;
mod told;
mod view;
pub mod webhook;
mod webhook_api;

use std::time::Duration;

use inbox::{
    conversation::Conversation,
    delivery::{Channel, Sending, Taking, Written},
    message::Message,
};
use kernel::{Error, Result, say};
use platform::{App, Tx, http::Policy, job::JobKind, sweep::Sweep};
use utoipa_axum::router::OpenApiRouter;

pub use self::{
    arrival::Arrival,
    comment::Comment,
    dialog::{Dialog, Reference, handle},
    line::Line,
    told::{is_a_link, told},
};
use crate::{instagram::INSTAGRAM, messenger::MESSENGER, partner::Partner, sms::Sms, telegram::Telegram, whatsapp::Whatsapp, x::X};

/// The partners of this installation, one line each.
pub static PARTNERS: [&dyn Partner; 6] = [&Whatsapp, &MESSENGER, &INSTAGRAM, &X, &Sms, &Telegram];

/// Errors: `NotFound`.
pub fn named(name: &str) -> Result<&'static dyn Partner> {
    PARTNERS.iter().find(|one| one.name() == name).copied().ok_or(Error::NotFound(say!("partner-not-found")))
}

/// A partner, as a channel.
pub struct Through(pub &'static dyn Partner);

impl Channel for Through {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    /// What is handed over twice arrives twice.
    fn may_repeat(&self) -> bool {
        false
    }

    fn takes<'a>(&'a self, tx: &'a mut Tx<'_>, conversation: &'a Conversation, written: Written<'a>) -> Taking<'a> {
        Box::pin(send::must_take(tx, self.0, conversation, written))
    }

    fn send<'a>(&'a self, app: &'a App, message: &'a Message, conversation: &'a Conversation) -> Sending<'a> {
        Box::pin(send::send(app, self.0, message, conversation))
    }
}

pub fn routes() -> OpenApiRouter<App> {
    api::routes().merge(templates_api::routes()).merge(public_api::routes()).merge(webhook_api::routes())
}

pub fn policy() -> Policy {
    [api::policy(), templates_api::policy(), public_api::policy(), webhook_api::policy()].into_iter().flatten().collect()
}

pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(look::look), JobKind::new(comment::look_at_post), JobKind::new(take_in::take_in).within(Duration::from_mins(3))]
}

pub fn sweep() -> Sweep {
    arrival::sweep()
}
