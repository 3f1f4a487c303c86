//! Every statement of this crate, by what it is about.

pub mod arrivals;
pub mod comments;
pub mod contact;
pub mod dialogs;
pub mod letters;
pub mod lines;
pub mod mailboxes;
pub mod outflows;
pub mod sign_ins;
pub mod terms;
pub mod threads;
mod widgets;

pub use widgets::*;
