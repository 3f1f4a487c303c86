//! What is announced about orders and products, credit and gift cards.

use kernel::{ActionId, CustomerId, EntryId, GiftCardId, OrderId, ProductId};
use ledger::ActKind;
use platform::event;
use serde::{Deserialize, Serialize};

use crate::{action::ActionState, deed::DeedKind, trouble::TroubleKind};

/// An order was heard of for the first time.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderPlaced {
    pub order: OrderId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(OrderPlaced, "order_placed", "orders");

/// Something about an order is different: what was paid, sent, delivered, given back.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderChanged {
    pub order: OrderId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(OrderChanged, "order_changed", "orders");

/// Something has gone wrong with an order, or is about to, that its customer will ask about.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderInTrouble {
    pub order: OrderId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    pub trouble: TroubleKind,
}
event!(OrderInTrouble, "order_in_trouble", "orders");

/// A bank asks for what was paid for an order, or about it, and the shop has to answer in time.
#[derive(Debug, Serialize, Deserialize)]
pub struct OrderDisputed {
    pub order: OrderId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
}
event!(OrderDisputed, "order_disputed", "orders");

/// Something to be done to an order was asked for, agreed to, declined, made, refused, or nobody knows.
#[derive(Debug, Serialize, Deserialize)]
pub struct ActionMoved {
    pub action: ActionId,
    pub kind: DeedKind,
    pub order: OrderId,
    pub customer: CustomerId,
    pub state: ActionState,
}
event!(ActionMoved, "action_moved", "orders", audited);

/// Roles may give back more, or less.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefundLimitsChanged {}
event!(RefundLimitsChanged, "refund_limits_changed", "orders", audited);

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

/// A customer's credit was given, spent, set aside, or taken back.
#[derive(Debug, Serialize, Deserialize)]
pub struct CreditMoved {
    pub customer: CustomerId,
    pub movement: EntryId,
    pub kind: ActKind,
}
event!(CreditMoved, "credit_moved", "credits", audited);

/// A gift card was issued.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiftCardIssued {
    pub card: GiftCardId,
    pub customer: Option<CustomerId>,
    pub movement: EntryId,
}
event!(GiftCardIssued, "gift_card_issued", "credits", audited);

/// What is on a gift card was spent, given back or taken back.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiftCardMoved {
    pub card: GiftCardId,
    pub customer: Option<CustomerId>,
    pub movement: EntryId,
    pub kind: ActKind,
}
event!(GiftCardMoved, "gift_card_moved", "credits", audited);

/// A gift card is worth nothing any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct GiftCardVoided {
    pub card: GiftCardId,
    pub customer: Option<CustomerId>,
}
event!(GiftCardVoided, "gift_card_voided", "credits", audited);
