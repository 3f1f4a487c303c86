//! The contact form: what is written there comes in, and nobody is harmed by it.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode},
};
use futures::future::join_all;
use kernel::{days, hours, minutes, seconds};
use serde_json::{Value, json};
use story_macro::story;

use super::{Post, letter, mailman::field, said};
use crate::actor::{self, Answer, Talk};

/// The form of a shop, as somebody has it before them.
struct Form<'a> {
    post: &'a Post,
    path: String,
    /// The address they say is theirs.
    email: String,
}

impl<'a> Form<'a> {
    /// The shop opens its form, and somebody goes there.
    async fn of(post: &'a Post, more: Value) -> Form<'a> {
        let mailbox = post.connects().await;
        let owner = post.owner();
        let shown = owner.get("/contact-form").await.ok();
        let mut settings = shown["settings"].clone();
        settings["enabled"] = json!(true);
        settings["mailbox"] = json!(mailbox);
        for (name, value) in more.as_object().unwrap() {
            settings[name] = value.clone();
        }
        let changed = owner.put("/contact-form", settings).await;
        assert_eq!(changed.status, StatusCode::OK, "{}", changed.text());
        let path = format!("//contact/{}", shown["key"].as_str().unwrap());
        // a mailbox of their own: many stories are told beside one mail server
        Form { post, path, email: post.address.replace("fjell.example", "example.org") }
    }

    async fn get(&self, rest: &str, headers: &[(&'static str, &str)]) -> Answer {
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap()));
        actor::send(self.post.router(), Method::GET, &format!("{}{rest}", self.path), &headers.collect(), Body::empty()).await
    }

    /// What the page was handed out with; they read it for a while.
    async fn token(&self) -> String {
        let page = self.get("", &[]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        self.post.after(seconds(20)).await;
        between(&page.text(), "name=\"at\" value=\"", "\"")
    }

    async fn sends(&self, parts: &[(&str, &str)], files: Files<'_>) -> Answer {
        self.sends_with(&[], parts, files).await
    }

    async fn sends_with(&self, headers: &[(&'static str, &str)], parts: &[(&str, &str)], files: Files<'_>) -> Answer {
        let mut body = Vec::new();
        for (name, value) in parts {
            body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, content) in files {
            let head = "Content-Disposition: form-data; name=\"files\"; filename";
            body.extend(format!("--b\r\n{head}=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--b--\r\n");
        let mut all =
            HeaderMap::from_iter([(HeaderName::from_static("content-type"), HeaderValue::from_static("multipart/form-data; boundary=b"))]);
        all.extend(headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())));
        let answer = actor::send(self.post.router(), Method::POST, &self.path, &all, Body::from(body)).await;
        self.post.settle().await;
        answer
    }

    /// What was sent to whoever wrote, by nobody in particular.
    async fn thanks(&self) -> usize {
        let (ines, mut sent) = (self.post.owner(), 0);
        for one in ines.list("all").await {
            let talk = Talk { id: one["id"].as_str().unwrap().to_owned(), number: 0 };
            sent += ines.reads(&talk).await.iter().filter(|message| message["kind"] == "auto").count();
        }
        sent
    }

    /// Somebody writes, and it is taken.
    async fn writes(&self, text: &str) {
        let token = self.token().await;
        let answer = self.sends(&[("at", &token), ("email", &self.email), ("message", text)], &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
}

/// Files as they are sent along: their names and what they hold.
type Files<'a> = &'a [(&'a str, &'a [u8])];

fn between(text: &str, from: &str, to: &str) -> String {
    let start = text.find(from).unwrap_or_else(|| panic!("{from} is not in {text}")) + from.len();
    text[start..][..text[start..].find(to).unwrap()].to_owned()
}

#[story]
async fn what_is_written_in_the_form_is_a_conversation_that_is_answered_by_e_mail(post: Post) {
    let form = Form::of(&post, json!({})).await;
    let page = form.get("?lang=nb", &[("referer", "https://fjell.example/")]).await;
    assert_eq!(page.header("content-language"), Some("nb"));
    let token = between(&page.text(), "name=\"at\" value=\"", "\"");
    post.after(minutes(1)).await;
    let parts = [
        ("at", token.as_str()),
        ("page", "https://fjell.example/"),
        ("name", "Mara Lind"),
        ("email", form.email.as_str()),
        ("answer", "#1042"),
        ("message", "The tent leaks.\n\nMy card is 4111 1111 1111 1111."),
    ];
    let sent = form.sends(&parts, &[("seam.txt", b"a seam")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let thanks = form.get("/sent?lang=nb", &[]).await;
    assert!(sent.header("location").unwrap().contains("/sent?lang=") && thanks.text().contains("Takk, vi har fått meldingen din"));

    let (ines, talk) = (post.agent("Ines"), post.owner().only_talk().await);
    let seen = ines.sees(&talk).await;
    assert_eq!(
        (&seen["channel"], &seen["subject"], &seen["customer"]["name"]),
        (&json!("form"), &json!("The tent leaks."), &json!("Mara Lind"))
    );
    assert_eq!(seen["answers"], json!([{ "question": "Order number", "answer": "#1042" }]));
    assert_eq!(seen["page"]["url"], "https://fjell.example/");
    let first = &ines.reads(&talk).await[0];
    assert!(first["text"].as_str().unwrap().contains("The tent leaks.") && !first["text"].as_str().unwrap().contains("4111 1111 1111"));
    assert_eq!(first["files"][0]["name"], "seam.txt");

    // it is told that it arrived, in none of its own words
    let told = post.mailman.finds(&form.email, 1).await.remove(0);
    assert_eq!(field(&told, "Auto-Submitted"), "auto-replied");
    for word in ["leaks", "Mara", "1042", "seam"] {
        assert!(!told.contains(word), "{word} in {told}");
    }

    // an answer is a letter, and what is written back to it goes on in the same conversation
    ines.replies(&talk, "We send another one.").await;
    post.settle().await;
    let answered = post.mailman.finds(&form.email, 2).await.remove(1);
    assert!(answered.contains("We send another one.") && field(&answered, "From").contains(&post.address), "{answered}");
    let back = letter(&post.address, "back", "Re: x", &format!("In-Reply-To: {}\n", field(&answered, "Message-ID")), "Thank you!");
    post.receives(&back.replace("mara@example.org", &form.email)).await;
    let told = said(&ines.reads(&post.owner().only_talk().await).await);
    assert_eq!(told.last().unwrap(), &("customer".to_owned(), "Thank you!".to_owned()));
}

/// Attack A11: strangers have a shop send mails to somebody.
#[story]
async fn nobodys_mailbox_is_filled_and_nothing_of_a_strangers_is_sent_there(post: Post) {
    let form = Form::of(&post, json!({})).await;
    // from as many networks at the same moment
    let mut tokens = Vec::new();
    for _ in 0..60 {
        tokens.push(form.get("", &[]).await.text());
    }
    post.after(minutes(1)).await;
    let sends = tokens.iter().enumerate().map(async |(n, page)| {
        let (token, text) = (between(page, "name=\"at\" value=\"", "\""), format!("Buy cheap pills {n} at http://evil.example"));
        let parts = [("at", token.as_str()), ("email", form.email.as_str()), ("message", text.as_str())];
        form.sends_with(&[("x-forwarded-for", &format!("203.0.113.{n}"))], &parts, &[]).await.status
    });
    assert!(join_all(sends).await.iter().all(|status| *status == StatusCode::SEE_OTHER));
    assert_eq!((post.owner().list("all").await.len(), form.thanks().await), (60, 1), "nothing is lost, and one of them is answered");
    let told = post.mailman.finds(&form.email, 1).await.remove(0);
    assert!(!told.contains("pills") && !told.contains("evil"), "{told}");
    // an address in capitals is the same mailbox
    let token = form.token().await;
    form.sends(&[("at", &token), ("email", &form.email.to_uppercase()), ("message", "Again")], &[]).await;
    assert_eq!(form.thanks().await, 1);
    post.after(days(1)).await;
    form.writes("A day later").await;
    post.mailman.finds(&form.email, 2).await;
}

#[story]
async fn one_network_sends_so_many_forms_and_no_more(post: Post) {
    let form = Form::of(&post, json!({})).await;
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(form.sends(&[("at", "made up"), ("email", &form.email), ("message", "Hi")], &[]).await.status);
    }
    let refused = form.sends(&[], &[]).await;
    assert!(refused.header("retry-after").is_some() && refused.header("content-security-policy").unwrap().contains("frame-ancestors *"));
    assert_eq!(statuses[9..], [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::TOO_MANY_REQUESTS, StatusCode::TOO_MANY_REQUESTS]);
    assert_eq!(post.owner().list("all").await.len(), 0);
}

#[story]
async fn what_a_program_fills_in_is_kept_as_spam_and_not_answered(post: Post) {
    let form = Form::of(&post, json!({})).await;
    let token = form.token().await;
    form.sends(&[("at", &token), ("website", "http://evil.example"), ("email", &form.email), ("message", "One")], &[]).await;
    let page = form.get("", &[]).await;
    let hasty = between(&page.text(), "name=\"at\" value=\"", "\"");
    form.sends(&[("at", &hasty), ("email", &form.email), ("message", "Two")], &[]).await;
    let (owner, spam) = (post.owner(), post.owner().list("spam").await);
    assert_eq!((spam.len(), owner.inbox().await.len(), form.thanks().await), (2, 0, 0));
}

#[story]
async fn a_form_that_is_sent_twice_is_one_conversation_and_an_old_page_asks_once_more(post: Post) {
    let form = Form::of(&post, json!({})).await;
    let token = form.token().await;
    for _ in 0..3 {
        let sent = form.sends(&[("at", &token), ("email", &form.email), ("message", "Hi")], &[]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
    }
    post.owner().only_talk().await;

    // what is put right at once is no program's work
    let next = form.token().await;
    let wrong = form.sends(&[("at", &next), ("email", &form.email), ("message", "")], &[]).await;
    let next = between(&wrong.text(), "name=\"at\" value=\"", "\"");
    form.sends(&[("at", &next), ("email", &form.email), ("message", "Hi once more")], &[]).await;
    assert_eq!((post.owner().inbox().await.len(), post.owner().list("spam").await.len()), (2, 0));
    post.after(hours(25)).await;
    for token in [token.as_str(), "", "made.up"] {
        let old = form.sends(&[("at", token), ("email", &form.email), ("message", "It took me a day")], &[]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(old.text().contains("open for very long") && old.text().contains("It took me a day"), "what was written stays");
        post.after(minutes(1)).await;
    }
    assert_eq!(post.owner().list("all").await.len(), 2);
}

#[story]
async fn what_is_wrong_is_said_at_its_field_and_what_was_written_stays(post: Post) {
    let choice =
        json!({ "label": { "en": "What is it about?" }, "kind": "choice", "options": { "en": "A tent\n A stove " }, "required": true });
    let form = Form::of(&post, json!({ "ask_name": "required", "questions": [choice] })).await;
    let wrong = async |name: &str, email: &str, answer: &str, text: &str, files: Files<'_>| {
        let token = form.token().await;
        post.after(minutes(1)).await;
        let parts = [("at", token.as_str()), ("name", name), ("email", email), ("answer", answer), ("message", text)];
        form.sends(&parts, files).await
    };
    let fine = "x".repeat(10_000);
    let (big, too_big) = (vec![b'a'; 10 << 20], vec![b'a'; (10 << 20) + 1]);
    let six: Vec<(&str, &[u8])> = vec![("a.txt", b"a"); 6];
    let cases: [(&str, &str, &str, &str, Files<'_>, &str); 8] = [
        ("", &form.email, "A tent", "Hi", &[], "id=\"name-wrong\""),
        ("Ada", "ada@nowhere", "A tent", "Hi", &[], "id=\"email-wrong\""),
        ("Ada", "ada@example.org\r\nBcc: eve@example.org", "A tent", "Hi", &[], "id=\"email-wrong\""),
        ("Ada", &form.email, "A boat", "Hi", &[], "id=\"answer-0-wrong\""),
        ("Ada", &form.email, "A tent", "", &[], "id=\"message-wrong\""),
        ("Ada", &form.email, "A tent", "\"><script>alert(1)</script>", &six, "id=\"files-wrong\""),
        ("Ada", &form.email, "A tent", "Hi", &[("a.txt", &too_big)], "id=\"files-wrong\""),
        ("Ada", &form.email, "A tent", "Hi", &[("run.exe", b"MZ\x90\x00\x03\x00\x00\x00\xff\xfe")], "id=\"files-wrong\""),
    ];
    for (name, email, answer, text, files, place) in cases {
        let seen = wrong(name, email, answer, text, files).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{place}");
        let page = seen.text();
        assert!(page.contains(place) && page.matches("-wrong\"").count() == 2, "only {place} in {page}");
        assert!(!page.contains("<script>alert"), "{page}");
    }
    let too_long = wrong("Ada", &form.email, "A tent", &format!("{fine}x"), &[]).await;
    assert!(too_long.status == StatusCode::UNPROCESSABLE_ENTITY && too_long.text().contains("id=\"message-wrong\""));
    let heavy: Vec<(&str, &[u8])> = vec![("a.txt", &big); 3];
    let seen = wrong("Ada", &form.email, "A tent", "Hi", &heavy).await;
    assert!(seen.status == StatusCode::PAYLOAD_TOO_LARGE && seen.text().contains("20 MB"), "{}", seen.text());
    assert_eq!(post.owner().list("all").await.len(), 0);
    let taken = wrong("Ada", &form.email, "A stove", &fine, &[("a.txt", &big[..(5 << 20)]); 3]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let page = form.get("?lang=zh", &[]).await.text();
    assert!(page.contains("<option value=\"A stove\">A stove</option>"), "{page}");
}

#[story]
async fn a_form_is_closed_until_it_is_opened_and_to_whom_the_shop_does_not_hear(post: Post) {
    let owner = post.owner();
    let shown = owner.get("/contact-form").await.ok();
    let path = format!("//contact/{}", shown["key"].as_str().unwrap());
    let closed = post.stranger().get(&path).await;
    assert!(closed.status == StatusCode::NOT_FOUND && closed.text().contains("This contact form is closed"), "{}", closed.text());
    assert_eq!(post.stranger().get("//contact/wk_nobody").await.status, StatusCode::NOT_FOUND);
    let mut settings = shown["settings"].clone();
    settings["enabled"] = json!(true);
    assert_eq!(owner.put("/contact-form", settings.clone()).await.json()["fields"][0]["field"], "mailbox");

    let form = Form::of(&post, json!({})).await;
    let framed = form.get("?framed=1", &[]).await;
    assert!(framed.header("content-security-policy").unwrap().contains("frame-ancestors 'self'"), "{:?}", framed.headers);
    let token = form.token().await;
    let foreign =
        form.sends_with(&[("origin", "https://evil.example")], &[("at", &token), ("email", &form.email), ("message", "Hi")], &[]).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let plain = actor::send(post.router(), Method::POST, &form.path, &HeaderMap::new(), Body::from("email=a")).await;
    assert!(plain.status == StatusCode::UNPROCESSABLE_ENTITY && plain.text().contains("could not be read"), "{}", plain.text());
    form.writes("Hello").await;
    let customer = owner.list("all").await[0]["customer"]["id"].as_str().unwrap().to_owned();
    owner.put(&format!("/customers/{customer}/block"), json!({})).await.ok();
    form.writes("Are you there?").await;
    owner.only_talk().await;
}

#[story]
async fn who_has_to_agree_does_so_and_it_is_written_down(post: Post) {
    let owner = post.owner();
    let mut widget = owner.get("/widget").await.ok()["settings"].clone();
    widget["needs_consent"] = json!(true);
    widget["privacy_url"] = json!("https://fjell.example/privacy");
    owner.put("/widget", widget).await.ok();
    let form = Form::of(&post, json!({ "acknowledgement": {} })).await;
    let token = form.token().await;
    let parts = [("at", token.as_str()), ("email", form.email.as_str()), ("message", "Hi")];
    let without = form.sends(&parts, &[]).await;
    assert!(without.status == StatusCode::UNPROCESSABLE_ENTITY && without.text().contains("id=\"agrees-wrong\""));
    let with: Vec<_> = parts.into_iter().chain([("agrees", "1")]).collect();
    assert_eq!(form.sends(&with, &[]).await.status, StatusCode::SEE_OTHER);
    let customer = owner.list("all").await[0]["customer"]["id"].as_str().unwrap().to_owned();
    let said = owner.get(&format!("/customers/{customer}/consents")).await.ok();
    let text = said.to_string();
    assert!(text.contains("\"form\"") && text.contains("https://fjell.example/privacy"), "{text}");
    assert_eq!(form.thanks().await, 0, "a shop that says nothing sends nothing");
}
