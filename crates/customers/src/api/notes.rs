//! Notes about a customer.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Cursor, CustomerId, MemberId, NoteId, Page, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Paging, Path, Problems, Query, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    customer,
    note::{self, Note},
    store::notes as store,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, write)).routes(routes!(edit, remove))
}

/// A note about a customer, for colleagues only.
#[derive(Debug, Serialize, ToSchema)]
struct NoteView {
    id: NoteId,
    author: MemberId,
    text: String,
    written_at: Timestamp,
    #[schema(required)]
    edited_at: Option<Timestamp>,
}

impl From<Note> for NoteView {
    fn from(n: Note) -> Self {
        NoteView { id: n.id, author: n.author, text: n.text, written_at: n.written_at, edited_at: n.edited_at }
    }
}

/// List what members noted about a customer, the newest first.
#[utoipa::path(get, path = "/customers/{id}/notes", operation_id = "list_customer_notes", tag = "customers",
    params(("id" = CustomerId, Path), Paging),
    responses((status = 200, body = Page<NoteView>), Problems))]
async fn list(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Query(paging): Query<Paging>,
) -> Answer<Json<Page<NoteView>>> {
    let (shop, limit) = (who.shop, paging.limit());
    let notes = app
        .read(async move |tx: &mut Tx<'_>| {
            customer::by_id(tx, shop, id).await?;
            store::page(tx, shop, id, paging.after(Cursor::FIRST_DESCENDING)?, limit + 1).await
        })
        .await?;
    let page = Page::cut(notes, limit as usize, |note| Cursor { key: note.written_at.micros(), id: note.id.into() });
    Ok(Json(page.map(NoteView::from)))
}

/// What a note says.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteText {
    text: String,
}

impl Validate for NoteText {
    fn check(&mut self, check: &mut Check) {
        check.text("text", &mut self.text, 1, 5_000);
    }
}

/// Write down a note about a customer.
#[utoipa::path(post, path = "/customers/{id}/notes", operation_id = "write_customer_note", tag = "customers",
    params(("id" = CustomerId, Path)), request_body = NoteText,
    responses((status = 201, body = NoteView), Problems))]
async fn write(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Valid(said): Valid<NoteText>,
) -> Answer<(StatusCode, Json<NoteView>)> {
    let note = app.write(async move |tx: &mut Tx<'_>| note::write(tx, &who, id, said.text.clone()).await).await?;
    Ok((StatusCode::CREATED, Json(note.into())))
}

/// Change one's own note.
#[utoipa::path(patch, path = "/customers/{id}/notes/{note}", operation_id = "edit_customer_note", tag = "customers",
    params(("id" = CustomerId, Path), ("note" = NoteId, Path)), request_body = NoteText,
    responses((status = 200, body = NoteView), Problems))]
async fn edit(
    State(app): State<App>,
    who: Agent,
    Path((id, note)): Path<(CustomerId, NoteId)>,
    Valid(said): Valid<NoteText>,
) -> Answer<Json<NoteView>> {
    let note = app.write(async move |tx: &mut Tx<'_>| note::edit(tx, &who, id, note, said.text.clone()).await).await?;
    Ok(Json(note.into()))
}

/// Delete a note: one's own, or a colleague's, which takes `customers.manage`.
#[utoipa::path(delete, path = "/customers/{id}/notes/{note}", operation_id = "remove_customer_note", tag = "customers",
    params(("id" = CustomerId, Path), ("note" = NoteId, Path)),
    responses((status = 204), Problems))]
async fn remove(State(app): State<App>, who: Agent, Path((id, note)): Path<(CustomerId, NoteId)>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| note::remove(tx, &who, id, note).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
