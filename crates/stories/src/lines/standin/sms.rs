//! Twilio's messages, as its reference of the Message and IncomingPhoneNumber resources and of webhook requests shows them.

use std::collections::BTreeMap;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use platform::token::hmac_sha1;
use serde_json::{Value, json};

use super::{Asked, Book, Call, Face, Sent, Weather, Writes, answer};

const ACCOUNT: &str = "AC00000000000000000000000000000042";
const TOKEN: &str = "not-a-real-auth-token";
const NUMBER: &str = "+4721000000";

pub struct Sms;

impl Face for Sms {
    fn channel(&self) -> &'static str {
        "sms"
    }
    fn form(&self) -> Value {
        json!({ "account": ACCOUNT, "token": TOKEN, "number": "+47 21 00 00 00" })
    }
    fn secret(&self) -> &'static str {
        TOKEN
    }
    fn peer(&self) -> &'static str {
        "+4791234567"
    }
    fn known_as(&self) -> &'static str {
        "(47) 21000000"
    }
    fn links(&self) -> bool {
        true
    }
    fn longest(&self) -> usize {
        1_600
    }
    fn is_message(&self, asked: &Asked) -> bool {
        asked.path.ends_with("/Messages.json")
    }
    fn answer(&self, book: &mut Book, asked: &Asked, _: &str) -> Response {
        if asked.header("authorization") != format!("Basic {}", BASE64.encode(format!("{ACCOUNT}:{TOKEN}").as_bytes())) {
            return self.refusal(Weather::SignedOut);
        }
        if let Some(file) = asked.path.strip_prefix("/media/") {
            return book.files.get(file).map_or_else(|| StatusCode::NOT_FOUND.into_response(), |content| content.clone().into_response());
        }
        let form: BTreeMap<String, String> = form_urlencoded::parse(&asked.body).into_owned().collect();
        match asked.path.strip_prefix(&format!("/2010-04-01/Accounts/{ACCOUNT}/")).unwrap_or_default() {
            "IncomingPhoneNumbers.json" => {
                let ours = asked.query == "PhoneNumber=%2B4721000000";
                let found =
                    if ours { vec![json!({ "sid": "PN1", "friendly_name": self.known_as(), "phone_number": NUMBER })] } else { Vec::new() };
                answer(200, json!({ "incoming_phone_numbers": found }))
            }
            "IncomingPhoneNumbers/PN1.json" => {
                book.wrong.extend(form.keys().filter(|key| !["SmsUrl", "SmsMethod"].contains(&key.as_str())).cloned());
                book.hook = Some((form["SmsUrl"].clone(), String::new())).filter(|(address, _)| !address.is_empty());
                answer(200, json!({ "sid": "PN1" }))
            }
            "Messages.json" => {
                book.wrong.extend(form.keys().filter(|key| !["To", "From", "Body", "StatusCallback"].contains(&key.as_str())).cloned());
                let reference = format!("SM{}", book.next_reference());
                let ours = form.get("StatusCallback").and_then(|address| address.split_once("message=")).map(|(_, ours)| ours.to_owned());
                book.sent.push(Sent { to: form["To"].clone(), text: form["Body"].clone(), file: None, reference: reference.clone(), ours });
                answer(201, json!({ "sid": reference, "status": "queued", "num_segments": "1", "error_code": null }))
            }
            _ => {
                book.wrong.push(asked.path.clone());
                answer(404, json!({ "code": 20_404, "message": "The requested resource was not found", "status": 404 }))
            }
        }
    }
    fn refusal(&self, weather: Weather) -> Response {
        let (status, code, said) = match weather {
            Weather::Down => return StatusCode::BAD_GATEWAY.into_response(),
            Weather::Busy => (429, 20_429, "Too Many Requests"),
            Weather::SignedOut => (401, 20_003, "Authenticate"),
            _ => (400, 21_610, "Attempt to send to unsubscribed recipient"),
        };
        answer(status, json!({ "code": code, "message": said, "status": status }))
    }
    fn writes(&self, book: &Book, address: &str, Writes { from, id, text, file }: Writes<'_>) -> Call {
        let (sid, at) = (format!("SM{id}"), format!("{address}/media/{}", file.unwrap_or_default()));
        let mut form = vec![
            ("MessageSid", sid.as_str()),
            ("AccountSid", ACCOUNT),
            ("From", from),
            ("To", NUMBER),
            ("Body", text),
            ("SmsStatus", "received"),
            ("NumMedia", if file.is_some() { "1" } else { "0" }),
        ];
        if file.is_some() {
            form.extend([("MediaUrl0", at.as_str()), ("MediaContentType0", "text/plain")]);
        }
        signed(book, "", &form)
    }
    fn resigned(&self, book: &Book, _: &Call, _: &str) -> Call {
        signed(book, "", &[("Body", "A call about no message")])
    }
    fn receipt(&self, book: &Book, sent: &Sent, status: &str) -> Call {
        let query = sent.ours.as_ref().map(|ours| format!("?message={ours}")).unwrap_or_default();
        let status = if status == "failed" { "undelivered" } else { status };
        let mut form = vec![("MessageSid", sent.reference.as_str()), ("MessageStatus", status), ("To", sent.to.as_str()), ("From", NUMBER)];
        if status == "undelivered" {
            form.push(("ErrorCode", "30006"));
        }
        signed(book, &query, &form)
    }
}

fn signed(book: &Book, query: &str, form: &[(&str, &str)]) -> Call {
    let (address, _) = book.hook.clone().unwrap_or_default();
    let sorted: BTreeMap<_, _> = form.iter().copied().collect();
    let told: String = sorted.iter().map(|(name, value)| format!("{name}{value}")).collect();
    let signature = BASE64.encode(&hmac_sha1(TOKEN.as_bytes(), &[format!("{address}{query}{told}").as_bytes()]));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    Call { query: query.to_owned(), headers: vec![("x-twilio-signature", signature)], body }
}
