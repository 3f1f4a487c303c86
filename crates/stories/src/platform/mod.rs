//! The platform's own promises, told with a tiny room plugged into it.

mod audit;
mod diary;
mod events;
mod jobs;
mod reactions;
mod writing;
