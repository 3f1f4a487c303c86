//! The one way out: every request Ombud makes to somebody else's machine.
//!
//! Shops name many of these addresses themselves (webhooks, shop systems, pictures), so each could point at this machine
//! or its neighbours. An address is checked where it is connected to, not before: the resolver hands out only public
//! addresses and the connection uses what it handed out, so a name that answers differently the second time gains nothing.

mod address;
mod line;
mod request;
mod texts;

use std::{
    collections::{BTreeSet, HashMap},
    fmt, io,
    net::{IpAddr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use futures::future::BoxFuture;
use kernel::{Error, Result, Sentence, invalid, say};
use reqwest::{
    Client, Url,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{AUTHORIZATION, COOKIE, HeaderMap, LOCATION, PROXY_AUTHORIZATION},
    redirect::Policy,
};

use crate::config::Config;

pub use self::{
    address::is_public,
    line::{Line, Stream},
    request::{Request, Response},
};

const MOST_REDIRECTS: usize = 3;
const LONGEST_URL: usize = 2_048;
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// Finds the addresses of a name.
pub trait Names: Send + Sync {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>>;
}

/// The names the machine knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn lookup(&self, name: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect()) })
    }
}

/// What became of a request that must not arrive twice.
#[derive(Debug)]
pub enum HandedOver {
    /// Whatever its status.
    Answered(Response),
    /// It may have arrived; why nobody knows.
    Unanswered(String),
}

/// The client for everything outside.
#[derive(Clone)]
pub struct Egress {
    names: Arc<dyn Names>,
    public: Client,
    /// For each port with exceptions, the addresses that may be reached there, and the client that may.
    exceptions: HashMap<u16, (BTreeSet<IpAddr>, Client)>,
    /// Who is asked about texts, instead of the machine's own name server.
    name_server: Option<SocketAddr>,
}

impl Egress {
    /// To public addresses only.
    pub fn new() -> Result<Egress> {
        Self::with(Arc::new(SystemNames), [])
    }

    /// As the operator has set it up.
    ///
    /// Errors: `Broken` when the settings name no addresses.
    pub fn of(config: &Config) -> Result<Egress> {
        Ok(Egress { name_server: config.name_server()?, ..Self::allowing(config.exceptions()?)? })
    }

    /// To public addresses and exactly these: stand-ins of partners in tests, a shop system in the same house.
    pub fn allowing(exceptions: impl IntoIterator<Item = SocketAddr>) -> Result<Egress> {
        Self::with(Arc::new(SystemNames), exceptions)
    }

    /// Like [`Egress::allowing`], with names of its own.
    pub fn with(names: Arc<dyn Names>, exceptions: impl IntoIterator<Item = SocketAddr>) -> Result<Egress> {
        // reqwest is built without a TLS provider; `Err` says that somebody has installed one before us
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut by_port: HashMap<u16, BTreeSet<IpAddr>> = HashMap::new();
        for exception in exceptions {
            by_port.entry(exception.port()).or_default().insert(exception.ip());
        }
        let client = |allowed: BTreeSet<IpAddr>| Guarded { names: names.clone(), allowed }.client();
        let exceptions =
            by_port.into_iter().map(|(port, allowed)| Ok((port, (allowed.clone(), client(allowed)?)))).collect::<Result<_>>()?;
        let public = client(BTreeSet::new())?;
        Ok(Egress { names, public, exceptions, name_server: None })
    }

    /// Sends `request` and reads the whole answer, whatever its status.
    ///
    /// Errors: `Invalid` on `url` when it leads where Ombud does not go; `Outside` when the other side fails;
    /// `TooLarge` when it answers more than the request allows.
    pub async fn send(&self, request: Request) -> Result<Response> {
        self.sent(request, &AtomicBool::new(false)).await
    }

    /// Sends what must not arrive twice: where no answer came, it may have arrived all the same.
    ///
    /// Errors: as [`Egress::send`], where it has surely not left.
    pub async fn hand_over(&self, request: Request) -> Result<HandedOver> {
        let left = AtomicBool::new(false);
        match self.sent(request, &left).await {
            Ok(answer) => Ok(HandedOver::Answered(answer)),
            Err(error) if left.load(Relaxed) => Ok(HandedOver::Unanswered(error.to_string())),
            Err(error) => Err(error),
        }
    }

    /// Notes in `left` whether it may have left.
    async fn sent(&self, request: Request, left: &AtomicBool) -> Result<Response> {
        let (service, limit) = (request.service, request.timeout);
        let failed = |detail: String| Error::Outside { service, temporary: true, detail };
        match tokio::time::timeout(limit, self.follow(request, left)).await {
            Ok(answer) => answer,
            Err(_) => Err(failed(format!("It did not answer within {} seconds.", limit.as_secs_f32()))),
        }
    }

    /// Whether Ombud would go to `url`, as far as its words tell; what a name leads to is looked at when it is connected to.
    ///
    /// Errors: `Invalid` on `url`.
    pub fn check(&self, url: &str) -> Result<()> {
        self.checked(url).map(drop)
    }

    async fn follow(&self, mut request: Request, left: &AtomicBool) -> Result<Response> {
        let mut url = self.checked(&request.url)?;
        for _ in 0..=MOST_REDIRECTS {
            left.store(true, Relaxed);
            let asked = self
                .client(&url)
                .request(request.method.clone(), url.clone())
                .headers(request.headers.clone())
                .body(request.body.clone())
                .send();
            let answer = asked.await.map_err(|error| {
                left.store(!error.is_connect() && !error.is_builder(), Relaxed);
                failure(request.service, error)
            })?;
            let Some(next) = redirected(&request, &answer) else {
                return read(&request, answer).await;
            };
            let next = url.join(&next).map_err(|_| refused(say!("url-redirects-nowhere")))?;
            let next = self.checked(next.as_str())?;
            if url.scheme() == "https" && next.scheme() == "http" {
                return Err(refused(say!("url-redirects-to-http")));
            }
            if url.origin() != next.origin() {
                forget_secrets(&mut request.headers);
            }
            if answer.status() == reqwest::StatusCode::SEE_OTHER {
                (request.method, request.body) = (reqwest::Method::GET, Bytes::new());
                request.headers.remove(reqwest::header::CONTENT_TYPE);
            }
            url = next;
        }
        Err(Error::Outside {
            service: request.service,
            temporary: false,
            detail: format!("It redirects more than {MOST_REDIRECTS} times."),
        })
    }

    /// The address as a URL, when its words alone do not rule it out. Names are looked up later, by [`Guarded`].
    fn checked(&self, url: &str) -> Result<Url> {
        if url.len() > LONGEST_URL {
            return Err(refused(say!("url-too-long", most = LONGEST_URL)));
        }
        // also turns 2130706433, 0x7f.1, 0177.0.0.1 and ①②⑦.0.0.1 into 127.0.0.1
        let url = Url::parse(url).map_err(|_| refused(say!("url-not-an-address")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused(say!("url-not-http")));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(say!("url-holds-password")));
        }
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        if let Ok(address) = host.parse::<IpAddr>()
            && !is_public(address)
            && !self.is_exception(address, url.port_or_known_default())
        {
            return Err(refused(say!("url-leads-inside")));
        }
        Ok(url)
    }

    fn is_exception(&self, address: IpAddr, port: Option<u16>) -> bool {
        port.and_then(|port| self.exceptions.get(&port)).is_some_and(|(allowed, _)| allowed.contains(&address))
    }

    fn client(&self, url: &Url) -> &Client {
        let exception = url.port_or_known_default().and_then(|port| self.exceptions.get(&port));
        exception.map_or(&self.public, |(_, client)| client)
    }
}

impl fmt::Debug for Egress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Egress with exceptions at ports {:?}", self.exceptions.keys())
    }
}

/// The resolver of our clients: hands out public addresses and `allowed` ones, nothing else.
struct Guarded {
    names: Arc<dyn Names>,
    allowed: BTreeSet<IpAddr>,
}

/// Why [`Guarded`] did not resolve a name; found again at the bottom of reqwest's error.
#[derive(Debug, thiserror::Error)]
#[error("every address of this name lies in a private network")]
struct Private;

impl Guarded {
    #[expect(clippy::disallowed_methods, reason = "this is the client everything leaves through")]
    fn client(self) -> Result<Client> {
        Client::builder()
            .dns_resolver(Arc::new(self))
            .redirect(Policy::none())
            // a proxy of the environment would do its own looking up
            .no_proxy()
            .connect_timeout(CONNECT_WITHIN)
            .user_agent(concat!("Ombud/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(Error::broken)
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (found, allowed) = (self.names.lookup(name.as_str().to_owned()), self.allowed.clone());
        Box::pin(async move {
            let found = found.await?;
            let mut open: Vec<SocketAddr> = Vec::new();
            open.extend(found.into_iter().filter(|ip| is_public(*ip) || allowed.contains(ip)).map(|ip| SocketAddr::new(ip, 0)));
            if open.is_empty() { Err(Private.into()) } else { Ok(Box::new(open.into_iter()) as Addrs) }
        })
    }
}

fn refused(why: Sentence) -> Error {
    invalid("url", why)
}

/// Where the answer sends us, if we go there: a request that changes something is repeated only when the status says so.
fn redirected(request: &Request, answer: &reqwest::Response) -> Option<String> {
    let safe = matches!(request.method, reqwest::Method::GET | reqwest::Method::HEAD);
    let follow = match answer.status().as_u16() {
        303 | 307 | 308 => true,
        301 | 302 => safe,
        _ => false,
    };
    let location = answer.headers().get(LOCATION).filter(|_| follow)?;
    // bytes above ASCII are common here and `Url::join` encodes them
    Some(String::from_utf8_lossy(location.as_bytes()).into_owned())
}

/// Leaves out what was meant for another origin.
fn forget_secrets(headers: &mut HeaderMap) {
    let secret: Vec<_> = headers.iter().filter(|(_, value)| value.is_sensitive()).map(|(name, _)| name.clone()).collect();
    for name in secret.into_iter().chain([AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION]) {
        headers.remove(name);
    }
}

async fn read(request: &Request, mut answer: reqwest::Response) -> Result<Response> {
    let too_large = || Error::TooLarge(say!("answer-too-large", service = request.service, most = request.at_most));
    if answer.content_length().is_some_and(|length| length > request.at_most as u64) {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    // counted after unpacking, so a small gzip that becomes gigabytes stops here as well
    while let Some(chunk) = answer.chunk().await.map_err(|error| failure(request.service, error))? {
        if body.len() + chunk.len() > request.at_most {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response {
        service: request.service,
        status: answer.status(),
        headers: answer.headers().clone(),
        url: answer.url().to_string(),
        body: body.freeze(),
    })
}

fn failure(service: &'static str, error: reqwest::Error) -> Error {
    let error = error.without_url();
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut deepest = String::new();
    while let Some(cause) = source {
        if cause.is::<Private>() {
            return refused(say!("url-leads-inside"));
        }
        deepest = cause.to_string();
        source = cause.source();
    }
    let detail = match deepest == error.to_string() {
        true => format!("{error}."),
        false => format!("{error}: {deepest}."),
    };
    // what could not even be built will not be better next time
    Error::Outside { service, temporary: !error.is_builder(), detail }
}

#[cfg(test)]
mod tests;
