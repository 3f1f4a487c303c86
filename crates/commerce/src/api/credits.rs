//! Customers' credit over HTTP.

use axum::{Json, extract::State, response::Response};
use kernel::{Cursor, CustomerId, Money, Page, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Key, Paging, Path, Problems, Query, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::movements::{MovementView, SetAside, Sum, answer, check_reason, check_sum};
use crate::{
    credit::{self, Gift},
    movement::Explained,
    payment::{self, Holder, Why},
};

/// What there is in one currency.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BalanceView {
    /// What can be spent.
    available: Money,
    /// What is set aside for purchases that have begun.
    held: Money,
}

/// A customer's credit: what there is, and a page of how it came to be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CreditsView {
    balances: Vec<BalanceView>,
    /// The newest first.
    items: Vec<MovementView>,
    /// Hand this back as `cursor` for what follows; null at the end.
    #[schema(required)]
    next: Option<String>,
}

/// Show a customer's credit: what there is in each currency, and the movements, the newest first.
#[utoipa::path(get, path = "/customers/{id}/credits", operation_id = "show_credits", tag = "credits", params(("id" = CustomerId, Path), Paging),
    responses((status = 200, body = CreditsView), Problems))]
pub async fn show(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    Query(paging): Query<Paging>,
) -> Answer<Json<CreditsView>> {
    let (after, limit) = (paging.after(Cursor::FIRST_DESCENDING)?, paging.limit());
    let (balances, movements) = app
        .read(async move |tx: &mut Tx<'_>| {
            let balances = credit::balances(tx, who.shop, id).await?;
            Ok((balances, credit::movements(tx, who.shop, id, after.id.into(), limit + 1).await?))
        })
        .await?;
    let Page { items, next } = Page::cut(movements, limit as usize, Explained::place).map(MovementView::from);
    let money = |minor, currency| Money { minor, currency };
    let balances = balances
        .into_iter()
        .map(|(currency, balance)| BalanceView { available: money(balance.available, currency), held: money(balance.held, currency) });
    Ok(Json(CreditsView { balances: balances.collect(), items, next }))
}

/// Credit given to a customer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCredit {
    amount: Money,
    /// Why; agents read it, the customer does not.
    reason: String,
    /// When what is left of it expires; never, when left out.
    expires_at: Option<Timestamp>,
}

impl Validate for NewCredit {
    fn check(&mut self, check: &mut Check) {
        check_sum(check, self.amount);
        check_reason(check, &mut self.reason);
    }
}

/// Give a customer credit.
#[utoipa::path(post, path = "/customers/{id}/credits", operation_id = "give_credit", tag = "credits", params(("id" = CustomerId, Path), Key),
    request_body = NewCredit, responses((status = 201, body = MovementView), Problems))]
pub async fn give(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    key: Key,
    Valid(new): Valid<NewCredit>,
) -> Answer<Response> {
    let why = Why { reason: new.reason, key: key.of(&who) };
    let gift = Gift { amount: new.amount, expires_at: new.expires_at, why };
    let moved = app.write(async move |tx: &mut Tx<'_>| credit::grant(tx, &who, id, &gift).await).await?;
    Ok(answer(moved))
}

/// Pay with a customer's credit, what expires soonest first.
#[utoipa::path(post, path = "/customers/{id}/credits/spendings", operation_id = "spend_credit", tag = "credits",
    params(("id" = CustomerId, Path), Key), request_body = Sum, responses((status = 201, body = MovementView), Problems))]
pub async fn spend(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>, key: Key, Valid(sum): Valid<Sum>) -> Answer<Response> {
    let why = Why { reason: sum.reason, key: key.of(&who) };
    let moved = app.write(async move |tx: &mut Tx<'_>| {
        let holder = Holder::customer(tx, who.shop, id).await?;
        payment::spend(tx, &who, &holder, sum.amount, &why).await
    });
    Ok(answer(moved.await?))
}

/// Set a customer's credit aside for a purchase that has begun.
#[utoipa::path(post, path = "/customers/{id}/credits/holds", operation_id = "hold_credit", tag = "credits",
    params(("id" = CustomerId, Path), Key), request_body = SetAside, responses((status = 201, body = MovementView), Problems))]
pub async fn hold(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<CustomerId>,
    key: Key,
    Valid(asked): Valid<SetAside>,
) -> Answer<Response> {
    let why = Why { reason: asked.reason, key: key.of(&who) };
    let moved = app.write(async move |tx: &mut Tx<'_>| {
        let holder = Holder::customer(tx, who.shop, id).await?;
        payment::hold(tx, &who, &holder, asked.amount, asked.until, &why).await
    });
    Ok(answer(moved.await?))
}
