//! What shop systems answer about a customer, an order, a product or what is left of it: whatever it is, it is read or it is not, and
//! what is read can be kept, counted and shown.

use std::collections::BTreeSet;

use commerce::{
    dispute,
    order::{self, LONGEST_POSTCODE},
    product,
    stock::Count,
};
use connectors::{Fact, Settings, Subject, Uncounted, connectors};
use customers::Buyer;
use kernel::{Money, Timestamp};

use super::is_trick;

pub const WORDS: &[&str] = &[
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551616",
    "1000000000001",
    "-1",
    "0.5",
    "1e308",
    "\"-99999999999999999999.9999\"",
    "\"1.005\"",
    "null",
    "\"\"",
    "[]",
    "{}",
    "\"9999-12-30T22:00:00.999999999Z\"",
    "\"-009999-01-02T01:59:59Z\"",
    "9999999999999999",
    "\"JPY\"",
    "\"KWD\"",
    "\"Cancelled\"",
    "\"Shipped\"",
    "\"completed\"",
    "\"refunded\"",
    "\"REFUNDED\"",
    "\"canceled\"",
    "59.800000000000004",
    "gid://shopify/",
    "\\u202e",
    "\\u0000",
    "https://",
    "javascript:",
    "<script>",
    "@",
];

const MOST: usize = 500;

pub fn vendure(data: &[u8]) {
    answered("vendure", data);
}

pub fn woocommerce(data: &[u8]) {
    answered("woocommerce", data);
}

pub fn shopify(data: &[u8]) {
    answered("shopify", data);
}

pub fn medusa(data: &[u8]) {
    answered("medusa", data);
}

fn answered(name: &str, data: &[u8]) {
    let all = connectors().0;
    let connector = all.iter().find(|one| one.name() == name).expect("a connector");
    let settings = Settings::from([("address".to_owned(), "https://shop.example".to_owned())]);
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().expect("a moment");
    for of in [Subject::Customers, Subject::Orders, Subject::Products, Subject::Stock] {
        match connector.understood(&settings, of, data, now) {
            None => (),
            Some(Fact::Customer(buyer)) => is_somebody(&buyer),
            Some(Fact::Order(order)) => {
                is_somebody(&order.0);
                is_an_order(&order.1, now);
            }
            Some(Fact::Product(facts)) => is_a_product(&facts, now),
            Some(Fact::Stock(counts)) => counts.iter().for_each(is_a_count),
            Some(Fact::Uncounted(Uncounted { reference, number, currency })) => {
                [(&reference, 200), (&number, 64), (&currency, 16)].into_iter().for_each(|(text, most)| is_line(text, most));
            }
        }
    }
}

fn is_line(text: &str, most: usize) {
    assert!((1..=most).contains(&text.chars().count()) && !text.contains(['\n', '\t']) && !text.contains(is_trick), "{text:?}");
}

fn may_be_line(text: Option<&String>, most: usize) {
    text.into_iter().for_each(|text| is_line(text, most));
}

fn may_be_address(url: Option<&String>) {
    assert!(url.is_none_or(|url| url.len() <= 2_000 && url.trim_start().to_lowercase().starts_with("http")), "{url:?}");
}

fn is_amount(amount: i64) {
    assert!((0..=Money::MOST).contains(&amount), "{amount}");
}

fn is_somebody(Buyer { account, details, postcode }: &Buyer) {
    may_be_line(account.as_ref(), 200);
    may_be_line(details.name.as_ref(), 120);
    may_be_line(details.email.as_ref(), 254);
    may_be_line(details.phone.as_ref(), 32);
    assert!(details.country.as_ref().is_none_or(|country| country.len() == 2), "{details:?}");
    may_be_line(postcode.as_ref(), LONGEST_POSTCODE);
}

fn is_a_count(count: &Count) {
    is_line(&count.variant, 200);
    for (place, left) in &count.left {
        is_line(place, 120);
        assert!((-Money::MOST..=Money::MOST).contains(left), "{left}");
    }
}

fn is_an_order(facts: &order::Facts, now: Timestamp) {
    is_line(&facts.reference, 200);
    is_line(&facts.number, 64);
    may_be_line(facts.note.as_ref(), 2_000);
    may_be_address(facts.page.as_ref());
    for amount in [facts.discount, facts.shipping, facts.tax, facts.total, facts.refunded] {
        is_amount(amount);
    }
    assert!(facts.refunded <= facts.total && facts.changed_at <= now, "{facts:?}");
    assert!(facts.adds_up() || facts.discount.max(facts.tax) == Money::MOST, "{facts:?}");
    assert!(facts.lines.len() <= MOST && facts.parcels.len() <= MOST);
    for line in &facts.lines {
        is_line(&line.reference, 200);
        is_line(&line.title, 300);
        may_be_line(line.sku.as_ref(), 120);
        may_be_line(line.variant.as_ref(), 200);
        may_be_address(line.picture.as_ref());
        is_amount(line.quantity);
        is_amount(line.total);
        assert!((0..=line.quantity).contains(&line.refunded), "{line:?}");
    }
    for parcel in &facts.parcels {
        is_line(&parcel.reference, 200);
        may_be_line(parcel.carrier.as_ref(), 80);
        may_be_line(parcel.tracking.as_ref(), 80);
        may_be_address(parcel.tracking_url.as_ref());
    }
    assert!(facts.disputes.len() <= dispute::MOST);
    for dispute in &facts.disputes {
        is_line(&dispute.reference, 200);
        dispute.amount.into_iter().for_each(is_amount);
    }
    // what is kept is what is read again
    let kept = serde_json::to_string(facts).expect("it can be kept");
    let again: order::Facts = serde_json::from_str(&kept).expect("it can be read again");
    assert_eq!(serde_json::to_string(&again).expect("it can be kept again"), kept);
    let _ = (facts.status(), facts.spent(), commerce::trouble::of(facts, now));
}

fn is_a_product(facts: &product::Facts, now: Timestamp) {
    is_line(&facts.reference, 200);
    is_line(&facts.title, 300);
    facts.titles.0.values().for_each(|title| is_line(title, 300));
    assert!(facts.description.as_ref().is_none_or(|text| text.chars().count() <= 10_000 && !text.contains(is_trick)), "{facts:?}");
    may_be_line(facts.vendor.as_ref(), 120);
    may_be_line(facts.category.as_ref(), 120);
    may_be_address(facts.page.as_ref());
    may_be_address(facts.picture.as_ref());
    assert!(facts.variants.len() <= MOST && facts.changed_at <= now);
    for variant in &facts.variants {
        is_line(&variant.reference, 200);
        may_be_line(variant.sku.as_ref(), 120);
        may_be_line(variant.title.as_ref(), 200);
        may_be_address(variant.picture.as_ref());
        let currencies: BTreeSet<String> = variant.prices.iter().map(|price| price.currency.to_string()).collect();
        assert_eq!(currencies.len(), variant.prices.len(), "{variant:?}");
        for price in &variant.prices {
            is_amount(price.minor);
            price.before.into_iter().for_each(is_amount);
        }
    }
}
