//! The demo's mail: a mail server of its own, a customer who writes to the shop through it, and the shop's mailbox there.

use std::{path::Path, sync::Arc};

use axum::{
    Extension, Json, Router,
    extract::State,
    routing::{get, post},
};
use channels::{
    contact::settings as contact,
    email::mailbox::{self, Filled, MailServer, Security, Settings},
};
use data_encoding::BASE64;
use kernel::{Error, Result, minutes};
use mail::{Letter, said};
use platform::{App, Module, Tx, config::Config, http::Answer};
use sandbox::PostOffice;
use serde::Deserialize;

use super::{
    partners::{Bubble, LONGEST, Seen, joined},
    sign_in,
    tell::Told,
};

const SHOP: &str = "support@lyngvidde.example.com";
/// The server in front of the mailbox, as it names itself.
const FRONT: &str = "mx.lyngvidde.example.com";
const CUSTOMER: &str = "Ada Lind <ada.lind@example.org>";
/// Where the mail server listens: the mailbox is connected there for good.
const PORTS: &str = "demo-post.json";
/// What was written before anybody opens the demo, so many minutes ago.
const WRITTEN: (i64, &str, &str) = (
    47,
    "Invoice for my order",
    "Hello,\n\ncould you send me an invoice for the stove I bought last week? My employer asks for one.\n\nKind regards\nAda Lind",
);

/// Opens the mail server where it was before.
pub async fn open(config: &Config, now: kernel::Timestamp) -> Result<Arc<PostOffice>> {
    let kept = Path::new(&config.data).join(PORTS);
    let before = std::fs::read(&kept).ok().and_then(|text| serde_json::from_slice::<[u16; 2]>(&text).ok());
    let uid_validity = now.micros().unsigned_abs() / 1_000_000;
    let office = match PostOffice::open(uid_validity, before.unwrap_or_default()).await {
        // somebody else listens there: the mailbox says that it is not reached
        Err(_) if before.is_some() => PostOffice::open(uid_validity, [0, 0]).await,
        opened => opened,
    };
    let office = office.map_err(Error::broken)?;
    std::fs::create_dir_all(&config.data).map_err(Error::broken)?;
    let ports = serde_json::to_vec(&[office.smtp.port(), office.imap.port()]).map_err(Error::broken)?;
    std::fs::write(&kept, ports).map_err(Error::broken)?;
    Ok(Arc::new(office))
}

/// The settings with which Ombud may go there.
pub fn reachable(config: Config, office: &PostOffice) -> Config {
    let reachable_inside = joined(&config.reachable_inside, &format!("{},{}", office.smtp, office.imap));
    sign_in::beside(Config { reachable_inside, ..config }, office)
}

/// The customer's letters, as they see them.
pub fn module(office: Arc<PostOffice>) -> Module {
    let pages =
        Router::new().route("/demo/partners/email", get(look)).route("/demo/partners/email/messages", post(write)).layer(Extension(office));
    let pages = pages.merge(sign_in::routes());
    Module { name: "demo post", pages: Some(pages), ..Module::default() }
}

async fn look(Extension(office): Extension<Arc<PostOffice>>) -> Json<Seen> {
    let (come, sent) = (office.come(), office.sent());
    // each is shown behind those it follows; both lists are in order
    let mut bubbles: Vec<(usize, Bubble)> = come.iter().map(|letter| (answers_before(letter), bubble(letter, true))).collect();
    bubbles.extend(sent.iter().enumerate().map(|(at, letter)| (at, bubble(letter, false))));
    bubbles.sort_by_key(|(answers, bubble)| (*answers, !bubble.by_customer));
    Json(Seen { channel: "email", to: Some(SHOP), bubbles: bubbles.into_iter().map(|(_, bubble)| bubble).collect() })
}

/// How many answers the customer had when they wrote it.
fn answers_before(letter: &str) -> usize {
    letter.lines().find_map(|line| line.strip_prefix("X-Answers: ")).and_then(|count| count.trim().parse().ok()).unwrap_or_default()
}

fn bubble(letter: &str, by_customer: bool) -> Bubble {
    let read = Letter::read(letter.as_bytes()).ok();
    let text = read.as_ref().map(|letter| said(&letter.text).new).unwrap_or_default();
    let file = read.and_then(|letter| letter.attachments.first().map(|one| one.name.clone()));
    Bubble { by_customer, text, file, public: false, privately: false }
}

#[derive(Deserialize)]
struct Written {
    text: String,
}

/// The customer writes, and goes on with the last letter they got.
async fn write(Extension(office): Extension<Arc<PostOffice>>, State(app): State<App>, Json(written): Json<Written>) -> Answer<()> {
    let text: String = written.text.chars().take(LONGEST).collect();
    let subject: String = text.lines().next().unwrap_or_default().chars().take(80).collect();
    office.puts(letter(&app, &office, &subject, &text));
    Ok(())
}

/// A letter as the customer's program writes it, and the server in front of the mailbox lets it in.
fn letter(app: &App, office: &PostOffice, subject: &str, text: &str) -> String {
    let sent = office.sent();
    let last = sent.last().and_then(|letter| Letter::read(letter.as_bytes()).ok());
    let (subject, follows) = match &last {
        Some(last) => (last.subject.clone(), format!("In-Reply-To: <{}>\r\n", last.id)),
        None => (subject.to_owned(), String::new()),
    };
    let id = app.rng().uuid(app.now()).simple().to_string();
    let date = app.now().calendar().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    format!(
        "Authentication-Results: {FRONT}; dmarc=pass header.from=example.org\r\nX-Answers: {}\r\nFrom: {CUSTOMER}\r\nTo: <{SHOP}>\r\n\
         Subject: =?utf-8?B?{}?=\r\nMessage-ID: <{id}@example.org>\r\n{follows}Date: {date}\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        sent.len(),
        BASE64.encode(subject.as_bytes()),
        BASE64.encode(text.as_bytes()),
    )
}

impl Told {
    /// The shop's mailbox, and the contact form that is answered from it.
    pub(super) async fn connect_mailbox(&mut self, office: &PostOffice) -> Result<()> {
        let (app, who) = (self.app.clone(), self.owner.clone());
        let server = |port: u16| MailServer { host: "127.0.0.1".into(), port, security: Security::None, user: SHOP.into() };
        let settings = Settings {
            name: "Lyngvidde".into(),
            address: SHOP.into(),
            department: None,
            incoming: server(office.imap.port()),
            outgoing: server(office.smtp.port()),
            trusted: Some(FRONT.into()),
            signature: "Lyngvidde\nlyngvidde.example.com".into(),
        };
        let filled = Filled { settings, incoming: Some("demo".into()), outgoing: Some("demo".into()) };
        let connected = async move |tx: &mut Tx<'_>| {
            let mailbox = mailbox::connect(tx, &app, &who, filled.clone()).await?.id;
            let form = contact::ContactSettings { enabled: true, mailbox: Some(mailbox), departments_choice: true, ..Default::default() };
            contact::change(tx, &who, form).await
        };
        self.app.write(connected).await?;
        // what lies there when a mailbox is looked into for the first time is left alone
        self.app.run_due_jobs().await.map(drop)
    }

    /// The letter that came before others wrote, so many minutes ago.
    pub(super) async fn hear_post(&self, office: &PostOffice, minutes_ago: i64) -> Result<()> {
        let (ago, subject, text) = WRITTEN;
        if ago < minutes_ago || !office.come().is_empty() {
            return Ok(());
        }
        self.clock.set(self.now - minutes(ago));
        office.puts(letter(&self.app, office, subject, text));
        self.clock.set(self.now - minutes(ago - 1));
        self.app.run_due_jobs().await.map(drop)
    }
}
