//! The real thing: people buy in a running Vendure, and the copy is compared with its books, one by one.

mod goods;

use ::platform::{
    Module,
    config::Config,
    egress::{Egress, Request},
};
use commerce::{Answer, deed::Deed};
use futures::future::join_all;
use kernel::minutes;
use serde_json::{Value, json};
use story_macro::story;

use super::{
    all_orders,
    real::{Action, Real},
};
use crate::{
    actor::Agent,
    story::{Engine, Place, Setting, setting},
    world::World,
};

/// The real Vendure, and a shop that is to copy it.
pub struct Running {
    world: World,
    owner: Agent,
    vendure: Vendure,
    /// Two stories are told beside one Vendure: each has customers of its own.
    whose: &'static str,
}

impl Setting for Running {
    const SERVERS: &'static [&'static str] = &["OMBUD_TEST_VENDURE"];
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Running {
        let url = setting("OMBUD_TEST_VENDURE").expect("a story is not told without its servers");
        let address = url.strip_prefix("http://").expect("an address").to_owned();
        let config = Config { reachable_inside: address.clone(), ..place.config() };
        let egress = Egress::allowing([address.parse().unwrap()]).unwrap();
        let whose = if place.engine == Engine::Sqlite { "sqlite.example" } else { "postgres.example" };
        let world = World::with(config).await;
        Running { owner: world.owner(), world, vendure: Vendure { url, egress }, whose }
    }
}

struct Vendure {
    url: String,
    egress: Egress,
}

/// Somebody at one of Vendure's two doors.
struct Guest<'a> {
    vendure: &'a Vendure,
    door: &'static str,
    token: std::sync::Mutex<Option<String>>,
}

impl Vendure {
    fn at(&self, door: &'static str) -> Guest<'_> {
        Guest { vendure: self, door, token: std::sync::Mutex::default() }
    }
    async fn admin(&self) -> Guest<'_> {
        let admin = self.at("admin-api");
        admin.asks("mutation { it: login(username: \"superadmin\", password: \"superadmin\") { __typename } }", json!({})).await;
        admin
    }
}

impl Guest<'_> {
    /// Asks for `it`; anything but what was wanted is an error.
    async fn asks(&self, query: &str, variables: Value) -> Value {
        let url = format!("{}/{}", self.vendure.url, self.door);
        let mut request = Request::post("Vendure", url).at_most(64 << 20).json(&json!({ "query": query, "variables": variables })).unwrap();
        let token = self.token.lock().unwrap().clone();
        if let Some(token) = token {
            request = request.header("authorization", &format!("Bearer {token}")).unwrap();
        }
        let answer = self.vendure.egress.send(request).await.unwrap();
        if let Some(token) = answer.headers.get("vendure-auth-token") {
            *self.token.lock().unwrap() = Some(token.to_str().unwrap().to_owned());
        }
        let said: Value = answer.json().unwrap();
        let it = said["data"]["it"].clone();
        assert!(said["errors"].is_null() && it["errorCode"].is_null(), "{query}: {said}");
        it
    }
}

const REFUSAL: &str = "__typename ... on ErrorResult { errorCode message }";

/// Buys as people do: puts goods into a cart, says who they are and where they live, chooses how it is sent, pays.
async fn buys(vendure: &Vendure, email: &str, goods: &[(usize, i64)], registered: bool) -> String {
    let guest = vendure.at("shop-api");
    if registered {
        let account =
            json!({ "input": { "emailAddress": email, "firstName": "Ada", "lastName": "Øst", "password": "a gentle walk uphill" } });
        let ask = "mutation($input: RegisterCustomerInput!) { it: registerCustomerAccount(input: $input) { __typename ... on ErrorResult { errorCode message } } }";
        guest.asks(ask, account).await;
        let ask = "mutation($email: String!) { it: login(username: $email, password: \"a gentle walk uphill\") { __typename ... on ErrorResult { errorCode } } }";
        guest.asks(ask, json!({ "email": email })).await;
    }
    let offered = guest.asks("{ it: products(options: { sort: { id: ASC } }) { items { variants { id } } } }", json!({})).await;
    let variants: Vec<&Value> = offered["items"].as_array().unwrap().iter().flat_map(|one| one["variants"].as_array().unwrap()).collect();
    for (which, quantity) in goods {
        let ask = format!("mutation($id: ID!, $n: Int!) {{ it: addItemToOrder(productVariantId: $id, quantity: $n) {{ {REFUSAL} }} }}");
        guest.asks(&ask, json!({ "id": variants[*which]["id"], "n": quantity })).await;
    }
    if !registered {
        let ask = format!("mutation($input: CreateCustomerInput!) {{ it: setCustomerForOrder(input: $input) {{ {REFUSAL} }} }}");
        guest.asks(&ask, json!({ "input": { "firstName": "Mara", "lastName": "Lind", "emailAddress": email } })).await;
    }
    let ask = format!("mutation($input: CreateAddressInput!) {{ it: setOrderShippingAddress(input: $input) {{ {REFUSAL} }} }}");
    let address =
        json!({ "fullName": "Mara Lind", "streetLine1": "Storgata 1", "city": "Oslo", "postalCode": "0155", "countryCode": "NO" });
    guest.asks(&ask, json!({ "input": address })).await;
    let methods = guest.asks("{ it: eligibleShippingMethods { id } }", json!({})).await;
    let ask = format!("mutation($id: [ID!]!) {{ it: setOrderShippingMethod(shippingMethodId: $id) {{ {REFUSAL} }} }}");
    guest.asks(&ask, json!({ "id": [methods[goods.len() % 2]["id"]] })).await;
    guest.asks(&format!("mutation {{ it: transitionOrderToState(state: \"ArrangingPayment\") {{ {REFUSAL} }} }}"), json!({})).await;
    let ways = guest.asks("{ it: eligiblePaymentMethods { code } }", json!({})).await;
    let ask = "mutation($input: PaymentInput!) { it: addPaymentToOrder(input: $input) { ... on Order { code } ... on ErrorResult { errorCode message } } }";
    let paid = guest.asks(ask, json!({ "input": { "method": ways[0]["code"], "metadata": {} } })).await;
    paid["code"].as_str().unwrap().to_owned()
}

/// An administrator who may do what the documentation says is needed, and no more.
async fn reader(admin: &Guest<'_>, whose: &str) -> String {
    let ask = "mutation($input: CreateRoleInput!) { it: createRole(input: $input) { id } }";
    let role = json!({ "code": whose, "description": "reads and gives back", "permissions": ["ReadCatalog", "ReadCustomer", "ReadOrder", "UpdateOrder"] });
    let role = admin.asks(ask, json!({ "input": role })).await;
    let ask = "mutation($input: CreateAdministratorInput!) { it: createAdministrator(input: $input) { emailAddress } }";
    let who = json!({ "firstName": "O", "lastName": "M", "emailAddress": format!("ombud@{whose}"), "password": "only reads", "roleIds": [role["id"]] });
    admin.asks(ask, json!({ "input": who })).await["emailAddress"].as_str().unwrap().to_owned()
}

/// All of an order is handed over to a carrier.
async fn is_sent(admin: &Guest<'_>, order: &Value) {
    let lines = order["lines"].as_array().unwrap().iter().map(|line| json!({ "orderLineId": line["id"], "quantity": line["quantity"] }));
    let handler = json!({ "code": "manual-fulfillment", "arguments": [{ "name": "method", "value": "Posten" }, { "name": "trackingCode", "value": "703" }] });
    let ask = "mutation($input: FulfillOrderInput!) { it: addFulfillmentToOrder(input: $input) { ... on Fulfillment { id } ... on ErrorResult { errorCode message } } }";
    let parcel = admin.asks(ask, json!({ "input": { "lines": lines.collect::<Vec<_>>(), "handler": handler } })).await;
    let ask = format!("mutation($id: ID!) {{ it: transitionFulfillmentToState(id: $id, state: \"Shipped\") {{ {REFUSAL} }} }}");
    admin.asks(&ask, json!({ "id": parcel["id"] })).await;
}

/// What its books say of everybody of this story.
async fn books(admin: &Guest<'_>, whose: &str) -> Vec<Value> {
    let ask = "query($options: OrderListOptions) { it: orders(options: $options) { items { \
        id code state currencyCode totalWithTax shippingWithTax orderPlacedAt customer { emailAddress firstName lastName user { id } } \
        lines { id quantity orderPlacedQuantity proratedLinePriceWithTax productVariant { sku } } \
        payments { id refunds { id state total reason } } fulfillments { id state trackingCode } history { items { type isPublic data } } } } }";
    let options = json!({ "take": 900, "sort": { "id": "ASC" }, "filter": { "customerLastName": { "isNull": false }, "orderPlacedAt": { "isNull": false } } });
    let all = admin.asks(ask, json!({ "options": options })).await;
    let ours = |order: &&Value| order["customer"]["emailAddress"].as_str().is_some_and(|email| email.ends_with(whose));
    all["items"].as_array().unwrap().iter().filter(ours).cloned().collect()
}

impl Running {
    /// Each order of the books stands in the copy as it stands there.
    async fn is_copied_whole(&self, books: &[Value]) {
        let copied = all_orders(&self.owner).await;
        for order in books {
            let code = &order["code"];
            let one = copied.iter().find(|one| one["number"] == *code).unwrap_or_else(|| panic!("{code} is missing"));
            assert_eq!(one["adds_up"], true, "{code} {one}");
            assert_eq!(
                (&one["total"]["currency"], &one["shipping"]["minor"]),
                (&order["currencyCode"], &order["shippingWithTax"]),
                "{code}"
            );
            let mut lines: Vec<&Value> = order["lines"].as_array().unwrap().iter().collect();
            lines.sort_by_key(|line| line["id"].as_str().unwrap().parse::<u64>().unwrap());
            let bought: Vec<Value> = one["lines"].as_array().unwrap().iter().map(|line| json!([line["sku"], line["quantity"]])).collect();
            let said: Vec<Value> = lines.iter().map(|line| json!([line["productVariant"]["sku"], line["orderPlacedQuantity"]])).collect();
            assert_eq!(bought, said, "{code}");
            if order["state"] != "Cancelled" {
                assert_eq!(one["total"]["minor"], order["totalWithTax"], "{code}");
                let totals: Vec<&Value> = one["lines"].as_array().unwrap().iter().map(|line| &line["total"]["minor"]).collect();
                assert_eq!(totals, lines.iter().map(|line| &line["proratedLinePriceWithTax"]).collect::<Vec<_>>(), "{code}");
            }
            let customer = self.owner.get(&format!("/customers/{}", one["customer"].as_str().unwrap())).await.ok();
            let buyer = &order["customer"];
            let name = format!("{} {}", buyer["firstName"].as_str().unwrap(), buyer["lastName"].as_str().unwrap());
            assert_eq!(customer["display_name"], name, "{code}");
            assert!(customer.to_string().contains(buyer["emailAddress"].as_str().unwrap()), "{code} {customer}");
        }
    }
}

#[story]
async fn what_people_buy_in_a_real_vendure_is_copied_one_by_one(story: Running) {
    let Running { world, owner, vendure, whose } = &story;
    let goods: [&[(usize, i64)]; 4] = [&[(0, 2), (2, 3)], &[(1, 1)], &[(2, 7), (3, 1), (0, 1)], &[(3, 13)]];
    for round in 0..6 {
        let emails = (0..4).map(|n| (format!("guest-{}@{whose}", (round * 4 + n) % 9), goods[n]));
        let emails: Vec<_> = emails.collect();
        // a guest has one cart at a time
        join_all(emails.iter().map(|(email, goods)| buys(vendure, email, goods, false))).await;
    }
    buys(vendure, &format!("ada@{whose}"), goods[0], true).await;

    let admin = vendure.admin().await;
    let settings = json!({ "address": vendure.url, "username": reader(&admin, whose).await, "password": "only reads" });
    let tested = owner.post("/connection-tests", json!({ "connector": "vendure", "settings": settings })).await.ok();
    assert!(tested["found"]["orders"].as_i64() >= Some(25), "{tested}");
    let made = owner.post("/connections", json!({ "connector": "vendure", "name": "Real", "settings": settings })).await.ok();
    world.settle().await;
    let connection = owner.get(&format!("/connections/{}", made["id"].as_str().unwrap())).await.ok();
    assert_eq!((&connection["doing"], &connection["trouble"]), (&json!("following"), &Value::Null), "{connection}");
    let before = books(&admin, whose).await;
    assert_eq!(before.len(), 25);
    story.is_copied_whole(&before).await;
    let guests = all_orders(owner).await.iter().map(|one| one["customer"].to_string()).collect::<std::collections::BTreeSet<_>>();
    assert!(guests.len() >= 10, "nine guests and one with an account");
    assert_eq!(crate::actor::items(owner.get("/products").await.ok()).len(), 4);

    // one is sent, one gets money back, one is cancelled, and somebody buys more
    let order = |n: usize| &before[n];
    is_sent(&admin, order(0)).await;
    let refund = story.real(order(1)).gives_back(1_000).await;
    world.settle().await;
    // this kind of payment is settled by hand in Vendure
    let standing = books(&admin, whose).await.into_iter().find(|one| one["code"] == order(1)["code"]).unwrap();
    let standing = &standing["payments"][0]["refunds"][0];
    let made = story.real(order(1)).action().await;
    assert_eq!((made.state.as_str(), made.said.as_str()), ("made", "Pending"));
    assert_eq!((&standing["state"], &standing["total"]), (&json!("Pending"), &json!(1_000)));
    assert_eq!(standing["reason"], format!("scratched ({refund})"));
    let ask = format!("mutation($input: SettleRefundInput!) {{ it: settleRefund(input: $input) {{ {REFUSAL} }} }}");
    admin.asks(&ask, json!({ "input": { "id": standing["id"], "transactionId": "t" } })).await;
    let ask = format!("mutation($input: CancelOrderInput!) {{ it: cancelOrder(input: $input) {{ {REFUSAL} }} }}");
    admin.asks(&ask, json!({ "input": { "orderId": order(2)["id"], "reason": "changed her mind" } })).await;
    buys(vendure, &format!("guest-1@{whose}"), goods[2], false).await;

    world.after(minutes(16)).await;
    let after = books(&admin, whose).await;
    assert_eq!(after.len(), 26);
    story.is_copied_whole(&after).await;
    let copied = all_orders(owner).await;
    let copy = |n: usize| copied.iter().find(|one| one["number"] == order(n)["code"]).unwrap();
    assert_eq!((&copy(0)["status"], &copy(0)["parcels"][0]["tracking"]), (&json!("in_transit"), &json!("703")));
    assert_eq!((&copy(1)["payment"], &copy(1)["refunded"]["minor"]), (&json!("partly_refunded"), &json!(1_000)));
    assert_eq!((&copy(2)["status"], &copy(2)["total"]["minor"]), (&json!("cancelled"), &order(2)["totalWithTax"]));
}

#[story]
async fn what_agents_ask_of_a_real_vendure_is_done_once_and_found_again(story: Running) {
    let Running { world, owner, vendure, whose } = &story;
    let whose = whose.replace(".example", ".deeds");
    for n in 0..3 {
        buys(vendure, &format!("guest-{n}@{whose}"), &[(0, 2), (2, 3)], false).await;
    }
    let admin = vendure.admin().await;
    let settings = json!({ "address": vendure.url, "username": reader(&admin, &whose).await, "password": "only reads" });
    owner.post("/connections", json!({ "connector": "vendure", "name": "Real", "settings": settings })).await.ok();
    world.settle().await;
    let before = books(&admin, &whose).await;
    let [noted, cancelled, sent] = before.as_slice() else { panic!("{before:?}") };
    is_sent(&admin, sent).await;

    let why = json!({ "cause": "customer", "reason": "Ordered twice" });
    let note = story.real(noted).asks("packing-notes", json!({ "text": "It is a present" })).await;
    let cancellation = story.real(cancelled).asks("cancellations", why.clone()).await;
    let too_late = story.real(sent).asks("cancellations", why).await;
    world.settle().await;
    let deeds = [(noted, note, Deed::PackingNote { text: "It is a present".into() }), (cancelled, cancellation, Deed::Cancellation)];
    for (order, action, deed) in deeds {
        let order_there = story.real(order);
        let Action { state, said, left } = order_there.action().await;
        assert_eq!((state.as_str(), said.as_str()), ("made", ""), "{order}");
        // what was paid can still be given back, what it cost to send as well
        assert_eq!(left, order["totalWithTax"]);
        // whoever does not know what became of it finds it, and nothing is done twice by whoever asks once more
        let made = Answer::made("");
        assert_eq!((order_there.looks(action, deed.clone()).await, order_there.acts(action, deed).await), (made.clone(), made));
    }
    let sent = story.real(sent);
    let refused = sent.action().await;
    assert_eq!((refused.state.as_str(), refused.said.as_str()), ("refused", "A parcel of the order is Shipped."));
    assert_eq!(sent.looks(too_late, Deed::Cancellation).await, Answer::Refused(String::new()));
    assert_eq!(sent.looks(note, Deed::PackingNote { text: String::new() }).await, Answer::Refused(String::new()));

    let after = books(&admin, &whose).await;
    assert_eq!([&after[0]["state"], &after[1]["state"], &after[2]["state"]], ["PaymentSettled", "Cancelled", "Shipped"]);
    let notes: Vec<&Value> = after[0]["history"]["items"].as_array().unwrap().iter().filter(|one| one["type"] == "ORDER_NOTE").collect();
    let [only] = notes.as_slice() else { panic!("{notes:?}") };
    assert_eq!((&only["isPublic"], &only["data"]["note"]), (&json!(false), &json!(format!("It is a present ({note})"))));

    // it stands as it was placed, and all that was paid is given back for it
    let copied = story.real(cancelled).copy().await;
    assert_eq!(
        (&copied["status"], &copied["total"]["minor"], &copied["adds_up"]),
        (&json!("cancelled"), &cancelled["totalWithTax"], &json!(true))
    );
    assert_eq!(copied["shipping"]["minor"], cancelled["shippingWithTax"]);
    let refund = story.real(cancelled).gives_back(cancelled["totalWithTax"].as_i64().unwrap()).await;
    world.settle().await;
    let given = books(&admin, &whose).await[1]["payments"][0]["refunds"][0].clone();
    assert_eq!((&given["total"], &given["reason"]), (&cancelled["totalWithTax"], &json!(format!("scratched ({refund})"))));
}

impl Running {
    fn real(&self, order: &Value) -> Real<'_> {
        let text = |name: &str| order[name].as_str().unwrap().to_owned();
        Real {
            world: &self.world,
            owner: &self.owner,
            at: self.vendure.url.strip_prefix("http://").unwrap(),
            number: text("code"),
            id: text("id"),
        }
    }
}
