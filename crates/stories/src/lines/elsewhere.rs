//! Answered through a partner where they wrote otherwise: told of every partner.

use kernel::days;
use serde_json::json;
use story_macro::story;

use super::{Lined, StatusCode, Talk, pairs, said, state_of};
use crate::email::elsewhere::told;

#[story]
async fn whoever_wrote_there_once_is_answered_there_for_as_long_as_it_is_taken(world: Lined) {
    world.connects().await;
    let (ines, face) = (world.agent("Ines"), world.partner.face);
    let chat = world.shopper("Ada").begins("Where is my tent?").await;
    assert_eq!(told(&ines.outlets(&chat).await), [json!(["chat", true, 1, null]), json!([face.channel(), false, null, "unheard"])]);

    world.writes(1, "Hello?").await;
    let there = ines.list("all").await.into_iter().find(|row| row["channel"] == face.channel()).unwrap();
    let whose = ines.sees(&chat).await["customer"]["id"].as_str().unwrap().to_owned();
    ines.post(&format!("/customers/{whose}/merges"), json!({ "other": there["customer"]["id"] })).await.ok();
    world.settle().await;
    let outlets = ines.outlets(&chat).await;
    assert_eq!(told(&outlets), [json!(["chat", true, 1, null]), json!([face.channel(), false, 2, null])]);
    assert_eq!(outlets[1]["until"], json!(face.answered_within().map(|within| world.in_(within))));

    let sent = ines.answers_elsewhere(&chat, "first", &outlets[1], "It comes today.").await;
    assert_eq!((sent.status, &sent.json()["conversation"]["id"]), (StatusCode::CREATED, &there["id"]));
    world.settle().await;
    let talk = Talk { id: there["id"].as_str().unwrap().to_owned(), number: 2 };
    assert_eq!(state_of(&ines.reads(&talk).await, "It comes today."), json!(["sent", null]));
    assert_eq!(world.sent().iter().map(|one| (one.to.as_str(), one.text.as_str())).collect::<Vec<_>>(), [(face.peer(), "It comes today.")]);

    // what was settled there goes on in another conversation with the same one
    ines.resolves(&talk).await;
    world.after(days(30)).await;
    ines.signs_in_again().await;
    let outlets = ines.outlets(&chat).await;
    let closed = match face.answered_within() {
        None => json!(null),
        Some(_) if face.channel() == "whatsapp" => json!("template_only"),
        Some(_) => json!("window_over"),
    };
    assert_eq!(told(&outlets)[1], json!([face.channel(), false, null, closed]));
    let sent = ines.answers_elsewhere(&chat, "second", &outlets[1], "Did it come?").await;
    if closed.is_null() {
        assert_eq!((sent.status, sent.json()["conversation"]["number"].clone()), (StatusCode::CREATED, json!(3)));
        world.settle().await;
        assert_eq!(world.sent().last().unwrap().to, face.peer());
    } else {
        assert_eq!((sent.status, sent.problem()), (StatusCode::CONFLICT, "outlet_closed".to_owned()));
    }
}

#[story]
async fn a_number_is_written_to_first_where_the_partner_lets_us(world: Lined) {
    world.connects().await;
    let (ines, face) = (world.agent("Ines"), world.partner.face);
    let chat = world.shopper("Ada").begins("Where is my tent?").await;
    let whose = ines.sees(&chat).await["customer"]["id"].as_str().unwrap().to_owned();
    let number = if face.channel() == "sms" { face.peer() } else { "+4740000000" };
    ines.post(&format!("/customers/{whose}/addresses"), json!({ "kind": "phone", "address": number })).await.ok();
    let outlets = ines.outlets(&chat).await;
    if face.channel() != "sms" {
        assert_eq!(told(&outlets)[1], json!([face.channel(), false, null, "unheard"]));
        assert_eq!(ines.answers_elsewhere(&chat, "first", &outlets[1], "Hi").await.problem(), "outlet_closed");
        return;
    }
    assert_eq!((told(&outlets)[1].clone(), &outlets[1]["to"]), (json!(["sms", false, null, null]), &json!(number)));
    let sent = ines.answers_elsewhere(&chat, "first", &outlets[1], "It comes today.").await;
    assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
    world.settle().await;
    assert_eq!(world.sent().iter().map(|one| (one.to.as_str(), one.text.as_str())).collect::<Vec<_>>(), [(number, "It comes today.")]);
    // what they write back stands there
    world.writes(1, "Thanks!").await;
    let talk = Talk { id: sent.json()["conversation"]["id"].as_str().unwrap().to_owned(), number: 2 };
    assert_eq!(said(&ines.reads(&talk).await), pairs(&[("reply", "It comes today."), ("customer", "Thanks!")]));
}
