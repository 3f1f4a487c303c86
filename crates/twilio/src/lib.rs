//! Twilio: how its calls are known, and how an account there is asked. Source: its pages on the security of webhooks
//! (https://www.twilio.com/docs/usage/webhooks/webhooks-security) and on the IncomingPhoneNumber resource
//! (https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource).

use axum::http::Method;
use data_encoding::BASE64;
use kernel::Result;
use platform::{
    App,
    egress::{Request, Response},
    token::{hmac_sha1, same},
    trouble::{Fault, Trouble},
};
use serde::Deserialize;
use serde_json::Value;

/// The service, as errors call it.
pub const SERVICE: &str = "Twilio";
/// Where it is asked.
pub const ADDRESS: &str = "https://api.twilio.com";

/// Whether a call is Twilio's own: base64 of an HMAC-SHA1 over the address as it was called, and each parameter's name and value in
/// the order of their names.
pub fn is_signed(token: &str, address: &str, body: &str, signature: &str) -> bool {
    let mut signed = address.to_owned();
    let mut parameters: Vec<_> = form_urlencoded::parse(body.as_bytes()).collect();
    parameters.sort();
    for (name, value) in parameters {
        signed.push_str(&name);
        signed.push_str(&value);
    }
    let given = BASE64.decode(signature.as_bytes());
    given.is_ok_and(|given| same(&given, &hmac_sha1(token.as_bytes(), &[signed.as_bytes()])))
}

/// Whether this looks like the name of an account.
pub fn is_account(sid: &str) -> bool {
    sid.len() == 34 && sid.starts_with("AC") && sid.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// An account, and what opens it.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// Where Twilio is asked.
    pub at: &'a str,
    pub sid: &'a str,
    pub token: &'a str,
}

/// A telephone number of an account.
#[derive(Debug, Clone, Deserialize)]
pub struct Number {
    pub sid: String,
    #[serde(default)]
    pub friendly_name: String,
}

#[derive(Deserialize)]
struct Numbers {
    incoming_phone_numbers: Vec<Number>,
}

impl Account<'_> {
    /// A request for what lies there.
    pub fn asks(&self, method: Method, url: impl Into<String>) -> Result<Request> {
        let pair = format!("{}:{}", self.sid, self.token);
        let known = format!("Basic {}", BASE64.encode(pair.as_bytes())).into();
        Request::new(SERVICE, method, url).secret_header("authorization", &known)
    }

    /// A form for one of the account's resources.
    pub fn posts(&self, path: &str, form: &[(&str, &str)]) -> Result<Request> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        Ok(self.asks(Method::POST, self.address(path))?.body("application/x-www-form-urlencoded", body))
    }

    /// Whether an address lies with Twilio: the password goes there and to nobody else, whatever a call names.
    pub fn holds(&self, address: &str) -> bool {
        address.strip_prefix(self.at).is_some_and(|path| path.starts_with('/'))
    }

    /// A number, as E.164 writes it, as the account has it.
    pub async fn number(&self, app: &App, number: &str) -> Result<Number, Fault> {
        let asked = form_urlencoded::Serializer::new(String::new()).append_pair("PhoneNumber", number).finish();
        let url = format!("{}?{asked}", self.address("IncomingPhoneNumbers.json"));
        let answer = app.egress().send(self.asks(Method::GET, url)?).await?;
        if !answer.status.is_success() {
            return Err(fault(&answer));
        }
        let found: Numbers =
            serde_json::from_slice(&answer.body).map_err(|_| Fault::new(Trouble::NotUnderstood, "What answers is not Twilio."))?;
        let missing = || Fault::new(Trouble::NotAllowed, "This account does not have this number.");
        found.incoming_phone_numbers.into_iter().next().ok_or_else(missing)
    }

    /// Sets what happens where a number is called or written to; what is not named stays.
    pub async fn set(&self, app: &App, number: &str, form: &[(&str, &str)]) -> Result<Number, Fault> {
        let found = self.number(app, number).await?;
        let answer = app.egress().send(self.posts(&format!("IncomingPhoneNumbers/{}.json", found.sid), form)?).await?;
        if answer.status.is_success() { Ok(found) } else { Err(fault(&answer)) }
    }

    fn address(&self, path: &str) -> String {
        format!("{}/2010-04-01/Accounts/{}/{path}", self.at, self.sid)
    }
}

/// Twilio's code, and its words; -1 where it does not say.
pub fn said(answer: &Response) -> (i64, String) {
    let said: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    match (said["code"].as_i64(), said["message"].as_str()) {
        (Some(code), Some(message)) => (code, format!("{code} {message}")),
        _ => (-1, format!("It answered {}.", answer.status.as_u16())),
    }
}

/// What is wrong, where it says no.
pub fn fault(answer: &Response) -> Fault {
    let trouble = match answer.status.as_u16() {
        401 => Trouble::SignInRefused,
        403 | 404 => Trouble::NotAllowed,
        429 => Trouble::TooManyRequests,
        500.. => Trouble::Failing,
        _ => Trouble::NotUnderstood,
    };
    Fault::new(trouble, said(answer).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Twilio's own example, from its page on the security of webhooks
    #[test]
    fn the_signature_is_the_one_twilio_shows() {
        let body = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212";
        let address = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        assert!(is_signed("12345", address, body, signature));
        for (what, token, address, body) in [
            ("another token", "12346", address, body.to_owned()),
            ("another address", "12345", "https://mycompany.com/myapp.php?foo=1&bar=3", body.to_owned()),
            ("another body", "12345", address, body.replace("1234", "1235")),
        ] {
            assert!(!is_signed(token, address, &body, signature), "{what}");
        }
        assert!(!is_signed("12345", address, body, "no base64"));
    }

    #[test]
    fn the_password_goes_to_twilio_and_nobody_else() {
        let account = Account { at: ADDRESS, sid: "AC1", token: "t" };
        assert!(account.holds("https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"));
        for elsewhere in
            ["https://api.twilio.com.attacker.example/x", "https://api.twilio.com@attacker.example/x", "http://api.twilio.com/x"]
        {
            assert!(!account.holds(elsewhere), "{elsewhere}");
        }
    }
}
