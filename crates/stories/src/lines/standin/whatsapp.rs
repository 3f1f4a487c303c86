//! WhatsApp's Cloud API, as Meta's reference of messages, media, webhooks and error codes shows it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use data_encoding::HEXLOWER;
use platform::token::hmac_sha256;
use serde_json::{Value, json};

use super::{Asked, Book, Call, Face, Sent, Weather, Writes, answer, file_of, unknown};

const TOKEN: &str = "EAAG-not-a-real-token";
const APP_SECRET: &str = "f00dfeedf00dfeedf00dfeedf00dfeed";
const NUMBER: &str = "301000000000001";
const BUSINESS: &str = "201000000000001";

pub struct Whatsapp;

impl Face for Whatsapp {
    fn channel(&self) -> &'static str {
        "whatsapp"
    }
    fn form(&self) -> Value {
        json!({ "phone_number_id": NUMBER, "business_account_id": BUSINESS, "token": TOKEN, "app_secret": APP_SECRET })
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
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.ends_with("/messages")
    }
    fn answer(&self, book: &mut Book, asked: &Asked, address: &str) -> Response {
        if asked.header("authorization") != format!("Bearer {TOKEN}") {
            return self.refusal(Weather::SignedOut);
        }
        if let Some(file) = asked.path.strip_prefix("/cdn/") {
            return book.files.get(file).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |content| content.clone().into_response());
        }
        let body = asked.json();
        let path = asked.path.strip_prefix("/v24.0/").unwrap_or_default();
        let said = match path.split_once('/').map_or((path, ""), |split| split) {
            (NUMBER, "") if asked.method == "GET" => {
                json!({ "display_phone_number": "+47 21 00 00 00", "verified_name": "Fjell", "id": NUMBER })
            }
            (NUMBER, "") => {
                let hook = &body["webhook_configuration"];
                book.wrong.extend(unknown(&body, &["webhook_configuration"]));
                book.wrong.extend(unknown(hook, &["override_callback_uri", "verify_token"]));
                let text = |name: &str| hook[name].as_str().unwrap_or_default().to_owned();
                book.hook = Some((text("override_callback_uri"), text("verify_token"))).filter(|(address, _)| !address.is_empty());
                json!({ "success": true })
            }
            (BUSINESS, "subscribed_apps") => json!({ "success": true }),
            (NUMBER, "media") => {
                let parts = asked.parts();
                let id = format!("77{}", book.uploads.len());
                assert_eq!(parts["messaging_product"].1, b"whatsapp");
                book.uploads.insert(id.clone(), file_of(&parts["file"]));
                json!({ "id": id })
            }
            (NUMBER, "messages") => return message(book, &body),
            (media, "") if book.files.contains_key(media) => {
                json!({ "url": format!("http://{address}/cdn/{media}"), "mime_type": "text/plain", "file_size": 20, "id": media })
            }
            _ => {
                book.wrong.push(asked.path.clone());
                return answer(400, error(100, "Invalid parameter"));
            }
        };
        answer(200, said)
    }
    fn refusal(&self, weather: Weather) -> Response {
        let (status, code, said) = match weather {
            Weather::Down => return StatusCode::BAD_GATEWAY.into_response(),
            Weather::Busy => (400, 130_429, "Rate limit hit"),
            Weather::SignedOut => (401, 190, "Invalid OAuth access token"),
            _ => (400, 131_047, "Re-engagement message"),
        };
        answer(status, error(code, said))
    }
    fn writes(&self, _: &Book, _: &str, Writes { from, id, text, file }: Writes<'_>) -> Call {
        let mut message = json!({ "from": "4791234567", "from_user_id": from, "id": format!("wamid.{id}"), "timestamp": "1790000000" });
        match file {
            Some(file) => {
                message["type"] = json!("document");
                message["document"] =
                    json!({ "id": file, "mime_type": "text/plain", "filename": file, "caption": text, "sha256": "q1w2=" });
            }
            None => {
                message["type"] = json!("text");
                message["text"] = json!({ "body": text });
            }
        }
        signed(json!({
            "messaging_product": "whatsapp",
            "metadata": { "display_phone_number": "4721000000", "phone_number_id": NUMBER },
            "contacts": [{ "profile": { "name": "Ada Lind" }, "wa_id": "4791234567", "user_id": from }],
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

fn message(book: &mut Book, body: &Value) -> Response {
    let known = ["messaging_product", "recipient_type", "to", "recipient", "type", "text", "image", "document", "biz_opaque_callback_data"];
    book.wrong.extend(unknown(body, &known));
    if body["messaging_product"] != "whatsapp" || body["to"].is_null() == body["recipient"].is_null() {
        return answer(400, error(100, "Invalid parameter"));
    }
    let to = body["recipient"].as_str().or(body["to"].as_str()).unwrap().to_owned();
    let (text, file) = match body["type"].as_str().unwrap() {
        "text" => {
            book.wrong.extend(unknown(&body["text"], &["body", "preview_url"]));
            (body["text"]["body"].as_str().unwrap().to_owned(), None)
        }
        kind => (String::new(), book.uploads.get(body[kind]["id"].as_str().unwrap()).cloned()),
    };
    let (reference, ours) = (format!("wamid.{}", book.next_reference()), body["biz_opaque_callback_data"].as_str().map(str::to_owned));
    book.sent.push(Sent { to: to.clone(), text, file, reference: reference.clone(), ours });
    answer(200, json!({ "messaging_product": "whatsapp", "contacts": [{ "input": to, "wa_id": to }], "messages": [{ "id": reference }] }))
}

fn error(code: i64, said: &str) -> Value {
    json!({ "error": { "message": format!("(#{code}) {said}"), "type": "OAuthException", "code": code,
        "error_data": { "messaging_product": "whatsapp", "details": said }, "fbtrace_id": "A" } })
}

fn signed(value: Value) -> Call {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": BUSINESS, "changes": [{ "field": "messages", "value": value }] }] });
    sealed(body.to_string())
}

fn sealed(body: String) -> Call {
    let signature = HEXLOWER.encode(&hmac_sha256(APP_SECRET.as_bytes(), &[body.as_bytes()]));
    Call { headers: vec![("x-hub-signature-256", format!("sha256={signature}"))], body, ..Call::default() }
}
