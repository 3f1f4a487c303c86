//! Who looks like the same person, and why.

use serde_json::{Value, json};
use story_macro::story;

use super::{merges, undoes, writes};
use crate::{
    actor::{Agent, Answer, items},
    commerce::tent,
    world::World,
};

/// Who is suggested, with the reasons.
async fn suggested(agent: &Agent, customer: &str) -> Vec<(Value, Value)> {
    let found = items(agent.get(&format!("/customers/{customer}/duplicates")).await.ok());
    found.iter().map(|one| (one["customer"]["id"].clone(), one["reasons"].clone())).collect()
}

async fn dismisses(agent: &Agent, customer: &str, other: &str) -> Answer {
    agent.put(&format!("/customers/{customer}/duplicates/{other}/dismissal"), json!({})).await
}

async fn buys(world: &World, number: &str, buyer: Value) -> String {
    let mut order = tent(number, "2026-01-13T10:00:00Z");
    order["buyer"] = buyer;
    world.owner().post("/orders", order).await.ok()["customer"].as_str().unwrap().to_owned()
}

#[story]
async fn two_with_something_in_common_are_suggested_with_the_reason(world: World) {
    let ines = world.agent("Ines");
    let (_, _, chat) = writes(&world, "Mara").await;
    for (n, (known, buyer, likeness, shared)) in [
        (json!({ "email": "Mara@Example.org" }), json!({ "account": "1", "email": "mara@example.org" }), "same_email", "Mara@Example.org"),
        (json!({ "email": "guest@example.org" }), json!({ "email": "GUEST@example.org" }), "guest_address", "guest@example.org"),
        (json!({ "phone": "+47 22 22 22 22" }), json!({ "account": "3", "phone": "0047 22222222" }), "same_phone", "+47 22 22 22 22"),
    ]
    .into_iter()
    .enumerate()
    {
        ines.patch(&format!("/customers/{chat}"), json!({ "email": null, "phone": null })).await.ok();
        ines.patch(&format!("/customers/{chat}"), known).await.ok();
        let other = buys(&world, &n.to_string(), buyer).await;
        let reason = json!({ "likeness": likeness, "shared": shared });
        let found = suggested(&ines, &chat).await;
        assert_eq!((found.len(), &found[0].0), (1, &json!(other)), "{likeness}");
        assert!(found[0].1.as_array().unwrap().contains(&reason), "{}", found[0].1);
        assert_eq!(suggested(&ines, &other).await[0].0, json!(chat), "seen from the other side");
    }
}

#[story]
async fn a_full_name_counts_in_one_country_and_a_first_name_alone_never(world: World) {
    let ines = world.agent("Ines");
    let buyer = |account: &str, name: &str, country: &str| json!({ "account": account, "name": name, "country": country });
    let mara = buys(&world, "1", buyer("1", "Mara Lind", "NO")).await;
    let same = buys(&world, "2", buyer("2", "MARA LIND", "NO")).await;
    buys(&world, "3", buyer("3", "Mara Lind", "TR")).await;
    buys(&world, "4", buyer("4", "Mara Linde", "NO")).await;
    let only = buys(&world, "5", buyer("5", "Mara", "NO")).await;
    buys(&world, "6", buyer("6", "Mara", "NO")).await;

    assert_eq!(suggested(&ines, &mara).await, [(json!(same), json!([{ "likeness": "same_name", "shared": "Mara Lind" }]))]);
    assert_eq!(suggested(&ines, &only).await, []);
    let (one, other) = (buys(&world, "7", buyer("7", "王小明", "CN")).await, buys(&world, "8", buyer("8", "王小明", "CN")).await);
    assert_eq!(suggested(&ines, &one).await[0].0, json!(other));
}

#[story]
async fn who_was_told_apart_is_suggested_no_more_until_somebody_thinks_again(world: World) {
    let (ines, sara) = (world.agent("Ines"), world.member("Sara", "viewer"));
    let same = |account: &str| json!({ "account": account, "email": "family@example.org" });
    let (a, b) = (buys(&world, "1", same("1")).await, buys(&world, "2", same("2")).await);
    assert_eq!(dismisses(&sara, &a, &b).await.problem(), "forbidden");
    assert_eq!(dismisses(&ines, &a, &a).await.problem(), "invalid");
    for _ in 0..2 {
        dismisses(&ines, &a, &b).await.ok();
        assert_eq!((suggested(&ines, &a).await, suggested(&ines, &b).await), (vec![], vec![]));
    }
    // whoever they are merged with is not suggested for the other either
    let c = buys(&world, "3", same("3")).await;
    assert_eq!(suggested(&ines, &c).await.len(), 2);
    merges(&ines, &c, &b).await.ok();
    assert_eq!((suggested(&ines, &a).await, suggested(&ines, &c).await), (vec![], vec![]));
    undoes(&ines, &c, &b).await.ok();

    ines.delete(&format!("/customers/{b}/duplicates/{a}/dismissal")).await.ok();
    assert_eq!((suggested(&ines, &a).await.len(), suggested(&ines, &b).await.len()), (2, 2));
}

#[story]
async fn whoever_is_merged_erased_or_in_another_shop_is_not_suggested(world: World) {
    let (ines, owner) = (world.agent("Ines"), world.owner());
    let same = |account: &str| json!({ "account": account, "email": "mara@example.org" });
    let (a, b, c) = (buys(&world, "1", same("1")).await, buys(&world, "2", same("2")).await, buys(&world, "3", same("3")).await);
    let mut there = tent("1", "2026-01-13T10:00:00Z");
    there["buyer"] = same("1");
    world.other_shop().owner().post("/orders", there).await.ok();

    merges(&ines, &a, &b).await.ok();
    assert_eq!((suggested(&ines, &a).await.len(), &suggested(&ines, &a).await[0].0), (1, &json!(c)));
    assert_eq!((suggested(&ines, &c).await.len(), &suggested(&ines, &c).await[0].0), (1, &json!(a)), "them as a whole, once");
    undoes(&ines, &a, &b).await.ok();
    owner.put(&format!("/customers/{c}/erasure"), json!({})).await.ok();
    assert_eq!((suggested(&ines, &a).await.len(), suggested(&ines, &c).await), (1, vec![]));
    assert_eq!(suggested(&ines, &a).await[0].0, json!(b));
}

#[story]
async fn never_more_than_ten_are_suggested(world: World) {
    let ines = world.agent("Ines");
    let mut last = String::new();
    for number in 0..13 {
        last = buys(&world, &number.to_string(), json!({ "account": number.to_string(), "email": "office@example.org" })).await;
    }
    assert_eq!(suggested(&ines, &last).await.len(), 10);
}
