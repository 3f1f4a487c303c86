//! What machines say about letters of ours: it did not arrive (RFC 3464), or somebody complained about it (RFC 5965).

use serde::Serialize;

use crate::{Letter, MessageId, headers::Headers};

/// A report, and the letter it is about, as far as the report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The letter of ours. Whoever asks for it checks that it is one, and that it went to whom the report names.
    pub about: Option<MessageId>,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// What became of a letter, for each of those it went to.
    Delivery(Vec<Delivery>),
    /// Somebody said that a letter is unwanted.
    Complaint(Complaint),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delivery {
    pub recipient: String,
    pub outcome: Outcome,
    /// Whether no other letter will reach them there either: `5.1.1`, and not `4.2.2`.
    pub is_permanent: bool,
    /// `5.1.1`
    pub status: String,
    /// The server's own words.
    pub said: String,
}

/// What became of the letter: an attempt that is made again has not failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Failed,
    Delayed,
    Delivered,
    /// Handed on to where nothing more will be heard of it.
    Relayed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// `abuse`, `fraud`, `not-spam` …
    pub kind: String,
    /// Often none: providers keep who complained to themselves.
    pub recipients: Vec<String>,
}

/// A letter goes to fewer.
const MOST_RECIPIENTS: usize = 1_000;
const LONGEST_SAID: usize = 1_000;

/// What a letter reports, when it is a report.
pub fn report(letter: &Letter) -> Option<Report> {
    let Some(report) = &letter.report else { return in_plain_words(letter) };
    let original = Headers::read(header_of(&report.about)).unwrap_or_default();
    // a server that sends nothing back may still say what it answers
    let about = original.ids("Message-ID").into_iter().chain(letter.in_reply_to.iter().cloned()).next();
    let what = match report.kind.as_str() {
        "feedback-report" => What::Complaint(complaint(&report.fields)),
        _ => What::Delivery(deliveries(&report.fields, &report.text)),
    };
    Some(Report { about, what })
}

/// Servers that write no report for machines may still name whom a letter did not reach, in a field of its own.
fn in_plain_words(letter: &Letter) -> Option<Report> {
    let recipients = letter.headers.line("X-Failed-Recipients")?;
    let status = letter.text.split(|c: char| !c.is_ascii_digit() && c != '.').find(|word| is_status(word)).unwrap_or_default();
    let said: String = platform::html::clean_line(&letter.text).chars().take(LONGEST_SAID).collect();
    let delivery = |recipient: &str| Delivery {
        recipient: recipient.trim().to_owned(),
        outcome: Outcome::Failed,
        is_permanent: status.starts_with('5'),
        status: status.to_owned(),
        said: said.clone(),
    };
    let deliveries = recipients.split(',').filter(|one| one.contains('@')).take(MOST_RECIPIENTS).map(delivery).collect();
    let about = letter.in_reply_to.iter().chain(letter.references.iter().rev()).next().cloned();
    Some(Report { about, what: What::Delivery(deliveries) })
}

/// `5.1.1`
fn is_status(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    matches!(parts.as_slice(), ["4" | "5", subject, detail] if [subject, detail].iter().all(|part| (1..=3).contains(&part.len())))
}

/// Up to the first empty line, since a letter may come back whole.
fn header_of(letter: &[u8]) -> &[u8] {
    let end = letter.windows(2).position(|pair| pair == b"\n\n");
    let crlf = letter.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.into_iter().chain(crlf).min().unwrap_or(letter.len());
    letter[..end].trim_ascii_start()
}

/// The groups of fields, which empty lines part.
fn groups(fields: &[u8]) -> Vec<Headers> {
    let text = String::from_utf8_lossy(fields).replace("\r\n", "\n");
    let groups = text.split("\n\n").filter(|group| !group.trim().is_empty()).take(MOST_RECIPIENTS + 1);
    groups.filter_map(|group| Headers::read(group.trim_start_matches('\n').as_bytes()).ok()).collect()
}

fn deliveries(fields: &[u8], text: &str) -> Vec<Delivery> {
    let groups = groups(fields);
    groups.iter().filter_map(|group| delivery(group, text)).collect()
}

fn delivery(group: &Headers, text: &str) -> Option<Delivery> {
    let recipient = group.line("Original-Recipient").or_else(|| group.line("Final-Recipient"))?;
    let outcome = match group.line("Action")?.to_ascii_lowercase().as_str() {
        "failed" => Outcome::Failed,
        "delayed" => Outcome::Delayed,
        "delivered" => Outcome::Delivered,
        "relayed" | "expanded" => Outcome::Relayed,
        _ => return None,
    };
    let status = group.line("Status").unwrap_or_default().split([' ', '(']).next().unwrap_or_default().to_owned();
    let said = group.line("Diagnostic-Code").map(|code| untyped(&code)).filter(|said| !said.is_empty());
    let said = said.unwrap_or_else(|| platform::html::clean_line(text)).chars().take(LONGEST_SAID).collect();
    Some(Delivery {
        recipient: untyped(&recipient),
        outcome,
        is_permanent: outcome == Outcome::Failed && status.starts_with('5'),
        status,
        said,
    })
}

fn complaint(fields: &[u8]) -> Complaint {
    let groups = groups(fields);
    let Some(group) = groups.first() else { return Complaint { kind: "other".into(), recipients: Vec::new() } };
    let recipients = group.lines("Original-Rcpt-To").map(|line| untyped(&line).trim_matches(['<', '>']).to_owned());
    Complaint {
        kind: group.line("Feedback-Type").unwrap_or_else(|| "other".into()).to_ascii_lowercase(),
        recipients: recipients.filter(|one| one.contains('@')).take(MOST_RECIPIENTS).collect(),
    }
}

/// Without the type in front: `rfc822; mara@example.com`, `smtp; 550 no such user`.
fn untyped(value: &str) -> String {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &[u8]) -> Report {
        report(&Letter::read(raw).unwrap()).unwrap()
    }

    #[test]
    fn a_bounce_says_which_letter_did_not_reach_whom() {
        let report = read(include_bytes!("../letters/postfix.eml"));
        assert_eq!(report.about.unwrap().as_str(), "second@fjell.example");
        let What::Delivery(deliveries) = report.what else { panic!("a delivery") };
        let [mara, per] = deliveries.try_into().unwrap();
        assert_eq!((mara.recipient.as_str(), mara.outcome, mara.is_permanent), ("mara@nowhere.example", Outcome::Failed, true));
        assert_eq!((mara.status.as_str(), per.status.as_str()), ("5.1.1", "4.2.2"));
        assert_eq!(mara.said, "550 5.1.1 <mara@nowhere.example>: Recipient address rejected: User unknown");
        assert_eq!((per.recipient.as_str(), per.outcome, per.is_permanent), ("per@busy.example", Outcome::Delayed, false));
    }

    #[test]
    fn a_complaint_says_which_letter_was_unwanted() {
        let report = read(include_bytes!("../letters/complaint.eml"));
        assert_eq!(report.about.unwrap().as_str(), "campaign7@fjell.example");
        let expected = Complaint { kind: "abuse".into(), recipients: vec!["per@provider.example".into()] };
        assert_eq!(report.what, What::Complaint(expected));
    }

    #[test]
    fn a_bounce_in_plain_words_names_whom_it_is_about() {
        let bounce = "From: MAILER-DAEMON@x.example\nX-Failed-Recipients: a@y.example, b@y.example\nReferences: <second@fjell.example>\n\n\
                      A message that you sent could not be delivered: 192.0.2.1 said 550 5.1.1 no such user.";
        let report = read(bounce.as_bytes());
        assert_eq!(report.about.unwrap().as_str(), "second@fjell.example");
        let What::Delivery(deliveries) = report.what else { panic!("a delivery") };
        let told: Vec<_> = deliveries.iter().map(|one| (one.recipient.as_str(), one.status.as_str(), one.is_permanent)).collect();
        assert_eq!(told, [("a@y.example", "5.1.1", true), ("b@y.example", "5.1.1", true)]);
    }

    /// A report with these fields, whose letter is not sent back.
    fn reporting(fields: &str) -> Report {
        let letter = "From: <mailer-daemon@x.example>\nIn-Reply-To: <second@fjell.example>\n\
                      Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt did not arrive.\n\
                      --b\nContent-Type: message/delivery-status\n\n";
        read(format!("{letter}Reporting-MTA: dns; x.example\n\n{fields}\n--b--\n").as_bytes())
    }

    #[test]
    fn the_action_decides_and_the_status_says_for_how_long() {
        for (action, status, outcome, is_permanent) in [
            ("failed", "5.1.1", Outcome::Failed, true),
            ("Failed", "4.4.7 (delivery time expired)", Outcome::Failed, false),
            ("delayed", "5.0.0", Outcome::Delayed, false),
            ("delivered", "2.0.0", Outcome::Delivered, false),
            ("expanded", "2.0.0", Outcome::Relayed, false),
        ] {
            let report = reporting(&format!("Final-Recipient: rfc822; a@x.example\nAction: {action}\nStatus: {status}\n"));
            assert_eq!(report.about.unwrap().as_str(), "second@fjell.example");
            let What::Delivery(deliveries) = report.what else { panic!("a delivery") };
            assert_eq!((deliveries[0].outcome, deliveries[0].is_permanent), (outcome, is_permanent), "{action} {status}");
            assert_eq!(deliveries[0].said, "It did not arrive.");
        }
        for nonsense in ["", "Action: failed\n", "Final-Recipient: rfc822; a@x.example\nAction: eaten\n"] {
            assert_eq!(reporting(nonsense).what, What::Delivery(Vec::new()), "{nonsense}");
        }
        let many = "Final-Recipient: rfc822; a@x.example\nAction: failed\n\n".repeat(MOST_RECIPIENTS + 5);
        let What::Delivery(deliveries) = reporting(&many).what else { panic!("a delivery") };
        assert_eq!(deliveries.len(), MOST_RECIPIENTS);
    }
}
