//! Places an order of a Shopify once more: a draft order of the same goods, with the address at which the customer pays it, which makes it
//! an order. It carries the action's id as a tag.

use commerce::{Answer, Asked};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Shopify,
    address::{ADDRESS, Address},
    clerk::gid,
    page::Rows,
};
use crate::{
    connector::Settings,
    told::{address, figure},
    trouble::Fault,
};

const SOLD: &str =
    "query($id: ID!) { order(id: $id) { name email presentmentCurrencyCode customer { id } shippingAddress { ADDRESS } LINES } }";
const LINES: &str = "lineItems(first: 10) { nodes { quantity variant { id } } pageInfo { hasNextPage endCursor } }";
const MADE: &str = "query($query: String) { draftOrders(first: 10, query: $query) { nodes { name invoiceUrl tags } } }";
const MAKE: &str = "mutation($input: DraftOrderInput!) { done: draftOrderCreate(input: $input) { it: draftOrder { name invoiceUrl tags } \
    userErrors { message } } }";

/// What of an order is taken over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sold {
    name: String,
    email: Option<String>,
    presentment_currency_code: String,
    customer: Option<Known>,
    shipping_address: Option<Address>,
    line_items: Rows<Item>,
}

#[derive(Deserialize)]
struct Known {
    id: String,
}

#[derive(Deserialize)]
struct Item {
    #[serde(deserialize_with = "figure")]
    quantity: i64,
    variant: Option<Known>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    draft_orders: Drafts,
}

#[derive(Deserialize)]
struct Drafts {
    nodes: Vec<Draft>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Draft {
    name: String,
    invoice_url: Option<String>,
    tags: Vec<String>,
}

impl Draft {
    fn made(self) -> Answer {
        let link = self.invoice_url.as_deref().and_then(address);
        Answer::made_at(self.name, link)
    }
}

impl Sold {
    /// The same order; nothing when some of it is not there any more.
    fn again(&self, asked: &Asked) -> Option<Value> {
        let item = |item: &Item| Some(json!({ "variantId": item.variant.as_ref()?.id, "quantity": item.quantity }));
        let items: Vec<Value> = self.line_items.nodes.iter().map(item).collect::<Option<_>>()?;
        let mut input = json!({
            "lineItems": items, "email": self.email, "shippingAddress": self.shipping_address, "tags": [asked.action],
            "presentmentCurrencyCode": self.presentment_currency_code, "customAttributes": [{ "key": "ombud_repeats", "value": self.name }],
        });
        if let Some(customer) = &self.customer {
            input["purchasingEntity"] = json!({ "customerId": customer.id });
        }
        Some(input)
    }
}

impl Shopify {
    async fn draft(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<Option<Draft>, Fault> {
        let mark = asked.action.to_string();
        let listed: Listed = self.ask(app, settings, MADE, json!({ "query": format!("tag:'{mark}'") })).await?.data;
        Ok(listed.draft_orders.nodes.into_iter().find(|draft| draft.tags.contains(&mark)))
    }

    pub(super) async fn place_again(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<Answer, Answer> {
        let refused = |fault: Fault| Answer::Refused(fault.detail);
        if let Some(draft) = self.draft(app, settings, asked).await.map_err(refused)? {
            return Ok(draft.made());
        }
        let query = SOLD.replace("ADDRESS", ADDRESS).replace("LINES", LINES);
        let mut sold: Sold = self.before(app, settings, &query, &asked.order).await?;
        self.rest_of(app, settings, "order", LINES, &gid("Order", &asked.order), &mut sold.line_items).await.map_err(refused)?;
        let input = sold.again(asked).ok_or_else(|| Answer::Refused("It does not sell one of these any more.".to_owned()))?;
        let draft: Draft = self.done(app, settings, MAKE, json!({ "input": input })).await?;
        Ok(draft.made())
    }

    pub(super) async fn find_duplicate(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        match self.draft(app, settings, asked).await {
            Ok(draft) => draft.map_or_else(|| Answer::Refused(String::new()), Draft::made),
            Err(fault) => Answer::Unknown(fault.detail),
        }
    }
}
