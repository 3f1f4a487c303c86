use super::*;
use crate::{
    headers::{LONGEST_FIELD, LONGEST_HEADER, MOST_FIELDS},
    mime::{DEEPEST, MOST_PARTS},
};

fn gmail() -> Letter {
    Letter::read(include_bytes!("../../letters/gmail.eml")).unwrap()
}

fn emails(addresses: &[Address]) -> Vec<&str> {
    addresses.iter().map(|address| address.email.as_str()).collect()
}

fn ids(ids: &[MessageId]) -> Vec<&str> {
    ids.iter().map(MessageId::as_str).collect()
}

#[test]
fn a_letter_says_who_when_and_what_about() {
    let letter = gmail();
    assert_eq!(letter.from().unwrap().to_string(), "Mara Hansen <mara.hansen@gmail.com>");
    assert_eq!(letter.subject, "Re: Hvor er pakken min? 🎒");
    assert_eq!(letter.date.unwrap().to_string(), "2026-11-05T13:03:00.000000Z");
    assert_eq!((letter.id.as_str(), letter.id_is_made_up), ("CAF0-reply@mail.gmail.com", false));
    assert_eq!(ids(&letter.in_reply_to), ["second@fjell.example"]);
    assert_eq!(ids(&letter.references), ["first@fjell.example", "CAF0-first@mail.gmail.com"]);
    assert_eq!(emails(&letter.delivered_to), ["support+sales@fjell.example", "support@fjell.example"]);
    assert!(letter.text.starts_with("Hei Ines,\n\nden er ikke kommet ennå."));
    assert!(letter.html.unwrap().contains("<blockquote"));
    assert!(letter.attachments.is_empty() && !letter.is_cut);
}

#[test]
fn letters_are_read_in_the_letters_they_were_written_in() {
    let outlook = Letter::read(include_bytes!("../../letters/outlook.eml")).unwrap();
    assert_eq!(outlook.from().unwrap().name.as_deref(), Some("Jörg Müller"));
    assert!(outlook.text.contains("Guten Tag Frau Sørensen,") && outlook.html.unwrap().contains("freundlichen Grüßen"));
    assert_eq!(emails(&outlook.cc), ["einkauf@firma.example"]);
    let [picture] = outlook.attachments.try_into().unwrap();
    assert_eq!((picture.name.as_str(), picture.kind.map(|kind| kind.mime())), ("image001.png", Some("image/png")));
    assert_eq!((picture.content_id.as_deref(), picture.is_inline), (Some("image001.png@01DC4E"), true));

    let turkish = Letter::read(include_bytes!("../../letters/turkish.eml")).unwrap();
    assert_eq!(turkish.subject, "Siparişim nerede?");
    assert!(turkish.text.contains("çadırım hâlâ gelmedi"), "{}", turkish.text);

    // neither the header nor the body says in which letters
    let windows = Letter::read(include_bytes!("../../letters/windows.eml")).unwrap();
    assert_eq!(windows.from().unwrap().name.as_deref(), Some("Søren"));
    assert_eq!((windows.subject.as_str(), windows.text.as_str()), ("Telt på lager?", "Hej, har I flere \"Løvfald\" telte – til 4?"));

    let apple = Letter::read(include_bytes!("../../letters/apple.eml")).unwrap();
    assert!(apple.text.contains("vraiment très grande et je ne peux pas") && apple.text.contains("Envoyé de mon iPhone"), "{}", apple.text);
    assert_eq!(apple.attachments[0].name, "photo déchirure.jpg");
}

fn written(header: &str, body: &str) -> Letter {
    Letter::read(format!("{header}\n\n{body}").as_bytes()).unwrap()
}

#[test]
fn text_has_the_letters_it_says_or_the_likeliest() {
    for (charset, bytes, text) in [
        ("; charset=utf-8", "blå".as_bytes(), "blå"),
        ("; charset=utf-8", b"bl\xe5", "blå"),
        ("; charset=us-ascii", "blå".as_bytes(), "blå"),
        ("; charset=iso-8859-1", "blå".as_bytes(), "blå"),
        ("; charset=iso-8859-1", b"bl\xe5 \x80", "blå €"),
        ("; charset=gb2312", b"\xc4\xe3\xba\xc3", "你好"),
        ("; charset=big5", b"\xa7\x41\xa6\x6e", "你好"),
        ("; charset=koi8-r", b"\xf0\xd2\xc9", "При"),
        ("; charset=shift_jis", b"\x82\xb1", "こ"),
        ("; charset=\"utf-16le\"", b"a\0b\0", "ab"),
        ("; charset=nonsense", "blå".as_bytes(), "blå"),
        ("", b"bl\xe5", "blå"),
        ("", b"\xef\xbb\xbfblue", "blue"),
    ] {
        let header = format!("From: a@x.example\nContent-Type: text/plain{charset}\n\n");
        let letter = Letter::read(&[header.as_bytes(), bytes].concat()).unwrap();
        assert_eq!(letter.text, text, "{charset}");
    }
    for (encoding, body, text) in [
        ("base64", "SGVp", "Hei"),
        ("BASE64", "SG\nVp\n", "Hei"),
        ("base64", "this is none!", "this is none!"),
        ("quoted-printable", "a=3Db=\nc", "a=bc"),
        ("8bit", "a=3D", "a=3D"),
        ("x-unheard-of", "a", "a"),
    ] {
        assert_eq!(written(&format!("From: a@x.example\nContent-Transfer-Encoding: {encoding}"), body).text, text, "{encoding} {body}");
    }
}

#[test]
fn a_letter_without_an_id_gets_one_that_stays() {
    for id in ["", "Message-ID: <>\n", "Message-ID: <a b>\n", "Message-ID:\n"] {
        let raw = format!("{id}From: a@x.example\n\nHi");
        let letter = Letter::read(raw.as_bytes()).unwrap();
        assert!(letter.id_is_made_up, "{id}");
        assert_eq!(letter.id, Letter::read(raw.as_bytes()).unwrap().id);
    }
}

#[test]
fn nobody_slips_a_header_into_another() {
    let letter =
        written("From: \"A\r\n Bcc: x@y.example\" <a@x.example>\nSubject: =?utf-8?Q?Hi=0D=0ABcc=3A_eve@x.example=E2=80=AE?=", "Hi");
    assert_eq!(letter.subject, "Hi Bcc: eve@x.example");
    assert!(!letter.from().unwrap().to_string().contains(['\r', '\n']));
    assert_eq!(written("From: a@x.example\nTo: b@x.example, \"c@y.example\" <d@x.example>", "").to.len(), 2);
}

#[test]
fn odd_letters_are_letters_too() {
    for (raw, text) in [
        ("From mara@x.example Thu Nov  5 14:03:00 2026\nFrom: a@x.example\n\nHi", "Hi"),
        ("\r\n\r\nFrom: a@x.example\n\nHi", "Hi"),
        ("From: a@x.example", ""),
        ("From: a@x.example\n\n", ""),
        ("Subject: only\n\nHi", "Hi"),
        ("From: a@x.example\nContent-Type: multipart/mixed\n\nHi", "Hi"),
        ("From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\nno such line", "no such line"),
        ("From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHi", "Hi"),
        (
            "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\nnot this\n--b\n\nHi\n--bb\nHo\n--b--\nnor this\n--b\n\nHa",
            "Hi\n--bb\nHo",
        ),
        (
            "From: a@x.example\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\n\n--b\nContent-Type: text/html\n\n<p>Hi</p>\n--b--",
            "Hi",
        ),
        (
            "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b\nContent-Type: text/html\n\n<p>list footer</p>\n--b--",
            "Hi\n\nlist footer",
        ),
    ] {
        assert_eq!(Letter::read(raw.as_bytes()).unwrap().text, text, "{raw}");
    }
    for raw in ["", "\n\n", "Hi", "<html>no: header</html>x"] {
        assert!(matches!(Letter::read(raw.as_bytes()), Err(Error::Invalid(_)) | Ok(_)), "{raw}");
    }
    assert!(matches!(Letter::read(b""), Err(Error::Invalid(_))));
}

#[test]
fn a_letter_that_was_passed_on_is_one_file() {
    let raw = "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee this.\n--b\nContent-Type: message/rfc822\n\n\
               From: eve@y.example\nSubject: inner\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nnot mine\n--c--\n--b--";
    let letter = Letter::read(raw.as_bytes()).unwrap();
    assert_eq!(letter.text, "See this.");
    let [inner] = letter.attachments.try_into().unwrap();
    assert_eq!((inner.name.as_str(), inner.said_to_be.as_str(), inner.kind), ("letter.eml", "message/rfc822", None));
    assert_eq!(Letter::read(&inner.content).unwrap().subject, "inner");
}

#[test]
fn what_outlook_wrapped_is_unwrapped() {
    let winmail = data_encoding::BASE64.encode(&crate::attachment::tests::winmail());
    let file =
        format!("--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Transfer-Encoding: base64\n\n{winmail}\n--b--");
    let head = "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n";
    let names = |letter: &Letter| letter.attachments.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
    let letter = Letter::read(format!("{head}\n{file}").as_bytes()).unwrap();
    assert_eq!(letter.text, "Hei, se vedlegg. Løvfald");
    assert_eq!(names(&letter), ["tilbud på telt.docx", "mål.txt"]);
    let letter = Letter::read(format!("{head}Own text\n{file}").as_bytes()).unwrap();
    assert_eq!((letter.text.as_str(), names(&letter).len()), ("Own text", 2));
    let broken = format!("{head}Own text\n--b\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\n\nnone\n--b--");
    assert_eq!(names(&Letter::read(broken.as_bytes()).unwrap()), ["winmail.dat"]);
}

#[test]
fn each_limit_holds_to_the_last_one() {
    let said = |raw: &[u8]| Letter::read(raw).map(drop).map_err(|error| error.to_string());
    let refused = |raw: &[u8], word: &str| assert!(said(raw).unwrap_err().contains(word), "{:?} {word}", said(raw));

    let mut large = b"From: a@x.example\n\n".to_vec();
    large.resize(LONGEST, b'x');
    assert!(Letter::read(&large).unwrap().is_cut);
    large.push(b'x');
    refused(&large, "larger than 50 megabytes");

    let fields = |n: usize| format!("From: a@x.example\n{}\nHi", "X-A: b\n".repeat(n)).into_bytes();
    assert_eq!(said(&fields(MOST_FIELDS - 2)), Ok(()));
    refused(&fields(MOST_FIELDS), "more than 1000 fields");

    let field = |n: usize| format!("From: a@x.example\nX-A: {}\n b\n\nHi", "x".repeat(n)).into_bytes();
    assert_eq!(said(&field(LONGEST_FIELD - 9)), Ok(()));
    refused(&field(LONGEST_FIELD - 8), "A field in the header");

    let header = |n: usize| format!("From: a@x.example\n{}\nHi", format!("X-A: {}\n", "x".repeat(99 * 1024)).repeat(n)).into_bytes();
    assert_eq!(said(&header(10)), Ok(()));
    assert!(header(11).len() > LONGEST_HEADER);
    refused(&header(11), "The header of this e-mail is longer");

    let parts =
        |n: usize| format!("From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n{}--b--", "--b\n\nx\n".repeat(n)).into_bytes();
    assert_eq!(said(&parts(MOST_PARTS - 1)), Ok(()));
    refused(&parts(MOST_PARTS), "more than 10000 parts");

    let deep = |n: usize| {
        let open = |at: usize| format!("Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n");
        format!("From: a@x.example\n{}\nHi", (0..n).map(open).collect::<String>()).into_bytes()
    };
    assert_eq!(said(&deep(DEEPEST)), Ok(()));
    refused(&deep(DEEPEST + 1), "nested more than 20 deep");
}

#[test]
fn a_boundary_that_never_comes_is_not_looked_for_again_and_again() {
    // each part says it has parts: who looked for them to the end of the letter would read it ten thousand times
    let part = |at: usize| format!("--b\nContent-Type: multipart/mixed; boundary=never{at}\n\n{}\n", "x".repeat(2_000));
    let parts: String = (0..MOST_PARTS - 1).map(part).collect();
    let letter = written("From: a@x.example\nContent-Type: multipart/mixed; boundary=b", &format!("{parts}--b--"));
    assert!(letter.is_cut && letter.text.starts_with("xxx"));
}

#[test]
fn whoever_answers_everything_answers_little() {
    let many = |n: usize, end: &str| (0..n).map(|at| format!("<{at}@x.example>{end}")).collect::<String>();
    let letter =
        written(&format!("From: a@x.example\nTo: {}<b@x.example>\nIn-Reply-To: {}", many(1_200, ",\n "), many(50, "\n ").trim_end()), "Hi");
    assert_eq!((letter.to.len(), letter.in_reply_to.len()), (1_000, MOST_ANSWERED));
}

#[test]
fn a_long_conversation_is_remembered_at_both_ends() {
    let many: String = (0..150).map(|n| format!(" <{n}@x.example>\n")).collect();
    let letter = written(&format!("From: a@x.example\nReferences:{}", many.trim_end()), "Hi");
    assert_eq!(letter.references.len(), MOST_REFERENCES);
    assert_eq!(
        (letter.references[0].as_str(), letter.references[1].as_str(), letter.references[99].as_str()),
        ("0@x.example", "51@x.example", "149@x.example")
    );
}
