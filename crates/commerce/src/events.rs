//! What is announced about orders.

use kernel::{CustomerId, OrderId};
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
