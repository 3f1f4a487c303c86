//! SMS, through Twilio. Source: Twilio's reference (Message and IncomingPhoneNumber resources, webhook requests, opt-out keywords).
//!
//! Twilio itself answers whoever writes STOP, and tells us; nothing more is sent to them until they write START.

use std::collections::BTreeMap;

use axum::http::Method;
use bytes::Bytes;
use futures::{FutureExt, future::BoxFuture};
use kernel::{MessageId, Result, invalid, say};
use platform::{
    App,
    egress::{HandedOver, Response},
    form::{Field, FieldKind, Settings, setting},
    trouble::{Fault, Trouble},
};
use serde_json::Value;
use twilio::{Account, fault, said};

use crate::partner::{
    Arriving, Call, FILE_WITHIN, FileAt, Hook, News, Of, Partner, Piece, Reached, Receipt, Refusal, Taken, Way, Why, answered_silently,
};

const NAME: &str = "sms";
/// No picture of a message is larger, in bytes.
const LARGEST: usize = 5 << 20;
/// Which message of ours a receipt is of, behind the question mark of the address it comes to.
const OURS: &str = "message";
const STOP: [&str; 8] = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"];
const START: [&str; 3] = ["START", "YES", "UNSTOP"];

/// SMS.
pub struct Sms;

type Parameters = BTreeMap<String, String>;

impl Partner for Sms {
    fn name(&self) -> &'static str {
        NAME
    }

    fn title(&self) -> &'static str {
        "SMS (Twilio)"
    }

    fn fields(&self) -> &'static [Field] {
        &[
            Field { name: "account", kind: FieldKind::Line, required: true },
            Field { name: "token", kind: FieldKind::Secret, required: true },
            Field { name: "number", kind: FieldKind::Line, required: true },
        ]
    }

    fn longest_text(&self) -> usize {
        1_600
    }

    fn writes_first(&self) -> bool {
        true
    }

    fn key(&self, settings: &Settings) -> Result<String> {
        if !twilio::is_account(setting(settings, "account")) {
            return Err(invalid("settings.account", say!("twilio-account-wrong")));
        }
        customers::e164(setting(settings, "number")).ok_or_else(|| invalid("settings.number", say!("not-a-phone-number")))
    }

    fn find<'a>(&'a self, app: &'a App, settings: &'a Settings) -> BoxFuture<'a, Result<String, Fault>> {
        async move { account(app, settings).number(app, &number(settings)).await.map(|number| number.friendly_name) }.boxed()
    }

    fn subscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, hook: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        async move { calls(app, settings, &hook.address).await }.boxed()
    }

    fn unsubscribe<'a>(&'a self, app: &'a App, settings: &'a Settings, _: &'a Hook) -> BoxFuture<'a, Result<(), Fault>> {
        async move { calls(app, settings, "").await }.boxed()
    }

    fn is_signed(&self, settings: &Settings, _: &Hook, call: &Call<'_>) -> bool {
        twilio::is_signed(setting(settings, "token"), call.address, call.body, call.header("x-twilio-signature"))
    }

    fn kept(&self, call: &Call<'_>) -> String {
        let query = call.address.split_once('?').map_or("", |(_, query)| query);
        let ours = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == OURS);
        ours.map_or_else(|| call.body.to_owned(), |(_, message)| format!("{}&{OURS}={message}", call.body))
    }

    fn read(&self, _: &str, kept: &str) -> Result<Vec<News>, String> {
        let told: Parameters = form_urlencoded::parse(kept.as_bytes()).into_owned().collect();
        let said = |name: &str| told.get(name).cloned().unwrap_or_default();
        if said("MessageSid").is_empty() {
            return Err("It names no message.".into());
        }
        Ok(match told.get("MessageStatus") {
            Some(status) => receipt(status, &told).map(News::Receipt).into_iter().collect(),
            None if said("From").is_empty() => return Err("It does not say who wrote.".into()),
            None => vec![News::Message(arriving(&told))],
        })
    }

    fn fetch<'a>(&'a self, app: &'a App, settings: &'a Settings, file: &'a FileAt) -> BoxFuture<'a, Result<Bytes, Fault>> {
        async move {
            let account = account(app, settings);
            if !account.holds(&file.at) {
                return Err(Fault::new(Trouble::AddressRefused, "The file does not lie with Twilio."));
            }
            let request = account.asks(Method::GET, &file.at)?.at_most(LARGEST).within(FILE_WITHIN);
            let answer = app.egress().send(request).await?;
            if answer.status.is_success() { Ok(answer.body) } else { Err(fault(&answer)) }
        }
        .boxed()
    }

    fn send<'a>(&'a self, app: &'a App, way: &'a Way, piece: &'a Piece) -> BoxFuture<'a, Result<Taken, Refusal>> {
        async move {
            // pictures go to few countries; everybody can follow a link
            let text = match piece {
                Piece::Text(text) => text.clone(),
                Piece::File { name, address, .. } => format!("{name}\n{address}"),
            };
            let mut form = vec![("To", way.peer.as_str()), ("From", way.key.as_str()), ("Body", text.as_str())];
            let status = format!("{}?{OURS}={}", way.hook.address, way.message);
            if app.config().is_called_by(NAME) {
                form.push(("StatusCallback", status.as_str()));
            }
            match app.egress().hand_over(account(app, &way.settings).posts("Messages.json", &form)?).await? {
                HandedOver::Unanswered(why) => Ok(Taken::InDoubt(why)),
                HandedOver::Answered(answer) => taken(&answer),
            }
        }
        .boxed()
    }
}

fn arriving(told: &Parameters) -> Arriving {
    let said = |name: &str| told.get(name).cloned().unwrap_or_default();
    let text = said("Body");
    let word = text.trim().to_uppercase();
    let advertising = match said("OptOutType").as_str() {
        "STOP" => Some(false),
        "START" => Some(true),
        "HELP" => None,
        _ if STOP.contains(&word.as_str()) => Some(false),
        _ if START.contains(&word.as_str()) => Some(true),
        _ => None,
    };
    let count: usize = said("NumMedia").parse().unwrap_or_default();
    let files = (0..count.min(10)).filter_map(|nth| {
        let at = told.get(&format!("MediaUrl{nth}"))?.clone();
        let kind = said(&format!("MediaContentType{nth}"));
        let extension = kind.split_once('/').map_or("bin", |(_, kind)| kind);
        Some(FileAt { at, name: format!("file-{}.{extension}", nth + 1) })
    });
    let (peer, quiet) = (said("From"), advertising == Some(false));
    Arriving {
        phone: Some(peer.clone()),
        peer,
        reference: said("MessageSid"),
        text,
        files: files.collect(),
        quiet,
        advertising,
        ..Arriving::default()
    }
}

fn receipt(status: &str, told: &Parameters) -> Option<Receipt> {
    let said = |name: &str| told.get(name).cloned().unwrap_or_default();
    let reached = match status {
        "delivered" => Reached::Delivered,
        "read" => Reached::Read,
        "undelivered" | "failed" => Reached::Failed(format!("{} {}", said("ErrorCode"), said("ErrorMessage")).trim().to_owned()),
        // on its way
        _ => return None,
    };
    let ours = told.get(OURS).and_then(|message| message.parse::<MessageId>().ok());
    Some(Receipt { of: ours.map_or_else(|| Of::Theirs(said("MessageSid")), Of::Ours), reached })
}

fn account<'a>(app: &'a App, settings: &'a Settings) -> Account<'a> {
    let at = app.config().partner(NAME, twilio::ADDRESS);
    Account { at, sid: setting(settings, "account"), token: setting(settings, "token") }
}

fn number(settings: &Settings) -> String {
    customers::e164(setting(settings, "number")).unwrap_or_default()
}

/// Has Twilio call this address for each message that comes; none where it is empty.
async fn calls(app: &App, settings: &Settings, hook: &str) -> Result<(), Fault> {
    let form = [("SmsUrl", hook), ("SmsMethod", "POST")];
    account(app, settings).set(app, &number(settings), &form).await.map(drop)
}

fn taken(answer: &Response) -> Result<Taken, Refusal> {
    let (code, words) = said(answer);
    if answer.status.is_success() {
        let named: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        return Ok(match named["sid"].as_str() {
            Some(sid) => Taken::By(sid.to_owned()),
            None => Taken::InDoubt("It does not say what it calls the message.".into()),
        });
    }
    if code < 0 {
        return answered_silently(answer.status.as_u16(), answer.retry_after());
    }
    let why = match (code, answer.status.as_u16()) {
        (20_003 | 20_005 | 30_002 | 30_034, _) | (_, 401) => Why::Line,
        (20_429 | 30_001, _) | (_, 429 | 500..) => Why::Later,
        _ => Why::Never,
    };
    Err(Refusal::new(why, words).left_alone_for(answer.retry_after()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_forbids_and_start_allows_whatever_stands_around_it() {
        for (form, advertising, quiet) in [
            ("Body=STOP", Some(false), true),
            ("Body=+stop+", Some(false), true),
            ("Body=Avmeld&OptOutType=STOP", Some(false), true),
            ("Body=Start", Some(true), false),
            ("Body=HELP&OptOutType=HELP", None, false),
            ("Body=Please+stop+the+parcel", None, false),
        ] {
            let told = Sms.read("", &format!("MessageSid=SM1&From=%2B4915&To=%2B4930&NumMedia=0&{form}")).unwrap();
            let [News::Message(arriving)] = &told[..] else { panic!("{form}") };
            assert_eq!((arriving.advertising, arriving.quiet), (advertising, quiet), "{form}");
        }
    }

    #[test]
    fn a_receipt_is_of_the_message_its_address_names() {
        let (message, headers) = ("msg_00000000000000000000000001", axum::http::HeaderMap::new());
        let call =
            |address: &'static str| Call { address, headers: &headers, body: "MessageSid=SM2&MessageStatus=undelivered&ErrorCode=30006" };
        let told = |address| Sms.read("", &Sms.kept(&call(address))).unwrap();
        let reached = Reached::Failed("30006".into());
        assert_eq!(told("https://desk.example/x"), [News::Receipt(Receipt { of: Of::Theirs("SM2".into()), reached: reached.clone() })]);
        let ours = message.parse().map_or_else(|_| Of::Theirs("SM2".into()), Of::Ours);
        assert_eq!(told("https://desk.example/x?message=msg_00000000000000000000000001"), [News::Receipt(Receipt { of: ours, reached })]);
    }
}
