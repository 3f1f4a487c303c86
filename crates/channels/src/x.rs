//! X: direct messages to an account of the shop's, and posts that mention it or answer one of its own. Source: X's reference of its
//! API v2 (direct messages, posts, webhooks, activity, media, OAuth 2.0 with PKCE; docs.x.com).
//!
//! Access of a person lasts for two hours and is renewed by a token that changes each time. X says when an answer was read, and never
//! that it arrived. What is written in encrypted chats is said to have come and is read in X alone.

mod api;
mod arriving;
mod hearing;
mod media;
mod posts;

use std::collections::BTreeMap;

use bytes::Bytes;
use data_encoding::BASE64;
use futures::{FutureExt, future::BoxFuture};
use inbox::file::MAX_FILE;
use kernel::{Result, invalid, minutes, say};
use platform::{
    App,
    egress::HandedOver,
    form::{Field, FieldKind, Settings, setting},
    token::{hmac_sha256, same},
    trouble::{Fault, Trouble},
};
use serde_json::json;

use self::api::Api;
use crate::{
    outflow::Pace,
    partner::{Call, FILE_WITHIN, FileAt, Greeting, Hook, News, Partner, Piece, Public, Refusal, Renewed, Taken, Way},
};

/// X.
pub struct X;

const NAME: &str = "x";
/// No word that X tries an address with is longer.
const LONGEST_TRIED: usize = 200;

impl Partner for X {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "X"
    }

    fn fields(&self) -> &'static [Field] {
        &[
            Field { name: "user_id", kind: FieldKind::Line, required: true },
            Field { name: "client_id", kind: FieldKind::Line, required: true },
            Field { name: "client_secret", kind: FieldKind::Secret, required: true },
            Field { name: "token", kind: FieldKind::Secret, required: true },
            Field { name: "refresh_token", kind: FieldKind::Secret, required: true },
            Field { name: "bearer", kind: FieldKind::Secret, required: true },
            Field { name: "consumer_secret", kind: FieldKind::Secret, required: true },
        ]
    }

    fn longest_text(&self) -> usize {
        10_000
    }

    /// Source: docs.x.com, rate limits: 15 direct messages in 15 minutes, 1,440 a day. Answers in public have a limit of their own.
    fn pace(&self) -> Option<Pace> {
        Some(Pace { every: minutes(1), at_once: 15 })
    }

    fn key(&self, settings: &Settings) -> Result<String> {
        let id = setting(settings, "user_id");
        match is_id(id) {
            true => Ok(id.to_owned()),
            false => Err(invalid("settings.user_id", say!("x-user-id-wrong"))),
        }
    }

    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>> {
        async move {
            let me = Api::of_account(app, settings).get("users/me").await?;
            let said = |name: &str| me["data"][name].as_str();
            let name = said("username").ok_or_else(|| Fault::new(Trouble::NotUnderstood, "It does not say whose access this is."))?;
            match said("id") == Some(setting(settings, "user_id")) {
                true => Ok(format!("@{name}")),
                false => Err(Fault::new(Trouble::NotAllowed, format!("This is the access of another account, @{name}."))),
            }
        }
        .boxed()
    }

    fn renew<'a>(&'a self, app: &'a App, settings: &'a Settings) -> Option<BoxFuture<'a, Result<Renewed, Refusal>>> {
        Some(api::renewed(app, settings).boxed())
    }

    fn subscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        hearing::begin(app, settings, hook).boxed()
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        hearing::end(app, settings, hook).boxed()
    }

    /// The word is signed with what signs calls too, so whoever tries an address could have a call signed: a word that could be one is
    /// not answered.
    fn greets(&self, settings: &Settings, _: &Hook, asked: &BTreeMap<String, String>) -> Option<Greeting> {
        let word = asked.get("crc_token")?;
        let is_plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=_-.".contains(&b));
        let fits = is_plain && (1..=LONGEST_TRIED).contains(&word.len());
        fits.then(|| Greeting::Json(json!({ "response_token": signature(settings, word) })))
    }

    fn is_signed(&self, settings: &Settings, _: &Hook, call: &Call<'_>) -> bool {
        same(call.header("x-twitter-webhooks-signature").as_bytes(), signature(settings, call.body).as_bytes())
    }

    fn read(&self, key: &str, kept: &str) -> Result<Vec<News>, String> {
        arriving::news(key, kept)
    }

    /// Asked for whom an encrypted chat tells nothing more of.
    fn name_of<'a>(&'a self, app: &'a App, settings: &'a Settings, peer: &'a str) -> BoxFuture<'a, Option<String>> {
        async move {
            let peer = Some(peer).filter(|id| is_id(id))?;
            let known = Api::of_account(app, settings).get(&format!("users/{peer}?user.fields=username")).await.ok()?;
            arriving::called(known["data"]["name"].as_str(), known["data"]["username"].as_str())
        }
        .boxed()
    }

    fn fetch<'a>(&'a self, app: &'a App, settings: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>> {
        async move {
            let api = Api::of_account(app, settings);
            let request = api.ask(&format!("dm_conversations/media/{}", file.at))?.at_most(MAX_FILE).within(FILE_WITHIN);
            let answer = app.egress().send(request).await?;
            if answer.status.is_success() { Ok(answer.body) } else { Err(api.fault(&answer)) }
        }
        .boxed()
    }

    fn public(&self) -> Option<&dyn Public> {
        Some(self)
    }

    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>> {
        async move {
            let api = Api::of_account(app, &way.settings);
            let message = match piece {
                Piece::Text(text) => json!({ "text": text }),
                Piece::File { name, media_type, content, .. } if media::is_picture(media_type, content.len()) => {
                    let id = media::upload(app, &api, name, media_type, content).await?;
                    json!({ "attachments": [{ "media_id": id }] })
                }
                // X takes no other files in messages
                Piece::File { name, address, .. } => json!({ "text": format!("{name}\n{address}") }),
            };
            match app.egress().hand_over(api.to(&format!("dm_conversations/with/{}/messages", way.peer))?.json(&message)?).await? {
                HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
                HandedOver::Answered(answer) => match api::understood(&answer) {
                    Some(said) => Ok(match said["data"]["dm_event_id"].as_str() {
                        Some(id) => Taken::By(id.to_owned()),
                        None => Taken::InDoubt("It does not say what it calls the message.".into()),
                    }),
                    None => api::refused(&answer, app.now()),
                },
            }
        }
        .boxed()
    }
}

/// Ids of X's are numbers that go into addresses as they are.
fn is_id(id: &str) -> bool {
    (1..=19).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
}

/// As X signs: with the secret of the app, over the bytes as they are.
fn signature(settings: &Settings, said: &str) -> String {
    let mac = hmac_sha256(setting(settings, "consumer_secret").as_bytes(), &[said.as_bytes()]);
    format!("sha256={}", BASE64.encode(&mac))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn greeted(word: &str) -> Option<Greeting> {
        let settings = Settings::from([("consumer_secret".to_owned(), "not-a-real-consumer-secret".to_owned())]);
        let hook = Hook { address: String::new(), secret: String::new() };
        X.greets(&settings, &hook, &BTreeMap::from([("crc_token".to_owned(), word.to_owned())]))
    }

    /// The signature was made by OpenSSL.
    #[test]
    fn a_word_is_answered_with_its_signature() {
        let answer = json!({ "response_token": "sha256=9MElsABL1NSziQ82c3gDWcw0NKWxdmYzKS0bTZzke78=" });
        assert_eq!(greeted("9yq0b2FmK3RlbnQ_-1A"), Some(Greeting::Json(answer)));
    }

    #[test]
    fn no_call_is_signed_for_whoever_tries_an_address() {
        let longest = "a".repeat(LONGEST_TRIED);
        assert!(greeted(&longest).is_some());
        for word in ["", "{\"data\":{}}", "a b", "[]", "\u{e9}", &format!("{longest}a")] {
            assert_eq!(greeted(word), None, "{word}");
        }
    }

    #[test]
    fn an_account_is_a_number() {
        let key = |id: &str| X.key(&Settings::from([("user_id".to_owned(), id.to_owned())])).ok();
        assert_eq!(key("2244994945").as_deref(), Some("2244994945"));
        for wrong in ["", "@fjell", "22449949452244994945", "22/../49"] {
            assert_eq!(key(wrong), None, "{wrong}");
        }
    }
}
