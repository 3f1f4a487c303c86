//! Imports over HTTP: a file is sent, given a meaning, tried and run.

use axum::{
    Json,
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use kernel::{Cursor, ImportId, MemberId, Page, Result, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Paging, Path, Problems, Query, Valid, Validate, wished},
    nothing_to_check,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    attribute, country,
    import::{
        self, FileEncoding, Import, ImportState, MOST_COLUMNS, Tally,
        columns::{ImportColumn, ImportMapping},
        report,
    },
    store::imports as store,
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(index, send))
        .routes(routes!(show, delete))
        .routes(routes!(map))
        .routes(routes!(run))
        .routes(routes!(cancel))
        .routes(routes!(errors))
}

/// What became of the rows so far.
#[derive(Debug, Serialize, ToSchema)]
struct ImportProgress {
    /// Whether it was tried only, and nobody was changed.
    dry: bool,
    /// Rows done.
    done: i64,
    new: i64,
    changed: i64,
    unchanged: i64,
    /// Rows of somebody whom an earlier row of the file named; the first counts.
    repeated: i64,
    /// Rows that were refused; why is in the file of errors.
    refused: i64,
}

/// A file of customers on its way in.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ImportView {
    id: ImportId,
    /// What the file is called.
    name: String,
    by: MemberId,
    state: ImportState,
    /// In bytes; null until all of it is here, like all that follows from the file.
    #[schema(required)]
    size: Option<i64>,
    /// Without the headings.
    #[schema(required)]
    rows: Option<i64>,
    #[schema(required)]
    encoding: Option<FileEncoding>,
    /// A comma, a semicolon or a tab.
    #[schema(required)]
    separator: Option<String>,
    /// What the first row calls the columns.
    headings: Vec<String>,
    /// The first rows, long cells cut.
    sample: Vec<Vec<String>>,
    /// What the columns seem to mean. Consent is never among them.
    suggested: Vec<ImportColumn>,
    /// What the columns mean, once somebody has said it.
    #[schema(required)]
    mapping: Option<ImportMapping>,
    /// The last time it was tried or run; null before.
    #[schema(required)]
    progress: Option<ImportProgress>,
    created_at: Timestamp,
    /// When the file and its errors are forgotten, whatever has become of it.
    expires_at: Timestamp,
}

impl ImportView {
    fn new(import: Import, attributes: &[attribute::Attribute]) -> Self {
        let Import { id, name, by, state, shape, mapping, going, created_at, expires_at, .. } = import;
        let progress = going.map(|going| {
            let Tally { new, changed, unchanged, repeated, refused } = going.tally;
            ImportProgress { dry: going.dry, done: going.tally.rows(), new, changed, unchanged, repeated, refused }
        });
        let headings = shape.as_ref().map(|shape| shape.headings.clone()).unwrap_or_default();
        ImportView {
            id,
            name,
            by,
            state,
            size: shape.as_ref().map(|shape| shape.size),
            rows: shape.as_ref().map(|shape| shape.rows),
            encoding: shape.as_ref().map(|shape| shape.encoding),
            separator: shape.as_ref().map(|shape| char::from(shape.separator).to_string()),
            suggested: import::suggest(&headings, attributes),
            headings,
            sample: shape.map(|shape| shape.sample).unwrap_or_default(),
            mapping,
            progress,
            created_at,
            expires_at,
        }
    }
}

/// What every change of an import answers.
async fn changed<F>(app: &App, who: Agent, change: F) -> Answer<Json<ImportView>>
where
    F: AsyncFn(&mut Tx<'_>, &Agent) -> Result<Import> + Send + 'static,
{
    let view = app.write(async move |tx: &mut Tx<'_>| {
        let import = change(tx, &who).await?;
        Ok(ImportView::new(import, &attribute::all(tx, who.shop).await?))
    });
    Ok(Json(view.await?))
}

/// List the files of customers there are, the newest first.
#[utoipa::path(get, path = "/customer-imports", operation_id = "list_customer_imports", tag = "customers", params(Paging),
    responses((status = 200, body = Page<ImportView>), Problems))]
async fn index(State(app): State<App>, who: Agent, Query(paging): Query<Paging>) -> Answer<Json<Page<ImportView>>> {
    let (shop, limit) = (who.shop, paging.limit());
    let (imports, attributes) = app
        .read(async move |tx: &mut Tx<'_>| {
            let imports = store::page(tx, shop, paging.after(Cursor::FIRST_DESCENDING)?, limit + 1).await?;
            Ok((imports, attribute::all(tx, shop).await?))
        })
        .await?;
    let page = Page::cut(imports, limit as usize, |import| Cursor { key: 0, id: import.id.into() });
    Ok(Json(page.map(|import| ImportView::new(import, &attributes))))
}

/// What the file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ImportName {
    name: String,
}

/// Send a file of customers: CSV, with the headings in its first row; at most 256 MB and a million rows. Nothing is done with it yet.
#[utoipa::path(post, path = "/customer-imports", operation_id = "send_customer_import", tag = "customers", params(ImportName),
    request_body(content_type = "application/octet-stream"),
    responses((status = 201, body = ImportView), Problems))]
async fn send(State(app): State<App>, who: Agent, Query(called): Query<ImportName>, body: Body) -> Answer<(StatusCode, Json<ImportView>)> {
    let shop = who.shop;
    let mut name = called.name;
    let mut check = Check::default();
    check.line("name", &mut name, 1, 200);
    check.finish()?;
    let import = import::receive(&app, &who, name, body).await?;
    let attributes = app.read(async move |tx: &mut Tx<'_>| attribute::all(tx, shop).await).await?;
    Ok((StatusCode::CREATED, Json(ImportView::new(import, &attributes))))
}

/// Show a file of customers, and how far it has come.
#[utoipa::path(get, path = "/customer-imports/{id}", operation_id = "show_customer_import", tag = "customers",
    params(("id" = ImportId, Path)), responses((status = 200, body = ImportView), Problems))]
async fn show(State(app): State<App>, who: Agent, Path(id): Path<ImportId>) -> Answer<Json<ImportView>> {
    let view = app.read(async move |tx: &mut Tx<'_>| {
        let import = store::one(tx, who.shop, id).await?;
        Ok(ImportView::new(import, &attribute::all(tx, who.shop).await?))
    });
    Ok(Json(view.await?))
}

impl Validate for ImportMapping {
    fn check(&mut self, check: &mut Check) {
        check.at_most("columns", &self.columns, MOST_COLUMNS);
        for (n, column) in self.columns.iter_mut().enumerate().take(MOST_COLUMNS) {
            if let Some(consent) = &mut column.consent {
                check.line(&format!("columns.{n}.consent.origin"), &mut consent.origin, 1, 200);
            }
        }
        country::check(check, "country", &mut self.country);
    }
}

/// Say what the columns of a file mean.
#[utoipa::path(put, path = "/customer-imports/{id}/mapping", operation_id = "map_customer_import", tag = "customers",
    params(("id" = ImportId, Path)), request_body = ImportMapping, responses((status = 200, body = ImportView), Problems))]
async fn map(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ImportId>,
    Valid(mapping): Valid<ImportMapping>,
) -> Answer<Json<ImportView>> {
    changed(&app, who, async move |tx: &mut Tx<'_>, who: &Agent| import::map(tx, who, id, mapping.clone()).await).await
}

/// How to run.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportRun {
    /// True tries only: nobody is changed, and each row is told what would become of it.
    dry: bool,
}
nothing_to_check!(ImportRun);

/// Try a file, or run it. It goes on by itself: look again for how far it has come, or listen.
#[utoipa::path(post, path = "/customer-imports/{id}/runs", operation_id = "run_customer_import", tag = "customers",
    params(("id" = ImportId, Path)), request_body = ImportRun, responses((status = 202, body = ImportView), Problems))]
async fn run(
    State(app): State<App>,
    who: Agent,
    headers: HeaderMap,
    Path(id): Path<ImportId>,
    Valid(how): Valid<ImportRun>,
) -> Answer<(StatusCode, Json<ImportView>)> {
    let language = wished(&headers);
    let begin = async move |tx: &mut Tx<'_>, who: &Agent| import::begin(tx, who, id, how.dry, language).await;
    Ok((StatusCode::ACCEPTED, changed(&app, who, begin).await?))
}

/// Stop a file where it is. What came before stays.
#[utoipa::path(put, path = "/customer-imports/{id}/cancellation", operation_id = "cancel_customer_import", tag = "customers",
    params(("id" = ImportId, Path)), responses((status = 200, body = ImportView), Problems))]
async fn cancel(State(app): State<App>, who: Agent, Path(id): Path<ImportId>) -> Answer<Json<ImportView>> {
    changed(&app, who, async move |tx: &mut Tx<'_>, who: &Agent| import::cancel(tx, who, id).await).await
}

/// Take out the rows that were refused, each as it was and with the reason: a CSV.
#[utoipa::path(get, path = "/customer-imports/{id}/errors", operation_id = "customer_import_errors", tag = "customers",
    params(("id" = ImportId, Path)), responses((status = 200, content_type = "text/csv", body = String), Problems))]
async fn errors(State(app): State<App>, who: Agent, Path(id): Path<ImportId>) -> Answer<Response> {
    let import = app.read(async move |tx: &mut Tx<'_>| store::one(tx, who.shop, id).await).await?;
    Ok(report::errors(&app, &import))
}

/// Delete a file, with its errors. One that runs stops; what it brought stays.
#[utoipa::path(delete, path = "/customer-imports/{id}", operation_id = "delete_customer_import", tag = "customers",
    params(("id" = ImportId, Path)), responses((status = 204), Problems))]
async fn delete(State(app): State<App>, who: Agent, Path(id): Path<ImportId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| import::remove(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
