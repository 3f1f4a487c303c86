//! Posts that mention the account, answer one of its own or quote it: everybody reads them, and what they are answered.
//!
//! X lets an account answer in public whoever named or quoted it, and hide answers in what it began itself. Nobody tells that
//! a post of somebody else's was edited or is gone.

use futures::{FutureExt, future::BoxFuture};
use platform::{
    App,
    egress::HandedOver,
    form::Settings,
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    X,
    api::{self, Api},
    arriving::{Entities, called},
    is_id,
};
use crate::partner::{Arriving, News, Place, Post, Public, Refusal, Taken, Way, Why};

/// A post of somebody's.
#[derive(Deserialize)]
struct Written {
    id: String,
    author_id: String,
    conversation_id: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    entities: Entities,
    /// Pictures and films.
    #[serde(default)]
    attachments: Value,
    /// From which letter to which it is shown: before it stands whom it answers, behind it what it shows.
    display_text_range: Option<(usize, usize)>,
    in_reply_to_tweet_id: Option<String>,
    in_reply_to_user_id: Option<String>,
}

/// Whoever is spoken of beside it.
#[derive(Default, Deserialize)]
struct Includes {
    #[serde(default)]
    users: Vec<Somebody>,
}

#[derive(Deserialize)]
struct Somebody {
    id: String,
    name: Option<String>,
    username: Option<String>,
}

/// What a post tells the account of this id.
///
/// Errors: why it is not understood.
pub fn news(key: &str, payload: Value, includes: Value) -> Result<Vec<News>, String> {
    let post: Written = serde_json::from_value(payload).map_err(|error| error.to_string())?;
    if post.author_id == key {
        return Ok(Vec::new());
    }
    let known: Includes = serde_json::from_value(includes).unwrap_or_default();
    let author = known.users.iter().find(|one| one.id == post.author_id);
    let name = author.and_then(|one| called(one.name.as_deref(), one.username.as_deref()));
    let answers_us = post.in_reply_to_user_id.as_deref() == Some(key);
    let place = Place {
        // what was begun by the account is its own
        may_hide: answers_us && post.in_reply_to_tweet_id.as_ref() == Some(&post.conversation_id),
        post: post.in_reply_to_tweet_id.filter(|_| answers_us),
        thread: post.conversation_id,
        link: is_id(&post.id).then(|| link(&post.id)),
    };
    let (from, to) = post.display_text_range.unwrap_or((0, usize::MAX));
    let shown = post.text.chars().take(to).skip(from).collect();
    let mut text = post.entities.whole(shown);
    if !post.attachments.is_null() {
        text = format!("📎 {text}");
    }
    Ok(vec![News::Message(Arriving { peer: post.author_id, name, reference: post.id, text, place: Some(place), ..Arriving::default() })])
}

fn link(post: &str) -> String {
    format!("https://x.com/i/status/{post}")
}

fn odd(said: &str) -> Fault {
    Fault::new(Trouble::NotUnderstood, said)
}

impl Public for X {
    fn longest(&self) -> usize {
        280
    }

    /// Letters outside the Latin script and its neighbours count twice. Source: docs.x.com, counting characters.
    fn measures(&self, character: char) -> usize {
        match u32::from(character) {
            0..=4351 | 8192..=8205 | 8208..=8223 | 8242..=8247 => 1,
            _ => 2,
        }
    }

    fn answer<'a>(&'a self, app: &'a App, way: &'a Way, comment: &'a str, text: &'a str) -> BoxFuture<'a, Result<Taken, Refusal>> {
        async move {
            if !is_id(comment) {
                return Err(Refusal::new(Why::Never, "It calls the post what X would not."));
            }
            let post = json!({ "text": text, "reply": { "in_reply_to_tweet_id": comment } });
            match app.egress().hand_over(Api::of_account(app, &way.settings).to("tweets")?.json(&post)?).await? {
                HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
                HandedOver::Answered(answer) => match api::understood(&answer) {
                    Some(said) => Ok(match said["data"]["id"].as_str() {
                        Some(id) => Taken::By(id.to_owned()),
                        None => Taken::InDoubt("It does not say what it calls the answer.".into()),
                    }),
                    None => api::refused(&answer, app.now()),
                },
            }
        }
        .boxed()
    }

    fn hide<'a>(&'a self, app: &'a App, settings: &'a Settings, comment: &'a str, hidden: bool) -> BoxFuture<'a, Result<(), Fault>> {
        async move {
            if !is_id(comment) {
                return Err(odd("It calls the post what X would not."));
            }
            let said = Api::of_account(app, settings).put(&format!("tweets/{comment}/hidden"), &json!({ "hidden": hidden })).await?;
            if said["data"]["hidden"] == hidden { Ok(()) } else { Err(odd("It does not say that it did.")) }
        }
        .boxed()
    }

    fn post<'a>(&'a self, app: &'a App, settings: &'a Settings, post: &'a str) -> BoxFuture<'a, Result<Post, Fault>> {
        async move {
            if !is_id(post) {
                return Err(odd("It calls the post what X would not."));
            }
            let said = Api::of_account(app, settings).get(&format!("tweets/{post}")).await?;
            Ok(Post { text: said["data"]["text"].as_str().map(str::to_owned), link: Some(link(post)) })
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(with: Value) -> Option<Arriving> {
        let mut post = json!({ "id": "20", "author_id": "2", "conversation_id": "20", "text": "hey @shop see https://t.co/s" });
        post["entities"] = json!({ "urls": [{ "url": "https://t.co/s", "expanded_url": "https://shop.example/tent" }] });
        post.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        let includes = json!({ "users": [{ "id": "2", "name": "Ada Lind", "username": "ada" }, { "id": "1", "name": "Shop" }] });
        match news("1", post, includes).unwrap().pop() {
            Some(News::Message(arriving)) => Some(arriving),
            _ => None,
        }
    }

    #[test]
    fn a_mention_is_read_by_everybody_and_is_not_the_shops_to_hide() {
        let came = told(json!({})).unwrap();
        assert_eq!((came.peer.as_str(), came.name.as_deref(), came.thread()), ("2", Some("Ada Lind"), Some("20")));
        assert_eq!(came.text, "hey @shop see https://shop.example/tent");
        let place = came.place.unwrap();
        assert_eq!((place.post, place.may_hide, place.link.as_deref()), (None, false, Some("https://x.com/i/status/20")));
    }

    #[test]
    fn an_answer_to_the_account_stands_below_its_post_and_may_be_hidden_where_it_began() {
        let below =
            |conversation: &str| json!({ "conversation_id": conversation, "in_reply_to_tweet_id": "10", "in_reply_to_user_id": "1" });
        let place = told(below("10")).unwrap().place.unwrap();
        assert_eq!((place.post.as_deref(), place.may_hide, place.thread.as_str()), (Some("10"), true, "10"));
        assert!(!told(below("9")).unwrap().place.unwrap().may_hide, "somebody else began it");
        let to_another = json!({ "conversation_id": "10", "in_reply_to_tweet_id": "10", "in_reply_to_user_id": "3" });
        assert_eq!(told(to_another).unwrap().place.unwrap().post, None);
    }

    #[test]
    fn what_the_account_writes_is_nobodys_and_a_picture_is_shown_by_a_sign() {
        assert_eq!(told(json!({ "author_id": "1" })), None);
        let answer = json!({ "text": "@shop Great — https://t.co/p", "display_text_range": [6, 13] });
        assert_eq!(told(answer).unwrap().text, "Great —");
        assert!(told(json!({ "attachments": { "media_keys": ["3_1"] } })).unwrap().text.starts_with("📎 "));
        assert!(news("1", json!({ "id": 7 }), Value::Null).is_err(), "it is put aside");
    }

    #[test]
    fn letters_count_as_x_counts_them() {
        for (c, counts) in [('a', 1), ('ø', 1), ('ğ', 1), ('你', 2), ('😀', 2), ('…', 2), ('’', 1)] {
            assert_eq!(Public::measures(&X, c), counts, "{c}");
        }
    }
}
