//! What is announced about orders and products.

use kernel::{CustomerId, OrderId, ProductId};
use platform::event;
use serde::{Deserialize, Serialize};

/// An order was heard of for the first time.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderPlaced {
    pub order: OrderId,
    pub customer: CustomerId,
}
event!(OrderPlaced, "order_placed", "orders");

/// Something about an order is different: what was paid, sent, delivered, given back.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderChanged {
    pub order: OrderId,
    pub customer: CustomerId,
}
event!(OrderChanged, "order_changed", "orders");

/// A product was heard of for the first time.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProductAdded {
    pub product: ProductId,
}
event!(ProductAdded, "product_added", "products");

/// Something about a product is different: its price, its picture, whether it is sold.
#[derive(Debug, Serialize, Deserialize)]
pub struct ProductChanged {
    pub product: ProductId,
}
event!(ProductChanged, "product_changed", "products");

/// Another number of a product is left.
#[derive(Debug, Serialize, Deserialize)]
pub struct StockChanged {
    pub product: ProductId,
}
event!(StockChanged, "stock_changed", "products");
