//! The table of contents: every room, bottom to top, one line each.

use platform::Module;

/// All rooms of the house.
pub fn modules() -> Vec<Module> {
    vec![
        platform::module(),
        team::module(),
        ledger::module(),
        customers::module(),
        commerce::module(),
        storefront::module(),
        inbox::module(),
        desk::module(),
        bot::module(),
        channels::module(),
        connectors::module(),
    ]
}
