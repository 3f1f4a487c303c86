//! The shopper arrives, says who they are, and leaves.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use customers::{
    customer::{self, AddressKind, Customer, Details},
    events::CustomerChanged,
    visitor,
};
use kernel::{CustomerId, Error, Language, say};
use platform::{
    App, Tx,
    http::{Answer, Check, Network, Problems, Query, Valid, Validate},
    limits::Act,
    token::{Token, TokenHash},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::webchat::{
    agreement::{self, Place},
    config::{self, ChatConfig},
    identity,
    settings::{self, Asked, IdentityMode, Settings},
    visit::{Door, Visiting},
};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(configure)).routes(routes!(arrive)).routes(routes!(introduce, leave))
}

/// Which shop, in which language.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Asking {
    /// The shop's widget key.
    pub key: String,
    /// A language tag such as `nb`; the shop's language when Ombud does not speak it.
    pub lang: Option<String>,
}

/// Tell a page all its chat needs.
#[utoipa::path(get, path = "/chat/config", tag = "chat", params(Asking), responses((status = 200, body = ChatConfig), Problems))]
async fn configure(State(app): State<App>, headers: HeaderMap, network: Network, Query(asking): Query<Asking>) -> Answer<Json<ChatConfig>> {
    let language = asking.lang.as_deref().and_then(Language::from_tag);
    let (widget, door) = app.read(async move |tx: &mut Tx<'_>| Door::by_key(tx, &asking.key, network).await).await?;
    door.admit(&app, &headers)?;
    let codes = app.config().mail_is_read();
    let config = app.read(async move |tx: &mut Tx<'_>| config::load(tx, &widget, language, codes).await).await?;
    Ok(Json(config))
}

/// A browser that wants to chat.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Arrival {
    /// The shop's widget key.
    key: String,
    language: Option<String>,
    time_zone: Option<String>,
    /// A JWT with which the shop signs its visitor in.
    identity: Option<String>,
    /// The token this browser had while nobody knew the visitor: what they did on the shop's pages goes along.
    before: Option<String>,
}

impl Validate for Arrival {
    fn check(&mut self, check: &mut Check) {
        check.maybe_line("language", &mut self.language, 35);
        check.maybe_line("time_zone", &mut self.time_zone, 64);
        check.maybe_line("before", &mut self.before, 200);
    }
}

/// A visitor's own token.
#[derive(Debug, Serialize, ToSchema)]
struct Arrived {
    /// Kept by the browser; the server keeps only its hash.
    token: String,
    customer: Known,
}

/// Whom the visitor is known as.
#[derive(Debug, Serialize, ToSchema)]
struct Known {
    id: CustomerId,
    #[schema(required)]
    name: Option<String>,
}

/// Let a browser in.
#[utoipa::path(post, path = "/chat/visitors", tag = "chat", request_body = Arrival, responses((status = 201, body = Arrived), Problems))]
async fn arrive(
    State(app): State<App>,
    headers: HeaderMap,
    network: Network,
    Valid(arrival): Valid<Arrival>,
) -> Answer<(StatusCode, Json<Arrived>)> {
    app.limits().check(Act::VisitorFromNetwork, &network.to_string())?;
    let key = arrival.key;
    let (widget, door) = app.read(async move |tx: &mut Tx<'_>| Door::by_key(tx, &key, network).await).await?;
    door.admit(&app, &headers)?;
    let (signed, details) = match (&arrival.identity, widget.settings.identity) {
        (None, IdentityMode::Required) => return Err(Error::Forbidden(say!("sign-in-to-chat")).into()),
        (None, _) | (_, IdentityMode::Off) => (None, Details::default()),
        (Some(jwt), _) => {
            let (signed, details) = identity::verify(&app, &widget, jwt).await?;
            (Some(signed), details)
        }
    };
    let language = arrival.language.as_deref().and_then(Language::from_tag);
    let details = Details { language, time_zone: arrival.time_zone, ..details };
    let token = Token::mint("vis", app.rng());
    let hash = token.hash().hex();
    let before = arrival.before.filter(|_| signed.is_some()).map(|token| TokenHash::of(&token));
    let customer = app
        .write(async move |tx: &mut Tx<'_>| {
            let (visitor, customer) = visitor::admit(tx, widget.shop, signed.clone(), details.clone(), &hash).await?;
            if let Some(before) = &before {
                take_along(tx, before, &visitor).await?;
            }
            Ok(customer)
        })
        .await?;
    let known = Known { id: customer.id, name: customer.name };
    Ok((StatusCode::CREATED, Json(Arrived { token: token.expose().to_owned(), customer: known })))
}

/// A token that has ended takes nothing along, and nobody out.
async fn take_along(tx: &mut Tx<'_>, before: &TokenHash, visitor: &visitor::Visitor) -> kernel::Result<()> {
    match visitor::by_token(tx, before).await {
        Ok(guest) => storefront::record::take_along(tx, &guest, visitor).await,
        Err(Error::SignInNeeded(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What a visitor says about themselves.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Introduction {
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether they agree that the chat is kept.
    pub consent: Option<bool>,
}

impl Validate for Introduction {
    fn check(&mut self, check: &mut Check) {
        check.maybe_line("name", &mut self.name, 120);
        check.maybe_email("email", &mut self.email);
    }
}

/// Say who one is, for example to be answered later.
#[utoipa::path(put, path = "/chat/visitor", tag = "chat", request_body = Introduction, responses((status = 204), Problems))]
async fn introduce(
    State(app): State<App>,
    Visiting(who): Visiting,
    network: Network,
    Valid(said): Valid<Introduction>,
) -> Answer<StatusCode> {
    app.limits().check(Act::MessageOfVisitor, &who.id.to_string())?;
    let place = Place { network, page: None };
    app.write(async move |tx: &mut Tx<'_>| {
        if said.name.is_some() || said.email.is_some() {
            let widget = settings::of_shop(tx, who.shop).await?;
            require_agreement(tx, &who, &widget.settings, &said).await?;
        }
        note_introduction(tx, &who, said.clone(), &place).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Holds what is known of a visitor, and what they say now, against what the shop asks before a chat. Whom the shop has
/// signed in is asked for nothing but their agreement.
///
/// Errors: `Invalid`, with one entry for each thing that is missing.
pub(super) async fn require_answers(
    tx: &mut Tx<'_>,
    who: &visitor::Visitor,
    customer: &Customer,
    settings: &Settings,
    said: &Introduction,
) -> kernel::Result<()> {
    let mut check = Check::default();
    check_agreement(&mut check, tx, who, settings, said).await?;
    let signed_in = customer.address(AddressKind::Account).is_some();
    let named = said.name.is_some() || customer.name.is_some();
    let reachable = said.email.is_some() || customer.address(AddressKind::Email).is_some();
    check.that(named || signed_in || settings.ask_name != Asked::Required, "name", say!("name-missing"));
    check.that(reachable || signed_in || settings.ask_email != Asked::Required, "email", say!("email-missing"));
    check.finish()
}

/// Holds a visitor to the agreement the shop asks for before it keeps anything of them.
///
/// Errors: `Invalid`.
pub(super) async fn require_agreement(
    tx: &mut Tx<'_>,
    who: &visitor::Visitor,
    settings: &Settings,
    said: &Introduction,
) -> kernel::Result<()> {
    let mut check = Check::default();
    check_agreement(&mut check, tx, who, settings, said).await?;
    check.finish()
}

async fn check_agreement(
    check: &mut Check,
    tx: &mut Tx<'_>,
    who: &visitor::Visitor,
    settings: &Settings,
    said: &Introduction,
) -> kernel::Result<()> {
    let agrees = !settings.needs_consent || said.consent == Some(true) || agreement::holds(tx, who).await?;
    check.that(agrees, "consent", say!("consent-missing"));
    Ok(())
}

pub(super) async fn note_introduction(tx: &mut Tx<'_>, who: &visitor::Visitor, said: Introduction, place: &Place) -> kernel::Result<()> {
    if let Some(given) = said.consent {
        agreement::note(tx, who, given, place).await?;
    }
    if said.name.is_none() && said.email.is_none() {
        return Ok(());
    }
    let mut customer = customer::by_id(tx, who.shop, who.customer).await?;
    customer::claim(tx, &mut customer, Details { name: said.name, email: said.email, ..Details::default() }, false).await?;
    tx.announce(who, CustomerChanged { customer: customer.person(), customer_first: who.customer }).await.map(drop)
}

/// Be forgotten by this browser: its token ends, and what was done on the shop's pages is forgotten.
#[utoipa::path(delete, path = "/chat/visitor", tag = "chat", responses((status = 204), Problems))]
async fn leave(State(app): State<App>, Visiting(who): Visiting) -> Answer<StatusCode> {
    app.write(async move |tx: &mut Tx<'_>| {
        storefront::record::forget(tx, &who).await?;
        visitor::leave(tx, &who).await
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
