//! Our own signature under what leaves a mailbox: what the domain tells of its key is asked of a name server.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use ::mail::{Letter, Verdict, authenticated, dkim};
use ::platform::config::Config;
use axum::http::StatusCode;
use hickory_resolver::proto::{
    op::{Message, OpCode, ResponseCode},
    rr::{RData, Record, rdata::TXT},
};
use serde_json::{Value, json};
use story_macro::story;
use tokio::net::UdpSocket;

use super::{Post, letters::arrived};
use crate::{
    actor::Agent,
    story::{Place, Setting},
};

/// What stands under a name, in pieces as long ones are cut into.
type Told = Arc<Mutex<HashMap<String, Vec<String>>>>;

/// A shop with a mailbox, and a name server that knows what it is told.
pub struct Domain {
    post: Post,
    told: Told,
}

impl Setting for Domain {
    const SERVERS: &'static [&'static str] = Post::SERVERS;
    fn modules() -> Vec<::platform::Module> {
        Post::modules()
    }
    async fn set(place: &Place) -> Domain {
        let told = Told::default();
        let server = name_server(told.clone()).await;
        let post = Post::with(place, |config| Config { name_server: server, ..config }).await;
        Domain { post, told }
    }
}

impl std::ops::Deref for Domain {
    type Target = Post;
    fn deref(&self) -> &Post {
        &self.post
    }
}

/// Answers as RFC 1035 says: what it is told, or that there is no such name.
async fn name_server(told: Told) -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let mut bytes = [0; 1_500];
        while let Ok((length, asker)) = socket.recv_from(&mut bytes).await {
            let asked = Message::from_vec(&bytes[..length]).unwrap();
            let query = asked.queries[0].clone();
            let mut answer = Message::response(asked.metadata.id, OpCode::Query);
            match told.lock().unwrap().get(&query.name().to_ascii().trim_end_matches('.').to_owned()) {
                // that of a name it cannot say anything about
                Some(pieces) if pieces.is_empty() => answer.metadata.response_code = ResponseCode::ServFail,
                Some(pieces) => {
                    answer.add_answer(Record::from_rdata(query.name().clone(), 60, RData::TXT(TXT::new(pieces.clone()))));
                }
                None => answer.metadata.response_code = ResponseCode::NXDomain,
            }
            answer.add_query(query);
            socket.send_to(&answer.to_vec().unwrap(), asker).await.unwrap();
        }
    });
    at
}

impl Domain {
    /// Writes down what the domain tells, cut as its host does.
    fn tells(&self, name: &str, record: &str) {
        let pieces = record.as_bytes().chunks(255).map(|piece| String::from_utf8(piece.to_vec()).unwrap()).collect();
        self.told.lock().unwrap().insert(name.to_owned(), pieces);
    }
    /// The letter that is the answer to Mara.
    async fn answered(&self, ines: &Agent) -> String {
        let talk = self.written_from("mara@example.org").await;
        ines.replies(&talk, "It comes today.\n\nKind regards,\nInes").await;
        self.settle().await;
        arrived(&self.mailman, "mara@example.org", &self.address).await
    }
}

/// A key's name and what is told of it.
fn key(mailbox: &Value) -> (String, String) {
    let text = |field: &str| mailbox["signing"][field].as_str().unwrap().to_owned();
    (text("name"), text("record"))
}

fn verdict(letter: &str, keys: HashMap<String, String>) -> Verdict {
    let read = Letter::read(letter.as_bytes()).unwrap();
    authenticated(&read, &[]).and(dkim::verified(&read, letter.as_bytes(), &keys)).verdict
}

#[story]
async fn letters_are_signed_once_the_domain_tells_of_the_key(domain: Domain) {
    let (owner, ines) = (domain.owner(), domain.agent("Ines"));
    let id = domain.connects().await;
    let (at, checks) = (format!("/mailboxes/{id}/signing"), format!("/mailboxes/{id}/signing-checks"));
    assert_eq!(owner.post(&checks, json!({})).await.status, StatusCode::CONFLICT, "there is no key");

    let made = owner.put(&at, json!({})).await.ok();
    let (name, record) = key(&made);
    assert!(name.ends_with("._domainkey.fjell.example") && record.starts_with("v=DKIM1; k=rsa; p=MII"), "{name} {record}");
    assert_eq!(key(&owner.put(&at, json!({})).await.ok()), (name.clone(), record.clone()), "the key stays");
    let refused = async || owner.post(&checks, json!({})).await.json()["detail"].to_string();
    assert!(refused().await.contains("Nothing stands under this name yet."));
    domain.tells(&name, "v=DKIM1; k=rsa; p=MIIBsomebodyelse");
    assert!(refused().await.contains("Something else stands under this name."));
    domain.tells(&name, "");
    let unsaid = owner.post(&checks, json!({})).await;
    assert_eq!(unsaid.status, StatusCode::BAD_GATEWAY, "{}", unsaid.text());
    assert_eq!(domain.mailbox(&id).await["signing"]["signs"], false);

    domain.tells(&name, &record);
    assert_eq!(owner.post(&checks, json!({})).await.ok()["signing"]["signs"], true);
    let letter = domain.answered(&ines).await;
    assert_eq!(verdict(&letter, HashMap::from([(name.clone(), record.clone())])), Verdict::Proved, "{letter}");
    assert_eq!(verdict(&letter.replace("It comes today", "It is lost"), HashMap::from([(name, record)])), Verdict::Unknown);

    owner.delete(&at).await.ok();
    assert_eq!(domain.mailbox(&id).await["signing"], Value::Null);
    domain.settle().await;
    assert_eq!(domain.events("mailbox_changed").await.len(), 3, "made, switched on, forgotten");
}

#[story]
async fn without_a_seen_record_nothing_is_signed_and_a_key_stays_with_its_domain(domain: Domain) {
    let (owner, ines) = (domain.owner(), domain.agent("Ines"));
    let id = domain.connects().await;
    owner.put(&format!("/mailboxes/{id}/signing"), json!({})).await.ok();
    let letter = domain.answered(&ines).await;
    assert!(!letter.contains("DKIM-Signature"), "{letter}");
    let elsewhere = json!({ "address": "support@other.example" });
    let mut form = domain.form();
    form.as_object_mut().unwrap().extend(elsewhere.as_object().unwrap().clone());
    assert_eq!(owner.put(&format!("/mailboxes/{id}"), form).await.ok()["signing"], Value::Null);
    assert_eq!(ines.put(&format!("/mailboxes/{id}/signing"), json!({})).await.status, StatusCode::FORBIDDEN);
}
