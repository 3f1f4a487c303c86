//! Customers who may be one person, over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{CustomerId, Page};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Problems},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    duplicates::{self, Duplicate, Likeness, Reason},
    view::{CustomerView, Profile},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(dismiss, reconsider))
}

/// One thing two customers have in common.
#[derive(Debug, Serialize, ToSchema)]
struct ReasonView {
    likeness: Likeness,
    /// The address or name they share.
    shared: String,
}

/// Somebody who may be the same person.
#[derive(Debug, Serialize, ToSchema)]
struct DuplicateView {
    customer: CustomerView,
    /// Why it looks so, the strongest first.
    reasons: Vec<ReasonView>,
}

impl DuplicateView {
    fn new(app: &App, profile: Profile, reasons: Vec<Reason>) -> Self {
        let reasons = reasons.into_iter().map(|Reason { likeness, shared }| ReasonView { likeness, shared }).collect();
        DuplicateView { customer: CustomerView::new(app, profile), reasons }
    }
}

/// List who may be the same person as a customer, the likeliest first; ten at most.
#[utoipa::path(get, path = "/customers/{id}/duplicates", operation_id = "list_duplicates", tag = "customers",
    params(("id" = CustomerId, Path)),
    responses((status = 200, body = Page<DuplicateView>), Problems))]
async fn list(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<Page<DuplicateView>>> {
    let found = app
        .read(async move |tx: &mut Tx<'_>| {
            let mut found = Vec::new();
            for Duplicate { person, reasons } in duplicates::of(tx, who.shop, id).await? {
                found.push((Profile::of(tx, person).await?, reasons));
            }
            Ok(found)
        })
        .await?;
    Ok(Json(Page::all(found.into_iter().map(|(profile, reasons)| DuplicateView::new(&app, profile, reasons)).collect())))
}

/// Say that two customers are not the same person: neither is suggested for the other any more.
#[utoipa::path(put, path = "/customers/{id}/duplicates/{other}/dismissal", operation_id = "dismiss_duplicate", tag = "customers",
    params(("id" = CustomerId, Path), ("other" = CustomerId, Path)),
    responses((status = 204), Problems))]
async fn dismiss(State(app): State<App>, who: Agent, Path((id, other)): Path<(CustomerId, CustomerId)>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| duplicates::tell_apart(tx, &who, id, other, true).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take that back: they may be the same person after all.
#[utoipa::path(delete, path = "/customers/{id}/duplicates/{other}/dismissal", operation_id = "reconsider_duplicate", tag = "customers",
    params(("id" = CustomerId, Path), ("other" = CustomerId, Path)),
    responses((status = 204), Problems))]
async fn reconsider(State(app): State<App>, who: Agent, Path((id, other)): Path<(CustomerId, CustomerId)>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| duplicates::tell_apart(tx, &who, id, other, false).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
