//! Mail of Ombud itself: invitations, new passwords. What customers get goes through their channel.

use std::{fmt, time::Duration};

use kernel::{Error, MailId, Result, invalid, say};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp,
};

use crate::html::clean_line;

/// One mail to one person.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Part of its Message-ID, so the same mail sent again is the same mail.
    pub id: MailId,
    pub to: String,
    pub subject: String,
    pub text: String,
}

/// Hands mail to the mail server.
#[derive(Clone)]
pub struct Mailer {
    server: Option<AsyncSmtpTransport<Tokio1Executor>>,
    from: Mailbox,
}

const WITHIN: Duration = Duration::from_secs(20);

impl Mailer {
    /// Through `server`, such as `smtps://user:password@host` or `smtp://host:587?tls=required`; to nobody when it is empty.
    pub fn open(server: &str, from: &str) -> Result<Mailer> {
        let from: Mailbox = from.parse().map_err(|_| Error::broken(format!("The sender of system mail is not an address: {from}")))?;
        if server.is_empty() {
            return Ok(Mailer { server: None, from });
        }
        refuse_open_password(server)?;
        // the error would show the password
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(server)
            .map_err(|_| Error::broken("The address of the mail server must look like smtps://user:password@host."))?;
        Ok(Mailer { server: Some(builder.timeout(Some(WITHIN)).build()), from })
    }

    /// Sends a mail; false when there is no server to send it through.
    ///
    /// Errors: `Invalid` on `to`; `Outside`, temporary unless the server will never take this mail.
    pub async fn send(&self, mail: &Mail) -> Result<bool> {
        self.submit(self.message(mail, None)?).await
    }

    /// Sends a mail that has an HTML form beside its text.
    pub async fn send_html(&self, mail: &Mail, html: &str) -> Result<bool> {
        self.submit(self.message(mail, Some(html))?).await
    }

    async fn submit(&self, message: Message) -> Result<bool> {
        let Some(server) = &self.server else { return Ok(false) };
        server.send(message).await.map_err(failure)?;
        Ok(true)
    }

    fn message(&self, mail: &Mail, html: Option<&str>) -> Result<Message> {
        let to: Mailbox = mail.to.parse().map_err(|_| invalid("to", say!("not-an-email")))?;
        let automatic = |name, value: &str| HeaderValue::new(HeaderName::new_from_ascii_str(name), value.into());
        let builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(clean_line(&mail.subject))
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            // RFC 3834: no out-of-office reply to a machine
            .raw_header(automatic("Auto-Submitted", "auto-generated"))
            .raw_header(automatic("X-Auto-Response-Suppress", "All"));
        let plain = SinglePart::plain(mail.text.clone());
        match html {
            None => builder.singlepart(plain),
            Some(html) => builder.multipart(MultiPart::alternative().singlepart(plain).singlepart(SinglePart::html(html.to_owned()))),
        }
        .map_err(Error::broken)
    }
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.server.is_some() { "through a server" } else { "to nobody" };
        write!(f, "Mailer of {} {how}", self.from.email)
    }
}

/// `smtp://` alone does not encrypt. Beside the server that is a choice; with a password over a network it is a leak.
fn refuse_open_password(server: &str) -> Result<()> {
    let Some((_, host)) = server.strip_prefix("smtp://").and_then(|rest| rest.rsplit_once('@')) else { return Ok(()) };
    let local = ["localhost", "127.0.0.1", "[::1]"]
        .iter()
        .any(|name| host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/', '?'])));
    if local || host.contains("tls=required") {
        return Ok(());
    }
    Err(Error::broken("The password of the mail server would be sent unencrypted. Use smtps://, or add ?tls=required."))
}

fn failure(error: smtp::Error) -> Error {
    let mut detail = error.to_string();
    if let Some(cause) = std::error::Error::source(&error) {
        detail = format!("{detail}: {cause}");
    }
    Error::Outside { service: "The mail server", temporary: !error.is_permanent(), detail: nameless(&clean_line(&detail)) }
}

/// What a server says, without the addresses it repeats: it is logged, and kept with the job.
pub fn nameless(said: &str) -> String {
    said.split(' ').map(|word| if word.contains('@') { "(address)" } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    use super::*;

    /// A mail server that takes everything it is not told to answer otherwise, and shows what it took.
    struct Sink {
        url: String,
        taken: Arc<Mutex<Vec<String>>>,
    }

    impl Sink {
        async fn answering(to_recipient: &'static str) -> Sink {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("smtp://{}", listener.local_addr().unwrap());
            let taken = Arc::<Mutex<Vec<String>>>::default();
            let (server, kept) = (taken.clone(), taken);
            tokio::spawn(async move {
                while let Ok((connection, _)) = listener.accept().await {
                    tokio::spawn(converse(connection, to_recipient, server.clone()));
                }
            });
            Sink { url, taken: kept }
        }
        fn taken(&self) -> Vec<String> {
            self.taken.lock().unwrap().clone()
        }
    }

    async fn converse(connection: tokio::net::TcpStream, to_recipient: &'static str, taken: Arc<Mutex<Vec<String>>>) {
        let (reader, mut writer) = connection.into_split();
        let mut lines = BufReader::new(reader).lines();
        let mut mail: Option<String> = None;
        writer.write_all(b"220 sink\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match (&mut mail, line.split([' ', ':']).next().unwrap()) {
                (Some(text), _) if line != "." => {
                    text.push_str(&line);
                    text.push('\n');
                    continue;
                }
                (Some(text), _) => {
                    taken.lock().unwrap().push(std::mem::take(text));
                    mail = None;
                    "250 taken"
                }
                (None, "EHLO") => "250-sink\r\n250 8BITMIME",
                (None, "RCPT") => to_recipient,
                (None, "DATA") => {
                    mail = Some(String::new());
                    "354 go on"
                }
                _ => "250 fine",
            };
            writer.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
    }

    fn mail() -> Mail {
        Mail {
            id: MailId::from(uuid::Uuid::from_u128(5)),
            to: "Ines <ines@example.com>".into(),
            subject: "Velkommen til fjällräven ✓".into(),
            text: "Hei!\n.\nEn linje ğüş 订单\n".into(),
        }
    }

    #[tokio::test]
    async fn a_mail_arrives_as_the_same_mail_each_time() {
        let sink = Sink::answering("250 fine").await;
        let mailer = Mailer::open(&sink.url, "Ombud <ombud@shop.example>").unwrap();
        assert!(mailer.send(&mail()).await.unwrap());
        assert!(mailer.send(&mail()).await.unwrap());
        let taken = sink.taken();
        assert_eq!(taken.len(), 2);
        for text in &taken {
            for line in [
                "From: Ombud <ombud@shop.example>",
                "To: Ines <ines@example.com>",
                &format!("Message-ID: <{}@shop.example>", mail().id),
                "Auto-Submitted: auto-generated",
                "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8",
            ] {
                assert!(text.lines().any(|found| found == line), "{line} in\n{text}");
            }
            assert!(text.contains("\nSubject: ") && text.contains("\nDate: ") && text.is_ascii());
        }
    }

    #[tokio::test]
    async fn a_mail_may_have_two_forms() {
        let sink = Sink::answering("250 fine").await;
        Mailer::open(&sink.url, "o@shop.example").unwrap().send_html(&mail(), "<p>Hei!</p>").await.unwrap();
        let text = sink.taken().remove(0);
        let (plain, html) = (text.find("text/plain").unwrap(), text.find("text/html").unwrap());
        assert!(text.contains("multipart/alternative") && plain < html);
    }

    #[tokio::test]
    async fn nobody_slips_in_headers_or_recipients() {
        let sink = Sink::answering("250 fine").await;
        let mailer = Mailer::open(&sink.url, "o@shop.example").unwrap();
        let sly = Mail { subject: "Hi\r\nBcc: eve@example.com\r\n\r\n<b>body</b>".into(), ..mail() };
        mailer.send(&sly).await.unwrap();
        let text = sink.taken().remove(0);
        assert!(
            !text.lines().any(|line| line.starts_with("Bcc")) && text.contains("Subject: Hi Bcc: eve@example.com <b>body</b>"),
            "{text}"
        );
        for to in [
            "",
            "ines",
            "a@example.com, b@example.com",
            "a@example.com\r\nBcc: b@example.com",
            "a@example.com\nRCPT TO:<b@example.com>",
            "<a@example.com>\r\nDATA",
        ] {
            assert!(matches!(mailer.send(&Mail { to: to.into(), ..mail() }).await, Err(Error::Invalid(_))), "{to}");
        }
        assert_eq!(sink.taken().len(), 1);
    }

    #[tokio::test]
    async fn a_refusal_says_whether_to_try_again() {
        for (answer, temporary) in [("450 greylisted", true), ("421 busy", true), ("550 no such user", false), ("554 spam", false)] {
            let sink = Sink::answering(answer).await;
            let error = Mailer::open(&sink.url, "o@shop.example").unwrap().send(&mail()).await.unwrap_err();
            assert_eq!(error.is_temporary(), temporary, "{error}");
            assert!(error.to_string().contains(&answer[4..]), "{error}");
        }
        let sink = Sink::answering("550 5.1.1 <ines@example.com>: no such user").await;
        let told = Mailer::open(&sink.url, "o@shop.example").unwrap().send(&mail()).await.unwrap_err().to_string();
        assert!(told.contains("5.1.1 (address) no such user") && !told.contains("ines"), "{told}");
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        assert!(Mailer::open(&format!("smtp://{gone}"), "o@shop.example").unwrap().send(&mail()).await.unwrap_err().is_temporary());
    }

    #[tokio::test]
    async fn without_a_server_nothing_is_sent_but_still_checked() {
        let mailer = Mailer::open("", "o@shop.example").unwrap();
        assert!(!mailer.send(&mail()).await.unwrap());
        assert!(mailer.send(&Mail { to: "nobody".into(), ..mail() }).await.is_err());
    }

    #[tokio::test]
    async fn settings_that_leak_or_make_no_sense_are_refused() {
        for (server, fine) in [
            ("smtps://u:canary@mail.example", true),
            ("smtp://u:canary@mail.example:587?tls=required", true),
            ("smtp://u:canary@localhost:25", true),
            ("smtp://mail.example:25", true),
            ("smtp://u:canary@mail.example:587", false),
            ("smtp://u:canary@mail.example:587?tls=opportunistic", false),
            ("smtp://u:canary@localhost.evil.example", false),
            ("http://u:canary@mail.example", false),
            ("canary", false),
        ] {
            let opened = Mailer::open(server, "o@shop.example");
            assert_eq!(opened.is_ok(), fine, "{server}");
            assert!(!format!("{opened:?}").contains("canary"), "{opened:?}");
        }
        assert!(Mailer::open("", "not an address").is_err());
    }
}
