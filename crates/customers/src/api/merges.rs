//! Merging customers over HTTP.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{CustomerId, MemberId, Page, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Problems, Valid},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    customer,
    merge::{self, Merge},
    view::{CustomerView, Profile},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, merge)).routes(routes!(undo))
}

/// That a customer became part of another.
#[derive(Debug, Serialize, ToSchema)]
struct MergeView {
    /// Who was merged, as they were alone.
    other: CustomerView,
    /// Into whom; somebody who was merged on since may stand between.
    into: CustomerId,
    /// The member who did it.
    by: MemberId,
    at: Timestamp,
    /// Whether they can be separated again: not after one of them was erased.
    can_be_undone: bool,
}

impl MergeView {
    fn new(app: &App, merge: Merge, other: Profile) -> Self {
        let Merge { into, by, at, .. } = merge;
        let can_be_undone = other.person.erased_at.is_none();
        MergeView { other: CustomerView::new(app, other), into, by, at, can_be_undone }
    }
}

/// List who was merged into a customer, the newest merge first.
#[utoipa::path(get, path = "/customers/{id}/merges", operation_id = "list_merges", tag = "customers", params(("id" = CustomerId, Path)),
    responses((status = 200, body = Page<MergeView>), Problems))]
async fn list(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<Page<MergeView>>> {
    let merges = app
        .read(async move |tx: &mut Tx<'_>| {
            customer::by_id(tx, who.shop, id).await?;
            let mut merges = Vec::new();
            for merge in merge::of(tx, who.shop, id).await? {
                let other = customer::by_id(tx, who.shop, merge.other).await?;
                merges.push((merge, Profile::came_as(tx, other).await?));
            }
            Ok(merges)
        })
        .await?;
    Ok(Json(Page::all(merges.into_iter().map(|(merge, other)| MergeView::new(&app, merge, other)).collect())))
}

/// Who is the same person.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Other {
    other: CustomerId,
}

nothing_to_check!(Other);

/// Merge another customer into this one: conversations, orders and all that is known become theirs. It can be undone.
#[utoipa::path(post, path = "/customers/{id}/merges", operation_id = "merge_customers", tag = "customers", params(("id" = CustomerId, Path)),
    request_body = Other,
    responses((status = 201, body = MergeView), (status = 200, body = MergeView, description = "They had been merged before"), Problems))]
async fn merge(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Valid(Other { other }): Valid<Other>,
) -> Answer<(StatusCode, Json<MergeView>)> {
    let (merge, fresh, other) = app
        .write(async move |tx: &mut Tx<'_>| {
            let (merge, fresh) = merge::merge(tx, &who, id, other).await?;
            let other = customer::by_id(tx, who.shop, other).await?;
            Ok((merge, fresh, Profile::came_as(tx, other).await?))
        })
        .await?;
    let status = if fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(MergeView::new(&app, merge, other))))
}

/// Undo a merge: the other customer is their own again, with all that came as them, before the merge and since.
#[utoipa::path(delete, path = "/customers/{id}/merges/{other}", operation_id = "undo_merge", tag = "customers",
    params(("id" = CustomerId, Path), ("other" = CustomerId, Path)),
    responses((status = 204), Problems))]
async fn undo(State(app): State<App>, who: Agent, Path((id, other)): Path<(CustomerId, CustomerId)>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| merge::undo(tx, &who, id, other).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
