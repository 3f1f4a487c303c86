//! The rooms' endpoints as one router: policy first, then the room.

use std::sync::Arc;

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use kernel::{Error, Result, say};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use tracing::Instrument;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::{
    Access, SignIn, caching,
    origin::same_origin,
    policy::Table,
    problem::{self, Failure},
};
use crate::{App, Module, SPANS, kill_point};

/// A server ready to listen, and the description of its API.
pub struct Built {
    pub router: Router,
    pub openapi: OpenApi,
    pub policy: Arc<Table>,
}

/// Puts the modules' endpoints together below `/api/v1`, and their pages beside it.
///
/// Errors: `Broken`, naming every operation that has no row in the policy table.
pub fn build(app: &App, describe: OpenApi, modules: Vec<Module>) -> Result<Built> {
    let mut api = OpenApiRouter::with_openapi(describe);
    let (mut pages, mut rules) = (Router::new(), Vec::new());
    for module in modules {
        rules.extend(module.policy);
        if let Some(routes) = module.api {
            one_meaning_each(module.name, api.get_openapi(), routes.get_openapi())?;
            api = api.merge(routes);
        }
        if let Some(routes) = module.pages {
            pages = pages.merge(routes);
        }
    }
    let (router, openapi) = api.split_for_parts();
    let operations = operations(&openapi);
    let table = Arc::new(Table::new(rules, &operations, app.permissions()).map_err(Error::broken)?);
    app.describe(openapi.clone());
    let guard = Guard { app: app.clone(), policy: table.clone() };
    // a layer on no routes at all is refused: a worker has none
    let guarded = if operations.is_empty() { router } else { router.route_layer(middleware::from_fn_with_state(guard, enforce)) };
    let api = guarded.layer(middleware::from_fn(caching::tag)).fallback(async || Failure(Error::NotFound(say!("address-not-found"))));
    let router = Router::new()
        .nest("/api/v1", api)
        .merge(pages)
        .layer(middleware::from_fn(headers))
        .layer(middleware::from_fn(problem::write))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .with_state(app.clone());
    Ok(Built { router, openapi, policy: table })
}

fn operations(openapi: &OpenApi) -> Vec<(String, String)> {
    let mut operations = Vec::new();
    for (path, item) in &openapi.paths.paths {
        for (method, there) in [
            ("GET", item.get.is_some()),
            ("POST", item.post.is_some()),
            ("PUT", item.put.is_some()),
            ("PATCH", item.patch.is_some()),
            ("DELETE", item.delete.is_some()),
        ] {
            if there {
                operations.push((method.to_owned(), path.clone()));
            }
        }
    }
    operations
}

#[derive(Clone)]
struct Guard {
    app: App,
    policy: Arc<Table>,
}

/// Deny by default: finds the operation's row, signs the caller in, and asks for the permission, before the room sees anything.
async fn enforce(State(guard): State<Guard>, mut request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        // asked before the real request; the room answers for its origins
        return next.run(request).await;
    }
    if changes(request.method())
        && let Err(rush) = guard.app.db().ask_to_write().await
    {
        return Failure(rush).into_response();
    }
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().trim_start_matches("/api/v1").to_owned());
    // the operation's pattern: an address would hold ids
    let span = tracing::debug_span!(target: SPANS, "request", method = %request.method(), path = path.as_deref().unwrap_or_default());
    let access = path.and_then(|path| guard.policy.access(request.method().as_str(), &path));
    let needed = match access {
        None => return Failure(Error::NotFound(say!("operation-not-found"))).into_response(),
        Some(Access::Public | Access::Visitor) => return next.run(request).instrument(span).await,
        Some(Access::SignedIn) => None,
        Some(Access::Needs(permission)) => Some(permission),
    };
    // a body is not Sync, so a borrowed request must not cross an await
    let (method, headers) = (request.method().clone(), request.headers().clone());
    match sign_in(&guard.app, &method, &headers, needed).await {
        Ok(agent) => {
            request.extensions_mut().insert(agent);
            next.run(request).instrument(span).await
        }
        Err(error) => Failure(error).into_response(),
    }
}

async fn sign_in(app: &App, method: &Method, headers: &HeaderMap, needed: Option<&str>) -> Result<super::Agent> {
    let agent = (app.plugged::<SignIn>()?.0)(app, headers).await?;
    if agent.session.is_some() && changes(method) && !same_origin(headers, &app.config().public_url) {
        return Err(Error::Forbidden(say!("request-from-elsewhere")));
    }
    if let Some(permission) = needed {
        agent.holds(permission)?;
    }
    Ok(agent)
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

/// What every answer carries; a page that needs more says so itself.
async fn headers(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let mut response = next.run(request).await;
    if method != Method::GET {
        kill_point::reach("before-answer");
    }
    metrics::counter!("ombud_http_requests_total", "method" => method.to_string(), "status" => response.status().as_u16().to_string())
        .increment(1);
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        response = Failure(Error::NotFound(say!("operation-not-found"))).into_response();
    }
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Refuses a room whose description calls something by the name of something else: of two, one would silently go.
fn one_meaning_each(room: &str, known: &OpenApi, more: &OpenApi) -> Result<()> {
    let schemas = |api: &OpenApi| api.components.as_ref().map(|components| components.schemas.clone()).unwrap_or_default();
    let known = schemas(known);
    let other = |(name, schema): &(String, _)| known.get(name).is_some_and(|before| before != schema);
    match schemas(more).into_iter().find(other) {
        Some((name, _)) => Err(Error::broken(format!("{room} describes another {name} than the rooms below it; call it something else"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use utoipa::openapi::{
        ComponentsBuilder, OpenApiBuilder,
        schema::{ObjectBuilder, Type},
    };

    use super::*;

    fn describes(name: &str, kind: Type) -> OpenApi {
        let schema = ObjectBuilder::new().schema_type(kind).build();
        OpenApiBuilder::new().components(Some(ComponentsBuilder::new().schema(name, schema).build())).build()
    }

    #[test]
    fn a_name_has_one_meaning_in_all_rooms() {
        let known = describes("Kind", Type::String);
        for (more, fine) in
            [(describes("Kind", Type::String), true), (describes("Sort", Type::Integer), true), (describes("Kind", Type::Integer), false)]
        {
            let said = one_meaning_each("ledger", &known, &more).map_err(|error| error.to_string());
            assert_eq!(said.is_ok(), fine, "{said:?}");
            assert!(fine || said.unwrap_err().contains("ledger describes another Kind"));
        }
    }
}
