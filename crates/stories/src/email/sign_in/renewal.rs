//! What opens a mailbox is renewed before it ends: once, whoever is at it, and kept before it is used.

use kernel::{days, minutes, seconds};
use sandbox::Weather;
use serde_json::{Value, json};
use story_macro::story;

use super::Kept;

#[story]
async fn what_renews_is_spent_by_one_alone(kept: Kept) {
    let owner = kept.owner();
    let id = kept.opens().await;
    kept.clock.advance(minutes(41));
    kept.provider.grants().weather = Weather::Waits;
    // one worker waits for the provider; meanwhile somebody sets the mailbox going anew, which another worker looks into
    let another = async {
        kept.provider.asked().await;
        owner.put(&format!("/mailboxes/{id}/pause"), json!({})).await.ok();
        owner.delete(&format!("/mailboxes/{id}/pause")).await.ok();
        kept.settle().await;
        kept.provider.grants().weather = Weather::Fine;
        kept.provider.answers();
    };
    tokio::join!(kept.settle(), another);
    assert_eq!(kept.provider.grants().renewals, 1);
    kept.after(minutes(41)).await;
    // what was handed out then renews now
    let fine = kept.mailbox(&id).await;
    assert_eq!((kept.provider.grants().renewals, &fine["trouble"], &fine["sign_in"]["fault"]), (2, &Value::Null, &Value::Null), "{fine}");
}

#[story]
async fn a_provider_that_is_down_is_asked_again_and_what_opened_the_mailbox_still_does(kept: Kept) {
    let id = kept.opens().await;
    kept.provider.grants().weather = Weather::Down;
    kept.after(minutes(45)).await;
    let so_far = kept.mailbox(&id).await;
    assert_eq!((&so_far["trouble"], &so_far["sign_in"]["fault"]["is_over"]), (&Value::Null, &json!(false)), "{so_far}");
    // once it has ended nothing does
    kept.after(minutes(20)).await;
    assert_ne!(kept.mailbox(&id).await["trouble"], Value::Null);
    // the client itself is not known there any more
    kept.provider.grants().weather = Weather::SignedOut;
    kept.after(minutes(20)).await;
    assert_eq!(kept.mailbox(&id).await["trouble"]["kind"], "not_allowed");
    kept.provider.grants().weather = Weather::Fine;
    kept.after(minutes(20)).await;
    let fine = kept.mailbox(&id).await;
    assert_eq!((&fine["trouble"], &fine["sign_in"]["fault"]), (&Value::Null, &Value::Null), "{fine}");
}

#[story]
async fn a_renewal_nobody_heard_the_answer_of_is_asked_for_once_more(kept: Kept) {
    let id = kept.opens().await;
    kept.provider.grants().weather = Weather::RenewsSilently;
    kept.after(minutes(45)).await;
    assert_eq!(kept.mailbox(&id).await["sign_in"]["fault"]["is_over"], false);
    kept.provider.grants().weather = Weather::Fine;
    kept.after(minutes(5)).await;
    // where each renews once only, people are told, before what opens the mailbox has ended
    let fault = kept.mailbox(&id).await["sign_in"]["fault"].clone();
    let expected = if kept.name == "google" { Value::Null } else { json!(true) };
    assert_eq!(fault.get("is_over").unwrap_or(&Value::Null), &expected, "{fault}");
}

#[story]
async fn what_the_mail_server_refuses_is_renewed_once_before_people_are_asked(kept: Kept) {
    let owner = kept.owner();
    kept.provider.grants().dead = true;
    let id = kept.signs_in(&owner, &kept.address, None).await.ok()["id"].as_str().unwrap().to_owned();
    kept.settle().await;
    let ill = kept.mailbox(&id).await;
    assert_eq!((&ill["trouble"]["kind"], kept.provider.grants().renewals), (&json!("sign_in_refused"), 0), "{ill}");
    // by both servers, in words
    let mut form = kept.form();
    for field in ["incoming", "outgoing"] {
        form[field] = ill[field].clone();
        form[format!("{field}_password")] = Value::Null;
    }
    let tested = owner.post("/mailbox-tests", json!({ "form": form, "mailbox": id })).await.ok();
    assert_eq!(
        (&tested["incoming"]["trouble"], &tested["outgoing"]["trouble"]),
        (&json!("sign_in_refused"), &json!("sign_in_refused")),
        "{tested}"
    );
    kept.provider.grants().dead = false;
    kept.after(seconds(31)).await;
    assert_eq!((&kept.mailbox(&id).await["trouble"], kept.provider.grants().renewals), (&Value::Null, 1));
}

#[story]
async fn an_end_that_is_known_is_shown_before_it_comes(kept: Kept) {
    kept.provider.grants().ends_in = Some(days(7) / seconds(1));
    let id = kept.opens().await;
    assert_eq!(kept.mailbox(&id).await["sign_in"]["ends_at"], json!(kept.in_(days(7))));
    // a renewal that does not say it changes nothing
    kept.provider.grants().ends_in = None;
    let until = json!(kept.in_(days(7)));
    kept.after(minutes(45)).await;
    assert_eq!((&kept.mailbox(&id).await["sign_in"]["ends_at"], kept.provider.grants().renewals), (&until, 1));
}
