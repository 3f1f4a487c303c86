//! Mail servers nobody would want: one takes a whole letter and breaks off before it says so, one never stops talking.

use std::sync::Arc;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
    sync::Mutex,
};

/// Where it listens, and what it took.
pub struct Breaking {
    pub at: String,
    pub taken: Arc<Mutex<Vec<String>>>,
}

impl Breaking {
    /// Begins to listen.
    pub async fn begin() -> Breaking {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (at, taken) = (listener.local_addr().unwrap().to_string(), Arc::<Mutex<Vec<String>>>::default());
        let kept = taken.clone();
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (read, mut write) = connection.into_split();
                let mut lines = BufReader::new(read).lines();
                write.write_all(b"220 here\r\n").await.unwrap();
                let mut letter = None::<String>;
                while let Ok(Some(line)) = lines.next_line().await {
                    match &mut letter {
                        Some(letter) if line == "." => {
                            kept.lock().await.push(std::mem::take(letter));
                            break;
                        }
                        Some(letter) => letter.push_str(&format!("{line}\r\n")),
                        None if line == "DATA" => {
                            write.write_all(b"354 go on\r\n").await.unwrap();
                            letter = Some(String::new());
                        }
                        None if line.starts_with("EHLO") => write.write_all(b"250-here\r\n250 AUTH PLAIN LOGIN\r\n").await.unwrap(),
                        None if line.starts_with("AUTH") => write.write_all(b"235 welcome\r\n").await.unwrap(),
                        None => write.write_all(b"250 fine\r\n").await.unwrap(),
                    }
                }
            }
        });
        Breaking { at, taken }
    }
}

/// Listens, and tells whoever comes one line that has no end; where.
pub async fn babble() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            tokio::spawn(async move {
                let started = connection.write_all(b"* OK ").await;
                let said = [b'x'; 64 * 1024];
                while started.is_ok() && connection.write_all(&said).await.is_ok() {}
            });
        }
    });
    at
}
