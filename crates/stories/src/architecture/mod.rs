//! Tests of the house itself: who may call whom, who owns which table, how long a file may be.

mod attacks;
mod deploy;
mod floors;
mod house;
mod licences;
mod locales;
mod persons;
mod sentences;
mod sources;
mod tables;

pub use deploy::{figures_in, figures_on_the_board};
pub use house::root;
pub use tables::{of_customers, schema_text};

/// Fails with all that is wrong at once, one thing a line.
fn nothing_wrong(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n  {}\n", wrong.join("\n  "));
}
