//! Every statement of this room.

pub mod actions;
pub mod companions;
pub mod credits;
pub mod gift_cards;
mod orders;
mod products;
pub mod reasons;
pub mod refund_limits;
pub mod sales;

pub use orders::*;
pub use products::*;
