//! Hands letters to a mail server. What goes wrong before the letter itself has surely not left; from its first byte on, only the
//! server's answer says whether it has.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use data_encoding::BASE64;
use inbox::{
    conversation::Conversation,
    delivery::{self, Handed},
    message::Message,
};
use kernel::{Error, Result, say};
use lettre::transport::smtp::{
    self,
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, AsyncTokioStream, TlsParameters},
    commands::{Data, Mail, Rcpt},
    extension::ClientId,
};
use platform::{
    App, Tx,
    egress::Stream,
    trouble::{Fault, Trouble},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::timeout,
};

use super::{
    compose::{Composed, Parts},
    imap::guarded,
    mailbox::{MailServer, Mailbox, Security, State},
    opening::{Proof, xoauth2},
    thread::Thread,
};
use crate::{
    outflow::{self, Turn, WayOut},
    store::{mailboxes, threads},
};

/// What a mail server may take to answer; to a whole letter it may take longer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(20);
const TAKES_WITHIN: Duration = Duration::from_secs(40);
const SERVICE: &str = "The mail server";

/// Sends an answer as a letter.
///
/// Errors: `Outside` when it has surely not left, saying whether trying again may help.
pub async fn send(app: &App, message: &Message, conversation: &Conversation) -> Result<Handed> {
    let (shop, id, author) = (message.shop, conversation.id, message.member());
    let (mailbox, thread, author) = app
        .read(async move |tx: &mut Tx<'_>| {
            let thread = threads::thread(tx, shop, id).await?.ok_or_else(|| never(say!("no-mailbox-to-answer-from").to_string()))?;
            let mailbox = mailboxes::maybe(tx, shop, thread.mailbox).await?;
            let mailbox = mailbox.ok_or_else(|| never(say!("no-mailbox-to-answer-from").to_string()))?;
            let author = match author {
                Some(member) => team::member::names(tx, shop, &[member]).await?.remove(&member).map(|member| member.name),
                None => None,
            };
            Ok((mailbox, thread, author))
        })
        .await?;
    if mailbox.state == State::Paused {
        return Err(later(say!("mailbox-paused").to_string()));
    }
    if let Some(signed_in) = &mailbox.signed_in {
        // whoever looks into the mailbox renews it
        signed_in.opens(app.now()).map_err(|_| later(signed_in.waits_for().to_string()))?;
    }
    let letter = compose(app, &mailbox, &thread, message, author.as_deref()).await?;
    let proof = mailbox.opened(app)?.outgoing();
    let way = mailbox.id.to_string();
    let turn = async move |tx: &mut Tx<'_>| outflow::turn(tx, shop, &way, None, 1).await;
    let is_tried = match app.write(turn).await? {
        Turn::Wait { until, why } => return Ok(Handed::Waits { until, why }),
        Turn::Go { is_tried } => is_tried,
    };
    let way_out = WayOut { app, shop, way: mailbox.id.to_string(), is_tried };
    let mut server = match open(app, &mailbox.settings.outgoing, &proof).await {
        Ok(server) => server,
        Err(fault) => {
            let why = fault.detail.clone();
            // what could not be asked at all is asked again; a password that is wrong is put right by somebody, and then goes on
            return way_out.failed(fault).await.map_or(Err(later(why.clone())), |until| Ok(Handed::Waits { until, why: Some(why) }));
        }
    };
    way_out.works().await;
    ready(&mut server, &letter).await?;
    delivery::leaves(app, shop, message.id).await?;
    let handed = match timeout(TAKES_WITHIN, server.message(&letter.bytes)).await {
        Ok(Ok(_)) => Handed::Over,
        Ok(Err(error)) if error.status().is_some() => return Err(answered(&error)),
        Ok(Err(error)) => Handed::Unknown(words(&error)),
        Err(_) => Handed::Unknown(format!("It did not say within {} seconds whether it took the letter.", TAKES_WITHIN.as_secs())),
    };
    if handed == Handed::Over {
        let _ = timeout(ANSWERS_WITHIN, server.quit()).await;
    }
    Ok(handed)
}

async fn compose(app: &App, mailbox: &Mailbox, thread: &Thread, message: &Message, author: Option<&str>) -> Result<Composed> {
    let mut files = Vec::with_capacity(message.files.len());
    for file in &message.files {
        files.push((file.clone(), app.files().get(file.key.parse()?).await?));
    }
    Parts { mailbox, thread, message, author, files }.compose(app)
}

/// Everything before the letter itself.
async fn ready(server: &mut AsyncSmtpConnection, letter: &Composed) -> Result<()> {
    let from = Mail::new(letter.envelope.from().cloned(), Vec::new());
    command(server.command(from)).await?;
    for one in letter.envelope.to() {
        command(server.command(Rcpt::new(one.clone(), Vec::new()))).await?;
    }
    command(server.command(Data)).await
}

async fn command<T>(asked: impl Future<Output = Result<T, smtp::Error>>) -> Result<()> {
    match timeout(ANSWERS_WITHIN, asked).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(answered(&error)),
        Err(_) => Err(later(format!("It did not answer within {} seconds.", ANSWERS_WITHIN.as_secs()))),
    }
}

/// Signs in.
pub async fn open(app: &App, server: &MailServer, proof: &Proof) -> Result<AsyncSmtpConnection, Fault> {
    let line = app.egress().dial(SERVICE, &server.host, server.port).await?;
    let hello = ClientId::default();
    let wire: Box<dyn AsyncTokioStream> = match server.security {
        Security::Starttls => Box::new(line.stream),
        security => Box::new(Wire(guarded(line, security).await?)),
    };
    let mut open = asked(AsyncSmtpConnection::connect_with_transport(wire, &hello)).await?;
    if server.security == Security::Starttls {
        let keys = TlsParameters::new(server.host.clone()).map_err(|error| Fault::new(Trouble::NotUnderstood, error.to_string()))?;
        asked(open.starttls(keys, &hello)).await?;
    }
    if !server.user.is_empty() {
        match timeout(ANSWERS_WITHIN, signs_in(&mut open, &server.user, proof)).await {
            Ok(Ok(_)) => (),
            Ok(Err(error)) if error.is_permanent() => return Err(Fault::new(Trouble::SignInRefused, words(&error))),
            Ok(Err(error)) => return Err(fault(&error)),
            Err(_) => return Err(Fault::new(Trouble::Unreachable, "It did not answer to who we are.")),
        }
    }
    Ok(open)
}

async fn signs_in(open: &mut AsyncSmtpConnection, user: &str, proof: &Proof) -> Result<smtp::response::Response, smtp::Error> {
    let token = match proof {
        Proof::Password(password) => {
            let known = Credentials::new(user.to_owned(), password.clone());
            return open.auth(&[Mechanism::Plain, Mechanism::Login], &known).await;
        }
        Proof::Token(token) => token,
    };
    let said = open.command(format!("AUTH XOAUTH2 {}\r\n", BASE64.encode(xoauth2(user, token).as_bytes()))).await?;
    // why it refuses the token it says as a question, and its refusal in words once that is answered with nothing
    if said.has_code(334) { open.command("\r\n").await } else { Ok(said) }
}

async fn asked<T>(asked: impl Future<Output = Result<T, smtp::Error>>) -> Result<T, Fault> {
    match timeout(ANSWERS_WITHIN, asked).await {
        Ok(answer) => answer.map_err(|error| fault(&error)),
        Err(_) => Err(Fault::new(Trouble::Unreachable, format!("It did not answer within {} seconds.", ANSWERS_WITHIN.as_secs()))),
    }
}

fn fault(error: &smtp::Error) -> Fault {
    let trouble = match (error.is_transient(), error.is_permanent()) {
        (true, _) => Trouble::TooManyRequests,
        (_, true) => Trouble::NotUnderstood,
        _ => Trouble::Unreachable,
    };
    Fault::new(trouble, words(error))
}

fn answered(error: &smtp::Error) -> Error {
    Error::Outside { service: SERVICE, temporary: !error.is_permanent(), detail: words(error) }
}

fn later(detail: String) -> Error {
    Error::Outside { service: SERVICE, temporary: true, detail }
}

fn never(detail: String) -> Error {
    Error::Outside { service: SERVICE, temporary: false, detail }
}

fn words(error: &smtp::Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
    // it is logged, and kept with the job
    platform::mail::nameless(&platform::html::clean_line(&format!("{error}{cause}")))
}

/// A line of ours, as the library wants it.
#[derive(Debug)]
struct Wire(Box<dyn Stream>);

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Wire {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
