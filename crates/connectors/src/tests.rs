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
                     "shippingAddress": null, "billingAddress": null, "disputes": [], "fulfillments": many(parcel),
                     "lineItems": rows([vec![first], many(item)].concat()) }),
        ));
    }
}

/// An order of a Medusa, with whatever differs.
fn medusa_order(change: &Value) -> Value {
    let mut order = json!({
        "id": "order_01", "display_id": 7, "status": "pending", "created_at": AT, "updated_at": AT, "canceled_at": null,
        "currency_code": "eur", "email": "ada@example.com", "item_total": 59.8, "shipping_total": 5, "customer": null,
        "shipping_address": null, "fulfillments": [], "payment_collections": [], "credit_lines": [],
        "items": [{ "id": "ordli_01", "title": "Mug", "quantity": 2, "total": 59.8, "detail": { "shipped_quantity": 0 } }],
    });
    order.as_object_mut().expect("an order").extend(change.as_object().expect("what differs").clone());
    order
}

/// What was captured, given back, and is only held back.
fn medusa_payment(captured: &[f64], refunded: &[f64], amount: f64) -> Value {
    let moved = |amounts: &[f64]| amounts.iter().map(|amount| json!({ "amount": amount, "created_at": AT })).collect::<Vec<_>>();
    let payment = json!({ "id": "pay_01", "amount": amount, "canceled_at": null, "captures": moved(captured), "refunds": moved(refunded) });
    json!([{ "payments": [payment] }])
}

#[test]
fn a_medusa_may_say_any_figure() {
    for (one, other) in FIGURES.into_iter().flat_map(|one| FIGURES.map(|other| (one, other))) {
        let detail = json!({ "return_received_quantity": other, "shipped_quantity": one, "delivered_quantity": other });
        let item = |n: usize| json!({ "id": n.to_string(), "title": "", "quantity": one, "total": other, "detail": detail });
        let moved = |amount: i64| vec![json!({ "amount": amount, "created_at": AT }); 3];
        let payment = json!({ "id": "pay_01", "amount": one, "canceled_at": null, "captures": moved(one), "refunds": moved(other) });
        let label = json!({ "tracking_number": "703", "tracking_url": "https://carrier.example" });
        let parcel = json!({ "id": "1", "packed_at": AT, "shipped_at": AT, "delivered_at": null, "canceled_at": null, "updated_at": AT,
                             "labels": vec![label; MANY] });
        can_be_counted(&read(
            "medusa",
            &medusa_order(&json!({
                "display_id": one, "item_total": one, "shipping_total": other, "items": many(item), "fulfillments": [parcel, parcel],
                "payment_collections": [{ "payments": vec![payment; MANY] }],
                "credit_lines": many(|n| json!({ "amount": other, "metadata": { "created_in_version": n as i64 } })),
            })),
        ));
    }
}

#[test]
fn a_medusas_order_is_told_as_it_was_placed_whatever_is_given_back() {
    let credit = |amount: f64, version: Value| json!({ "amount": amount, "metadata": { "created_in_version": version } });
    for (credits, total, discount) in [
        (json!([]), 6_480, 0),
        (json!([credit(10.0, json!(2))]), 6_480, 0),
        (json!([credit(20.0, json!(null)), credit(10.0, json!(2))]), 4_480, 2_000),
        (json!([credit(20.0, json!(1))]), 4_480, 2_000),
        (json!([{ "amount": 20, "metadata": null }]), 4_480, 2_000),
    ] {
        let facts = read("medusa", &medusa_order(&json!({ "credit_lines": credits })));
        assert_eq!((facts.total, facts.discount, facts.adds_up()), (total, discount, true), "{credits}");
    }
    let named = |change: Value| read("medusa", &medusa_order(&change)).number;
    assert_eq!((named(json!({})), named(json!({ "custom_display_id": "A-7" }))), ("7".to_owned(), "A-7".to_owned()));
}

#[test]
fn what_was_paid_of_a_medusas_order_is_summed_up() {
    use commerce::status::Payment as M;
    let cancelled = json!({ "status": "canceled", "canceled_at": AT });
    for (payments, change, state, refunded) in [
        (json!([]), json!({}), M::Unpaid, 0),
        (medusa_payment(&[], &[], 64.8), json!({}), M::Authorized, 0),
        (medusa_payment(&[30.0], &[], 64.8), json!({}), M::PartlyPaid, 0),
        (medusa_payment(&[30.0, 34.8], &[], 64.8), json!({}), M::Paid, 0),
        (medusa_payment(&[64.8], &[0.1, 0.2], 64.8), json!({}), M::PartlyRefunded, 30),
        (medusa_payment(&[64.8], &[64.8], 64.8), json!({}), M::Refunded, 6_480),
        (medusa_payment(&[64.8], &[64.8], 64.8), cancelled.clone(), M::Refunded, 6_480),
        (medusa_payment(&[], &[], 64.8), cancelled, M::Voided, 0),
        (json!([]), json!({ "item_total": 0, "shipping_total": 0 }), M::Paid, 0),
    ] {
        let mut order = medusa_order(&change);
        order["payment_collections"] = payments;
        let facts = read("medusa", &order);
        assert_eq!((facts.payment, facts.refunded), (state, refunded), "{order}");
    }
}

#[test]
fn a_medusas_parcel_has_left_once_it_is_shipped() {
    use commerce::status::{Fulfilment as F, OrderStatus as S};
    let packed = |shipped: Option<&str>, delivered: Option<&str>, canceled: Option<&str>| {
        json!([{ "id": "ful_01", "packed_at": AT, "shipped_at": shipped, "delivered_at": delivered, "canceled_at": canceled, "updated_at": AT,
                 "shipping_option": { "name": "Express" }, "labels": [{ "tracking_number": "703", "tracking_url": "#" }] }])
    };
    for (fulfillments, sent, fulfilment, status) in [
        (json!([]), 0, F::None, S::Unfulfilled),
        (packed(None, None, None), 0, F::Part, S::ProcessingFulfilment),
        (packed(None, None, Some(AT)), 0, F::None, S::Unfulfilled),
        (packed(Some(AT), None, None), 1, F::Part, S::InTransit),
        (packed(Some(AT), None, None), 2, F::All, S::InTransit),
        (packed(Some(AT), Some(AT), None), 2, F::All, S::Delivered),
    ] {
        let items = json!([{ "id": "ordli_01", "title": "Mug", "quantity": 2, "total": 59.8, "detail": { "shipped_quantity": sent } }]);
        let facts = read("medusa", &medusa_order(&json!({ "fulfillments": fulfillments, "items": items })));
        assert_eq!((facts.fulfilment, facts.status()), (fulfilment, status), "{fulfillments}");
        let parcel = facts.parcels.first();
        assert_eq!(parcel.map(|parcel| parcel.tracking.as_deref()), (sent > 0).then_some(Some("703")));
        assert!(parcel.is_none_or(|parcel| parcel.carrier.as_deref() == Some("Express") && parcel.tracking_url.is_none()));
    }
}

#[test]
fn a_medusa_is_found_where_it_is_whatever_is_copied_along_with_its_address() {
    let all = connectors().0;
    let medusa = all.iter().find(|one| one.name() == "medusa").expect("a connector");
    for (address, source) in [
        ("https://api.shop.example", "api.shop.example"),
        ("https://api.shop.example/", "api.shop.example"),
        ("https://api.shop.example:9000/app/orders?q=1#top", "api.shop.example:9000"),
        ("https://shop.example/medusa/admin", "shop.example/medusa"),
        ("https://shop.example/apple/store/", "shop.example/apple"),
    ] {
        assert_eq!(medusa.source(&Settings::from([("address".to_owned(), address.to_owned())])), source, "{address}");
    }
}
