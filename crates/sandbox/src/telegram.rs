//! Telegram, as core.telegram.org/bots/api shows it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{Asked, Book, Call, Face, Sent, Weather, Writes, answer, handed_out, text, unknown};

const TOKEN: &str = "4200042:AAHk3r-Not_A_Real-Token0123456789";

pub struct Telegram;

impl Face for Telegram {
    fn channel(&self) -> &'static str {
        "telegram"
    }
    fn form(&self) -> Vec<(&'static str, &'static str)> {
        vec![("token", TOKEN)]
    }
    fn secret(&self) -> &'static str {
        TOKEN
    }
    fn peer(&self) -> &'static str {
        "42"
    }
    fn known_as(&self) -> &'static str {
        "@fjell_bot"
    }
    fn tells(&self) -> &'static [&'static str] {
        &[]
    }
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.contains("/send")
    }
    fn answer(&self, book: &mut Book, asked: &Asked, _: &str) -> Response {
        if let Some(file) = asked.path.strip_prefix(&format!("/file/bot{TOKEN}/")) {
            return handed_out(book, file);
        }
        let Some(method) = asked.path.strip_prefix(&format!("/bot{TOKEN}/")) else { return self.refusal(Weather::SignedOut) };
        let body = asked.json();
        let result = match method {
            "getMe" => json!({ "id": 4_200_042, "is_bot": true, "first_name": "Fjell", "username": "fjell_bot" }),
            "setWebhook" => {
                book.wrong.extend(unknown(&body, &["url", "secret_token", "allowed_updates"]));
                book.hears(text(&body, "url"), text(&body, "secret_token"));
                json!(true)
            }
            "deleteWebhook" => {
                book.hook = None;
                json!(true)
            }
            "getFile" => json!({ "file_id": body["file_id"], "file_path": body["file_id"] }),
            "sendMessage" => {
                book.wrong.extend(unknown(&body, &["chat_id", "text"]));
                take(book, Sent { to: text(&body, "chat_id"), text: text(&body, "text"), ..Sent::default() })
            }
            "sendPhoto" | "sendDocument" => {
                let mut parts = asked.parts();
                let file = parts.remove(if method == "sendPhoto" { "photo" } else { "document" }).and_then(|part| part.file());
                take(book, Sent { to: parts.remove("chat_id").unwrap_or_default().text(), file, ..Sent::default() })
            }
            _ => {
                book.refuses(asked);
                return answer(404, &json!({ "ok": false, "error_code": 404, "description": "Not Found" }));
            }
        };
        answer(200, &json!({ "ok": true, "result": result }))
    }
    fn refusal(&self, weather: Weather) -> Response {
        let (status, said) = match weather {
            Weather::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Weather::Busy => {
                let said =
                    json!({ "ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": { "retry_after": 9 } });
                return answer(429, &said);
            }
            Weather::SignedOut => (401, "Unauthorized"),
            _ => (403, "Forbidden: bot was blocked by the user"),
        };
        answer(status, &json!({ "ok": false, "error_code": status, "description": said }))
    }
    fn writes(&self, book: &Book, _: &str, writes: Writes<'_>) -> Call {
        let from: i64 = writes.from.parse().unwrap_or_default();
        let (first, last) = writes.name.split_once(' ').unwrap_or((writes.name, ""));
        let mut message = json!({
            "message_id": writes.id, "date": 1_790_000_000, "chat": { "id": from, "type": "private", "first_name": first },
            "from": { "id": from, "is_bot": false, "first_name": first, "last_name": last, "language_code": "nb" },
        });
        match writes.file {
            Some(file) => {
                message["caption"] = json!(writes.text);
                message["document"] = json!({ "file_id": file, "file_unique_id": "U1", "file_name": file, "file_size": 20 });
            }
            None => message["text"] = json!(writes.text),
        }
        let body = json!({ "update_id": writes.id, "message": message }).to_string();
        Call { headers: vec![("x-telegram-bot-api-secret-token", book.secret())], body, ..Call::default() }
    }
    fn resigned(&self, _: &Book, call: &Call, body: &str) -> Call {
        Call { body: body.to_owned(), ..call.clone() }
    }
    /// A bot is told nothing.
    fn receipt(&self, _: &Book, _: &Sent, _: &str) -> Call {
        Call::default()
    }
}

fn take(book: &mut Book, mut sent: Sent) -> Value {
    let id = book.next();
    sent.reference = format!("{}/{id}", sent.to);
    let chat = json!({ "id": sent.to.parse::<i64>().unwrap_or_default(), "type": "private" });
    book.sent.push(sent);
    json!({ "message_id": id, "chat": chat, "date": 1_790_000_001 })
}
