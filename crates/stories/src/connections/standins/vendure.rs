//! The face of a Vendure 3: its admin API as far as it is documented and as 3.7.3 was seen to answer.

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use kernel::Timestamp;
use serde_json::{Value, json};

use super::{
    Asked as Question, Books, Face, Order, Person,
    books::{Code, Lying, Refund},
    graphql::{self, Asked},
};

pub struct Vendure;

/// The fields we may ask for, as in the admin API's published schema.
const TYPES: graphql::Types = &[
    (
        "Query",
        "customers:CustomerList order:Order orders:OrderList products:ProductList productVariants:ProductVariantList promotions:PromotionList globalSettings:GlobalSettings",
    ),
    (
        "Mutation",
        "login:NativeAuthenticationResult refundOrder:RefundOrderResult cancelOrder:CancelOrderResult addNoteToOrder:Order \
         createPromotion:CreatePromotionResult",
    ),
    ("PromotionList", "totalItems items:Promotion"),
    ("Promotion", "id createdAt updatedAt startsAt endsAt couponCode perCustomerUsageLimit usageLimit name description enabled"),
    ("CreatePromotionResult", "id couponCode errorCode message"),
    ("CancelOrderResult", "id code state errorCode message"),
    ("RefundOrderResult", "id createdAt updatedAt total method state transactionId reason errorCode message"),
    ("NativeAuthenticationResult", "__typename errorCode message"),
    ("GlobalSettings", "id availableLanguages trackInventory outOfStockThreshold serverConfig:ServerConfig"),
    ("ServerConfig", "moneyStrategyPrecision"),
    ("CustomerList", "totalItems items:Customer"),
    ("Customer", "id createdAt updatedAt title firstName lastName phoneNumber emailAddress user:User"),
    ("User", "id identifier verified lastLogin"),
    ("OrderList", "totalItems items:Order"),
    (
        "Order",
        "id createdAt updatedAt orderPlacedAt code state active currencyCode totalQuantity subTotal subTotalWithTax shipping shippingWithTax \
         total totalWithTax customer:Customer shippingAddress:OrderAddress lines:OrderLine shippingLines:ShippingLine surcharges:Surcharge payments:Payment \
         fulfillments:Fulfillment history:HistoryEntryList",
    ),
    ("HistoryEntryList", "totalItems items:HistoryEntry"),
    ("HistoryEntry", "id createdAt updatedAt isPublic type data"),
    ("OrderAddress", "fullName streetLine1 city postalCode country countryCode phoneNumber"),
    (
        "OrderLine",
        "id quantity orderPlacedQuantity unitPriceWithTax linePriceWithTax proratedUnitPriceWithTax proratedLinePriceWithTax \
         productVariant:ProductVariant",
    ),
    (
        "ProductVariant",
        "id sku name enabled updatedAt currencyCode price priceWithTax product:Product featuredAsset:Asset trackInventory outOfStockThreshold \
         useGlobalOutOfStockThreshold stockLevels:StockLevel",
    ),
    ("StockLevel", "id createdAt updatedAt stockLocationId stockOnHand stockAllocated stockLocation:StockLocation"),
    ("StockLocation", "id name description"),
    ("ShippingLine", "id price priceWithTax discountedPrice discountedPriceWithTax discounts:Discount"),
    ("Discount", "adjustmentSource type description amount amountWithTax"),
    ("Surcharge", "id description sku price priceWithTax"),
    ("Payment", "id createdAt updatedAt transactionId amount method state errorMessage refunds:Refund"),
    ("Refund", "id createdAt updatedAt total method state transactionId reason"),
    ("Fulfillment", "id createdAt updatedAt state method trackingCode lines:FulfillmentLine"),
    ("FulfillmentLine", "orderLineId quantity fulfillmentId"),
    ("ProductList", "totalItems items:Product"),
    (
        "Product",
        "id createdAt updatedAt enabled languageCode name slug description translations:ProductTranslation featuredAsset:Asset \
         variantList:ProductVariantList",
    ),
    ("ProductTranslation", "id languageCode name slug description"),
    ("ProductVariantList", "totalItems items:ProductVariant"),
    ("Asset", "id preview source"),
];

impl Face for Vendure {
    fn connector(&self) -> &'static str {
        "vendure"
    }
    fn form(&self, address: &str, secret: &str) -> Value {
        json!({ "address": address, "username": "ombud", "password": secret })
    }
    fn secret(&self) -> &'static str {
        "password"
    }
    fn refusal(&self) -> &'static str {
        "The provided credentials are invalid"
    }
    fn lists_guests(&self) -> bool {
        true
    }
    fn is_about_orders(&self, asked: &Question) -> bool {
        String::from_utf8_lossy(&asked.body).contains("OrderListOptions")
    }
    fn is_work(&self, asked: &Question) -> bool {
        ["refundOrder", "cancelOrder", "addNoteToOrder", "createPromotion"]
            .iter()
            .any(|work| String::from_utf8_lossy(&asked.body).contains(work))
    }
    fn forbid(&self) -> Response {
        failed(StatusCode::OK, "FORBIDDEN", "You are not currently authorized to perform this action")
    }
    fn answer(&self, books: &mut Books, asked: &Question) -> Response {
        if asked.uri.path() != "/admin-api" {
            return StatusCode::NOT_FOUND.into_response();
        }
        let body: Value = serde_json::from_slice(&asked.body).unwrap();
        let query = body["query"].as_str().unwrap();
        let wanted = match graphql::parse(query, TYPES) {
            Ok(wanted) => wanted,
            Err(message) => return failed(StatusCode::BAD_REQUEST, "GRAPHQL_VALIDATION_FAILED", &message),
        };
        if query.contains("login(") {
            return sign_in(books, &body["variables"]);
        }
        let bearer = asked.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !bearer.strip_prefix("Bearer ").is_some_and(|token| books.sessions.iter().any(|session| session == token)) {
            return self.forbid();
        }
        if self.is_work(asked) {
            let name = wanted[0].name.clone();
            let outcome = wanted[0].chosen(&done(books, &name, &body["variables"]["input"], asked.at));
            return Json(json!({ "data": { name: outcome } })).into_response();
        }
        match looked_up(books, &wanted, &body["variables"]) {
            Ok(data) => Json(json!({ "data": data })).into_response(),
            Err(message) => failed(StatusCode::BAD_REQUEST, "GRAPHQL_VALIDATION_FAILED", &message),
        }
    }
}

fn sign_in(books: &mut Books, given: &Value) -> Response {
    if given["username"] != "ombud" || given["password"] != books.secret.as_str() {
        let refused =
            json!({ "__typename": "InvalidCredentialsError", "errorCode": "INVALID_CREDENTIALS_ERROR", "message": Vendure.refusal() });
        return Json(json!({ "data": { "login": refused } })).into_response();
    }
    let token = format!("session-{}", books.asked);
    books.sessions.push(token.clone());
    ([("vendure-auth-token", token)], Json(json!({ "data": { "login": { "__typename": "CurrentUser" } } }))).into_response()
}

fn done(books: &mut Books, name: &str, input: &Value, at: Timestamp) -> Value {
    match name {
        "refundOrder" => refunded(books, input, at),
        "cancelOrder" => cancelled(books, input, at),
        "createPromotion" => promoted(books, input),
        _ => noted(books, input),
    }
}

/// Takes everything out of an order, whether or not it has been sent.
fn cancelled(books: &mut Books, input: &Value, at: Timestamp) -> Value {
    assert_eq!(input["cancelShipping"], true, "what is left out stays to be paid for");
    let order = books.orders.iter_mut().find(|order| is_id(&input["orderId"], order.id)).expect("an order");
    if order.cancelled_at.is_some() {
        return json!({ "errorCode": "EMPTY_ORDER_LINE_SELECTION_ERROR", "message": "At least one OrderLine must be specified" });
    }
    order.cancelled_at = Some(at);
    json!({ "id": order.id.to_string(), "state": "Cancelled" })
}

/// Several may carry one code.
fn promoted(books: &mut Books, input: &Value) -> Value {
    assert_eq!((&input["enabled"], &input["usageLimit"], &input["conditions"]), (&json!(true), &json!(1), &json!([])));
    let [action] = input["actions"].as_array().unwrap().as_slice() else { panic!("one action") };
    let percent = match action["code"].as_str().unwrap() {
        "order_percentage_discount" => Some(action["arguments"][0]["value"].as_str().unwrap().parse().unwrap()),
        "free_shipping" => None,
        other => panic!("{other} is not known here"),
    };
    let code = input["couponCode"].as_str().unwrap().to_owned();
    books.codes.push(Code { code: code.clone(), percent, until: input["endsAt"].as_str().unwrap().parse().unwrap() });
    json!({ "couponCode": code })
}

fn noted(books: &mut Books, input: &Value) -> Value {
    assert_eq!(input["isPublic"], false, "the customer would read it");
    let order = books.orders.iter_mut().find(|order| is_id(&input["id"], order.id)).expect("an order");
    order.notes.push(input["note"].as_str().unwrap().to_owned());
    json!({ "id": order.id.to_string() })
}

/// Gives back of a payment, as far as it reaches: what is asked for twice is given twice.
fn refunded(books: &mut Books, input: &Value, at: Timestamp) -> Value {
    let order = books.orders.iter_mut().find(|order| is_id(&input["paymentId"], order.id)).expect("a payment");
    let amount = input["amount"].as_i64().unwrap();
    if amount > order.paid - order.refunded() {
        return json!({ "errorCode": "REFUND_AMOUNT_ERROR", "message": "The amount specified exceeds the refundable amount for this payment" });
    }
    order.refunds.push(Refund::of(amount, input["reason"].as_str().map(str::to_owned), at));
    refund((order.refunds.len() - 1, &order.refunds[order.refunds.len() - 1]))
}

fn is_id(text: &Value, id: usize) -> bool {
    text.as_str().is_some_and(|text| text.parse() == Ok(id))
}

fn refund((number, refund): (usize, &Refund)) -> Value {
    json!({ "id": number.to_string(), "state": "Settled", "total": refund.amount, "reason": refund.reason, "updatedAt": stamp(refund.at) })
}

/// As Vendure writes it: in milliseconds.
fn stamp(at: Timestamp) -> String {
    at.calendar().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn customer(person: &Person) -> Value {
    let id = person.id.to_string();
    json!({
        "id": id, "firstName": "Mara", "lastName": person.last_name(), "emailAddress": person.email, "phoneNumber": null,
        "user": person.has_account.then(|| json!({ "id": format!("u{id}") })), "updatedAt": stamp(person.appeared_at),
    })
}

/// Its own stamp stays when it is paid, sent or refunded; what is cancelled is taken out of its lines and its total.
fn order(order: &Order) -> Value {
    let is_cancelled = order.cancelled_at.is_some();
    let lines = order.items.iter().enumerate().map(|(n, item)| {
        let (quantity, total) = if is_cancelled { (0, 0) } else { (item.quantity, item.total) };
        json!({ "id": order.line(n).to_string(), "quantity": quantity, "orderPlacedQuantity": item.quantity,
                "proratedUnitPriceWithTax": (item.total + item.quantity - 1) / item.quantity, "proratedLinePriceWithTax": total,
                "productVariant": { "sku": item.sku, "name": item.name(), "product": { "name": item.product } } })
    });
    let cancelled = order.cancelled_at.iter().map(|_| json!({ "adjustmentSource": "CANCEL_ORDER", "amountWithTax": -order.shipping }));
    let refunds = order.refunds.iter().enumerate().map(refund);
    let parcels = order.parcel.iter().map(|parcel| {
        let lines = order.items.iter().enumerate();
        let lines = lines.map(|(n, item)| json!({ "orderLineId": order.line(n).to_string(), "quantity": item.quantity }));
        json!({ "id": "1", "state": "Shipped", "updatedAt": stamp(parcel.at), "method": parcel.carrier, "trackingCode": parcel.tracking,
                "lines": lines.collect::<Vec<_>>() })
    });
    let state = match order {
        Order { cancelled_at: Some(_), .. } => "Cancelled",
        Order { parcel: Some(_), .. } => "Shipped",
        _ => "PaymentSettled",
    };
    json!({
        "id": order.id.to_string(), "code": order.number, "state": state, "createdAt": stamp(order.placed_at), "updatedAt": stamp(order.edited_at),
        "orderPlacedAt": stamp(order.placed_at), "currencyCode": order.currency,
        "totalWithTax": if is_cancelled { 0 } else { order.total() }, "shippingWithTax": if is_cancelled { 0 } else { order.shipping },
        "shippingLines": [{ "discounts": cancelled.collect::<Vec<_>>() }],
        "customer": order.customer.as_ref().map(customer), "shippingAddress": { "countryCode": "NO", "postalCode": "0155" }, "lines": lines.collect::<Vec<_>>(),
        "surcharges": [], "fulfillments": parcels.collect::<Vec<_>>(),
        "history": { "items": order.notes.iter().map(|note| json!({ "type": "ORDER_NOTE", "data": { "note": note } })).collect::<Vec<_>>() },
        "payments": [{ "id": order.id.to_string(), "state": "Settled", "amount": order.paid, "updatedAt": stamp(order.placed_at), "refunds": refunds.collect::<Vec<_>>() }],
    })
}

fn product(books: &Books, (number, at): (usize, Timestamp)) -> Value {
    let (at, title) = (stamp(at), format!("Tent {number}"));
    let variant = |n: usize, form: &str| {
        json!({ "id": format!("{number}{n}"), "sku": format!("S-{number}-{n}"), "name": format!("{title} {form}"), "enabled": true, "updatedAt": at,
                "currencyCode": "NOK", "priceWithTax": 12_350, "featuredAsset": null, "outOfStockThreshold": 0, "useGlobalOutOfStockThreshold": true,
                "trackInventory": if books.lying(number, n).count() > 0 { "INHERIT" } else { "FALSE" },
                "stockLevels": books.lying(number, n).map(level).collect::<Vec<_>>() })
    };
    json!({
        "id": number.to_string(), "updatedAt": at, "enabled": true, "name": title, "description": "<p>It <b>stands</b>.</p>",
        "translations": [{ "languageCode": "en", "name": title }, { "languageCode": "nb", "name": format!("Telt {number}") }],
        "featuredAsset": { "preview": "https://assets.example/tent.jpg" }, "variantList": { "items": [variant(1, "green"), variant(2, "red")] },
    })
}

fn level(lying: &Lying) -> Value {
    json!({ "stockOnHand": lying.there, "stockAllocated": lying.promised, "stockLocation": { "name": lying.place } })
}

fn failed(status: StatusCode, code: &str, message: &str) -> Response {
    (status, Json(json!({ "errors": [{ "message": message, "extensions": { "code": code } }], "data": null }))).into_response()
}

fn looked_up(books: &Books, wanted: &[Asked], variables: &Value) -> Result<Value, String> {
    let mut data = serde_json::Map::new();
    let products = || books.products.iter().map(|one| product(books, *one));
    for asked in wanted {
        let rows = match asked.name.as_str() {
            "customers" => books.people.iter().map(customer).collect(),
            "orders" => books.orders.iter().map(order).collect(),
            "products" => products().collect::<Vec<Value>>(),
            "productVariants" => products().flat_map(|product| product["variantList"]["items"].as_array().cloned().unwrap()).collect(),
            "order" => {
                let one = books.orders.iter().find(|order| is_id(&variables["id"], order.id)).map(order);
                data.insert(asked.alias.clone(), asked.chosen(&one.unwrap_or_default()));
                continue;
            }
            "promotions" => {
                let found = books.codes.iter().filter(|one| variables["code"] == one.code.as_str()).map(|one| json!({ "id": one.code }));
                data.insert(asked.alias.clone(), asked.chosen(&json!({ "items": found.collect::<Vec<_>>() })));
                continue;
            }
            _ => {
                let precision =
                    json!({ "trackInventory": true, "outOfStockThreshold": 0, "serverConfig": { "moneyStrategyPrecision": 2 } });
                data.insert(asked.alias.clone(), asked.chosen(&precision));
                continue;
            }
        };
        let newest_first = asked.arguments.contains("DESC");
        let none = Value::Null;
        let options = if asked.arguments.contains("$options") { &variables["options"] } else { &none };
        let mut found = Vec::new();
        for row in rows {
            if graphql::fits(&row, &options["filter"])? {
                let mut row = row;
                // lines come now in this order, now in that
                if let Some(lines) = row["lines"].as_array_mut().filter(|_| books.asked.is_multiple_of(2)) {
                    lines.reverse();
                }
                found.push(row);
            }
        }
        if newest_first {
            found.sort_by_key(|row| std::cmp::Reverse(row["updatedAt"].as_str().unwrap().to_owned()));
        } else {
            found.sort_by_key(|row| row["id"].as_str().unwrap().parse::<u64>().unwrap());
        }
        let (skip, take) = (options["skip"].as_u64().unwrap_or(0), options["take"].as_u64().unwrap_or(1));
        let items: Vec<Value> = found.iter().skip(skip as usize).take(take as usize).cloned().collect();
        data.insert(asked.alias.clone(), asked.chosen(&json!({ "totalItems": found.len(), "items": items })));
    }
    Ok(Value::Object(data))
}
