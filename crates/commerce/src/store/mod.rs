//! Every statement of this room.

pub mod credits;
pub mod gift_cards;
mod orders;
mod products;
pub mod reasons;

pub use orders::*;
pub use products::*;
