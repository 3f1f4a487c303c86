//! How fast e-mail comes in, from a real mail server: Dovecot, as `scripts/with-mail` starts it.

use std::time::Duration;

use data_encoding::BASE64;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    time::{Instant, interval_at, sleep_until},
};

use crate::{
    Result,
    figure::{Figure, percentile},
    limit,
    line::Line,
    server::{Server, Start},
    store::Store,
};

/// So many mailboxes a shop of some size has.
const MAILBOXES: usize = 10;
/// What every mailbox of that mail server is opened with.
const PASSWORD: &str = "fjellheim";
/// What is attached to a letter, in bytes: a small photo.
const ATTACHED: usize = 40_000;
/// How often it is looked how far it is.
const LOOKS: Duration = Duration::from_millis(10);
/// Whatever takes longer than this will not come.
const PATIENCE: Duration = Duration::from_secs(120);

/// The mail server at this address is read: many letters at once, none for a while, and one now and then.
pub async fn figures(start: &Start, imap: &str, letters: usize, quiet: Duration) -> Result<Vec<Figure>> {
    let mut settings = start.settings.clone();
    settings.push(("OMBUD_REACHABLE_INSIDE", imap.to_owned()));
    let start = Start { settings, ..start.clone() };
    let mut server = Server::start(&start).await?;
    server.settle().await;
    let idle_before = idle(&server, quiet).await?;
    let mut shop = Shop { imap, store: Store::in_folder(&start.data), line: Line::to(&server.address).await?, token: server.token.clone() };
    let mailboxes = shop.connect().await?;
    server.settle().await;
    let before = server.cpu()?;
    let ingested = shop.ingest(&mailboxes, letters).await?;
    let taken = server.cpu()?.saturating_sub(before);
    server.settle().await;
    let idle_beside = idle(&server, quiet).await?;
    let mut seen = Vec::new();
    for n in 0..10 {
        seen.push(shop.first(letters + n).await?.as_secs_f64());
    }
    server.stop().await?;
    seen.sort_by(f64::total_cmp);
    Ok(vec![
        Figure::new(format!("mail/ingest: of {letters} with files"), letters as f64 / ingested.as_secs_f64(), "/s").at_least(200.0),
        Figure::new("mail/ingest: processor time, all in", taken.as_secs_f64() * 1e3 / letters as f64, "ms"),
        Figure::new(format!("mail/idle: {MAILBOXES} mailboxes"), (idle_beside - idle_before).max(0.0), "% of CPU").at_most(1.0),
        Figure::new("mail/first: p50", percentile(&seen, 0.5), "s"),
        Figure::new("mail/first: slowest of ten", percentile(&seen, 1.0), "s").at_most(1.0),
    ])
}

/// How much of a processor the server takes while nothing happens, in percent.
async fn idle(server: &Server, quiet: Duration) -> Result<f64> {
    let before = server.cpu()?;
    sleep_until(Instant::now() + quiet).await;
    Ok(server.cpu()?.saturating_sub(before).as_secs_f64() / quiet.as_secs_f64() * 100.0)
}

/// The shop whose mailboxes these are.
struct Shop<'a> {
    imap: &'a str,
    store: Store,
    line: Line,
    token: String,
}

impl Shop<'_> {
    async fn ask(&mut self, method: &str, path: &str, body: Value) -> Result<Value> {
        let bearer = format!("authorization: Bearer {}\r\n", self.token);
        self.line.json(method, &format!("/api/v1/mailboxes{path}"), &bearer, body).await
    }

    /// Connects its mailboxes, and lets each be looked into once: what lies there then is left alone.
    async fn connect(&mut self) -> Result<Vec<String>> {
        let (host, port) = self.imap.split_once(':').ok_or("a mail server has a port")?;
        let port: u16 = port.parse()?;
        let mut ids = Vec::new();
        for n in 0..MAILBOXES {
            let server = json!({ "host": host, "port": port, "security": "none", "user": address(n) });
            let new = json!({
                "name": format!("Bench {n}"), "address": address(n), "department": null, "trusted": null,
                "incoming": server, "incoming_password": PASSWORD, "outgoing": server, "outgoing_password": PASSWORD,
            });
            let made = self.ask("POST", "", new).await?;
            ids.push(format!("/{}", made["id"].as_str().ok_or("no mailbox")?));
        }
        let (began, mut looks) = (limit::now(), looks());
        for id in &ids {
            while self.ask("GET", id, Value::Null).await?["heard_at"].is_null() {
                looks.tick().await;
                in_time(began, "mailboxes to be looked into")?;
            }
        }
        Ok(ids)
    }

    /// From the moment the mailboxes may be read, with so many letters in them, until each is a message of a conversation.
    async fn ingest(&mut self, mailboxes: &[String], letters: usize) -> Result<Duration> {
        for id in mailboxes {
            self.ask("PUT", &format!("{id}/pause"), Value::Null).await?;
        }
        for n in 0..MAILBOXES {
            let mut session = Session::open(self.imap, &address(n)).await?;
            for letter in (n..letters).step_by(MAILBOXES) {
                session.append(&self::letter(n, letter)).await?;
            }
        }
        let (all, began) = (self.read().await? + letters as i64, limit::now());
        for id in mailboxes {
            self.ask("DELETE", &format!("{id}/pause"), Value::Null).await?;
        }
        self.until(all, began).await
    }

    /// From the moment a letter lies there until it is a message of a conversation, while its mailbox is watched.
    async fn first(&mut self, letter: usize) -> Result<Duration> {
        let all = self.read().await? + 1;
        let mailbox = letter % MAILBOXES;
        let mut session = Session::open(self.imap, &address(mailbox)).await?;
        session.append(&self::letter(mailbox, letter)).await?;
        self.until(all, limit::now()).await
    }

    async fn until(&self, all: i64, began: std::time::Instant) -> Result<Duration> {
        let mut looks = looks();
        while self.read().await? < all {
            looks.tick().await;
            in_time(began, "letters to be read")?;
        }
        Ok(began.elapsed())
    }

    /// How many letters are messages of conversations.
    async fn read(&self) -> Result<i64> {
        let sql = "SELECT 'letters', COUNT(*) FROM channels_letters WHERE conversation_id IS NOT NULL";
        Ok(self.store.rows(sql).await?.first().map_or(0, |(_, count)| *count))
    }
}

fn looks() -> tokio::time::Interval {
    interval_at(Instant::now() + LOOKS, LOOKS)
}

fn in_time(began: std::time::Instant, what: &str) -> Result<()> {
    if began.elapsed() > PATIENCE { Err(format!("{PATIENCE:?} were not enough for {what}").into()) } else { Ok(()) }
}

/// Of this run: a mail server may be measured twice.
fn address(mailbox: usize) -> String {
    format!("bench-{}-{mailbox}@example.org", std::process::id())
}

/// From a customer of its own, with a file.
fn letter(mailbox: usize, number: usize) -> String {
    let file: Vec<u8> = (0..ATTACHED as u64).map(|at| ((at ^ number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u8).collect();
    let encoded = BASE64.encode(&file);
    let lines: Vec<&str> = (0..encoded.len()).step_by(76).map(|at| &encoded[at..encoded.len().min(at + 76)]).collect();
    format!(
        "From: Ada {number} <ada.{number}@example.org>\r\nTo: <{}>\r\nSubject: It is broken ({number})\r\nMessage-ID: <bench-{}-{number}@example.org>\r\n\
         Date: Mon, 30 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n\
         --part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe pole of the tent broke, see the photo.\r\n\
         --part\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=pole-{number}.bin\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--part--\r\n",
        address(mailbox),
        std::process::id(),
        lines.join("\r\n"),
    )
}

/// Whoever puts letters into a mailbox, by IMAP as RFC 9051 has it.
struct Session {
    stream: BufReader<TcpStream>,
}

impl Session {
    async fn open(imap: &str, user: &str) -> Result<Session> {
        let mut session = Session { stream: BufReader::new(TcpStream::connect(imap).await?) };
        session.hear("* OK").await?;
        session.say(&format!("a LOGIN {user} {PASSWORD}\r\n")).await?;
        session.hear("a OK").await?;
        Ok(session)
    }

    async fn append(&mut self, letter: &str) -> Result<()> {
        self.say(&format!("a APPEND INBOX {{{}}}\r\n", letter.len())).await?;
        self.hear("+ ").await?;
        self.say(&format!("{letter}\r\n")).await?;
        self.hear("a OK").await
    }

    async fn say(&mut self, what: &str) -> Result<()> {
        Ok(self.stream.get_mut().write_all(what.as_bytes()).await?)
    }

    /// Listens until it says this.
    async fn hear(&mut self, wanted: &str) -> Result<()> {
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await? == 0 || line.starts_with("a NO") || line.starts_with("a BAD") {
                return Err(format!("the mail server does not say “{wanted}”: {line}").into());
            }
            if line.starts_with(wanted) {
                return Ok(());
            }
        }
    }
}
