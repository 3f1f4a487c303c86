//! Refunds over HTTP: of an order, and those that wait for somebody to agree.

use axum::{Json, extract::State, response::Response};
use kernel::{Cursor, MemberId, Money, OrderId, Page, RefundId, Result, Timestamp, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Key, Paging, Path, Problems, Query, Valid, Validate, done},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::movements::{check_reason, check_sum};
use crate::{
    refund::{self, Cause, Refund, RefundState, Share, Wanted},
    shop_system::keeper,
    store,
};

/// A refund is for at most so many lines.
const MOST_LINES: usize = 500;

/// A refund as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RefundView {
    id: RefundId,
    order: OrderId,
    /// What people call the order.
    number: String,
    amount: Money,
    /// What of the order it is for.
    lines: Vec<Share>,
    cause: Cause,
    reason: String,
    state: RefundState,
    /// Who asked for it.
    member: MemberId,
    /// Who agreed or declined, where it took somebody else.
    #[schema(required)]
    decided_by: Option<MemberId>,
    /// What the shop’s own system said of it, in its words.
    said: String,
    created_at: Timestamp,
    #[schema(required)]
    ended_at: Option<Timestamp>,
}

impl RefundView {
    fn new(refund: Refund, number: String) -> Self {
        let Refund { id, order, wanted, state, member, decided_by, said, created_at, ended_at, .. } = refund;
        let Wanted { amount, lines, cause, reason, .. } = wanted;
        RefundView { id, order, number, amount, lines, cause, reason, state, member, decided_by, said, created_at, ended_at }
    }
}

/// The refunds of an order, and what more can be given back.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RefundsView {
    /// The newest first.
    items: Vec<RefundView>,
    left: Money,
    /// The connection by which the shop’s own system is asked; null when the order came by none that can give money back.
    #[schema(required)]
    through: Option<String>,
}

/// Show the refunds of an order, and what more can be given back.
#[utoipa::path(get, path = "/orders/{id}/refunds", operation_id = "show_refunds", tag = "refunds", params(("id" = OrderId, Path)),
    responses((status = 200, body = RefundsView), Problems))]
pub async fn show(State(app): State<App>, who: Agent, Path(id): Path<OrderId>) -> Answer<Json<RefundsView>> {
    let (order, refunds) = app
        .read(async move |tx: &mut Tx<'_>| Ok((store::order(tx, who.shop, id).await?, store::refunds::of_order(tx, who.shop, id).await?)))
        .await?;
    let facts = &order.facts;
    let left = Money { minor: refund::left(facts, &refunds), currency: facts.currency };
    let keeper = if order.erased_at.is_some() { None } else { keeper(&app, order.shop, &facts.reference).await? };
    let items = refunds.into_iter().map(|refund| RefundView::new(refund, facts.number.clone())).collect();
    Ok(Json(RefundsView { items, left, through: keeper.map(|(_, name)| name) }))
}

/// Money to give back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    amount: Money,
    /// What of the order it is for; none for shipping, or a part of the whole.
    #[serde(default)]
    lines: Vec<Share>,
    /// What was at fault.
    cause: Cause,
    /// Why; colleagues read it, and the shop’s own books keep it.
    reason: String,
}

impl Validate for NewRefund {
    fn check(&mut self, check: &mut Check) {
        check_sum(check, self.amount);
        check_reason(check, &mut self.reason);
        check.at_most("lines", &self.lines, MOST_LINES);
        for (n, share) in self.lines.iter_mut().take(MOST_LINES).enumerate() {
            check.line(&format!("lines.{n}.line"), &mut share.line, 1, 200);
        }
    }
}

/// Give money back for an order, through the shop’s own system. Above the limit of the caller’s role it waits for somebody else to agree.
#[utoipa::path(post, path = "/orders/{id}/refunds", operation_id = "ask_for_refund", tag = "refunds", params(("id" = OrderId, Path), Key),
    request_body = NewRefund, responses((status = 201, body = RefundView), Problems))]
pub async fn ask(State(app): State<App>, who: Agent, Path(id): Path<OrderId>, key: Key, Valid(new): Valid<NewRefund>) -> Answer<Response> {
    let order = app.read(async move |tx: &mut Tx<'_>| store::order(tx, who.shop, id).await).await?;
    if order.erased_at.is_none() && keeper(&app, who.shop, &order.facts.reference).await?.is_none() {
        return Err(kernel::conflict(say!("refund-through-nothing")).into());
    }
    let NewRefund { amount, lines, cause, reason } = new;
    let wanted = Wanted { amount, lines, cause, reason, key: key.of(&who) };
    let (view, now) = app
        .write(async move |tx: &mut Tx<'_>| {
            let order = store::order(tx, who.shop, id).await?;
            let (refund, now) = refund::ask(tx, &who, &order, wanted.clone()).await?;
            Ok((RefundView::new(refund, order.facts.number), now))
        })
        .await?;
    Ok(done(now, view))
}

/// List refunds that wait for somebody to agree, the newest first.
#[utoipa::path(get, path = "/approvals", operation_id = "list_approvals", tag = "refunds", params(Paging),
    responses((status = 200, body = Page<RefundView>), Problems))]
pub async fn waiting(State(app): State<App>, who: Agent, Query(paging): Query<Paging>) -> Answer<Json<Page<RefundView>>> {
    let (after, limit) = (paging.after(Cursor::FIRST_DESCENDING)?, paging.limit());
    let page = app
        .read(async move |tx: &mut Tx<'_>| {
            let waiting = store::refunds::in_state(tx, who.shop, RefundState::Waiting, after, limit + 1).await?;
            let page = Page::cut(waiting, limit as usize, |one| Cursor { key: one.created_at.micros(), id: one.id.into() });
            numbered(tx, page).await
        })
        .await?;
    Ok(Json(page))
}

/// With what people call the order of each.
async fn numbered(tx: &mut Tx<'_>, page: Page<Refund>) -> Result<Page<RefundView>> {
    let Some(first) = page.items.first() else { return Ok(Page::all(Vec::new())) };
    let ids: Vec<OrderId> = page.items.iter().map(|refund| refund.order).collect();
    let orders = store::among(tx, first.shop, &ids).await?;
    Ok(page.map(|refund| {
        let number = orders.get(&refund.order).map(|order| order.facts.number.clone());
        RefundView::new(refund, number.unwrap_or_default())
    }))
}

/// What is decided.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    agreed: bool,
}

impl Validate for Decision {
    fn check(&mut self, _: &mut Check) {}
}

/// Agree to a colleague’s refund, which is made then, or decline it.
#[utoipa::path(put, path = "/approvals/{id}", operation_id = "decide_approval", tag = "refunds", params(("id" = RefundId, Path)),
    request_body = Decision, responses((status = 200, body = RefundView), Problems))]
pub async fn decide(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<RefundId>,
    Valid(decision): Valid<Decision>,
) -> Answer<Json<RefundView>> {
    let view = app
        .write(async move |tx: &mut Tx<'_>| {
            let refund = refund::decide(tx, &who, id, decision.agreed).await?;
            let order = store::order(tx, who.shop, refund.order).await?;
            Ok(RefundView::new(refund, order.facts.number))
        })
        .await?;
    Ok(Json(view))
}
