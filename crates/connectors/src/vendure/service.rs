//! What is done to an order of a Vendure and costs nothing: it is cancelled, and written about to whoever packs.

use commerce::{Answer, Asked};
use platform::App;
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use super::Vendure;
use crate::{
    connector::Settings,
    told::{is_marked, marked},
    trouble::{Fault, worth},
};

const STANDING: &str = "query($id: ID!) { order(id: $id) { state fulfillments { state } \
    history(options: { filter: { type: { eq: \"ORDER_NOTE\" } } }) { items { data } } } }";
const CANCEL: &str =
    "mutation($input: CancelOrderInput!) { cancelOrder(input: $input) { ... on Order { state } ... on ErrorResult { message } } }";
const NOTE: &str = "mutation($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }";

const CANCELLED: &str = "Cancelled";

#[derive(Deserialize)]
struct Found {
    order: Option<Standing>,
}

#[derive(Deserialize)]
struct Standing {
    state: String,
    fulfillments: Option<Vec<Parcel>>,
    history: History,
}

#[derive(Deserialize)]
struct Parcel {
    state: String,
}

#[derive(Deserialize)]
struct History {
    items: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    data: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cancelled {
    cancel_order: Outcome,
}

#[derive(Deserialize)]
struct Outcome {
    message: Option<String>,
}

impl Standing {
    fn is_noted(&self, asked: &Asked) -> bool {
        self.history.items.iter().any(|entry| entry.data["note"].as_str().is_some_and(|note| is_marked(note, asked.action)))
    }

    fn is_cancelled(&self) -> bool {
        self.state == CANCELLED
    }

    /// Why it is too late, where a parcel of it is under way: Vendure would cancel it all the same.
    fn too_late(&self) -> Option<Answer> {
        let parcel = self.fulfillments.iter().flatten().find(|parcel| parcel.state != CANCELLED)?;
        Some(Answer::Refused(format!("A parcel of the order is {}.", parcel.state)))
    }
}

fn made() -> Answer {
    Answer::made("")
}

/// What stands in the books, when something is looked for that was asked for.
fn seen(found: Result<Option<Standing>, Fault>, is_done: impl Fn(&Standing) -> bool) -> Answer {
    match found {
        Ok(Some(order)) if is_done(&order) => made(),
        Ok(_) => Answer::Refused(String::new()),
        Err(fault) => Answer::Unknown(fault.detail),
    }
}

impl Vendure {
    async fn standing(&self, app: &App, settings: &Settings, order: &str) -> Result<Option<Standing>, Fault> {
        Ok(self.ask::<Found>(app, settings, STANDING, json!({ "id": order })).await?.data.order)
    }

    /// The answer where nothing is to be asked: it is not there, or something is `known` of how it stands; it may have been done
    /// already, by a process of which a restored backup knows nothing.
    async fn known(&self, app: &App, settings: &Settings, asked: &Asked, known: impl Fn(&Standing) -> Option<Answer>) -> Option<Answer> {
        match self.standing(app, settings, &asked.order).await {
            Ok(Some(order)) => known(&order),
            Ok(None) => Some(Answer::Refused("It does not know the order any more.".to_owned())),
            Err(fault) => Some(Answer::Refused(fault.detail)),
        }
    }

    pub(super) async fn cancel(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        let known = |order: &Standing| if order.is_cancelled() { Some(made()) } else { order.too_late() };
        if let Some(answer) = self.known(app, settings, asked, known).await {
            return answer;
        }
        let input = json!({ "orderId": asked.order, "reason": marked(&asked.reason, asked.action), "cancelShipping": true });
        match self.ask::<Cancelled>(app, settings, CANCEL, json!({ "input": input })).await {
            Ok(answered) => answered.data.cancel_order.message.map_or_else(made, Answer::Refused),
            Err(fault) => worth(fault),
        }
    }

    pub(super) async fn is_cancelled(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        seen(self.standing(app, settings, &asked.order).await, Standing::is_cancelled)
    }

    /// Only those who run the shop see it.
    pub(super) async fn note(&self, app: &App, settings: &Settings, asked: &Asked, text: &str) -> Answer {
        if let Some(answer) = self.known(app, settings, asked, |order| order.is_noted(asked).then(made)).await {
            return answer;
        }
        let input = json!({ "id": asked.order, "note": marked(text, asked.action), "isPublic": false });
        self.ask::<IgnoredAny>(app, settings, NOTE, json!({ "input": input })).await.map_or_else(worth, |_| made())
    }

    pub(super) async fn is_noted(&self, app: &App, settings: &Settings, asked: &Asked) -> Answer {
        seen(self.standing(app, settings, &asked.order).await, |order| order.is_noted(asked))
    }
}
