//! What becomes of an answer while its partner works, does not, or says nothing.

use kernel::{MessageId, hours, minutes};
use sandbox::{Sent, Weather};
use serde_json::{Value, json};
use story_macro::story;

use super::{Lined, StatusCode, items, public::Squared, state_of};

#[story]
async fn an_answer_waits_while_the_partner_cannot_take_it_and_fails_where_it_never_will(world: Lined) {
    let id = world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    for (weather, text) in [(Weather::Down, "One"), (Weather::Busy, "Two")] {
        world.weather(weather);
        let state = world.settled_reply(&ines, &talk, text).await;
        assert!(state[0] == "queued" && state[1].is_string(), "{weather:?}: {state}");
        world.weather(Weather::Fine);
        world.after(minutes(6)).await;
        assert_eq!(state_of(&ines.reads(&talk).await, text), json!(["sent", null]));
    }
    world.weather(Weather::Refusing);
    let state = world.settled_reply(&ines, &talk, "Three").await;
    assert!(state[0] == "failed" && state[1].is_string(), "{state}");

    // a token that ended is seen at the line, and what is answered waits until somebody has put it right
    world.weather(Weather::SignedOut);
    let state = world.settled_reply(&ines, &talk, "Four").await;
    assert!(state[0] == "queued", "{state}");
    assert_eq!(world.line(&id).await["trouble"]["kind"], "sign_in_refused");
    assert!(!world.events("line_turned").await.is_empty());
    world.weather(Weather::Fine);
    world.after(hours(1)).await;
    assert_eq!(world.line(&id).await["trouble"], Value::Null);
    assert_eq!(state_of(&ines.reads(&talk).await, "Four"), json!(["sent", null]));
    assert_eq!(world.sent().iter().map(|sent| sent.text.as_str()).collect::<Vec<_>>(), ["One", "Two", "Four"]);
}

#[story]
async fn an_answer_that_may_have_arrived_is_never_sent_again_by_itself(world: Lined) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    world.weather(Weather::BreaksOff);
    let state = world.settled_reply(&ines, &talk, "It comes today.").await;
    assert!(state[0] == "unknown" && state[1].is_string(), "{state}");
    world.weather(Weather::Fine);
    world.after(hours(5)).await;
    assert_eq!(world.sent().len(), 1);
    // what the partner says of it later lifts the doubt
    let sent = world.sent().remove(0);
    if sent.ours.is_some() {
        let call = world.partner.receipt(&sent, "delivered");
        assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
        world.settle().await;
        assert_eq!(state_of(&ines.reads(&talk).await, "It comes today."), json!(["delivered", null]));
    }
}

#[story]
async fn an_answer_that_left_and_could_not_be_written_down_is_in_doubt(world: Lined) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    let refuse = match world.app.config().database_url.is_empty() {
        true => "CREATE TRIGGER full BEFORE INSERT ON channels_references BEGIN SELECT RAISE(ABORT, 'full'); END",
        false => {
            let body = "CREATE FUNCTION full_() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''full''; END'";
            world.app.write(async |tx| tx.execute(body, &[]).await.map(drop)).await.unwrap();
            "CREATE TRIGGER full_ BEFORE INSERT ON channels_references FOR EACH ROW EXECUTE FUNCTION full_()"
        }
    };
    world.app.write(async |tx| tx.execute(refuse, &[]).await.map(drop)).await.unwrap();
    let state = world.settled_reply(&ines, &talk, "It comes today.").await;
    assert_eq!(state[0], "unknown", "{state}");
    world.after(hours(5)).await;
    assert_eq!(world.sent().len(), 1);
}

#[story]
async fn a_gateway_that_gives_up_leaves_doubt_where_the_partner_itself_would_not(world: Lined) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    world.weather(Weather::GivesUp);
    let state = world.settled_reply(&ines, &talk, "It comes today.").await;
    assert!(state[0] == "unknown" && state[1].as_str().unwrap().contains("504"), "{state}");
    world.weather(Weather::Fine);
    world.after(hours(5)).await;
    assert_eq!(world.sent().len(), 1, "it had arrived");
}

#[story]
async fn what_came_back_before_it_was_said_to_have_left_stays_failed(world: Lined) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    ines.replies(&talk, "It comes today.").await;
    let id = ines.reads(&talk).await.into_iter().find(|message| message["text"] == "It comes today.").unwrap()["id"].clone();
    let (shop, id): (_, MessageId) = (world.id(), id.as_str().unwrap().parse().unwrap());
    world.weather(Weather::Waits);
    let overtaking = async {
        world.partner.asked().await;
        let sql = "UPDATE inbox_messages SET state = 'failed', fault = 'Not on WhatsApp' WHERE shop_id = $1 AND id = $2";
        world.app.write(async move |tx| tx.one(sql, &[&shop, &id]).await).await.unwrap();
        world.partner.answers();
    };
    tokio::join!(world.settle(), overtaking);
    assert_eq!(state_of(&ines.reads(&talk).await, "It comes today."), json!(["failed", "Not on WhatsApp"]));
    assert_eq!(world.events("message_sent").await.len(), 0, "nobody is told that it was sent");
}

#[story]
async fn what_becomes_of_a_comment_while_it_is_hidden_stays(world: Squared) {
    let (ines, talk) = world.asked().await;
    let shop = world.id();
    world.weather(Weather::Waits);
    let overtaking = async {
        world.partner.asked().await;
        let sql = "UPDATE channels_comments SET removed = TRUE WHERE shop_id = $1";
        world.app.write(async move |tx| tx.one(sql, &[&shop]).await).await.unwrap();
        world.partner.answers();
    };
    let path = format!("/conversations/{}/comments/hidden", talk.id);
    let (hidden, ()) = tokio::join!(ines.put(&path, json!({ "hidden": true })), overtaking);
    assert_eq!(hidden.status, StatusCode::NO_CONTENT);
    assert_eq!(world.line_of(&talk).await["public"]["removed"], true);
}

#[story]
async fn receipts_come_in_any_order_and_the_highest_stays(world: Lined) {
    let tells = world.partner.face.tells();
    if tells.is_empty() {
        return;
    }
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    world.settled_reply(&ines, &talk, "It comes today.").await;
    let sent = world.sent().remove(0);
    let steps = [("failed", "failed"), ("delivered", "delivered"), ("read", "read"), ("delivered", "read")];
    for (status, state) in steps.into_iter().filter(|(status, _)| tells.contains(status)) {
        let call = world.partner.receipt(&sent, status);
        assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
        world.settle().await;
        assert_eq!(state_of(&ines.reads(&talk).await, "It comes today.")[0], state, "after {status}");
    }
    // one of a message nobody knows is waited for a little, and then let go
    let call = world.partner.receipt(&Sent { ours: None, reference: "none".into(), ..sent }, tells[0]);
    assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    world.after(minutes(10)).await;
    assert_eq!(items(world.owner().get("/jobs/attention").await.ok()).len(), 0);
}
