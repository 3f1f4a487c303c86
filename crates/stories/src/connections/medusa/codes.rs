//! A code that an agent has a running Medusa make takes off what it says, of one order.

use axum::http::Method;
use commerce::{
    Answer,
    deed::{Deed, Off},
};
use serde_json::json;
use story_macro::story;

use super::{
    super::real::Action,
    Running, minor,
    shopping::{buys, customer, fills, pays},
};

#[story]
async fn a_code_made_in_a_real_medusa_takes_off_what_it_says_and_once(story: Running) {
    let Running { world, owner, medusa, whose } = &story;
    let whose = whose.replace(".example", ".codes");
    let goods = [(0, 2), (2, 3)];
    buys(medusa, &format!("guest@{whose}"), &goods, None).await;
    let order = medusa.books(&whose).await.remove(0);
    owner.post("/connections", json!({ "connector": "medusa", "name": "Real", "settings": story.form().await })).await.ok();
    world.settle().await;

    let real = story.real(&order);
    let shopper = customer(medusa, None);
    for (off, of, percent) in
        [(Off::Percent { percent: 15 }, "original_item_total", 15), (Off::Shipping {}, "original_shipping_total", 100)]
    {
        let body = json!({ "off": off, "days": 30, "cause": "carrier", "reason": "It came late" });
        let action = real.asks("discount-codes", body).await;
        world.settle().await;
        let Action { state, said: code, .. } = real.action().await;
        assert_eq!(state, "made", "{code}");
        // it is found by whoever does not know what became of it, and not made twice
        let deed = Deed::DiscountCode { off, days: 30 };
        assert_eq!((real.looks(action, deed.clone()).await, real.acts(action, deed).await), (Answer::made(&*code), Answer::made(&*code)));

        let applied = async || {
            let cart = fills(medusa, &format!("next@{whose}"), &goods, &shopper).await;
            let path = format!("/store/carts/{cart}/promotions");
            let answer = medusa.asks(Method::POST, &path, &shopper, Some(json!({ "promo_codes": [code] }))).await;
            (cart, answer["cart"].clone())
        };
        let (cart, told) = applied().await;
        assert!((minor(&told["discount_total"]) * 100 - minor(&told[of]) * percent).abs() <= 100, "{told}");
        pays(medusa, &cart, &shopper).await;
        let (_, told) = applied().await;
        assert_eq!(minor(&told["discount_total"]), 0, "it was good for one order");
    }
}
