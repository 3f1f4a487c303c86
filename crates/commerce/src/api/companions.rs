//! What is often bought together, over HTTP.

use axum::{Json, extract::State};
use kernel::{OrderId, Page, ProductId};
use platform::{
    Agent, App, Tx,
    http::{Answer, Path, Problems},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::products::ProductView;
use crate::{
    READ_PRODUCTS,
    companion::{self, Companion},
    product::Product,
    store,
};

/// What goes with something.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CompanionView {
    product: ProductView,
    /// In how many orders of the last half year it was bought together with that.
    together: i64,
}

impl From<(Product, Companion)> for CompanionView {
    fn from((product, Companion { together, .. }): (Product, Companion)) -> Self {
        CompanionView { product: ProductView::new(product), together }
    }
}

/// Show what is often bought with a product and can be bought now; three at most. It is found anew each day.
#[utoipa::path(get, path = "/products/{id}/companions", operation_id = "show_companions_of_product", tag = "products",
    params(("id" = ProductId, Path)), responses((status = 200, body = Page<CompanionView>), Problems))]
pub async fn of_product(State(app): State<App>, who: Agent, Path(id): Path<ProductId>) -> Answer<Json<Page<CompanionView>>> {
    let found = async move |tx: &mut Tx<'_>| {
        let product = store::product(tx, who.shop, id).await?;
        companion::of(tx, who.shop, &[product.id]).await
    };
    let found = app.read(found).await?;
    Ok(Json(Page::all(found).map(CompanionView::from)))
}

/// Show what is often bought with the goods of an order, is none of them and can be bought now; three at most, and nothing to whoever
/// may not see products.
#[utoipa::path(get, path = "/orders/{id}/companions", operation_id = "show_companions_of_order", tag = "orders",
    params(("id" = OrderId, Path)), responses((status = 200, body = Page<CompanionView>), Problems))]
pub async fn of_order(State(app): State<App>, who: Agent, Path(id): Path<OrderId>) -> Answer<Json<Page<CompanionView>>> {
    let found = async move |tx: &mut Tx<'_>| {
        let order = store::order(tx, who.shop, id).await?;
        if who.may(&READ_PRODUCTS).is_err() {
            return Ok(Vec::new());
        }
        companion::of_order(tx, &order).await
    };
    let found = app.read(found).await?;
    Ok(Json(Page::all(found).map(CompanionView::from)))
}
