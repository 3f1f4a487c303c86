//! What a customer has been to the shop, over HTTP.

use axum::{Json, extract::State};
use kernel::{CustomerId, Money, Timestamp};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Problems},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::figures::{self, Sum};

/// A customer's orders in figures. Cancelled ones are left out.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerFigures {
    /// How many there are.
    orders: i64,
    /// Currency by currency, the one they last bought in first.
    sums: Vec<OrderSum>,
    /// When the first was placed.
    #[schema(required)]
    first_at: Option<Timestamp>,
    /// When the last was placed.
    #[schema(required)]
    last_at: Option<Timestamp>,
}

/// A customer's orders in one currency.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct OrderSum {
    orders: i64,
    /// What they paid and were not given back; orders that are not paid in full add nothing.
    spent: Money,
}

impl From<Vec<Sum>> for CustomerFigures {
    fn from(sums: Vec<Sum>) -> Self {
        CustomerFigures {
            orders: sums.iter().map(|sum| sum.orders).sum(),
            first_at: sums.iter().map(|sum| sum.first_at).min(),
            last_at: sums.iter().map(|sum| sum.last_at).max(),
            sums: sums
                .into_iter()
                .map(|Sum { currency, orders, spent, .. }| OrderSum { orders, spent: Money { minor: spent, currency } })
                .collect(),
        }
    }
}

/// Show what a customer has been to the shop: how many orders, and what they spent.
#[utoipa::path(get, path = "/customers/{id}/figures", operation_id = "show_figures", tag = "orders", params(("id" = CustomerId, Path)),
    responses((status = 200, body = CustomerFigures), Problems))]
pub async fn show(State(app): State<App>, who: Agent, Path(id): Path<CustomerId>) -> Answer<Json<CustomerFigures>> {
    let sums = app.read(async move |tx: &mut Tx<'_>| figures::of(tx, who.shop, id).await).await?;
    Ok(Json(sums.into()))
}
