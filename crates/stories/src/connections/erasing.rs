//! A copy is taken out again: all that came from a shop system goes, and whoever is known through anything else stays.

use kernel::minutes;
use serde_json::{Value, json};
use story_macro::story;

use super::{
    Connected, Vendure, Weather, WooCommerce, all_orders,
    refunds::{of, wanted},
};
use crate::{
    actor::{Answer, items},
    commerce::tent,
    credits::asks,
    customers::{arrives, signed},
    erasure::canaries::everything_stored,
};

impl<W> Connected<W> {
    async fn erases(&self, id: &str) -> Answer {
        self.owner().put(&format!("/connections/{id}/erasure"), Value::Null).await
    }
    async fn count(&self, what: &str) -> usize {
        items(self.owner().get(&format!("/{what}?limit=100")).await.ok()).len()
    }
    /// The customer who placed this order.
    async fn buyer(&self, number: &str) -> String {
        self.order(number).await["customer"].as_str().unwrap().to_owned()
    }
    /// The third buyer looks in at the chat, signed in at the shop; who they are here.
    async fn comes_in(&self) -> String {
        let key = self.owner().post("/widget/keys", json!({})).await.ok();
        let claims = json!({ "sub": format!("{}/3", self.shop.address), "nonce": self.fresh_key() });
        let arrived = arrives(self, &signed(self, key["secret"].as_str().unwrap(), claims).await).await.ok();
        arrived["customer"]["id"].as_str().unwrap().to_owned()
    }
}

#[story]
async fn nothing_of_an_erased_copy_is_left(world: Connected) {
    world.sells(130);
    let id = world.connects().await;
    world.settle().await;
    let host = world.shop.address.to_string();
    let left = async || {
        let stored = everything_stored(world.app.config()).await;
        let stored = String::from_utf8_lossy(&stored);
        let words = ["CODE7", "CODE130", "mara-7@example.org", "Lind 130", "TENT-2", "Tent 1", host.as_str()];
        words.into_iter().filter(|word| stored.contains(word)).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = left().await;
    assert!(before.len() >= 7, "otherwise this proves nothing: {before:?}");

    let ending = world.erases(&id).await.ok();
    assert_eq!((&ending["doing"], &ending["erased"]), (&json!("erasing"), &json!({ "orders": 0, "customers": 0, "products": 0 })));
    world.settle().await;

    assert_eq!((all_orders(&world.owner()).await.len(), world.count("customers").await, world.count("products").await), (0, 0, 0));
    assert_eq!(world.owner().get(&format!("/connections/{id}")).await.problem(), "not_found");
    assert_eq!(left().await, Vec::<String>::new());
    assert_eq!((world.events("connection_erased").await.len(), world.events("connection_ended").await.len()), (1, 1));
    assert_eq!(world.events("customer_erased").await.len(), 0, "nobody asked for that");
}

#[story]
async fn whoever_is_known_through_anything_else_stays(world: Connected) {
    world.sells(9);
    let id = world.connects().await;
    world.settle().await;
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let mut known = Vec::new();
    for number in 1..=6 {
        known.push(world.buyer(&format!("CODE{number}")).await);
    }
    ines.post(&format!("/customers/{}/notes", known[0]), json!({ "text": "Called twice" })).await.ok();
    let tag = owner.post("/customer-tags", json!({ "name": "VIP" })).await.ok()["id"].clone();
    ines.put(&format!("/customers/{}/tags", known[1]), json!({ "tags": [tag] })).await.ok();
    let credit = json!({ "amount": { "minor": 500, "currency": "NOK" }, "reason": "Sorry" });
    asks(&owner, &format!("/customers/{}/credits", known[2]), credit).await.ok();
    ines.put(&format!("/customers/{}/block", known[3]), json!({})).await.ok();
    let merge = ines.post(&format!("/customers/{}/merges", known[4]), json!({ "other": known[5] })).await;
    assert!(merge.status.is_success(), "{}", merge.text());
    // one more has bought elsewhere, too
    let mut order = tent("1042", "2026-01-13T10:00:00Z");
    order["buyer"] = json!({ "email": "mara-7@example.org" });
    owner.post("/orders", order).await.ok();

    world.erases(&id).await.ok();
    world.settle().await;

    let orders = all_orders(&owner).await;
    assert_eq!((orders.len(), &orders[0]["number"]), (1, &json!("#1042")));
    for id in &known[..5] {
        owner.get(&format!("/customers/{id}")).await.ok();
    }
    // six, two of whom are one by now, and the one who bought elsewhere
    assert_eq!(world.count("customers").await, 6);
    assert_eq!(items(owner.get("/customers?q=mara-7@example.org").await.ok()).len(), 1);
    assert_eq!(items(owner.get("/customers?q=mara-8@example.org").await.ok()).len(), 0);
}

#[story]
async fn whoever_has_been_in_the_chat_stays_and_is_known_again(world: Connected<WooCommerce>) {
    world.sells(3);
    let id = world.connects().await;
    world.settle().await;
    let buyer = world.buyer("CODE3").await;
    assert_eq!(world.comes_in().await, buyer);

    world.erases(&id).await.ok();
    world.settle().await;
    assert_eq!(world.count("customers").await, 1);
    assert_eq!(world.comes_in().await, buyer, "and they are known again");
}

#[story]
async fn a_connection_that_is_ending_does_nothing_else(world: Connected) {
    world.sells(3);
    let id = world.connects().await;
    world.settle().await;
    let (owner, one) = (world.owner(), format!("/connections/{id}"));
    world.erases(&id).await.ok();
    let asked = world.shop.books().asked;

    let change = json!({ "name": "Ours", "settings": world.shop.form() });
    for answer in [
        world.erases(&id).await,
        owner.delete(&one).await,
        owner.put(&one, change).await,
        owner.put(&format!("{one}/pause"), Value::Null).await,
        owner.delete(&format!("{one}/pause")).await,
        owner.post(&format!("{one}/tests"), Value::Null).await,
        owner.post("/connections", world.filled_in()).await,
    ] {
        assert_eq!(answer.problem(), "conflict");
    }
    world.after(minutes(20)).await;
    assert_eq!(world.shop.books().asked, asked, "nobody asks it for anything");

    // connected again it is copied as if for the first time
    world.connects().await;
    world.settle().await;
    world.is_copied_whole().await;
}

#[story]
async fn a_shop_that_is_connected_twice_is_not_erased_through_one_of_them(world: Connected) {
    world.sells(3);
    let id = world.connects().await;
    let other = world.connects().await;
    world.settle().await;
    assert_eq!(world.erases(&id).await.problem(), "conflict");
    assert_eq!(world.connection(&id).await["doing"], "following");

    world.owner().delete(&format!("/connections/{other}")).await.ok();
    world.erases(&id).await.ok();
    world.settle().await;
    assert_eq!(all_orders(&world.owner()).await.len(), 0);
}

#[story]
async fn an_order_is_not_erased_while_its_shop_system_is_asked_about_it(world: Connected<Vendure>) {
    let order = world.sold().await;
    let id = items(world.owner().get("/connections").await.ok())[0]["id"].as_str().unwrap().to_owned();
    asks(&world.agent("Ines"), &of(&order), wanted(1_000)).await.ok();
    world.shop.books().weather = Weather::Silence;
    // the process ends while the answer is awaited
    tokio::select! {
        () = world.settle() => panic!("it waits"),
        () = world.shop.silent.notified() => (),
    }
    world.erases(&id).await.ok();
    world.after(minutes(1)).await;
    assert_eq!(all_orders(&world.owner()).await.len(), 3, "nor are those beside it");

    // five minutes later nothing can be under way any more, and nobody can be asked what became of it
    world.after(minutes(10)).await;
    assert_eq!(all_orders(&world.owner()).await.len(), 0);
    assert_eq!(world.count("connections").await, 0);
}
