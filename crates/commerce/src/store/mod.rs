//! Every statement of this room.

mod orders;
mod products;

pub use orders::*;
pub use products::*;
