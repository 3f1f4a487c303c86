//! What shop systems answer is not believed: figures of any size, and any number of them, come to amounts that can be counted.

use commerce::order::Facts;
use kernel::{Money, Timestamp};
use serde_json::{Value, json};

use crate::{Fact, Settings, Subject, connectors};

/// Figures nobody means, and one somebody does.
const FIGURES: [i64; 4] = [i64::MAX, i64::MIN, Money::MOST + 1, 3];
const MANY: usize = 600;
const AT: &str = "2026-11-02T09:14:05Z";

fn read(connector: &str, said: &Value) -> Facts {
    let all = connectors().0;
    let connector = all.iter().find(|one| one.name() == connector).expect("a connector");
    let settings = Settings::from([("address".to_owned(), "https://shop.example".to_owned())]);
    let now: Timestamp = "2026-11-23T10:00:00Z".parse().unwrap();
    match connector.understood(&settings, Subject::Orders, said.to_string().as_bytes(), now) {
        Some(Fact::Order(order)) => order.1,
        other => panic!("{other:?} is no order: {said}"),
    }
}

/// So many of something, told apart by their number.
fn many(of: impl Fn(usize) -> Value) -> Vec<Value> {
    (0..MANY).map(of).collect()
}

fn can_be_counted(facts: &Facts) {
    let Facts { discount, shipping, tax, total, refunded, .. } = *facts;
    let lines = facts.lines.iter().flat_map(|line| [line.quantity, line.total, line.refunded]);
    let wrong = [discount, shipping, tax, total, refunded].into_iter().chain(lines).find(|amount| !(0..=Money::MOST).contains(amount));
    assert_eq!(wrong, None);
    assert!(refunded <= total && facts.lines.iter().all(|line| line.refunded <= line.quantity));
    assert!(facts.adds_up() || discount.max(tax) == Money::MOST, "unless nobody can count what is left over: {discount} {tax}");
    assert!(facts.lines.len() <= 500 && facts.parcels.len() <= 500);
}

#[test]
fn a_vendure_may_say_any_figure() {
    for (one, other) in FIGURES.into_iter().flat_map(|one| FIGURES.map(|other| (one, other))) {
        let line = |n: usize| {
            json!({ "id": n.to_string(), "quantity": one, "orderPlacedQuantity": other, "proratedUnitPriceWithTax": other,
                    "proratedLinePriceWithTax": one, "productVariant": { "sku": "", "name": "Mug", "product": { "name": "Mug" } } })
        };
        let payment = |_| {
            let refund = json!({ "state": "Settled", "total": other, "updatedAt": AT });
            json!({ "state": "Settled", "amount": one, "updatedAt": AT, "refunds": vec![refund; 3] })
        };
        let parcel = json!({ "id": "1", "state": "Shipped", "updatedAt": AT, "method": "Posten", "trackingCode": null,
                             "lines": many(|n| json!({ "orderLineId": n.to_string(), "quantity": other })) });
        can_be_counted(&read(
            "vendure",
            &json!({ "id": "1", "code": "T7K2P", "state": "Shipped", "createdAt": AT, "updatedAt": AT, "orderPlacedAt": AT, "currencyCode": "EUR",
                     "totalWithTax": one, "shippingWithTax": other, "customer": null, "shippingAddress": null, "lines": many(line),
                     "surcharges": many(|n| json!({ "id": n.to_string(), "description": "", "priceWithTax": other })),
                     "shippingLines": [{ "discounts": many(|_| json!({ "adjustmentSource": "CANCEL_ORDER", "amountWithTax": other })) }],
                     "payments": many(payment), "fulfillments": vec![parcel; 3] }),
        ));
    }
}

#[test]
fn a_woocommerce_may_say_any_figure() {
    for (one, other) in FIGURES.into_iter().flat_map(|one| FIGURES.map(|other| (one, other))) {
        let (total, tax) = (one.to_string(), other.to_string());
        let item = |n| json!({ "id": n, "name": "Mug", "quantity": one, "total": total, "total_tax": tax });
        let given_back =
            |n: usize| json!({ "quantity": other, "meta_data": [{ "key": "_refunded_item_id", "value": (n % 2).to_string() }] });
        can_be_counted(&read(
            "woocommerce",
            &json!([
                { "id": one, "number": "", "status": "processing", "currency": "EUR", "date_created_gmt": null, "date_modified_gmt": null,
                  "date_paid_gmt": null, "date_completed_gmt": null, "total": tax, "shipping_total": total, "shipping_tax": tax,
                  "customer_id": other, "billing": {}, "line_items": many(item), "fee_lines": many(item),
                  "refunds": many(|_| json!({ "total": total })),
                  "meta_data": [{ "key": "_wc_shipment_tracking_items", "value": many(|_| json!({ "date_shipped": other })) }] },
                vec![json!({ "line_items": many(given_back)[..9] }); 3],
            ]),
        ));
    }
}

#[test]
fn a_shopify_may_say_any_figure() {
    for (one, other) in FIGURES.into_iter().flat_map(|one| FIGURES.map(|other| (one, other))) {
        let bag = |amount: i64| json!({ "presentmentMoney": { "amount": amount.to_string() } });
        let rows = |nodes: Vec<Value>| json!({ "nodes": nodes, "pageInfo": { "hasNextPage": false, "endCursor": null } });
        let item = |n: usize| {
            json!({ "id": format!("gid://shopify/LineItem/{n}"), "title": "", "variantTitle": null, "sku": null, "quantity": one,
                    "currentQuantity": other, "originalTotalSet": bag(one), "image": null,
                    "discountAllocations": vec![json!({ "allocatedAmountSet": bag(other) }); 5] })
        };
        let mut first = item(0);
        first["discountAllocations"] = vec![json!({ "allocatedAmountSet": bag(other) }); 2 * MANY].into();
        let parcel = |n: usize| {
            json!({ "id": n.to_string(), "status": "SUCCESS", "displayStatus": null, "createdAt": AT, "updatedAt": AT,
                    "estimatedDeliveryAt": null, "trackingInfo": [] })
        };
        can_be_counted(&read(
            "shopify",
            &json!({ "id": "gid://shopify/Order/1", "name": "", "createdAt": AT, "processedAt": AT, "updatedAt": AT, "cancelledAt": null,
                     "displayFinancialStatus": "PAID", "displayFulfillmentStatus": null, "presentmentCurrencyCode": "EUR",
                     "taxesIncluded": false, "note": null, "email": null, "phone": null, "totalPriceSet": bag(one),
                     "totalRefundedSet": bag(other), "totalShippingPriceSet": bag(one), "totalTaxSet": bag(other), "customer": null,
                     "shippingAddress": null, "billingAddress": null, "fulfillments": many(parcel),
                     "lineItems": rows([vec![first], many(item)].concat()) }),
        ));
    }
}
