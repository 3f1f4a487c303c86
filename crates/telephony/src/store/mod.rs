//! Every statement of this room.

pub mod calls;
pub mod lines;
pub mod phones;
