//! Reports: where customers write, when and in which language, and how long they wait.

use kernel::{days, hours, minutes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{actor::Agent, world::World};

async fn report(who: &Agent, span: i64) -> Value {
    who.get(&format!("/reports/channels?days={span}")).await.ok()
}

#[story]
async fn channels_are_counted_with_when_their_customers_write_and_how_long_they_wait(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    assert_eq!(report(&owner, 30).await["channels"], json!([]));
    // a Monday at eleven in the shop's time zone; four customers, of whom three are answered after a minute, ten and an hour
    let mut talks = Vec::new();
    for name in ["Ada", "Bo", "Eve", "Mara"] {
        talks.push(world.shopper(name).begins("Where is my tent?").await);
    }
    for (talk, wait) in talks.iter().zip([minutes(1), minutes(9), minutes(50)]) {
        world.after(wait).await;
        ines.replies(talk, "It comes today.").await;
        // what is said later changes nothing
        ines.replies(talk, "And the pegs.").await;
    }
    let seen = report(&owner, 7).await;
    let chat = &seen["channels"][0];
    assert_eq!(seen["channels"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&chat["channel"], &chat["public"], &chat["conversations"], &chat["before"]),
        (&json!("chat"), &json!(false), &json!(4), &json!(0))
    );
    assert_eq!((&chat["customers"], &chat["answered"]), (&json!(4), &json!(3)));
    assert_eq!((&chat["median_wait"], &chat["long_wait"]), (&json!(600), &json!(3_600)));
    assert_eq!(chat["languages"], json!([{ "language": "en", "conversations": 4 }]));
    assert_eq!((&seen["time_zone"], &chat["week"][0][11]), (&json!("Europe/Oslo"), &json!(4)));
    let all: i64 = chat["week"].as_array().unwrap().iter().flat_map(|day| day.as_array().unwrap()).filter_map(Value::as_i64).sum();
    assert_eq!(all, 4);

    // what is spam does not count, and what is long ago is what was before
    ines.put(&format!("/conversations/{}/spam", talks[3].id), Value::Null).await.ok();
    world.after(days(8)).await;
    owner.signs_in_again().await;
    let later = report(&owner, 7).await;
    assert_eq!((&later["channels"][0]["conversations"], &later["channels"][0]["before"]), (&json!(0), &json!(3)));
    assert_eq!(later["channels"][0]["median_wait"], Value::Null);
    assert_eq!(report(&owner, 30).await["channels"][0]["conversations"], 3);
}

#[story]
async fn reports_are_for_who_leads_and_of_three_spans(world: World) {
    let path = "/reports/channels";
    for (role, may) in [("lead", true), ("agent", false), ("viewer", false)] {
        let answer = world.member(role, role).get(path).await;
        assert_eq!(answer.status.is_success(), may, "{role}: {}", answer.text());
    }
    for span in ["0", "1", "31", "91", "-7"] {
        assert_eq!(world.owner().get(&format!("{path}?days={span}")).await.problem(), "invalid", "{span}");
    }
    // of nobody else's shop
    world.shopper("Ada").begins("Where is my tent?").await;
    let other = world.other_shop();
    assert_eq!(report(&other.owner(), 30).await["channels"], json!([]));
    world.after(hours(1)).await;
    assert_eq!(report(&world.owner(), 30).await["channels"][0]["conversations"], 1);
}
