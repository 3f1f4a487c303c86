//! Makes requests from a process of its own, so that what it costs is not the server's.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use clap::{Args, ValueEnum};
use futures::{SinkExt, StreamExt, future::try_join_all};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{net::TcpStream, sync::mpsc, time};
use tokio_tungstenite::{
    client_async,
    tungstenite::{Message, client::IntoClientRequest},
};

use crate::{Result, figure::percentile, limit::now, line::Line, reading, webhook::Doorbell};

/// A visitor may say so much before it must slow down; the first message begins the conversation.
const MESSAGES: usize = 18;

#[derive(Args, Serialize, Deserialize)]
pub struct Work {
    pub kind: Kind,
    #[arg(long)]
    pub address: String,
    /// The demo's API token
    #[arg(long)]
    pub token: String,
    /// The key of the shop's chat
    #[arg(long)]
    pub key: String,
    #[arg(long, default_value_t = 1)]
    pub callers: usize,
    #[arg(long, default_value_t = 3)]
    pub seconds: u64,
    /// Messages a second, for `deliver`
    #[arg(long, default_value_t = 100)]
    pub rate: u64,
    /// Visitors to make beforehand
    #[arg(long, default_value_t = 100)]
    pub visitors: usize,
    /// How many conversations of earlier days there are
    #[arg(long, default_value_t = 0)]
    pub earlier: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum Kind {
    Accept,
    List,
    Open,
    Search,
    Deliver,
    Hold,
    Webhook,
    Partner,
    Panel,
    Browsing,
}

impl Work {
    /// The same as a command line.
    pub fn line(&self) -> Vec<String> {
        let Work { kind, address, token, key, callers, seconds, rate, visitors, earlier } = self;
        let kind = format!("{kind:?}").to_lowercase();
        let mut line: Vec<String> = ["load", &kind, "--address", address, "--token", token, "--key", key].map(str::to_owned).to_vec();
        for (name, number) in [("callers", *callers), ("visitors", *visitors), ("earlier", *earlier)] {
            line.extend([format!("--{name}"), number.to_string()]);
        }
        line.extend(["--seconds".to_owned(), seconds.to_string(), "--rate".to_owned(), rate.to_string()]);
        line
    }
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Outcome {
    pub count: usize,
    /// Answered 503: too much at once.
    pub refused: usize,
    pub seconds: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

impl Outcome {
    /// How many a second.
    pub fn rate(&self) -> f64 {
        self.count as f64 / self.seconds
    }

    fn of(mut times: Vec<f64>, seconds: f64) -> Outcome {
        times.sort_by(f64::total_cmp);
        Outcome { count: times.len(), refused: 0, seconds, p50_ms: percentile(&times, 0.5), p99_ms: percentile(&times, 0.99) }
    }
}

/// A shopper with a conversation.
struct Visitor {
    headers: String,
    path: String,
    token: String,
    conversation: String,
}

pub async fn run(work: Work) -> Result<()> {
    let work = Arc::new(work);
    let visitors = match work.kind {
        Kind::Accept | Kind::Deliver | Kind::Hold | Kind::Browsing => make_visitors(&work).await?,
        Kind::List | Kind::Open | Kind::Panel | Kind::Search | Kind::Webhook | Kind::Partner => Vec::new(),
    };
    println!("ready");
    // the parent takes the server's processor time before and after
    let mut go = String::new();
    std::io::stdin().read_line(&mut go)?;
    let outcome = match work.kind {
        Kind::Accept => accept(&work, visitors).await?,
        Kind::Deliver => deliver(&work, visitors).await?,
        Kind::List => repeat(&work, reading::lists()).await?,
        Kind::Open => repeat(&work, reading::conversations(&work).await?).await?,
        Kind::Search => repeat(&work, reading::searches(work.earlier)).await?,
        Kind::Panel => repeat(&work, reading::panels(&work).await?).await?,
        Kind::Webhook => ring(&work, Doorbell::of_a_shop(&work).await?).await?,
        Kind::Partner => ring(&work, Doorbell::of_a_partner(&work).await?).await?,
        Kind::Browsing => browse(&work, visitors).await?,
        Kind::Hold => return hold(&work, visitors).await,
    };
    println!("{}", serde_json::to_string(&outcome)?);
    Ok(())
}

/// Keeps a chat open for each visitor, until nobody wants it any more.
async fn hold(work: &Work, visitors: Vec<Visitor>) -> Result<()> {
    let (began, mut held) = (now(), Vec::new());
    for visitor in &visitors {
        let stream = TcpStream::connect(&work.address).await?;
        let mut request = format!("ws://{}/api/v1/chat/live", work.address).into_client_request()?;
        request.headers_mut().insert("origin", format!("http://{}", work.address).parse()?);
        let (mut socket, _) = client_async(request, stream).await?;
        socket.send(Message::text(json!({ "token": visitor.token, "conversation": visitor.conversation, "after": 1 }).to_string())).await?;
        socket.next().await.ok_or("a chat closed before it was greeted")??;
        held.push(socket);
    }
    println!("{}", serde_json::to_string(&Outcome::of(vec![0.0; held.len()], began.elapsed().as_secs_f64()))?);
    // the parent looks at the server's memory meanwhile
    std::io::stdin().read_line(&mut String::new())?;
    Ok(())
}

async fn make_visitors(work: &Arc<Work>) -> Result<Vec<Visitor>> {
    let makers = 16.min(work.visitors);
    let parts = (0..makers).map(|maker| {
        let work = work.clone();
        async move {
            let mut line = Line::to(&work.address).await?;
            let mut made = Vec::new();
            for n in (maker..work.visitors).step_by(makers) {
                made.push(make_visitor(&mut line, &work, n).await?);
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(made)
        }
    });
    Ok(try_join_all(parts).await?.into_iter().flatten().collect())
}

async fn make_visitor(line: &mut Line, work: &Work, n: usize) -> Result<Visitor> {
    let run = u64::from(std::process::id());
    // each from a network of its own, as shoppers are
    let from = format!("origin: http://{}\r\nx-forwarded-for: 10.{}.{}.{}\r\n", work.address, run % 256, n / 256 % 256, n % 256);
    let visitor = json!({ "key": work.key, "language": "en", "time_zone": "Europe/Oslo", "identity": null });
    let token = line.json("POST", "/api/v1/chat/visitors", &from, visitor).await?["token"].as_str().ok_or("no token")?.to_owned();
    let headers = format!("{from}authorization: Bearer {token}\r\n");
    let begin = json!({
        "client_id": client_id(n, 0), "text": "Hello, where is my parcel?", "files": [], "department": null, "name": null, "email": null,
        "consent": true, "page": null,
    });
    let begun = line.json("POST", "/api/v1/chat/conversations", &headers, begin).await?;
    let id = begun["conversation"]["id"].as_str().ok_or("no conversation")?;
    Ok(Visitor { headers, path: format!("/api/v1/chat/conversations/{id}/messages"), conversation: id.to_owned(), token })
}

/// A UUID nobody else makes up.
fn client_id(visitor: usize, message: usize) -> String {
    format!("{:08x}-{:04x}-7000-8000-{:012x}", std::process::id(), message, visitor)
}

fn message(visitor: usize, number: usize) -> String {
    json!({ "client_id": client_id(visitor, number), "text": "It was promised for Tuesday, and it is Thursday now.", "files": [] })
        .to_string()
}

/// Whoever was refused comes again after so long.
const COMES_AGAIN: Duration = Duration::from_millis(100);

/// As many callers as wanted, each sending its next message when the one before was answered, and again when it was refused.
async fn accept(work: &Arc<Work>, visitors: Vec<Visitor>) -> Result<Outcome> {
    let visitors = Arc::new(visitors);
    let refused = AtomicUsize::new(0);
    let (began, length) = (now(), Duration::from_secs(work.seconds));
    let callers = (0..work.callers).map(|caller| {
        let (work, visitors, refused) = (work.clone(), visitors.clone(), &refused);
        async move {
            let mut line = Line::to(&work.address).await?;
            let mut times = Vec::new();
            for n in (caller..visitors.len()).step_by(work.callers) {
                let mut number = 1;
                while number <= MESSAGES {
                    if began.elapsed() >= length {
                        return Ok(times);
                    }
                    let (sent, visitor) = (now(), &visitors[n]);
                    let (status, answer) = line.call("POST", &visitor.path, &visitor.headers, &message(n, number)).await?;
                    match status {
                        201 => {
                            times.push(sent.elapsed().as_secs_f64() * 1e3);
                            number += 1;
                        }
                        503 => {
                            refused.fetch_add(1, Ordering::Relaxed);
                            let _ = time::timeout(COMES_AGAIN, std::future::pending::<()>()).await;
                        }
                        // one who was refused so often has said too much for now
                        429 if refused.load(Ordering::Relaxed) > 0 => break,
                        _ => return Err(format!("a message was answered {status}: {}", String::from_utf8_lossy(&answer)).into()),
                    }
                }
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times)
        }
    });
    let times: Vec<f64> = try_join_all(callers).await?.into_iter().flatten().collect();
    Ok(Outcome { refused: refused.load(Ordering::Relaxed), ..Outcome::of(times, began.elapsed().as_secs_f64()) })
}

/// One caller asks for these pages, one after the other, again and again.
async fn repeat(work: &Work, paths: Vec<String>) -> Result<Outcome> {
    let bearer = format!("authorization: Bearer {}\r\n", work.token);
    let mut line = Line::to(&work.address).await?;
    let (began, mut times) = (now(), Vec::new());
    for path in paths.iter().cycle() {
        if began.elapsed() >= Duration::from_secs(work.seconds) {
            break;
        }
        let sent = now();
        line.json("GET", path, &bearer, Value::Null).await?;
        times.push(sent.elapsed().as_secs_f64() * 1e3);
    }
    Ok(Outcome::of(times, began.elapsed().as_secs_f64()))
}

/// A browser tells of so much at once.
pub const TOLD_AT_ONCE: usize = 10;

/// As many callers as wanted, each telling what visitor after visitor does in the shop.
async fn browse(work: &Arc<Work>, visitors: Vec<Visitor>) -> Result<Outcome> {
    let (began, length) = (now(), Duration::from_secs(work.seconds));
    let callers = (0..work.callers).map(|caller| {
        let visitors = &visitors;
        async move {
            let (mut line, mut times) = (Line::to(&work.address).await?, Vec::new());
            for n in (caller..).step_by(work.callers) {
                if began.elapsed() >= length {
                    break;
                }
                let visitor = &visitors[n % visitors.len()];
                let page = |at: usize| json!({ "address": format!("http://{}/tents/{}", work.address, n + at), "title": "A tent" });
                let seen = |at: usize| match at % 5 {
                    0 => {
                        let product = json!({ "reference": format!("tent-{}", (n + at) % 40), "title": "Tent Vidde", "page": null, "picture": null, "price": null });
                        json!({ "type": "product_viewed", "product": product, "page": page(at) })
                    }
                    _ => json!({ "type": "page_viewed", "page": page(at) }),
                };
                let batch = json!({ "consent": true, "source": null, "sightings": (0..TOLD_AT_ONCE).map(seen).collect::<Vec<_>>() });
                let sent = now();
                match line.call("POST", "/api/v1/chat/browsing", &visitor.headers, &batch.to_string()).await? {
                    (204, _) => times.push(sent.elapsed().as_secs_f64() * 1e3),
                    (status, answer) => return Err(format!("browsing was answered {status}: {}", String::from_utf8_lossy(&answer)).into()),
                }
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times)
        }
    });
    let times = try_join_all(callers).await?.into_iter().flatten().collect();
    Ok(Outcome::of(times, began.elapsed().as_secs_f64()))
}

/// As many callers as wanted, each with a webhook for one thing after the other.
async fn ring(work: &Arc<Work>, doorbell: Doorbell) -> Result<Outcome> {
    let (began, length) = (now(), Duration::from_secs(work.seconds));
    let callers = (0..work.callers).map(|caller| {
        let doorbell = &doorbell;
        async move {
            let (mut line, mut times) = (Line::to(&work.address).await?, Vec::new());
            for nth in (caller..).step_by(work.callers) {
                if began.elapsed() >= length {
                    break;
                }
                let sent = now();
                doorbell.ring(&mut line, nth).await?;
                times.push(sent.elapsed().as_secs_f64() * 1e3);
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(times)
        }
    });
    let times = try_join_all(callers).await?.into_iter().flatten().collect();
    Ok(Outcome::of(times, began.elapsed().as_secs_f64()))
}

/// From the moment a shopper sends to the moment an agent's socket has it, at a steady rate.
async fn deliver(work: &Arc<Work>, visitors: Vec<Visitor>) -> Result<Outcome> {
    let stream = TcpStream::connect(&work.address).await?;
    stream.set_nodelay(true)?;
    let (mut socket, _) = client_async(format!("ws://{}/api/v1/live", work.address), stream).await?;
    socket.send(Message::text(json!({ "token": work.token, "after": null }).to_string())).await?;
    let hello = socket.next().await.ok_or("the socket closed")??.to_string();
    if !hello.contains("\"hello\"") {
        return Err(format!("the socket says {hello}").into());
    }

    let (report, mut sent_at) = mpsc::unbounded_channel();
    let wanted = (work.rate * work.seconds) as usize;
    let sender = tokio::spawn(send_steadily(work.clone(), visitors, wanted, report));
    let mut arrived = HashMap::new();
    while arrived.len() < wanted {
        let Ok(frame) = time::timeout(Duration::from_secs(5), socket.next()).await else { break };
        let frame: Value = serde_json::from_str(frame.ok_or("the socket closed")??.to_text()?)?;
        if frame["event"] == "message_received" {
            arrived.insert(frame["ids"]["message"].as_str().unwrap_or_default().to_owned(), now());
        }
    }
    sender.await??;
    let (mut times, mut lost) = (Vec::new(), 0);
    while let Some((id, sent)) = sent_at.recv().await {
        match arrived.get(&id) {
            Some(at) => times.push(at.duration_since(sent).as_secs_f64() * 1e3),
            None => lost += 1,
        }
    }
    if lost > 0 {
        return Err(format!("{lost} of {wanted} messages never reached the socket").into());
    }
    Ok(Outcome::of(times, work.seconds as f64))
}

async fn send_steadily(
    work: Arc<Work>,
    visitors: Vec<Visitor>,
    wanted: usize,
    report: mpsc::UnboundedSender<(String, std::time::Instant)>,
) -> Result<()> {
    let mut ticks = time::interval(Duration::from_secs(1) / u32::try_from(work.rate)?);
    let (visitors, mut sending) = (Arc::new(visitors), Vec::new());
    let lines: Vec<_> = try_join_all((0..32).map(|_| Line::to(&work.address))).await?.into_iter().map(tokio::sync::Mutex::new).collect();
    let lines = Arc::new(lines);
    for n in 0..wanted {
        ticks.tick().await;
        let (visitors, lines, report) = (visitors.clone(), lines.clone(), report.clone());
        sending.push(tokio::spawn(async move {
            let (visitor, number) = (n % visitors.len(), 1 + n / visitors.len());
            // a slow answer delays the next message of its line; that counts, as it would for a person
            let sent = now();
            let mut line = lines[n % lines.len()].lock().await;
            let answer = line.call("POST", &visitors[visitor].path, &visitors[visitor].headers, &message(visitor, number)).await?;
            let answer: Value = serde_json::from_slice(&answer.1)?;
            let id = answer["id"].as_str().ok_or_else(|| format!("a message was refused: {answer}"))?;
            report.send((id.to_owned(), sent))?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        }));
    }
    for sent in sending {
        sent.await??;
    }
    Ok(())
}
