//! One kept HTTP connection. Thin, because on two cores a client that works hard measures itself.

use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use crate::Result;

/// A connection to the server.
pub struct Line {
    stream: BufReader<TcpStream>,
    host: String,
    /// Whether the last answer said when to ask again.
    pub says_when: bool,
}

impl Line {
    pub async fn to(address: &str) -> Result<Line> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Line { stream: BufReader::new(stream), host: address.to_owned(), says_when: false })
    }

    /// Sends a request and reads the whole answer. `headers` are lines that each end with `\r\n`.
    pub async fn call(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<(u16, Vec<u8>)> {
        self.send(method, path, headers, body).await?;
        self.answer().await
    }

    /// Sends a request, for `answer` to hear what comes of it.
    pub async fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<()> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\n{headers}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.host,
            body.len()
        );
        Ok(self.stream.get_mut().write_all(request.as_bytes()).await?)
    }

    async fn answer(&mut self) -> Result<(u16, Vec<u8>)> {
        let status: u16 = self.text_line().await?.split(' ').nth(1).ok_or("not an HTTP answer")?.parse()?;
        let (mut length, mut chunked) = (0, false);
        self.says_when = false;
        loop {
            let line = self.text_line().await?.to_ascii_lowercase();
            match line.split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(("retry-after", _)) => self.says_when = true,
                Some(("transfer-encoding", value)) => chunked = value.trim() == "chunked",
                Some(_) => (),
            }
        }
        let answer = if chunked { self.chunks().await? } else { self.exactly(length).await? };
        Ok((status, answer))
    }

    /// A call whose answer is JSON and says that it went well.
    pub async fn json(&mut self, method: &str, path: &str, headers: &str, body: Value) -> Result<Value> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let (status, answer) = self.call(method, path, headers, &body).await?;
        if !(200..300).contains(&status) {
            return Err(format!("{method} {path}: {status} {}", String::from_utf8_lossy(&answer)).into());
        }
        Ok(if answer.is_empty() { Value::Null } else { serde_json::from_slice(&answer)? })
    }

    async fn text_line(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err("the server closed the connection".into());
        }
        Ok(line.trim_end().to_owned())
    }

    async fn exactly(&mut self, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await?;
        Ok(bytes)
    }

    async fn chunks(&mut self) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        loop {
            let length = usize::from_str_radix(&self.text_line().await?, 16)?;
            all.extend(self.exactly(length).await?);
            self.text_line().await?;
            if length == 0 {
                return Ok(all);
            }
        }
    }
}
