//! WhatsApp's Cloud API, as Meta's reference of messages, media, webhooks and error codes shows it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use kernel::days;
use platform::token::hmac_sha256;
use serde_json::{Value, json};

use super::{Asked, Book, Call, Face, Sent, Weather, Writes, answer, handed_out, messaging::ends, templates, text, unknown};

const TOKEN: &str = "EAAG-not-a-real-token";
const APP_SECRET: &str = "f00dfeedf00dfeedf00dfeedf00dfeed";
const NUMBER: &str = "301000000000001";
const BUSINESS: &str = "201000000000001";

pub struct Whatsapp;

impl Face for Whatsapp {
    fn channel(&self) -> &'static str {
        "whatsapp"
    }
    fn form(&self) -> Vec<(&'static str, &'static str)> {
        vec![("phone_number_id", NUMBER), ("business_account_id", BUSINESS), ("token", TOKEN), ("app_secret", APP_SECRET)]
    }
    fn secret(&self) -> &'static str {
        TOKEN
    }
    fn peer(&self) -> &'static str {
        "NO.13491208655302741918"
    }
    fn known_as(&self) -> &'static str {
        "+47 21 00 00 00"
    }
    fn answered_within(&self) -> Option<i64> {
        Some(days(1))
    }
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.ends_with("/messages")
    }
    fn answer(&self, book: &mut Book, asked: &Asked, address: &str) -> Response {
        if asked.header("authorization") != format!("Bearer {TOKEN}") {
            return self.refusal(Weather::SignedOut);
        }
        if let Some(file) = asked.path.strip_prefix("/cdn/") {
            return handed_out(book, file);
        }
        let body = asked.json();
        let path = asked.path.strip_prefix("/v24.0/").unwrap_or_default();
        let said = match path.split_once('/').unwrap_or((path, "")) {
            ("debug_token", "") if asked.query == format!("input_token={TOKEN}") => ends(book),
            (NUMBER, "") if asked.query == "fields=messaging_limit_tier,quality_rating" => {
                json!({ "messaging_limit_tier": "TIER_250", "quality_rating": "GREEN", "id": NUMBER })
            }
            (BUSINESS, "message_templates") => return listed(book, asked),
            (NUMBER, "") if asked.method == "GET" => {
                json!({ "display_phone_number": self.known_as(), "verified_name": "Fjell", "id": NUMBER })
            }
            (NUMBER, "") => {
                let hook = &body["webhook_configuration"];
                book.wrong.extend(unknown(&body, &["webhook_configuration"]));
                book.wrong.extend(unknown(hook, &["override_callback_uri", "verify_token"]));
                book.hears(text(hook, "override_callback_uri"), text(hook, "verify_token"));
                json!({ "success": true })
            }
            (BUSINESS, "subscribed_apps") => json!({ "success": true }),
            (NUMBER, "media") => {
                let mut parts = asked.parts();
                let id = format!("77{}", book.uploads.len());
                match (parts.remove("messaging_product").map(|part| part.text()), parts.remove("file").and_then(|part| part.file())) {
                    (Some(product), Some(file)) if product == "whatsapp" => book.uploads.insert(id.clone(), file),
                    _ => return answer(400, &error(100, "Invalid parameter")),
                };
                json!({ "id": id })
            }
            (NUMBER, "messages") => return message(book, &body),
            (media, "") if book.files.contains_key(media) => {
                json!({ "url": format!("http://{address}/cdn/{media}"), "mime_type": "text/plain", "file_size": 20, "id": media })
            }
            _ => {
                book.refuses(asked);
                return answer(400, &error(100, "Invalid parameter"));
            }
        };
        answer(200, &said)
    }
    fn refusal(&self, weather: Weather) -> Response {
        let (status, code, said) = match weather {
            Weather::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Weather::Busy => (400, 130_429, "Rate limit hit"),
            Weather::SignedOut => (401, 190, "Invalid OAuth access token"),
            _ => (400, 131_047, "Re-engagement message"),
        };
        answer(status, &error(code, said))
    }
    fn writes(&self, _: &Book, _: &str, writes: Writes<'_>) -> Call {
        let id = format!("wamid.in{}", writes.id);
        let mut message = json!({ "from": "4791234567", "from_user_id": writes.from, "id": id, "timestamp": "1790000000" });
        match writes.file {
            Some(file) => {
                message["type"] = json!("document");
                message["document"] =
                    json!({ "id": file, "mime_type": "text/plain", "filename": file, "caption": writes.text, "sha256": "q1w2=" });
            }
            None => {
                message["type"] = json!("text");
                message["text"] = json!({ "body": writes.text });
            }
        }
        signed(json!({
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "4721000000", "phone_number_id": NUMBER },
            "contacts": [{ "profile": { "name": writes.name }, "wa_id": "4791234567", "user_id": writes.from }],
            "messages": [message],
        }))
    }
    fn resigned(&self, _: &Book, _: &Call, body: &str) -> Call {
        sealed(body.to_owned())
    }
    fn receipt(&self, _: &Book, sent: &Sent, status: &str) -> Call {
        let mut told = json!({ "id": sent.reference, "status": status, "timestamp": "1790000009", "recipient_user_id": sent.to });
        if let Some(ours) = &sent.ours {
            told["biz_opaque_callback_data"] = json!(ours);
        }
        if status == "failed" {
            told["errors"] = json!([{ "code": 131_026, "title": "Message undeliverable", "error_data": { "details": "Not on WhatsApp" } }]);
        }
        signed(json!({ "messaging_product": "whatsapp", "metadata": { "phone_number_id": NUMBER }, "statuses": [told] }))
    }
}

fn agreed(book: &Book) -> Vec<Value> {
    let mut all = templates::all();
    for one in all.iter_mut().filter(|one| book.paused.contains(&text(one, "name"))) {
        one["status"] = json!("PAUSED");
    }
    all
}

/// Two at once, so that whoever asks has to ask on.
fn listed(book: &mut Book, asked: &Asked) -> Response {
    const AT_ONCE: usize = 2;
    let begins = "fields=name,language,status,category,components&limit=50";
    let after = match asked.query.strip_prefix(begins) {
        Some("") => Some(0),
        Some(after) => after.strip_prefix("&after=").and_then(|after| after.parse::<usize>().ok()),
        None => None,
    };
    let Some(after) = after else {
        book.refuses(asked);
        return answer(400, &error(100, "Invalid parameter"));
    };
    let all = agreed(book);
    let end = all.len().min(after + AT_ONCE);
    let mut paging = json!({ "cursors": { "before": after.to_string(), "after": end.to_string() } });
    if end < all.len() || book.weather == Weather::ListsForEver {
        paging["next"] = json!("https://graph.facebook.com/next");
    }
    answer(200, &json!({ "data": all[after.min(end)..end], "paging": paging }))
}

fn message(book: &mut Book, body: &Value) -> Response {
    let known = [
        "messaging_product",
        "recipient_type",
        "to",
        "recipient",
        "type",
        "text",
        "image",
        "document",
        "template",
        "biz_opaque_callback_data",
    ];
    book.wrong.extend(unknown(body, &known));
    let to = [text(body, "recipient"), text(body, "to")].concat();
    if body["messaging_product"] != "whatsapp" || body["to"].is_null() == body["recipient"].is_null() {
        return answer(400, &error(100, "Invalid parameter"));
    }
    let kind = text(body, "type");
    let (said, file) = if kind == "text" {
        book.wrong.extend(unknown(&body["text"], &["body", "preview_url"]));
        (text(&body["text"], "body"), None)
    } else if kind == "template" {
        book.wrong.extend(unknown(&body["template"], &["name", "language", "components"]));
        match templates::filled_in(&agreed(book), &body["template"]) {
            Ok(said) => (said, None),
            Err((code, said)) => return answer(400, &error(code, said)),
        }
    } else {
        (String::new(), book.uploads.get(&text(&body[&kind], "id")).cloned())
    };
    let (reference, ours) = (format!("wamid.{}", book.next()), body["biz_opaque_callback_data"].as_str().map(str::to_owned));
    book.sent.push(Sent { to: to.clone(), text: said, file, reference: reference.clone(), ours, ..Sent::default() });
    answer(200, &json!({ "messaging_product": "whatsapp", "contacts": [{ "input": to, "wa_id": to }], "messages": [{ "id": reference }] }))
}

fn error(code: i64, said: &str) -> Value {
    json!({ "error": { "message": format!("(#{code}) {said}"), "type": "OAuthException", "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": said }, "fbtrace_id": "A" } })
}

fn signed(value: Value) -> Call {
    let change = json!({ "field": "messages", "value": value });
    sealed(json!({ "object": "whatsapp_business_account", "entry": [{ "id": BUSINESS, "changes": [change] }] }).to_string())
}

fn sealed(body: String) -> Call {
    let signature = HEXLOWER.encode(&hmac_sha256(APP_SECRET.as_bytes(), &[body.as_bytes()]));
    Call { headers: vec![("x-hub-signature-256", format!("sha256={signature}"))], body, ..Call::default() }
}
