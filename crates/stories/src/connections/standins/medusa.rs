//! The face of a Medusa v2: its admin API, as version 2.13 answers. Whoever names a parameter it does not know is refused, though the
//! real one would ignore that; whoever names a field it does not know is answered that something unknown went wrong, as there.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use kernel::Timestamp;
use serde_json::{Map, Number, Value, json};

use super::{
    Asked, Books, Face, Order, Person,
    books::{Code, Destination, Lying, Refund, with_point},
};

pub struct Medusa;

impl Face for Medusa {
    fn connector(&self) -> &'static str {
        "medusa"
    }
    fn form(&self, address: &str, secret: &str) -> Value {
        json!({ "address": address, "secret_key": secret })
    }
    fn secret(&self) -> &'static str {
        "secret_key"
    }
    fn refusal(&self) -> &'static str {
        "Unauthorized"
    }
    fn lists_guests(&self) -> bool {
        false
    }
    fn is_about_orders(&self, asked: &Asked) -> bool {
        asked.uri.path() == "/admin/orders" && asked.uri.query().unwrap_or_default().contains("offset=")
    }
    fn is_work(&self, asked: &Asked) -> bool {
        asked.method != Method::GET
    }
    fn forbid(&self) -> Response {
        refused(403, "forbidden", "You do not have the permissions to access this resource.")
    }
    fn answer(&self, books: &mut Books, asked: &Asked) -> Response {
        let right = format!("Basic {}", BASE64.encode(format!("{}:", books.secret).as_bytes()));
        if asked.headers.get(header::AUTHORIZATION).is_none_or(|given| *given != right) {
            return (StatusCode::UNAUTHORIZED, Json(json!({ "message": self.refusal() }))).into_response();
        }
        let Some(path) = asked.uri.path().strip_prefix("/admin/") else { return no_route() };
        let parts: Vec<&str> = path.split('/').collect();
        if self.is_work(asked) {
            let body: Map<String, Value> = serde_json::from_slice(&asked.body).unwrap();
            return done(books, &parts, &body, asked.at).unwrap_or_else(no_route);
        }
        let (rows, known, always): (Vec<Value>, _, _) = match parts.as_slice() {
            ["orders"] => (
                books.orders.iter().map(order).collect(),
                "id status updated_at[$gte] created_at[$gte]",
                "id display_id custom_display_id status version total metadata created_at updated_at",
            ),
            ["customers"] => (books.people.iter().map(customer).collect(), "id has_account updated_at[$gte] created_at[$gte]", "id"),
            ["products"] => (books.products.iter().map(product).collect(), "id updated_at[$gte] created_at[$gte]", "id"),
            ["promotions"] => {
                (books.codes.iter().map(|one| json!({ "id": one.code, "code": one.code, "created_at": "" })).collect(), "id code", "id")
            }
            ["product-variants"] => {
                let stocked = books.products.iter().flat_map(|product| [1, 2].map(|form| stocked(books, product, form)));
                (stocked.collect(), "id updated_at[$gte] created_at[$gte]", "id")
            }
            _ => return no_route(),
        };
        let name = if parts[0] == "product-variants" { "variants" } else { parts[0] };
        listed(name, rows, known, always, &asked.query()).unwrap_or_else(|(status, kind, message)| refused(status, kind, &message))
    }
}

fn refused(status: u16, kind: &str, message: &str) -> Response {
    (StatusCode::from_u16(status).unwrap(), Json(json!({ "type": kind, "message": message }))).into_response()
}

/// A status, a kind, and why.
type Refusal = (u16, &'static str, String);

fn unrecognized(name: &str) -> String {
    format!("Invalid request: Unrecognized fields: '{name}'")
}

fn no_route() -> Response {
    (StatusCode::NOT_FOUND, "<pre>Cannot GET /admin</pre>").into_response()
}

/// Rows as the parameters say: which, in what order, how many, and what of each.
fn listed(name: &str, mut rows: Vec<Value>, known: &str, always: &str, query: &[(String, String)]) -> Result<Response, Refusal> {
    let invalid = |name: &str| (400, "invalid_data", unrecognized(name));
    let of = |name: &str| query.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
    let number = |name: &str, default: usize| of(name).map_or(Ok(default), |value| value.parse().map_err(|_| invalid(name)));
    if let Some((name, _)) =
        query.iter().find(|(name, _)| !"limit offset order fields".split(' ').chain(known.split(' ')).any(|one| one == name))
    {
        return Err(invalid(name));
    }
    for field in ["updated_at", "created_at"] {
        if let Some(moment) = of(&format!("{field}[$gte]")) {
            let moment: Timestamp = moment.parse().map_err(|_| invalid(field))?;
            rows.retain(|row| row[field].as_str().unwrap().parse::<Timestamp>().unwrap() >= moment);
        }
    }
    if let Some(has_account) = of("has_account") {
        rows.retain(|row| row["has_account"] == (has_account == "true"));
    }
    if let Some(code) = of("code") {
        rows.retain(|row| row["code"] == code);
    }
    if let Some(id) = of("id") {
        rows.retain(|row| row["id"] == id);
    }
    let order = of("order").unwrap_or("-created_at");
    let by = order.trim_start_matches('-');
    rows.sort_by_key(|row| row[by].as_str().map(str::to_owned));
    if order.starts_with('-') {
        rows.reverse();
    }
    let (limit, offset, count) = (number("limit", 20)?, number("offset", 0)?, rows.len());
    let fields = of("fields").expect("what is not named is not said");
    let mut paths: Vec<Vec<&str>> = fields.split(',').map(|field| field.trim_start_matches('+').split('.').collect()).collect();
    if fields.starts_with('+') {
        paths.extend(always.split(' ').map(|field| vec![field]));
    }
    let page = rows.iter().skip(offset).take(limit).map(|row| chosen(row, &paths)).collect::<Option<Vec<_>>>();
    let page = page.ok_or_else(|| (500, "unknown_error", "An unknown error occurred.".to_owned()))?;
    Ok(Json(json!({ name: page, "count": count, "offset": offset, "limit": limit })).into_response())
}

/// What of a row is asked for; nothing when it has one of these fields nowhere.
fn chosen(row: &Value, paths: &[Vec<&str>]) -> Option<Value> {
    match row {
        Value::Array(rows) => rows.iter().map(|row| chosen(row, paths)).collect::<Option<Vec<_>>>().map(Value::Array),
        Value::Object(row) => {
            let mut of: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
            for path in paths {
                let tails = of.entry(path[0]).or_default();
                tails.extend((path.len() > 1).then(|| path[1..].to_vec()));
            }
            let each = of.into_iter().map(|(name, tails)| {
                let value = row.get(name)?;
                Some((name.to_owned(), if tails.is_empty() { value.clone() } else { chosen(value, &tails)? }))
            });
            each.collect::<Option<Map<_, _>>>().map(Value::Object)
        }
        nothing => Some(nothing.clone()),
    }
}

/// An amount, as a number.
fn number(minor: i64) -> Value {
    with_point(minor).parse::<Number>().unwrap().into()
}

/// Does what it is asked to: what is asked for twice is done twice.
fn done(books: &mut Books, parts: &[&str], body: &Map<String, Value>, at: Timestamp) -> Option<Response> {
    if parts == ["promotions"] {
        return promoted(books, body);
    }
    let (kind, id) = (parts.first()?, parts.get(1)?);
    let of = if *kind == "payments" { "pay" } else { "order" };
    let Some(order) = books.orders.iter_mut().find(|order| named(of, order.id) == **id) else {
        return Some(refused(404, "not_found", &format!("Order id not found: {id}")));
    };
    let known = match parts {
        ["payments", _, "refund"] => "amount note",
        ["orders", _] => "metadata shipping_address",
        ["orders", _, "cancel"] => "",
        _ => return None,
    };
    if let Some(name) = body.keys().find(|name| !known.split(' ').any(|one| one == *name)) {
        return Some(refused(400, "invalid_data", &unrecognized(name)));
    }
    if *kind == "payments" {
        return given_back(order, body, at);
    }
    if order.cancelled_at.is_some() {
        return Some(refused(400, "invalid_data", &format!("Order with id {id} has been canceled.")));
    }
    if parts.len() == 3 {
        return Some(cancelled(order, at));
    }
    Some(changed(order, body, at))
}

/// A promotion with a code, in a campaign that ends and is used once.
fn promoted(books: &mut Books, body: &Map<String, Value>) -> Option<Response> {
    let (method, campaign) = (&body["application_method"], &body["campaign"]);
    assert_eq!([&body["type"], &body["status"], &body["is_automatic"]], [&json!("standard"), &json!("active"), &json!(false)]);
    assert_eq!((&method["type"], &campaign["budget"]), (&json!("percentage"), &json!({ "type": "usage", "limit": 1 })));
    let percent = match method["target_type"].as_str()? {
        "order" => Some(method["value"].as_i64()?),
        "shipping_methods" if method["value"] == 100 => None,
        other => panic!("{other} is not known here"),
    };
    let code = Code { code: body["code"].as_str()?.to_owned(), percent, until: campaign["ends_at"].as_str()?.parse().ok()? };
    let known = format!("Promotion with code: {}, already exists.", code.code);
    Some(match books.keeps_code(code) {
        true => Json(json!({ "promotion": { "id": "promo_1" } })).into_response(),
        false => refused(400, "invalid_data", &known),
    })
}

/// Gives back of an order, as far as it reaches.
fn given_back(order: &mut Order, body: &Map<String, Value>, at: Timestamp) -> Option<Response> {
    let text = body["amount"].as_number()?.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let amount = whole.parse::<i64>().unwrap() * 100 + format!("{part:0<2}")[..2].parse::<i64>().unwrap();
    if amount > order.paid - order.refunded() {
        return Some(refused(400, "invalid_data", "You are not allowed to refund more than the captured amount"));
    }
    order.refunds.push(Refund::of(amount, body["note"].as_str().map(str::to_owned), at));
    Some(Json(json!({ "payment": { "id": named("pay", order.id) } })).into_response())
}

/// What was captured is given back with it.
fn cancelled(order: &mut Order, at: Timestamp) -> Response {
    if order.parcel.is_some() {
        return refused(400, "not_allowed", "All fulfillments must be canceled before canceling an order");
    }
    let left = order.paid - order.refunded();
    order.refunds.extend((left > 0).then_some(Refund { whole: true, ..Refund::of(left, None, at) }));
    order.cancelled_at = Some(at);
    Json(json!({ "order": { "id": named("order", order.id) } })).into_response()
}

fn changed(order: &mut Order, body: &Map<String, Value>, at: Timestamp) -> Response {
    for (name, value) in body.get("metadata").and_then(Value::as_object).into_iter().flatten() {
        let text = value.as_str().unwrap().to_owned();
        if !order.kept.iter().any(|(known, _)| known == name) {
            order.notes.push(text.clone());
            order.kept.push((name.clone(), text));
        }
    }
    if let Some(to) = body.get("shipping_address") {
        if to["country_code"] != order.to.country.to_lowercase() {
            return refused(400, "invalid_data", "Country code cannot be changed");
        }
        let text = |name: &str| to[name].as_str().unwrap().to_owned();
        order.to = Destination {
            name: format!("{} {}", text("first_name"), text("last_name")).trim().to_owned(),
            street: text("address_1"),
            more: text("address_2"),
            postcode: text("postal_code"),
            city: text("city"),
            region: text("province"),
            country: text("country_code").to_uppercase(),
        };
    }
    order.edited_at = at;
    Json(json!({ "order": { "id": named("order", order.id) } })).into_response()
}

/// Its ids are in the order in which they were given.
fn named(kind: &str, number: usize) -> String {
    format!("{kind}_{number:08}")
}

fn customer(person: &Person) -> Value {
    json!({ "id": named("cus", person.id), "email": person.email, "first_name": "Mara", "last_name": person.last_name(), "phone": null,
            "has_account": person.has_account, "created_at": person.appeared_at, "updated_at": person.appeared_at })
}

fn order(order: &Order) -> Value {
    let parcel = order.parcel.as_ref();
    // neither what is captured nor every refund moves it
    let updated_at = [order.cancelled_at, parcel.map(|parcel| parcel.at)].into_iter().flatten().fold(order.edited_at, Timestamp::max);
    let items = order.items.iter().enumerate().map(|(n, item)| {
        let shipped = if parcel.is_some() { item.quantity } else { 0 };
        json!({ "id": named("ordli", order.line(n)), "title": item.product, "product_title": item.product, "variant_title": item.form,
                "variant_sku": item.sku, "thumbnail": null, "quantity": item.quantity, "total": number(item.total),
                "detail": { "return_received_quantity": 0, "shipped_quantity": shipped, "delivered_quantity": 0 } })
    });
    let refunds = order.refunds.iter().map(|one| json!({ "amount": number(one.amount), "created_at": one.at, "note": one.reason }));
    let payment = json!({
        "id": named("pay", order.id), "amount": number(order.paid), "canceled_at": null,
        "captures": [{ "amount": number(order.paid), "created_at": order.placed_at }], "refunds": refunds.collect::<Vec<_>>(),
    });
    let fulfillments = parcel.iter().map(|parcel| {
        json!({ "id": named("ful", order.id), "packed_at": parcel.at, "shipped_at": parcel.at, "delivered_at": null, "canceled_at": null,
                "updated_at": parcel.at, "shipping_option": { "name": parcel.carrier },
                "labels": [{ "tracking_number": parcel.tracking, "tracking_url": "#" }] })
    });
    let placed = order.discount != 0;
    let credit = placed.then(|| json!({ "amount": number(order.discount), "metadata": null }));
    // what is given back is taken off its total
    let given = order.refunds.iter().map(|one| json!({ "amount": number(one.amount), "metadata": { "created_in_version": 2 } }));
    let (first, last) = order.to.name.split_once(' ').unwrap_or((&order.to.name, ""));
    let goods: i64 = order.items.iter().map(|item| item.total).sum();
    json!({
        "id": named("order", order.id), "display_id": order.id, "custom_display_id": order.number, "version": 1,
        "status": if order.cancelled_at.is_some() { "canceled" } else { "pending" }, "canceled_at": order.cancelled_at,
        "created_at": order.placed_at, "updated_at": updated_at, "currency_code": order.currency.to_lowercase(),
        "total": number(order.total() - order.refunded()), "item_total": number(goods), "shipping_total": number(order.shipping),
        "email": order.customer.as_ref().map(|one| &one.email), "customer": order.customer.as_ref().map(customer),
        "metadata": order.kept.iter().cloned().collect::<BTreeMap<String, String>>(),
        "shipping_address": { "first_name": first, "last_name": last, "company": "", "phone": null, "address_1": order.to.street,
                              "address_2": order.to.more, "postal_code": order.to.postcode, "city": order.to.city,
                              "province": order.to.region, "country_code": order.to.country.to_lowercase() },
        "items": items.collect::<Vec<_>>(), "fulfillments": fulfillments.collect::<Vec<_>>(),
        "payment_collections": [{ "payments": [payment] }], "credit_lines": credit.into_iter().chain(given).collect::<Vec<_>>(),
    })
}

/// A form of a product, with what lies where of it.
fn stocked(books: &Books, (number, at): &(usize, Timestamp), form: usize) -> Value {
    let level = |lying: &Lying| json!({ "stocked_quantity": lying.there, "reserved_quantity": lying.promised, "stock_locations": [{ "name": lying.place }] });
    let levels: Vec<Value> = books.lying(*number, form).map(level).collect();
    json!({ "id": named("variant", number * 10 + form), "created_at": at, "updated_at": at, "manage_inventory": !levels.is_empty(),
            "inventory_items": [{ "required_quantity": 1, "inventory": { "location_levels": levels } }] })
}

fn product(product: &(usize, Timestamp)) -> Value {
    let (number, at) = *product;
    let price = |amount: f64, least: Option<i64>, rules: Value| json!({ "amount": amount, "currency_code": "nok", "min_quantity": least, "rules": rules, "updated_at": at });
    let variant = |(n, form): (usize, &str)| {
        json!({ "id": named("variant", number * 10 + n), "title": form, "sku": format!("S-{number}-{n}"), "allow_backorder": false, "updated_at": at,
                "prices": [price(99.0, Some(10), json!({})), price(110.5, None, json!({ "region_id": "reg_1" })), price(123.5, None, json!({}))] })
    };
    json!({
        "id": named("prod", number), "title": format!("Tent {number}"), "description": "<p>It <b>stands</b>.</p>", "status": "published",
        "thumbnail": "https://assets.example/tent.jpg", "created_at": at, "updated_at": at, "categories": [{ "name": "Tents" }],
        "variants": Vec::from([(1, "green"), (2, "red")].map(variant)),
    })
}
