//! The line itself: how it is connected, who may ask about it, and what stands beside it on the same number.

use sandbox::{Call, Writes};

use super::*;

#[story]
async fn a_number_is_connected_where_twilio_knows_it_and_let_go_with_its_line(world: Voiced) {
    let owner = world.owner();
    for (what, more, field) in [
        ("another token", json!({ "token": "another" }), "token"),
        ("no token", json!({ "token": null }), "token"),
        ("another number", json!({ "number": "+47 21 00 00 01" }), "number"),
        ("no account", json!({ "account": "AC1" }), "account"),
        ("nothing that may be rung", json!({ "prefixes": [] }), "prefixes"),
        ("a whole country", json!({ "prefixes": ["+474", "+47"] }), "prefixes"),
        ("all there is", json!({ "prefixes": ["+"] }), "prefixes"),
    ] {
        let refused = owner.post("/voice-lines", with(form(), more)).await;
        assert_eq!(
            (refused.status, refused.json()["fields"][0]["field"].as_str()),
            (StatusCode::UNPROCESSABLE_ENTITY, Some(field)),
            "{what}: {}",
            refused.text()
        );
    }
    assert!(items(owner.get("/phone-lines").await.ok()).is_empty() && world.twilio.book().voice.is_empty(), "nothing is there by half");
    world.twilio.book().weather = sandbox::Weather::Down;
    assert_eq!(owner.post("/voice-lines", form()).await.status, StatusCode::BAD_GATEWAY);
    world.twilio.book().weather = sandbox::Weather::Fine;

    let id = world.line().await;
    assert_eq!(owner.post("/voice-lines", form()).await.problem(), "conflict", "it is connected already");
    let line = owner.get(&format!("/phone-lines/{id}")).await.ok();
    let voice = json!({ "account": form()["account"], "language": "en", "greeting": null, "prefixes": ["+474", "+479"] });
    assert_eq!((&line["voice"], &line["number"]), (&voice, &json!("+4721000000")));
    assert!(!owner.get("/phone-lines").await.text().contains(form()["token"].as_str().unwrap()), "the token is not shown");
    let told = world.twilio.book().voice.clone();
    let at = format!("{DESK}/api/v1/voice-webhooks/{}/{id}", world.id());
    for (name, said) in [("VoiceUrl", "/arrived"), ("VoiceFallbackUrl", "/sorry"), ("StatusCallback", "/ended")] {
        assert_eq!(told[name], format!("{at}{said}"));
    }
    // as a line of any other make it cannot be changed
    assert_eq!(owner.put(&format!("/phone-lines/{id}"), crate::telephone::form()).await.problem(), "conflict");
    assert_eq!(owner.post(&format!("/phone-lines/{id}/secrets"), Value::Null).await.problem(), "conflict");
    let other = with(form(), json!({ "number": "+47 21 00 00 01" }));
    assert_eq!(owner.put(&format!("/voice-lines/{id}"), other).await.problem(), "conflict");
    let greeted = with(form(), json!({ "token": null, "greeting": "Tom & Jerry's <b>shop</b>", "name": "Hotline" }));
    assert_eq!(owner.put(&format!("/voice-lines/{id}"), greeted).await.ok()["name"], "Hotline");
    assert_eq!(world.calls("CA1", MARA).await.heard[0], "Tom & Jerry's <b>shop</b>");

    assert!(owner.delete(&format!("/phone-lines/{id}")).await.status.is_success());
    assert!(world.twilio.book().voice.values().all(|said| !said.contains("desk.example")), "{:?}", world.twilio.book().voice);
    assert_eq!(world.agent("Ines").post("/voice-lines", form()).await.status, StatusCode::FORBIDDEN);
}

#[story]
async fn nobody_but_twilio_is_told_what_to_do(world: Voiced) {
    let id = world.line().await;
    let neutral = world.owner().post("/phone-lines", crate::telephone::form()).await.ok()["line"]["id"].as_str().unwrap().to_owned();
    let call = VoiceCall::of(&world.twilio.book(), "CA1", MARA);
    let good = call.arrives();
    let at = |address: String| Ask { address, call: good.call.clone() };
    let changed = |body: &str| Ask { address: good.address.clone(), call: Call { body: body.to_owned(), ..good.call.clone() } };
    let bare = Ask { call: Call { headers: Vec::new(), ..good.call.clone() }, ..good.clone() };
    for (what, ask, status) in [
        ("unsigned", bare, StatusCode::UNAUTHORIZED),
        ("altered", changed("CallSid=CA1&From=%2B4799999999"), StatusCode::UNAUTHORIZED),
        ("of another step", at(good.address.replace("arrived", "taken")), StatusCode::UNAUTHORIZED),
        ("about another member", at(format!("{}?member=mem_1", good.address)), StatusCode::UNAUTHORIZED),
        ("of another line", at(good.address.replace(&id, &neutral)), StatusCode::NOT_FOUND),
        ("of another shop", at(good.address.replace(&world.id().to_string(), &world.other_shop().id().to_string())), StatusCode::NOT_FOUND),
        ("of no step", at(good.address.replace("arrived", "elsewhere")), StatusCode::NOT_FOUND),
    ] {
        let answer = world.asked(&ask).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
    }
    let padded = call.asks(&good.address, "ringing", &[("Padding", &"x".repeat(16 << 10))]);
    assert_eq!(world.asked(&padded).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(items(world.owner().get("/calls").await.ok()).is_empty());
    // a key that some other member's telephone pressed takes nothing
    world.reached_at("Ines", INES).await;
    let nils = world.reached_at("Nils", NILS).await.get("/session").await.ok()["member"]["id"].as_str().unwrap().to_owned();
    let call = world.calls("CA2", MARA).await;
    let taken = format!("{}?call=CA2&member={nils}", good.address.replace("arrived", "taken"));
    let answer = world.answers(&call.asks(&taken, "in-progress", &[("Digits", "1")])).await;
    assert!(answer.contains("<Hangup/>"), "{answer}");
    assert_eq!(world.rings_for(&world.owner()).await.len(), 1);
}

#[story]
async fn one_number_takes_calls_and_text_messages(world: Voiced) {
    let sms = json!({ "channel": "sms", "name": "Texts", "department": null, "settings": { "account": form()["account"], "token": form()["token"], "number": form()["number"] } });
    world.owner().post("/lines", sms).await.ok();
    world.settle().await;
    world.line().await;
    world.after(minutes(61)).await;
    let call = world.calls("CA1", MARA).await;
    assert_eq!(call.heard[0], "Welcome to Fjell & Fjord. Please hold the line.");
    let text = world.twilio.writes(Writes { from: MARA, id: 1, text: "And where is my tent?", name: "Mara", file: None });
    let address = world.twilio.book().hook.clone().expect("it still knows where texts go").address;
    assert_eq!(world.asked(&Ask { address, call: text }).await.status, StatusCode::OK);
    world.settle().await;
    let channels: Vec<Value> = world.owner().list("all").await.iter().map(|row| row["channel"].clone()).collect();
    assert_eq!(channels, ["sms"]);
    assert_eq!(items(world.owner().get("/calls").await.ok()).len(), 1);
    assert!(world.asked_wrongly().is_empty(), "{:?}", world.asked_wrongly());
}
