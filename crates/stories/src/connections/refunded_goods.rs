//! What becomes of the goods that money is given back for, and whether the shop system tells the customer: as it was asked to, in the
//! same step, and only where it can.

use axum::http::StatusCode;
use kernel::minutes;
use serde_json::{Value, json};
use story_macro::story;

use super::{
    Connected, GivesMoneyAlone, Shopify, TakesBack, Weather,
    refunds::{actions, of, state, wanted},
    standins::Refund,
};
use crate::credits::asks;

/// One of the mugs goes back into stock with its money.
fn with_a_mug(order: &Value) -> Value {
    let mut body = wanted(1_544);
    body["lines"] = json!([{ "line": order["lines"][1]["reference"], "quantity": 1 }]);
    body["restock"] = json!(true);
    body
}

impl<W> Connected<W> {
    fn refunds_made(&self) -> Vec<Refund> {
        self.shop.books().orders[0].refunds.clone()
    }
}

#[story]
async fn nothing_goes_back_into_stock_and_nobody_is_told_unless_that_is_asked_for(world: Connected<Shopify>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    let mut body = with_a_mug(&order);
    body["restock"] = json!(false);
    asks(&ines, &of(&order), body).await.ok();
    asks(&ines, &of(&order), json!({ "amount": { "minor": 100, "currency": "NOK" }, "cause": "carrier", "reason": "Late" })).await.ok();
    let mut told = wanted(200);
    told["notify"] = json!(true);
    asks(&ines, &of(&order), told).await.ok();
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["made"; 3]);
    let made = world.refunds_made();
    assert_eq!(made.iter().map(|refund| refund.told).collect::<Vec<_>>(), [false, false, true]);
    assert!(made.iter().all(|refund| refund.back.is_empty()), "what is not sent yet stays in the order: {made:?}");
}

#[story]
async fn goods_go_back_into_stock_with_the_money_once_though_the_answer_is_lost(world: Connected<TakesBack>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    assert_eq!(ines.get(&actions(&order)).await.ok()["refunds"]["restock"], true);
    world.shop.books().weather = Weather::AfterTheWork;
    let asked = asks(&ines, &of(&order), with_a_mug(&order)).await.ok();
    assert_eq!(asked["deed"]["restock"], true);
    world.settle().await;
    assert_eq!(state(&ines, &order).await, ["unknown"]);
    world.shop.books().weather = Weather::Fair;
    world.after(minutes(16)).await;
    assert_eq!(state(&ines, &order).await, ["made"]);
    let made = world.refunds_made();
    let back: Vec<_> =
        made.iter().map(|refund| (refund.amount, refund.back.iter().map(|one| (one.0, one.1)).collect::<Vec<_>>())).collect();
    assert_eq!(back, [(1_544, vec![(12, 1)])]);
    let copied = world.order("CODE1").await;
    assert_eq!((&copied["lines"][1]["refunded"], &copied["refunded"]["minor"]), (&json!(1), &json!(1_544)));
    // of nothing nothing goes back
    let mut body = with_a_mug(&order);
    body["lines"] = json!([]);
    let refused = asks(&ines, &of(&order), body).await;
    assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("lines")));
}

#[story]
async fn what_was_sent_comes_back_and_what_was_not_is_not_sent_any_more(world: Connected<Shopify>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    asks(&ines, &of(&order), with_a_mug(&order)).await.ok();
    world.settle().await;
    world.shop.changes(1, |order, now| order.is_sent(now));
    asks(&ines, &of(&order), with_a_mug(&order)).await.ok();
    world.settle().await;
    let ways: Vec<_> = world.refunds_made().iter().flat_map(|refund| refund.back.clone()).collect();
    assert_eq!(ways, [(12, 1, "CANCEL"), (12, 1, "RETURN")]);
    // more than there are come back of none
    asks(&ines, &of(&order), with_a_mug(&order)).await.ok();
    world.settle().await;
    let refused = ines.get(&actions(&order)).await.ok()["items"][0].clone();
    assert_eq!(refused["state"], "refused");
    assert!(refused["said"].as_str().unwrap().starts_with("Of one of these fewer are left"), "{refused}");
    assert_eq!(world.refunds_made().len(), 2);
}

#[story]
async fn what_a_shop_system_cannot_do_with_a_refund_is_not_asked_of_it(world: Connected<GivesMoneyAlone>) {
    let order = world.sold().await;
    let ines = world.agent("Ines");
    assert_eq!(ines.get(&actions(&order)).await.ok()["refunds"], json!({ "restock": false, "notify": false }));
    for what in ["restock", "notify"] {
        let mut body = with_a_mug(&order);
        body["restock"] = json!(false);
        body[what] = json!(true);
        let refused = asks(&ines, &of(&order), body).await;
        assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(what)));
    }
    world.settle().await;
    assert_eq!(world.refunds_made().len(), 0);
}
