use std::io::Write;

use super::*;

/// Without a difference in spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many of the replies must come out exactly as people cut them.
const LEAST: f64 = 0.95;

/// What the test runner says through the environment.
#[expect(clippy::disallowed_methods, reason = "tests are told by the environment where their data lies; they have no Config")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Says that a test could not run here. `scripts/test` lists these, and CI refuses them.
fn skip(test: &str) {
    let line = format!("SKIPPED {test}: OMBUD_TEST_DATA is not set");
    eprintln!("{line}");
    if let Some(list) = setting("OMBUD_TEST_SKIPS") {
        let mut list = std::fs::OpenOptions::new().create(true).append(true).open(list).unwrap();
        list.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}

#[test]
fn real_replies_are_cut_as_people_would_cut_them() {
    let Some(data) = setting("OMBUD_TEST_DATA") else { return skip("real_replies_are_cut_as_people_would_cut_them") };
    let folder = std::path::Path::new(&data).join("mail-replies");
    let (mut all, mut wrong) = (0, Vec::new());
    let mut files: Vec<_> = std::fs::read_dir(folder.join("emails")).unwrap().map(|file| file.unwrap().file_name()).collect();
    files.sort();
    for name in files {
        let read = |kind: &str| std::fs::read_to_string(folder.join(kind).join(&name)).unwrap();
        let (new, expected) = (said(&platform::html::clean_text(&read("emails"))).new, read("trimmed"));
        all += 1;
        if folded(&new) != folded(&expected) {
            wrong.push(format!("{}:\n{new}\n--- instead of\n{expected}", name.display()));
        }
    }
    let share = (all - wrong.len()) as f64 / all as f64;
    let names: Vec<&str> = wrong.iter().filter_map(|wrong: &String| wrong.split(':').next()).collect();
    println!("{} of {all} replies are exact: {:.1} %; not {}", all - wrong.len(), share * 100.0, names.join(", "));
    assert!(all >= 44, "the data is there: {all}");
    assert!(share >= LEAST, "{}", wrong.join("\n\n"));
}

/// New text, quote, signature.
fn parts(text: &str) -> (String, String, String) {
    let Said { new, quoted, signature } = said(text);
    (new, quoted, signature)
}

/// What programs write above a quote, in the languages their users speak.
const OPENINGS: &[&str] = &[
    "On Thu, 5 Nov 2026 at 14:03, Fjell & Fjord <support@fjell.example> wrote:",
    "On Mon, 2 Nov 2026 at 14:03, Fjell & Fjord <support@fjell.example> wrote:",
    "On Nov 5, 2026, at 2:03 PM, Fjell & Fjord <support@fjell.example> wrote:",
    "On 05/11/2026 14:03, Fjell & Fjord wrote:",
    "On Thursday, November 5, 2026 at 02:03:11 PM GMT+1, Fjell <support@fjell.example> wrote: ",
    "------- Original Message -------\nOn Thursday, November 5th, 2026 at 14:03, Fjell <support@fjell.example> wrote:",
    "tor. 5. nov. 2026 kl. 14:03 skrev Fjell & Fjord <support@fjell.example>:",
    "Den 05.11.2026 14:03, skrev Fjell & Fjord:",
    "5. nov. 2026 kl. 14:03 skrev Fjell & Fjord <support@fjell.example>:",
    "Fjell & Fjord <support@fjell.example>, 5 Kas 2026 Per, 14:03 tarihinde şunu yazdı:",
    "Fjell & Fjord <support@fjell.example> şunları yazdı (5 Kas 2026 14:03):",
    "5 Kas 2026 Per 14:03 tarihinde Fjell <support@fjell.example> şunu yazdı:",
    "Fjell & Fjord <support@fjell.example> 于2026年11月5日周四 14:03写道：",
    "在 2026年11月5日，14:03，Fjell & Fjord <support@fjell.example> 写道：",
    "Den tors 5 nov. 2026 kl 14:03 skrev Fjell & Fjord <support@fjell.example>:",
    "5 nov. 2026 kl. 14:03 skrev Fjell <support@fjell.example>:",
    "Am Do., 5. Nov. 2026 um 14:03 Uhr schrieb Fjell & Fjord <support@fjell.example>:",
    "Am 05.11.26 um 14:03 schrieb Fjell & Fjord:",
    "Le jeu. 5 nov. 2026 à 14:03, Fjell & Fjord <support@fjell.example> a écrit :",
    "czw., 5 lis 2026 o 14:03 Fjell & Fjord <support@fjell.example> napisał(a):",
    "W dniu 5.11.2026 o 14:03, Fjell & Fjord pisze:",
    "El jue, 5 nov 2026 a las 14:03, Fjell & Fjord (<support@fjell.example>) escribió:",
    "Den tors. 5. nov. 2026 kl. 14.03 skrev Fjell & Fjord <support@fjell.example>:",
    "Il giorno gio 5 nov 2026 alle ore 14:03 Fjell <support@fjell.example> ha scritto:",
    "Op do 5 nov 2026 om 14:03 schreef Fjell & Fjord <support@fjell.example>:",
    "Em qui., 5 de nov. de 2026 às 14:03, Fjell & Fjord <support@fjell.example> escreveu:",
    "to 5. marrask. 2026 klo 14.03 Fjell & Fjord (support@fjell.example) kirjoitti:",
    "чт, 5 нояб. 2026 г. в 14:03, Fjell & Fjord <support@fjell.example>:\nFjell написал:",
    // broken in the middle
    "On Thu, 5 Nov 2026 at 14:03, Fjell & Fjord\n<support@fjell.example> wrote:",
    "Am Do., 5. Nov. 2026 um 14:03 Uhr schrieb Fjell & Fjord <\nsupport@fjell.example>:",
    // Outlook
    "________________________________\nFrom: Fjell <support@fjell.example>\nSent: Thursday, November 5, 2026 2:03 PM\nTo: Mara\nSubject: Re: Tent",
    "-----Original Message-----\nFrom: Fjell\nSent: Thursday, November 5, 2026 2:03 PM\nTo: Mara\nSubject: Re: Tent",
    "Von: Fjell <support@fjell.example>\nGesendet: Donnerstag, 5. November 2026 14:03\nAn: Mara\nBetreff: AW: Zelt",
    "-----Ursprüngliche Nachricht-----",
    "Fra: Fjell <support@fjell.example>\nSendt: torsdag 5. november 2026 14:03\nTil: Mara\nEmne: SV: Telt",
    "Från: Fjell <support@fjell.example>\nSkickat: den 5 november 2026 14:03\nTill: Mara\nÄmne: SV: Tält",
    "De : Fjell <support@fjell.example>\nEnvoyé : jeudi 5 novembre 2026 14:03\nÀ : Mara\nObjet : RE: Tente",
    "De: Fjell <support@fjell.example>\nEnviado el: jueves, 5 de noviembre de 2026 14:03\nPara: Mara\nAsunto: RE: Tienda",
    "Od: Fjell <support@fjell.example>\nWysłano: czwartek, 5 listopada 2026 14:03\nDo: Mara\nTemat: Odp: Namiot",
    "Kimden: Fjell <support@fjell.example>\nGönderildi: 5 Kasım 2026 Perşembe 14:03\nKime: Mara\nKonu: Ynt: Çadır",
    "发件人: Fjell <support@fjell.example>\n发送时间: 2026年11月5日 14:03\n收件人: Mara\n主题: 回复: 帐篷",
    "*From:* Fjell <support@fjell.example>\n*Sent:* Thursday, November 5, 2026 2:03 PM\n*To:* Mara\n*Subject:* Re: Tent",
    "---------- Forwarded message ---------\nFrom: Fjell <support@fjell.example>\nDate: Thu, 5 Nov 2026 at 14:03\nSubject: Tent\nTo: Mara",
];

#[test]
fn a_quote_is_known_by_what_programs_write_above_it() {
    for opening in OPENINGS {
        for quote in ["> Hi Mara,\n> it left today.", "Hi Mara,\n\nit left today."] {
            let text = format!("Thanks!\nMara\n\n{opening}\n\n{quote}");
            assert_eq!(said(&text).new, "Thanks!\nMara", "{text}");
            assert!(said(&text).quoted.ends_with(quote), "{text}");
        }
    }
}

#[test]
fn what_stands_right_above_the_sentence_is_no_part_of_it() {
    for own in ["One 1", "I need it on 5 November 2026", "2 tents", "It says I18N.", "Mara <mara@x.example>"] {
        for opening in OPENINGS {
            assert_eq!(said(&format!("{own}\n{opening}\n> Hi")).new, own, "{opening}");
        }
    }
}

#[test]
fn nobodys_own_words_are_folded_away() {
    for text in [
        "On Monday I wrote to you about order 1042: no answer.",
        "I wrote on 5 November 2026 at 14:03:\nthe tent has a hole.\n\nAnd now it has two.",
        "Ich schrieb am 5. November 2026 um 14:03:\nDas Zelt hat ein Loch.\n\nUnd jetzt zwei.",
        "Hi,\nOn 5 November 2026 I wrote:\nthe tent has a hole.",
        "Hei,\n5. november 2026 skrev jeg til dere:\nteltet har et hull.",
        "You wrote:\nthe parcel arrives tomorrow. It did not.",
        "Please send it\nFrom: Oslo\nTo: Bergen\nDate: 5 November\nThanks",
        "Date: 5 November\nTime: 14:03\nPlace: shop",
        "Two questions\n--------\n1. Where is it?\n2. When?",
        "A\n--\nB\n\nC\n\nD\n\nE\n\nF\n\nG\n\nH\n\nI\n\nJ\n\nK\n\nL\n\nM\n\nN\n\nO\n\nP\n\nQ",
        "Two questions\n--\nWhere is it?\nWhen does it come?\nMara",
        "I sent it from my phone, and it failed.\nWhat now?",
        "On 5 November 2026 at 14:03 your colleague wrote:\nWe send it today.\n\nBut nothing came. Please help.",
        "Am 5. November 2026 um 14:03 schrieb mir Ihre Kollegin:\nEs kommt.\n\nEs kam nicht.",
        "Yes",
        "👍",
        "2 tents are missing\nand 3 of 5 pegs\n\nMy friend wrote:",
        "!!!",
        "1 < 2\n3 > 2",
        "The number is 4 - 5\n-> red",
        "Mein Freund schrieb:\nDas Zelt ist zu klein.",
        "Sent from a friend's account: my order 1042 is missing, please help me find out where it is, because I need the tent on Friday, in the hills.",
        "",
    ] {
        assert_eq!(parts(text), (text.to_owned(), String::new(), String::new()), "{text}");
    }
}

#[test]
fn answers_between_quotes_stay_with_what_they_answer() {
    let above = "On Thu, 5 Nov 2026 at 14:03, Fjell <support@fjell.example> wrote:";
    for (text, new) in [
        (format!("{above}\n> Which size?\n\nMedium.\n\n> Which colour?\n\nRed."), "Medium.\n\n> Which colour?\n\nRed."),
        (format!("Hi\n\n{above}\n> Which size?\n\nMedium.\n\n> Bye"), "Hi\n\n> Which size?\n\nMedium."),
        ("> Which size?\nMedium.".into(), "Medium."),
        ("Medium.\n> Which size?".into(), "Medium."),
        ("> Which size?".into(), "> Which size?"),
        (format!("{above}\n\n> Which size?\n\nMedium.\n-- \nMara"), "Medium."),
    ] {
        assert_eq!(said(&text).new, new, "{text}");
    }
}

#[test]
fn signatures_are_what_stands_below() {
    for (text, new, signature) in [
        ("Hi\n-- \nMara\n+47 22 33 44 55", "Hi", "-- \nMara\n+47 22 33 44 55"),
        ("Hi\n--\nMara", "Hi", "--\nMara"),
        ("Hi\n\nSendt fra min iPhone", "Hi", "Sendt fra min iPhone"),
        ("Hi\n\nSent from Outlook for iOS<https://aka.ms/o0ukef>", "Hi", "Sent from Outlook for iOS<https://aka.ms/o0ukef>"),
        ("Hi\n\niPhone'umdan gönderildi", "Hi", "iPhone'umdan gönderildi"),
        ("Hi\n\n发自我的 iPhone", "Hi", "发自我的 iPhone"),
        ("Hi\n________________", "Hi", "________________"),
        ("Sent from my iPhone", "", "Sent from my iPhone"),
        ("Hi\n-- \nMara\n\nOn 5 Nov 2026, at 14:03, Fjell <a@b.example> wrote:\n> x", "Hi", "-- \nMara"),
    ] {
        let said = said(text);
        assert_eq!((said.new.as_str(), said.signature.trim_end()), (new, signature), "{text}");
    }
}

#[test]
fn parts_are_made_of_the_lines_of_the_letter() {
    let rng = platform::rng::Rng::seeded(11);
    let lines = [
        "",
        "Hi",
        "> quoted",
        ">> twice",
        "-- ",
        "--",
        "____",
        "Sent from my iPhone",
        "On 5 Nov 2026, at 14:03, A <a@b.example> wrote:",
        "From: a@b.example",
        "Sent: 5 Nov",
        "To: b",
        "Subject: c",
        "-----Original Message-----",
        "Bye",
        "| bar",
        "schrieb:",
        "2026-03-03 17:21 GMT+01:00 A",
    ];
    for _ in 0..20_000 {
        let text: Vec<&str> = (0..rng.below(14)).map(|_| lines[rng.below(lines.len() as u64) as usize]).collect();
        let text = text.join("\n");
        let said = said(&text);
        let mut left: Vec<&str> = text.lines().collect();
        for line in [&said.new, &said.quoted, &said.signature].into_iter().flat_map(|part| part.lines()).filter(|line| !line.is_empty()) {
            let at = left.iter().position(|own| own.trim_end() == line.trim_end());
            left.remove(at.unwrap_or_else(|| panic!("{line:?} is not in\n{text}")));
        }
        assert!(left.iter().all(|line| line.trim().is_empty()), "{left:?} of\n{text}");
    }
}

fn folded_letter(html: &str) -> Folded {
    fold(&platform::html::letter(html).html)
}

#[test]
fn html_is_folded_where_the_quote_begins() {
    let own = |raw: &[u8]| folded_letter(&crate::Letter::read(raw).unwrap().html.unwrap());
    let gmail = own(include_bytes!("../../letters/gmail.eml"));
    assert_eq!(platform::html::to_text(&gmail.new), "Hei Ines,\n\nden er ikke kommet ennå. Kan dere sjekke?\n\nMara");
    assert!(gmail.rest.unwrap().contains("skrev Fjell"));
    let outlook = own(include_bytes!("../../letters/outlook.eml"));
    assert!(outlook.new.contains("Jörg Müller") && outlook.new.contains("data-cid"), "{}", outlook.new);
    assert!(!outlook.new.contains("Gesendet") && outlook.rest.unwrap().contains("anbei die Rechnung"));

    for (html, new, rest) in [
        ("<p>Hi</p><blockquote type=\"cite\"><p>Bye</p></blockquote>", "Hi", Some("Bye")),
        ("<p>Hi</p>On 5 Nov 2026, at 14:03, A &lt;a@b.example&gt; wrote:<br><blockquote type=cite>Bye</blockquote>", "Hi", Some("wrote")),
        ("<div>Hi<div>-- <br><div class=gmail_signature>Mara</div></div></div>", "Hi", Some("Mara")),
        ("<p>Hi</p><div id=AppleMailSignature>Mara</div>", "Hi", Some("Mara")),
        (
            "<p>Hi</p><hr><div id=divRplyFwdMsg><b>From:</b> A &lt;a@b.example&gt;<br><b>Sent:</b> 5 Nov<br><b>Subject:</b> x</div><p>Bye</p>",
            "Hi",
            Some("Bye"),
        ),
        ("<blockquote>Bye</blockquote><p>Hi</p>", "> Bye\n\nHi", None),
        ("<blockquote>A?</blockquote>Yes<blockquote>B?</blockquote>", "> A?\n\nYes", Some("B?")),
        ("<p>Hi</p><blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">moved</blockquote>", "Hi\n\n> moved", None),
        ("<p>Hi</p><img src=\"cid:a\">", "Hi", None),
        ("<blockquote>Bye</blockquote>", "> Bye", None),
        ("", "", None),
    ] {
        let folded = folded_letter(html);
        assert_eq!(platform::html::to_text(&folded.new), new, "{html}");
        match (folded.rest.as_deref().map(platform::html::to_text), rest) {
            (None, None) => (),
            (Some(found), Some(part)) => assert!(found.contains(part), "{html}: {found}"),
            other => panic!("{html}: {other:?}"),
        }
    }
}

#[test]
fn both_sides_of_a_fold_are_whole() {
    let folded = folded_letter("<div style='color:red'><table><tr><td><b>Hi</b></td></tr></table><blockquote>Bye</blockquote></div>");
    for side in [&folded.new, folded.rest.as_ref().unwrap()] {
        assert_eq!(&platform::html::letter(side).html, side);
    }
    assert!(folded.rest.unwrap().starts_with("<div style=\"color:red\">"));
}
