//! The face of a WooCommerce: its REST API `wc/v3` as documented. Whoever names a parameter or a field it does not know is
//! refused, though the real one would ignore that.

mod goods;

use axum::{
    Json,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use kernel::{Timestamp, hours};
use serde_json::{Map, Value, json};

use super::{
    Asked, Books, Face, Order, Person,
    books::{Code, Destination, Refund, with_point},
    hooks::{self, Hook},
};

pub struct WooCommerce;

const KEY: &str = "ck_3141592653589793";

impl Face for WooCommerce {
    fn connector(&self) -> &'static str {
        "woocommerce"
    }
    fn form(&self, address: &str, secret: &str) -> Value {
        json!({ "address": address, "consumer_key": KEY, "consumer_secret": secret })
    }
    fn secret(&self) -> &'static str {
        "consumer_secret"
    }
    fn refusal(&self) -> &'static str {
        "Consumer secret is invalid."
    }
    fn webhook(&self, address: &str, hook: &Hook, secret: &str, body: &str) -> Vec<(&'static str, String)> {
        vec![
            ("x-wc-webhook-source", format!("http://{address}/")),
            ("x-wc-webhook-topic", hook.topic.clone()),
            ("x-wc-webhook-signature", hooks::signed(secret, body)),
            ("x-wc-webhook-id", hook.id.to_string()),
            ("x-wc-webhook-delivery-id", "5d41402abc4b2a76b9719d911017c592".into()),
            ("content-type", "application/json".into()),
        ]
    }
    fn lists_guests(&self) -> bool {
        false
    }
    fn is_about_orders(&self, asked: &Asked) -> bool {
        asked.uri.path().ends_with("/orders") && !asked.uri.query().unwrap_or_default().contains("orderby=modified")
    }
    fn is_work(&self, asked: &Asked) -> bool {
        asked.method != Method::GET
    }
    fn forbid(&self) -> Response {
        refused(403, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
    }
    fn answer(&self, books: &mut Books, asked: &Asked) -> Response {
        let right = format!("Basic {}", BASE64.encode(format!("{KEY}:{}", books.secret).as_bytes()));
        let Some(given) = asked.headers.get(header::AUTHORIZATION) else {
            return refused(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
        };
        if *given != right {
            return refused(401, "woocommerce_rest_authentication_error", self.refusal());
        }
        let Some(path) = asked.uri.path().strip_prefix("/wp-json/wc/v3/") else { return no_route() };
        let query = asked.query();
        let parts: Vec<&str> = path.split('/').collect();
        if self.is_work(asked) {
            return done(books, &parts, asked).unwrap_or_else(no_route);
        }
        if let ["orders", id] = parts.as_slice() {
            return shown(books, id, &query).unwrap_or_else(|| refused(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID."));
        }
        let (rows, known) = match parts.as_slice() {
            ["orders"] => (
                books.orders.iter().map(order).collect::<Vec<_>>(),
                "modified_after modified_before dates_are_gmt after before status customer",
            ),
            ["orders", id, "refunds"] => match books.orders.iter().find(|order| order.id.to_string() == **id) {
                Some(order) => (refunds(order), ""),
                None => return refused(404, "woocommerce_rest_order_invalid_id", "Invalid order ID."),
            },
            ["orders", id, "notes"] => return noted(books, id, &query).unwrap_or_else(no_route),
            ["customers"] => (books.people.iter().filter(|one| one.has_account).map(customer).collect(), "role email"),
            ["products"] => (
                books.products.iter().map(|one| goods::product(books, *one)).collect(),
                "modified_after modified_before dates_are_gmt after before status",
            ),
            ["products", id, "variations"] => match books.products.iter().find(|product| product.0.to_string() == **id) {
                Some(product) => (goods::variations(books, *product), ""),
                None => return refused(404, "woocommerce_rest_product_invalid_id", "Invalid ID."),
            },
            ["webhooks"] => (hooks::listed(books), "status"),
            ["coupons"] => return coupons(books, &query).unwrap_or_else(no_route),
            ["data", "currencies", "current"] if query.is_empty() => {
                return Json(json!({ "code": "NOK", "name": "Norwegian krone", "symbol": "kr" })).into_response();
            }
            _ => return no_route(),
        };
        listed(rows, known, &query).unwrap_or_else(|message| refused(400, "rest_invalid_param", &message))
    }
}

/// One order, as far as it is asked for.
fn shown(books: &Books, id: &str, query: &[(String, String)]) -> Option<Response> {
    let found = books.orders.iter().find(|order| order.id.to_string() == id)?;
    let [(name, fields)] = query else { return None };
    assert_eq!(name, "_fields");
    Some(Json(chosen(&order(found), fields).expect("fields it has")).into_response())
}

type Act = fn(&mut Books, &str, &Map<String, Value>, Timestamp) -> Option<Response>;

/// Does what it is asked to: what is asked for twice is done twice.
fn done(books: &mut Books, parts: &[&str], asked: &Asked) -> Option<Response> {
    if let ["webhooks", id @ ..] = parts {
        let forced = asked.uri.query() == Some("force=true");
        let body = serde_json::from_slice(&asked.body).unwrap_or_default();
        return hooks::changed(books, &asked.method, id.first().copied(), forced, &body);
    }
    let body: Map<String, Value> = serde_json::from_slice(&asked.body).unwrap();
    let (known, act): (_, Act) = match (&asked.method, parts) {
        (&Method::POST, ["orders", _, "refunds"]) => ("amount reason line_items api_refund api_restock", given_back),
        (&Method::POST, ["orders", _, "notes"]) => ("note customer_note", note),
        (&Method::PUT, ["orders", _]) => ("status shipping", changed),
        (&Method::POST, ["coupons"]) => ("code discount_type amount free_shipping usage_limit date_expires_gmt description", coupon),
        (&Method::POST, ["orders"]) => ("status customer_id billing shipping line_items shipping_lines customer_note meta_data", placed),
        _ => return None,
    };
    if let Some(name) = body.keys().find(|name| !known.split(' ').any(|one| one == *name)) {
        return Some(refused(400, "rest_invalid_param", &format!("Invalid parameter(s): {name}")));
    }
    act(books, parts.get(1).copied().unwrap_or_default(), &body, asked.at)
}

fn one<'a>(books: &'a mut Books, id: &str) -> Option<&'a mut Order> {
    books.orders.iter_mut().find(|order| order.id.to_string() == id)
}

/// The newest first, as it lists them.
fn noted(books: &mut Books, id: &str, query: &[(String, String)]) -> Option<Response> {
    let order = one(books, id)?;
    let [(fields, note), (kind, internal)] = query else { return None };
    assert_eq!((&**fields, &**note, &**kind, &**internal), ("_fields", "note", "type", "internal"));
    Some(Json(order.notes.iter().rev().map(|note| json!({ "note": note })).collect::<Vec<_>>()).into_response())
}

fn note(books: &mut Books, id: &str, body: &Map<String, Value>, _: Timestamp) -> Option<Response> {
    assert_eq!(body["customer_note"], false, "the customer would get a mail");
    one(books, id)?.notes.push(body["note"].as_str()?.to_owned());
    Some((StatusCode::CREATED, Json(json!({ "id": 281 }))).into_response())
}

fn changed(books: &mut Books, id: &str, body: &Map<String, Value>, at: Timestamp) -> Option<Response> {
    let order = one(books, id)?;
    if let Some(status) = body.get("status") {
        assert_eq!(status, "cancelled");
        order.cancelled_at = Some(at);
    }
    if let Some(to) = body.get("shipping") {
        let text = |name: &str| to[name].as_str().unwrap().to_owned();
        order.to = Destination {
            name: format!("{} {}", text("first_name"), text("last_name")).trim().to_owned(),
            street: text("address_1"),
            more: text("address_2"),
            postcode: text("postcode"),
            city: text("city"),
            region: text("state"),
            country: text("country"),
        };
    }
    order.edited_at = at;
    Some(Json(json!({ "id": order.id })).into_response())
}

/// A new order, of goods that have been sold before: for nothing, or to be paid at what they cost.
fn placed(books: &mut Books, _: &str, body: &Map<String, Value>, at: Timestamp) -> Option<Response> {
    let is_to_be_paid = body["status"] == "pending";
    let mut quantities = Vec::new();
    for asked in body["line_items"].as_array()? {
        let price = if is_to_be_paid { Value::Null } else { json!("0") };
        assert_eq!((&asked["product_id"], &asked["subtotal"], &asked["total"]), (&json!(93), &price, &price));
        quantities.push(asked["quantity"].as_i64()?);
    }
    let sending = json!([{ "method_id": "flat_rate", "method_title": "Posten", "total": "4.00" }]);
    assert_eq!(body.get("shipping_lines"), is_to_be_paid.then_some(&sending));
    let kept = body["meta_data"].as_array()?.iter();
    let kept = kept.map(|one| (one["key"].as_str().unwrap().to_owned(), one["value"].as_str().unwrap().to_owned())).collect();
    let email = body["billing"]["email"].as_str()?;
    let made = match is_to_be_paid {
        true => books.places_again(email, &quantities, kept, at)?,
        false => books.sends_again(email, &quantities, kept, at)?,
    };
    Some((StatusCode::CREATED, Json(order(made))).into_response())
}

/// Gives back of an order, as far as it reaches.
fn given_back(books: &mut Books, id: &str, body: &Map<String, Value>, at: Timestamp) -> Option<Response> {
    let order = one(books, id)?;
    let goods = body["line_items"].as_array()?;
    assert_eq!((&body["api_refund"], &body["api_restock"]), (&json!(true), &json!(!goods.is_empty())), "what is left out is true");
    let (whole, part) = body["amount"].as_str().unwrap().split_once('.').expect("two digits behind the point");
    let amount = whole.parse::<i64>().unwrap() * 100 + part.parse::<i64>().unwrap();
    if amount > order.paid - order.refunds.iter().map(|refund| refund.amount).sum::<i64>() {
        return Some(refused(500, "woocommerce_rest_cannot_create_order_refund", "Invalid refund amount."));
    }
    // it mails whoever bought, whatever it is asked
    let mut refund = Refund { told: true, ..Refund::of(amount, body["reason"].as_str().map(str::to_owned), at) };
    for line in goods {
        assert_eq!(line["refund_total"], 0, "the sum is told as a whole");
        refund.back.push((line["id"].as_u64()? as usize, line["quantity"].as_i64()?, "restocked"));
    }
    order.refunds.push(refund);
    Some((StatusCode::CREATED, Json(json!({ "id": order.refunds.len() - 1 }))).into_response())
}

/// It knows codes in any letters, and writes them in small ones.
fn coupons(books: &Books, query: &[(String, String)]) -> Option<Response> {
    let [(code, wanted), (fields, field)] = query else { return None };
    assert_eq!((&**code, &**fields, &**field), ("code", "_fields", "code"));
    let found = books.codes.iter().map(|one| one.code.to_lowercase()).filter(|one| *one == wanted.to_lowercase());
    Some(Json(found.map(|code| json!({ "code": code })).collect::<Vec<_>>()).into_response())
}

fn coupon(books: &mut Books, _: &str, body: &Map<String, Value>, _: Timestamp) -> Option<Response> {
    assert_eq!((&body["discount_type"], &body["usage_limit"]), (&json!("percent"), &json!(1)));
    let percent: i64 = body["amount"].as_str()?.parse().ok()?;
    let until = format!("{}Z", body["date_expires_gmt"].as_str()?).parse().ok()?;
    assert_eq!(body["free_shipping"], percent == 0);
    let code = Code { code: body["code"].as_str()?.to_owned(), percent: (percent > 0).then_some(percent), until };
    Some(match books.keeps_code(code) {
        true => (StatusCode::CREATED, Json(json!({ "id": books.codes.len() }))).into_response(),
        false => refused(400, "woocommerce_rest_coupon_code_already_exists", "The coupon code already exists"),
    })
}

fn refused(status: u16, code: &str, message: &str) -> Response {
    let body = json!({ "code": code, "message": message, "data": { "status": status } });
    (StatusCode::from_u16(status).unwrap(), Json(body)).into_response()
}

fn no_route() -> Response {
    refused(404, "rest_no_route", "No route was found matching the URL and request method.")
}

/// Rows as the parameters say: which, in what order, how many, and what of each.
fn listed(mut rows: Vec<Value>, known: &str, query: &[(String, String)]) -> Result<Response, String> {
    let invalid = |name: &str| format!("Invalid parameter(s): {name}");
    let of = |name: &str| query.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
    let number = |name: &str, default: usize| of(name).map_or(Ok(default), |value| value.parse().map_err(|_| invalid(name)));
    let always = "page per_page offset order orderby _fields exclude include search";
    if let Some((name, _)) = query.iter().find(|(name, _)| !always.split(' ').chain(known.split(' ')).any(|one| one == name)) {
        return Err(invalid(name));
    }
    // in the site's own time unless it is said otherwise
    let zone = if of("dates_are_gmt") == Some("true") { 0 } else { hours(2) };
    let at = |row: &Value, field: &str| format!("{}Z", row[field].as_str().unwrap()).parse::<Timestamp>().unwrap();
    for (parameter, field) in [("modified_after", "date_modified_gmt"), ("after", "date_created_gmt")] {
        if let Some(moment) = of(parameter) {
            let moment: Timestamp = format!("{moment}Z").parse().map_err(|_| invalid(parameter))?;
            rows.retain(|row| at(row, field) > moment - zone);
        }
    }
    if let Some(moment) = of("before") {
        let moment: Timestamp = format!("{moment}Z").parse().map_err(|_| invalid("before"))?;
        rows.retain(|row| at(row, "date_created_gmt") < moment - zone);
    }
    match of("orderby").unwrap_or("date") {
        "id" => rows.sort_by_key(|row| row["id"].as_u64()),
        "modified" => rows.sort_by_key(|row| row["date_modified_gmt"].as_str().unwrap().to_owned()),
        "date" => rows.sort_by_key(|row| row["date_created_gmt"].as_str().map(str::to_owned)),
        _ => return Err(invalid("orderby")),
    }
    match of("order").unwrap_or("desc") {
        "asc" => (),
        "desc" => rows.reverse(),
        _ => return Err(invalid("order")),
    }
    let (per_page, page) = (number("per_page", 10)?, number("page", 1)?);
    if !(1..=100).contains(&per_page) || page == 0 {
        return Err(invalid("per_page"));
    }
    let (total, offset) = (rows.len(), number("offset", (page - 1) * per_page)?);
    let page: Vec<Value> = rows.into_iter().skip(offset).take(per_page).collect();
    let page = match of("_fields") {
        None => page,
        Some(fields) => page.iter().map(|row| chosen(row, fields).ok_or_else(|| invalid("_fields"))).collect::<Result<_, _>>()?,
    };
    let headers = [("x-wp-total", total.to_string()), ("x-wp-totalpages", total.div_ceil(per_page).to_string())];
    Ok((headers, Json(page)).into_response())
}

fn chosen(row: &Value, fields: &str) -> Option<Value> {
    let of = |field: &str| Some((field.to_owned(), row.get(field)?.clone()));
    fields.split(',').map(of).collect::<Option<Map<_, _>>>().map(Value::Object)
}

/// As it writes a moment: to the second, and without a zone.
fn stamp(at: Timestamp) -> String {
    at.calendar().strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

fn customer(person: &Person) -> Value {
    json!({ "id": person.id, "date_created_gmt": stamp(person.appeared_at), "date_modified_gmt": stamp(person.appeared_at), "role": "customer",
            "email": person.email, "first_name": "Mara", "last_name": person.last_name(), "username": format!("mara-{}", person.id),
            "billing": address(Some(person)), "is_paying_customer": true })
}

fn address(person: Option<&Person>) -> Value {
    let of = |text: &str| json!(if person.is_some() { text } else { "" });
    json!({ "first_name": of("Mara"), "last_name": of(&person.map(Person::last_name).unwrap_or_default()), "company": "", "city": of("Oslo"),
            "country": of("NO"), "postcode": of("0155"), "email": person.map_or("", |one| &one.email), "phone": "" })
}

fn shipping(to: &Destination) -> Value {
    let (first, last) = to.name.split_once(' ').unwrap_or((&to.name, ""));
    json!({ "first_name": first, "last_name": last, "company": "", "address_1": to.street, "address_2": to.more, "city": to.city,
            "state": to.region, "postcode": to.postcode, "country": to.country, "phone": "" })
}

fn order(order: &Order) -> Value {
    let status = match order {
        Order { cancelled_at: Some(_), .. } => "cancelled",
        Order { parcel: Some(_), .. } => "completed",
        order if !order.is_paid() => "pending",
        _ => "processing",
    };
    let items = order.items.iter().enumerate().map(|(n, item)| {
        let tax = item.total / 5;
        let name = item.form.map_or(item.product.to_owned(), |form| format!("{} - {form}", item.product));
        json!({ "id": order.line(n), "name": name, "parent_name": item.form.map(|_| item.product), "product_id": 93, "variation_id": 0,
                "quantity": item.quantity, "total": with_point(item.total - tax), "total_tax": with_point(tax), "sku": item.sku,
                "price": 1.5, "image": { "id": "", "src": "" }, "meta_data": [] })
    });
    let tracking = order.parcel.iter().map(|parcel| {
        let items = json!([{ "tracking_provider": "", "custom_tracking_provider": parcel.carrier, "custom_tracking_link": "",
                             "tracking_number": parcel.tracking, "date_shipped": parcel.at.micros() / 1_000_000, "tracking_id": "a1b2" }]);
        json!({ "id": 1, "key": "_wc_shipment_tracking_items", "value": items })
    });
    let kept = order.kept.iter().map(|(key, value)| json!({ "id": 2, "key": key, "value": value }));
    let refunds = order.refunds.iter().enumerate();
    let customer = order.customer.as_ref();
    json!({
        "id": order.id, "number": order.number, "status": status, "currency": order.currency, "version": "10.3.4",
        "date_created_gmt": stamp(order.placed_at), "date_modified_gmt": stamp(order.changed_at()), "date_paid_gmt": order.is_paid().then(|| stamp(order.placed_at)),
        "date_completed_gmt": order.parcel.as_ref().map(|parcel| stamp(parcel.at)), "total": with_point(order.total()),
        "shipping_total": with_point(order.shipping - order.shipping / 5), "shipping_tax": with_point(order.shipping / 5),
        "customer_id": customer.filter(|one| one.has_account).map_or(0, |one| one.id), "customer_note": "",
        "billing": address(customer), "shipping": shipping(&order.to), "line_items": items.collect::<Vec<_>>(), "fee_lines": [],
        "shipping_lines": [{ "id": 5, "method_id": "flat_rate", "method_title": "Posten", "total": with_point(order.shipping - order.shipping / 5), "total_tax": with_point(order.shipping / 5) }],
        "payment_url": format!("https://shop.example/checkout/order-pay/{}/?pay_for_order=true&key=wc_order_1", order.id),
        "refunds": refunds.map(|(n, one)| json!({ "id": n, "reason": one.reason.as_deref().unwrap_or_default(), "total": with_point(-one.amount) })).collect::<Vec<_>>(),
        "meta_data": tracking.chain(kept).collect::<Vec<_>>(), "prices_include_tax": true,
    })
}

fn refunds(order: &Order) -> Vec<Value> {
    let of = |(id, refund): (usize, &Refund)| {
        let all = order.items.iter().enumerate().filter(|_| refund.whole).map(|(n, item)| (order.line(n), item.quantity));
        let items = all.chain(refund.back.iter().map(|(line, quantity, _)| (*line, *quantity))).map(|(line, quantity)| {
            let of_line = json!([{ "id": 1, "key": "_refunded_item_id", "value": line.to_string() }]);
            json!({ "id": 1_000 + line, "quantity": -quantity, "meta_data": of_line })
        });
        json!({ "id": id, "date_created_gmt": stamp(refund.at), "amount": with_point(refund.amount),
                "reason": refund.reason.as_deref().unwrap_or_default(), "line_items": items.collect::<Vec<_>>() })
    };
    order.refunds.iter().enumerate().map(of).collect()
}
