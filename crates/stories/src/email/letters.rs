//! What comes in.

use ::platform::{Tx, job::next_due};
use axum::http::StatusCode;
use kernel::{days, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{
    Post, letter,
    mailman::{Mailman, field},
    said,
};
use crate::{
    actor::{Agent, items},
    erasure::canaries::everything_stored,
};

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(kind, text)| ((*kind).to_owned(), (*text).to_owned())).collect()
}

async fn finds(ines: &Agent) -> usize {
    ines.get("/search?q=zqred").await.ok()["conversations"].as_array().unwrap().len()
}

#[story]
async fn who_was_sent_a_copy_is_forgotten_in_a_conversation_of_anothers(post: Post) {
    let (ines, owner) = (post.agent("Ines"), post.owner());
    post.connects().await;
    post.receives(&letter(&post.address, "one", "Where is my tent?", "Cc: Bo <zqbo@example.com>\n", "Hello?")).await;
    let talk = owner.only_talk().await;
    let bo = format!(
        "From: Bo <zqbo@example.com>\nTo: <{}>\nMessage-ID: <bo@example.com>\nIn-Reply-To: <one@example.org>\n\
         Subject: Re: Where is my tent?\n\nIt is zqred.\n",
        post.address
    );
    post.receives(&bo).await;
    assert_eq!(said(&ines.reads(&talk).await).len(), 2, "it is the same conversation");
    let wrote = ines.reads(&talk).await.pop().unwrap();
    let guest = wrote["author"]["id"].as_str().unwrap().to_owned();
    assert_ne!(ines.sees(&talk).await["customer"]["id"], json!(guest));
    assert_eq!(finds(&ines).await, 1);

    owner.put(&format!("/customers/{guest}/erasure"), Value::Null).await.ok();
    post.settle().await;
    let left = ines.reads(&talk).await;
    assert_eq!(said(&left), [("customer".to_owned(), "Hello?".to_owned()), ("customer".to_owned(), String::new())]);
    assert_eq!((&left[1]["altered"], &ines.sees(&talk).await["preview"]["text"]), (&json!("removed"), &json!("")));
    let stored = everything_stored(post.app.config()).await;
    let is_stored = |canary: &str| stored.windows(canary.len()).any(|window| window == canary.as_bytes());
    // their address stands in the letter of whoever named it, which is the other's
    assert_eq!((is_stored("zqred"), finds(&ines).await), (false, 0));
    assert!(!ines.get(&format!("/conversations/{}/outlets", talk.id)).await.text().contains("zqbo"));
}

#[story]
async fn a_letter_becomes_a_conversation_and_its_answer_a_letter_that_hangs_together_with_it(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    post.receives(&letter(&post.address, "one", "Where is my tent?", "", "Hello,\n\nit should be here by now.\n\nMara")).await;
    let talk = post.owner().only_talk().await;
    let seen = ines.sees(&talk).await;
    assert_eq!((&seen["channel"], &seen["subject"], &seen["status"]), (&json!("email"), &json!("Where is my tent?"), &json!("open")));
    assert_eq!((&seen["customer"]["name"], &seen["unread"]), (&json!("Mara Lind"), &json!(1)));
    assert_eq!(said(&ines.reads(&talk).await), pairs(&[("customer", "Hello,\n\nit should be here by now.\n\nMara")]));

    // each story writes to an address of its own, as Mara does
    let answered = ines.replies(&talk, "It comes <b>today</b>.").await;
    post.settle().await;
    let state = ines.reads(&talk).await.into_iter().find(|message| message["id"] == answered["id"]).unwrap();
    assert_eq!((&state["state"], &state["fault"]), (&json!("sent"), &Value::Null));
    let arrived = arrived(&post.mailman, "mara@example.org", &post.address).await;
    assert!(field(&arrived, "From").ends_with(&format!("<{}>", post.address)), "{arrived}");
    assert_eq!(field(&arrived, "Subject"), "Re: Where is my tent?");
    assert_eq!((field(&arrived, "In-Reply-To"), field(&arrived, "References")), ("<one@example.org>".into(), "<one@example.org>".into()));
    assert!(
        arrived.contains("It comes today.") && arrived.contains("It comes <b>today</b>.") && arrived.contains("Storgata 1"),
        "{arrived}"
    );

    // what she answers comes back to it, without what she quotes
    let (ours, quoted) =
        (field(&arrived, "Message-ID"), "Great!\n\nOn Mon, Nov 23, 2026 at 11:00 AM Ines <x@fjell.example> wrote:\n> It comes today.");
    post.receives(&letter(&post.address, "two", "Re: Where is my tent?", &format!("In-Reply-To: {ours}\n"), quoted)).await;
    let told = said(&ines.reads(&post.owner().only_talk().await).await);
    assert_eq!(told[1..], pairs(&[("reply", "It comes today."), ("customer", "Great!")]));
    let whole = &ines.reads(&talk).await.into_iter().rev().find(|message| message["text"] == "Great!").unwrap()["id"];
    let whole = ines.get(&format!("/conversations/{}/messages/{}/letter", talk.id, whole.as_str().unwrap())).await.ok()["letter"].clone();
    assert!(whole["quoted"].as_str().unwrap().contains("> It comes today."), "{whole}");
    assert_eq!((&whole["from"][0]["email"], &whole["sender"]), (&json!("mara@example.org"), &json!("unknown")));
}

/// The newest letter in somebody's mailbox that came from this address.
pub async fn arrived(mailman: &Mailman, at: &str, from: &str) -> String {
    for _ in 0..1_000 {
        let found = mailman.letters(at).await.into_iter().rev().find(|letter| field(letter, "From").contains(from));
        if let Some(found) = found {
            return found;
        }
    }
    panic!("nothing arrived from {from}");
}

#[story]
async fn what_lay_there_before_is_left_and_what_comes_is_taken_once(post: Post) {
    post.mailman.puts(&post.address, &letter(&post.address, "old", "Long ago", "", "Hello?")).await;
    let id = post.connects().await;
    assert_eq!(post.owner().list("all").await.len(), 0);
    for n in 0..25 {
        post.mailman.puts(&post.address, &letter(&post.address, &format!("n{n}"), &format!("Matter {n}"), "", "Hi")).await;
    }
    // the same letter comes to the same mailbox twice, as lists do
    post.mailman.puts(&post.address, &letter(&post.address, "n0", "Matter 0", "X-Copy: yes\n", "Hi")).await;
    post.after(minutes(1)).await;
    assert_eq!(post.owner().list("all").await.len(), 25);
    let mailbox = post.mailbox(&id).await;
    assert_eq!((&mailbox["backlog"], &mailbox["trouble"], &mailbox["aside"]), (&json!(0), &Value::Null, &json!(0)));
    // nobody has read, marked or moved them
    post.mailman.finds(&post.address, 27).await;
    post.after(minutes(5)).await;
    assert_eq!(post.owner().list("all").await.len(), 25);
}

#[story]
async fn a_letter_that_cannot_be_read_or_believed_is_put_aside_and_stops_nothing(post: Post) {
    let id = post.connects().await;
    let bomb = format!("From: eve@example.org\nContent-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\n".repeat(10_001));
    post.mailman.puts(&post.address, &bomb).await;
    let forged =
        "Authentication-Results: mx.fjell.example; dmarc=fail header.from=bank.example\nFrom: x@bank.example\nSubject: Pay\n\nPay now";
    post.mailman.puts(&post.address, forged).await;
    post.receives(&letter(&post.address, "one", "Hello", "", "Is somebody there?")).await;
    assert_eq!(post.owner().list("all").await.len(), 1);
    let aside = post.aside().await;
    assert_eq!((aside.len(), &post.mailbox(&id).await["aside"]), (2, &json!(2)));
    assert!(aside.iter().any(|why| why.contains("bank.example")), "{aside:?}");
    assert!(aside.iter().any(|why| why.contains("10000") || why.contains("10,000")), "{aside:?}");
}

#[story]
async fn a_letter_that_was_put_aside_is_read_and_let_in_or_left_out(post: Post) {
    let id = post.connects().await;
    let owner = post.owner();
    let forged = "Authentication-Results: mx.fjell.example; dmarc=fail header.from=lind.example\nFrom: Mara Lind <mara@lind.example>\n\
                  Subject: Tent\n\nMy list forwards this: where is my tent?";
    post.mailman.puts(&post.address, forged).await;
    post.receives("Subject: nobody\n\nzqnobody").await;
    let aside = items(owner.get("/letters-aside").await.ok());
    let at = |why: &str| {
        let found = aside.iter().find(|one| one["why"].as_str().unwrap().contains(why)).unwrap();
        format!("/letters-aside/{}", found["id"].as_str().unwrap())
    };
    let (forwarded, nobodys) = (at("lind.example"), at("who wrote it"));

    let letter = owner.get(&forwarded).await.ok()["letter"].clone();
    assert_eq!((&letter["sender"], &letter["from"][0]["email"]), (&json!("refused"), &json!("mara@lind.example")));
    assert!(letter["text"].as_str().unwrap().contains("where is my tent?") && letter["conversation"].is_null(), "{letter}");
    assert_eq!(post.agent("Ines").get(&forwarded).await.status, StatusCode::FORBIDDEN);

    owner.post(&format!("{forwarded}/admission"), Value::Null).await;
    post.settle().await;
    let talk = owner.only_talk().await;
    assert_eq!(said(&owner.reads(&talk).await), pairs(&[("customer", "My list forwards this: where is my tent?")]));
    let customer = owner.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
    let known = owner.get(&format!("/customers/{customer}")).await.ok();
    let address = known["addresses"].as_array().unwrap().iter().find(|address| address["kind"] == "email").unwrap();
    assert_eq!((&address["address"], &address["verified"]), (&json!("mara@lind.example"), &json!(false)), "it proves nobody");
    assert_eq!(owner.post(&format!("{forwarded}/admission"), Value::Null).await.status, StatusCode::NOT_FOUND, "it is decided");

    // what names nobody is put aside again, whoever lets it in
    owner.post(&format!("{nobodys}/admission"), Value::Null).await;
    post.settle().await;
    assert_eq!(post.aside().await, ["It does not say who wrote it."]);
    assert_eq!(owner.delete(&nobodys).await.status, StatusCode::NO_CONTENT);
    assert_eq!((post.aside().await.len(), &post.mailbox(&id).await["aside"]), (0, &json!(0)));
    post.settle().await;
    assert!(!everything_stored(post.app.config()).await.windows(8).any(|window| window == b"zqnobody"), "it is kept by nobody");
    assert_eq!(post.events("mailbox_letter_let_in").await.len() + post.events("mailbox_letter_discarded").await.len(), 3);
}

#[story]
async fn a_stranger_does_not_get_into_a_conversation_by_naming_one_of_its_letters(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    post.receives(&letter(&post.address, "one", "Where is my tent?", "", "Hello?")).await;
    let talk = post.owner().only_talk().await;
    let eve = "From: eve@evil.example\nMessage-ID: <eve@evil.example>\nIn-Reply-To: <one@example.org>\nSubject: Re: Where is my tent?\n\nSend it to me.";
    post.receives(eve).await;
    assert_eq!(said(&ines.reads(&talk).await).len(), 1);
    assert_eq!(post.owner().list("all").await.len(), 2);
    // nor by making up an id of ours, or the number of the conversation
    let made_up = "From: eve@evil.example\nMessage-ID: <eve2@evil.example>\nIn-Reply-To: <ombud.aaaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaaa@fjell.example>\nSubject: [#1] tent\n\nAnd?";
    post.receives(made_up).await;
    assert_eq!((said(&ines.reads(&talk).await).len(), post.owner().list("all").await.len()), (1, 3));
}

#[story]
async fn what_a_machine_writes_is_kept_and_wakes_nobody(post: Post) {
    let ines = post.agent("Ines");
    post.connects().await;
    post.receives(&letter(&post.address, "one", "Where is my tent?", "", "Hello?")).await;
    let talk = post.owner().only_talk().await;
    ines.resolves(&talk).await;
    let away = "Auto-Submitted: auto-replied\nIn-Reply-To: <one@example.org>\n";
    post.receives(&letter(&post.address, "away", "Automatic reply", away, "I am away until Monday.")).await;
    let seen = ines.sees(&talk).await;
    assert_eq!((&seen["status"], &seen["waiting_since"]), (&json!("resolved"), &Value::Null));
    assert_eq!(said(&ines.reads(&talk).await).len(), 2);
    // a person does
    post.receives(&letter(&post.address, "two", "Re: Where is my tent?", "In-Reply-To: <one@example.org>\n", "Well?")).await;
    assert_eq!(ines.sees(&talk).await["status"], "open");
    // and long afterwards it is another matter
    ines.resolves(&talk).await;
    post.after(days(30)).await;
    let ines = {
        ines.signs_in_again().await;
        ines
    };
    post.owner().signs_in_again().await;
    post.receives(&letter(&post.address, "three", "Re: Where is my tent?", "In-Reply-To: <two@example.org>\n", "Hello again")).await;
    assert_eq!((&ines.sees(&talk).await["status"], post.owner().list("all").await.len()), (&json!("resolved"), 2));
}

#[story]
async fn whoever_is_vouched_for_is_who_has_shown_before_that_the_address_is_theirs(post: Post) {
    post.connects().await;
    let vouched = |id: &str| {
        let result = "Authentication-Results: mx.fjell.example; dmarc=pass header.from=example.org";
        format!("{result}\n{}", letter(&post.address, id, id, "", "Hello"))
    };
    post.receives(&letter(&post.address, "unproved", "unproved", "", "Hello")).await;
    post.receives(&vouched("proved")).await;
    post.receives(&vouched("proved again")).await;
    post.receives(&letter(&post.address, "unproved again", "unproved again", "", "Hello")).await;
    let whose: std::collections::BTreeMap<String, String> = post
        .owner()
        .list("all")
        .await
        .iter()
        .map(|one| (one["subject"].as_str().unwrap().to_owned(), one["customer"]["id"].as_str().unwrap().to_owned()))
        .collect();
    // the first letter from an address that later turns out to be hers was hers as well
    assert_eq!(whose["proved"], whose["proved again"]);
    assert_eq!(whose["unproved"], whose["unproved again"]);
    let forged = "Authentication-Results: mx.evil.example; dmarc=pass header.from=example.org";
    post.receives(&format!("{forged}\n{}", letter(&post.address, "forged", "forged", "", "Hello"))).await;
    let customer = post.owner().get(&format!("/customers/{}", whose["proved"])).await.ok();
    let verified = customer["addresses"].as_array().unwrap().iter().any(|one| one["kind"] == "email" && one["verified"] == true);
    assert!(verified, "{customer}");
}

#[story]
async fn a_letter_to_two_mailboxes_is_one_message_however_they_are_read(post: Post) {
    let second = post.address.replace("support-", "orders-");
    post.connects().await;
    let mut form = post.form();
    (form["address"], form["incoming"]["user"]) = (json!(second), json!(second));
    post.owner().post("/mailboxes", form).await.ok();
    post.settle().await;
    let both = letter(&post.address, "one", "Where is my tent?", "Cc: orders@fjell.example\n", "Hello?");
    for address in [&post.address, &second] {
        post.mailman.puts(address, &format!("Delivered-To: {address}\n{both}")).await;
    }
    // by as many workers as there are
    post.clock.advance(minutes(1));
    post.app.work_off().await.unwrap();
    post.settle().await;
    let talk = post.owner().only_talk().await;
    assert_eq!(said(&post.agent("Ines").reads(&talk).await), pairs(&[("customer", "Hello?")]));
}

#[story]
async fn what_was_put_aside_is_there_for_a_month(post: Post) {
    post.connects().await;
    post.receives("Subject: nobody\n\nzqnobody").await;
    assert_eq!(post.aside().await, ["It does not say who wrote it."]);
    let kept = async || everything_stored(post.app.config()).await.windows(8).any(|window| window == b"zqnobody");
    assert!(kept().await);
    for (passed, there) in [(days(29), 1), (days(2), 0)] {
        post.after(passed).await;
        post.owner().signs_in_again().await;
        assert_eq!(post.aside().await.len(), there);
    }
    post.settle().await;
    assert!(!kept().await, "nobody could have it erased");
}

#[story]
async fn a_mailbox_that_rings_is_looked_into_at_once(post: Post) {
    post.connects().await;
    let due = async || {
        let next = post.app.read(async |tx: &mut Tx<'_>| next_due(tx).await).await.unwrap();
        next.is_some_and(|at| at - post.app.now() < seconds(1))
    };
    assert!(!due().await);
    post.mailman.puts(&post.address, &letter(&post.address, "one", "Hello", "", "Is somebody there?")).await;
    let rung = async {
        while !due().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(60), rung).await.expect("it never rang");
    post.after(seconds(1)).await;
    assert_eq!(post.owner().list("all").await.len(), 1);
}
