//! What roles may give back, over HTTP.

use axum::{Json, extract::State};
use kernel::{Currency, RoleId, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Problems, Valid, Validate},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::refund_limit::{self, RefundLimit};

/// A shop has at most so many limits.
const MOST: usize = 200;

/// What members of a role may give back in one currency, in its smallest unit, before somebody else has to agree.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitView {
    role: RoleId,
    currency: Currency,
    at_once: i64,
    /// What one member may in 24 hours.
    in_a_day: i64,
}

/// All limits of the shop. A role without one may give back what it likes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitsView {
    items: Vec<LimitView>,
}

impl Validate for LimitsView {
    fn check(&mut self, check: &mut Check) {
        check.at_most("items", &self.items, MOST);
        for (n, limit) in self.items.iter().take(MOST).enumerate() {
            for (field, amount) in [("at_once", limit.at_once), ("in_a_day", limit.in_a_day)] {
                super::check_amount(check, &format!("items.{n}.{field}"), amount);
            }
            let is_twice = self.items[..n].iter().any(|other| (other.role, other.currency) == (limit.role, limit.currency));
            check.that(!is_twice, &format!("items.{n}.role"), say!("limit-named-twice"));
        }
    }
}

impl From<Vec<RefundLimit>> for LimitsView {
    fn from(limits: Vec<RefundLimit>) -> Self {
        let view = |RefundLimit { role, currency, at_once, in_a_day }| LimitView { role, currency, at_once, in_a_day };
        LimitsView { items: limits.into_iter().map(view).collect() }
    }
}

/// List how much each role may give back before somebody else has to agree.
#[utoipa::path(get, path = "/refund-limits", operation_id = "list_refund_limits", tag = "refunds",
    responses((status = 200, body = LimitsView), Problems))]
pub async fn list(State(app): State<App>, who: Agent) -> Answer<Json<LimitsView>> {
    let limits = app.read(async move |tx: &mut Tx<'_>| refund_limit::all(tx, who.shop).await).await?;
    Ok(Json(limits.into()))
}

/// Set how much each role may give back; what is left out has no limit.
#[utoipa::path(put, path = "/refund-limits", operation_id = "set_refund_limits", tag = "refunds", request_body = LimitsView,
    responses((status = 200, body = LimitsView), Problems))]
pub async fn set(State(app): State<App>, who: Agent, Valid(limits): Valid<LimitsView>) -> Answer<Json<LimitsView>> {
    let limit = |LimitView { role, currency, at_once, in_a_day }| RefundLimit { role, currency, at_once, in_a_day };
    let limits: Vec<RefundLimit> = limits.items.into_iter().map(limit).collect();
    let set = app.write(async move |tx: &mut Tx<'_>| {
        refund_limit::set(tx, &who, &limits).await?;
        refund_limit::all(tx, who.shop).await
    });
    Ok(Json(set.await?.into()))
}
