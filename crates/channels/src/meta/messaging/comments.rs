//! Comments under a page's posts and an account's media. Source: Meta's references of the Graph API (webhooks of pages, field `feed`;
//! comments; replies to and hiding of Instagram comments) and of private replies.
//!
//! Instagram tells of a comment that it is there, and never that it was edited or is gone.

use futures::{FutureExt, future::BoxFuture};
use kernel::days;
use platform::{
    App,
    egress::HandedOver,
    form::Settings,
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Messaging, arriving::called, why};
use crate::{
    meta::{refused, understood},
    partner::{Arriving, FileAt, News, Place, Post, Public, Refusal, Taken, Turn, Turned, Way, Why},
};

/// A comment is answered in private once, within so long.
const IN_PRIVATE: i64 = days(7);

/// How one of them words what the other calls otherwise.
pub struct Comments {
    /// Below a comment stand its answers.
    pub answers: &'static str,
    /// What is said of a comment that is hidden.
    pub hides: &'static str,
    /// What a post says, and where it is read.
    pub says: &'static str,
    pub read_at: &'static str,
    pub longest: usize,
}

/// Something that happened to what a page or account shows.
#[derive(Deserialize)]
pub struct Change {
    #[serde(default)]
    field: String,
    #[serde(default)]
    value: Value,
}

impl Change {
    /// None for what is no comment, and for what the page or account of this id wrote itself.
    pub fn news(self, own: &str) -> Option<News> {
        match self.field.as_str() {
            "feed" => serde_json::from_value::<OnPage>(self.value).ok()?.news(own),
            "comments" => serde_json::from_value::<OnMedia>(self.value).ok()?.news(own),
            _ => None,
        }
    }
}

/// What happened under a page's post.
#[derive(Deserialize)]
struct OnPage {
    #[serde(default)]
    item: String,
    #[serde(default)]
    verb: String,
    comment_id: String,
    #[serde(default)]
    post_id: String,
    parent_id: Option<String>,
    from: Option<Somebody>,
    message: Option<String>,
    photo: Option<String>,
    video: Option<String>,
}

/// A comment on something an account shows.
#[derive(Deserialize)]
struct OnMedia {
    id: String,
    parent_id: Option<String>,
    from: Somebody,
    #[serde(default)]
    text: String,
    media: Option<Media>,
}

#[derive(Deserialize)]
struct Somebody {
    id: String,
    /// On Facebook.
    name: Option<String>,
    /// On Instagram.
    username: Option<String>,
    /// It is the account itself.
    self_ig_scoped_id: Option<String>,
}

#[derive(Deserialize)]
struct Media {
    id: String,
}

impl OnPage {
    fn news(self, own: &str) -> Option<News> {
        let OnPage { item, verb, comment_id: reference, post_id, parent_id, from, message, photo, video } = self;
        if item != "comment" || from.as_ref().is_some_and(|from| from.id == own) {
            return None;
        }
        let turned = |to| Some(News::Turn(Turn { reference: reference.clone(), to }));
        match verb.as_str() {
            "add" => (),
            "edit" | "edited" => return turned(Turned::Edited(message.unwrap_or_default())),
            "remove" | "delete" => return turned(Turned::Removed),
            "hide" => return turned(Turned::Hidden(true)),
            "unhide" => return turned(Turned::Hidden(false)),
            _ => return None,
        }
        let files = [("photo", photo), ("video", video)].into_iter().filter_map(|(kind, at)| at.map(|at| file(kind, at))).collect();
        let place = Place {
            // a comment below another one belongs to that
            thread: parent_id.filter(|parent| *parent != post_id).unwrap_or_else(|| reference.clone()),
            link: Some(format!("https://www.facebook.com/{reference}")),
            post: Some(post_id).filter(|post| !post.is_empty()),
            may_hide: true,
        };
        let text = message.unwrap_or_default();
        // of whom Facebook says nothing, nothing is known but this comment
        let (peer, name) = from.map_or_else(|| (reference.clone(), None), |from| (from.id, from.name));
        arriving(Arriving { peer, name, reference, text, files, place: Some(place), ..Arriving::default() })
    }
}

impl OnMedia {
    fn news(self, own: &str) -> Option<News> {
        let OnMedia { id: reference, parent_id, from, text, media } = self;
        if from.id == own || from.self_ig_scoped_id.is_some() {
            return None;
        }
        let place =
            Place { thread: parent_id.unwrap_or_else(|| reference.clone()), post: media.map(|media| media.id), link: None, may_hide: true };
        let name = from.username.map(|name| format!("@{name}"));
        arriving(Arriving { peer: from.id, name, reference, text, place: Some(place), ..Arriving::default() })
    }
}

/// A comment of stickers alone says that it came.
fn arriving(mut one: Arriving) -> Option<News> {
    if one.text.trim().is_empty() && one.files.is_empty() {
        one.text = "❔".into();
    }
    Some(News::Message(one))
}

fn file(kind: &str, at: String) -> FileAt {
    FileAt { name: called(&at).unwrap_or_else(|| kind.to_owned()), at }
}

/// Ids of what others wrote come from calls, and go into addresses as they are.
fn is_id(id: &str) -> bool {
    (1..=100).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn odd(said: &str) -> Fault {
    Fault::new(Trouble::NotUnderstood, said)
}

impl Public for Messaging {
    fn longest(&self) -> usize {
        self.comments.longest
    }

    fn answered_once_within(&self) -> Option<i64> {
        Some(IN_PRIVATE)
    }

    fn answer<'a>(&'a self, app: &'a App, way: &'a Way, comment: &'a str, text: &'a str) -> BoxFuture<'a, Result<Taken, Refusal>> {
        async move {
            if !is_id(comment) {
                return Err(Refusal::new(Why::Never, "It calls the comment what Meta would not."));
            }
            let request =
                self.graph(app, &way.settings).to(&format!("{comment}/{}", self.comments.answers))?.json(&json!({ "message": text }))?;
            match app.egress().hand_over(request).await? {
                HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
                HandedOver::Answered(answer) => match understood(&answer) {
                    Ok(said) => Ok(match said["id"].as_str() {
                        Some(id) => Taken::By(id.to_owned()),
                        None => Taken::InDoubt("It does not say what it calls the answer.".into()),
                    }),
                    Err(error) => refused(error, &answer, why),
                },
            }
        }
        .boxed()
    }

    fn hide<'a>(&'a self, app: &'a App, settings: &'a Settings, comment: &'a str, hidden: bool) -> BoxFuture<'a, Result<(), Fault>> {
        async move {
            if !is_id(comment) {
                return Err(odd("It calls the comment what Meta would not."));
            }
            let said = self.graph(app, settings).post(comment, &json!({ (self.comments.hides): hidden })).await?;
            if said["success"] == true { Ok(()) } else { Err(odd("It does not say that it did.")) }
        }
        .boxed()
    }

    fn post<'a>(&'a self, app: &'a App, settings: &'a Settings, post: &'a str) -> BoxFuture<'a, Result<Post, Fault>> {
        async move {
            if !is_id(post) {
                return Err(odd("It calls the post what Meta would not."));
            }
            let Comments { says, read_at, .. } = self.comments;
            let said = self.graph(app, settings).get(&format!("{post}?fields={says},{read_at}")).await?;
            let text = |name: &str| said[name].as_str().map(str::to_owned);
            Ok(Post { text: text(says), link: text(read_at) })
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_page(value: Value) -> Option<News> {
        Change { field: "feed".into(), value }.news("11")
    }

    fn comment(with: Value) -> Value {
        let mut value = json!({
            "item": "comment", "verb": "add", "comment_id": "77_1", "post_id": "11_77", "parent_id": "11_77",
            "from": { "id": "900", "name": "Ada Lind" }, "message": "Does it leak?", "created_time": 1_790_000_000,
        });
        value.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
        value
    }

    fn written(news: Option<News>) -> Arriving {
        match news {
            Some(News::Message(arriving)) => arriving,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_comment_stands_below_a_post_and_what_follows_belongs_to_it() {
        let first = written(on_page(comment(json!({}))));
        assert_eq!((first.peer.as_str(), first.name.as_deref(), first.text.as_str()), ("900", Some("Ada Lind"), "Does it leak?"));
        assert_eq!((first.reference.as_str(), first.thread()), ("77_1", Some("77_1")));
        let place = first.place.unwrap();
        assert_eq!((place.post.as_deref(), place.may_hide), (Some("11_77"), true));
        let below = written(on_page(comment(json!({ "comment_id": "77_2", "parent_id": "77_1" }))));
        assert_eq!(below.thread(), Some("77_1"));
        let nameless = written(on_page(comment(json!({ "from": null }))));
        assert_eq!((nameless.peer.as_str(), nameless.name), ("77_1", None));
        let sticker = written(on_page(comment(json!({ "message": null }))));
        assert_eq!(sticker.text, "❔");
    }

    #[test]
    fn what_the_page_writes_and_what_is_no_comment_is_nobodys() {
        for other in [json!({ "from": { "id": "11", "name": "Us" } }), json!({ "item": "reaction" }), json!({ "verb": "follow" })] {
            assert_eq!(on_page(comment(other)), None);
        }
        assert_eq!(on_page(json!({ "item": "like" })), None);
        assert_eq!(Change { field: "live_videos".into(), value: json!({}) }.news("11"), None);
    }

    #[test]
    fn what_becomes_of_a_comment_is_told() {
        for (with, to) in [
            (json!({ "verb": "edited", "message": "Does it drip?" }), Turned::Edited("Does it drip?".into())),
            (json!({ "verb": "remove", "message": null }), Turned::Removed),
            (json!({ "verb": "hide" }), Turned::Hidden(true)),
            (json!({ "verb": "unhide" }), Turned::Hidden(false)),
        ] {
            assert_eq!(on_page(comment(with)), Some(News::Turn(Turn { reference: "77_1".into(), to })));
        }
    }

    #[test]
    fn a_comment_on_instagram_is_of_whoever_wrote_it_unless_that_is_the_account() {
        let on_media = |from: Value| {
            let value = json!({ "id": "c1", "text": "Price?", "from": from, "media": { "id": "m9", "media_product_type": "FEED" } });
            Change { field: "comments".into(), value }.news("17")
        };
        let came = written(on_media(json!({ "id": "501", "username": "ada" })));
        assert_eq!((came.peer.as_str(), came.name.as_deref(), came.thread()), ("501", Some("@ada"), Some("c1")));
        assert_eq!(came.place.unwrap().post.as_deref(), Some("m9"));
        assert_eq!(on_media(json!({ "id": "17", "username": "us" })), None);
        assert_eq!(on_media(json!({ "id": "502", "username": "us", "self_ig_scoped_id": "502" })), None);
    }

    #[test]
    fn only_ids_go_into_addresses() {
        assert!(is_id("1789_2") && is_id(&"1".repeat(100)));
        for wrong in ["", "../me", "1?fields=x", &"1".repeat(101)] {
            assert!(!is_id(wrong), "{wrong}");
        }
    }
}
