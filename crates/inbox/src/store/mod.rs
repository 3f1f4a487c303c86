//! Every statement of this crate.

mod beside;
mod conversations;
mod messages;

pub use beside::*;
pub use conversations::*;
pub use messages::*;
