//! One thing of each kind, for requests made from the API's description.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Timestamp, days};
use serde_json::{Value, json};

use crate::{
    actor::{Actor, Agent},
    credits::asks,
    world::World,
};

/// One thing of each kind in the first shop, by the prefix of its id.
pub struct Things {
    pub(super) ids: BTreeMap<&'static str, String>,
    /// What an operation of this path needs another one for.
    pub(super) own: BTreeMap<&'static str, String>,
    pub(super) another_customer: String,
    pub(super) widget_key: String,
    pub(super) gift_code: String,
    pub(super) soon: Timestamp,
    visitor: Arc<Actor>,
    member: Arc<Actor>,
}

impl Things {
    pub async fn of(world: &World, name: &str) -> Things {
        let (owner, ines, shopper) = (world.owner(), world.agent("Ines"), world.shopper(name));
        let department =
            owner.post("/departments", json!({ "name": "Gear", "names": {}, "about": {}, "shown_in_chat": true, "members": [] })).await;
        let talk = shopper.writes("Where is my parcel?").await;
        world.settle().await;
        ines.replies(&talk, "It is on its way.").await;
        let week = json!([{ "day": 1, "from": "09:00", "to": "17:00" }]);
        let schedule = json!({ "name": "Nights", "time_zone": "Europe/Oslo", "week": week, "holidays": [], "is_default": false });
        let role = json!({ "name": "Temp", "permissions": ["conversations.read"] });
        let seen = ines.sees(&talk).await;
        let roles = crate::actor::items(owner.get("/roles").await.ok());
        let viewer = roles.iter().find(|role| role["key"] == "viewer").unwrap()["id"].clone();
        let invitation = json!({ "email": "new@example.com", "name": "New", "role": viewer, "departments": [] });
        let waiting =
            json!({ "client_id": "held", "kind": "reply", "html": "<p>Wait</p>", "seen_seq": seen["last_seq"], "hold_seconds": 30 });
        let customer = |what: &str| format!("/customers/{}/{what}", seen["customer"]["id"].as_str().unwrap());
        let text = |value: Value| value.as_str().expect("an id").to_owned();
        let sum = json!({ "minor": 10_000, "currency": "EUR" });
        let gift = json!({ "amount": sum, "reason": "Sorry" });
        let credits = format!("/customers/{}/credits", seen["customer"]["id"].as_str().unwrap());
        let given = asks(&owner, &credits, gift.clone()).await.ok();
        let (card, another) = (asks(&owner, "/gift-cards", gift.clone()).await.ok(), asks(&owner, "/gift-cards", gift.clone()).await.ok());
        let aside = json!({ "amount": { "minor": 100, "currency": "EUR" }, "reason": "Cart", "until": world.in_(days(20)) });
        let held = async || text(asks(&owner, &format!("{credits}/holds"), aside.clone()).await.ok()["id"].clone());
        let mut own = BTreeMap::from([
            ("/connections/{id}/pause", text(owner.post("/connections", shop_system(9)).await.ok()["id"].clone())),
            ("/connections/{id}/erasure", text(owner.post("/connections", shop_system(7)).await.ok()["id"].clone())),
            ("/mailboxes/{id}/pause", text(owner.post("/mailboxes", mailbox("paused")).await.ok()["id"].clone())),
            ("/credit-movements/{id}/captures", held().await),
            ("/credit-movements/{id}/releases", held().await),
            ("/gift-cards/{id}/void", text(another["card"]["id"].clone())),
        ]);
        own.extend(orders_to_act_on(&owner).await);
        let connection = owner.post("/connections", shop_system(9)).await.ok();
        let order = owner.post("/orders", copied_tent("1")).await.ok();
        let another_customer = text(order["customer"].clone());
        let refund = refund_that_waits(&owner, &ines).await;
        let ids = BTreeMap::from([
            ("dep", text(department.ok()["id"].clone())),
            ("cnv", talk.id.clone()),
            ("cus", text(seen["customer"]["id"].clone())),
            ("sch", text(owner.post("/schedules", schedule).await.ok()["id"].clone())),
            ("rol", text(owner.post("/roles", role).await.ok()["id"].clone())),
            ("inv", text(owner.post("/invitations", invitation).await.ok()["id"].clone())),
            (
                "tok",
                text(owner.post("/tokens", json!({ "name": "T", "scopes": ["tags.manage"], "expires_at": null })).await.ok()["id"].clone()),
            ),
            ("tag", text(owner.post("/tags", json!({ "name": "late" })).await.ok()["id"].clone())),
            ("cnn", text(connection["id"].clone())),
            ("lin", text(owner.post("/lines", line(1)).await.ok()["id"].clone())),
            ("phl", text(owner.post("/phone-lines", crate::telephone::form()).await.ok()["line"]["id"].clone())),
            ("mbx", text(owner.post("/mailboxes", mailbox("first")).await.ok()["id"].clone())),
            ("key", text(owner.post("/widget/keys", Value::Null).await.ok()["id"].clone())),
            ("mem", text(ines.get("/session").await.ok()["member"]["id"].clone())),
            ("msg", text(owner.post(&format!("/conversations/{}/messages", talk.id), waiting).await.ok()["id"].clone())),
            ("fil", text(owner.uploads("/files?name=note.txt", b"a note").await.ok()["id"].clone())),
            ("ses", text(another_session(world).await)),
            ("shp", world.id().to_string()),
            ("mac", text(owner.post("/macros", json!({ "name": "Hello", "texts": { "en": "Hello" } })).await.ok()["id"].clone())),
            ("idn", text(phone_of(&owner, &seen).await)),
            ("nte", text(owner.post(&customer("notes"), json!({ "text": "Prefers mail." })).await.ok()["id"].clone())),
            (
                "atr",
                text(
                    owner.post("/customer-attributes", json!({ "key": "size", "label": "Size", "kind": "text" })).await.ok()["id"].clone(),
                ),
            ),
            ("ctg", text(owner.post("/customer-tags", json!({ "name": "regular" })).await.ok()["id"].clone())),
            ("imp", text(owner.uploads("/customer-imports?name=list.csv", b"email,name\nida@example.org,Ida\n").await.ok()["id"].clone())),
            ("ord", text(order["id"].clone())),
            ("act", text(refund)),
            ("prd", text(owner.post("/products", crate::products::tent("t", "2026-01-13T10:00:00Z")).await.ok()["id"].clone())),
            ("ent", text(given["id"].clone())),
            ("gft", text(card["card"]["id"].clone())),
            ("job", parked_job(world).await),
            ("ltr", letter_aside(world).await),
        ]);
        let replies = json!({ "track_order": true, "department": null, "return_policy": true, "return_policy_texts": { "en": "30 days" },
            "shipping": false, "shipping_texts": {}, "opening_hours": true });
        owner.put("/quick-replies", replies).await.ok();
        let widget_key = text(owner.get("/widget").await.ok()["key"].clone());
        Things {
            ids,
            own,
            another_customer,
            gift_code: text(card["code"].clone()),
            soon: world.in_(days(20)),
            widget_key,
            visitor: shopper.0.clone(),
            member: ines.0.clone(),
        }
    }

    /// The id of the thing whose ids begin so.
    pub fn id(&self, prefix: &str) -> &str {
        &self.ids[prefix]
    }
    /// The member among the things.
    pub fn member(&self) -> Arc<Actor> {
        self.member.clone()
    }
    /// The visitor whose conversation it is.
    pub fn visitor(&self) -> Arc<Actor> {
        self.visitor.clone()
    }
}

/// A mailbox nobody answers for.
pub(super) fn mailbox(name: &str) -> Value {
    let server = json!({ "host": "localhost", "port": 993, "security": "tls", "user": "u" });
    json!({ "name": name, "address": format!("{name}@fjell.example"), "department": null, "incoming": server, "incoming_password": "p",
            "outgoing": server, "outgoing_password": "p", "trusted": null, "signature": "" })
}

/// A bot nobody has made.
pub(super) fn line(number: u16) -> Value {
    json!({ "channel": "telegram", "name": "Ours", "department": null, "settings": { "token": format!("{number}:not-a-token-anybody-has") } })
}

/// Nobody listens there, and Ombud does not go there.
/// A shop system nobody answers for.
pub(super) fn shop_system(port: u16) -> Value {
    let settings = json!({ "address": format!("https://localhost:{port}"), "username": "u", "password": "p" });
    json!({ "connector": "vendure", "name": "Ours", "settings": settings })
}

/// An order that came by the shop system.
fn copied_tent(number: &str) -> Value {
    let mut order = crate::commerce::tent(number, "2026-01-13T10:00:00Z");
    order["reference"] = json!(format!("localhost:9/{number}"));
    order
}

/// For each thing done to orders one that came by a system which can do it, and has come no further than it allows.
async fn orders_to_act_on(owner: &Agent) -> Vec<(&'static str, String)> {
    let settings = json!({ "address": "https://localhost:8", "consumer_key": "ck_1", "consumer_secret": "cs_1" });
    owner.post("/connections", json!({ "connector": "woocommerce", "name": "Theirs", "settings": settings })).await.ok();
    let mut orders = Vec::new();
    let paths = [
        "/orders/{id}/cancellations",
        "/orders/{id}/discount-codes",
        "/orders/{id}/duplicates",
        "/orders/{id}/packing-notes",
        "/orders/{id}/redirections",
        "/orders/{id}/replacements",
    ];
    for (number, path) in (3..).zip(paths) {
        let mut order = copied_tent(&number.to_string());
        order["reference"] = json!(format!("localhost:8/{number}"));
        if path != "/orders/{id}/replacements" {
            (order["fulfilment"], order["parcels"]) = (json!("none"), json!([]));
        }
        orders.push((path, owner.post("/orders", order).await.ok()["id"].as_str().unwrap().to_owned()));
    }
    orders
}

/// A refund somebody else asked for, of an order that came by the shop system, for which somebody has to agree.
async fn refund_that_waits(owner: &Agent, ines: &Agent) -> Value {
    let order = owner.post("/orders", copied_tent("2")).await.ok();
    let roles = crate::actor::items(owner.get("/roles").await.ok());
    let agent = roles.iter().find(|role| role["key"] == "agent").unwrap()["id"].clone();
    let limit = json!({ "role": agent, "currency": "NOK", "at_once": 0, "in_a_day": 0 });
    owner.put("/refund-limits", json!({ "items": [limit] })).await.ok();
    let wanted = json!({ "amount": { "minor": 100, "currency": "NOK" }, "lines": [], "cause": "carrier", "reason": "Late" });
    let refund = asks(ines, &format!("/orders/{}/refunds", order["id"].as_str().unwrap()), wanted).await.ok();
    assert_eq!(refund["state"], "waiting");
    refund["id"].clone()
}

/// A telephone number nobody has proved.
async fn phone_of(owner: &Agent, seen: &Value) -> Value {
    let path = format!("/customers/{}/addresses", seen["customer"]["id"].as_str().unwrap());
    let customer = owner.post(&path, json!({ "kind": "phone", "address": "+47 22 22 22 21" })).await.ok();
    customer["addresses"].as_array().unwrap().iter().find(|address| address["kind"] == "phone").unwrap()["id"].clone()
}

/// A second browser of the owner.
async fn another_session(world: &World) -> Value {
    world.owner().get("/session").await.ok();
    let sessions = crate::actor::items(world.owner().get("/sessions").await.ok());
    sessions.iter().find(|session| session["current"] == false).expect("a second session")["id"].clone()
}

/// A job that has been given up.
async fn parked_job(world: &World) -> String {
    use ::platform::{Tx, job};
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Unknown {}
    impl job::Job for Unknown {
        const KIND: &'static str = "of_a_kind_nobody_knows";
    }
    let shop = world.id();
    world.app.write(async move |tx: &mut Tx<'_>| tx.enqueue(shop, &Unknown {}, job::When::default()).await).await.unwrap();
    world.settle().await;
    let jobs = crate::actor::items(world.owner().get("/jobs/attention").await.ok());
    jobs[0]["id"].as_str().unwrap().to_owned()
}

/// A letter that was put aside, and lies in its mailbox alone.
async fn letter_aside(world: &World) -> String {
    let shop = world.id();
    let written = world.app.write(async move |tx: &mut ::platform::Tx<'_>| {
        let (letter, mailbox): (kernel::LetterId, kernel::MailboxId) = (tx.new_id(), tx.new_id());
        let sql = "INSERT INTO channels_letters (shop_id, id, mailbox_id, uid_validity, uid, size, state, fault, let_in, received_at) \
                   VALUES ($1, $2, $3, 1, 1, 1, 'aside', 'It does not say who wrote it.', FALSE, 0)";
        tx.one(sql, &[&shop, &letter, &mailbox]).await?;
        Ok(letter.to_string())
    });
    written.await.unwrap()
}
