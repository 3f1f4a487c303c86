//! Calls that are not over, over HTTP.

use axum::{Json, extract::State};
use inbox::{READ, view::CustomerName};
use kernel::{Page, Result, ShopId, minutes};
use platform::{
    Agent, App, Tx,
    http::{Answer, Policy, Problems},
    policy,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    Call, PhoneLine,
    call::{LONGEST, Phase, Stage},
    store::{calls, lines},
    view::CurrentCall,
};

/// So many at once; nobody could pick up more.
const LISTED: i64 = 50;
/// What rings for longer is not shown any more: its end was not told.
const RINGS_FOR: i64 = minutes(5);

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(current))
}

pub fn policy() -> Policy {
    policy! {
        GET "/current-calls" => READ;
    }
}

/// List the calls that ring for this member now, and the one they have picked up.
#[utoipa::path(get, path = "/current-calls", operation_id = "list_current_calls", tag = "telephone",
    responses((status = 200, body = Page<CurrentCall>), Problems))]
async fn current(State(app): State<App>, who: Agent) -> Answer<Json<Page<CurrentCall>>> {
    let found = app.read(async move |tx: &mut Tx<'_>| {
        let (mut found, lines) = (Vec::new(), lines::all(tx, who.shop).await?);
        let since = tx.now() - LONGEST;
        for call in calls::now(tx, who.shop, since, LISTED).await? {
            let Some(line) = lines.iter().find(|line| line.id == call.line) else { continue };
            if is_for(tx, &who, line, &call).await? {
                let customer = customer(tx, who.shop, &call).await?;
                found.push(CurrentCall::new(call, line, customer));
            }
        }
        Ok(found)
    });
    Ok(Json(Page::all(found.await?)))
}

/// Whether a call concerns a member: it rings for their department, or they have picked it up.
async fn is_for(tx: &mut Tx<'_>, who: &Agent, line: &PhoneLine, call: &Call) -> Result<bool> {
    if call.phase() == Phase::Talking {
        return Ok(call.member == Some(who.id));
    }
    // whoever speaks onto the machine is past being picked up
    if call.stage == Some(Stage::Left) {
        return Ok(false);
    }
    let hears = match line.settings.department {
        Some(department) => team::department::members_of(tx, who.shop, department).await?.contains(&who.id),
        None => true,
    };
    Ok(hears && tx.now() - call.rang_at < RINGS_FOR)
}

/// Who is known by the number, unless the shop does not hear them.
async fn customer(tx: &mut Tx<'_>, shop: ShopId, call: &Call) -> Result<Option<CustomerName>> {
    let known = match (call.customer, &call.caller) {
        (Some((customer, _)), _) => Some(customer),
        (None, Some(caller)) => customers::calls_from(tx, shop, caller).await?.map(|customer| customer.person()),
        (None, None) => None,
    };
    let Some(id) = known else { return Ok(None) };
    let person = customers::person::by_id(tx, shop, id).await?;
    Ok(Some(CustomerName { id, name: person.display_name(), erased: person.erased_at.is_some() }))
}
