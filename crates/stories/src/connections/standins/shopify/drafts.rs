//! A Shopify's draft orders: each is an order once somebody has paid it.

use serde_json::{Value, json};

use super::{
    super::{Books, books::Proposal},
    acts::{self, VARIANT, must_be},
};

fn draft(one: &Proposal) -> Value {
    json!({ "name": format!("#D{}", one.id), "tags": one.tags, "invoiceUrl": format!("https://shop.example/1/invoices/{}", one.id) })
}

pub fn tagged(books: &Books, query: &Value) -> Result<Vec<Value>, String> {
    let tag = query.as_str().and_then(|query| query.strip_prefix("tag:'")?.strip_suffix('\'')).ok_or(format!("invalid search: {query}"))?;
    Ok(books.proposals.iter().filter(|one| one.tags.iter().any(|one| one == tag)).map(draft).collect())
}

pub fn created(books: &mut Books, given: &Value) -> Result<Value, String> {
    must_be("DraftOrderInput", given)?;
    let mut quantities = Vec::new();
    for item in given["lineItems"].as_array().ok_or("no lineItems")? {
        must_be("DraftOrderLineItemInput", item)?;
        assert_eq!(item["variantId"], VARIANT);
        quantities.push(item["quantity"].as_i64().ok_or("not an Int")?);
    }
    acts::destination(&given["shippingAddress"])?;
    let tags: Vec<String> = serde_json::from_value(given["tags"].clone()).map_err(|error| error.to_string())?;
    if let Some(long) = tags.iter().find(|tag| tag.len() > 40) {
        return Err(format!("Tag is too long (maximum is 40 characters): {long}"));
    }
    let id = books.proposals.len() + 7;
    books.proposals.push(Proposal { id, tags, email: given["email"].as_str().unwrap_or_default().to_owned(), quantities });
    Ok(json!({ "draftOrder": draft(&books.proposals[books.proposals.len() - 1]), "userErrors": [] }))
}
