//! Comments under a page's posts and an account's media, as Meta's references show them: the webhooks of pages (field `feed`) and of
//! Instagram (field `comments`), “Comments and @mentions” of the Pages API, the replies to and the hiding of an IG Comment, and
//! “Private Replies” of the Messenger Platform (developers.facebook.com).

use axum::response::Response;
use serde_json::{Value, json};

use super::{
    Asked, Book, Call, Sent, answer,
    messaging::{ACCOUNT, Instagram, Messenger, PAGE, sealed},
    square::{Comment, Deed, Square},
    text, unknown,
};

const POST: &str = "77";
const MEDIA: &str = "17900000000000009";

impl Square for Messenger {
    fn called(&self, id: u64) -> String {
        format!("{POST}_{id}")
    }
    fn own(&self) -> &'static str {
        PAGE
    }
    fn tells(&self) -> &'static [Deed] {
        &[Deed::Edits, Deed::Removes, Deed::Hides]
    }
    fn longest(&self) -> usize {
        8_000
    }
    fn comment(&self, _: &Book, Comment { deed, from, name, id, below, text }: Comment<'_>) -> Call {
        let post = format!("{PAGE}_{POST}");
        let verb = match deed {
            Deed::Writes => "add",
            Deed::Edits => "edited",
            Deed::Removes => "remove",
            Deed::Hides => "hide",
        };
        let mut value = json!({
            "item": "comment", "verb": verb, "comment_id": self.called(id), "post_id": post, "created_time": 1_790_000_000,
            "parent_id": below.map_or_else(|| post.clone(), |below| self.called(below)), "from": { "id": from, "name": name },
            "post": { "id": post, "status_type": "mobile_status_update", "is_published": true, "promotion_status": "inactive" },
        });
        if deed != Deed::Removes {
            value["message"] = json!(text);
        }
        changed("page", PAGE, "feed", &value)
    }
}

impl Square for Instagram {
    fn called(&self, id: u64) -> String {
        format!("178{id}")
    }
    fn own(&self) -> &'static str {
        ACCOUNT
    }
    fn tells(&self) -> &'static [Deed] {
        &[]
    }
    fn longest(&self) -> usize {
        2_200
    }
    fn comment(&self, _: &Book, Comment { from, id, below, text, .. }: Comment<'_>) -> Call {
        let mut value = json!({
            "id": self.called(id), "text": text, "from": { "id": from, "username": "ada" },
            "media": { "id": MEDIA, "media_product_type": "FEED" },
        });
        if let Some(below) = below {
            value["parent_id"] = json!(self.called(below));
        }
        changed("instagram", ACCOUNT, "comments", &value)
    }
}

fn changed(object: &str, id: &str, field: &str, value: &Value) -> Call {
    let entry = json!({ "id": id, "time": 1_790_000_000, "changes": [{ "field": field, "value": value }] });
    sealed(json!({ "object": object, "entry": [entry] }).to_string())
}

/// What is asked about a comment or a post; nothing where it is asked about something else.
pub fn answered(book: &mut Book, asked: &Asked, path: &str, square: &dyn Square, object: &str) -> Option<Response> {
    let is_page = object == "page";
    let post = if is_page { format!("{PAGE}_{POST}") } else { MEDIA.to_owned() };
    let (id, edge) = path.split_once('/').unwrap_or((path, ""));
    if asked.method == "GET" && path == post {
        book.asked_for_post += 1;
        let (says, read_at) = if is_page { ("message", "permalink_url") } else { ("caption", "permalink") };
        return (asked.query == format!("fields={says},{read_at}"))
            .then(|| answer(200, &json!({ says: square.post(), read_at: format!("https://social.example/{post}"), "id": post })));
    }
    let is_comment = id.starts_with(square.called(0).trim_end_matches('0'));
    match (asked.method.as_str(), edge) {
        ("POST", "comments") if is_comment && is_page => Some(below(book, asked, id)),
        ("POST", "replies") if is_comment && !is_page => Some(below(book, asked, id)),
        ("POST", "") if is_comment => {
            let (body, field) = (asked.json(), if is_page { "is_hidden" } else { "hide" });
            book.wrong.extend(unknown(&body, &[field]));
            book.hidden.retain(|one| one != id);
            if body[field] == true {
                book.hidden.push(id.to_owned());
            }
            Some(answer(200, &json!({ "success": true })))
        }
        _ => None,
    }
}

fn below(book: &mut Book, asked: &Asked, comment: &str) -> Response {
    let body = asked.json();
    book.wrong.extend(unknown(&body, &["message"]));
    let reference = format!("{POST}_9{}", book.next());
    book.sent.push(Sent { text: text(&body, "message"), reference: reference.clone(), below: Some(comment.to_owned()), ..Sent::default() });
    answer(200, &json!({ "id": reference }))
}
