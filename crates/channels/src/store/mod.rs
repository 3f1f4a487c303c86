//! Every statement of this crate, by what it is about.

pub mod letters;
pub mod mailboxes;
pub mod threads;
mod widgets;

pub use widgets::*;
