//! Customers over HTTP.

mod addresses;
mod attributes;
mod consents;
mod duplicates;
mod exports;
mod imports;
mod merges;
mod notes;
mod tags;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Cursor, CustomerId, CustomerTagId, Language, Page, Result, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Policy, Problems, Query, Valid, Validate, nullable},
    policy,
};
use serde::Deserialize;
use team::shop::check_time_zone;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    BLOCK, EDIT, ERASE, EXPORT, IMPORT, MANAGE, MERGE, READ, address,
    birthday::Birthday,
    channel::Channel,
    correction::{Correction, correct},
    country, customer,
    list::{self, Filter},
    person::Person,
    personal_data,
    view::{CustomerView, Profile},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show, edit))
        .routes(routes!(block, unblock))
        .routes(routes!(export))
        .routes(routes!(erase))
        .merge(addresses::routes())
        .merge(attributes::routes())
        .merge(consents::routes())
        .merge(duplicates::routes())
        .merge(exports::routes())
        .merge(imports::routes())
        .merge(merges::routes())
        .merge(notes::routes())
        .merge(tags::routes())
}

pub fn policy() -> Policy {
    policy! {
        GET "/customers" => READ;
        GET "/customers/export" => EXPORT;
        GET "/customers/{id}" => READ;
        PATCH "/customers/{id}" => EDIT;
        POST "/customers/{id}/addresses" => EDIT;
        DELETE "/customers/{id}/addresses/{address}" => EDIT;
        GET "/customers/{id}/notes" => READ;
        POST "/customers/{id}/notes" => EDIT;
        PATCH "/customers/{id}/notes/{note}" => EDIT;
        DELETE "/customers/{id}/notes/{note}" => EDIT;
        PUT "/customers/{id}/tags" => EDIT;
        GET "/customers/{id}/consents" => READ;
        POST "/customers/{id}/consents" => EDIT;
        GET "/customers/{id}/attributes" => READ;
        PATCH "/customers/{id}/attributes" => EDIT;
        PUT "/customers/{id}/block" => BLOCK;
        DELETE "/customers/{id}/block" => BLOCK;
        GET "/customers/{id}/export" => EXPORT;
        PUT "/customers/{id}/erasure" => ERASE;
        GET "/customers/{id}/merges" => READ;
        POST "/customers/{id}/merges" => MERGE;
        DELETE "/customers/{id}/merges/{other}" => MERGE;
        GET "/customers/{id}/duplicates" => READ;
        PUT "/customers/{id}/duplicates/{other}/dismissal" => MERGE;
        DELETE "/customers/{id}/duplicates/{other}/dismissal" => MERGE;
        GET "/customer-imports" => IMPORT;
        POST "/customer-imports" => IMPORT;
        GET "/customer-imports/{id}" => IMPORT;
        DELETE "/customer-imports/{id}" => IMPORT;
        PUT "/customer-imports/{id}/mapping" => IMPORT;
        POST "/customer-imports/{id}/runs" => IMPORT;
        PUT "/customer-imports/{id}/cancellation" => IMPORT;
        GET "/customer-imports/{id}/errors" => IMPORT;
        GET "/customer-tags" => READ;
        POST "/customer-tags" => MANAGE;
        PATCH "/customer-tags/{id}" => MANAGE;
        DELETE "/customer-tags/{id}" => MANAGE;
        PUT "/customer-tags/{id}/customers" => EDIT;
        GET "/customer-attributes" => READ;
        POST "/customer-attributes" => MANAGE;
        PATCH "/customer-attributes/{id}" => MANAGE;
        DELETE "/customer-attributes/{id}" => MANAGE;
    }
}

/// What to look for: all that is given must be true.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Find {
    /// Words of a name or an address.
    q: Option<String>,
    /// Only those who carry this tag.
    tag: Option<CustomerTagId>,
    /// Only those who speak it.
    language: Option<Language>,
    /// Only those who are there: two letters of ISO 3166.
    country: Option<String>,
    /// Only those who are blocked, or are not.
    blocked: Option<bool>,
    /// Only those seen since then.
    seen_since: Option<Timestamp>,
    /// Only those who looked around in the shop and never wrote, bought or said who they are; they are left out else.
    visitors: Option<bool>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List customers, those seen last first, or find them by name or address.
#[utoipa::path(get, path = "/customers", operation_id = "list_customers", tag = "customers", params(Find),
    responses((status = 200, body = Page<CustomerView>), Problems))]
async fn list(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<CustomerView>>> {
    let (shop, limit) = (who.shop, find.limit.unwrap_or(25).clamp(1, 100));
    let Find { q, tag, language, country, blocked, seen_since, visitors, cursor, .. } = find;
    let filter = Filter { tag, language, country, blocked, seen_since, visitors: visitors.unwrap_or_default() };
    let page = app
        .read(async move |tx: &mut Tx<'_>| {
            if let Some(query) = q.as_deref().filter(|q| !q.trim().is_empty()) {
                return Ok(Page::all(list::find(tx, shop, &filter, query, limit).await?));
            }
            let after = cursor.as_deref().map_or(Ok(Cursor::FIRST_DESCENDING), str::parse)?;
            list::page(tx, shop, &filter, after, limit).await
        })
        .await?;
    Ok(Json(page.map(|profile| CustomerView::new(&app, profile))))
}

/// Show a customer. One that was merged says into whom, and only what is known of them alone.
#[utoipa::path(get, path = "/customers/{id}", operation_id = "show_customer", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerView>> {
    let profile = app
        .read(async move |tx: &mut Tx<'_>| {
            let customer = customer::by_id(tx, who.shop, id).await?;
            if customer.merged_into.is_some() { Profile::came_as(tx, customer).await } else { Profile::by_id(tx, who.shop, id).await }
        })
        .await?;
    Ok(Json(CustomerView::new(&app, profile)))
}

/// What every change of a customer answers: the customer as they are afterwards.
async fn changed<F>(app: &App, change: F) -> Answer<Json<CustomerView>>
where
    F: AsyncFn(&mut Tx<'_>) -> Result<Person> + Send + 'static,
{
    let profile = app
        .write(async move |tx: &mut Tx<'_>| {
            let after = change(tx).await?;
            Profile::of(tx, after).await
        })
        .await?;
    Ok(Json(CustomerView::new(app, profile)))
}

/// What to change; what is left out stays, null forgets it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomerEdit {
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    name: Option<Option<String>>,
    /// In the place of the e-mail address that is shown; the others stay.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// In the place of the telephone number that is shown, with its country code.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Language>)]
    language: Option<Option<Language>>,
    /// Two letters of ISO 3166.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    country: Option<Option<String>>,
    /// By its IANA name.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    time_zone: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Channel>)]
    preferred_channel: Option<Option<Channel>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Birthday>)]
    birthday: Option<Option<Birthday>>,
}

impl Validate for CustomerEdit {
    fn check(&mut self, check: &mut Check) {
        if let Some(name) = &mut self.name {
            check.maybe_line("name", name, 120);
        }
        if let Some(email) = &mut self.email {
            check.maybe_email("email", email);
        }
        if let Some(phone) = &mut self.phone {
            check.maybe_line("phone", phone, address::LONGEST_PHONE);
            check.that(phone.as_deref().is_none_or(address::is_phone), "phone", say!("not-a-phone-number"));
        }
        if let Some(country) = &mut self.country {
            country::check(check, "country", country);
        }
        if let Some(Some(zone)) = &mut self.time_zone {
            check_time_zone(check, "time_zone", zone);
        }
    }
}

/// Change what is known about a customer.
#[utoipa::path(patch, path = "/customers/{id}", operation_id = "edit_customer", tag = "customers", params(("id" = CustomerId, Path)),
    request_body = CustomerEdit,
    responses((status = 200, body = CustomerView), Problems))]
async fn edit(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Valid(body): Valid<CustomerEdit>,
) -> Answer<Json<CustomerView>> {
    let CustomerEdit { name, email, phone, language, country, time_zone, preferred_channel, birthday } = body;
    let correction = Correction { name, email, phone, language, country, time_zone, preferred_channel, birthday };
    changed(&app, async move |tx: &mut Tx<'_>| correct(tx, &who, id, correction.clone()).await).await
}

/// Block a customer: nothing they send is accepted.
#[utoipa::path(put, path = "/customers/{id}/block", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn block(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerView>> {
    changed(&app, async move |tx: &mut Tx<'_>| customer::block(tx, &who, id, true).await).await
}

/// Let a blocked customer in again.
#[utoipa::path(delete, path = "/customers/{id}/block", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn unblock(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerView>> {
    changed(&app, async move |tx: &mut Tx<'_>| customer::block(tx, &who, id, false).await).await
}

/// Take out all that is known about a customer, with their files: a ZIP of JSON, to hand to them.
#[utoipa::path(get, path = "/customers/{id}/export", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, content_type = "application/zip", body = String), Problems))]
async fn export(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Response> {
    let shop = who.shop;
    app.write(async move |tx: &mut Tx<'_>| personal_data::hand_out(tx, &who, id).await).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.zip\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, personal_data::archive(&app, shop, id)).into_response())
}

/// Erase a customer, and all merged into them: their name, addresses, messages and files are forgotten for good, their open chats end. That they were here stays.
#[utoipa::path(put, path = "/customers/{id}/erasure", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn erase(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerView>> {
    let rooms = app.personal_data().to_vec();
    changed(&app, async move |tx: &mut Tx<'_>| personal_data::erase(tx, &who, &rooms, id).await).await
}
