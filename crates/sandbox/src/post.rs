//! A mail server to write through and to look into: SMTP as RFC 5321 has it and IMAP as RFC 9051 has it, as far as Ombud speaks
//! them. Whoever signs in is let in.

use std::{
    future::pending,
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader, Lines},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::AbortHandle,
};

use super::Weather;

/// No line of a command is longer, in bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// A mail server with one mailbox, as long as it is held.
pub struct PostOffice {
    pub smtp: SocketAddr,
    pub imap: SocketAddr,
    mail: Arc<Mail>,
    serving: [AbortHandle; 2],
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.serving.iter().for_each(AbortHandle::abort);
    }
}

/// What lies there.
struct Mail {
    numbers: Mutex<Numbers>,
    /// Letters that came into the mailbox.
    come: Mutex<Vec<String>>,
    outgoing: Mutex<Outgoing>,
    /// How many have come.
    bell: watch::Sender<usize>,
}

/// What was handed over to be sent, and how that goes just now.
#[derive(Default)]
struct Outgoing {
    letters: Vec<String>,
    weather: Weather,
}

/// How letters are numbered.
#[derive(Clone, Copy)]
struct Numbers {
    /// One that is begun anew numbers others.
    uid_validity: u64,
    /// The number of the first letter.
    first: usize,
}

impl Mail {
    fn weather(&self) -> Weather {
        open(&self.outgoing).weather
    }

    /// Takes a letter; the weather says whether that is answered.
    fn takes(&self, letter: String) -> Weather {
        let mut outgoing = open(&self.outgoing);
        outgoing.letters.push(letter);
        outgoing.weather
    }
}

fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PostOffice {
    /// Listens at these ports, at any where they are 0. `uid_validity` is larger than at any time before.
    pub async fn open(uid_validity: u64, [smtp, imap]: [u16; 2]) -> io::Result<PostOffice> {
        let mail = Arc::new(Mail {
            numbers: Mutex::new(Numbers { uid_validity, first: 1 }),
            come: Mutex::default(),
            outgoing: Mutex::default(),
            bell: watch::Sender::new(0),
        });
        let (smtp, imap) = (TcpListener::bind(("127.0.0.1", smtp)).await?, TcpListener::bind(("127.0.0.1", imap)).await?);
        let at = (smtp.local_addr()?, imap.local_addr()?);
        let (taking, showing) = (mail.clone(), mail.clone());
        let serving = [
            tokio::spawn(listen(smtp, move |line| take(line, taking.clone()))).abort_handle(),
            tokio::spawn(listen(imap, move |line| show(line, showing.clone()))).abort_handle(),
        ];
        Ok(PostOffice { smtp: at.0, imap: at.1, mail, serving })
    }

    /// A letter comes into the mailbox.
    pub fn puts(&self, letter: String) {
        let mut come = open(&self.mail.come);
        come.push(letter);
        self.mail.bell.send_replace(come.len());
    }

    /// All letters get other numbers, as when a mailbox is moved or repaired.
    pub fn renumbers(&self) {
        let mut numbers = open(&self.mail.numbers);
        *numbers = Numbers { uid_validity: numbers.uid_validity + 1, first: numbers.first + 1_000 };
    }

    /// What came, the oldest first.
    pub fn come(&self) -> Vec<String> {
        open(&self.mail.come).clone()
    }

    /// What was sent, the oldest first.
    pub fn sent(&self) -> Vec<String> {
        open(&self.mail.outgoing).letters.clone()
    }

    /// From now on it takes letters like this; what was sent until then, the oldest first.
    pub fn turns(&self, weather: Weather) -> Vec<String> {
        let mut outgoing = open(&self.mail.outgoing);
        outgoing.weather = weather;
        outgoing.letters.clone()
    }
}

async fn listen<F: Future<Output = io::Result<()>> + Send + 'static>(listener: TcpListener, serve: impl Fn(TcpStream) -> F) {
    while let Ok((line, _)) = listener.accept().await {
        tokio::spawn(serve(line));
    }
}

type Said<R> = Lines<BufReader<tokio::io::Take<R>>>;

fn lines<R: AsyncRead + Unpin>(from: R) -> Said<R> {
    // a connection says no more than some letters
    BufReader::new(from.take(1_024 * LONGEST_LINE)).lines()
}

async fn says(to: &mut (impl AsyncWrite + Unpin), text: &str) -> io::Result<()> {
    to.write_all(format!("{text}\r\n").as_bytes()).await
}

/// SMTP: whoever writes is believed, and every letter is taken, unless it is to be sent later.
async fn take(line: TcpStream, mail: Arc<Mail>) -> io::Result<()> {
    let (from, mut to) = line.into_split();
    let mut said = lines(from);
    says(&mut to, "220 post office").await?;
    while let Some(command) = said.next_line().await? {
        let answer = match command.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" | "HELO" => "250-post office\r\n250-AUTH PLAIN LOGIN XOAUTH2\r\n250 8BITMIME",
            "AUTH" if command.split(' ').count() == 3 => "235 signed in",
            "MAIL" if matches!(mail.weather(), Weather::Busy | Weather::Down) => "451 come again later",
            "MAIL" | "RCPT" | "RSET" | "NOOP" => "250 fine",
            "DATA" => {
                says(&mut to, "354 go on").await?;
                let letter = letter(&mut said).await?;
                match mail.takes(letter) {
                    Weather::BreaksOff => return Ok(()),
                    Weather::Waits => pending().await,
                    _ => "250 taken",
                }
            }
            "QUIT" => return says(&mut to, "221 bye").await,
            _ => "502 not known here",
        };
        says(&mut to, answer).await?;
    }
    Ok(())
}

/// A letter, up to the line with nothing but a dot.
async fn letter<R: AsyncRead + Unpin>(said: &mut Said<R>) -> io::Result<String> {
    let mut letter = String::new();
    while let Some(line) = said.next_line().await?.filter(|line| line != ".") {
        letter.push_str(line.strip_prefix('.').unwrap_or(&line));
        letter.push_str("\r\n");
    }
    Ok(letter)
}

/// IMAP: one mailbox, which is only looked into.
async fn show(line: TcpStream, mail: Arc<Mail>) -> io::Result<()> {
    let (from, mut to) = line.into_split();
    let (mut said, mut bell, mut told) = (lines(from), mail.bell.subscribe(), 0);
    says(&mut to, "* OK IMAP4rev1 post office").await?;
    while let Some(command) = said.next_line().await? {
        let mut words = command.split(' ');
        let (tag, name) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().to_ascii_uppercase());
        let asked: Vec<&str> = words.collect();
        match name.as_str() {
            "CAPABILITY" => says(&mut to, "* CAPABILITY IMAP4rev1 IDLE").await?,
            "LOGIN" | "NOOP" => (),
            "AUTHENTICATE" if asked == ["XOAUTH2"] => {
                says(&mut to, "+ ").await?;
                said.next_line().await?;
            }
            "EXAMINE" => {
                let there = open(&mail.come).len();
                told = there;
                let Numbers { uid_validity, first } = *open(&mail.numbers);
                let next = first + there;
                says(&mut to, &format!("* {there} EXISTS\r\n* OK [UIDVALIDITY {uid_validity}] ok\r\n* OK [UIDNEXT {next}] ok")).await?;
            }
            "UID" => says(&mut to, &looked_up(&mail, &asked)).await?,
            "IDLE" => {
                says(&mut to, "+ waiting").await?;
                tokio::select! {
                    Ok(there) = async { bell.wait_for(|there| *there > told).await.map(|there| *there) } => {
                        told = there;
                        says(&mut to, &format!("* {there} EXISTS")).await?;
                        said.next_line().await?;
                    }
                    _ = said.next_line() => (),
                }
            }
            "LOGOUT" => return says(&mut to, &format!("* BYE\r\n{tag} OK bye")).await,
            _ => {
                says(&mut to, &format!("{tag} BAD not known here")).await?;
                continue;
            }
        }
        says(&mut to, &format!("{tag} OK done")).await?;
    }
    Ok(())
}

/// `SEARCH UID n:*` and `FETCH n (…)`.
fn looked_up(mail: &Mail, asked: &[&str]) -> String {
    let first = open(&mail.numbers).first;
    let come = open(&mail.come);
    match asked {
        ["SEARCH", "UID", range] => {
            let from: usize = range.split(':').next().and_then(|from| from.parse().ok()).unwrap_or(1);
            let found: String = (from.max(first)..first + come.len()).map(|uid| format!(" {uid}")).collect();
            format!("* SEARCH{found}")
        }
        ["FETCH", uid, ..] => {
            let uid: usize = uid.parse().unwrap_or_default();
            let Some((at, letter)) = uid.checked_sub(first).and_then(|at| Some((at + 1, come.get(at)?))) else {
                return "* OK nothing there".to_owned();
            };
            let size = letter.len();
            if asked.concat().contains("RFC822.SIZE") {
                return format!("* {at} FETCH (UID {uid} RFC822.SIZE {size})");
            }
            format!("* {at} FETCH (UID {uid} BODY[] {{{size}}}\r\n{letter})")
        }
        _ => "* OK".to_owned(),
    }
}
