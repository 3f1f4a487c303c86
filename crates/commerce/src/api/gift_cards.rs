//! Gift cards over HTTP.

use axum::{Json, extract::State, response::Response};
use kernel::{Cursor, CustomerId, GiftCardId, Money, Page, Timestamp};
use platform::{
    Agent, App, Tx,
    event::Acting,
    http::{Answer, Check, Key, Paging, Path, Problems, Query, Valid, Validate, done},
    limits::Act,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::movements::{MovementView, Reason, SetAside, Sum, answer, check_reason, check_sum};
use crate::{
    credit::Gift,
    gift_card::{self, CardState, Loaded},
    gift_code::GiftCode,
    movement::Explained,
    payment::{self, Holder, Why},
    store,
};

/// A gift card as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct GiftCardView {
    id: GiftCardId,
    state: CardState,
    /// The end of its code; nobody can be told the rest.
    last4: String,
    /// What can be spent of it.
    available: Money,
    /// What is set aside for purchases that have begun.
    held: Money,
    /// For whom it was issued.
    #[schema(required)]
    customer: Option<CustomerId>,
    #[schema(required)]
    expires_at: Option<Timestamp>,
    #[schema(required)]
    voided_at: Option<Timestamp>,
    issued_at: Timestamp,
}

impl GiftCardView {
    fn new(loaded: Loaded, now: Timestamp) -> Self {
        let state = loaded.state(now);
        let Loaded { card, balance } = loaded;
        let money = |minor| Money { minor, currency: card.currency };
        GiftCardView {
            id: card.id,
            state,
            last4: card.last4,
            available: money(balance.available),
            held: money(balance.held),
            customer: card.customer,
            expires_at: card.expires_at,
            voided_at: card.voided_at,
            issued_at: card.issued_at,
        }
    }
}

/// Which cards.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Find {
    /// Those issued for this customer.
    customer: Option<CustomerId>,
    cursor: Option<String>,
    /// Rows a page, 1 to 100.
    limit: Option<i64>,
}

/// List gift cards, the newest first: all of them, or those issued for a customer.
#[utoipa::path(get, path = "/gift-cards", operation_id = "list_gift_cards", tag = "gift cards", params(Find),
    responses((status = 200, body = Page<GiftCardView>), Problems))]
pub async fn list(State(app): State<App>, who: Agent, Query(find): Query<Find>) -> Answer<Json<Page<GiftCardView>>> {
    let paging = Paging { cursor: find.cursor, limit: find.limit };
    let (after, limit) = (paging.after(Cursor::FIRST_DESCENDING)?, paging.limit());
    let cards = app
        .read(async move |tx: &mut Tx<'_>| {
            let mut cards = Vec::new();
            for card in store::gift_cards::list(tx, who.shop, find.customer, after, limit + 1).await? {
                cards.push(gift_card::loaded(tx, card).await?);
            }
            Ok(cards)
        })
        .await?;
    let page = Page::cut(cards, limit as usize, |one| Cursor { key: one.card.issued_at.micros(), id: one.card.id.into() });
    let now = app.now();
    Ok(Json(page.map(|card| GiftCardView::new(card, now))))
}

/// A gift card to be issued.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGiftCard {
    amount: Money,
    /// Why; agents read it, whoever has the card does not.
    reason: String,
    /// For whom.
    customer: Option<CustomerId>,
    /// When what is left on it expires; never, when left out.
    expires_at: Option<Timestamp>,
}

impl Validate for NewGiftCard {
    fn check(&mut self, check: &mut Check) {
        check_sum(check, self.amount);
        check_reason(check, &mut self.reason);
    }
}

/// A gift card just issued.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IssuedGiftCard {
    card: GiftCardView,
    /// Shown this once; null when the request was repeated. Whoever has it can spend what is on the card.
    #[schema(required)]
    code: Option<String>,
}

/// Issue a gift card. Its code is in this answer and nowhere else.
#[utoipa::path(post, path = "/gift-cards", operation_id = "issue_gift_card", tag = "gift cards", params(Key), request_body = NewGiftCard,
    responses((status = 201, body = IssuedGiftCard), Problems))]
pub async fn issue(State(app): State<App>, who: Agent, key: Key, Valid(new): Valid<NewGiftCard>) -> Answer<Response> {
    let NewGiftCard { amount, reason, customer, expires_at } = new;
    let gift = Gift { amount, expires_at, why: Why { reason, key: key.of(&who) } };
    let code = GiftCode::mint(app.rng());
    let shown = code.expose();
    let (card, now) = app.write(async move |tx: &mut Tx<'_>| gift_card::issue(tx, &who, customer, &gift, &code).await).await?;
    Ok(done(now, IssuedGiftCard { card: GiftCardView::new(card, app.now()), code: now.then_some(shown) }))
}

/// A code somebody has.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// However it is typed: small letters and gaps do no harm.
    code: String,
}

impl Validate for Code {
    fn check(&mut self, check: &mut Check) {
        check.line("code", &mut self.code, 1, 64);
    }
}

/// Look a gift card up by its code.
#[utoipa::path(post, path = "/gift-cards/lookups", operation_id = "look_up_gift_card", tag = "gift cards", request_body = Code,
    responses((status = 200, body = GiftCardView), Problems))]
pub async fn look_up(State(app): State<App>, who: Agent, Valid(typed): Valid<Code>) -> Answer<Json<GiftCardView>> {
    let guesser = who.actor().id.map(|id| id.to_string()).unwrap_or_default();
    app.limits().check(Act::GiftCodeLookUp, &guesser)?;
    let card = app.read(async move |tx: &mut Tx<'_>| gift_card::by_code(tx, who.shop, &typed.code).await).await?;
    Ok(Json(GiftCardView::new(card, app.now())))
}

/// Show a gift card.
#[utoipa::path(get, path = "/gift-cards/{id}", operation_id = "show_gift_card", tag = "gift cards", params(("id" = GiftCardId, Path)),
    responses((status = 200, body = GiftCardView), Problems))]
pub async fn show(State(app): State<App>, who: Agent, Path(id): Path<GiftCardId>) -> Answer<Json<GiftCardView>> {
    let card = app.read(async move |tx: &mut Tx<'_>| gift_card::by_id(tx, who.shop, id).await).await?;
    Ok(Json(GiftCardView::new(card, app.now())))
}

/// List what was done to a gift card, the newest first.
#[utoipa::path(get, path = "/gift-cards/{id}/movements", operation_id = "list_gift_card_movements", tag = "gift cards",
    params(("id" = GiftCardId, Path), Paging), responses((status = 200, body = Page<MovementView>), Problems))]
pub async fn movements(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<GiftCardId>,
    Query(paging): Query<Paging>,
) -> Answer<Json<Page<MovementView>>> {
    let (after, limit) = (paging.after(Cursor::FIRST_DESCENDING)?, paging.limit());
    let told = app.read(async move |tx: &mut Tx<'_>| gift_card::movements(tx, who.shop, id, after.id.into(), limit + 1).await).await?;
    Ok(Json(Page::cut(told, limit as usize, Explained::place).map(MovementView::from)))
}

/// Pay with a gift card.
#[utoipa::path(post, path = "/gift-cards/{id}/spendings", operation_id = "spend_gift_card", tag = "gift cards",
    params(("id" = GiftCardId, Path), Key), request_body = Sum, responses((status = 201, body = MovementView), Problems))]
pub async fn spend(State(app): State<App>, who: Agent, Path(id): Path<GiftCardId>, key: Key, Valid(sum): Valid<Sum>) -> Answer<Response> {
    let why = Why { reason: sum.reason, key: key.of(&who) };
    let moved = app.write(async move |tx: &mut Tx<'_>| {
        let holder = Holder::card(tx, who.shop, id).await?;
        payment::spend(tx, &who, &holder, sum.amount, &why).await
    });
    Ok(answer(moved.await?))
}

/// Set what is on a gift card aside for a purchase that has begun.
#[utoipa::path(post, path = "/gift-cards/{id}/holds", operation_id = "hold_gift_card", tag = "gift cards",
    params(("id" = GiftCardId, Path), Key), request_body = SetAside, responses((status = 201, body = MovementView), Problems))]
pub async fn hold(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<GiftCardId>,
    key: Key,
    Valid(asked): Valid<SetAside>,
) -> Answer<Response> {
    let why = Why { reason: asked.reason, key: key.of(&who) };
    let moved = app.write(async move |tx: &mut Tx<'_>| {
        let holder = Holder::card(tx, who.shop, id).await?;
        payment::hold(tx, &who, &holder, asked.amount, asked.until, &why).await
    });
    Ok(answer(moved.await?))
}

/// Void a gift card: what is left on it is taken back, and nobody can pay with it any more.
#[utoipa::path(put, path = "/gift-cards/{id}/void", operation_id = "void_gift_card", tag = "gift cards", params(("id" = GiftCardId, Path)),
    request_body = Reason, responses((status = 200, body = GiftCardView), Problems))]
pub async fn void(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<GiftCardId>,
    Valid(body): Valid<Reason>,
) -> Answer<Json<GiftCardView>> {
    let card = app.write(async move |tx: &mut Tx<'_>| gift_card::void(tx, &who, id, &body.reason).await).await?;
    Ok(Json(GiftCardView::new(card, app.now())))
}
