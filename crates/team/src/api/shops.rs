//! The shop's settings, and one's shops.

use axum::{Json, extract::State, http::StatusCode};
use kernel::{Language, Page, ShopId, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Problems, Query, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::session::{ShopRef, shops_of};
use crate::{
    person,
    shop::{self, Change, NewShop, Shop, check_blocked_networks, check_time_zone},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show, change, close)).routes(routes!(list, create))
}

/// A shop and its settings.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShopView {
    pub id: ShopId,
    pub name: String,
    pub language: Language,
    /// An IANA name, such as `Europe/Oslo`.
    pub time_zone: String,
    /// A customer who writes within so many days of its end reopens a conversation.
    pub reopen_days: i64,
    /// How long a reply can be taken back.
    pub undo_send_seconds: i64,
    /// Networks whose visitors may not write.
    pub blocked_networks: Vec<String>,
    pub created_at: Timestamp,
}

impl From<Shop> for ShopView {
    fn from(shop: Shop) -> Self {
        ShopView {
            id: shop.id,
            name: shop.name,
            language: shop.language,
            time_zone: shop.time_zone,
            reopen_days: shop.reopen_days,
            undo_send_seconds: shop.undo_send_seconds,
            blocked_networks: shop.blocked_networks,
            created_at: shop.created_at,
        }
    }
}

/// Show the shop one looks at.
#[utoipa::path(get, path = "/shop", tag = "shop", operation_id = "show_shop", responses((status = 200, body = ShopView), Problems))]
async fn show(State(app): State<App>, who: Agent) -> Answer<Json<ShopView>> {
    let shop = app.read(async move |tx: &mut Tx<'_>| shop::get(tx, who.shop).await).await?;
    Ok(Json(shop.into()))
}

/// What to change about the shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShopBody {
    name: Option<String>,
    language: Option<Language>,
    time_zone: Option<String>,
    #[schema(minimum = 0, maximum = 365)]
    reopen_days: Option<i64>,
    #[schema(minimum = 0, maximum = 30)]
    undo_send_seconds: Option<i64>,
    blocked_networks: Option<Vec<String>>,
}
impl Validate for ShopBody {
    fn check(&mut self, check: &mut Check) {
        if let Some(name) = &mut self.name {
            check.line("name", name, 1, 120);
        }
        if let Some(zone) = &mut self.time_zone {
            check_time_zone(check, "time_zone", zone);
        }
        check.that(
            self.reopen_days.is_none_or(|days| (0..=365).contains(&days)),
            "reopen_days",
            say!("reopen-days-out-of-range", most = 365),
        );
        check.that(
            self.undo_send_seconds.is_none_or(|s| (0..=30).contains(&s)),
            "undo_send_seconds",
            say!("undo-seconds-out-of-range", most = 30),
        );
        if let Some(networks) = &mut self.blocked_networks {
            networks.iter_mut().for_each(|network| *network = network.trim().to_owned());
            check_blocked_networks(check, networks);
        }
    }
}

/// Change the shop's settings.
#[utoipa::path(patch, path = "/shop", tag = "shop", operation_id = "change_shop", request_body = ShopBody,
    responses((status = 200, body = ShopView), Problems))]
async fn change(State(app): State<App>, who: Agent, Valid(body): Valid<ShopBody>) -> Answer<Json<ShopView>> {
    let change = Change {
        name: body.name,
        language: body.language,
        time_zone: body.time_zone,
        reopen_days: body.reopen_days,
        undo_send_seconds: body.undo_send_seconds,
        blocked_networks: body.blocked_networks,
    };
    let shop = app.write(async move |tx: &mut Tx<'_>| shop::change(tx, &who, change.clone()).await).await?;
    Ok(Json(shop.into()))
}

/// Which shop to close, by its name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Closing {
    /// The shop's name, so that nobody closes the wrong one.
    name: String,
}

/// Close the shop one looks at, for good: its members, programs and visitors are let in no more.
#[utoipa::path(delete, path = "/shop", tag = "shop", operation_id = "close_shop", params(Closing), responses((status = 204), Problems))]
async fn close(State(app): State<App>, who: Agent, Query(closing): Query<Closing>) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| shop::close(tx, &who, &closing.name).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the shops one is a member of.
#[utoipa::path(get, path = "/shops", tag = "shop", operation_id = "list_shops", responses((status = 200, body = Page<ShopRef>), Problems))]
async fn list(State(app): State<App>, who: Agent) -> Answer<Json<Page<ShopRef>>> {
    let shops = app.read(async move |tx: &mut Tx<'_>| shops_of(tx, &who).await).await?;
    Ok(Json(Page::all(shops)))
}

/// A shop to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewShopBody {
    name: String,
    language: Language,
    time_zone: String,
}
impl Validate for NewShopBody {
    fn check(&mut self, check: &mut Check) {
        check.line("name", &mut self.name, 1, 120);
        check_time_zone(check, "time_zone", &mut self.time_zone);
    }
}

/// Open another shop in this installation, and be its owner.
#[utoipa::path(post, path = "/shops", tag = "shop", operation_id = "create_shop", request_body = NewShopBody,
    responses((status = 201, body = ShopView), Problems))]
async fn create(State(app): State<App>, who: Agent, Valid(body): Valid<NewShopBody>) -> Answer<(StatusCode, Json<ShopView>)> {
    let new = NewShop { name: body.name, language: body.language, time_zone: body.time_zone };
    let shop = app
        .write(async move |tx: &mut Tx<'_>| {
            let founder = person::get(tx, who.person).await?;
            Ok(shop::create(tx, &founder, new.clone()).await?.0)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(shop.into())))
}
