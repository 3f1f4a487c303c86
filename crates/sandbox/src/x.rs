//! X, as docs.x.com shows its API v2: direct messages, webhooks, activity, media, and access that is renewed.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use platform::token::hmac_sha256;
use serde_json::{Value, json};

use super::{Asked, Book, Call, Face, Part, Sent, SentFile, Square, Weather, Writes, answer, handed_out, posts, text, unknown};

pub const ACCOUNT: &str = "2244994945";
const CLIENT: &str = "not-a-real-client";
const CLIENT_SECRET: &str = "not-a-real-client-secret";
const BEARER: &str = "not-a-real-bearer";
const CONSUMER_SECRET: &str = "not-a-real-consumer-secret";
/// Behind each stands how often it was renewed.
const ACCESS: &str = "not-a-real-access-token-";
const REFRESH: &str = "not-a-real-refresh-token-";
const WEBHOOK: &str = "1976325569252868099";

pub struct X;

impl Face for X {
    fn channel(&self) -> &'static str {
        "x"
    }
    fn form(&self) -> Vec<(&'static str, &'static str)> {
        vec![
            ("user_id", ACCOUNT),
            ("client_id", CLIENT),
            ("client_secret", CLIENT_SECRET),
            ("token", "not-a-real-access-token-0"),
            ("refresh_token", "not-a-real-refresh-token-0"),
            ("bearer", BEARER),
            ("consumer_secret", CONSUMER_SECRET),
        ]
    }
    fn secret(&self) -> &'static str {
        CONSUMER_SECRET
    }
    fn peer(&self) -> &'static str {
        "3131313131"
    }
    fn known_as(&self) -> &'static str {
        "@fjell_shop"
    }
    fn tells(&self) -> &'static [&'static str] {
        &["read"]
    }
    /// Only pictures go as they are.
    fn links(&self) -> bool {
        true
    }
    fn longest(&self) -> usize {
        10_000
    }
    fn square(&self) -> Option<&dyn Square> {
        Some(self)
    }
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.ends_with("/messages") || asked.path == "/2/tweets"
    }
    fn is_renewal(&self, asked: &Asked) -> bool {
        asked.path == "/2/oauth2/token"
    }
    fn answer(&self, book: &mut Book, asked: &Asked, _: &str) -> Response {
        let path = asked.path.strip_prefix("/2/").unwrap_or_default();
        if path == "oauth2/token" {
            return renewed(book, asked);
        }
        let known = asked.header("authorization").strip_prefix("Bearer ").unwrap_or_default();
        // what opened it before opens it until it ends
        let is_account = known.strip_prefix(ACCESS).and_then(|nth| nth.parse().ok()).is_some_and(|nth: u64| nth + 1 >= book.renewals);
        match path.split_once('/').unwrap_or((path, "")) {
            ("webhooks", rest) if known == BEARER => webhooks(book, asked, rest),
            ("activity", "subscriptions") if is_account || known == BEARER => subscriptions(book, asked, is_account),
            ("activity", rest) if known == BEARER => subscription(book, asked, rest),
            ("tweets", rest) if is_account => posts::answered(book, asked, rest).unwrap_or_else(|| wrongly_asked(book, asked)),
            ("users" | "dm_conversations" | "media", rest) if is_account => of_account(book, asked, path, rest),
            _ => self.refusal(Weather::SignedOut),
        }
    }
    fn refusal(&self, weather: Weather) -> Response {
        match weather {
            Weather::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Weather::Busy => problem(429, "Too Many Requests", "Too Many Requests"),
            Weather::SignedOut => problem(401, "Unauthorized", "Unauthorized"),
            _ => problem(403, "Forbidden", "You do not have permission to DM one or more participants."),
        }
    }
    fn writes(&self, _: &Book, _: &str, Writes { from, name, id, text, file }: Writes<'_>) -> Call {
        let mut data = json!({ "text": text, "entities": { "hashtags": [], "symbols": [], "user_mentions": [], "urls": [] } });
        if let Some(file) = file {
            let at = format!("https://ton.twitter.com/1.1/ton/data/dm/{id}/9/{file}");
            data["text"] = json!(format!("{text} https://t.co/picture"));
            data["attachment"] = json!({ "type": "media", "media": { "id": "9", "url": "https://t.co/picture", "media_url_https": at } });
        }
        let created = json!({ "sender_id": from, "target": { "recipient_id": ACCOUNT }, "message_data": data });
        let event =
            json!({ "type": "message_create", "id": id.to_string(), "created_timestamp": "1790000000000", "message_create": created });
        let users = json!({ from: { "data": { "id": from, "username": "ada", "name": name } } });
        told("dm.received", &json!({ "direct_message_events": [event], "users": users }))
    }
    fn resigned(&self, _: &Book, _: &Call, body: &str) -> Call {
        signed(body.to_owned())
    }
    fn receipt(&self, _: &Book, sent: &Sent, _: &str) -> Call {
        let read = json!({ "sender_id": sent.to, "target": { "recipient_id": ACCOUNT }, "last_read_event_id": sent.reference });
        told("dm.read", &json!({ "for_user_id": ACCOUNT, "direct_message_mark_read_events": [read] }))
    }
}

impl X {
    /// A message of a chat that nobody but the two can read.
    pub fn writes_sealed(&self, id: &str) -> Call {
        let from = self.peer();
        let payload = json!({
            "id": id, "sender_id": from, "conversation_id": format!("{from}:{ACCOUNT}"),
            "created_at_msec": "1790000000000", "encoded_event": "CwABAAAAEzIw",
        });
        told("chat.received", &payload)
    }
    /// That the account took back what the app was allowed.
    pub fn takes_back(&self) -> Call {
        told("oauth.revoke", &json!({ "date_time": "2026-07-23T21:44:05+00:00", "user_id": ACCOUNT, "app_id": "29820954" }))
    }
    /// That the account wrote something, here or elsewhere.
    pub fn wrote(&self, sent: &Sent) -> Call {
        let created =
            json!({ "sender_id": ACCOUNT, "target": { "recipient_id": sent.to }, "message_data": { "text": sent.text, "entities": {} } });
        let event =
            json!({ "type": "message_create", "id": sent.reference, "created_timestamp": "1790000000000", "message_create": created });
        told("dm.sent", &json!({ "direct_message_events": [event], "users": {} }))
    }
}

fn told(event: &str, payload: &Value) -> Call {
    let event = json!({ "event_uuid": "-6850472171600526495", "filter": { "user_id": ACCOUNT }, "event_type": event, "payload": payload });
    signed(json!({ "data": event }).to_string())
}

/// That somebody did something with a post, with whom it is spoken of.
pub fn told_of(event: &str, payload: &Value, includes: &Value) -> Call {
    let filter = json!({ "user_id": ACCOUNT });
    let event =
        json!({ "event_uuid": "3091827364059182736", "filter": filter, "event_type": event, "payload": payload, "includes": includes });
    signed(json!({ "data": event }).to_string())
}

fn signed(body: String) -> Call {
    let signature = BASE64.encode(&hmac_sha256(CONSUMER_SECRET.as_bytes(), &[body.as_bytes()]));
    Call { headers: vec![("x-twitter-webhooks-signature", format!("sha256={signature}"))], body, ..Call::default() }
}

fn problem(status: u16, title: &str, detail: &str) -> Response {
    answer(status, &json!({ "title": title, "detail": detail, "type": "about:blank", "status": status }))
}

fn wrongly_asked(book: &mut Book, asked: &Asked) -> Response {
    book.refuses(asked);
    problem(400, "Invalid Request", "One or more parameters to your request was invalid.")
}

/// What renewed once renews no more.
fn renewed(book: &mut Book, asked: &Asked) -> Response {
    let known = format!("Basic {}", BASE64.encode(format!("{CLIENT}:{CLIENT_SECRET}").as_bytes()));
    if asked.header("authorization") != known {
        return answer(401, &json!({ "error": "unauthorized_client", "error_description": "Missing valid authorization header" }));
    }
    let said = |name: &str| form_urlencoded::parse(&asked.body).find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let nth = said("refresh_token").and_then(|token| token.strip_prefix(REFRESH)?.parse::<u64>().ok());
    let nth = nth.filter(|nth| *nth >= book.renewals && said("grant_type").as_deref() == Some("refresh_token"));
    let Some(nth) = nth else {
        return answer(400, &json!({ "error": "invalid_request", "error_description": "Value passed for the token was invalid." }));
    };
    book.renewals = nth + 1;
    let granted = json!({
        "token_type": "bearer", "expires_in": 7_200, "scope": "dm.read dm.write tweet.read tweet.write tweet.moderate.write users.read offline.access",
        "access_token": format!("{ACCESS}{}", book.renewals), "refresh_token": format!("{REFRESH}{}", book.renewals),
    });
    answer(200, &granted)
}

/// The address of ours it calls: one.
fn webhooks(book: &mut Book, asked: &Asked, rest: &str) -> Response {
    let body = asked.json();
    match (asked.method.as_str(), rest) {
        ("GET", "") => {
            let known = book.hook.iter().map(|hook| json!({ "id": WEBHOOK, "url": hook.address, "valid": !book.gave_up }));
            let known: Vec<_> = known.collect();
            answer(200, &json!({ "meta": { "result_count": known.len() }, "data": known }))
        }
        ("POST", "") => {
            book.wrong.extend(unknown(&body, &["url"]));
            book.hears(text(&body, "url"), String::new());
            answer(200, &json!({ "data": { "id": WEBHOOK, "url": body["url"], "valid": true } }))
        }
        ("POST", "replay") => {
            book.wrong.extend(unknown(&body, &["webhook_id", "from_date", "to_date"]));
            let is_minute = |name: &str| text(&body, name).len() == 12 && text(&body, name).bytes().all(|b| b.is_ascii_digit());
            if !is_minute("from_date") || !is_minute("to_date") || body["webhook_id"] != WEBHOOK {
                return wrongly_asked(book, asked);
            }
            book.asked_again.push((text(&body, "from_date"), text(&body, "to_date")));
            answer(200, &json!({ "data": { "job_id": "1", "created_at": "2026-11-23T10:00:00.000Z" } }))
        }
        ("PUT", WEBHOOK) => {
            book.gave_up = false;
            answer(200, &json!({ "data": { "valid": true } }))
        }
        ("DELETE", WEBHOOK) => {
            book.hook = None;
            answer(200, &json!({ "data": { "deleted": true } }))
        }
        _ => wrongly_asked(book, asked),
    }
}

/// What it is to tell of whom: private things are allowed by the account itself.
fn subscriptions(book: &mut Book, asked: &Asked, is_account: bool) -> Response {
    if asked.method == "GET" && asked.query == "max_results=1000" {
        return answer(200, &json!({ "data": book.subscriptions, "meta": { "total_subscriptions": book.subscriptions.len() } }));
    }
    let mut body = asked.json();
    book.wrong.extend(unknown(&body, &["event_type", "filter", "webhook_id", "tag"]));
    let is_private = text(&body, "event_type") != "oauth.revoke";
    if asked.method != "POST"
        || body["webhook_id"] != WEBHOOK
        || is_private != is_account
        || is_private == body["filter"]["user_id"].is_null()
    {
        return wrongly_asked(book, asked);
    }
    body["subscription_id"] = json!(format!("19763255692528{}", book.subscriptions.len()));
    book.subscriptions.push(body.clone());
    answer(200, &json!({ "data": body }))
}

fn subscription(book: &mut Book, asked: &Asked, rest: &str) -> Response {
    let id = rest.strip_prefix("subscriptions/").unwrap_or_default().to_owned();
    let before = book.subscriptions.len();
    if asked.method == "DELETE" {
        book.subscriptions.retain(|one| one["subscription_id"] != id.as_str());
    }
    if book.subscriptions.len() == before {
        return wrongly_asked(book, asked);
    }
    answer(200, &json!({ "data": { "deleted": true }, "meta": { "total_subscriptions": before - 1 } }))
}

fn of_account(book: &mut Book, asked: &Asked, path: &str, rest: &str) -> Response {
    if let Some(file) = rest.strip_prefix("media/").filter(|_| path.starts_with("dm_conversations/")) {
        return handed_out(book, file.rsplit('/').next().unwrap_or_default());
    }
    let peer = rest.strip_prefix("with/").and_then(|rest| rest.strip_suffix("/messages"));
    match (path, peer) {
        ("users/me", _) => answer(200, &json!({ "data": { "id": ACCOUNT, "name": "Fjell & Fjord", "username": "fjell_shop" } })),
        ("users/3131313131", _) => answer(200, &json!({ "data": { "id": "3131313131", "name": "Ada Lind", "username": "ada" } })),
        (_, Some(peer)) => message_taken(book, asked, peer),
        _ if path.starts_with("media/") => media(book, asked, rest.strip_prefix("upload/").unwrap_or_default()),
        _ => wrongly_asked(book, asked),
    }
}

fn message_taken(book: &mut Book, asked: &Asked, peer: &str) -> Response {
    let body = asked.json();
    book.wrong.extend(unknown(&body, &["text", "attachments"]));
    let file = body["attachments"][0]["media_id"].as_str().and_then(|id| book.uploads.remove(id));
    if text(&body, "text").is_empty() && file.is_none() {
        return wrongly_asked(book, asked);
    }
    let reference = format!("20807639148{}", book.next());
    book.sent.push(Sent { to: peer.to_owned(), text: text(&body, "text"), file, reference: reference.clone(), ..Sent::default() });
    answer(201, &json!({ "data": { "dm_conversation_id": format!("{ACCOUNT}-{peer}"), "dm_event_id": reference } }))
}

/// A picture is announced, handed in, and closed.
fn media(book: &mut Book, asked: &Asked, rest: &str) -> Response {
    match rest.split_once('/').unwrap_or((rest, "")) {
        ("initialize", "") => {
            let body = asked.json();
            book.wrong.extend(unknown(&body, &["media_type", "media_category", "total_bytes"]));
            let id = format!("18800281060205{}", book.uploads.len());
            book.uploads.insert(id.clone(), SentFile { name: String::new(), content: Vec::new() });
            answer(200, &json!({ "data": { "id": id, "media_key": "13_1", "expires_after_secs": 86_400 } }))
        }
        (id, "append") => {
            let segment = asked.parts().remove("media").as_ref().and_then(Part::file);
            match (book.uploads.get_mut(id), segment) {
                (Some(upload), Some(segment)) => {
                    upload.name = segment.name;
                    upload.content.extend(segment.content);
                    answer(200, &json!({ "data": { "expires_at": 1_800_000_000 } }))
                }
                _ => wrongly_asked(book, asked),
            }
        }
        (id, "finalize") if book.uploads.contains_key(id) => answer(200, &json!({ "data": { "id": id, "media_key": "13_1" } })),
        _ => wrongly_asked(book, asked),
    }
}
