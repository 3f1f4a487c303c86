//! Messenger and Instagram, as Meta's reference of their Send API, webhook events and error codes shows them.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use kernel::days;
use platform::token::hmac_sha256;
use serde_json::{Value, json};

use super::{Asked, Book, Call, Face, Sent, Square, Weather, Writes, answer, comments, handed_out, text, unknown};

const TOKEN: &str = "EAAP-not-a-real-page-token";
const APP: &str = "501000000000001";
const APP_SECRET: &str = "beefbeefbeefbeefbeefbeefbeefbeef";
pub const PAGE: &str = "110000000000001";
pub const ACCOUNT: &str = "178000000000001";

pub struct Messenger;
pub struct Instagram;

impl Face for Messenger {
    fn channel(&self) -> &'static str {
        "messenger"
    }
    fn form(&self) -> Vec<(&'static str, &'static str)> {
        vec![("page_id", PAGE), ("token", TOKEN), ("app_id", APP), ("app_secret", APP_SECRET)]
    }
    fn secret(&self) -> &'static str {
        TOKEN
    }
    fn peer(&self) -> &'static str {
        "900000000000001"
    }
    fn known_as(&self) -> &'static str {
        "Fjell & Fjord"
    }
    fn tells(&self) -> &'static [&'static str] {
        &["delivered", "read"]
    }
    fn longest(&self) -> usize {
        2_000
    }
    fn answered_within(&self) -> Option<i64> {
        Some(days(7))
    }
    fn square(&self) -> Option<&dyn Square> {
        Some(self)
    }
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.ends_with("/messages") || (asked.method == "POST" && asked.path.ends_with("/comments"))
    }
    fn answer(&self, book: &mut Book, asked: &Asked, _: &str) -> Response {
        answered(book, asked, "page", self)
    }
    fn refusal(&self, weather: Weather) -> Response {
        refusal(weather, 2_018_278)
    }
    fn writes(&self, _: &Book, address: &str, writes: Writes<'_>) -> Call {
        signed("page", PAGE, message(address, writes))
    }
    fn resigned(&self, _: &Book, _: &Call, body: &str) -> Call {
        sealed(body.to_owned())
    }
    fn receipt(&self, _: &Book, sent: &Sent, status: &str) -> Call {
        let watermark = 1_900_000_000_000_i64;
        let told = match status {
            "delivered" => json!({ "delivery": { "mids": [sent.reference], "watermark": watermark } }),
            _ => json!({ "read": { "watermark": watermark } }),
        };
        signed("page", PAGE, with(told, &sent.to))
    }
}

impl Face for Instagram {
    fn channel(&self) -> &'static str {
        "instagram"
    }
    fn form(&self) -> Vec<(&'static str, &'static str)> {
        vec![("instagram_id", ACCOUNT), ("page_id", PAGE), ("token", TOKEN), ("app_id", APP), ("app_secret", APP_SECRET)]
    }
    fn secret(&self) -> &'static str {
        TOKEN
    }
    fn peer(&self) -> &'static str {
        "700000000000001"
    }
    fn known_as(&self) -> &'static str {
        "@fjell"
    }
    fn tells(&self) -> &'static [&'static str] {
        &["read"]
    }
    fn longest(&self) -> usize {
        1_000
    }
    fn answered_within(&self) -> Option<i64> {
        Some(days(7))
    }
    fn square(&self) -> Option<&dyn Square> {
        Some(self)
    }
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.ends_with("/messages") || asked.path.ends_with("/replies")
    }
    fn answer(&self, book: &mut Book, asked: &Asked, _: &str) -> Response {
        answered(book, asked, "instagram", self)
    }
    fn refusal(&self, weather: Weather) -> Response {
        refusal(weather, 2_534_022)
    }
    fn writes(&self, _: &Book, address: &str, writes: Writes<'_>) -> Call {
        signed("instagram", ACCOUNT, message(address, writes))
    }
    fn resigned(&self, _: &Book, _: &Call, body: &str) -> Call {
        sealed(body.to_owned())
    }
    fn receipt(&self, _: &Book, sent: &Sent, _: &str) -> Call {
        signed("instagram", ACCOUNT, with(json!({ "read": { "mid": sent.reference } }), &sent.to))
    }
}

fn answered(book: &mut Book, asked: &Asked, object: &str, face: &dyn Face) -> Response {
    if let Some(file) = asked.path.strip_prefix("/cdn/") {
        return handed_out(book, file);
    }
    let path = asked.path.strip_prefix("/v24.0/").unwrap_or_default();
    let of_app = path.starts_with(APP) || path == "debug_token";
    let known = if of_app { format!("Bearer {APP}|{APP_SECRET}") } else { format!("Bearer {TOKEN}") };
    if asked.header("authorization") != known {
        return face.refusal(Weather::SignedOut);
    }
    if let Some(said) = face.square().and_then(|square| comments::answered(book, asked, path, square, object)) {
        return said;
    }
    let body = asked.json();
    let said = match path.split_once('/').unwrap_or((path, "")) {
        (APP, "subscriptions") if asked.method == "DELETE" && asked.query == format!("object={object}") => {
            book.hook = None;
            json!({ "success": true })
        }
        (APP, "subscriptions") => {
            book.wrong.extend(unknown(&body, &["object", "callback_url", "verify_token", "fields"]));
            if body["object"] != object {
                book.refuses(asked);
            }
            book.hears(text(&body, "callback_url"), text(&body, "verify_token"));
            json!({ "success": true })
        }
        ("debug_token", "") if asked.query == format!("input_token={TOKEN}") => ends(book),
        (PAGE, "subscribed_apps") => {
            book.wrong.extend(unknown(&body, &["subscribed_fields"]));
            json!({ "success": true })
        }
        (PAGE, "messages") => return message_taken(book, asked, face),
        (PAGE, "") => json!({ "name": "Fjell & Fjord", "id": PAGE }),
        (ACCOUNT, "") => json!({ "username": "fjell", "id": ACCOUNT }),
        ("900000000000001", "") if asked.query == "fields=first_name,last_name" => json!({ "first_name": "Ada", "last_name": "Lind" }),
        ("700000000000001", "") if asked.query == "fields=name,username" => json!({ "name": "Ada Lind", "username": "ada" }),
        _ => {
            book.refuses(asked);
            return answer(400, &json!({ "error": { "message": "(#100) Invalid parameter", "type": "OAuthException", "code": 100 } }));
        }
    };
    answer(200, &said)
}

/// What Meta says of a token.
pub fn ends(book: &Book) -> Value {
    json!({ "data": { "app_id": APP, "type": "PAGE", "is_valid": true, "expires_at": book.ends_at, "scopes": [] } })
}

fn message_taken(book: &mut Book, asked: &Asked, face: &dyn Face) -> Response {
    let mut body = asked.json();
    let mut file = None;
    if body.is_null() {
        let mut parts = asked.parts();
        let mut part = |name: &str| parts.remove(name).unwrap_or_default();
        body = json!({ "recipient": part("recipient").json(), "messaging_type": part("messaging_type").text(), "message": part("message").json() });
        file = part("filedata").file();
    }
    book.wrong.extend(unknown(&body, &["recipient", "messaging_type", "tag", "message"]));
    book.wrong.extend(unknown(&body["message"], &["text", "metadata", "attachment"]));
    book.wrong.extend(unknown(&body["recipient"], &["id", "comment_id"]));
    let answers = body["recipient"]["comment_id"].as_str().map(str::to_owned);
    if answers.is_some() {
        // neither a window nor a tag has anything to do with it
        book.wrong.extend(unknown(&body, &["recipient", "message"]));
        if book.sent.iter().any(|sent| sent.answers == answers) {
            let error = json!({ "message": "(#10900) Activity already replied to", "type": "OAuthException", "code": 10_900 });
            return answer(400, &json!({ "error": error }));
        }
    }
    let to = if answers.is_some() { face.peer().to_owned() } else { text(&body["recipient"], "id") };
    let reference = format!("m_{}", book.next());
    let sent = Sent {
        to: to.clone(),
        text: text(&body["message"], "text"),
        file,
        reference: reference.clone(),
        ours: body["message"]["metadata"].as_str().map(str::to_owned),
        tag: body["tag"].as_str().map(str::to_owned),
        answers,
        below: None,
    };
    book.sent.push(sent);
    answer(200, &json!({ "recipient_id": to, "message_id": reference }))
}

fn refusal(weather: Weather, subcode: i64) -> Response {
    let (status, code, subcode, said) = match weather {
        Weather::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Weather::Busy => (400, 613, 0, "Calls to this API have exceeded the rate limit"),
        Weather::SignedOut => (401, 190, 463, "Error validating access token: Session has expired"),
        _ => (400, 10, subcode, "This message is sent outside of allowed window"),
    };
    let error = json!({ "message": format!("(#{code}) {said}"), "type": "OAuthException", "code": code, "error_subcode": subcode, "fbtrace_id": "B" });
    answer(status, &json!({ "error": error }))
}

fn message(address: &str, Writes { from, id, text, file, .. }: Writes<'_>) -> Value {
    let mut message = json!({ "mid": format!("m_in{id}"), "text": text });
    if let Some(file) = file {
        message["attachments"] = json!([{ "type": "file", "payload": { "url": format!("{address}/cdn/{file}?oh=1") } }]);
    }
    with(json!({ "message": message }), from)
}

fn with(mut event: Value, from: &str) -> Value {
    event["sender"] = json!({ "id": from });
    event["recipient"] = json!({ "id": PAGE });
    event["timestamp"] = json!(1_790_000_000_000_i64);
    event
}

fn signed(object: &str, id: &str, event: Value) -> Call {
    sealed(json!({ "object": object, "entry": [{ "id": id, "time": 1_790_000_000_100_i64, "messaging": [event] }] }).to_string())
}

pub fn sealed(body: String) -> Call {
    let signature = HEXLOWER.encode(&hmac_sha256(APP_SECRET.as_bytes(), &[body.as_bytes()]));
    Call { headers: vec![("x-hub-signature-256", format!("sha256={signature}"))], body, ..Call::default() }
}
