//! What a Shopify does to an order when it is asked to. Fields it does not know are refused, as its schema has them refused.

use kernel::Timestamp;
use serde_json::{Value, json};

use super::{
    super::{
        Books, Order,
        books::{Code, Destination, Refund},
        graphql::Asked,
        hooks,
    },
    argument, drafts, money,
};

/// All goods are of this one.
pub const VARIANT: &str = "gid://shopify/ProductVariant/93";

/// The fields of its input objects, as in the Admin API's published schema.
const INPUTS: &[(&str, &str)] = &[
    (
        "RefundInput",
        "allowOverRefunding currency discrepancyReason note notify orderId refundDuties refundLineItems refundMethods shipping transactions",
    ),
    (
        "DraftOrderInput",
        "acceptAutomaticDiscounts allowDiscountCodesInCheckout appliedDiscount billingAddress customAttributes discountCodes email lineItems \
         localizedFields metafields note paymentTerms phone poNumber presentmentCurrencyCode purchasingEntity reserveInventoryUntil sessionToken \
         shippingAddress shippingLine sourceName tags taxExempt transformerFingerprint useCustomerDefaultAddress visibleToCustomer",
    ),
    (
        "DraftOrderLineItemInput",
        "appliedDiscount bundleComponents components customAttributes generatePriceOverride originalUnitPriceWithCurrency priceOverride quantity \
         requiresShipping sku taxable title uuid variantId weight",
    ),
    ("RefundLineItemInput", "lineItemId locationId quantity restockType"),
    ("OrderTransactionInput", "amount gateway kind orderId parentId"),
    ("OrderCancelArguments", "notifyCustomer orderId reason refundMethod restock staffNote"),
    ("OrderInput", "customAttributes email id localizedFields metafields note phone poNumber shippingAddress tags"),
    ("MailingAddressInput", "address1 address2 city company countryCode firstName lastName phone provinceCode zip"),
    (
        "OrderCreateOrderInput",
        "billingAddress buyerAcceptsMarketing closedAt companyLocationId currency customAttributes customer discountCode email financialStatus \
         fulfillment fulfillmentStatus lineItems metafields name note phone poNumber presentmentCurrency processedAt referringSite shippingAddress \
         shippingLines sourceIdentifier sourceName sourceUrl tags taxLines taxesIncluded test transactions userId",
    ),
    (
        "OrderCreateLineItemInput",
        "fulfillmentService giftCard priceSet productId properties quantity requiresShipping sku taxLines taxable title variantId variantTitle \
         vendor weight",
    ),
    (
        "DiscountCodeBasicInput",
        "appliesOncePerCustomer code combinesWith context customerGets endsAt minimumRequirement recurringCycleLimit startsAt tags title usageLimit",
    ),
    (
        "DiscountCodeFreeShippingInput",
        "appliesOnOneTimePurchase appliesOncePerCustomer appliesOnSubscription code combinesWith context destination endsAt maximumShippingPrice \
         minimumRequirement recurringCycleLimit startsAt title usageLimit",
    ),
    ("OrderCreateOptionsInput", "inventoryBehaviour sendFulfillmentReceipt sendReceipt"),
];

pub fn must_be(kind: &str, given: &Value) -> Result<(), String> {
    let (_, known) = INPUTS.iter().find(|(name, _)| *name == kind).expect("an input object");
    let given = given.as_object().ok_or(format!("Expected {kind} to be an object"))?;
    match given.keys().find(|field| !known.split_whitespace().any(|one| one == *field)) {
        Some(field) => Err(format!("Field is not defined on {kind}: {field}")),
        None => Ok(()),
    }
}

pub fn mutated(books: &mut Books, asked: &Asked, variables: &Value, at: Timestamp) -> Result<Value, String> {
    match asked.name.as_str() {
        "refundCreate" => kept_by_key(books, asked, variables, at),
        "orderCancel" => cancelled(books, variables, at),
        "draftOrderCreate" => drafts::created(books, &variables["input"]),
        "discountCodeBasicCreate" => discounted(books, "DiscountCodeBasicInput", &variables["code"]),
        "discountCodeFreeShippingCreate" => discounted(books, "DiscountCodeFreeShippingInput", &variables["code"]),
        "orderUpdate" => updated(books, &variables["input"], at),
        "orderCreate" => created(books, &variables["order"], &variables["options"], at),
        name => hooks::mutated(books, name, variables),
    }
}

fn one<'a>(books: &'a mut Books, id: &Value) -> Result<&'a mut Order, String> {
    let is_it = |order: &&mut Order| *id == format!("gid://shopify/Order/{}", order.id);
    books.orders.iter_mut().find(is_it).ok_or_else(|| format!("invalid id: {id}"))
}

/// What is asked for twice with one key is done once; with another question that key is refused.
fn kept_by_key(books: &mut Books, asked: &Asked, variables: &Value, at: Timestamp) -> Result<Value, String> {
    let key = asked.directive.strip_prefix("idempotent(key: $").and_then(|name| name.strip_suffix(')')).unwrap_or_default();
    let key = variables[key].as_str().ok_or("The @idempotent directive is required for this mutation but was not provided.")?.to_owned();
    let input = argument(asked, "input", variables);
    match books.keys.iter().find(|(known, ..)| *known == key) {
        Some((_, before, answer)) if *before == input => return Ok(answer.clone()),
        Some(_) => return Err("The idempotency key was used with other parameters.".into()),
        None => (),
    }
    let answer = refunded(books, &input, at)?;
    books.keys.push((key, input, answer.clone()));
    Ok(answer)
}

/// Gives back of a payment, as far as it reaches.
fn refunded(books: &mut Books, input: &Value, at: Timestamp) -> Result<Value, String> {
    must_be("RefundInput", input)?;
    let order = one(books, &input["orderId"])?;
    assert_eq!(input["currency"], order.currency);
    let told = input["notify"].as_bool().expect("whether the customer gets a mail");
    let [transaction] = input["transactions"].as_array().ok_or("no transactions")?.as_slice() else { return Err("one payment".into()) };
    must_be("OrderTransactionInput", transaction)?;
    let payment = &transactions(order)[0];
    assert_eq!(
        [&transaction["kind"], &transaction["orderId"], &transaction["parentId"], &transaction["gateway"]],
        [&json!("REFUND"), &input["orderId"], &payment["id"], &payment["gateway"]]
    );
    let (whole, part) = transaction["amount"].as_str().and_then(|amount| amount.split_once('.')).ok_or("not a Money")?;
    let amount = whole.parse::<i64>().unwrap() * 100 + part.parse::<i64>().unwrap();
    if amount > order.paid - order.refunded() {
        let said = "Refund transactions amount exceeds the amount available for refund";
        return Ok(json!({ "refund": null, "userErrors": [{ "field": ["transactions"], "message": said }] }));
    }
    let mut refund = Refund { told, ..Refund::of(amount, input["note"].as_str().map(str::to_owned), at) };
    for line in input["refundLineItems"].as_array().into_iter().flatten() {
        refund.back.push(restocked(order, line)?);
    }
    order.refunds.push(refund);
    Ok(json!({ "refund": self::refund((order.refunds.len() - 1, &order.refunds[order.refunds.len() - 1])), "userErrors": [] }))
}

/// Where it puts goods that come back.
const SHELF: &str = "gid://shopify/Location/61";

/// A line of which some go back into stock: what has been sent comes back, what has not is cancelled.
fn restocked(order: &Order, line: &Value) -> Result<(usize, i64, &'static str), String> {
    must_be("RefundLineItemInput", line)?;
    let way = if order.parcel.is_some() { "RETURN" } else { "CANCEL" };
    if line["restockType"] != way || line["locationId"] != SHELF {
        return Err(format!("These goods are not restocked so: {line}"));
    }
    let id = line["lineItemId"].as_str().and_then(|id| id.rsplit('/').next()?.parse().ok()).ok_or("not an ID")?;
    Ok((id, line["quantity"].as_i64().ok_or("not an Int")?, way))
}

pub fn suggested(lines: &Value) -> Result<Value, String> {
    let place = |line: &Value| {
        must_be("RefundLineItemInput", line)?;
        Ok(json!({ "lineItem": { "id": line["lineItemId"] }, "location": { "id": SHELF } }))
    };
    lines.as_array().ok_or("no lines")?.iter().map(place).collect()
}

/// It is done later; what has been sent is not cancelled.
fn cancelled(books: &mut Books, given: &Value, at: Timestamp) -> Result<Value, String> {
    must_be("OrderCancelArguments", given)?;
    let due = at + books.cancels_in;
    let order = one(books, &given["orderId"])?;
    assert_eq!(given["refundMethod"], json!({ "originalPaymentMethodsRefund": false }), "nothing is given back by that");
    assert_eq!([&given["reason"], &given["restock"], &given["notifyCustomer"]], [&json!("OTHER"), &json!(true), &json!(false)]);
    let refusal = match given["staffNote"].as_str().map(|note| note.chars().count()) {
        Some(256..) => "Staff note is too long (maximum is 255 characters)",
        _ if order.cancelled_at.is_some() => "Order has already been cancelled",
        _ if order.parcel.is_some() => "Order has fulfillments that cannot be cancelled",
        _ => {
            let id = order.id;
            books.cancelling.push((id, due));
            return Ok(
                json!({ "job": { "id": format!("gid://shopify/Job/{id}"), "done": false }, "orderCancelUserErrors": [], "userErrors": [] }),
            );
        }
    };
    Ok(json!({ "job": null, "orderCancelUserErrors": [{ "code": "INVALID", "field": ["orderId"], "message": refusal }], "userErrors": [] }))
}

/// What is given takes the place of what was there.
fn updated(books: &mut Books, input: &Value, at: Timestamp) -> Result<Value, String> {
    must_be("OrderInput", input)?;
    let order = one(books, &input["id"])?;
    if let Some(note) = input.get("note") {
        order.notes = note.as_str().unwrap_or_default().lines().map(str::to_owned).collect();
    }
    if let Some(to) = input.get("shippingAddress") {
        order.to = destination(to)?;
    }
    order.edited_at = at;
    Ok(json!({ "order": { "id": input["id"] }, "userErrors": [] }))
}

/// A new order, of goods that have been sold before.
fn created(books: &mut Books, given: &Value, options: &Value, at: Timestamp) -> Result<Value, String> {
    must_be("OrderCreateOrderInput", given)?;
    must_be("OrderCreateOptionsInput", options)?;
    assert_eq!([&options["sendReceipt"], &options["sendFulfillmentReceipt"]], [false, false], "the customer would get a mail");
    let (mut quantities, nothing) = (Vec::new(), |currency: &Value| json!({ "amount": "0", "currencyCode": currency }));
    let price = json!({ "shopMoney": nothing(&given["currency"]), "presentmentMoney": nothing(&given["presentmentCurrency"]) });
    for item in given["lineItems"].as_array().ok_or("no lineItems")? {
        must_be("OrderCreateLineItemInput", item)?;
        assert_eq!((&item["variantId"], &item["priceSet"]), (&json!(VARIANT), &price), "it is for nothing");
        quantities.push(item["quantity"].as_i64().ok_or("not an Int")?);
    }
    let to = destination(&given["shippingAddress"])?;
    let mark = given["sourceIdentifier"].as_str().ok_or("not a String")?.to_owned();
    let email = given["email"].as_str().unwrap_or_default();
    let made =
        books.sends_again(email, &quantities, vec![("sourceIdentifier".into(), mark)], at).ok_or("nobody is known by that address")?;
    let answer = json!({ "order": { "name": made.number, "sourceIdentifier": given["sourceIdentifier"] }, "userErrors": [] });
    if let Some(order) = books.orders.last_mut() {
        order.to = to;
    }
    Ok(answer)
}

pub fn destination(given: &Value) -> Result<Destination, String> {
    must_be("MailingAddressInput", given)?;
    let text = |name: &str| given[name].as_str().unwrap_or_default().to_owned();
    Ok(Destination {
        name: format!("{} {}", text("firstName"), text("lastName")).trim().to_owned(),
        street: text("address1"),
        more: text("address2"),
        postcode: text("zip"),
        city: text("city"),
        region: text("provinceCode"),
        country: text("countryCode"),
    })
}

pub fn address(to: &Destination) -> Value {
    let (first, last) = to.name.split_once(' ').unwrap_or(("", &to.name));
    let maybe = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    json!({ "firstName": first, "lastName": last, "company": null, "address1": to.street, "address2": maybe(&to.more), "city": to.city,
            "zip": to.postcode, "provinceCode": maybe(&to.region), "countryCodeV2": to.country, "phone": null })
}

pub fn note(order: &Order) -> Option<String> {
    Some(order.notes.join("\n")).filter(|note| !note.is_empty())
}

pub fn refund((number, refund): (usize, &Refund)) -> Value {
    json!({ "id": format!("gid://shopify/Refund/{number}"), "note": refund.reason, "transactions": [{ "status": "SUCCESS" }] })
}

/// One payment, and what was given back of it.
pub fn transactions(order: &Order) -> Vec<Value> {
    let gid = |number: usize| format!("gid://shopify/OrderTransaction/{}", order.id * 100 + number);
    let one = |number: usize, kind: &str, minor: i64, parent: Value| {
        json!({ "id": gid(number), "kind": kind, "status": "SUCCESS", "gateway": "shopify_payments", "amountSet": money(minor, order.currency),
                "parentTransaction": parent })
    };
    let given = order.refunds.iter().enumerate().map(|(n, refund)| one(n + 1, "REFUND", refund.amount, json!({ "id": gid(0) })));
    [one(0, "SALE", order.paid, Value::Null)].into_iter().chain(given).collect()
}

/// As it answers a code that there is.
pub fn code(code: &Code) -> Value {
    json!({ "id": format!("gid://shopify/DiscountCodeNode/{}", code.code) })
}

fn discounted(books: &mut Books, kind: &str, given: &Value) -> Result<Value, String> {
    must_be(kind, given)?;
    assert_eq!([&given["usageLimit"], &given["context"]["all"]], [&json!(1), &json!("ALL")]);
    let percent = match kind {
        "DiscountCodeBasicInput" => {
            assert_eq!(given["customerGets"]["items"]["all"], true);
            let part = given["customerGets"]["value"]["percentage"].as_f64().ok_or("not a Float")?;
            Some((part * 100.0).round() as i64)
        }
        _ => {
            assert_eq!(given["destination"]["all"], true);
            None
        }
    };
    let until = given["endsAt"].as_str().and_then(|at| at.parse().ok()).ok_or("not a DateTime")?;
    let new = Code { code: given["code"].as_str().ok_or("not a String")?.to_owned(), percent, until };
    let node = code(&new);
    Ok(match books.keeps_code(new) {
        true => json!({ "codeDiscountNode": node, "userErrors": [] }),
        false => {
            json!({ "codeDiscountNode": null, "userErrors": [{ "field": ["code"], "message": "Code must be unique. Please try a different code." }] })
        }
    })
}
