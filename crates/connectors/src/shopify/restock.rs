//! Which goods of a refund go back into stock in a Shopify, and where: what came back goes where it was sent from, what has not been sent
//! stays where it lies and is not sent any more.

use commerce::{Answer, Asked, deed::Share};
use platform::App;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Shopify, clerk::gid, page::Rows};
use crate::{connector::Settings, told::figure, trouble::Fault};

const SOLD: &str = "query($id: ID!) { order(id: $id) { LINES } }";
const LINES: &str = "lineItems(first: 10) { nodes { id currentQuantity unfulfilledQuantity } pageInfo { hasNextPage endCursor } }";
/// Where it would put them itself.
const PLACES: &str = "query($id: ID!, $lines: [RefundLineItemInput!]) { order(id: $id) { suggestedRefund(refundLineItems: $lines) { \
    refundLineItems { lineItem { id } location { id } } } } }";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sold {
    line_items: Rows<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item {
    id: String,
    #[serde(deserialize_with = "figure")]
    current_quantity: i64,
    #[serde(deserialize_with = "figure")]
    unfulfilled_quantity: i64,
}

#[derive(Deserialize)]
struct Found {
    order: Option<Placed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Placed {
    suggested_refund: Option<Suggested>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suggested {
    refund_line_items: Vec<Suggestion>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Suggestion {
    line_item: Known,
    location: Option<Known>,
}

#[derive(Deserialize)]
struct Known {
    id: String,
}

impl Item {
    /// How so many of it go back: they were sent, or they are still there. Of some that were and some that are not nobody can tell which
    /// are meant.
    fn way_back(&self, quantity: i64) -> Option<&'static str> {
        let sent = self.current_quantity - self.unfulfilled_quantity;
        match quantity {
            quantity if quantity <= sent => Some("RETURN"),
            quantity if sent <= 0 && quantity <= self.unfulfilled_quantity => Some("CANCEL"),
            _ => None,
        }
    }
}

impl Sold {
    fn back(&self, share: &Share) -> Result<Value, Answer> {
        let id = gid("LineItem", &share.line);
        let item = self.line_items.nodes.iter().find(|item| item.id == id);
        let way = item.and_then(|item| item.way_back(share.quantity));
        let way = way.ok_or_else(|| {
            let said = "Of one of these fewer are left, or some have been sent and some have not. Give back what was sent, or put nothing into stock.";
            Answer::Refused(said.to_owned())
        })?;
        Ok(json!({ "lineItemId": id, "quantity": share.quantity, "restockType": way }))
    }
}

impl Shopify {
    /// What is told of these lines, with the place where each goes.
    pub(super) async fn restocked(&self, app: &App, settings: &Settings, asked: &Asked, lines: &[Share]) -> Result<Vec<Value>, Answer> {
        let refused = |fault: Fault| Answer::Refused(fault.detail);
        let mut sold: Sold = self.before(app, settings, &SOLD.replace("LINES", LINES), &asked.order).await?;
        let id = gid("Order", &asked.order);
        self.rest_of(app, settings, "order", LINES, &id, &mut sold.line_items).await.map_err(refused)?;
        let mut back: Vec<Value> = lines.iter().map(|share| sold.back(share)).collect::<Result<_, _>>()?;
        let found: Found = self.ask(app, settings, PLACES, json!({ "id": id, "lines": back })).await.map_err(refused)?.data;
        let places = found.order.and_then(|order| order.suggested_refund).map_or_else(Vec::new, |suggested| suggested.refund_line_items);
        for line in &mut back {
            let place = places.iter().find(|one| line["lineItemId"] == one.line_item.id.as_str()).and_then(|one| one.location.as_ref());
            let place = place.ok_or_else(|| Answer::Refused("It does not say where these goods go back to.".to_owned()))?;
            line["locationId"] = json!(place.id);
        }
        Ok(back)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_come_back_that_were_sent_and_stay_that_were_not() {
        for (bought, unsent, quantity, way) in [
            (2, 0, 2, Some("RETURN")),
            (2, 0, 3, None),
            (2, 2, 1, Some("CANCEL")),
            (2, 2, 2, Some("CANCEL")),
            (2, 2, 3, None),
            (3, 1, 2, Some("RETURN")),
            (3, 1, 3, None),
            (0, 0, 1, None),
        ] {
            let item = Item { id: String::new(), current_quantity: bought, unfulfilled_quantity: unsent };
            assert_eq!(item.way_back(quantity), way, "{bought} {unsent} {quantity}");
        }
    }
}
