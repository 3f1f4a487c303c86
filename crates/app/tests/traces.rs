//! The binary with the feature `otel`, and a collector that it tells what it does.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    sync::{Arc, Condvar, Mutex},
};

/// What the collector was sent, all of it.
#[derive(Default)]
struct Collector {
    heard: Mutex<Vec<u8>>,
    more: Condvar,
}

impl Collector {
    /// Answers every request with 200; the address it listens on.
    fn listen() -> (String, Arc<Collector>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let collector = Arc::new(Collector::default());
        let there = collector.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let there = there.clone();
                std::thread::spawn(move || there.serve(stream.unwrap()));
            }
        });
        (address, collector)
    }

    fn serve(&self, mut stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        loop {
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 {
                    return;
                }
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line == "\r\n" {
                    break;
                }
                head += &line;
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let mut heard = self.heard.lock().unwrap();
            heard.extend(head.into_bytes());
            heard.extend(body);
            drop(heard);
            self.more.notify_all();
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
        }
    }

    fn has(heard: &[u8], text: &str) -> bool {
        heard.windows(text.len()).any(|window| window == text.as_bytes())
    }

    /// Waits until it has been told so.
    fn wait_for(&self, text: &str) {
        let heard = self.heard.lock().unwrap();
        drop(self.more.wait_while(heard, |heard| !Collector::has(heard, text)).unwrap());
    }
}

struct Server(Child);
impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{request}\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_collector_is_told_of_requests_and_jobs_and_of_nobody() {
    let (collector_at, collector) = Collector::listen();
    let folder = tempfile::tempdir().unwrap();
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ombud"))
        .args(["demo", "--json", "--listen", &address, "--data"])
        .arg(folder.path())
        .env("OTEL_EXPORTER_OTLP_ENDPOINT", format!("http://{collector_at}"))
        .env("OTEL_BSP_SCHEDULE_DELAY", "50")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut greeting = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
    let _server = Server(child);
    let token: serde_json::Value = serde_json::from_str(&greeting).unwrap();
    let token = token["token"].as_str().unwrap();

    let answer = ask(&address, &format!("GET /api/v1/customers?q=zqsomebody HTTP/1.1\r\nauthorization: Bearer {token}"));

    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    for told in ["POST /v1/traces", "ombud", "request", "/customers"] {
        collector.wait_for(told);
    }
    let heard = collector.heard.lock().unwrap();
    for secret in ["zqsomebody", token] {
        assert!(!Collector::has(&heard, secret), "{secret} was told");
    }
}
