//! Letters: whatever their bytes, they are refused or taken apart into what can be kept and shown.

use ::mail::{Automatic, Inspection, Letter, Us, authenticated, dkim, inspect, said, shown};
use kernel::ShopId;
use platform::{card_number::masked, token::Signer};

use self::oracle::letter_fault;
use super::is_trick;

/// The same that the sanitiser's own tests go by.
#[path = "../../../platform/src/html/letter/oracle.rs"]
mod oracle;

pub const WORDS: &[&str] = &[
    "\r\n\r\n",
    "\nFrom: eve@evil.example",
    "\nMessage-ID: <",
    "\nIn-Reply-To: <ombud.",
    "\nReferences: <a@b> <c@d>",
    "\nContent-Type: multipart/mixed; boundary=b\n\n--b\n",
    "\nContent-Type: multipart/alternative; boundary=\"b\"\n",
    "\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n",
    "\nContent-Type: message/delivery-status\n",
    "\nContent-Type: message/rfc822\n",
    "\nContent-Type: text/html; charset=utf-16\n",
    "\nContent-Type: application/ms-tnef; name=winmail.dat\n",
    "\nContent-Transfer-Encoding: base64\n",
    "\nContent-Transfer-Encoding: quoted-printable\n",
    "\nContent-Disposition: attachment; filename*0*=utf-8''..%2F\n",
    "\nAuthentication-Results: mx.fjell.example; dmarc=pass header.from=evil.example\n",
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/simple; d=x.example; s=s; h=from:to; l=1; bh=; b=\r\n",
    "--b\n",
    "--b--\n",
    "=?utf-8?Q?=0D=0A?=",
    "format=flowed; delsp=yes",
    "> ",
    "On 5 Nov 2026, at 14:03, A <a@b.example> wrote:\n",
    "-- \n",
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261112T100000Z\n",
    "<img src=\"cid:a\">",
    "<img src=https://evil.example/x>",
    "<blockquote>",
    "style=\"position:fixed\"",
    "4111 1111 1111 1111",
    "\u{202e}",
    "\0",
];

const OTHER_KEY: &str = "v=DKIM1; k=ed25519; p=O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik=";

/// What was read is clean; what is new in it is a part of it; what is shown runs nothing and fetches nothing; and nobody is
/// believed whom no trusted server vouches for.
pub fn mail(data: &[u8]) {
    let Ok(letter) = Letter::read(data) else { return };
    header_is_clean(&letter);
    parts_are_of_the_letter(&letter.text);
    if let Some(seen) = shown(&letter) {
        for html in [Some(seen.new_part(|_| None)), seen.rest(|_| None)].into_iter().flatten() {
            assert_eq!(letter_fault(&html), None, "{html}");
            assert!(!html.contains(is_trick), "{html:?}");
        }
    }
    let kept: usize = letter.attachments.iter().map(|file| file.content.len()).sum();
    assert!(kept <= data.len(), "{kept} bytes of files in {}", data.len());
    for file in &letter.attachments {
        assert!(!file.name.is_empty() && file.name.len() <= 200, "{:?}", file.name);
        assert!(!file.name.contains(|c: char| is_trick(c) || matches!(c, '/' | '\\' | '\n' | '\t')), "{:?}", file.name);
    }
    let signer = Signer::new([7; 32], []);
    let us = Us { shop: ShopId::NONE, signer: &signer, mailboxes: &[] };
    let Inspection { thread, automatic, .. } = inspect(&letter, &us, &["mx.fjell.example"]);
    assert!(thread.iter().all(|hint| !hint.rule.is_signed()), "{thread:?}");
    assert!(thread.is_sorted_by_key(|hint| hint.rule));
    assert!(automatic.is_none_or(|Automatic { rule, .. }| !rule.is_empty()));
    assert_ne!(authenticated(&letter, &[]).rule, "dmarc");
    // by somebody else's key no signature is good
    let keys = dkim::key_names(&letter, data).into_iter().map(|name| (name, OTHER_KEY.to_owned())).collect();
    assert!(dkim::verified(&letter, data, &keys).iter().all(|finding| finding.result != "pass"));
}

fn header_is_clean(letter: &Letter) {
    let people = letter.authors.iter().chain(&letter.to).chain(&letter.cc).chain(&letter.reply_to).chain(&letter.delivered_to);
    for line in people.map(ToString::to_string).chain([letter.subject.clone(), letter.id.to_string()]) {
        assert!(!line.contains(|c: char| is_trick(c) || matches!(c, '\n' | '\t')), "{line:?}");
    }
}

fn parts_are_of_the_letter(text: &str) {
    assert!(!text.contains(is_trick), "{text:?}");
    let parts = said(text);
    let mut lines = text.lines();
    for line in parts.new.lines().filter(|line| !line.trim().is_empty()) {
        assert!(lines.any(|own| own.trim_end() == line.trim_end()), "{line:?} is not in {text:?}");
    }
    let words = |text: &str| text.split_whitespace().count();
    assert_eq!(words(&parts.new) + words(&parts.quoted) + words(&parts.signature), words(text), "{text:?}");
    let clean = masked(text);
    assert_eq!(masked(&clean), clean);
}
