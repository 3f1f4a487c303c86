//! What the stories beside real shop systems have in common: orders are known by their number, and asked about by their id there.

use commerce::{Answer, Asked, ShopSystems, deed::Deed};
use kernel::ActionId;
use serde_json::{Value, json};

use super::all_orders;
use crate::{
    actor::{Agent, items},
    world::World,
};

/// An order of a real shop system: how people know it, and how the system does.
pub struct Real<'a> {
    pub world: &'a World,
    pub owner: &'a Agent,
    /// Where the system is, without its scheme.
    pub at: &'a str,
    pub number: String,
    pub id: String,
}

/// What became of what was asked for last, and how much can still be given back.
pub struct Action {
    pub state: String,
    pub said: String,
    pub left: Value,
}

/// How many are left of what has this SKU, of all places together and at each.
pub async fn left_of(who: &Agent, sku: &str) -> Value {
    let products = items(who.get("/products").await.ok());
    let forms = products.iter().flat_map(|product| product["variants"].as_array().unwrap());
    let form = forms.into_iter().find(|form| form["sku"] == sku).unwrap_or_else(|| panic!("{sku} is missing"));
    json!([form["available"], form["stock"]])
}

impl Real<'_> {
    pub async fn copy(&self) -> Value {
        let all = all_orders(self.owner).await;
        all.into_iter().find(|one| one["number"] == self.number.as_str()).unwrap_or_else(|| panic!("{} is missing", self.number))
    }

    /// Asks for something to be done to it, as agents do.
    pub async fn asks(&self, what: &str, body: Value) -> ActionId {
        let path = format!("/orders/{}/{what}", self.copy().await["id"].as_str().unwrap());
        let asked = crate::credits::asks(self.owner, &path, body).await.ok();
        asked["id"].as_str().unwrap().parse().unwrap()
    }

    /// Gives back of it, and one of its first line with it.
    pub async fn gives_back(&self, minor: i64) -> ActionId {
        let copied = self.copy().await;
        let lines = json!([{ "line": copied["lines"][0]["reference"], "quantity": 1 }]);
        let amount = json!({ "minor": minor, "currency": copied["total"]["currency"] });
        self.asks("refunds", json!({ "amount": amount, "lines": lines, "cause": "product", "reason": "scratched" })).await
    }

    pub async fn action(&self) -> Action {
        let actions = self.owner.get(&format!("/orders/{}/actions", self.copy().await["id"].as_str().unwrap())).await.ok();
        let text = |name: &str| actions["items"][0][name].as_str().unwrap().to_owned();
        Action { state: text("state"), said: text("said"), left: actions["left"]["minor"].clone() }
    }

    fn asked(&self, action: ActionId, deed: Deed) -> Asked {
        let (shop, order) = (self.world.id(), format!("{}/{}", self.at, self.id));
        Asked { shop, action, order, deed, reason: "Ordered twice".into(), asked_at: self.world.app.now() }
    }
    pub async fn looks(&self, action: ActionId, deed: Deed) -> Answer {
        self.world.app.plugged::<ShopSystems>().unwrap().0[0].look(&self.world.app, &self.asked(action, deed)).await
    }
    pub async fn acts(&self, action: ActionId, deed: Deed) -> Answer {
        self.world.app.plugged::<ShopSystems>().unwrap().0[0].act(&self.world.app, &self.asked(action, deed)).await
    }
}
