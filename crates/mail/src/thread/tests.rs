use kernel::{ConversationId, MessageId as OurId};
use uuid::Uuid;

use super::*;
use crate::Automatic;

fn shop() -> ShopId {
    ShopId::from(Uuid::from_u128(1))
}

fn signer() -> Signer {
    Signer::new([7; 32], [])
}

fn conversation(n: u128) -> ConversationId {
    Uuid::from_u128(n).into()
}

fn letter(header: &str, text: &str) -> Letter {
    Letter::read(format!("From: Mara <mara@customer.example>\n{header}\n\n{text}").as_bytes()).unwrap()
}

#[test]
fn what_points_at_a_conversation_is_listed_in_the_order_it_is_believed() {
    let signer = signer();
    let marks = Marks::new(shop(), &signer);
    let address = marks.address("support@fjell.example", conversation(5)).unwrap();
    let ours = marks.message_id(OurId::from(Uuid::from_u128(9)), "fjell.example");
    let header = format!(
        "To: {address}\nSubject: Re: [#123] Tent\nIn-Reply-To: <a@x.example>\nReferences: <old@x.example> <{ours}> <new@x.example> <a@x.example>"
    );
    let letter = letter(&header, &format!("Hi\n\n> Bye\n> {}", marks.line(conversation(6))));
    let found: Vec<(Rule, Target)> = hints(&letter, shop(), &signer).into_iter().map(|hint| (hint.rule, hint.target)).collect();
    let known = |id: &str| Target::Letter(MessageId::read(id).unwrap());
    assert_eq!(
        found,
        [
            (Rule::PlusAddress, Target::Conversation(conversation(5))),
            (Rule::OwnMessageId, Target::Message(Uuid::from_u128(9).into())),
            (Rule::InReplyTo, known("a@x.example")),
            (Rule::References, known("new@x.example")),
            (Rule::References, known("old@x.example")),
            (Rule::BodyMarker, Target::Conversation(conversation(6))),
            (Rule::SubjectTag, Target::Number(123)),
        ]
    );
    assert!(found.is_sorted_by_key(|(rule, _)| *rule));
}

#[test]
fn what_we_have_not_signed_names_nothing() {
    let (signer, other) = (signer(), Signer::new([8; 32], []));
    let marks = Marks::new(shop(), &signer);
    let (id, host) = (OurId::from(Uuid::from_u128(9)), "fjell.example");
    let address = marks.address("support@fjell.example", conversation(5)).unwrap();
    let ours = marks.message_id(id, host);
    assert_eq!((marks.in_address(&address), marks.in_message_id(&ours)), (Some(conversation(5)), Some(id)));
    assert_eq!(marks.in_address(&address.to_uppercase()), Some(conversation(5)), "servers change the letters");
    assert_eq!(MessageId::read(ours.as_str()), Some(ours.clone()));

    for stranger in [Marks::new(Uuid::from_u128(2).into(), &signer), Marks::new(shop(), &other)] {
        assert_eq!((stranger.in_address(&address), stranger.in_message_id(&ours)), (None, None));
    }
    for text in [&address, ours.as_str()] {
        let at = text.find('@').unwrap();
        let start = text[..at].find(['+', '.']).unwrap() + 1;
        for place in start..at {
            let other = if text.as_bytes()[place] == b'0' { "1" } else { "0" };
            let altered = format!("{}{other}{}", &text[..place], &text[place + 1..]);
            let id = MessageId::read(&altered).unwrap();
            assert_eq!((marks.in_address(&altered), marks.in_message_id(&id)), (None, None), "{altered}");
        }
    }
    // a token for an address is none in a text of another purpose, nor the other way round
    assert_eq!(marks.in_text(ours.as_str()), None);

    let forged = letter("References: <ombud.00000000000000000000000000.00000000000000000000000000@fjell.example>", "");
    assert_eq!(hints(&forged, shop(), &signer), [], "it is not even looked for");
}

#[test]
fn marks_outlive_a_change_of_keys_and_fit_into_an_address() {
    let (old, new) = (signer(), Signer::new([8; 32], [[7; 32]]));
    let address = Marks::new(shop(), &old).address("support@fjell.example", conversation(5)).unwrap();
    assert_eq!(Marks::new(shop(), &new).in_address(&address), Some(conversation(5)));
    let marks = Marks::new(shop(), &new);
    let longest = marks.address("kundenservice.de1@fjell.example", conversation(5)).unwrap();
    assert_eq!(longest.split('@').next().unwrap().len(), 64);
    assert_eq!(marks.address("kundenservice.de12@fjell.example", conversation(5)), None);
}

fn place_by(rule: Rule, author: &str, participants: &[&str], subject: &str) -> Placement {
    let letter = Letter::read(format!("From: {author}\nSubject: {subject}\n\nHi").as_bytes()).unwrap();
    let hints = [Hint { rule, target: Target::Number(1) }];
    let participants: Vec<String> = participants.iter().map(|one| (*one).to_owned()).collect();
    let known = Conversation { id: conversation(5), participants, subject: "Where is my tent?".into() };
    place(&letter, None, &hints, |_| Some(known.clone()))
}

#[test]
fn only_who_takes_part_is_let_in_by_what_anybody_can_write() {
    let (inside, beside) = (Place::Conversation(conversation(5)), Place::NewBeside(conversation(5)));
    for (author, participants, by_signature, by_reference) in [
        ("mara@customer.example", &["mara@customer.example"][..], &inside, &inside),
        ("MARA@customer.example", &["mara@customer.example"], &inside, &inside),
        // a colleague
        ("per@customer.example", &["mara@customer.example"], &inside, &inside),
        ("eve@evil.example", &["mara@customer.example"], &inside, &beside),
        // to share a provider is not to work together
        ("eve@gmail.com", &["mara@gmail.com"], &inside, &beside),
        ("eve@hotmail.no", &["mara@hotmail.no"], &inside, &beside),
        ("nobody", &["mara@customer.example"], &inside, &beside),
    ] {
        for rule in [Rule::PlusAddress, Rule::OwnMessageId] {
            assert_eq!(&place_by(rule, author, participants, "").place, by_signature, "{author} {rule:?}");
        }
        for rule in [Rule::InReplyTo, Rule::References, Rule::BodyMarker, Rule::SubjectTag] {
            assert_eq!(&place_by(rule, author, participants, "").place, by_reference, "{author} {rule:?}");
        }
    }
}

#[test]
fn the_first_hint_that_leads_somewhere_wins() {
    let letter = letter("Subject: x", "");
    let hints = [1, 2, 3].map(|n| Hint { rule: Rule::References, target: Target::Number(n) });
    let known = |hint: &Hint| match hint.target {
        Target::Number(n @ 2..) => {
            Some(Conversation { id: conversation(n.into()), participants: vec!["mara@customer.example".into()], subject: String::new() })
        }
        _ => None,
    };
    assert_eq!(place(&letter, None, &hints, known).place, Place::Conversation(conversation(2)));
    let nowhere = place(&letter, None, &hints, |_| None);
    assert_eq!((nowhere.place, nowhere.rule), (Place::New, None));
}

#[test]
fn what_a_machine_wrote_sets_nothing_going() {
    let letter = letter("Subject: x", "");
    let machine = Automatic { kind: crate::Kind::Reply, rule: "Auto-Submitted" };
    let effects = |automatic| place(&letter, automatic, &[], |_| None).effects;
    assert_eq!(effects(Some(&machine)), Effects { reopens: false, may_be_answered: false, starts_clocks: false });
    assert_eq!(effects(None), Effects { reopens: true, may_be_answered: true, starts_clocks: true });
}

#[test]
fn a_clearly_new_subject_is_noticed() {
    for (now, is_new) in [
        ("Re: Where is my tent?", false),
        ("AW: Re[2]: WHERE  is my tent?", false),
        ("YNT: Where is my tent? (order 12)", false),
        ("答复：Where is my tent?", false),
        ("[#12] SV: Where is my tent?", false),
        ("tent", false),
        ("", false),
        ("Re:", false),
        ("Invoice for October", true),
        ("Re: Return of a jacket", true),
        ("发票", true),
    ] {
        let placement = place_by(Rule::OwnMessageId, "mara@customer.example", &[], now);
        assert_eq!(placement.is_new_topic, is_new, "{now}");
    }
}

#[test]
fn a_subject_may_hold_numbers() {
    for (subject, numbers) in [
        ("Re: [#123] Tent", &[123][..]),
        ("[#1] [#2]", &[1, 2]),
        ("#123", &[]),
        ("[#]", &[]),
        ("[#-1]", &[]),
        ("[#12a]", &[]),
        ("[#99999999999999999999999]", &[]),
    ] {
        assert_eq!(subject::numbers(subject).collect::<Vec<_>>(), numbers, "{subject}");
    }
}
