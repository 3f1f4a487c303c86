//! The ways customers reach a shop, each behind the same plug. Nothing imports this crate but the binary.

mod acknowledgement;
pub mod contact;
mod elsewhere;
pub mod email;
pub mod events;
mod instagram;
pub mod lines;
mod messenger;
mod meta;
mod multipart;
mod outflow;
pub mod partner;
mod personal_data;
mod sms;
mod store;
mod telegram;
pub mod webchat;
mod whatsapp;
mod x;

use inbox::delivery::{Channel, Channels};
use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
};

/// To change how the chat looks and behaves, which mailboxes are read, and through which lines customers write.
pub const SETTINGS: Permission = Permission {
    key: "channels.manage",
    about: "Set up the chat on the shop’s pages, the mailboxes, and the numbers and bots at partners",
    least: Rank::Admin,
};

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "channels",
        migrations: Some(Migrations { room: "channels", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(
            webchat::api::routes().merge(contact::routes()).merge(email::routes()).merge(lines::routes()).merge(elsewhere::api::routes()),
        ),
        pages: Some(email::pages().merge(contact::pages())),
        policy: [webchat::api::policy(), contact::policy(), email::policy(), lines::policy(), elsewhere::api::policy()]
            .into_iter()
            .flatten()
            .collect(),
        permissions: &[SETTINGS],
        reactions: webchat::reactions::reactions().into_iter().chain(contact::reactions()).collect(),
        jobs: [webchat::reactions::jobs(), contact::jobs(), email::jobs(), lines::jobs()].into_iter().flatten().collect(),
        sweeps: [contact::sweep(), lines::sweep()].into_iter().chain(email::sweeps()).collect(),
        personal_data: Some(personal_data::ours()),
        plugs: Some(|plugged| {
            plugged.plug(channels());
            plugged.plug(email::Watches::default());
        }),
        ..Module::default()
    }
}

/// Every channel: our own, and one for each partner.
fn channels() -> Channels {
    let own: [Box<dyn Channel>; 3] = [Box::new(webchat::Webchat), Box::new(contact::ContactForm), Box::new(email::Email)];
    let partners = lines::PARTNERS.into_iter().map(|partner| Box::new(lines::Through(partner)) as Box<dyn Channel>);
    Channels(own.into_iter().chain(partners).collect())
}
