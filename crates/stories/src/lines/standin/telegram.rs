//! Telegram, as core.telegram.org/bots/api shows it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{Asked, Book, Call, Face, Sent, Weather, Writes, answer, file_of, unknown};

const TOKEN: &str = "4200042:AAHk3r-Not_A_Real-Token0123456789";

pub struct Telegram;

impl Face for Telegram {
    fn channel(&self) -> &'static str {
        "telegram"
    }
    fn form(&self) -> Value {
        json!({ "token": TOKEN })
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
    fn tells(&self) -> bool {
        false
    }
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.contains("/send")
    }
    fn answer(&self, book: &mut Book, asked: &Asked, _: &str) -> Response {
        if let Some(file) = asked.path.strip_prefix(&format!("/file/bot{TOKEN}/")) {
            return book.files.get(file).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |content| content.clone().into_response());
        }
        let Some(method) = asked.path.strip_prefix(&format!("/bot{TOKEN}/")) else { return self.refusal(Weather::SignedOut) };
        let body = asked.json();
        let result = match method {
            "getMe" => json!({ "id": 4_200_042, "is_bot": true, "first_name": "Fjell", "username": "fjell_bot" }),
            "setWebhook" => {
                book.wrong.extend(unknown(&body, &["url", "secret_token", "allowed_updates"]));
                book.hook = Some((body["url"].as_str().unwrap().to_owned(), body["secret_token"].as_str().unwrap().to_owned()));
                json!(true)
            }
            "deleteWebhook" => {
                book.hook = None;
                json!(true)
            }
            "getFile" => json!({ "file_id": body["file_id"], "file_path": body["file_id"] }),
            "sendMessage" => {
                book.wrong.extend(unknown(&body, &["chat_id", "text"]));
                let text = body["text"].as_str().unwrap().to_owned();
                take(book, Sent { to: body["chat_id"].as_str().unwrap().to_owned(), text, ..Sent::default() })
            }
            "sendPhoto" | "sendDocument" => {
                let parts = asked.parts();
                let field = if method == "sendPhoto" { "photo" } else { "document" };
                let to = String::from_utf8(parts["chat_id"].1.clone()).unwrap();
                take(book, Sent { to, file: Some(file_of(&parts[field])), ..Sent::default() })
            }
            other => {
                book.wrong.push(other.to_owned());
                return answer(404, json!({ "ok": false, "error_code": 404, "description": "Not Found" }));
            }
        };
        answer(200, json!({ "ok": true, "result": result }))
    }
    fn refusal(&self, weather: Weather) -> Response {
        let (status, said) = match weather {
            Weather::Down => return StatusCode::BAD_GATEWAY.into_response(),
            Weather::Busy => {
                let said =
                    json!({ "ok": false, "error_code": 429, "description": "Too Many Requests", "parameters": { "retry_after": 9 } });
                return answer(429, said);
            }
            Weather::SignedOut => (401, "Unauthorized"),
            _ => (403, "Forbidden: bot was blocked by the user"),
        };
        answer(status, json!({ "ok": false, "error_code": status, "description": said }))
    }
    fn writes(&self, book: &Book, _: &str, Writes { from, id, text, file }: Writes<'_>) -> Call {
        let from: i64 = from.parse().unwrap();
        let mut message = json!({
            "message_id": id, "date": 1_790_000_000, "chat": { "id": from, "type": "private", "first_name": "Ada" },
            "from": { "id": from, "is_bot": false, "first_name": "Ada", "last_name": "Lind", "language_code": "nb" },
        });
        match file {
            Some(file) => {
                message["caption"] = json!(text);
                message["document"] = json!({ "file_id": file, "file_unique_id": "U1", "file_name": file, "file_size": 20 });
            }
            None => message["text"] = json!(text),
        }
        let secret = book.hook.as_ref().map(|(_, secret)| secret.clone()).unwrap_or_default();
        let body = json!({ "update_id": 9_000 + id, "message": message }).to_string();
        Call { headers: vec![("x-telegram-bot-api-secret-token", secret)], body, ..Call::default() }
    }
    fn resigned(&self, _: &Book, call: &Call, body: &str) -> Call {
        Call { body: body.to_owned(), ..call.clone() }
    }
    fn receipt(&self, _: &Book, _: &Sent, _: &str) -> Call {
        unreachable!("a bot is not told")
    }
}

fn take(book: &mut Book, mut sent: Sent) -> Value {
    let id = 1_000 + book.sent.len();
    sent.reference = format!("{}/{id}", sent.to);
    let chat = json!({ "id": sent.to.parse::<i64>().unwrap(), "type": "private" });
    book.sent.push(sent);
    json!({ "message_id": id, "chat": chat, "date": 1_790_000_001 })
}
