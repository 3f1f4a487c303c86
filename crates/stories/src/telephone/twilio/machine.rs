//! When nobody comes: what is spoken onto the machine, and who is called back.

use kernel::{Language, days, hours};

use super::*;

#[story]
async fn outside_opening_hours_callers_hear_when_it_opens_and_can_speak(world: Voiced) {
    world.line().await;
    let (ines, owner) = (world.reached_at("Ines", INES).await, world.owner());
    // Monday at half past six in Oslo
    world.after(hours(7) + minutes(30)).await;
    owner.signs_in_again().await;
    ines.signs_in_again().await;
    let mut call = world.calls("CA1", MARA).await;
    assert_eq!(call.heard, ["Fjell & Fjord is closed. We open tomorrow at 9:00. Press 1 and we call you back."]);
    assert!(world.rings_for(&ines).await.is_empty(), "nobody is disturbed");
    world.nothing_happens(&mut call).await;
    assert_eq!(call.heard[1], "Leave a message after the tone, and press the hash key when you are done.");
    let [spoken, recorded] = world.speaks(&mut call).await;
    world.answers(&recorded).await;
    world.goes_on(&mut call, Some(spoken)).await;
    assert_eq!(call.heard[2], "Thank you. Goodbye.");

    let (talk, row, calls) = talk_and_calls(&owner).await;
    let by = json!("2026-11-24T10:00:00.000000Z");
    let told = json!({ "kind": "call", "outcome": "voicemail", "member": null, "seconds": 7, "call_back_by": by, "recording": "kept" });
    assert_eq!((calls, &row["status"], &row["unread"]), (vec![told], &json!("open"), &json!(1)));
    let file = owner.reads(&talk).await[0]["files"][0].clone();
    assert_eq!((&file["name"], &file["media_type"]), (&json!("voicemail.wav"), &json!("audio/wav")));
    let token = file["url"].as_str().unwrap().split_once("/files/").unwrap().1;
    let heard = actor::send(world.router(), Method::GET, &format!("//files/{token}"), &HeaderMap::new(), Body::empty()).await;
    assert_eq!(heard.bytes.to_vec(), sandbox::switchboard::tone());
    assert!(world.twilio.book().recordings.is_empty(), "it is deleted at Twilio once it is kept");
    assert!(world.asked_wrongly().is_empty(), "{:?}", world.asked_wrongly());
}

#[story]
async fn whoever_presses_one_is_called_back_and_told_until_when(world: Voiced) {
    world.line().await;
    let owner = world.owner();
    let mut call = world.calls("CA1", MARA).await;
    assert_eq!(call.heard[1], "Nobody can come to the phone. Press 1 and we call you back.", "nobody has a telephone here");
    world.presses(&mut call, "1").await;
    assert_eq!(call.heard[2], "Thank you. We will call you back no later than today at 13:00. Goodbye.");
    assert!(call.over);
    let (_, row, calls) = talk_and_calls(&owner).await;
    assert_eq!((&calls[0]["outcome"], &calls[0]["call_back_by"]), (&json!("missed"), &json!("2026-11-23T12:00:00.000000Z")));
    assert_eq!((&row["status"], &row["preview"]["call"]["call_back_by"]), (&json!("open"), &calls[0]["call_back_by"]));

    // another key leads to the machine, and whoever hides their number is not offered what cannot be done
    let mut call = world.calls("CA2", MARA).await;
    world.presses(&mut call, "7").await;
    assert_eq!(call.heard[2], "Leave a message after the tone, and press the hash key when you are done.");
    for hidden in ["anonymous", "+266696687"] {
        let call = world.calls(hidden, hidden).await;
        assert_eq!(
            call.heard[1..],
            ["Nobody can come to the phone.", "Leave a message after the tone, and press the hash key when you are done."]
        );
    }
}

#[story]
async fn silence_is_a_missed_call(world: Voiced) {
    world.line().await;
    let mut call = world.calls("CA1", MARA).await;
    world.nothing_happens(&mut call).await;
    world.nothing_happens(&mut call).await;
    assert!(call.over, "nothing was said onto the machine");
    let (_, _, calls) = talk_and_calls(&world.owner()).await;
    assert_eq!((&calls[0]["outcome"], &calls[0]["recording"]), (&json!("missed"), &Value::Null));
}

#[story]
async fn what_cannot_be_kept_stays_at_twilio_and_what_nobody_may_hear_does_not(world: Voiced) {
    world.line().await;
    let owner = world.owner();
    let speaks = async |sid: &str, sound: Vec<u8>| {
        let mut call = world.calls(sid, MARA).await;
        world.nothing_happens(&mut call).await;
        let at = format!("http://{}", world.twilio.address);
        let [_, recorded] = call.speaks(&mut world.twilio.book(), &at, sound).unwrap();
        world.answers(&recorded).await;
    };
    speaks("CA1", b"<html>".to_vec()).await;
    assert_eq!(talk_and_calls(&owner).await.2[0]["recording"], "lost");
    assert_eq!(world.twilio.book().recordings.len(), 1, "somebody may still listen to it there");
    // the shop hears nothing of somebody it blocks while they are on the machine
    let mut call = world.calls("CA2", MARA).await;
    world.nothing_happens(&mut call).await;
    let customer = owner.list("all").await[0]["customer"]["id"].as_str().unwrap().to_owned();
    owner.put(&format!("/customers/{customer}/block"), Value::Null).await.ok();
    let [_, recorded] = world.speaks(&mut call).await;
    world.answers(&recorded).await;
    let left: Vec<String> = world.twilio.book().recordings.keys().cloned().collect();
    assert_eq!(left, ["RECA1"]);
    assert_eq!(talk_and_calls(&owner).await.2.len(), 1);
}

#[story]
async fn whoever_is_blocked_rings_nobody(world: Voiced) {
    world.line().await;
    world.reached_at("Ines", INES).await;
    let (owner, mut call) = (world.owner(), world.calls("CA1", MARA).await);
    assert_eq!(call.rings.as_deref(), Some(INES));
    world.hangs_up(&mut call).await;
    let customer = owner.list("all").await[0]["customer"]["id"].as_str().unwrap().to_owned();
    owner.put(&format!("/customers/{customer}/block"), Value::Null).await.ok();
    let call = world.calls("CA2", MARA).await;
    assert!(call.over && call.heard.is_empty() && call.rings.is_none());
    assert!(world.rings_for(&owner).await.is_empty());
}

#[story]
async fn what_was_not_fetched_yet_is_deleted_at_twilio_when_the_customer_is_erased(world: Voiced) {
    world.line().await;
    let owner = world.owner();
    let mut call = world.calls("CA1", MARA).await;
    world.nothing_happens(&mut call).await;
    let [_, recorded] = world.speaks(&mut call).await;
    world.twilio.book().weather = sandbox::Weather::Down;
    world.answers(&recorded).await;
    let (_, row, calls) = talk_and_calls(&owner).await;
    assert_eq!(calls[0]["recording"], "coming");
    let customer = row["customer"]["id"].as_str().unwrap().to_owned();
    owner.put(&format!("/customers/{customer}/erasure"), Value::Null).await.ok();
    world.settle().await;
    assert_eq!(world.twilio.book().recordings.len(), 1, "Twilio is away");
    world.twilio.book().weather = sandbox::Weather::Fine;
    world.after(days(1)).await;
    assert!(world.twilio.book().recordings.is_empty());
}

#[story]
async fn whatever_goes_wrong_with_us_the_caller_can_speak(world: Voiced) {
    world.line().await;
    // a step of a call nothing is known of, as after a restore
    let mut call = VoiceCall::of(&world.twilio.book(), "CA9", MARA);
    let sorry =
        ["We are sorry, something went wrong with us.", "Leave a message after the tone, and press the hash key when you are done."];
    let next = world.twilio.book().voice["VoiceUrl"].replace("/arrived", "/next");
    let ask = call.asks(&next, "in-progress", &[]);
    world.goes_on(&mut call, Some(ask)).await;
    assert_eq!(call.heard, sorry);
    // and where we did not answer at all, Twilio asks there
    let mut call = VoiceCall::of(&world.twilio.book(), "CA10", MARA);
    let fallback = world.twilio.book().voice["VoiceFallbackUrl"].clone();
    let ask = call.asks(&fallback, "in-progress", &[("ErrorCode", "11200"), ("ErrorUrl", "https://desk.example")]);
    world.goes_on(&mut call, Some(ask)).await;
    assert_eq!(call.heard, sorry);
    let [spoken, _] = world.speaks(&mut call).await;
    world.goes_on(&mut call, Some(spoken)).await;
    let (_, _, calls) = talk_and_calls(&world.owner()).await;
    assert_eq!((&calls[0]["outcome"], &calls[0]["recording"]), (&json!("voicemail"), &json!("kept")));
}

#[story]
async fn callers_are_spoken_to_in_the_language_of_the_line(world: Voiced) {
    let line = world.line().await;
    world.after(hours(7) + minutes(30)).await;
    let owner = world.owner();
    owner.signs_in_again().await;
    for (nth, (language, opens)) in [
        (Language::En, "We open tomorrow at 9:00."),
        (Language::Nb, "Vi åpner i morgen klokken 9:00."),
        (Language::Tr, "Açılış: yarın saat 9:00."),
        (Language::Zh, "明天9:00开始营业。"),
    ]
    .into_iter()
    .enumerate()
    {
        let form = with(form(), json!({ "language": language, "token": null }));
        owner.put(&format!("/voice-lines/{line}"), form).await.ok();
        let call = world.calls(&format!("CA{nth}"), MARA).await;
        assert!(call.heard[0].contains(opens), "{:?}", call.heard);
    }
}
