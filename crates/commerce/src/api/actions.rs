//! What is done to orders over HTTP: what was asked for, what is possible, and what waits for somebody to agree.

use axum::{Json, extract::State};
use kernel::{ActionId, Cursor, MemberId, Money, OrderId, Page, Result, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Paging, Path, Problems, Query, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    action::{self, Action, ActionState, Cause, Wanted},
    deed::{Deed, DeedKind, RefundAbilities},
    shop_system::keeper,
    store,
};

/// Something done to an order, as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ActionView {
    id: ActionId,
    order: OrderId,
    /// What people call the order.
    number: String,
    deed: Deed,
    /// What it costs the shop; what is sent again, what was paid for it.
    worth: Money,
    /// What was at fault; null where nothing was.
    #[schema(required)]
    cause: Option<Cause>,
    reason: String,
    state: ActionState,
    /// Who asked for it.
    member: MemberId,
    /// Who agreed or declined, where it took somebody else.
    #[schema(required)]
    decided_by: Option<MemberId>,
    /// What the shop’s own system said of it, in its words.
    said: String,
    /// The web address where the customer goes on: where a code applies itself, or an order is
    /// paid; null where there is none.
    #[schema(required)]
    link: Option<String>,
    created_at: Timestamp,
    #[schema(required)]
    ended_at: Option<Timestamp>,
}

impl ActionView {
    pub fn new(action: Action, number: String) -> Self {
        let Action { id, order, wanted, worth, state, member, decided_by, said, link, created_at, ended_at, .. } = action;
        let Wanted { deed, cause, reason, .. } = wanted;
        ActionView { id, order, number, deed, worth, cause, reason, state, member, decided_by, said, link, created_at, ended_at }
    }
}

/// What was asked to be done to an order, and what can be.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ActionsView {
    /// The newest first.
    items: Vec<ActionView>,
    /// How much can still be given back.
    left: Money,
    /// The connection by which the shop’s own system is asked; null when the order came by none that does anything.
    #[schema(required)]
    through: Option<String>,
    /// What can be done to the order as it stands.
    can: Vec<DeedKind>,
    /// What can be done with a refund beside giving money back.
    refunds: RefundAbilities,
}

/// Show what was asked to be done to an order, and what can be.
#[utoipa::path(get, path = "/orders/{id}/actions", operation_id = "show_order_actions", tag = "orders", params(("id" = OrderId, Path)),
    responses((status = 200, body = ActionsView), Problems))]
pub async fn show(State(app): State<App>, who: Agent, Path(id): Path<OrderId>) -> Answer<Json<ActionsView>> {
    let (order, actions) = app
        .read(async move |tx: &mut Tx<'_>| Ok((store::order(tx, who.shop, id).await?, store::actions::of_order(tx, who.shop, id).await?)))
        .await?;
    let keeper = if order.erased_at.is_some() { None } else { keeper(&app, order.shop, &order.facts.reference).await? };
    let facts = order.facts;
    let left = Money { minor: action::left(&facts, &actions), currency: facts.currency };
    let able = keeper.as_ref().map_or(&[][..], |(_, keeper)| keeper.can);
    let can = able.iter().copied().filter(|kind| action::is_possible(*kind, &facts, &actions)).collect();
    let refunds = keeper.as_ref().map_or_else(RefundAbilities::default, |(_, keeper)| keeper.refunds);
    let items = actions.into_iter().map(|action| ActionView::new(action, facts.number.clone())).collect();
    Ok(Json(ActionsView { items, left, through: keeper.map(|(_, keeper)| keeper.name), can, refunds }))
}

/// List what waits for somebody to agree, the newest first.
#[utoipa::path(get, path = "/approvals", operation_id = "list_approvals", tag = "orders", params(Paging),
    responses((status = 200, body = Page<ActionView>), Problems))]
pub async fn waiting(State(app): State<App>, who: Agent, Query(paging): Query<Paging>) -> Answer<Json<Page<ActionView>>> {
    let (after, limit) = (paging.after(Cursor::FIRST_DESCENDING)?, paging.limit());
    let page = app
        .read(async move |tx: &mut Tx<'_>| {
            let waiting = store::actions::in_state(tx, who.shop, ActionState::Waiting, after, limit + 1).await?;
            let page = Page::cut(waiting, limit as usize, |one| Cursor { key: one.created_at.micros(), id: one.id.into() });
            numbered(tx, page).await
        })
        .await?;
    Ok(Json(page))
}

/// With what people call the order of each.
async fn numbered(tx: &mut Tx<'_>, page: Page<Action>) -> Result<Page<ActionView>> {
    let Some(first) = page.items.first() else { return Ok(Page::all(Vec::new())) };
    let ids: Vec<OrderId> = page.items.iter().map(|action| action.order).collect();
    let orders = store::among(tx, first.shop, &ids).await?;
    Ok(page.map(|action| {
        let number = orders.get(&action.order).map(|order| order.facts.number.clone());
        ActionView::new(action, number.unwrap_or_default())
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

/// Agree to what a colleague asked for, which is done then, or decline it.
#[utoipa::path(put, path = "/approvals/{id}", operation_id = "decide_approval", tag = "orders", params(("id" = ActionId, Path)),
    request_body = Decision, responses((status = 200, body = ActionView), Problems))]
pub async fn decide(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<ActionId>,
    Valid(decision): Valid<Decision>,
) -> Answer<Json<ActionView>> {
    let view = app
        .write(async move |tx: &mut Tx<'_>| {
            let action = action::decide(tx, &who, id, decision.agreed).await?;
            let order = store::order(tx, who.shop, action.order).await?;
            Ok(ActionView::new(action, order.facts.number))
        })
        .await?;
    Ok(Json(view))
}
