//! The face of a Shopify: its Admin API as documented, with its points, its 60 days, and its ids that are addresses.

mod acts;
mod drafts;
mod inventory;
mod types;

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Timestamp, days, seconds};
use serde_json::{Map, Value, json};

use super::{
    Asked as Question, Books, Face, Order, Person,
    books::with_point,
    graphql::{self, Asked},
    hooks::{self, Hook},
};

pub struct Shopify;

const CLIENT: &str = "2718281828459045";
/// A token an app was given for good.
pub const TOKEN: &str = "shpat_1618033988749894";

const NO_DISPUTES: &str = "Access denied for dispute field. Required access: `read_shopify_payments_disputes` access scope.";

impl Face for Shopify {
    fn connector(&self) -> &'static str {
        "shopify"
    }
    fn form(&self, address: &str, secret: &str) -> Value {
        json!({ "address": address, "client_id": CLIENT, "client_secret": secret })
    }
    fn secret(&self) -> &'static str {
        "client_secret"
    }
    fn refusal(&self) -> &'static str {
        "The client credentials are not valid."
    }
    fn webhook(&self, address: &str, hook: &Hook, secret: &str, body: &str) -> Vec<(&'static str, String)> {
        let (about, what) = hook.topic.split_once('_').unwrap();
        vec![
            ("x-shopify-topic", format!("{}/{}", about.to_lowercase(), what.to_lowercase())),
            ("x-shopify-hmac-sha256", hooks::signed(secret, body)),
            ("x-shopify-shop-domain", address.to_owned()),
            ("x-shopify-event-id", "98880550-7158-44d4-b7cd-2c97c8a091b5".into()),
            ("x-shopify-api-version", "2026-10".into()),
            ("content-type", "application/json".into()),
        ]
    }
    fn lists_guests(&self) -> bool {
        false
    }
    fn is_about_orders(&self, asked: &Question) -> bool {
        String::from_utf8_lossy(&asked.body).contains("list: orders")
    }
    fn is_work(&self, asked: &Question) -> bool {
        String::from_utf8_lossy(&asked.body).contains("mutation(")
    }
    fn forbid(&self) -> Response {
        failed("ACCESS_DENIED", "Access denied for orders field. Required access: `read_orders` access scope.")
    }
    fn answer(&self, books: &mut Books, asked: &Question) -> Response {
        let body: Value = serde_json::from_slice(&asked.body).unwrap();
        match asked.uri.path() {
            "/admin/oauth/access_token" => sign_in(books, &body),
            "/admin/api/2026-10/graphql.json" => {
                let token = asked.headers.get("x-shopify-access-token").and_then(|token| token.to_str().ok()).unwrap_or_default();
                if token != TOKEN && !books.sessions.iter().any(|session| session == token) {
                    let said = "[API] Invalid API key or access token (unrecognized login or wrong password)";
                    return (StatusCode::UNAUTHORIZED, Json(json!({ "errors": said }))).into_response();
                }
                question(books, &body, asked.at)
            }
            _ => (StatusCode::NOT_FOUND, Json(json!({ "errors": "Not Found" }))).into_response(),
        }
    }
}

fn sign_in(books: &mut Books, given: &Value) -> Response {
    let wanted = json!({ "client_id": CLIENT, "client_secret": books.secret, "grant_type": "client_credentials" });
    if *given != wanted {
        let refused = json!({ "error": "invalid_client", "error_description": Shopify.refusal() });
        return (StatusCode::BAD_REQUEST, Json(refused)).into_response();
    }
    let token = format!("shpat_{}", books.asked);
    books.sessions.push(token.clone());
    Json(json!({ "access_token": token, "scope": "read_customers,read_orders,read_products", "expires_in": 86_399 })).into_response()
}

fn failed(code: &str, message: &str) -> Response {
    Json(json!({ "errors": [{ "message": message, "extensions": { "code": code } }] })).into_response()
}

fn question(books: &mut Books, body: &Value, now: Timestamp) -> Response {
    books.cancel_what_is_due(now);
    let variables = &body["variables"];
    let asked = match graphql::parse(body["query"].as_str().unwrap(), types::TYPES) {
        Ok(asked) => asked,
        Err(message) => return failed("undefinedField", &message),
    };
    let requested: f64 = asked.iter().map(|one| cost(one, variables)).sum();
    if requested > 1_000.0 {
        return failed("MAX_COST_EXCEEDED", &format!("Query cost is {requested}, which exceeds the single query max cost limit (1000)."));
    }
    let passed = books.points_counted_at.replace(now).map_or(0, |before| now - before);
    books.points_left = (books.points_left + books.points / 20.0 * (passed / seconds(1)).max(0) as f64).min(books.points);
    let most = books.points;
    let status = |left: f64| {
        json!({ "cost": { "requestedQueryCost": requested, "actualQueryCost": requested / 10.0,
                "throttleStatus": { "maximumAvailable": most, "currentlyAvailable": left, "restoreRate": most / 20.0 } } })
    };
    if books.points_left < requested {
        let throttled = json!([{ "message": "Throttled", "extensions": { "code": "THROTTLED" } }]);
        return Json(json!({ "errors": throttled, "extensions": status(books.points_left) })).into_response();
    }
    // what was not found is given back
    let left = books.points_left - requested / 10.0;
    let is_mutation = body["query"].as_str().unwrap().starts_with("mutation");
    let mut answered = |one: &Asked| match is_mutation {
        true => acts::mutated(books, one, variables, now).and_then(|done| shaped(one, &done, variables)),
        false => looked_up(books, one, variables, now),
    };
    let data = asked.iter().map(|one| Ok((one.alias.clone(), answered(one)?))).collect::<Result<Map<_, _>, String>>();
    let extensions = status(left);
    books.points_left = left;
    match data {
        Ok(data) => Json(json!({ "data": data, "extensions": extensions })).into_response(),
        Err(message) if message.starts_with("Access denied") => failed("ACCESS_DENIED", &message),
        Err(message) => failed("argumentLiteralsIncompatible", &message),
    }
}

/// An argument, from the variables where it names one.
fn argument(asked: &Asked, name: &str, variables: &Value) -> Value {
    let arguments = asked.arguments.trim_matches(['(', ')']);
    let given = arguments.split(',').filter_map(|one| one.split_once(':')).find(|(one, _)| one.trim() == name);
    given.map_or(Value::Null, |(_, value)| match value.trim().strip_prefix('$') {
        Some(variable) => variables[variable].clone(),
        None => serde_json::from_str(value.trim()).unwrap_or_else(|_| json!(value.trim())),
    })
}

/// What is counted: objects, as many as a list may hold.
fn cost(asked: &Asked, variables: &Value) -> f64 {
    let inside: f64 = asked.fields.iter().map(|field| cost(field, variables)).sum();
    let is_list = asked.fields.iter().any(|field| field.name == "nodes");
    let own = if asked.fields.is_empty() || asked.name == "nodes" || is_list { 0.0 } else { 1.0 };
    argument(asked, "first", variables).as_f64().unwrap_or(1.0) * (own + inside)
}

fn looked_up(books: &Books, asked: &Asked, variables: &Value, now: Timestamp) -> Result<Value, String> {
    let oldest = if books.shows_old_orders { Timestamp::from_micros(0) } else { now - days(60) };
    let orders = || books.orders.iter().filter(|order| order.placed_at >= oldest).map(order).collect::<Vec<Value>>();
    let accounts = || books.people.iter().filter(|one| one.has_account).map(customer).collect();
    let products = || books.products.iter().copied().map(product).collect();
    let one_of = |rows: Vec<Value>| rows.into_iter().find(|row| row["id"] == argument(asked, "id", variables)).unwrap_or_default();
    let mut scopes = vec![json!({ "handle": "read_customers" }), json!({ "handle": "read_orders" }), json!({ "handle": "write_products" })];
    scopes.extend(books.shows_old_orders.then(|| json!({ "handle": "read_all_orders" })));
    if books.shows_stock {
        scopes.extend(["read_inventory", "read_locations"].map(|handle| json!({ "handle": handle })));
    }
    let found = match asked.name.as_str() {
        "draftOrders" => drafts::tagged(books, &variables["query"])?.into(),
        "shop" => json!({ "currencyCode": "NOK", "primaryDomain": { "url": "https://shop.example" } }),
        "currentAppInstallation" => json!({ "accessScopes": scopes }),
        "webhookSubscriptions" => return Ok(asked.chosen(&hooks::subscriptions(books))),
        "codeDiscountNodeByCode" => {
            let code = argument(asked, "code", variables);
            books
                .codes
                .iter()
                .find(|one| code.as_str().is_some_and(|code| one.code.eq_ignore_ascii_case(code)))
                .map_or(Value::Null, acts::code)
        }
        "dispute" if !books.shows_disputes => return Err(NO_DISPUTES.to_owned()),
        "dispute" => one_of(books.orders.iter().filter(|order| order.dispute.is_some()).map(dispute).collect()),
        "inventoryItem" | "inventoryItems" | "locations" if !books.shows_stock => return Err(inventory::NO_STOCK.to_owned()),
        "inventoryItem" => one_of(inventory::items(books)),
        "inventoryItems" => found(inventory::items(books), asked, variables)?,
        "locations" => inventory::places(books, &variables["query"])?.into(),
        // asked for beside an order, it says where these lines would go
        "order" if asked.fields.iter().any(|field| field.name == "suggestedRefund") => {
            json!({ "suggestedRefund": { "refundLineItems": acts::suggested(&variables["lines"])? } })
        }
        "order" => one_of(orders()),
        "product" => one_of(products()),
        "orders" | "ordersCount" => found(orders(), asked, variables)?,
        "customers" | "customersCount" => found(accounts(), asked, variables)?,
        "products" | "productsCount" => found(products(), asked, variables)?,
        other => return Err(format!("{other} is not known here")),
    };
    let found = if asked.name.ends_with("Count") { json!({ "count": found.as_array().map(Vec::len) }) } else { found };
    shaped(asked, &found, variables)
}

/// Rows as the arguments say.
fn found(mut rows: Vec<Value>, asked: &Asked, variables: &Value) -> Result<Value, String> {
    if let Some(query) = argument(asked, "query", variables).as_str() {
        for part in query.split(' ') {
            let (until, operator) = if part.contains(":<=") { (true, ":<=") } else { (false, ":>=") };
            let (field, wanted) = part.split_once(operator).ok_or(format!("invalid search: {part}"))?;
            let field = match field {
                "id" => "legacyResourceId",
                "updated_at" => "updatedAt",
                "created_at" => "createdAt",
                other => return Err(format!("invalid search field: {other}")),
            };
            let wanted = wanted.trim_matches('\'');
            match wanted.parse::<u64>() {
                Ok(id) => rows.retain(|row| row[field].as_u64().unwrap() >= id),
                Err(_) if until => rows.retain(|row| row[field].as_str().unwrap() <= wanted),
                Err(_) => rows.retain(|row| row[field].as_str().unwrap() >= wanted),
            }
        }
    }
    match argument(asked, "sortKey", variables).as_str() {
        Some("ID") | None => rows.sort_by_key(|row| row["legacyResourceId"].as_u64()),
        Some("UPDATED_AT") => rows.sort_by_key(|row| row["updatedAt"].as_str().unwrap().to_owned()),
        Some(other) => return Err(format!("invalid sortKey: {other}")),
    }
    if argument(asked, "reverse", variables) == true {
        rows.reverse();
    }
    Ok(rows.into())
}

/// What was asked for, lists page by page.
fn shaped(asked: &Asked, value: &Value, variables: &Value) -> Result<Value, String> {
    let nodes = asked.fields.iter().find(|field| field.name == "nodes");
    match value {
        Value::Array(_) if asked.fields.is_empty() => Ok(value.clone()),
        Value::Array(items) => {
            let first = argument(asked, "first", variables).as_u64();
            let begin =
                argument(asked, "after", variables).as_str().and_then(|cursor| cursor.strip_prefix("after-")?.parse().ok()).unwrap_or(0);
            let take = if nodes.is_some() {
                first.filter(|first| (1..=250).contains(first)).ok_or("you must provide first, up to 250")?
            } else {
                first.unwrap_or(250)
            };
            let page = items.iter().skip(begin).take(take as usize);
            let Some(nodes) = nodes else { return page.map(|item| each(&asked.fields, item, variables)).collect() };
            let end = (begin + take as usize).min(items.len());
            let page: Value = page.map(|item| each(&nodes.fields, item, variables)).collect::<Result<_, _>>()?;
            let info = json!({ "hasNextPage": end < items.len(), "endCursor": format!("after-{end}") });
            each(&asked.fields, &json!({ "nodes": page, "pageInfo": info }), variables).map(|mut shaped| {
                shaped["nodes"] = page;
                shaped
            })
        }
        Value::Object(_) => each(&asked.fields, value, variables),
        scalar => Ok(scalar.clone()),
    }
}

fn each(fields: &[Asked], value: &Value, variables: &Value) -> Result<Value, String> {
    let is_row = |field: &&Asked| field.name != "nodes";
    let shape = |field: &Asked| Ok((field.alias.clone(), shaped(field, &value[&field.name], variables)?));
    fields.iter().filter(is_row).map(shape).collect::<Result<Map<_, _>, _>>().map(Value::Object)
}

fn stamp(at: Timestamp) -> String {
    at.calendar().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn money(minor: i64, currency: &str) -> Value {
    let of = |amount: String, currency: &str| json!({ "amount": amount, "currencyCode": currency });
    // the shop itself counts in euros
    json!({ "presentmentMoney": of(with_point(minor), currency), "shopMoney": of(with_point(minor / 11), "EUR") })
}

fn address(person: &Person) -> Value {
    json!({ "firstName": "Mara", "lastName": person.last_name(), "city": "Oslo", "zip": "0155", "countryCodeV2": "NO" })
}

fn customer(person: &Person) -> Value {
    let id = 55_000 + person.id;
    json!({ "id": format!("gid://shopify/Customer/{id}"), "legacyResourceId": id, "createdAt": stamp(person.appeared_at),
            "updatedAt": stamp(person.appeared_at), "firstName": "Mara", "lastName": person.last_name(),
            "defaultEmailAddress": { "emailAddress": person.email }, "defaultPhoneNumber": null, "defaultAddress": address(person) })
}

fn order(order: &Order) -> Value {
    let money = |minor: i64| money(minor, order.currency);
    let items = order.items.iter().enumerate().map(|(n, item)| {
        let back: i64 = order.refunds.iter().flat_map(|refund| &refund.back).filter(|one| one.0 == order.line(n)).map(|one| one.1).sum();
        let left = if order.cancelled_at.is_some() { 0 } else { item.quantity - back };
        let (title, off) = (item.product, 101);
        json!({ "id": format!("gid://shopify/LineItem/{}", order.line(n)), "name": item.name(), "title": title, "variantTitle": item.form,
                "sku": item.sku, "quantity": item.quantity, "currentQuantity": left,
                "unfulfilledQuantity": if order.parcel.is_some() { 0 } else { left }, "originalTotalSet": money(item.total + off),
                "discountAllocations": [{ "allocatedAmountSet": money(off) }], "image": null, "variant": { "id": acts::VARIANT } })
    });
    let parcels = order.parcel.iter().map(|parcel| {
        let tracking = json!([{ "company": parcel.carrier, "number": parcel.tracking, "url": null }]);
        json!({ "id": "gid://shopify/Fulfillment/9", "status": "SUCCESS", "displayStatus": "IN_TRANSIT", "createdAt": stamp(parcel.at),
                "updatedAt": stamp(parcel.at), "estimatedDeliveryAt": null, "trackingInfo": tracking })
    });
    let paid = match order.refunded() {
        0 => "PAID",
        refunded if refunded >= order.total() => "REFUNDED",
        _ => "PARTIALLY_REFUNDED",
    };
    let buyer = order.customer.as_ref();
    let disputes = order.dispute.iter().map(
        |status| json!({ "id": format!("gid://shopify/OrderDisputeSummary/{}", order.id), "initiatedAs": "CHARGEBACK", "status": status }),
    );
    json!({
        "id": format!("gid://shopify/Order/{}", order.id), "legacyResourceId": order.id, "name": order.number, "test": order.test, "createdAt": stamp(order.placed_at),
        "processedAt": stamp(order.placed_at), "updatedAt": stamp(order.changed_at()), "cancelledAt": order.cancelled_at.map(stamp),
        "displayFinancialStatus": paid, "displayFulfillmentStatus": if order.parcel.is_some() { "FULFILLED" } else { "SOMETHING_NEW" },
        "currencyCode": "EUR", "presentmentCurrencyCode": order.currency, "taxesIncluded": true, "note": acts::note(order),
        "email": buyer.map(|one| &one.email), "phone": null, "totalPriceSet": money(order.total()), "totalRefundedSet": money(order.refunded()),
        "totalShippingPriceSet": money(order.shipping), "totalTaxSet": money(order.total() / 5),
        "customer": buyer.filter(|one| one.has_account).map(customer), "shippingAddress": buyer.map(|_| acts::address(&order.to)), "billingAddress": null,
        "lineItems": items.collect::<Vec<_>>(), "fulfillments": parcels.collect::<Vec<_>>(), "disputes": disputes.collect::<Vec<_>>(),
        "refunds": order.refunds.iter().enumerate().map(acts::refund).collect::<Vec<_>>(), "transactions": acts::transactions(order),
        "sourceIdentifier": order.kept.iter().find(|(name, _)| name == "sourceIdentifier").map(|(_, value)| value),
    })
}

/// What Shopify Payments knows of a dispute, and an app may see that was allowed to.
fn dispute(order: &Order) -> Value {
    json!({
        "id": format!("gid://shopify/ShopifyPaymentsDispute/{}", order.id),
        "amount": money(order.total(), order.currency)["presentmentMoney"], "evidenceDueBy": stamp(order.placed_at + days(14)),
        "reasonDetails": { "networkReasonCode": "4855", "reason": "PRODUCT_NOT_RECEIVED" }, "status": order.dispute, "type": "CHARGEBACK",
    })
}

fn product((number, at): (usize, Timestamp)) -> Value {
    let variant = |(n, form): (usize, &str)| {
        json!({ "id": format!("gid://shopify/ProductVariant/{number}{n}"), "sku": format!("S-{number}-{n}"), "title": form, "price": "123.50",
                "compareAtPrice": null, "inventoryPolicy": "DENY", "image": null })
    };
    let variants = [(1, "green"), (2, "red")].map(variant);
    json!({
        "id": format!("gid://shopify/Product/{number}"), "legacyResourceId": number, "title": format!("Tent {number}"),
        "descriptionHtml": "<p>It <b>stands</b>.</p>", "vendor": "Fjell", "productType": "Tents", "status": "ACTIVE", "updatedAt": stamp(at),
        "onlineStoreUrl": format!("https://shop.example/products/tent-{number}"),
        "featuredMedia": { "preview": { "image": { "url": "https://assets.example/tent.jpg" } } },
        "variants": variants,
    })
}
