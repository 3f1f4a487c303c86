//! API tokens.

use std::collections::BTreeSet;

use axum::{Json, extract::State, http::StatusCode};
use kernel::{MemberId, Page, Timestamp, TokenId, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Path, Problems, Valid, Validate},
    token::Token,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    role::Catalogue,
    token::{self, ApiToken, NewToken},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke))
}

/// A program's way in.
#[derive(Debug, Serialize, ToSchema)]
struct TokenView {
    id: TokenId,
    /// For whom it acts.
    member: MemberId,
    name: String,
    scopes: BTreeSet<String>,
    created_at: Timestamp,
    #[schema(required)]
    expires_at: Option<Timestamp>,
    #[schema(required)]
    last_used_at: Option<Timestamp>,
}

impl From<ApiToken> for TokenView {
    fn from(t: ApiToken) -> Self {
        TokenView {
            id: t.id,
            member: t.member,
            name: t.name,
            scopes: t.scopes,
            created_at: t.created_at,
            expires_at: t.expires_at,
            last_used_at: t.last_used_at,
        }
    }
}

/// List the shop's API tokens, newest first.
#[utoipa::path(get, path = "/tokens", tag = "tokens", operation_id = "list_tokens",
    responses((status = 200, body = Page<TokenView>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<TokenView>>> {
    let tokens = app.read(async move |tx: &mut Tx<'_>| token::all(tx, who.shop).await).await?;
    Ok(Json(Page::all(tokens).map(TokenView::from)))
}

/// What the program is, and what it may do.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TokenBody {
    name: String,
    scopes: BTreeSet<String>,
    expires_at: Option<Timestamp>,
}
impl Validate for TokenBody {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 120);
        check.that(!self.scopes.is_empty(), "scopes", say!("token-without-permission"));
    }
}

/// A new token with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
struct NewTokenView {
    #[serde(flatten)]
    view: TokenView,
    /// `oat_…`, for the header `Authorization: Bearer`.
    token: String,
}

/// Make an API token of permissions one holds oneself. Its secret is in this answer and nowhere else.
#[utoipa::path(post, path = "/tokens", tag = "tokens", operation_id = "create_token", request_body = TokenBody,
    responses((status = 201, body = NewTokenView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(body): Valid<TokenBody>) -> Answer<(StatusCode, Json<NewTokenView>)> {
    let (secret, catalogue) = (Token::mint(token::PREFIX, app.rng()), Catalogue::of(&app));
    let new = NewToken { member: who.id, name: body.name, scopes: body.scopes, expires_at: body.expires_at, hash: secret.hash() };
    let made = app.write(async move |tx: &mut Tx<'_>| token::create_own(tx, &who, &catalogue, new.clone()).await).await?;
    Ok((StatusCode::CREATED, Json(NewTokenView { view: made.into(), token: secret.expose().to_owned() })))
}

/// Revoke an API token; the next request with it is refused.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "tokens", operation_id = "revoke_token", params(("id" = TokenId, Path)),
    responses((status = 204), Problems))]
async fn revoke(State(app): State<App>, who: Agent, Path(id): Path<TokenId>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| token::revoke(tx, &who, id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}
