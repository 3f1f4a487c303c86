//! What Ombud would do with a letter and why, for whoever wonders: `ombud inspect mail`.

use serde::Serialize;

use crate::{
    Address, Attachment, Authenticated, Automatic, Invitation, Letter, Outcome, Report, Said, Us, Verdict, What, authenticated, automatic,
    invitation, report, said, shown,
    thread::{self, Hint},
};

/// All that is said about a letter.
#[derive(Debug, Serialize)]
pub struct Inspection {
    pub id: String,
    pub from: Option<Address>,
    pub delivered_to: Vec<Address>,
    pub subject: String,
    pub authenticated: Authenticated,
    pub automatic: Option<Automatic>,
    pub report: Option<Report>,
    /// What points at a conversation; the first that is known wins.
    pub thread: Vec<Hint>,
    pub text: String,
    pub quoted: String,
    pub signature: String,
    pub pictures: Pictures,
    pub attachments: Vec<Sent>,
    pub actions: Vec<Action>,
}

#[derive(Debug, Default, Serialize)]
pub struct Pictures {
    pub embedded: Vec<String>,
    /// Held back until somebody asks for them.
    pub remote: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct Sent {
    pub name: String,
    /// What it is by its content; none for what is only ever downloaded.
    pub kind: Option<&'static str>,
    pub said_to_be: String,
    pub bytes: usize,
    pub is_inline: bool,
    pub invitation: Option<Invitation>,
}

/// What follows from a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It is ours: nothing happens.
    LeaveOut,
    /// A message of ours did not arrive.
    MarkFailed,
    /// Somebody wants no more of what is sent to many.
    StopMarketing,
    /// Into the conversation it points at, if that is known.
    Thread,
    OpenConversation,
    /// Kept, without waking or answering anybody.
    KeepQuiet,
    Reopen,
    MayBeAnswered,
    StartClocks,
    /// It says it is from somebody, and that is all.
    DoNotBelieveSender,
    /// It says it is from somebody who says it is not.
    Quarantine,
}

/// Says what would become of a letter. `trusted` are the servers whose results are believed.
pub fn inspect(letter: &Letter, us: &Us<'_>, trusted: &[&str]) -> Inspection {
    let Said { new, quoted, signature } = said(&letter.text);
    let (authenticated, automatic, report) = (authenticated(letter, trusted), automatic(letter, us), report(letter));
    let hints = thread::hints(letter, us.shop, us.signer);
    let actions = actions(&authenticated, automatic.as_ref(), report.as_ref(), &hints);
    let pictures = shown(letter).map(|seen| Pictures { embedded: seen.embedded().to_vec(), remote: seen.remote().to_vec() });
    Inspection {
        id: letter.id.to_string(),
        from: letter.from().cloned(),
        delivered_to: letter.delivered_to.clone(),
        subject: letter.subject.clone(),
        authenticated,
        automatic,
        report,
        thread: hints,
        text: new,
        quoted,
        signature,
        pictures: pictures.unwrap_or_default(),
        attachments: letter.attachments.iter().map(Sent::of).collect(),
        actions,
    }
}

impl Sent {
    fn of(attachment: &Attachment) -> Sent {
        Sent {
            name: attachment.name.clone(),
            kind: attachment.kind.map(|kind| kind.mime()),
            said_to_be: attachment.said_to_be.clone(),
            bytes: attachment.content.len(),
            is_inline: attachment.is_inline,
            invitation: invitation(attachment),
        }
    }
}

fn actions(authenticated: &Authenticated, automatic: Option<&Automatic>, report: Option<&Report>, hints: &[Hint]) -> Vec<Action> {
    if automatic.is_some_and(|found| found.kind == crate::Kind::Own) {
        return vec![Action::LeaveOut];
    }
    let mut actions = match report.map(|report| &report.what) {
        Some(What::Delivery(all)) if all.iter().any(|one| one.outcome == Outcome::Failed) => vec![Action::MarkFailed],
        Some(What::Complaint(_)) => vec![Action::StopMarketing],
        _ => Vec::new(),
    };
    actions.extend(match authenticated.verdict {
        Verdict::Proved => None,
        Verdict::Unknown => Some(Action::DoNotBelieveSender),
        Verdict::Refused => Some(Action::Quarantine),
    });
    actions.push(if hints.is_empty() { Action::OpenConversation } else { Action::Thread });
    match automatic {
        Some(_) => actions.push(Action::KeepQuiet),
        None => actions.extend([Action::Reopen, Action::MayBeAnswered, Action::StartClocks]),
    }
    actions
}

#[cfg(test)]
mod tests {
    use platform::token::Signer;
    use serde_json::json;

    use super::*;

    fn inspected(raw: &[u8]) -> serde_json::Value {
        let signer = Signer::new([7; 32], []);
        let us = Us { shop: kernel::ShopId::NONE, signer: &signer, mailboxes: &["support@fjell.example".into()] };
        serde_json::to_value(inspect(&Letter::read(raw).unwrap(), &us, &["mx.fjell.example"])).unwrap()
    }

    #[test]
    fn it_is_said_what_would_be_done_and_why() {
        let gmail = inspected(include_bytes!("../letters/gmail.eml"));
        assert_eq!(gmail["from"], json!({ "name": "Mara Hansen", "email": "mara.hansen@gmail.com" }));
        assert_eq!((&gmail["authenticated"]["verdict"], &gmail["authenticated"]["rule"]), (&json!("proved"), &json!("dmarc")));
        assert_eq!(gmail["automatic"], json!(null));
        assert_eq!(gmail["thread"][0], json!({ "rule": "in_reply_to", "target": { "letter": "second@fjell.example" } }));
        assert_eq!(gmail["text"], "Hei Ines,\n\nden er ikke kommet ennå. Kan dere sjekke?\n\nMara");
        assert!(gmail["quoted"].as_str().unwrap().ends_with("> Ines"));
        assert_eq!(gmail["actions"], json!(["thread", "reopen", "may_be_answered", "start_clocks"]));
    }

    #[test]
    fn each_kind_of_letter_has_its_own_end() {
        for (raw, actions) in [
            (
                &include_bytes!("../letters/postfix.eml")[..],
                json!(["mark_failed", "do_not_believe_sender", "open_conversation", "keep_quiet"]),
            ),
            (
                include_bytes!("../letters/complaint.eml"),
                json!(["stop_marketing", "do_not_believe_sender", "open_conversation", "keep_quiet"]),
            ),
            (include_bytes!("../letters/away.eml"), json!(["do_not_believe_sender", "thread", "keep_quiet"])),
            (include_bytes!("../letters/newsletter.eml"), json!(["do_not_believe_sender", "open_conversation", "keep_quiet"])),
            (b"From: support@fjell.example\n\nHi", json!(["leave_out"])),
            (
                b"Authentication-Results: mx.fjell.example; dmarc=fail header.from=bank.example\nFrom: x@bank.example\n\nHi",
                json!(["quarantine", "open_conversation", "reopen", "may_be_answered", "start_clocks"]),
            ),
        ] {
            assert_eq!(inspected(raw)["actions"], actions);
        }
        let invitation = inspected(include_bytes!("../letters/invitation.eml"));
        assert_eq!(invitation["attachments"][0]["invitation"]["what"], "Katalog jesień, nowe namioty");
        assert_eq!(invitation["attachments"][0]["invitation"]["from"], json!({ "moment": "2026-11-12T09:00:00.000000Z" }));
    }
}
