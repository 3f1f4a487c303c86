//! Every statement of this crate.

mod beside;
mod conversations;
mod doubts;
mod erasing;
mod figures;
mod messages;

pub use beside::*;
pub use conversations::*;
pub use doubts::*;
pub use erasing::*;
pub use figures::*;
pub use messages::*;
