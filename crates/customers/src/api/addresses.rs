//! A customer's addresses.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{CustomerId, IdentityId, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Valid, Validate},
    keyed,
};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::changed;
use crate::{address, customer::AddressKind, view::CustomerView};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add)).routes(routes!(remove))
}

keyed! {
    /// What a member can write down; the others are the shop's own system's to tell.
    enum ClaimedKind {
        Email = "email",
        Phone = "phone",
    }
}

/// An address a member has heard of.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAddress {
    kind: ClaimedKind,
    /// A telephone number has its country code.
    address: String,
}

impl Validate for NewAddress {
    fn check(&mut self, check: &mut Check) {
        match self.kind {
            ClaimedKind::Email => check.email("address", &mut self.address),
            ClaimedKind::Phone => {
                check.line("address", &mut self.address, 1, address::LONGEST_PHONE);
                check.that(address::is_phone(&self.address), "address", say!("not-a-phone-number"));
            }
        }
    }
}

/// Add an address to a customer's: a claim, which nobody has proved.
#[utoipa::path(post, path = "/customers/{id}/addresses", operation_id = "add_address", tag = "customers", params(("id" = CustomerId, Path)),
    request_body = NewAddress,
    responses((status = 201, body = CustomerView), Problems))]
async fn add(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Valid(new): Valid<NewAddress>,
) -> Answer<(StatusCode, Json<CustomerView>)> {
    let kind = match new.kind {
        ClaimedKind::Email => AddressKind::Email,
        ClaimedKind::Phone => AddressKind::Phone,
    };
    let view = changed(&app, async move |tx: &mut Tx<'_>| address::add(tx, &who, id, kind, &new.address).await).await?;
    Ok((StatusCode::CREATED, view))
}

/// Remove an address of a customer's; of a proved one they are not recognised by it any more, so it takes `customers.manage`.
#[utoipa::path(delete, path = "/customers/{id}/addresses/{address}", operation_id = "remove_address", tag = "customers",
    params(("id" = CustomerId, Path), ("address" = IdentityId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn remove(State(app): State<App>, who: Agent, Path((id, address)): Path<(CustomerId, IdentityId)>) -> Answer<Json<CustomerView>> {
    changed(&app, async move |tx: &mut Tx<'_>| address::remove(tx, &who, id, address).await).await
}
