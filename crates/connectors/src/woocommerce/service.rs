//! What is done to an order of a WooCommerce and costs nothing: it is cancelled, sent elsewhere, and written about to whoever packs.

use commerce::{Answer, deed::Destination};
use kernel::ActionId;
use platform::App;
use serde::{Deserialize, Serialize, de::IgnoredAny};
use serde_json::json;

use super::client::{get, post, put};
use crate::{
    connector::Settings,
    told::{is_marked, marked},
    trouble::{Fault, worth},
};

/// As an order is called of which nothing has been sent.
const UNSENT: &[&str] = &["pending", "on-hold", "processing", "failed"];
const CANCELLED: &str = "cancelled";

#[derive(Deserialize)]
struct Standing {
    status: String,
    shipping: Address,
}

/// What is left out of it is not looked at.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Address {
    first_name: String,
    last_name: String,
    address_1: String,
    address_2: String,
    postcode: String,
    city: String,
    state: String,
    country: String,
}

#[derive(Deserialize)]
struct Noted {
    note: String,
}

impl Address {
    /// A name is not taken apart: what is the first and what the last differs from country to country.
    fn of(to: &Destination) -> Address {
        let Destination { name, street, more, postcode, city, region, country } = to.clone();
        Address { first_name: name, last_name: String::new(), address_1: street, address_2: more, postcode, city, state: region, country }
    }

    /// With its name in one, as it may have been taken apart there.
    fn whole(self) -> Address {
        let name = format!("{} {}", self.first_name, self.last_name);
        Address { first_name: name.trim().to_owned(), last_name: String::new(), ..self }
    }
}

impl Standing {
    fn goes_to(&self, to: &Destination) -> bool {
        self.shipping.clone().whole() == Address::of(to)
    }
}

async fn standing(app: &App, settings: &Settings, path: &str) -> Result<Standing, Fault> {
    Ok(get(app, settings, path, &[("_fields", "status,shipping".to_owned())]).await?.data)
}

/// Why nothing is to be asked of an order that stands so, where it has been sent meanwhile.
fn too_late(order: &Standing) -> Option<Answer> {
    (!UNSENT.contains(&order.status.as_str())).then(|| Answer::Refused(format!("The order is {}.", order.status)))
}

/// Reads how the order stands; asks for a change unless it stands so already, or is too far on.
async fn change(app: &App, settings: &Settings, path: &str, is_so: impl Fn(&Standing) -> bool, body: serde_json::Value) -> Answer {
    let order = match standing(app, settings, path).await {
        Ok(order) => order,
        Err(fault) => return Answer::Refused(fault.detail),
    };
    if is_so(&order) {
        return Answer::made("");
    }
    if let Some(answer) = too_late(&order) {
        return answer;
    }
    put(app, settings, path, &body).await.map_or_else(worth, |()| Answer::made(""))
}

pub(super) async fn cancel(app: &App, settings: &Settings, path: &str) -> Answer {
    change(app, settings, path, |order| order.status == CANCELLED, json!({ "status": CANCELLED })).await
}

pub(super) async fn is_cancelled(app: &App, settings: &Settings, path: &str) -> Result<Option<String>, Fault> {
    let order = standing(app, settings, path).await?;
    Ok((order.status == CANCELLED).then(String::new))
}

pub(super) async fn redirect(app: &App, settings: &Settings, path: &str, to: &Destination) -> Answer {
    let mut shipping = json!(Address::of(to));
    // the company of the former address would be received there
    shipping["company"] = json!("");
    change(app, settings, path, |order| order.goes_to(to), json!({ "shipping": shipping })).await
}

pub(super) async fn is_redirected(app: &App, settings: &Settings, path: &str, to: &Destination) -> Result<Option<String>, Fault> {
    let order = standing(app, settings, path).await?;
    Ok(order.goes_to(to).then(String::new))
}

pub(super) async fn note(app: &App, settings: &Settings, path: &str, action: ActionId, text: &str) -> Answer {
    match is_noted(app, settings, path, action).await {
        Ok(None) => (),
        Ok(Some(said)) => return Answer::made(said),
        Err(fault) => return Answer::Refused(fault.detail),
    }
    let body = json!({ "note": marked(text, action), "customer_note": false });
    let noted = post::<IgnoredAny>(app, settings, &format!("{path}/notes"), &body).await;
    noted.map_or_else(worth, |_| Answer::made(""))
}

pub(super) async fn is_noted(app: &App, settings: &Settings, path: &str, action: ActionId) -> Result<Option<String>, Fault> {
    let only = [("_fields", "note".to_owned()), ("type", "internal".to_owned())];
    let notes = get::<Vec<Noted>>(app, settings, &format!("{path}/notes"), &only).await?.data;
    Ok(notes.iter().any(|note| is_marked(&note.note, action)).then(String::new))
}
