//! This room over HTTP.

mod orders;
mod products;

use kernel::say;
use platform::{
    App,
    http::{Check, Policy},
    policy,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{READ, READ_PRODUCTS, RECORD, RECORD_PRODUCTS};

/// No amount is larger, in the smallest unit of its currency: sums of them still are whole numbers in every browser.
const MOST_MINOR: i64 = 1_000_000_000_000;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(orders::list, orders::record))
        .routes(routes!(orders::show))
        .routes(routes!(products::list, products::record))
        .routes(routes!(products::show))
        .routes(routes!(products::count))
}

pub fn policy() -> Policy {
    policy! {
        GET "/orders" => READ;
        POST "/orders" => RECORD;
        GET "/orders/{id}" => READ;
        GET "/products" => READ_PRODUCTS;
        POST "/products" => RECORD_PRODUCTS;
        GET "/products/{id}" => READ_PRODUCTS;
        POST "/stock" => RECORD_PRODUCTS;
    }
}

fn check_amount(check: &mut Check, field: &str, minor: i64) {
    check.that((0..=MOST_MINOR).contains(&minor), field, say!("not-an-amount", most = MOST_MINOR));
}
