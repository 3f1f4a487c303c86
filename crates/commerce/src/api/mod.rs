//! This room over HTTP.

mod actions;
mod companions;
mod credits;
mod deeds;
mod figures;
mod gift_cards;
mod movements;
mod order_view;
mod orders;
mod products;
mod refund_limits;

use kernel::{Money, say};
use platform::{
    App,
    http::{Check, Policy},
    policy,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{APPROVE, GIVE, LIMIT, READ, READ_CREDIT, READ_PRODUCTS, RECORD, RECORD_PRODUCTS, REFUND, SERVE, SPEND};

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(orders::list, orders::record))
        .routes(routes!(orders::show))
        .routes(routes!(companions::of_order))
        .routes(routes!(actions::show))
        .routes(routes!(deeds::refund))
        .routes(routes!(deeds::replace))
        .routes(routes!(deeds::cancel))
        .routes(routes!(deeds::redirect))
        .routes(routes!(deeds::note))
        .routes(routes!(deeds::discount))
        .routes(routes!(deeds::duplicate))
        .routes(routes!(actions::waiting))
        .routes(routes!(actions::decide))
        .routes(routes!(refund_limits::list, refund_limits::set))
        .routes(routes!(figures::show))
        .routes(routes!(products::list, products::record))
        .routes(routes!(products::show))
        .routes(routes!(companions::of_product))
        .routes(routes!(products::count))
        .routes(routes!(credits::show, credits::give))
        .routes(routes!(credits::spend))
        .routes(routes!(credits::hold))
        .routes(routes!(gift_cards::list, gift_cards::issue))
        .routes(routes!(gift_cards::look_up))
        .routes(routes!(gift_cards::show))
        .routes(routes!(gift_cards::movements))
        .routes(routes!(gift_cards::spend))
        .routes(routes!(gift_cards::hold))
        .routes(routes!(gift_cards::void))
        .routes(routes!(movements::reverse))
        .routes(routes!(movements::capture))
        .routes(routes!(movements::release))
}

pub fn policy() -> Policy {
    policy! {
        GET "/orders" => READ;
        POST "/orders" => RECORD;
        GET "/orders/{id}" => READ;
        GET "/orders/{id}/companions" => READ;
        GET "/orders/{id}/actions" => READ;
        POST "/orders/{id}/refunds" => REFUND;
        POST "/orders/{id}/replacements" => REFUND;
        POST "/orders/{id}/cancellations" => SERVE;
        POST "/orders/{id}/redirections" => SERVE;
        POST "/orders/{id}/packing-notes" => SERVE;
        POST "/orders/{id}/discount-codes" => REFUND;
        POST "/orders/{id}/duplicates" => SERVE;
        GET "/approvals" => APPROVE;
        PUT "/approvals/{id}" => APPROVE;
        GET "/refund-limits" => LIMIT;
        PUT "/refund-limits" => LIMIT;
        GET "/customers/{id}/figures" => READ;
        GET "/products" => READ_PRODUCTS;
        POST "/products" => RECORD_PRODUCTS;
        GET "/products/{id}" => READ_PRODUCTS;
        GET "/products/{id}/companions" => READ_PRODUCTS;
        POST "/stock" => RECORD_PRODUCTS;
        GET "/customers/{id}/credits" => READ_CREDIT;
        POST "/customers/{id}/credits" => GIVE;
        POST "/customers/{id}/credits/spendings" => SPEND;
        POST "/customers/{id}/credits/holds" => SPEND;
        GET "/gift-cards" => READ_CREDIT;
        POST "/gift-cards" => GIVE;
        POST "/gift-cards/lookups" => READ_CREDIT;
        GET "/gift-cards/{id}" => READ_CREDIT;
        GET "/gift-cards/{id}/movements" => READ_CREDIT;
        POST "/gift-cards/{id}/spendings" => SPEND;
        POST "/gift-cards/{id}/holds" => SPEND;
        PUT "/gift-cards/{id}/void" => GIVE;
        POST "/credit-movements/{id}/reversals" => GIVE;
        POST "/credit-movements/{id}/captures" => SPEND;
        POST "/credit-movements/{id}/releases" => SPEND;
    }
}

fn check_amount(check: &mut Check, field: &str, minor: i64) {
    check.that((0..=Money::MOST).contains(&minor), field, say!("not-an-amount", most = Money::MOST));
}
