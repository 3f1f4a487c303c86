//! The real thing: people buy in a running Medusa, and the copy is compared with its books, one by one.

mod codes;
mod goods;
mod shopping;

use std::time::Duration;

use ::platform::{
    Module,
    config::Config,
    egress::{Egress, Request, Response},
};
use axum::http::Method;
use commerce::{
    Answer,
    deed::{Deed, Destination},
};
use futures::future::join_all;
use kernel::{Money, minutes};
use serde_json::{Value, json};
use story_macro::story;

use self::shopping::{buys, registers};
use super::{
    all_orders,
    real::{Action, Real},
};
use crate::{
    actor::Agent,
    story::{Engine, Place, Setting, setting},
    world::World,
};

/// The real Medusa, and a shop that is to copy it.
pub struct Running {
    world: World,
    owner: Agent,
    medusa: Medusa,
    /// Two stories are told beside one Medusa: each has customers of its own.
    whose: &'static str,
}

impl Setting for Running {
    const SERVERS: &'static [&'static str] = &["OMBUD_TEST_MEDUSA"];
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Running {
        let url = setting("OMBUD_TEST_MEDUSA").expect("a story is not told without its servers");
        let address = url.strip_prefix("http://").expect("an address").to_owned();
        let config = Config { reachable_inside: address.clone(), ..place.config() };
        let egress = Egress::allowing([address.parse().unwrap()]).unwrap();
        let whose = if place.engine == Engine::Sqlite { "sqlite.example" } else { "postgres.example" };
        let world = World::with(config).await;
        Running { owner: world.owner(), world, medusa: Medusa::open(url, egress).await, whose }
    }
}

struct Medusa {
    url: String,
    egress: Egress,
    /// What opens its two doors: who runs it, and the storefront.
    administrator: String,
    storefront: String,
}

type Header = (&'static str, String);

impl Medusa {
    async fn open(url: String, egress: Egress) -> Medusa {
        let mut medusa = Medusa { url, egress, administrator: String::new(), storefront: String::new() };
        let who = json!({ "email": "admin@medusa.example", "password": "supersecret" });
        medusa.administrator = text(&medusa.asks(Method::POST, "/auth/user/emailpass", &[], Some(who)).await["token"]);
        medusa.storefront = text(&medusa.tells("api-keys?type=publishable").await["api_keys"][0]["token"]);
        medusa
    }

    async fn asked(&self, method: Method, path: &str, headers: &[Header], body: Option<&Value>) -> Response {
        let mut request = Request::new("Medusa", method, format!("{}{path}", self.url)).at_most(64 << 20).within(Duration::from_secs(60));
        for (name, value) in headers {
            request = request.header(name, value).unwrap();
        }
        if let Some(body) = body {
            request = request.json(body).unwrap();
        }
        self.egress.send(request).await.unwrap()
    }
    /// Asks for something; anything but what was wanted is an error.
    async fn asks(&self, method: Method, path: &str, headers: &[Header], body: Option<Value>) -> Value {
        let answer = self.asked(method, path, headers, body.as_ref()).await;
        assert!(answer.status.is_success(), "{path} {body:?}: {}", String::from_utf8_lossy(&answer.body));
        answer.json().unwrap()
    }
    /// Asks for a cart to become an order: it fails where others buy the same goods at that moment, and is asked again, as storefronts do.
    async fn completes(&self, cart: &str, headers: &[Header]) -> Value {
        for _ in 0..9 {
            let answer = self.asked(Method::POST, &format!("/store/carts/{cart}/complete"), headers, Some(&json!({}))).await;
            if answer.status.is_success() {
                return answer.json().unwrap();
            }
        }
        self.asks(Method::POST, &format!("/store/carts/{cart}/complete"), headers, Some(json!({}))).await
    }
    fn runs_it(&self) -> [Header; 1] {
        [("authorization", format!("Bearer {}", self.administrator))]
    }
    async fn tells(&self, path: &str) -> Value {
        self.asks(Method::GET, &format!("/admin/{path}"), &self.runs_it(), None).await
    }
    async fn does(&self, path: &str, body: Value) -> Value {
        self.asks(Method::POST, &format!("/admin/{path}"), &self.runs_it(), Some(body)).await
    }

    /// What it says of an order.
    async fn order(&self, id: &str) -> Value {
        self.tells(&format!("orders?id={id}&fields={FIELDS}")).await["orders"][0].take()
    }
    /// What people of this story bought, as it says itself.
    async fn books(&self, whose: &str) -> Vec<Value> {
        let mut all = self.tells(&format!("orders?limit=900&order=id&fields={FIELDS}")).await;
        let ours = |order: &&Value| order["email"].as_str().is_some_and(|email| email.ends_with(whose));
        all["orders"].take().as_array().unwrap().iter().filter(ours).cloned().collect()
    }
    async fn is_captured(&self, order: &Value) {
        self.does(&format!("payments/{}/capture", text(&payment(order)["id"])), json!({})).await;
    }
    /// All of an order is packed.
    async fn is_packed(&self, order: &Value) {
        let path = format!("orders/{}/fulfillments", text(&order["id"]));
        self.does(&path, json!({ "items": goods(order) })).await;
    }
    /// What is packed is handed over to a carrier.
    async fn is_sent(&self, order: &Value) {
        let id = text(&order["id"]);
        let parcel = text(&self.order(&id).await["fulfillments"][0]["id"]);
        let labels = json!([{ "tracking_number": "703", "tracking_url": "https://carrier.example/703", "label_url": "#" }]);
        self.does(&format!("orders/{id}/fulfillments/{parcel}/shipments"), json!({ "items": goods(order), "labels": labels })).await;
    }
}

const FIELDS: &str = "%2Bemail,%2Bcurrency_code,%2Bitem_total,%2Bshipping_total,%2Bcanceled_at,%2Bmetadata,%2Aitems,%2Acustomer,\
    %2Ashipping_address,%2Afulfillments,%2Apayment_collections.payments,%2Apayment_collections.payments.refunds";

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}
/// What it writes as a number, in øre.
fn minor(amount: &Value) -> i64 {
    (amount.as_f64().unwrap() * 100.0).round() as i64
}
fn payment(order: &Value) -> &Value {
    &order["payment_collections"][0]["payments"][0]
}
fn goods(order: &Value) -> Vec<Value> {
    order["items"].as_array().unwrap().iter().map(|item| json!({ "id": item["id"], "quantity": item["quantity"] })).collect()
}

impl Running {
    /// What is filled in to connect it, as its administrator makes it for Ombud.
    async fn form(&self) -> Value {
        let key = self.medusa.does("api-keys", json!({ "title": "Ombud", "type": "secret" })).await;
        json!({ "address": self.medusa.url, "secret_key": key["api_key"]["token"] })
    }

    fn real(&self, order: &Value) -> Real<'_> {
        let at = self.medusa.url.strip_prefix("http://").unwrap();
        Real { world: &self.world, owner: &self.owner, at, number: order["display_id"].to_string(), id: text(&order["id"]) }
    }

    /// Each order of the books stands in the copy as it stands there.
    async fn is_copied_whole(&self, books: &[Value]) {
        let copied = all_orders(&self.owner).await;
        for order in books {
            let number = order["display_id"].to_string();
            let one = copied.iter().find(|one| one["number"] == number.as_str()).unwrap_or_else(|| panic!("{number} is missing"));
            assert_eq!((&one["adds_up"], &one["total"]["currency"]), (&json!(true), &json!("NOK")), "{number} {one}");
            let total = order["item_total"].as_f64().unwrap() + order["shipping_total"].as_f64().unwrap();
            assert_eq!(one["total"]["minor"], minor(&json!(total)), "{number}");
            assert_eq!(one["shipping"]["minor"], minor(&order["shipping_total"]), "{number}");
            let mut items: Vec<&Value> = order["items"].as_array().unwrap().iter().collect();
            items.sort_by_key(|item| text(&item["id"]));
            let said: Vec<Value> = items.iter().map(|item| json!([item["variant_sku"], item["quantity"], minor(&item["total"])])).collect();
            let line = |line: &Value| json!([line["sku"], line["quantity"], line["total"]["minor"]]);
            assert_eq!(one["lines"].as_array().unwrap().iter().map(line).collect::<Vec<_>>(), said, "{number}");
            let customer = self.owner.get(&format!("/customers/{}", one["customer"].as_str().unwrap())).await.ok();
            let name = if order["customer"]["has_account"] == true { "Ada Øst" } else { "Mara Lind" };
            assert_eq!(customer["display_name"], name, "{number}");
            assert!(customer.to_string().contains(order["email"].as_str().unwrap()), "{number} {customer}");
        }
    }
}

#[story]
async fn what_people_buy_in_a_real_medusa_is_copied_one_by_one(story: Running) {
    let Running { world, owner, medusa, whose } = &story;
    let goods: [&[(usize, i64)]; 3] = [&[(0, 2), (2, 3)], &[(1, 1)], &[(2, 7), (3, 13), (0, 1)]];
    for round in 0..2 {
        let emails: Vec<_> = (0..3).map(|n| (format!("guest-{}@{whose}", (round * 3 + n) % 4), goods[n])).collect();
        join_all(emails.iter().map(|(email, goods)| buys(medusa, email, goods, None))).await;
    }
    let ada = format!("ada@{whose}");
    buys(medusa, &ada, goods[0], Some(&registers(medusa, &ada).await)).await;

    let settings = story.form().await;
    let mut wrong = settings.clone();
    wrong["secret_key"] = json!(medusa.storefront);
    let tested = owner.post("/connection-tests", json!({ "connector": "medusa", "settings": wrong })).await.ok();
    assert_eq!(tested["trouble"], "sign_in_refused");
    assert!(tested["detail"].as_str().unwrap().contains("publishable"), "{tested}");
    let tested = owner.post("/connection-tests", json!({ "connector": "medusa", "settings": settings })).await.ok();
    assert!(tested["found"]["orders"].as_i64() >= Some(7) && tested["found"]["products"] == 4, "{tested}");
    let made = owner.post("/connections", json!({ "connector": "medusa", "name": "Real", "settings": settings })).await.ok();
    world.settle().await;
    let connection = owner.get(&format!("/connections/{}", made["id"].as_str().unwrap())).await.ok();
    assert_eq!((&connection["doing"], &connection["trouble"]), (&json!("following"), &Value::Null), "{connection}");
    let before = medusa.books(whose).await;
    assert_eq!(before.len(), 7);
    story.is_copied_whole(&before).await;
    let products = crate::actor::items(owner.get("/products").await.ok());
    assert_eq!(products.len(), 4);
    let tent = products.iter().find(|one| one["title"] == "Tent Vidde").unwrap();
    assert_eq!(tent["variants"][0]["prices"][0]["price"]["currency"], "NOK", "{tent}");

    // one is sent, one is paid, one gets money back there, one is cancelled there, and somebody buys more
    let order = |n: usize| &before[n];
    medusa.is_packed(order(0)).await;
    medusa.is_sent(order(0)).await;
    for paid in [order(1), order(2), order(3)] {
        medusa.is_captured(paid).await;
    }
    let refund = format!("payments/{}/refund", text(&payment(order(2))["id"]));
    medusa.does(&refund, json!({ "amount": 10.5, "note": "late" })).await;
    medusa.does(&format!("orders/{}/cancel", text(&order(3)["id"])), json!({})).await;
    buys(medusa, &format!("guest-1@{whose}"), goods[2], None).await;

    world.after(minutes(16)).await;
    let after = medusa.books(whose).await;
    assert_eq!(after.len(), 8);
    story.is_copied_whole(&after).await;
    let copies = join_all((0..4).map(async |n| story.real(order(n)).copy().await)).await;
    let [sent, paid, refunded, cancelled] = copies.as_slice() else { panic!("{copies:?}") };
    let parcel = &sent["parcels"][0];
    assert_eq!((&sent["status"], &sent["fulfilment"], &sent["payment"]), (&json!("in_transit"), &json!("all"), &json!("authorized")));
    assert_eq!((&parcel["tracking"], &parcel["tracking_url"]), (&json!("703"), &json!("https://carrier.example/703")));
    assert!(["Standard", "Express"].contains(&parcel["carrier"].as_str().unwrap()), "{parcel}");
    assert_eq!(paid["payment"], "paid", "capturing moves no stamp of the order");
    assert_eq!((&refunded["payment"], &refunded["refunded"]["minor"]), (&json!("partly_refunded"), &json!(1_050)));
    assert_eq!((&cancelled["status"], &cancelled["payment"]), (&json!("cancelled"), &json!("refunded")));
    assert_eq!(cancelled["refunded"]["minor"], cancelled["total"]["minor"]);
}

#[story]
async fn what_agents_ask_of_a_real_medusa_is_done_once_and_found_again(story: Running) {
    let Running { world, owner, medusa, whose } = &story;
    let whose = whose.replace(".example", ".deeds");
    for n in 0..6 {
        buys(medusa, &format!("guest-{n}@{whose}"), &[(0, 2), (2, 3)], None).await;
    }
    let before = medusa.books(&whose).await;
    let [noted, moved, cancelled, paid, packed, edited] = before.as_slice() else { panic!("{before:?}") };
    for order in [paid, edited] {
        medusa.is_captured(order).await;
    }
    owner.post("/connections", json!({ "connector": "medusa", "name": "Real", "settings": story.form().await })).await.ok();
    world.settle().await;
    // what the copy has not heard of yet
    medusa.is_packed(packed).await;
    medusa.does(&format!("orders/{}", text(&noted["id"])), json!({ "metadata": { "shelf": "7" } })).await;
    medusa.does("order-edits", json!({ "order_id": edited["id"] })).await;

    let why = json!({ "cause": "customer", "reason": "Ordered twice" });
    let home = json!({ "name": "Mara Lind", "street": "Nygata 5", "more": "c/o Berg", "postcode": "5003", "city": "Bergen", "region": "", "country": "NO" });
    let to: Destination = serde_json::from_value(home.clone()).unwrap();
    let note = story.real(noted).asks("packing-notes", json!({ "text": "It is a present" })).await;
    let redirection = story.real(moved).asks("redirections", home.clone()).await;
    let cancellation = story.real(cancelled).asks("cancellations", why.clone()).await;
    world.settle().await;
    let deeds = [
        (noted, note, Deed::PackingNote { text: "It is a present".into() }),
        (moved, redirection, Deed::Redirection { to }),
        (cancelled, cancellation, Deed::Cancellation),
    ];
    for (order, action, deed) in deeds {
        let real = story.real(order);
        let Action { state, said, .. } = real.action().await;
        assert_eq!((state.as_str(), said.as_str()), ("made", ""), "{deed:?}");
        // whoever does not know what became of it finds it, and nothing is done twice by whoever asks once more
        let made = Answer::made("");
        assert_eq!((real.looks(action, deed.clone()).await, real.acts(action, deed).await), (made.clone(), made));
    }
    let there = medusa.order(&text(&noted["id"])).await;
    assert_eq!(
        there["metadata"],
        json!({ "shelf": "7", format!("packing_note_{note}"): format!("It is a present ({note})") }),
        "what the shop keeps there stays"
    );
    let address = medusa.order(&text(&moved["id"])).await["shipping_address"].clone();
    assert_eq!(
        (&address["first_name"], &address["address_1"], &address["country_code"]),
        (&json!("Mara Lind"), &json!("Nygata 5"), &json!("no"))
    );
    assert_eq!(story.real(cancelled).copy().await["payment"], "voided");

    // what is packed is neither cancelled nor sent elsewhere; what is paid is not cancelled before that is given back
    let mut abroad = home;
    abroad["country"] = json!("SE");
    for (order, what, body, words) in [
        (packed, "cancellations", why.clone(), "Some of the order is packed."),
        (paid, "cancellations", why.clone(), "659.21 NOK would be given back with it. Give that back first, then cancel the order."),
        (moved, "redirections", abroad, "Country code cannot be changed"),
    ] {
        let real = story.real(order);
        real.asks(what, body).await;
        world.settle().await;
        let refused = real.action().await;
        assert_eq!((refused.state.as_str(), refused.said.as_str()), ("refused", words));
    }
    assert_eq!(payment(&medusa.order(&text(&paid["id"])).await)["refunds"], json!([]));

    // part of it, and then all that is left, which is counted in hundredths of an øre there
    let part = story.real(paid).gives_back(10_000).await;
    world.settle().await;
    let amount = Money { minor: 10_000, currency: "NOK".parse().unwrap() };
    let again = Deed::Refund { amount, lines: Vec::new(), restock: false, notify: false };
    assert_eq!(story.real(paid).acts(part, again.clone()).await, Answer::made(""));
    let rest = story.real(paid).gives_back(55_921).await;
    world.settle().await;
    let given = payment(&medusa.order(&text(&paid["id"])).await)["refunds"].clone();
    let given: Vec<Value> = given.as_array().unwrap().iter().map(|one| json!([one["amount"], one["note"]])).collect();
    assert_eq!(given, [json!([100, format!("scratched ({part})")]), json!([559.2125, format!("scratched ({rest})")])]);
    let copied = story.real(paid).copy().await;
    assert_eq!(
        (&copied["payment"], &copied["refunded"]["minor"], &copied["total"]["minor"]),
        (&json!("refunded"), &json!(65_921), &json!(65_921))
    );
    story.real(paid).asks("cancellations", why).await;
    world.settle().await;
    assert_eq!(story.real(paid).copy().await["status"], "cancelled");
    assert_eq!(payment(&medusa.order(&text(&paid["id"])).await)["refunds"].as_array().unwrap().len(), 2, "no more is given back by that");

    // while somebody edits an order, Medusa gives back and says that it does not
    let odd = story.real(edited).gives_back(500).await;
    world.settle().await;
    let Action { state, said, left } = story.real(edited).action().await;
    assert_eq!((state.as_str(), &left), ("made", &json!(65_421)));
    assert!(said.contains("active order change"), "{said}");
    assert_eq!(payment(&medusa.order(&text(&edited["id"])).await)["refunds"].as_array().unwrap().len(), 1);
    assert_eq!(story.real(edited).looks(odd, again).await, Answer::made(""));
    assert_eq!(story.real(edited).looks(part, Deed::PackingNote { text: String::new() }).await, Answer::Refused(String::new()));
}
