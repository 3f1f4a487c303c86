//! What only X does: its word for an address, access that is renewed, chats nobody but two can read.

use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode},
};
use kernel::{hours, minutes};
use platform::Module;
use sandbox::{Weather, X};
use serde_json::{Value, json};
use story_macro::story;

use super::{DESK, Lined, pairs, said, state_of};
use crate::{
    actor,
    story::{Place, Setting},
    world::World,
};

/// A shop with an account on X.
pub struct Followed(Lined);

impl std::ops::Deref for Followed {
    type Target = Lined;
    fn deref(&self) -> &Lined {
        &self.0
    }
}

impl Setting for Followed {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Followed {
        Followed(Lined::of(place, &X).await)
    }
}

impl Followed {
    async fn access(&self, id: &str) -> Value {
        self.line(id).await["access"].clone()
    }
}

#[story]
async fn x_tries_an_address_and_nobody_has_a_call_signed_there(world: Followed) {
    world.connects().await;
    let address = world.partner.book().hook.clone().unwrap().address;
    let path = address.strip_prefix(&format!("{DESK}/api/v1")).unwrap().to_owned();
    let tries = async |word: &str| {
        actor::send(world.router(), Method::GET, &format!("{path}?crc_token={word}"), &HeaderMap::new(), Body::empty()).await
    };
    // signed by OpenSSL with the stand-in's secret
    assert_eq!(tries("9yq0b2FmK3RlbnQ_-1A").await.ok(), json!({ "response_token": "sha256=9MElsABL1NSziQ82c3gDWcw0NKWxdmYzKS0bTZzke78=" }));
    assert_eq!(tries("%7B%22data%22%3A%7B%7D%7D").await.status, StatusCode::UNAUTHORIZED);
    let told: Vec<_> = world.partner.book().subscriptions.iter().map(|one| one["event_type"].clone()).collect();
    let of_posts = ["post.mention.create", "post.reply.create", "post.quote.create"];
    assert_eq!(told, [&["dm.received", "dm.read", "chat.received"][..], &of_posts, &["oauth.revoke"]].concat());
}

#[story]
async fn access_is_renewed_before_it_ends_for_as_long_as_it_lasts(world: Followed) {
    let id = world.connects().await;
    assert_eq!(world.access(&id).await, json!({ "ends_at": world.in_(hours(2)), "renewal": "by_itself" }));
    for _ in 0..8 {
        world.after(hours(1)).await;
    }
    world.owner().signs_in_again().await;
    assert!(world.partner.book().renewals >= 4);
    assert_eq!(world.line(&id).await["trouble"], Value::Null);
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    assert_eq!(world.settled_reply(&ines, &talk, "It comes today.").await, json!(["sent", null]));
    assert_eq!(world.partner.book().wrong, Vec::<String>::new());
}

#[story]
async fn a_renewal_whose_answer_is_lost_ends_in_people_being_told_and_in_no_loop(world: Followed) {
    let id = world.connects().await;
    world.weather(Weather::RenewsSilently);
    world.after(hours(1)).await;
    world.weather(Weather::Fine);
    assert_eq!(world.access(&id).await["renewal"], "by_itself", "nobody knows yet");
    let ends_at = world.access(&id).await["ends_at"].clone();
    world.after(hours(1)).await;
    // what renewed it was used up: people hear of it, with when it ends
    assert_eq!(world.access(&id).await, json!({ "ends_at": ends_at, "renewal": "by_people" }));
    assert!(!world.events("line_turned").await.is_empty());
    let renewals = world.partner.book().renewals;
    // now it has ended
    world.partner.book().renewals += 10;
    world.after(hours(2)).await;
    world.owner().signs_in_again().await;
    assert_eq!(world.line(&id).await["trouble"]["kind"], "sign_in_refused");
    assert_eq!(world.partner.book().renewals, renewals + 10);

    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    assert_eq!(world.settled_reply(&ines, &talk, "It comes today.").await[0], "queued");
    // somebody signs in again, and what waited goes on
    let mut settings = world.settings();
    for (name, value) in [("token", "not-a-real-access-token-"), ("refresh_token", "not-a-real-refresh-token-")] {
        settings[name] = json!(format!("{value}{}", renewals + 10));
    }
    let body = json!({ "name": "Our line", "department": null, "settings": settings });
    assert_eq!(world.owner().put(&format!("/lines/{id}"), body).await.status, StatusCode::OK);
    world.after(minutes(6)).await;
    assert_eq!((&world.line(&id).await["trouble"], &world.access(&id).await["renewal"]), (&Value::Null, &json!("by_itself")));
    assert_eq!(state_of(&ines.reads(&talk).await, "It comes today.")[0], "sent");
}

#[story]
async fn what_x_could_not_tell_while_nobody_answered_is_asked_for_again(world: Followed) {
    world.connects().await;
    world.after(hours(1)).await;
    assert!(world.partner.book().asked_again.is_empty(), "nothing was missed");
    world.partner.book().gave_up = true;
    world.after(hours(1)).await;
    let asked = world.partner.book().asked_again.clone();
    assert_eq!(asked.len(), 1);
    // a day back, less five minutes
    assert_eq!(asked, [("202611221205".to_owned(), "202611231200".to_owned())]);
    assert!(!world.partner.book().gave_up);
    // what comes again says nothing new
    world.writes(1, "Where is my tent?").await;
    world.writes(1, "Where is my tent?").await;
    assert_eq!(said(&world.agent("Ines").reads(&world.owner().only_talk().await).await).len(), 1);
}

#[story]
async fn our_own_words_do_not_come_back_and_sealed_ones_are_said_to_have_come(world: Followed) {
    let id = world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    world.settled_reply(&ines, &talk, "It comes today.").await;
    let sent = world.sent().remove(0);
    for call in [X.wrote(&sent), X.writes_sealed("e4f4d3fc")] {
        assert_eq!(world.arrives(&call).await.status, StatusCode::OK);
    }
    world.settle().await;
    let all = [("customer", "Where is my tent?"), ("reply", "It comes today."), ("customer", "🔒 X: https://x.com/messages")];
    assert_eq!(said(&ines.reads(&talk).await), pairs(&all));
    // whoever takes back what the app was allowed is seen at once
    world.weather(Weather::SignedOut);
    assert_eq!(world.arrives(&X.takes_back()).await.status, StatusCode::OK);
    world.settle().await;
    assert_eq!(world.line(&id).await["trouble"]["kind"], "sign_in_refused");
}

#[story]
async fn a_picture_goes_as_a_picture(world: Followed) {
    world.connects().await;
    world.writes(1, "Which one?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    let picture = crate::files::png();
    let file = ines.uploads("/files?name=tent.png", &picture).await.ok()["id"].clone();
    let seen = ines.sees(&talk).await["last_seq"].clone();
    let reply = json!({ "client_id": "picture", "kind": "reply", "html": "<p>This one.</p>", "files": [file], "seen_seq": seen });
    assert_eq!(ines.post(&format!("/conversations/{}/messages", talk.id), reply).await.status, StatusCode::CREATED);
    world.settle().await;
    let sent = world.sent();
    let file = sent[1].file.clone().expect("a picture");
    assert_eq!((sent.len(), sent[0].text.as_str(), file.name.as_str(), file.content), (2, "This one.", "tent.png", picture));
    assert_eq!(world.partner.book().wrong, Vec::<String>::new());
}
