//! What Twilio is told to do in a call, as TwiML. Source: https://www.twilio.com/docs/voice/twiml, and its pages of each verb.

use std::io;

use kernel::{Error, Language, Result};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

/// Nobody speaks onto the machine for longer, in seconds.
const LONGEST_VOICEMAIL: &str = "180";
/// Whoever says nothing for so many seconds has said all.
const SILENT_FOR: &str = "5";

/// What happens in a call, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Twiml(pub Vec<Verb>);

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Says something.
    Say(String),
    /// Says something, and waits for one key for so many seconds; then goes on there. What follows happens where none is pressed.
    Ask {
        says: String,
        seconds: u32,
        then: String,
    },
    /// Rings a number for so many seconds; `whisper` says what is said to whoever picks up, and `then` what comes after.
    Ring {
        number: String,
        from: String,
        seconds: u32,
        whisper: String,
        then: String,
    },
    /// Records what is spoken until silence, a hash key, or the longest; `told` hears where it lies, as does `then`.
    Record {
        then: String,
        told: String,
    },
    /// Goes on there.
    GoOn(String),
    HangUp,
}

/// The language and the voice that says it. Source: https://www.twilio.com/docs/voice/twiml/say/text-speech.
fn voice(language: Language) -> [(&'static str, &'static str); 2] {
    let (language, voice) = match language {
        Language::En => ("en-GB", "Polly.Amy"),
        Language::Nb => ("nb-NO", "Polly.Liv"),
        Language::Tr => ("tr-TR", "Polly.Filiz"),
        Language::Zh => ("cmn-CN", "Polly.Zhiyu"),
    };
    [("language", language), ("voice", voice)]
}

impl Twiml {
    /// As it is sent.
    pub fn written(&self, language: Language) -> Result<String> {
        let mut writer = Writer::new(Vec::new());
        self.write(&mut writer, language).map_err(Error::broken)?;
        String::from_utf8(writer.into_inner()).map_err(Error::broken)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>, language: Language) -> io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let inside = |writer: &mut Writer<Vec<u8>>| self.0.iter().try_for_each(|verb| verb.write(writer, language));
        writer.create_element("Response").write_inner_content(inside).map(drop)
    }
}

impl Verb {
    fn write(&self, writer: &mut Writer<Vec<u8>>, language: Language) -> io::Result<()> {
        match self {
            Verb::Say(text) => say(writer, text, language),
            Verb::Ask { says, seconds, then } => {
                let seconds = seconds.to_string();
                let attributes = [("action", then.as_str()), ("method", "POST"), ("numDigits", "1"), ("timeout", seconds.as_str())];
                let inside = |writer: &mut Writer<Vec<u8>>| say(writer, says, language);
                writer.create_element("Gather").with_attributes(attributes).write_inner_content(inside).map(drop)
            }
            Verb::Ring { number, from, seconds, whisper, then } => {
                let seconds = seconds.to_string();
                let attributes = [
                    ("action", then.as_str()),
                    ("method", "POST"),
                    ("timeout", seconds.as_str()),
                    ("callerId", from.as_str()),
                    // the caller hears it ring until somebody has pressed the key
                    ("answerOnBridge", "true"),
                ];
                let inside = |writer: &mut Writer<Vec<u8>>| {
                    let attributes = [("url", whisper.as_str()), ("method", "POST")];
                    writer.create_element("Number").with_attributes(attributes).write_text_content(BytesText::new(number)).map(drop)
                };
                writer.create_element("Dial").with_attributes(attributes).write_inner_content(inside).map(drop)
            }
            Verb::Record { then, told } => {
                let attributes = [
                    ("action", then.as_str()),
                    ("method", "POST"),
                    ("maxLength", LONGEST_VOICEMAIL),
                    ("timeout", SILENT_FOR),
                    ("finishOnKey", "#"),
                    ("playBeep", "true"),
                    ("recordingStatusCallback", told.as_str()),
                    ("recordingStatusCallbackMethod", "POST"),
                ];
                writer.create_element("Record").with_attributes(attributes).write_empty().map(drop)
            }
            Verb::GoOn(there) => {
                let element = writer.create_element("Redirect").with_attribute(("method", "POST"));
                element.write_text_content(BytesText::new(there)).map(drop)
            }
            Verb::HangUp => writer.create_element("Hangup").write_empty().map(drop),
        }
    }
}

fn say(writer: &mut Writer<Vec<u8>>, text: &str, language: Language) -> io::Result<()> {
    // XML has no way to write them
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    writer.create_element("Say").with_attributes(voice(language)).write_text_content(BytesText::new(&text)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_said_stays_what_is_said() {
        let said = "Tom & Jerry's <Hangup/> \"shop\" ]]>\u{0}\u{b}\n–";
        let address = "https://desk.example/x?call=CA1&tries=\"0";
        let verbs =
            vec![Verb::Say(said.into()), Verb::Ask { says: said.into(), seconds: 5, then: address.into() }, Verb::GoOn(address.into())];
        let written = Twiml(verbs).written(Language::Nb).unwrap();
        let safe = "Tom &amp; Jerry&apos;s &lt;Hangup/&gt; &quot;shop&quot; ]]&gt;   –";
        let there = "https://desk.example/x?call=CA1&amp;tries=&quot;0";
        assert_eq!(
            written,
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Say language=\"nb-NO\" voice=\"Polly.Liv\">{safe}</Say>\
                 <Gather action=\"{there}\" method=\"POST\" numDigits=\"1\" timeout=\"5\"><Say language=\"nb-NO\" voice=\"Polly.Liv\">{safe}</Say></Gather>\
                 <Redirect method=\"POST\">{there}</Redirect></Response>"
            )
        );
    }
}
