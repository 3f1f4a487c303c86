//! Tags for customers, and who carries them.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{CustomerId, CustomerTagId, Page};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::changed;
use crate::{
    tag::{self, Tag},
    view::CustomerView,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index, create)).routes(routes!(rename, delete)).routes(routes!(spread)).routes(routes!(replace))
}

/// A tag for customers.
#[derive(Debug, Serialize, ToSchema)]
struct CustomerTagView {
    id: CustomerTagId,
    name: String,
}

impl From<Tag> for CustomerTagView {
    fn from(tag: Tag) -> Self {
        CustomerTagView { id: tag.id, name: tag.name }
    }
}

/// List the shop's tags for customers.
#[utoipa::path(get, path = "/customer-tags", operation_id = "list_customer_tags", tag = "customers",
    responses((status = 200, body = Page<CustomerTagView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<CustomerTagView>>> {
    let tags = app.read(async move |tx: &mut Tx<'_>| tag::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(tags.into_iter().map(CustomerTagView::from).collect())))
}

/// What a tag is called.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomerTagName {
    name: String,
}

impl Validate for CustomerTagName {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 40);
    }
}

/// Add a tag for customers.
#[utoipa::path(post, path = "/customer-tags", operation_id = "create_customer_tag", tag = "customers", request_body = CustomerTagName,
    responses((status = 201, body = CustomerTagView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(called): Valid<CustomerTagName>) -> Answer<(StatusCode, Json<CustomerTagView>)> {
    let tag = app.write(async move |tx: &mut Tx<'_>| tag::create(tx, &who, called.name.clone()).await).await?;
    Ok((StatusCode::CREATED, Json(tag.into())))
}

/// Rename a tag for customers.
#[utoipa::path(patch, path = "/customer-tags/{id}", operation_id = "rename_customer_tag", tag = "customers",
    params(("id" = CustomerTagId, Path)), request_body = CustomerTagName,
    responses((status = 200, body = CustomerTagView), Problems))]
async fn rename(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerTagId>,
    Valid(called): Valid<CustomerTagName>,
) -> Answer<Json<CustomerTagView>> {
    let tag = app.write(async move |tx: &mut Tx<'_>| tag::rename(tx, &who, id, called.name.clone()).await).await?;
    Ok(Json(tag.into()))
}

/// Delete a tag for customers; they lose it.
#[utoipa::path(delete, path = "/customer-tags/{id}", operation_id = "delete_customer_tag", tag = "customers",
    params(("id" = CustomerTagId, Path)),
    responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<CustomerTagId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| tag::delete(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Many customers, and whether they carry a tag from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Spread {
    customers: Vec<CustomerId>,
    tagged: bool,
}

impl Validate for Spread {
    fn check(&mut self, check: &mut Check) {
        check.at_most("customers", &self.customers, 100);
    }
}

/// Whom it was new for: to take it back, say the opposite of these.
#[derive(Debug, Serialize, ToSchema)]
struct Changed {
    customers: Vec<CustomerId>,
}

/// Give up to 100 customers a tag, or take it from them; answers whom that changed.
#[utoipa::path(put, path = "/customer-tags/{id}/customers", operation_id = "tag_many_customers", tag = "customers",
    params(("id" = CustomerTagId, Path)), request_body = Spread,
    responses((status = 200, body = Changed), Problems))]
async fn spread(State(app): State<App>, who: Agent, Path(id): Path<CustomerTagId>, Valid(to): Valid<Spread>) -> Answer<Json<Changed>> {
    let verb = async move |tx: &mut Tx<'_>| tag::set_for_many(tx, &who, id, &to.customers, to.tagged).await;
    Ok(Json(Changed { customers: app.write(verb).await? }))
}

/// The tags a customer carries from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Carried {
    tags: Vec<CustomerTagId>,
}

impl Validate for Carried {
    fn check(&mut self, check: &mut Check) {
        check.at_most("tags", &self.tags, 50);
    }
}

/// Replace a customer's tags.
#[utoipa::path(put, path = "/customers/{id}/tags", operation_id = "tag_customer", tag = "customers", params(("id" = CustomerId, Path)),
    request_body = Carried,
    responses((status = 200, body = CustomerView), Problems))]
async fn replace(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Valid(carried): Valid<Carried>,
) -> Answer<Json<CustomerView>> {
    changed(&app, async move |tx: &mut Tx<'_>| tag::replace(tx, &who, id, &carried.tags).await).await
}
