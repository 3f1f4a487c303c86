//! Whoever comes back is whoever went, once and soon, and a code is worth something to nobody else.

use axum::http::StatusCode;
use kernel::{minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{Kept, fields};
use crate::actor::{Agent, Answer, items};

impl Kept {
    async fn hands_in(&self, who: &Agent, state: &str, code: &str) -> Answer {
        who.post("/mailbox-sign-ins/completions", json!({ "state": state, "code": code, "error": null })).await
    }
    async fn mailboxes(&self) -> Vec<Value> {
        items(self.owner().get("/mailboxes").await.ok())
    }
}

#[story]
async fn nobody_comes_back_who_did_not_go(kept: Kept) {
    let owner = kept.owner();
    let there = kept.sent(&owner, None).await;
    let back = kept.provider.lets_in(&there, &kept.address).unwrap();
    let (state, code) = (fields(&back)["state"].clone(), fields(&back)["code"].clone());

    // made up, or a little different
    for forged in ["sign_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &state[..state.len() - 1], &state.to_uppercase()] {
        assert_eq!(kept.hands_in(&owner, forged, &code).await.problem(), "conflict", "{forged}");
    }
    // another shop's owner with the same words
    assert_eq!(kept.hands_in(&kept.other_shop().owner(), &state, &code).await.problem(), "conflict");
    assert_eq!(kept.hands_in(&kept.agent("Ines"), &state, &code).await.problem(), "forbidden");
    let program = kept.program().post("/mailbox-sign-ins/completions", json!({ "state": state, "code": code, "error": null })).await;
    assert_eq!(program.problem(), "forbidden", "a program has no browser");
    let program = kept.program().post("/mailbox-sign-ins", json!({ "provider": kept.name, "mailbox": null })).await;
    assert_eq!(program.problem(), "forbidden");
    let stranger = kept.stranger().post("/mailbox-sign-ins/completions", json!({ "state": state, "code": code, "error": null })).await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
    assert!(kept.mailboxes().await.is_empty());
    // none of that ended it for whoever went
    assert_eq!(kept.hands_in(&owner, &state, &code).await.status, StatusCode::OK);
    assert_eq!(kept.mailboxes().await.len(), 1);
    // once
    assert_eq!(kept.hands_in(&owner, &state, &code).await.problem(), "conflict");
    assert_eq!(kept.mailbox(kept.mailboxes().await[0]["id"].as_str().unwrap()).await["sign_in"]["fault"], Value::Null);
}

#[story]
async fn a_sign_in_of_somebody_elses_ends_in_nobodys_shop(kept: Kept) {
    // a colleague who may do the same, and the same person in another browser
    let (owner, admin, elsewhere) = (kept.owner(), kept.member("Ada", "admin"), kept.owner());
    for other in [&admin, &elsewhere] {
        let there = kept.sent(&owner, None).await;
        let back = kept.provider.lets_in(&there, "mallory@fjell.example").unwrap();
        assert_eq!(kept.comes_back(other, &back).await.problem(), "conflict", "{}", other.name);
        assert_eq!(kept.comes_back(&owner, &back).await.problem(), "conflict", "what was tried elsewhere is over");
    }
    assert!(kept.mailboxes().await.is_empty());
}

#[story]
async fn a_code_of_another_sign_in_is_worth_nothing(kept: Kept) {
    let (owner, admin) = (kept.owner(), kept.member("Ada", "admin"));
    let theirs = kept.provider.lets_in(&kept.sent(&admin, None).await, "mallory@fjell.example").unwrap();
    let ours = kept.sent(&owner, None).await;
    let injected = kept.hands_in(&owner, &fields(&ours)["state"], &fields(&theirs)["code"]).await;
    assert!(injected.problem() == "conflict" && injected.text().contains("code verifier"), "{}", injected.text());
    assert!(kept.mailboxes().await.is_empty());
    // a code that was handed in twice is known to two
    let again = kept.sent(&owner, None).await;
    assert_eq!(kept.hands_in(&owner, &fields(&again)["state"], &fields(&theirs)["code"]).await.problem(), "conflict");
}

#[story]
async fn whoever_takes_too_long_begins_anew(kept: Kept) {
    let owner = kept.owner();
    let back = kept.provider.lets_in(&kept.sent(&owner, None).await, &kept.address).unwrap();
    kept.clock.advance(minutes(10) - seconds(1));
    // begun anew in the same browser, the first is given up
    let second = kept.provider.lets_in(&kept.sent(&owner, None).await, &kept.address).unwrap();
    assert_eq!(kept.comes_back(&owner, &back).await.problem(), "conflict");
    kept.clock.advance(minutes(10));
    assert_eq!(kept.comes_back(&owner, &second).await.problem(), "conflict", "ten minutes and not one more");
    let third = kept.provider.lets_in(&kept.sent(&owner, None).await, &kept.address).unwrap();
    kept.clock.advance(minutes(10) - seconds(1));
    assert_eq!(kept.comes_back(&owner, &third).await.status, StatusCode::OK);
}

#[story]
async fn a_sign_in_leads_to_the_provider_and_back_to_us_and_nowhere_else(kept: Kept) {
    let owner = kept.owner();
    let there = kept.sent(&owner, None).await;
    let known = kept.app.config().partner(kept.name, "").to_owned();
    assert!(there.starts_with(&format!("{known}/")), "{there}");
    let asked = fields(&there);
    assert_eq!(asked["redirect_uri"], "http://127.0.0.1:8080/console/settings/mailboxes");
    assert!(!there.contains(sandbox::authorization::CLIENT_SECRET));
    for field in ["redirect_uri", "return_to", "address"] {
        let mut body = json!({ "provider": kept.name, "mailbox": null });
        body[field] = json!("https://mallory.example");
        assert_eq!(owner.post("/mailbox-sign-ins", body).await.problem(), "invalid", "{field}");
    }
    let of_nobody = json!({ "provider": "mallory", "mailbox": null });
    assert_eq!(owner.post("/mailbox-sign-ins", of_nobody).await.problem(), "invalid");
    // what comes back has a length
    let state = &asked["state"];
    assert_eq!(kept.hands_in(&owner, state, &"c".repeat(4_097)).await.problem(), "invalid");
    assert_eq!(kept.hands_in(&owner, &"s".repeat(201), "c").await.problem(), "invalid");
    for body in [json!({ "state": state, "code": null, "error": null }), json!({ "state": state, "code": "c", "error": "e" })] {
        assert_eq!(owner.post("/mailbox-sign-ins/completions", body).await.problem(), "invalid");
    }
    assert_ne!(kept.hands_in(&owner, state, &"c".repeat(4_096)).await.problem(), "invalid");
}

#[story]
async fn who_says_no_there_or_takes_a_permission_out_is_told_what_that_means(kept: Kept) {
    let owner = kept.owner();
    let no = kept.provider.is_refused(&kept.sent(&owner, None).await).unwrap();
    let refused = kept.comes_back(&owner, &no).await;
    assert!(refused.problem() == "conflict" && refused.text().contains("access_denied"), "{}", refused.text());
    let permission = if kept.name == "google" { "https://mail.google.com/" } else { "https://outlook.office.com/SMTP.Send" };
    kept.provider.grants().withheld = Some(permission);
    let half = kept.signs_in(&owner, &kept.address, None).await;
    assert!(half.problem() == "conflict" && half.text().contains(permission), "{}", half.text());
    kept.provider.grants().weather = sandbox::Weather::Down;
    assert_eq!(kept.signs_in(&owner, &kept.address, None).await.problem(), "conflict");
    assert!(kept.mailboxes().await.is_empty());
}
