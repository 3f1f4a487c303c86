//! The table of contents: every room, bottom to top, one line each.

use commerce::{ShopSystem, ShopSystems};
use platform::Module;

use crate::demo::Till;

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
        analytics::module(),
        channels::module(),
        connectors::module(),
        telephony::module(),
        Module { name: "shop systems", plugs: Some(|plugged| plugged.plug(ShopSystems(shop_systems()))), ..Module::default() },
    ]
}

/// Who is asked when an order is acted on: the first that keeps it.
fn shop_systems() -> Vec<Box<dyn ShopSystem>> {
    vec![Box::new(connectors::Connected), Box::new(Till)]
}
