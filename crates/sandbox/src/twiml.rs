//! What Twilio does with an answer: TwiML, as its pages of each verb show it. Verbs, nouns and attributes that these do not name are
//! refused, as are those that may not stand where they stand.
//!
//! https://www.twilio.com/docs/voice/twiml/say, …/gather, …/dial, …/number, …/record, …/redirect, …/hangup

use std::collections::BTreeMap;

use quick_xml::{Reader, XmlVersion, events::Event};

/// What Twilio is told to do, as far as Ombud tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    Say(String),
    /// Says something, and asks there what to do once a key is pressed.
    Gather {
        says: Vec<String>,
        action: String,
    },
    /// Rings a number; asks at `url` what whoever picks up hears, and at `action` what comes after.
    Dial {
        number: String,
        from: String,
        url: String,
        action: String,
    },
    /// Records; asks at `action` what comes after, and tells `callback` where the recording lies.
    Record {
        action: String,
        callback: String,
    },
    Redirect(String),
    Hangup,
}

/// An element of the document.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    inside: Vec<Element>,
    text: String,
}

/// Attributes by element, as the reference lists them.
const KNOWN: [(&str, &[&str]); 8] = [
    ("Response", &[]),
    ("Say", &["voice", "loop", "language"]),
    (
        "Gather",
        &[
            "action",
            "finishOnKey",
            "hints",
            "input",
            "language",
            "method",
            "numDigits",
            "partialResultCallback",
            "partialResultCallbackMethod",
            "profanityFilter",
            "speechTimeout",
            "timeout",
            "speechModel",
            "enhanced",
            "actionOnEmptyResult",
        ],
    ),
    (
        "Dial",
        &[
            "action",
            "answerOnBridge",
            "callerId",
            "callReason",
            "hangupOnStar",
            "method",
            "record",
            "recordingStatusCallback",
            "recordingStatusCallbackMethod",
            "recordingStatusCallbackEvent",
            "recordingTrack",
            "referUrl",
            "referMethod",
            "ringTone",
            "sequential",
            "timeLimit",
            "timeout",
            "trim",
        ],
    ),
    (
        "Number",
        &[
            "sendDigits",
            "url",
            "method",
            "byoc",
            "statusCallbackEvent",
            "statusCallback",
            "statusCallbackMethod",
            "machineDetection",
            "machineDetectionTimeout",
            "machineDetectionSpeechThreshold",
            "machineDetectionSpeechEndThreshold",
            "machineDetectionSilenceTimeout",
            "amdStatusCallback",
            "amdStatusCallbackMethod",
        ],
    ),
    (
        "Record",
        &[
            "action",
            "method",
            "timeout",
            "finishOnKey",
            "maxLength",
            "playBeep",
            "trim",
            "recordingStatusCallback",
            "recordingStatusCallbackMethod",
            "recordingStatusCallbackEvent",
            "transcribe",
            "transcribeCallback",
        ],
    ),
    ("Redirect", &["method"]),
    ("Hangup", &[]),
];

/// Reads an answer.
///
/// Errors: what Twilio would refuse of it.
pub fn read(twiml: &str) -> Result<Vec<Verb>, String> {
    let root = parse(twiml)?;
    if root.name != "Response" {
        return Err(format!("a document is a Response, not {}", root.name));
    }
    known(&root)?;
    root.inside.iter().map(verb).collect()
}

/// Reads what somebody hears who picked up: there it may only say and ask. Source: the attribute `url` of Number.
///
/// Errors: what Twilio would refuse of it.
pub fn read_whisper(twiml: &str) -> Result<Vec<Verb>, String> {
    let verbs = read(twiml)?;
    let fine = |verb: &Verb| matches!(verb, Verb::Say(_) | Verb::Gather { .. } | Verb::Hangup);
    if verbs.iter().all(fine) { Ok(verbs) } else { Err(format!("whoever picked up is only said and asked something: {verbs:?}")) }
}

fn known(element: &Element) -> Result<(), String> {
    let Some((name, attributes)) = KNOWN.iter().find(|(name, _)| *name == element.name) else {
        return Err(format!("no verb {}", element.name));
    };
    match element.attributes.keys().find(|one| !attributes.contains(&one.as_str())) {
        Some(unknown) => return Err(format!("{name} has no attribute {unknown}")),
        None if !element.inside.is_empty() && !matches!(*name, "Response" | "Gather" | "Dial") => {
            return Err(format!("nothing stands in {name}"));
        }
        None => (),
    }
    for one in &element.inside {
        if matches!((*name, one.name.as_str()), ("Gather", "Say") | ("Dial", "Number")) || (*name == "Response" && one.name != "Number") {
            known(one)?;
        } else {
            return Err(format!("no {} stands in {name}", one.name));
        }
    }
    Ok(())
}

fn verb(element: &Element) -> Result<Verb, String> {
    let said = |name: &str| element.attributes.get(name).cloned().ok_or(format!("{} without {name}", element.name));
    let address = |name: &str| said(name).and_then(absolute);
    Ok(match element.name.as_str() {
        "Say" => Verb::Say(spoken(element)?),
        "Gather" => {
            number(element, "timeout", 0, 600)?;
            number(element, "numDigits", 1, 99)?;
            Verb::Gather { says: element.inside.iter().map(spoken).collect::<Result<_, _>>()?, action: address("action")? }
        }
        "Dial" => {
            number(element, "timeout", 5, 600)?;
            let [dialled] = element.inside.as_slice() else { return Err("Dial of more or less than one number".into()) };
            let url = dialled.attributes.get("url").cloned().ok_or("Number without url")?;
            Verb::Dial { number: e164(&dialled.text)?, from: e164(&said("callerId")?)?, url: absolute(url)?, action: address("action")? }
        }
        "Record" => {
            number(element, "timeout", 0, 600)?;
            number(element, "maxLength", 1, 14_400)?;
            Verb::Record { action: address("action")?, callback: address("recordingStatusCallback")? }
        }
        "Redirect" => Verb::Redirect(absolute(element.text.clone())?),
        "Hangup" => Verb::Hangup,
        name => return Err(format!("no verb {name} here")),
    })
}

/// A voice speaks its own language; the pairs are those of https://www.twilio.com/docs/voice/twiml/say/text-speech.
fn spoken(element: &Element) -> Result<String, String> {
    const VOICES: [(&str, &str); 4] = [("en-GB", "Polly.Amy"), ("nb-NO", "Polly.Liv"), ("tr-TR", "Polly.Filiz"), ("cmn-CN", "Polly.Zhiyu")];
    let said = |name: &str| element.attributes.get(name).map(String::as_str).unwrap_or_default();
    match VOICES.contains(&(said("language"), said("voice"))) {
        true if element.text.is_empty() => Err("Say of nothing".into()),
        true => Ok(element.text.clone()),
        false => Err(format!("{} does not speak {}", said("voice"), said("language"))),
    }
}

fn absolute(address: String) -> Result<String, String> {
    let fine = address.starts_with("https://") || address.starts_with("http://127.0.0.1") || address.starts_with("http://localhost");
    if fine { Ok(address) } else { Err(format!("{address:?} is no address")) }
}

fn e164(number: &str) -> Result<String, String> {
    let fine =
        number.strip_prefix('+').is_some_and(|digits| (7..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()));
    if fine { Ok(number.to_owned()) } else { Err(format!("{number:?} is no number")) }
}

fn number(element: &Element, name: &str, least: u32, most: u32) -> Result<(), String> {
    let Some(said) = element.attributes.get(name) else { return Ok(()) };
    let fine = said.parse::<u32>().is_ok_and(|said| (least..=most).contains(&said));
    if fine { Ok(()) } else { Err(format!("{name} of {} is {least} to {most}, not {said}", element.name)) }
}

fn parse(twiml: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(twiml);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => {
                let element = element(&start)?;
                last(&mut open)?.inside.push(element);
            }
            Event::End(_) => {
                let done = open.pop().ok_or("an end without a beginning")?;
                last(&mut open)?.inside.push(done);
            }
            Event::Text(text) => last(&mut open)?.text.push_str(&text.decode().map_err(|error| error.to_string())?),
            Event::GeneralRef(entity) => {
                let name = entity.decode().map_err(|error| error.to_string())?;
                let meant = quick_xml::escape::resolve_xml_entity(&name).ok_or(format!("no entity {name}"))?;
                last(&mut open)?.text.push_str(meant);
            }
            Event::Eof => break,
            Event::Decl(_) => (),
            other => return Err(format!("TwiML has no {other:?}")),
        }
    }
    let [document] = open.as_mut_slice() else { return Err("it ends before it is over".into()) };
    document.inside.pop().ok_or_else(|| "there is nothing".to_owned())
}

fn last(open: &mut [Element]) -> Result<&mut Element, String> {
    open.last_mut().ok_or_else(|| "an end without a beginning".to_owned())
}

fn element(start: &quick_xml::events::BytesStart<'_>) -> Result<Element, String> {
    let name = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut element = Element { name: name(start.name().as_ref()), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        element.attributes.insert(name(attribute.key.as_ref()), value.into_owned());
    }
    Ok(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_reference_does_not_name_is_refused() {
        let say = r#"<Say language="en-GB" voice="Polly.Amy">Tom &amp; Jerry</Say>"#;
        assert_eq!(read(&format!("<Response>{say}<Hangup/></Response>")), Ok(vec![Verb::Say("Tom & Jerry".into()), Verb::Hangup]));
        for (what, twiml) in [
            ("another verb", "<Response><Shout/></Response>".to_owned()),
            ("another attribute", format!("<Response><Gather action=\"https://a.example\" keys=\"1\">{say}</Gather></Response>")),
            ("a verb in the wrong place", format!("<Response><Hangup>{say}</Hangup></Response>")),
            ("a voice of another language", say.replace("en-GB", "nb-NO").replace("<Say", "<Response><Say") + "</Response>"),
            ("no address", "<Response><Redirect>next</Redirect></Response>".into()),
            ("no document", say.into()),
            ("half a document", "<Response>".into()),
            ("a number of nobody's", "<Response><Dial action=\"https://a.example\" callerId=\"+4722000000\"><Number url=\"https://a.example\">911</Number></Dial></Response>".into()),
        ] {
            assert!(read(&twiml).is_err(), "{what}");
        }
        let dials = "<Response><Dial action=\"https://a.example\" callerId=\"+4722000000\"><Number url=\"https://a.example\">+4791234567</Number></Dial></Response>";
        assert!(read(dials).is_ok() && read_whisper(dials).is_err());
    }
}
