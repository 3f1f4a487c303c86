//! Who waits, and for whom.

use super::*;

/// Somebody else's number.
const ADA: &str = "+4791111111";

#[story]
async fn callers_wait_in_line_in_the_order_in_which_they_called(world: Voiced) {
    world.line().await;
    world.reached_at("Ines", INES).await;
    let mut first = world.calls("CA1", MARA).await;
    world.picked_up(&mut first, Some("1")).await;
    world.after(seconds(1)).await;
    let mut second = world.calls("CA2", ADA).await;
    world.after(seconds(1)).await;
    let mut third = world.calls("CA3", "+4792222222").await;
    assert_eq!(second.heard[1], "We are all on the phone. You are number 1 in line. Stay on the line, or press 1 and we call you back.");
    assert!(third.heard[1].contains("You are number 2 in line."), "{:?}", third.heard);
    assert_eq!(third.rings, None);

    // Ines is free: the third looks first, and the second is put through all the same
    let ask = first.member_hangs_up();
    world.goes_on(&mut first, ask).await;
    world.nothing_happens(&mut third).await;
    assert_eq!(third.rings, None);
    world.nothing_happens(&mut second).await;
    assert_eq!(second.rings.as_deref(), Some(INES));
    world.nothing_happens(&mut third).await;
    assert_eq!(third.rings, None, "a telephone rings for one");
    // whoever has waited for long enough is offered something else
    world.after(minutes(5)).await;
    world.nothing_happens(&mut third).await;
    assert!(third.heard.last().unwrap().starts_with("Nobody can come"), "{:?}", third.heard);
}

#[story]
async fn whoever_waits_can_be_called_back_and_is_out_of_line(world: Voiced) {
    world.line().await;
    world.reached_at("Ines", INES).await;
    let mut first = world.calls("CA1", MARA).await;
    world.picked_up(&mut first, Some("1")).await;
    let mut second = world.calls("CA2", ADA).await;
    world.after(seconds(1)).await;
    let third = world.calls("CA3", "+4792222222").await;
    assert!(third.heard[1].contains("number 2 in line"));
    world.presses(&mut second, "1").await;
    assert!(second.over && second.heard.last().unwrap().starts_with("Thank you. We will call you back"), "{:?}", second.heard);
    let mut third = third;
    world.nothing_happens(&mut third).await;
    assert!(third.heard.last().unwrap().contains("number 1 in line"), "{:?}", third.heard);
    let missed = items(world.owner().get("/calls?outcome=missed").await.ok());
    assert_eq!((missed.len(), &missed[0]["caller"]), (1, &json!(ADA)));
}

#[story]
async fn only_those_are_rung_who_are_there_for_it_and_where_it_is_allowed(world: Voiced) {
    let owner = world.owner();
    let (ines, nils) = (world.agent("Ines"), world.agent("Nils"));
    assert_eq!(ines.put("/own-phone", json!({ "number": INES })).await.problem(), "conflict", "no line rings anybody yet");
    let me = ines.get("/session").await.ok()["member"]["id"].as_str().unwrap().to_owned();
    let department = json!({ "name": "Phones", "names": {}, "about": {}, "shown_in_chat": false, "members": [me] });
    let department = owner.post("/departments", department).await.ok()["id"].clone();
    let line = world.line_of(json!({ "department": department, "prefixes": ["+479", "+46 7"] })).await;
    nils.put("/own-phone", json!({ "number": NILS })).await.ok();
    let chosen = ines.put("/own-phone", json!({ "number": "+46 70 123 45 67" })).await.ok();
    assert_eq!(chosen, json!({ "number": "+46701234567", "prefixes": ["+467", "+479"] }));

    let rings = async |sid: &str| {
        let mut call = world.calls(sid, MARA).await;
        let rings = call.rings.clone();
        world.hangs_up(&mut call).await;
        rings
    };
    assert_eq!(rings("CA1").await.as_deref(), Some("+46701234567"), "those of another department are not rung");
    ines.put(&format!("/members/{me}/availability"), json!({ "availability": "away" })).await.ok();
    assert_eq!(rings("CA2").await, None);
    ines.put(&format!("/members/{me}/availability"), json!({ "availability": "online" })).await.ok();
    owner.put(&format!("/voice-lines/{line}"), with(form(), json!({ "department": department, "token": null }))).await.ok();
    assert_eq!(rings("CA3").await, None, "Sweden is not rung any more");

    for (what, number) in [
        ("another country", "+46 70 123 45 67"),
        ("a number that earns", "+47 820 00 000"),
        ("a free number", "+47 800 00 000"),
        ("a satellite", "+881612345678"),
        ("a number without its country", "90 00 00 01"),
        ("no number", "+47 1"),
        ("our own words", "<Say>"),
    ] {
        assert_eq!(ines.put("/own-phone", json!({ "number": number })).await.problem(), "invalid", "{what}");
    }
    assert_eq!(ines.put("/own-phone", json!({ "number": null })).await.ok()["number"], Value::Null);
    assert_eq!(ines.get("/own-phone").await.ok(), json!({ "number": null, "prefixes": ["+474", "+479"] }));
    assert_eq!(nils.get("/own-phone").await.ok()["number"], NILS, "everybody has their own");
    world.settle().await;
    assert_eq!(world.events("own_phone_changed").await.len(), 3);
}
