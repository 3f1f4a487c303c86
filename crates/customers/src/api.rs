//! Customers over HTTP.

mod duplicates;
mod merges;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use kernel::{Cursor, CustomerId, Language, Page, Result, ShopId, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Policy, Problems, Query, Valid, Validate, nullable},
    policy,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    BLOCK, EDIT, ERASE, EXPORT, MERGE, READ,
    customer::{self, AddressKind, Correction},
    person::{self, CUSTOMER, Person},
    personal_data, store,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show, edit))
        .routes(routes!(block, unblock))
        .routes(routes!(export))
        .routes(routes!(erase))
        .merge(merges::routes())
        .merge(duplicates::routes())
}

pub fn policy() -> Policy {
    policy! {
        GET "/customers" => READ;
        GET "/customers/{id}" => READ;
        PATCH "/customers/{id}" => EDIT;
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
    }
}

/// A customer as agents see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerView {
    pub id: CustomerId,
    #[schema(required)]
    pub name: Option<String>,
    /// The name, or what stands for it.
    pub display_name: String,
    #[schema(required)]
    pub email: Option<String>,
    /// Whether the shop or the customer has proved the address.
    pub email_verified: bool,
    #[schema(required)]
    pub phone: Option<String>,
    #[schema(required)]
    pub language: Option<Language>,
    #[schema(required)]
    pub country: Option<String>,
    #[schema(required)]
    pub time_zone: Option<String>,
    pub notes: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub blocked: bool,
    /// Since when nothing is known about them but that they were here.
    #[schema(required)]
    pub erased_at: Option<Timestamp>,
    /// The customer this one is part of since a merge; everything of theirs is there.
    #[schema(required)]
    pub merged_into: Option<CustomerId>,
    /// Whether a chat window of theirs is open now.
    pub online: bool,
}

impl CustomerView {
    pub fn new(app: &App, customer: &Person) -> Self {
        let email = customer.address(AddressKind::Email);
        CustomerView {
            id: customer.id,
            name: customer.name.clone(),
            display_name: customer.display_name(),
            email: email.map(|e| e.address.clone()),
            email_verified: email.is_some_and(|e| e.verified),
            phone: customer.address(AddressKind::Phone).map(|p| p.address.clone()),
            language: customer.language,
            country: customer.country.clone(),
            time_zone: customer.time_zone.clone(),
            notes: customer.notes.clone(),
            created_at: customer.created_at,
            last_seen_at: customer.last_seen_at,
            blocked: customer.blocked_at.is_some(),
            erased_at: customer.erased_at,
            merged_into: customer.merged_into,
            online: app.windows().is_online(customer.shop, customer.id),
        }
    }
}

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Find {
    /// Words of a name or an address.
    q: Option<String>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List customers, those seen last first, or find them by name or address.
#[utoipa::path(get, path = "/customers", operation_id = "list_customers", tag = "customers", params(Find),
    responses((status = 200, body = Page<CustomerView>), Problems))]
async fn list(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<CustomerView>>> {
    let limit = find.limit.unwrap_or(25).clamp(1, 100);
    let shop = who.shop;
    let page = app
        .read(async move |tx: &mut Tx<'_>| {
            if let Some(query) = find.q.as_deref().filter(|q| !q.trim().is_empty()) {
                return Ok(Page::all(search(tx, shop, query, limit).await?));
            }
            let after = find.cursor.as_deref().map_or(Ok(Cursor::FIRST_DESCENDING), str::parse)?;
            let recent = store::recent(tx, shop, after, limit + 1).await?;
            let Page { items, next } = Page::cut(recent, limit as usize, |(id, seen)| Cursor { key: seen.micros(), id: (*id).into() });
            let ids: Vec<CustomerId> = items.into_iter().map(|(id, _)| id).collect();
            Ok(Page { items: in_order(tx, shop, &ids).await?, next })
        })
        .await?;
    Ok(Json(page.map(|customer| CustomerView::new(&app, &customer))))
}

/// The customers a few words lead to.
pub async fn search(tx: &mut Tx<'_>, shop: ShopId, query: &str, limit: i64) -> Result<Vec<Person>> {
    let found = platform::search::find(tx, shop, CUSTOMER, query, limit).await?;
    in_order(tx, shop, &found.into_iter().map(CustomerId::from).collect::<Vec<_>>()).await
}

async fn in_order(tx: &mut Tx<'_>, shop: ShopId, ids: &[CustomerId]) -> Result<Vec<Person>> {
    let mut persons = person::by_ids(tx, shop, ids).await?;
    Ok(ids.iter().filter_map(|id| persons.remove(id)).collect())
}

/// Show a customer. One that was merged says into whom, and only what is known of them alone.
#[utoipa::path(get, path = "/customers/{id}", operation_id = "show_customer", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerView>> {
    let person = app
        .read(async move |tx: &mut Tx<'_>| {
            let customer = customer::by_id(tx, who.shop, id).await?;
            if customer.merged_into.is_some() { Ok(Person::new(customer, Vec::new())) } else { person::by_id(tx, who.shop, id).await }
        })
        .await?;
    Ok(Json(CustomerView::new(&app, &person)))
}

/// What to change; what is left out stays, null forgets it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CustomerEdit {
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    name: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<Language>)]
    language: Option<Option<Language>>,
    notes: Option<String>,
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
            check.maybe_line("phone", phone, 32);
            let digits = |phone: &String| {
                phone.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c)) && phone.chars().any(|c| c.is_ascii_digit())
            };
            check.that(phone.as_ref().is_none_or(digits), "phone", say!("not-a-phone-number"));
        }
        if let Some(notes) = &mut self.notes {
            check.text("notes", notes, 0, 5_000);
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
    let CustomerEdit { name, email, phone, language, notes } = body;
    let correction = Correction { name, email, phone, language, notes };
    let customer = app.write(async move |tx: &mut Tx<'_>| customer::correct(tx, &who, id, correction.clone()).await).await?;
    Ok(Json(CustomerView::new(&app, &customer)))
}

/// Block a customer: nothing they send is accepted.
#[utoipa::path(put, path = "/customers/{id}/block", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn block(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerView>> {
    let customer = app.write(async move |tx: &mut Tx<'_>| customer::block(tx, &who, id, true).await).await?;
    Ok(Json(CustomerView::new(&app, &customer)))
}

/// Let a blocked customer in again.
#[utoipa::path(delete, path = "/customers/{id}/block", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerView), Problems))]
async fn unblock(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerView>> {
    let customer = app.write(async move |tx: &mut Tx<'_>| customer::block(tx, &who, id, false).await).await?;
    Ok(Json(CustomerView::new(&app, &customer)))
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
    let customer = app.write(async move |tx: &mut Tx<'_>| personal_data::erase(tx, &who, &rooms, id).await).await?;
    Ok(Json(CustomerView::new(&app, &customer)))
}
