//! Tags.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Page, TagId};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    store,
    tag::{self, Tag, TagColor},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(index, create)).routes(routes!(edit, delete))
}

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
struct TagView {
    id: TagId,
    name: String,
    color: TagColor,
}

impl From<Tag> for TagView {
    fn from(tag: Tag) -> Self {
        TagView { id: tag.id, name: tag.name, color: tag.color }
    }
}

/// List the shop's tags.
#[utoipa::path(get, path = "/tags", operation_id = "list_tags", tag = "tags", responses((status = 200, body = Page<TagView>), Problems))]
async fn index(State(app): State<App>, who: Agent) -> Answer<Json<Page<TagView>>> {
    let tags = app.read(async move |tx: &mut Tx<'_>| store::tags(tx, who.shop).await).await?;
    Ok(Json(Page::all(tags.into_iter().map(TagView::from).collect())))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTag {
    name: String,
    #[serde(default)]
    color: TagColor,
}

impl Validate for NewTag {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 40);
    }
}

/// Add a tag.
#[utoipa::path(post, path = "/tags", operation_id = "create_tag", tag = "tags", request_body = NewTag,
    responses((status = 201, body = TagView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(new): Valid<NewTag>) -> Answer<(StatusCode, Json<TagView>)> {
    let tag = app.write(async move |tx: &mut Tx<'_>| tag::create(tx, &who, new.name.clone(), new.color).await).await?;
    Ok((StatusCode::CREATED, Json(tag.into())))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TagEdit {
    name: Option<String>,
    color: Option<TagColor>,
}

impl Validate for TagEdit {
    fn check(&mut self, check: &mut Check) {
        if let Some(name) = &mut self.name {
            check.line("name", name, 1, 40);
        }
    }
}

/// Rename or recolour a tag.
#[utoipa::path(patch, path = "/tags/{id}", operation_id = "edit_tag", tag = "tags", params(("id" = TagId, Path)), request_body = TagEdit,
    responses((status = 200, body = TagView), Problems))]
async fn edit(State(app): State<App>, who: Agent, Path(id): Path<TagId>, Valid(change): Valid<TagEdit>) -> Answer<Json<TagView>> {
    let tag = app.write(async move |tx: &mut Tx<'_>| tag::edit(tx, &who, id, change.name.clone(), change.color).await).await?;
    Ok(Json(tag.into()))
}

/// Delete a tag; conversations lose it.
#[utoipa::path(delete, path = "/tags/{id}", operation_id = "delete_tag", tag = "tags", params(("id" = TagId, Path)),
    responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<TagId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| tag::delete(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
