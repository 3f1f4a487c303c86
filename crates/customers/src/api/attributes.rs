//! What a shop wants to know of its customers, and what it knows.

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use kernel::{AttributeId, CustomerId, Page, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Valid, Validate},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    attribute::{self, Attribute, AttributeKind, Values},
    customer,
};

/// A choice is made among at most so many.
const MOST_CHOICES: usize = 50;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index, create)).routes(routes!(edit, delete)).routes(routes!(show, learn))
}

/// An attribute of the shop's customers.
#[derive(Debug, Serialize, ToSchema)]
struct AttributeView {
    id: AttributeId,
    /// How programs call it; it never changes.
    key: String,
    label: String,
    kind: AttributeKind,
    choices: Vec<String>,
}

impl From<Attribute> for AttributeView {
    fn from(a: Attribute) -> Self {
        AttributeView { id: a.id, key: a.key, label: a.label, kind: a.kind, choices: a.choices }
    }
}

/// List what the shop wants to know of its customers.
#[utoipa::path(get, path = "/customer-attributes", operation_id = "list_customer_attributes", tag = "customers",
    responses((status = 200, body = Page<AttributeView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<AttributeView>>> {
    let attributes = app.read(async move |tx: &mut Tx<'_>| attribute::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(attributes.into_iter().map(AttributeView::from).collect())))
}

/// Something the shop wants to know.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAttribute {
    /// Small letters, digits and underscores, beginning with a letter.
    key: String,
    label: String,
    kind: AttributeKind,
    /// Of a choice, and of nothing else.
    #[serde(default)]
    choices: Vec<String>,
}

impl Validate for NewAttribute {
    fn check(&mut self, check: &mut Check) {
        let (first, rest) = (self.key.chars().next(), self.key.len() <= 40);
        let fine = first.is_some_and(|c| c.is_ascii_lowercase())
            && rest
            && self.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        check.that(fine, "key", say!("not-a-key"));
        check.line("label", &mut self.label, 1, 60);
        check_choices(check, &mut self.choices);
        check.that((self.kind == AttributeKind::Choice) != self.choices.is_empty(), "choices", say!("choices-of-a-choice"));
    }
}

fn check_choices(check: &mut Check, choices: &mut [String]) {
    check.at_most("choices", choices, MOST_CHOICES);
    choices.iter_mut().take(MOST_CHOICES).enumerate().for_each(|(n, choice)| check.line(&format!("choices.{n}"), choice, 1, 80));
    let different: BTreeSet<&String> = choices.iter().collect();
    check.that(different.len() == choices.len(), "choices", say!("choice-twice"));
}

/// Make an attribute of customers.
#[utoipa::path(post, path = "/customer-attributes", operation_id = "create_customer_attribute", tag = "customers", request_body = NewAttribute,
    responses((status = 201, body = AttributeView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(new): Valid<NewAttribute>) -> Answer<(StatusCode, Json<AttributeView>)> {
    let attribute = app
        .write(async move |tx: &mut Tx<'_>| {
            let NewAttribute { key, label, kind, choices } = new.clone();
            attribute::create(tx, &who, key, label, kind, choices).await
        })
        .await?;
    Ok((StatusCode::CREATED, Json(attribute.into())))
}

/// What to change about an attribute; its key and kind stay.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AttributeEdit {
    label: Option<String>,
    /// Of a choice only. Values that are no choice any more stay as they are.
    choices: Option<Vec<String>>,
}

impl Validate for AttributeEdit {
    fn check(&mut self, check: &mut Check) {
        if let Some(label) = &mut self.label {
            check.line("label", label, 1, 60);
        }
        if let Some(choices) = &mut self.choices {
            check_choices(check, choices);
            check.that(!choices.is_empty(), "choices", say!("choices-of-a-choice"));
        }
    }
}

/// Call an attribute something else, or offer other choices.
#[utoipa::path(patch, path = "/customer-attributes/{id}", operation_id = "edit_customer_attribute", tag = "customers",
    params(("id" = AttributeId, Path)), request_body = AttributeEdit,
    responses((status = 200, body = AttributeView), Problems))]
async fn edit(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<AttributeId>,
    Valid(change): Valid<AttributeEdit>,
) -> Answer<Json<AttributeView>> {
    let attribute =
        app.write(async move |tx: &mut Tx<'_>| attribute::edit(tx, &who, id, change.label.clone(), change.choices.clone()).await).await?;
    Ok(Json(attribute.into()))
}

/// Delete an attribute, and what is known by it.
#[utoipa::path(delete, path = "/customer-attributes/{id}", operation_id = "delete_customer_attribute", tag = "customers",
    params(("id" = AttributeId, Path)),
    responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<AttributeId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| attribute::delete(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What is known of a customer, by the keys of the attributes: a text, a number, true or false, a date such as 2026-05-17, a choice.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Learnt {
    #[schema(value_type = BTreeMap<String, Value>)]
    values: Values,
}
nothing_to_check!(Learnt);

/// Show what is known of a customer by the shop's attributes.
#[utoipa::path(get, path = "/customers/{id}/attributes", operation_id = "show_attributes", tag = "customers",
    params(("id" = CustomerId, Path)),
    responses((status = 200, body = Learnt), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<Learnt>> {
    let values = app
        .read(async move |tx: &mut Tx<'_>| {
            customer::by_id(tx, who.shop, id).await?;
            attribute::values(tx, who.shop, id).await
        })
        .await?;
    Ok(Json(Learnt { values }))
}

/// Write down what is known of a customer; null forgets it, and what is left out stays.
#[utoipa::path(patch, path = "/customers/{id}/attributes", operation_id = "learn_attributes", tag = "customers",
    params(("id" = CustomerId, Path)), request_body = Learnt,
    responses((status = 200, body = Learnt), Problems))]
async fn learn(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>, Valid(learnt): Valid<Learnt>) -> Answer<Json<Learnt>> {
    let values = app.write(async move |tx: &mut Tx<'_>| attribute::learn(tx, &who, id, &learnt.values).await).await?;
    Ok(Json(Learnt { values }))
}
