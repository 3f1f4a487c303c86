//! What a calendar file says: what, when, where, and who asks (RFC 5545, the little of it people look at).

use jiff::{civil, tz::TimeZone};
use kernel::Timestamp;
use platform::html::{clean_line, clean_text};
use serde::Serialize;

use super::Attachment;
use crate::Address;

/// A calendar of more bytes is not one invitation.
const LONGEST: usize = 256 * 1024;
/// So many letters of each text.
const LONGEST_TEXT: usize = 2_000;

/// One thing in a calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invitation {
    /// `request`, `cancel`, `reply`: what is wanted.
    pub method: String,
    pub what: String,
    pub from: When,
    pub until: Option<When>,
    pub place: String,
    pub organiser: Option<Address>,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    Moment(Timestamp),
    /// All day long.
    Day(civil::Date),
    /// By a clock in a place we do not know, or in whatever place one is.
    Clock {
        at: civil::DateTime,
        zone: Option<String>,
    },
}

/// What an attachment invites to, when it is a calendar.
pub fn invitation(attachment: &Attachment) -> Option<Invitation> {
    let bytes = attachment.content.get(..LONGEST.min(attachment.content.len()))?;
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        return None;
    }
    let fields: Vec<Field> = unfolded(text).iter().filter_map(|line| Field::read(line)).collect();
    let method = fields.iter().find(|field| field.name == "METHOD").map(|field| clean_line(&field.value).to_lowercase());
    // the first thing in it, without the alarms and whatever else is in that
    let begin = fields.iter().position(|field| field.name == "BEGIN" && field.value == "VEVENT")? + 1;
    let end = fields[begin..].iter().position(|field| matches!(field.name.as_str(), "BEGIN" | "END"));
    let event = &fields[begin..end.map_or(fields.len(), |end| begin + end)];
    let named = |name: &str| event.iter().find(|field| field.name == name);
    let line = |name: &str| named(name).map(|field| shortened(&clean_line(&field.text()))).unwrap_or_default();
    Some(Invitation {
        method: method.unwrap_or_else(|| "publish".into()),
        what: line("SUMMARY"),
        from: named("DTSTART")?.when()?,
        until: named("DTEND").and_then(Field::when),
        place: line("LOCATION"),
        organiser: named("ORGANIZER").and_then(Field::person),
        text: named("DESCRIPTION").map(|field| shortened(&clean_text(&field.text()))).unwrap_or_default(),
    })
}

fn shortened(text: &str) -> String {
    text.chars().take(LONGEST_TEXT).collect()
}

/// A line that begins with a space goes on from the one before.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// `DTSTART;TZID=Europe/Warsaw:20261112T100000`
struct Field {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Field {
    fn read(line: &str) -> Option<Field> {
        let mut quoted = false;
        let colon = line.char_indices().find(|(_, letter)| {
            quoted ^= *letter == '"';
            *letter == ':' && !quoted
        })?;
        let (head, value) = (&line[..colon.0], line[colon.0 + 1..].trim_end());
        let mut words = outside_quotes(head, ';').into_iter();
        let name = words.next()?.to_ascii_uppercase();
        let parameters = words.filter_map(|word| word.split_once('='));
        let parameters = parameters.map(|(key, value)| (key.to_ascii_uppercase(), value.trim_matches('"').to_owned()));
        Some(Field { name, parameters: parameters.collect(), value: value.to_owned() })
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value, with what was written so that it fits on a line.
    fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut letters = self.value.chars();
        while let Some(letter) = letters.next() {
            match (letter, letter == '\\') {
                (_, true) => out.extend(letters.next().map(|next| if matches!(next, 'n' | 'N') { '\n' } else { next })),
                (letter, false) => out.push(letter),
            }
        }
        out
    }

    fn when(&self) -> Option<When> {
        if let Ok(day) = civil::Date::strptime("%Y%m%d", &self.value) {
            return Some(When::Day(day));
        }
        let at = civil::DateTime::strptime("%Y%m%dT%H%M%S", self.value.trim_end_matches('Z')).ok()?;
        let zone = if self.value.ends_with('Z') { Some("UTC") } else { self.parameter("TZID") };
        let known = zone.and_then(|zone| TimeZone::get(zone).ok()).and_then(|zone| at.to_zoned(zone).ok());
        Some(match known {
            Some(moment) => When::Moment(moment.timestamp().into()),
            None => When::Clock { at, zone: zone.map(|zone| shortened(&clean_line(zone))) },
        })
    }

    fn person(&self) -> Option<Address> {
        let email = self.value.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).and(self.value.get(7..))?;
        Address::read(self.parameter("CN"), email)
    }
}

fn outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    text.split(move |letter| {
        quoted ^= letter == '"';
        letter == separator && !quoted
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Letter;

    #[test]
    fn an_invitation_says_what_when_where_and_who_asks() {
        let letter = Letter::read(include_bytes!("../../letters/invitation.eml")).unwrap();
        assert_eq!(letter.text, "Zapraszam na spotkanie.");
        assert_eq!(letter.attachments[0].name, "invitation.ics");
        let invitation = invitation(&letter.attachments[0]).unwrap();
        let moment = |text: &str| When::Moment(text.parse().unwrap());
        assert_eq!((invitation.method.as_str(), invitation.what.as_str()), ("request", "Katalog jesień, nowe namioty"));
        assert_eq!((invitation.from, invitation.until), (moment("2026-11-12T09:00:00Z"), Some(moment("2026-11-12T10:00:00Z"))));
        assert_eq!(invitation.place, "Sala 3; Kraków");
        assert_eq!(invitation.organiser.unwrap().to_string(), "Nowak, Piotr <piotr@firma.example>");
        assert_eq!(invitation.text, "Omówimy katalog.\nProszę o punktualność.");
    }

    fn read(content: &str) -> Option<Invitation> {
        invitation(&Attachment::new("x.ics", "text/calendar".into(), content.as_bytes().to_vec()))
    }

    #[test]
    fn a_moment_is_written_in_many_ways() {
        let clock = |zone: Option<&str>| When::Clock { at: civil::datetime(2026, 11, 12, 10, 0, 0, 0), zone: zone.map(str::to_owned) };
        let moment = |text: &str| When::Moment(text.parse().unwrap());
        for (start, when) in [
            ("DTSTART:20261112T100000Z", Some(moment("2026-11-12T10:00:00Z"))),
            ("dtstart;tzid=\"America/New_York\":20261112T100000", Some(moment("2026-11-12T15:00:00Z"))),
            ("DTSTART;TZID=Romance Standard Time:20261112T100000", Some(clock(Some("Romance Standard Time")))),
            ("DTSTART:20261112T100000", Some(clock(None))),
            ("DTSTART;VALUE=DATE:20261112", Some(When::Day(civil::date(2026, 11, 12)))),
            ("DTSTART:20261332T100000", None),
            ("DTSTART:soon", None),
            ("SUMMARY:no day", None),
        ] {
            let found = read(&format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{start}\r\nEND:VEVENT\r\nEND:VCALENDAR"));
            assert_eq!(found.map(|found| found.from), when, "{start}");
        }
        for other in ["", "BEGIN:VCARD", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nBEGIN:VEVENT"] {
            assert_eq!(read(other), None, "{other}");
        }
        let long = read(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261112\nSUMMARY:{}", "x".repeat(5_000))).unwrap();
        assert_eq!(long.what.len(), LONGEST_TEXT);
    }
}
