//! Posts that mention an account on X or answer one of its own, as docs.x.com shows them: event payloads of the Activity API, manage
//! Posts, hide replies.

use axum::response::Response;
use serde_json::{Value, json};

use super::{
    Asked, Book, Call, Sent, answer,
    square::{Comment, Deed, Square},
    text, unknown,
    x::{ACCOUNT, X, told_of},
};

/// What the account had posted.
const POST: &str = "2080761390344937796";

impl Square for X {
    /// No id of X's has more than 19 digits.
    fn called(&self, id: u64) -> String {
        format!("209{id}")
    }
    fn own(&self) -> &'static str {
        ACCOUNT
    }
    fn tells(&self) -> &'static [Deed] {
        &[]
    }
    fn once(&self) -> bool {
        false
    }
    fn longest(&self) -> usize {
        280
    }
    /// An answer to the account's post; one below another answer names the account.
    fn comment(&self, _: &Book, Comment { from, name, id, below, text, .. }: Comment<'_>) -> Call {
        let payload = json!({
            "id": self.called(id), "author_id": from, "text": format!("@fjell_shop {text}"), "conversation_id": POST,
            "created_at": "2026-08-12T18:00:00.000Z", "edit_history_tweet_ids": [self.called(id)],
            "in_reply_to_tweet_id": below.map_or_else(|| POST.to_owned(), |below| self.called(below)),
            "in_reply_to_user_id": below.map_or(ACCOUNT, |_| from),
            "display_text_range": [12, 12 + text.chars().count()],
            "entities": { "mentions": [{ "start": 0, "end": 11, "username": "fjell_shop", "id": ACCOUNT }] },
            "reply_settings": "everyone", "lang": "en", "possibly_sensitive": false, "paid_partnership": false,
        });
        let event = if below.is_some() { "post.mention.create" } else { "post.reply.create" };
        told_of(event, &payload, &author(from, name))
    }
}

impl X {
    /// A post of somebody's own that names the account.
    pub fn mentions(&self, Comment { from, name, id, text, .. }: Comment<'_>) -> Call {
        let payload = json!({
            "id": self.called(id), "author_id": from, "text": text, "conversation_id": self.called(id),
            "display_text_range": [0, text.chars().count()], "entities": { "mentions": [{ "username": "fjell_shop", "id": ACCOUNT }] },
            "reply_settings": "everyone", "lang": "en",
        });
        told_of("post.mention.create", &payload, &author(from, name))
    }
}

fn author(from: &str, name: &str) -> Value {
    json!({ "users": [{ "id": from, "username": "ada", "name": name, "protected": false, "verified": false }] })
}

/// What is asked about posts; nothing where it is asked in a way X does not know.
pub fn answered(book: &mut Book, asked: &Asked, rest: &str) -> Option<Response> {
    let body = asked.json();
    match (asked.method.as_str(), rest) {
        ("POST", "") => {
            book.wrong.extend(unknown(&body, &["text", "reply"]));
            book.wrong.extend(unknown(&body["reply"], &["in_reply_to_tweet_id"]));
            let (reference, said) = (format!("20910000{}", book.next()), text(&body, "text"));
            let below = Some(text(&body["reply"], "in_reply_to_tweet_id"));
            book.sent.push(Sent { text: said.clone(), reference: reference.clone(), below, ..Sent::default() });
            Some(answer(201, &json!({ "data": { "id": reference, "text": said, "edit_history_tweet_ids": [reference] } })))
        }
        ("GET", POST) => {
            book.asked_for_post += 1;
            Some(answer(200, &json!({ "data": { "id": POST, "text": X.post(), "edit_history_tweet_ids": [POST] } })))
        }
        ("PUT", _) => {
            let id = rest.strip_suffix("/hidden")?.to_owned();
            book.wrong.extend(unknown(&body, &["hidden"]));
            book.hidden.retain(|one| *one != id);
            if body["hidden"] == true {
                book.hidden.push(id);
            }
            Some(answer(200, &json!({ "data": { "hidden": body["hidden"] } })))
        }
        _ => None,
    }
}
