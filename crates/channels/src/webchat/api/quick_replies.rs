//! What the shopper asks with a tap, and the bot answers.

use axum::{Json, extract::State, http::HeaderMap};
use bot::{
    Answer as Told, Said, Topic, code,
    tracking::{self, Known},
};
use customers::visitor::{self, Visitor};
use inbox::message::Exchange;
use kernel::{DepartmentId, Language, Result, Timestamp, invalid, say};
use platform::{
    App, Tx,
    http::{Answer, Check, Network, Path, Problems, Query, Valid, Validate},
    limits::Act,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::visitor::Asking;
use crate::webchat::visit::{Door, Visiting};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(own_orders, look_up)).routes(routes!(send_code)).routes(routes!(prove))
}

/// What the bot says.
#[derive(Debug, Serialize, ToSchema)]
struct BotAnswer {
    /// Plain text of several lines; web addresses in it are meant as links.
    text: String,
    /// The question and this answer under the shop's seal: handed back with the first message, they stand at its beginning.
    sealed: String,
    /// Set when a person has to look at it: start a conversation at once, with this as its `client_id`.
    #[schema(required)]
    start: Option<String>,
}

impl BotAnswer {
    fn new(told: Told, now: Timestamp) -> Self {
        // one conversation a day, however often they ask
        let start = told.said.trouble.map(|order| format!("{order}/{}", now.calendar().strftime("%Y-%m-%d")));
        BotAnswer { text: told.said.answered, sealed: told.sealed, start }
    }
}

/// Ask the bot. Nothing of it is kept.
#[utoipa::path(get, path = "/chat/quick-replies/{topic}", operation_id = "ask_bot", tag = "chat", params(("topic" = Topic, Path), Asking),
    responses((status = 200, body = BotAnswer), Problems))]
async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    network: Network,
    Path(topic): Path<Topic>,
    Query(asking): Query<Asking>,
) -> Answer<Json<BotAnswer>> {
    app.limits().check(Act::QuickReplyFromNetwork, &network.to_string())?;
    let language = asking.lang.as_deref().and_then(Language::from_tag);
    let (widget, door) = app.read(async move |tx: &mut Tx<'_>| Door::by_key(tx, &asking.key, network).await).await?;
    door.admit(&app, &headers)?;
    let told = bot::answer(&app, widget.shop, language, topic).await?;
    Ok(Json(BotAnswer::new(told, app.now())))
}

/// Turns away whom the shop has blocked, and whoever asks too often.
async fn welcome(app: &App, who: &Visitor) -> Result<()> {
    app.limits().check(Act::OrderLookUpOfVisitor, &who.id.to_string())?;
    let visitor = who.clone();
    app.read(async move |tx: &mut Tx<'_>| visitor::standing(tx, &visitor).await?.must_be_welcome()).await
}

/// Ask the bot where one's own orders are, as somebody the shop has signed in.
#[utoipa::path(get, path = "/chat/orders", operation_id = "track_own_orders", tag = "chat",
    responses((status = 200, body = BotAnswer), Problems))]
async fn own_orders(State(app): State<App>, Visiting(who): Visiting) -> Answer<Json<BotAnswer>> {
    welcome(&app, &who).await?;
    let told = tracking::own(&app, who).await?;
    Ok(Json(BotAnswer::new(told, app.now())))
}

/// What somebody knows of an order.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderKnown {
    number: String,
    email: String,
    /// Of where it goes.
    postcode: String,
}

impl Validate for OrderKnown {
    fn check(&mut self, check: &mut Check) {
        check.line("number", &mut self.number, 1, 64);
        check.email("email", &mut self.email);
        check.line("postcode", &mut self.postcode, 1, commerce::order::LONGEST_POSTCODE);
    }
}

/// Ask the bot where an order is, knowing its number, the e-mail address and the postcode. It is told this once, and makes
/// nobody its owner.
#[utoipa::path(post, path = "/chat/orders", operation_id = "track_order", tag = "chat", request_body = OrderKnown,
    responses((status = 200, body = BotAnswer), Problems))]
async fn look_up(
    State(app): State<App>,
    Visiting(who): Visiting,
    network: Network,
    Valid(known): Valid<OrderKnown>,
) -> Answer<Json<BotAnswer>> {
    welcome(&app, &who).await?;
    let OrderKnown { number, email, postcode } = known;
    app.limits().check(Act::OrderLookUpFromNetwork, &network.to_string())?;
    app.limits().check(Act::OrderLookUpByNumber, &format!("{}/{}", who.shop, commerce::order::plain(&number)))?;
    let told = tracking::look_up(&app, who, Known { number, email, postcode }).await?;
    Ok(Json(BotAnswer::new(told, app.now())))
}

/// Where somebody's orders went.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderCodeWanted {
    email: String,
}

impl Validate for OrderCodeWanted {
    fn check(&mut self, check: &mut Check) {
        check.email("email", &mut self.email);
    }
}

/// A code that is on its way, if anything was ordered with that address.
#[derive(Debug, Serialize, ToSchema)]
struct OrderCodeSent {
    /// Handed back together with the code.
    sealed: String,
}

/// Have a code sent to the address orders were placed with. Whether there are any is not said.
#[utoipa::path(post, path = "/chat/orders/codes", operation_id = "send_order_code", tag = "chat", request_body = OrderCodeWanted,
    responses((status = 200, body = OrderCodeSent), Problems))]
async fn send_code(
    State(app): State<App>,
    Visiting(who): Visiting,
    network: Network,
    Valid(wanted): Valid<OrderCodeWanted>,
) -> Answer<Json<OrderCodeSent>> {
    welcome(&app, &who).await?;
    app.limits().check(Act::OrderLookUpFromNetwork, &network.to_string())?;
    let visitor = who.clone();
    let language = app.read(async move |tx: &mut Tx<'_>| Ok(customers::by_id(tx, visitor.shop, visitor.customer).await?.language)).await?;
    Ok(Json(OrderCodeSent { sealed: code::ask_for(&app, &who, wanted.email, language).await? }))
}

/// A code somebody has read.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OrderCodeRead {
    sealed: String,
    code: String,
}

impl Validate for OrderCodeRead {
    fn check(&mut self, check: &mut Check) {
        check.line("sealed", &mut self.sealed, 1, code::LONGEST_SEALED);
        check.line("code", &mut self.code, 1, 20);
    }
}

/// Ask the bot where the orders of an address are, with the code that was sent to it. It is told this once, and makes nobody
/// their owner.
#[utoipa::path(post, path = "/chat/orders/proofs", operation_id = "prove_orders", tag = "chat", request_body = OrderCodeRead,
    responses((status = 200, body = BotAnswer), Problems))]
async fn prove(State(app): State<App>, Visiting(who): Visiting, Valid(read): Valid<OrderCodeRead>) -> Answer<Json<BotAnswer>> {
    welcome(&app, &who).await?;
    let told = code::tell(&app, who, &read.sealed, &read.code).await?;
    Ok(Json(BotAnswer::new(told, app.now())))
}

/// What was said to the bot before a conversation, and who is to look at it.
#[derive(Debug, Clone, Default)]
pub(super) struct Before {
    pub exchanges: Vec<Exchange>,
    trouble: bool,
}

impl Before {
    /// What a visitor hands back under the shop's seals; what does not open is left out.
    pub fn open(app: &App, who: &Visitor, sealed: &[String]) -> Before {
        let said: Vec<Said> = sealed.iter().filter_map(|sealed| Said::open(app, who, sealed)).collect();
        let trouble = said.iter().any(|said| said.trouble.is_some());
        Before { exchanges: said.into_iter().map(|Said { asked, answered, .. }| Exchange { asked, answered }).collect(), trouble }
    }

    /// What a conversation begins with: the shopper's own words, or else what they asked the bot last, which it has answered.
    ///
    /// Errors: `Invalid` when there is neither.
    pub fn first_words(&mut self, text: String, wordless: bool) -> Result<(String, Option<String>)> {
        if !text.is_empty() {
            return Ok((text, None));
        }
        match self.exchanges.pop() {
            Some(Exchange { asked, answered }) => Ok((asked, Some(answered))),
            None if wordless => Ok((text, None)),
            None => Err(invalid("text", say!("must-not-be-empty"))),
        }
    }

    /// The department the shop has chosen for orders in trouble.
    pub async fn department(&self, tx: &mut Tx<'_>, who: &Visitor) -> Result<Option<DepartmentId>> {
        if !self.trouble {
            return Ok(None);
        }
        let Some(chosen) = bot::quick_replies::of_shop(tx, who.shop).await?.department else { return Ok(None) };
        // one that has been deleted since looks after nothing
        Ok(team::department::by_ids(tx, who.shop, &[chosen]).await?.contains_key(&chosen).then_some(chosen))
    }
}
