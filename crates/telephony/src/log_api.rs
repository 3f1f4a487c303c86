//! The log of calls over HTTP: who called in the last ninety days, and what came of it.

use std::collections::HashMap;

use axum::{Json, extract::State};
use inbox::{READ, call::CallOutcome, view::CustomerName};
use kernel::{Cursor, CustomerId, Page, PhoneLineId, Result};
use platform::{
    Agent, App, Tx,
    http::{Answer, Policy, Problems, Query},
    policy,
};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Call,
    store::{
        calls::{self, Which},
        lines,
    },
    view::{LoggedCall, PhoneLineName},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(names))
}

pub fn policy() -> Policy {
    policy! {
        GET "/calls" => READ;
        GET "/phone-line-names" => READ;
    }
}

/// Which calls to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Find {
    /// Only those that came in at this line.
    line: Option<PhoneLineId>,
    /// Only those that came out so. What rings has not come out yet.
    outcome: Option<CallOutcome>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List the calls of the last ninety days, the newest first: all of them, those of a line, those that came out in some way.
#[utoipa::path(get, path = "/calls", operation_id = "list_calls", tag = "telephone", params(Find),
    responses((status = 200, body = Page<LoggedCall>), Problems))]
async fn list(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<LoggedCall>>> {
    Ok(Json(app.read(async move |tx: &mut Tx<'_>| page(tx, &who, &find).await).await?))
}

async fn page(tx: &mut Tx<'_>, who: &Agent, find: &Find) -> Result<Page<LoggedCall>> {
    let limit = find.limit.unwrap_or(25).clamp(1, 100);
    let after = find.cursor.as_deref().map_or(Ok(Cursor::FIRST_DESCENDING), str::parse)?;
    let found = calls::list(tx, who.shop, Which { line: find.line, outcome: find.outcome }, after, limit + 1).await?;
    let page = Page::cut(found, limit as usize, |call| Cursor { key: call.rang_at.micros(), id: call.id.into() });
    let names: HashMap<_, _> = lines::all(tx, who.shop).await?.into_iter().map(|line| (line.id, line.settings.name)).collect();
    let callers = callers(tx, who, &page.items).await?;
    Ok(page.map(|call| {
        let customer = call.customer.and_then(|(id, _)| callers.get(&id).cloned());
        let line = names.get(&call.line).cloned();
        LoggedCall::new(call, line, customer)
    }))
}

/// What to call those who called, as far as they are written down.
async fn callers(tx: &mut Tx<'_>, who: &Agent, calls: &[Call]) -> Result<HashMap<CustomerId, CustomerName>> {
    let ids: Vec<CustomerId> = calls.iter().filter_map(|call| call.customer).map(|(id, _)| id).collect();
    let persons = customers::by_ids(tx, who.shop, &ids).await?;
    let named = |(id, person): (CustomerId, customers::Person)| {
        (id, CustomerName { id, name: person.display_name(), erased: person.erased_at.is_some() })
    };
    Ok(persons.into_iter().map(named).collect())
}

/// List what members call the telephone lines, the oldest first.
#[utoipa::path(get, path = "/phone-line-names", operation_id = "list_phone_line_names", tag = "telephone",
    responses((status = 200, body = Page<PhoneLineName>), Problems))]
async fn names(State(app): State<App>, who: Agent) -> Answer<Json<Page<PhoneLineName>>> {
    let all = app.read(async move |tx: &mut Tx<'_>| lines::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(all.into_iter().map(PhoneLineName::from).collect())))
}
