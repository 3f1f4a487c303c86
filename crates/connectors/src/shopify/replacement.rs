//! Sends goods of an order of a Shopify again: a new order of them that costs nothing. It is made whole in one step, so that nothing
//! half done can stay behind, and carries the action's id as what it is called where it comes from.

use commerce::{Answer, Asked, deed::Share};
use kernel::minutes;
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Shopify,
    address::{ADDRESS, Address},
    clerk::gid,
    client::Answered,
    page::{Rows, moment},
};
use crate::{
    connector::Settings,
    trouble::{Fault, Trouble},
};

/// A moment is looked around for so long: its clock is read to the second, and a question takes its time.
const AROUND: i64 = minutes(10);
/// In so long nobody sells more than fits on so many pages of a hundred orders.
const MOST_PAGES: usize = 100;

const SOLD: &str = "query($id: ID!) { order(id: $id) { name email currencyCode presentmentCurrencyCode customer { id } \
                    shippingAddress { ADDRESS } LINES } }";
const LINES: &str = "lineItems(first: 10) { nodes { id variant { id } } pageInfo { hasNextPage endCursor } }";
const MADE: &str = "query($query: String, $after: String) { orders(first: 100, after: $after, query: $query, sortKey: ID) { \
                    nodes { name sourceIdentifier } pageInfo { hasNextPage endCursor } } }";
const AGAIN: &str = "mutation($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput) { \
                     done: orderCreate(order: $order, options: $options) { it: order { name sourceIdentifier } userErrors { message } } }";

/// What of an order its replacement takes over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sold {
    name: String,
    email: Option<String>,
    currency_code: String,
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
    id: String,
    variant: Option<Known>,
}

#[derive(Deserialize)]
struct Listed {
    orders: Rows<Made>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    name: String,
    source_identifier: Option<String>,
}

impl Sold {
    /// The goods that are sent again; nothing when one of them is not there any more.
    fn again(&self, lines: &[Share]) -> Option<Vec<Value>> {
        let nothing = |currency: &str| json!({ "amount": "0", "currencyCode": currency });
        let price = json!({ "shopMoney": nothing(&self.currency_code), "presentmentMoney": nothing(&self.presentment_currency_code) });
        let item = |share: &Share| {
            let id = gid("LineItem", &share.line);
            let variant = self.line_items.nodes.iter().find(|item| item.id == id)?.variant.as_ref()?;
            Some(json!({ "variantId": variant.id, "quantity": share.quantity, "priceSet": price }))
        };
        lines.iter().map(item).collect()
    }

    fn order(&self, items: Vec<Value>, asked: &Asked) -> Value {
        let mut order = json!({
            "currency": self.currency_code, "presentmentCurrency": self.presentment_currency_code, "financialStatus": "PAID",
            "email": self.email, "shippingAddress": self.shipping_address, "lineItems": items,
            "sourceIdentifier": asked.action, "customAttributes": [{ "key": "ombud_replaces", "value": self.name }],
        });
        if let Some(customer) = &self.customer {
            order["customer"] = json!({ "toAssociate": { "id": customer.id } });
        }
        order
    }
}

impl Shopify {
    async fn sold(&self, app: &App, settings: &Settings, asked: &Asked) -> Result<(Option<Sold>, i64), Fault> {
        let query = SOLD.replace("ADDRESS", ADDRESS).replace("LINES", LINES);
        let Answered { data: mut sold, shop_time, .. } = self.of::<Sold>(app, settings, &query, &asked.order).await?;
        if let Some(sold) = &mut sold {
            self.rest_of(app, settings, "order", LINES, &gid("Order", &asked.order), &mut sold.line_items).await?;
        }
        Ok((sold, shop_time.map_or(0, |there| there - app.now())))
    }

    /// Looks through the orders that were made when it was asked, by a clock that is so far ahead.
    async fn replaced(&self, app: &App, settings: &Settings, asked: &Asked, ahead: i64) -> Result<Option<Answer>, Fault> {
        let at = asked.asked_at + ahead;
        let query = format!("created_at:>='{}' created_at:<='{}'", moment(at - AROUND), moment(at + AROUND));
        let (mark, mut after) = (asked.action.to_string(), None);
        for _ in 0..MOST_PAGES {
            let variables = json!({ "query": query, "after": after });
            let Listed { orders } = self.ask(app, settings, MADE, variables).await?.data;
            if let Some(made) = orders.nodes.into_iter().find(|order| order.source_identifier.as_deref() == Some(&mark)) {
                return Ok(Some(Answer::made(made.name)));
            }
            if !orders.page_info.has_next_page {
                return Ok(None);
            }
            after = orders.page_info.end_cursor;
        }
        Err(Fault::new(Trouble::NotUnderstood, "The list of its orders does not end."))
    }

    pub(super) async fn send_again(&self, app: &App, settings: &Settings, asked: &Asked, lines: &[Share]) -> Result<Answer, Answer> {
        let refused = |fault: Fault| Answer::Refused(fault.detail);
        let (sold, ahead) = self.sold(app, settings, asked).await.map_err(refused)?;
        if let Some(made) = self.replaced(app, settings, asked, ahead).await.map_err(refused)? {
            return Ok(made);
        }
        let sold = sold.ok_or_else(|| Answer::Refused("It does not know the order any more.".to_owned()))?;
        let items = sold.again(lines).ok_or_else(|| Answer::Refused("It does not sell one of these any more.".to_owned()))?;
        if sold.shipping_address.is_none() {
            return Err(Answer::Refused("It does not say where the order went.".to_owned()));
        }
        let options = json!({ "inventoryBehaviour": "DECREMENT_OBEYING_POLICY", "sendReceipt": false, "sendFulfillmentReceipt": false });
        let variables = json!({ "order": sold.order(items, asked), "options": options });
        let made: Made = self.done(app, settings, AGAIN, variables).await?;
        Ok(Answer::made(made.name))
    }

    pub(super) async fn find_replacement(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        let found = match self.sold(app, settings, asked).await {
            Ok((_, ahead)) => self.replaced(app, settings, asked, ahead).await,
            Err(fault) => Err(fault),
        };
        match found {
            Ok(found) => found.unwrap_or_else(|| Answer::Refused(String::new())),
            Err(fault) => Answer::Unknown(fault.detail),
        }
    }
}
