//! A mail server that takes everything and shows what it took.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

pub struct PostOffice {
    /// As settings name it.
    pub address: String,
    taken: Arc<Mutex<Vec<String>>>,
}

impl PostOffice {
    pub async fn open() -> PostOffice {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let taken = Arc::<Mutex<Vec<String>>>::default();
        let into = taken.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(take(connection, into.clone()));
            }
        });
        PostOffice { address, taken }
    }

    /// The mails so far, their lines put together again.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().iter().map(|mail| mail.replace("=\n", "").replace("=3D", "=")).collect()
    }

    /// What follows this page's address in a mail.
    pub fn secret_behind(&self, page: &str) -> String {
        let taken = self.taken();
        let rest = taken.iter().find_map(|mail| mail.split(page).nth(1)).expect("a mail with this link");
        rest.split_whitespace().next().unwrap().to_owned()
    }
}

async fn take(connection: TcpStream, into: Arc<Mutex<Vec<String>>>) {
    let (reader, mut writer) = connection.into_split();
    let mut lines = BufReader::new(reader).lines();
    let mut mail: Option<String> = None;
    writer.write_all(b"220 here\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = match (&mut mail, line.as_str()) {
            (Some(_), ".") => {
                into.lock().unwrap().extend(mail.take());
                "250 taken"
            }
            (Some(text), line) => {
                text.push_str(line);
                text.push('\n');
                continue;
            }
            (None, line) if line.starts_with("EHLO") => "250-here\r\n250 8BITMIME",
            (None, "DATA") => {
                mail = Some(String::new());
                "354 go on"
            }
            _ => "250 fine",
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
    }
}
