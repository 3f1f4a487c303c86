//! Who we are, over HTTP.

mod audit;
mod departments;
mod invitations;
mod members;
mod pause;
mod person;
mod roles;
mod schedules;
mod session;
mod shops;
mod tokens;

use axum::http::{HeaderMap, header};
use kernel::{Error, Result, say};
use platform::{
    App,
    http::{Policy, same_origin},
    live::Topic,
    policy,
};
use utoipa_axum::router::OpenApiRouter;

pub use audit::AuditEntry;
pub use departments::DepartmentView;
pub use members::MemberView;
pub use schedules::ScheduleView;
pub use session::SessionView;
pub use shops::ShopView;

use crate::{permissions::*, session::SignedOutMember};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .merge(session::routes())
        .merge(person::routes())
        .merge(invitations::routes())
        .merge(members::routes())
        .merge(roles::routes())
        .merge(tokens::routes())
        .merge(audit::routes())
        .merge(shops::routes())
        .merge(pause::routes())
        .merge(departments::routes())
        .merge(schedules::routes())
}

pub fn policy() -> Policy {
    policy! {
        POST "/session" => public;
        GET "/session" => signed_in;
        DELETE "/session" => signed_in;
        PUT "/session/shop" => signed_in;
        GET "/sessions" => signed_in;
        DELETE "/sessions" => signed_in;
        DELETE "/sessions/{id}" => signed_in;
        POST "/password-resets" => public;
        PUT "/password-resets" => public;
        PATCH "/person" => signed_in;
        PUT "/person/password" => signed_in;
        GET "/invitations" => MANAGE_MEMBERS;
        POST "/invitations" => MANAGE_MEMBERS;
        DELETE "/invitations/{id}" => MANAGE_MEMBERS;
        POST "/invitations/lookups" => public;
        POST "/invitations/acceptances" => public;
        GET "/members" => READ_TEAM;
        GET "/members/{id}" => READ_TEAM;
        PATCH "/members/{id}" => MANAGE_MEMBERS;
        PUT "/members/{id}/availability" => signed_in;
        GET "/roles" => READ_TEAM;
        POST "/roles" => MANAGE_ROLES;
        PATCH "/roles/{id}" => MANAGE_ROLES;
        DELETE "/roles/{id}" => MANAGE_ROLES;
        GET "/permissions" => READ_TEAM;
        GET "/tokens" => MANAGE_TOKENS;
        POST "/tokens" => MANAGE_TOKENS;
        DELETE "/tokens/{id}" => MANAGE_TOKENS;
        GET "/audit" => READ_AUDIT;
        GET "/audit/verification" => READ_AUDIT;
        GET "/jobs/attention" => MANAGE_JOBS;
        PUT "/jobs/{id}/retry" => MANAGE_JOBS;
        DELETE "/jobs/{id}" => MANAGE_JOBS;
        GET "/shop" => signed_in;
        PATCH "/shop" => MANAGE_SHOP;
        DELETE "/shop" => CLOSE_SHOPS;
        GET "/shop/pause" => signed_in;
        DELETE "/shop/pause" => MANAGE_SHOP;
        GET "/shops" => signed_in;
        POST "/shops" => CREATE_SHOPS;
        GET "/departments" => READ_TEAM;
        POST "/departments" => MANAGE_DEPARTMENTS;
        PATCH "/departments/{id}" => MANAGE_DEPARTMENTS;
        DELETE "/departments/{id}" => MANAGE_DEPARTMENTS;
        GET "/schedules" => READ_TEAM;
        POST "/schedules" => MANAGE_SCHEDULES;
        PUT "/schedules/{id}" => MANAGE_SCHEDULES;
        DELETE "/schedules/{id}" => MANAGE_SCHEDULES;
        GET "/schedules/{id}/preview" => READ_TEAM;
    }
}

/// Closes the live sockets of those whose sessions were ended, on whichever node; where this is not heard, the event is.
fn close_sockets(app: &App, signed_out: &[SignedOutMember]) {
    for one in signed_out {
        let data = serde_json::json!({ "member": one.member, "kept": one.kept });
        app.live().signal(Topic::Shop(one.shop), "signed_out", data);
    }
}

/// Where no session is asked for, another site's page could still sign somebody in as somebody else.
fn refuse_other_sites(app: &App, headers: &HeaderMap) -> Result<()> {
    if !headers.contains_key(header::ORIGIN) || same_origin(headers, &app.config().public_url) {
        return Ok(());
    }
    Err(Error::Forbidden(say!("sign-in-from-elsewhere")))
}

/// What the browser calls itself.
fn agent_header(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
