//! Whoever carries letters in a story: puts them into mailboxes of the real mail server, and looks what lies in them.

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

/// Opens every mailbox there.
pub const PASSWORD: &str = "fjellheim";
/// A letter that was handed over is there after so many looks.
const LOOKS: usize = 1_000;

/// By host and port.
#[derive(Clone)]
pub struct Mailman {
    pub imap: String,
    pub smtp: String,
}

/// Somebody signed in to a mailbox.
struct Open(BufReader<TcpStream>);

impl Open {
    async fn at(server: &str, address: &str) -> Open {
        let mut open = Open(BufReader::new(TcpStream::connect(server).await.unwrap()));
        open.line().await;
        open.asks(&format!("LOGIN {address} {PASSWORD}")).await;
        open.asks("SELECT INBOX").await;
        open
    }
    async fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).await.unwrap();
        line
    }
    async fn says(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).await.unwrap();
    }
    /// What is answered, line by line, with what comes in between as it is.
    async fn asks(&mut self, command: &str) -> Vec<String> {
        self.says(&format!("a {command}\r\n")).await;
        self.answer().await
    }
    async fn answer(&mut self) -> Vec<String> {
        let mut said = Vec::new();
        loop {
            let line = self.line().await;
            if line.starts_with("a ") {
                assert!(line.starts_with("a OK"), "{line}");
                return said;
            }
            let literal =
                line.trim_end().strip_suffix('}').and_then(|line| line.rsplit_once('{')).and_then(|(_, length)| length.parse().ok());
            said.push(line);
            if let Some(length) = literal {
                let mut bytes = vec![0; length];
                self.0.read_exact(&mut bytes).await.unwrap();
                said.push(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
}

impl Mailman {
    /// Puts a letter into a mailbox.
    pub async fn puts(&self, address: &str, letter: &str) {
        let letter = letter.replace("\r\n", "\n").replace('\n', "\r\n");
        let mut open = Open::at(&self.imap, address).await;
        open.says(&format!("a APPEND INBOX {{{}}}\r\n", letter.len())).await;
        assert!(open.line().await.starts_with('+'));
        open.says(&format!("{letter}\r\n")).await;
        open.answer().await;
    }

    /// The letters in a mailbox, oldest first.
    pub async fn letters(&self, address: &str) -> Vec<String> {
        let mut open = Open::at(&self.imap, address).await;
        let there = open.asks("SEARCH ALL").await;
        if there.iter().all(|line| line.trim() == "* SEARCH") {
            return Vec::new();
        }
        let parts = open.asks("FETCH 1:* (BODY.PEEK[])").await;
        // each follows the line that says how long it is
        parts.windows(2).filter(|pair| pair[0].trim_end().ends_with('}')).map(|pair| pair[1].clone()).collect()
    }

    /// The letters in a mailbox, once there are so many.
    pub async fn finds(&self, address: &str, count: usize) -> Vec<String> {
        for _ in 0..LOOKS {
            let letters = self.letters(address).await;
            if letters.len() == count {
                return letters;
            }
        }
        panic!("there are never {count} letters at {address}");
    }
}

/// What stands in a field of a letter, unfolded.
pub fn field(letter: &str, name: &str) -> String {
    let head = letter.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
    let of = |line: &str| line.split_once(": ").filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned());
    head.lines().find_map(of).unwrap_or_default()
}
