//! The settings of the contact form.

use axum::{Json, extract::State};
use platform::{
    Agent, App, Tx,
    http::{Answer, Policy, Problems, Valid},
    policy,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::settings::{self, ContactSettings};
use crate::{SETTINGS, webchat};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, change))
}

pub fn policy() -> Policy {
    policy! {
        GET "/contact-form" => SETTINGS;
        PUT "/contact-form" => SETTINGS;
    }
}

/// A shop's contact form.
#[derive(Debug, Serialize, ToSchema)]
struct ContactFormView {
    /// The page it stands on. Ombud's `/contact.js` puts it into a page of the shop, with the key in `data-shop`.
    page: String,
    /// The shop's, as in the script tag of the chat.
    key: String,
    settings: ContactSettings,
}

impl ContactFormView {
    fn new(app: &App, key: String, settings: ContactSettings) -> Self {
        ContactFormView { page: app.config().url(&format!("/contact/{key}")), key, settings }
    }
}

/// Show the contact form: what it asks and says, and where it stands.
#[utoipa::path(get, path = "/contact-form", operation_id = "show_contact_form", tag = "contact form",
    responses((status = 200, body = ContactFormView), Problems))]
async fn show(State(app): State<App>, who: Agent) -> Answer<Json<ContactFormView>> {
    let found = app.write(async move |tx: &mut Tx<'_>| {
        let key = webchat::settings::of_shop(tx, who.shop).await?.key;
        Ok((key, settings::of_shop(tx, who.shop).await?))
    });
    let (key, settings) = found.await?;
    Ok(Json(ContactFormView::new(&app, key, settings)))
}

/// Change the contact form.
#[utoipa::path(put, path = "/contact-form", operation_id = "change_contact_form", tag = "contact form", request_body = ContactSettings,
    responses((status = 200, body = ContactFormView), Problems))]
async fn change(State(app): State<App>, who: Agent, Valid(wished): Valid<ContactSettings>) -> Answer<Json<ContactFormView>> {
    let changed = app.write(async move |tx: &mut Tx<'_>| {
        let key = webchat::settings::of_shop(tx, who.shop).await?.key;
        Ok((key, settings::change(tx, &who, wished.clone()).await?))
    });
    let (key, settings) = changed.await?;
    Ok(Json(ContactFormView::new(&app, key, settings)))
}
