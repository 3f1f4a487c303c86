//! The platform's own promises, told with a tiny room plugged into it.

mod audit;
mod backup;
mod diary;
mod doctor;
mod events;
mod finding;
mod jobs;
mod pause;
mod reactions;
mod schema;
mod writing;

pub use diary::{Answer, Diary, Partner, write_page};
