//! Which systems stories are told of: all there are connectors for, one, or those that can do something.

use super::standins::{EVERY, Face, Medusa, Shopify, Vendure, WooCommerce};

/// Which systems a story is told of.
pub trait Which: 'static {
    /// Where this installation is; a shop cannot reach the one it is by default.
    const PUBLIC_URL: &str = "http://127.0.0.1:8080";
    fn faces() -> Vec<&'static dyn Face>;
}
pub struct Every;
impl Which for Every {
    fn faces() -> Vec<&'static dyn Face> {
        EVERY.to_vec()
    }
}
impl Which for Vendure {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&Vendure]
    }
}
impl Which for WooCommerce {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&WooCommerce]
    }
}
impl Which for Shopify {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&Shopify]
    }
}
impl Which for Medusa {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&Medusa]
    }
}

/// Those that do to an order all that can be done to one.
pub struct DoesAll;
impl Which for DoesAll {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&WooCommerce, &Shopify]
    }
}

/// Those that put goods back into stock with a refund.
pub struct TakesBack;
impl Which for TakesBack {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&WooCommerce, &Shopify]
    }
}

/// Those that do nothing with a refund but give money back.
pub struct GivesMoneyAlone;
impl Which for GivesMoneyAlone {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&Vendure, &Medusa]
    }
}

/// Those that know several places where goods lie.
pub struct KeepsPlaces;
impl Which for KeepsPlaces {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&Vendure, &Shopify, &Medusa]
    }
}

/// Those that send an order elsewhere.
pub struct SendsElsewhere;
impl Which for SendsElsewhere {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&WooCommerce, &Shopify, &Medusa]
    }
}

/// Those that cancel an order and give nothing back by that.
pub struct CancelsAlone;
impl Which for CancelsAlone {
    fn faces() -> Vec<&'static dyn Face> {
        vec![&Vendure, &WooCommerce, &Shopify]
    }
}
