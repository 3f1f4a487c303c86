//! Who we are: shops, people, members, roles, departments, opening hours, sign-in, tokens, audit.

mod api;
mod attempts;
pub mod audit;
pub mod department;
pub mod events;
pub mod invitation;
mod mail_texts;
pub mod member;
pub mod opening_hours;
pub mod password_reset;
pub mod permissions;
pub mod person;
pub mod role;
pub mod schedule;
pub mod session;
pub mod setup;
pub mod shop;
pub mod sign_in;
mod store;
mod sweeps;
pub mod token;
mod wall_time;

pub use api::{AuditEntry, DepartmentView, MemberView, ScheduleView, SessionView, ShopView};
pub use wall_time::WallTime;

use platform::{Migrations, Module, Plugged, Twin, event::Event, http::SignIn, password::Passwords};

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "team",
        migrations: Some(Migrations { room: "team", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        policy: api::policy(),
        permissions: permissions::ALL,
        sweeps: sweeps::sweeps(),
        last_words: &[<events::ShopClosed as Event>::KIND],
        plugs: Some(plug),
        ..Module::default()
    }
}

fn plug(plugged: &mut Plugged) {
    plugged.plug(SignIn(sign_in::plugged));
    // strengths Ombud was built with cannot fail; were they to, every sign-in would say that nothing is plugged in
    if let Ok(passwords) = Passwords::new() {
        plugged.plug(passwords);
    }
}
