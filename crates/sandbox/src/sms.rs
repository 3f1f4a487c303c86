//! Twilio's account, as its reference of the Message, IncomingPhoneNumber and Recording resources and of webhook requests shows it.

use std::collections::BTreeMap;

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use platform::token::hmac_sha1;
use serde_json::json;

use super::{Asked, Book, Call, Face, Sent, Weather, Writes, answer, handed_out};

pub(crate) const ACCOUNT: &str = "AC00000000000000000000000000000042";
const TOKEN: &str = "not-a-real-auth-token";
pub(crate) const NUMBER: &str = "+4721000000";
/// What can be said of where a number is called, as the reference of the IncomingPhoneNumber resource has it.
const VOICE: [&str; 7] =
    ["VoiceApplicationSid", "VoiceUrl", "VoiceMethod", "VoiceFallbackUrl", "VoiceFallbackMethod", "StatusCallback", "StatusCallbackMethod"];

pub struct Sms;

impl Face for Sms {
    fn channel(&self) -> &'static str {
        "sms"
    }
    fn form(&self) -> Vec<(&'static str, &'static str)> {
        vec![("account", ACCOUNT), ("token", TOKEN), ("number", "+47 21 00 00 00")]
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
            return handed_out(book, file);
        }
        let form: BTreeMap<String, String> = form_urlencoded::parse(&asked.body).into_owned().collect();
        let said = |name: &str| form.get(name).cloned().unwrap_or_default();
        let mut knows = |known: &[&str]| book.wrong.extend(form.keys().filter(|key| !known.contains(&key.as_str())).cloned());
        match asked.path.strip_prefix(&format!("/2010-04-01/Accounts/{ACCOUNT}/")).unwrap_or_default() {
            "IncomingPhoneNumbers.json" => {
                let ours = json!({ "sid": "PN1", "friendly_name": self.known_as(), "phone_number": NUMBER });
                let found = if asked.query == "PhoneNumber=%2B4721000000" { vec![ours] } else { Vec::new() };
                answer(200, &json!({ "incoming_phone_numbers": found }))
            }
            "IncomingPhoneNumbers/PN1.json" => {
                knows(&[&["SmsUrl", "SmsMethod"][..], &VOICE].concat());
                // what is not named stays
                if form.contains_key("SmsUrl") {
                    book.hears(said("SmsUrl"), String::new());
                }
                book.voice.extend(form.into_iter().filter(|(name, _)| VOICE.contains(&name.as_str())));
                answer(200, &json!({ "sid": "PN1" }))
            }
            "Messages.json" => {
                knows(&["To", "From", "Body", "StatusCallback"]);
                let reference = format!("SM{}", book.next());
                let ours = form.get("StatusCallback").and_then(|address| address.split_once("message=")).map(|(_, ours)| ours.to_owned());
                book.sent.push(Sent { to: said("To"), text: said("Body"), reference: reference.clone(), ours, ..Sent::default() });
                answer(201, &json!({ "sid": reference, "status": "queued", "num_segments": "1", "error_code": null }))
            }
            path if path.starts_with("Recordings/") => recording(book, asked, &path["Recordings/".len()..]),
            _ => {
                book.refuses(asked);
                answer(404, &json!({ "code": 20_404, "message": "The requested resource was not found", "status": 404 }))
            }
        }
    }
    fn refusal(&self, weather: Weather) -> Response {
        let (status, code, said) = match weather {
            Weather::Down => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Weather::Busy => (429, 20_429, "Too Many Requests"),
            Weather::SignedOut => (401, 20_003, "Authenticate"),
            _ => (400, 21_610, "Attempt to send to unsubscribed recipient"),
        };
        answer(status, &json!({ "code": code, "message": said, "status": status }))
    }
    fn writes(&self, book: &Book, address: &str, writes: Writes<'_>) -> Call {
        let (sid, at) = (format!("SMin{}", writes.id), format!("{address}/media/{}", writes.file.unwrap_or_default()));
        let mut form = vec![
            ("MessageSid", sid.as_str()),
            ("AccountSid", ACCOUNT),
            ("From", writes.from),
            ("To", NUMBER),
            ("Body", writes.text),
            ("SmsStatus", "received"),
            ("NumMedia", if writes.file.is_some() { "1" } else { "0" }),
        ];
        if writes.file.is_some() {
            form.extend([("MediaUrl0", at.as_str()), ("MediaContentType0", "text/plain")]);
        }
        signed(book, "", &form)
    }
    /// Twilio sends forms; one about no message is what nobody understands.
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
    let address = book.hook.as_ref().map(|hook| hook.address.clone()).unwrap_or_default();
    signed_at(&format!("{address}{query}"), form)
}

/// A call of an address, as it stands with what is behind its question mark.
pub(crate) fn signed_at(address: &str, form: &[(&str, &str)]) -> Call {
    let sorted: BTreeMap<_, _> = form.iter().copied().collect();
    let told: String = sorted.iter().map(|(name, value)| format!("{name}{value}")).collect();
    let signature = BASE64.encode(&hmac_sha1(TOKEN.as_bytes(), &[format!("{address}{told}").as_bytes()]));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let headers = vec![("x-twilio-signature", signature), ("content-type", "application/x-www-form-urlencoded".to_owned())];
    let query = address.find('?').map(|at| address[at..].to_owned()).unwrap_or_default();
    Call { query, headers, body }
}

/// What was spoken onto the machine, as the reference of the Recording resource has it: the sound under its name, all else under
/// its name as JSON.
fn recording(book: &mut Book, asked: &Asked, path: &str) -> Response {
    let found = match (asked.method.as_str(), path.rsplit_once('.')) {
        ("GET", Some((name, "wav"))) => book.recordings.get(name).map(|sound| sound.clone().into_response()),
        ("DELETE", Some((name, "json"))) => book.recordings.remove(name).map(|_| StatusCode::NO_CONTENT.into_response()),
        _ => {
            book.refuses(asked);
            None
        }
    };
    found.unwrap_or_else(|| answer(404, &json!({ "code": 20_404, "message": "The requested resource was not found", "status": 404 })))
}
