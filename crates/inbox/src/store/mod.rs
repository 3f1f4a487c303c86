//! Every statement of this crate.

mod beside;
mod conversations;
mod erasing;
mod messages;

pub use beside::*;
pub use conversations::*;
pub use erasing::*;
pub use messages::*;
