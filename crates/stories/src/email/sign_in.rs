//! A mailbox is opened by signing in where it is kept, at each of the providers: real mail servers take what a provider hands out.

mod attacks;
mod renewal;

use ::platform::config::Config;
use axum::http::StatusCode;
use kernel::minutes;
use sandbox::{
    AuthorizationServer,
    authorization::{CLIENT, CLIENT_SECRET, Serving},
};
use serde_json::{Value, json};
use story_macro::story;

use super::{Post, letter};
use crate::{
    actor::{Agent, Answer, Talk, items},
    story::{Place, Setting},
};

/// A shop with a client at a provider that keeps its mailbox.
pub struct Kept {
    post: Post,
    provider: AuthorizationServer,
    name: &'static str,
    /// Its server goes with it.
    _serving: Serving,
}

impl std::ops::Deref for Kept {
    type Target = Post;
    fn deref(&self) -> &Post {
        &self.post
    }
}

impl Setting for Kept {
    const SERVERS: &'static [&'static str] = Post::SERVERS;
    fn kinds() -> Vec<&'static str> {
        vec!["google", "microsoft"]
    }
    fn modules() -> Vec<::platform::Module> {
        Post::modules()
    }
    async fn set(place: &Place) -> Kept {
        let name = place.kind;
        let provider = if name == "google" { AuthorizationServer::google() } else { AuthorizationServer::microsoft() };
        let serving = provider.opens().await.unwrap();
        let at = serving.address;
        let [imap, smtp] = ["IMAP", "SMTP"].map(|server| crate::story::setting(&format!("OMBUD_TEST_{server}")).unwrap());
        let partners = format!("{name}=http://{at}, {name}-imap=imap://{imap}, {name}-smtp=smtp://{smtp}");
        let beside = |config: Config| Config { partners, reachable_inside: format!("{}, {at}", config.reachable_inside), ..config };
        let kept = Kept { post: Post::with(place, beside).await, provider, name, _serving: serving };
        kept.owner().put(&format!("/mail-clients/{name}"), client()).await.ok();
        kept
    }
}

fn client() -> Value {
    json!({ "client_id": CLIENT, "client_secret": CLIENT_SECRET })
}

/// The fields of an address.
fn fields(address: &str) -> std::collections::BTreeMap<String, String> {
    let query = address.split_once('?').map(|(_, query)| query).unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

impl Kept {
    /// Where somebody is sent to sign in.
    async fn sent(&self, who: &Agent, mailbox: Option<&str>) -> String {
        let begun = who.post("/mailbox-sign-ins", json!({ "provider": self.name, "mailbox": mailbox })).await;
        assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text());
        begun.ok()["address"].as_str().unwrap().to_owned()
    }
    /// They come back to the console, which hands in what it was given.
    async fn comes_back(&self, who: &Agent, address: &str) -> Answer {
        let said = fields(address);
        let body = json!({ "state": said["state"], "code": said.get("code"), "error": said.get("error") });
        who.post("/mailbox-sign-ins/completions", body).await
    }
    async fn signs_in(&self, who: &Agent, account: &str, mailbox: Option<&str>) -> Answer {
        let there = self.sent(who, mailbox).await;
        let back = self.provider.lets_in(&there, account).unwrap();
        self.comes_back(who, &back).await
    }
    /// The shop's mailbox, signed in to and looked into.
    async fn opens(&self) -> String {
        let signed_in = self.signs_in(&self.owner(), &self.address, None).await.ok();
        self.settle().await;
        signed_in["id"].as_str().unwrap().to_owned()
    }
    async fn answer_of(&self, ines: &Agent, talk: &Talk, text: &str) -> Value {
        ines.reads(talk).await.into_iter().find(|message| message["text"] == text).unwrap()
    }
    /// Letters of the shop's that arrived at this address.
    async fn arrived_at(&self, address: &str) -> usize {
        let all = self.mailman.letters(address).await;
        all.iter().filter(|letter| super::mailman::field(letter, "From").contains(&self.address)).count()
    }
}

#[story]
async fn whoever_signs_in_has_a_mailbox_and_it_goes_on_by_itself(kept: Kept) {
    let (owner, ines, mara) = (kept.owner(), kept.agent("Ines"), format!("mara-{}", kept.address));
    let made = kept.signs_in(&owner, &kept.address, None).await.ok();
    assert_eq!((&made["address"], &made["name"]), (&json!(kept.address), &json!("Fjell & Fjord")), "{made}");
    assert_eq!((&made["sign_in"]["provider"], &made["sign_in"]["account"]), (&json!(kept.name), &json!(kept.address)));
    let id = made["id"].as_str().unwrap();
    kept.settle().await;
    assert_eq!(kept.mailbox(id).await["trouble"], Value::Null);

    let wrote = |id: &str, text: &str| letter(&kept.address, id, "Where is my tent?", "", text).replace("mara@example.org", &mara);
    kept.receives(&wrote("one", "Hello?")).await;
    let talk = owner.only_talk().await;
    ines.replies(&talk, "It comes today.").await;
    kept.settle().await;
    assert_eq!((kept.answer_of(&ines, &talk, "It comes today.").await["state"].clone(), kept.arrived_at(&mara).await), (json!("sent"), 1));

    // hours later it has been renewed again and again
    for _ in 0..12 {
        kept.after(minutes(20)).await;
    }
    assert!(kept.provider.grants().renewals >= 4, "{}", kept.provider.grants().renewals);
    kept.receives(&wrote("two", "Still nothing.")).await;
    assert_eq!(owner.list("all").await.len(), 2);
    assert_eq!(kept.provider.grants().wrong, Vec::<String>::new());
}

#[story]
async fn what_is_taken_back_there_is_said_here_and_nothing_is_lost_until_somebody_signs_in_again(kept: Kept) {
    let (owner, ines, mara) = (kept.owner(), kept.agent("Ines"), format!("mara-{}", kept.address));
    let id = kept.opens().await;
    let wrote = |id: &str, text: &str| letter(&kept.address, id, "Where is my tent?", "", text).replace("mara@example.org", &mara);
    kept.receives(&wrote("one", "Hello?")).await;
    let talk = owner.only_talk().await;

    kept.provider.grants().revokes(&kept.address);
    kept.after(minutes(45)).await;
    let ill = kept.mailbox(&id).await;
    assert_eq!((&ill["sign_in"]["fault"]["is_over"], &ill["trouble"]["kind"]), (&json!(true), &json!("sign_in_refused")), "{ill}");
    let words = if kept.name == "google" { "expired or revoked" } else { "AADSTS50173" };
    assert!(ill["sign_in"]["fault"]["said"].as_str().unwrap().contains(words), "{ill}");
    assert!(!kept.events("mailbox_turned").await.is_empty(), "open consoles hear of it");

    kept.mailman.puts(&kept.address, &wrote("two", "Still nothing.")).await;
    ines.replies(&talk, "It comes today.").await;
    kept.after(minutes(30)).await;
    let waits = kept.answer_of(&ines, &talk, "It comes today.").await;
    assert_eq!(waits["state"], "queued");
    assert!(waits["fault"].as_str().unwrap().contains("signs in"), "{waits}");
    let asked = kept.provider.grants().renewals;
    kept.after(minutes(60)).await;
    assert_eq!(kept.provider.grants().renewals, asked, "what is over is not asked for again and again");

    // as somebody else it stays closed
    let other = kept.signs_in(&owner, "kari@fjell.example", Some(&id)).await;
    assert!(other.problem() == "conflict" && other.text().contains("kari@fjell.example"), "{}", other.text());
    assert_eq!(kept.signs_in(&owner, &kept.address, Some(&id)).await.ok()["trouble"], Value::Null);
    kept.after(minutes(5)).await;
    assert_eq!(owner.list("all").await.len(), 2, "what came meanwhile is there, once");
    assert_eq!((kept.answer_of(&ines, &talk, "It comes today.").await["state"].clone(), kept.arrived_at(&mara).await), (json!("sent"), 1));
    assert_eq!(kept.events("mailbox_signed_in").await.len(), 1);
}

#[story]
async fn a_mailbox_with_passwords_is_signed_in_to_and_goes_on_where_it_was(kept: Kept) {
    let (owner, id) = (kept.owner(), kept.connects().await);
    kept.receives(&letter(&kept.address, "one", "Where is my tent?", "", "Hello?")).await;
    let signed_in = kept.signs_in(&owner, &kept.address, None).await.ok();
    assert_eq!((&signed_in["id"], &signed_in["name"]), (&json!(id), &json!("Fjell & Fjord")), "the mailbox of that address");
    kept.receives(&letter(&kept.address, "two", "And my stove?", "", "Hello?")).await;
    assert_eq!(owner.list("all").await.len(), 2, "the first letter is not taken in again");

    // and back: half of it is not enough, and what opens it goes to no other server
    let mut form = kept.form();
    let (incoming, outgoing) = (form["incoming_password"].take(), form["outgoing_password"].take());
    form["incoming"]["host"] = json!("localhost");
    let put = async |form: &Value| owner.put(&format!("/mailboxes/{id}"), form.clone()).await;
    assert_eq!(put(&form).await.json()["fields"][0]["field"], "incoming_password");
    form["incoming_password"] = incoming;
    assert_eq!(put(&form).await.json()["fields"][0]["field"], "outgoing_password");
    form["outgoing_password"] = outgoing;
    assert_eq!(put(&form).await.ok()["sign_in"], Value::Null);
    // as it is, it is only named otherwise
    assert_eq!(kept.signs_in(&owner, &kept.address, Some(&id)).await.status, StatusCode::OK);
    let now = kept.mailbox(&id).await;
    let mut form = kept.form();
    for field in ["incoming", "outgoing"] {
        form[field] = now[field].clone();
        form[format!("{field}_password")] = Value::Null;
    }
    form["name"] = json!("Fjell");
    let renamed = put(&form).await.ok();
    assert_eq!((&renamed["name"], &renamed["sign_in"]["account"]), (&json!("Fjell"), &json!(kept.address)));
    let tested = owner.post("/mailbox-tests", json!({ "form": form, "mailbox": id })).await.ok();
    assert_eq!((&tested["incoming"]["trouble"], &tested["outgoing"]["trouble"]), (&Value::Null, &Value::Null), "{tested}");
}

#[story]
async fn a_client_is_the_shops_own_and_its_secret_is_never_shown(kept: Kept) {
    let (owner, path) = (kept.owner(), format!("/mail-clients/{}", kept.name));
    let all = owner.get("/mail-clients").await;
    assert!(!all.text().contains(CLIENT_SECRET), "{}", all.text());
    let ours = items(all.ok()).into_iter().find(|one| one["provider"] == kept.name).unwrap();
    assert_eq!((&ours["client_id"], &ours["comes_back_to"]), (&json!(CLIENT), &json!("http://127.0.0.1:8080/console/settings/mailboxes")));
    let others = items(kept.other_shop().owner().get("/mail-clients").await.ok());
    assert!(others.iter().all(|one| one["client_id"].is_null()), "{others:?}");
    assert_eq!(kept.agent("Ines").put(&path, client()).await.problem(), "forbidden");
    assert_eq!(
        kept.other_shop().owner().post("/mailbox-sign-ins", json!({ "provider": kept.name, "mailbox": null })).await.problem(),
        "conflict"
    );

    // a secret that is left out stays
    owner.put(&path, json!({ "client_id": CLIENT, "client_secret": null })).await.ok();
    kept.opens().await;
    assert_eq!(owner.delete(&path).await.problem(), "conflict", "it opens a mailbox");
    let id = items(owner.get("/mailboxes").await.ok())[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(owner.delete(&format!("/mailboxes/{id}")).await.status, StatusCode::NO_CONTENT);
    assert_eq!(owner.delete(&path).await.status, StatusCode::NO_CONTENT);
    let without = owner.put(&path, json!({ "client_id": CLIENT, "client_secret": null })).await;
    assert_eq!(without.json()["fields"][0]["field"], "client_secret");
    kept.settle().await;
    assert_eq!((kept.events("mail_client_changed").await.len(), kept.events("mail_client_forgotten").await.len()), (2, 1));
}
