//! What a browser tells, some at a time: typed and bounded, because anybody can send it.

use kernel::{Money, say};
use platform::http::{Check, Validate};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    cart::{CartFacts, CartLine},
    viewed::ProductSeen,
    visit::{CameFrom, Campaign, Checkout, PageSeen},
};

/// A batch tells of so much.
pub const MOST: usize = 50;
/// A cart has so many lines.
pub const MOST_LINES: usize = 100;
/// A line has so many pieces.
pub const MOST_PIECES: i64 = 100_000;

/// What a visitor did in the last seconds.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// Whether they agreed that this is kept.
    pub consent: bool,
    /// Where they came from: told with the first batch of a page they entered from outside.
    pub source: Option<CameFrom>,
    /// In the order it happened.
    pub sightings: Vec<Sighting>,
}

/// One thing a visitor did.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Sighting {
    PageViewed {
        page: PageSeen,
    },
    ProductViewed {
        product: ProductSeen,
        page: Option<PageSeen>,
    },
    /// On the list of what they wish for.
    Wished {
        product: ProductSeen,
    },
    /// Off that list again.
    Unwished {
        reference: String,
    },
    Searched {
        query: String,
    },
    /// The whole cart, as it is now; one without lines is empty.
    CartChanged {
        cart: CartFacts,
    },
    CheckoutReached {
        step: Checkout,
    },
}

impl Validate for Batch {
    fn check(&mut self, check: &mut Check) {
        if let Some(source) = &mut self.source {
            check_source(check, source);
        }
        check.at_most("sightings", &self.sightings, MOST);
        for (n, sighting) in self.sightings.iter_mut().enumerate() {
            check_sighting(check, &format!("sightings.{n}"), sighting);
        }
    }
}

fn check_sighting(check: &mut Check, at: &str, sighting: &mut Sighting) {
    match sighting {
        Sighting::PageViewed { page } => check_page(check, &format!("{at}.page"), page),
        Sighting::ProductViewed { product, page } => {
            check_product(check, &format!("{at}.product"), product);
            if let Some(page) = page {
                check_page(check, &format!("{at}.page"), page);
            }
        }
        Sighting::Wished { product } => check_product(check, &format!("{at}.product"), product),
        Sighting::Unwished { reference } => check.line(&format!("{at}.reference"), reference, 1, 200),
        Sighting::Searched { query } => check.line(&format!("{at}.query"), query, 1, 200),
        Sighting::CartChanged { cart } => check_cart(check, &format!("{at}.cart"), cart),
        Sighting::CheckoutReached { .. } => (),
    }
}

fn check_source(check: &mut Check, source: &mut CameFrom) {
    check_address(check, "source.referrer", &mut source.referrer);
    if let Some(Campaign { source, medium, name, term, content }) = &mut source.campaign {
        for (field, tag) in [("source", source), ("medium", medium), ("name", name), ("term", term), ("content", content)] {
            check.maybe_line(&format!("source.campaign.{field}"), tag, 200);
        }
    }
}

/// Without what stands behind the path: it may be a search, a sign-in or a way to reset a password.
fn check_address(check: &mut Check, field: &str, address: &mut Option<String>) {
    if let Some(address) = address {
        let path = address.find(['?', '#']).unwrap_or(address.len());
        address.truncate(path);
    }
    check.maybe_web_address(field, address);
}

fn check_page(check: &mut Check, at: &str, page: &mut PageSeen) {
    check_address(check, &format!("{at}.address"), &mut page.address);
    check.maybe_line(&format!("{at}.title"), &mut page.title, 300);
}

fn check_product(check: &mut Check, at: &str, product: &mut ProductSeen) {
    check.line(&format!("{at}.reference"), &mut product.reference, 1, 200);
    check.line(&format!("{at}.title"), &mut product.title, 1, 300);
    check.maybe_web_address(&format!("{at}.page"), &mut product.page);
    check.maybe_web_address(&format!("{at}.picture"), &mut product.picture);
    if let Some(Money { minor, .. }) = product.price {
        check_amount(check, &format!("{at}.price"), minor);
    }
}

fn check_cart(check: &mut Check, at: &str, cart: &mut CartFacts) {
    check.at_most(&format!("{at}.lines"), &cart.lines, MOST_LINES);
    for (n, line) in cart.lines.iter_mut().enumerate() {
        check_line(check, &format!("{at}.lines.{n}"), line);
    }
    check_amount(check, &format!("{at}.discount"), cart.discount);
    check_amount(check, &format!("{at}.total"), cart.total);
    check.maybe_web_address(&format!("{at}.page"), &mut cart.page);
}

fn check_line(check: &mut Check, at: &str, line: &mut CartLine) {
    check.line(&format!("{at}.reference"), &mut line.reference, 1, 200);
    check.maybe_line(&format!("{at}.sku"), &mut line.sku, 120);
    check.line(&format!("{at}.title"), &mut line.title, 1, 300);
    check.maybe_line(&format!("{at}.variant"), &mut line.variant, 200);
    check.that((1..=MOST_PIECES).contains(&line.quantity), &format!("{at}.quantity"), say!("not-a-number-of-pieces", most = MOST_PIECES));
    check_amount(check, &format!("{at}.price"), line.price);
    check.maybe_web_address(&format!("{at}.page"), &mut line.page);
    check.maybe_web_address(&format!("{at}.picture"), &mut line.picture);
}

fn check_amount(check: &mut Check, field: &str, minor: i64) {
    check.that((0..=Money::MOST).contains(&minor), field, say!("not-a-price", most = Money::MOST));
}
