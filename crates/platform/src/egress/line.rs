//! A line to a server that does not speak HTTP, such as a mail server. It is guarded as every way out is: only public addresses
//! and the operator's exceptions, checked where they are connected to.

use std::{fmt::Debug, net::IpAddr, sync::Arc, time::Duration};

use kernel::{Error, Result, say};
use rustls::{ClientConfig, pki_types::ServerName};
use rustls_platform_verifier::ConfigVerifierExt;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;

use super::{CONNECT_WITHIN, Egress, is_public, refused};

/// Bytes in both directions, encrypted or not.
pub trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync + Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + Debug> Stream for T {}

/// An open line, not encrypted yet.
#[derive(Debug)]
pub struct Line {
    pub stream: TcpStream,
    /// Whether it leads into the operator's own network, where a password may go unencrypted.
    pub is_inside: bool,
    service: &'static str,
    host: String,
}

/// No name is longer.
const LONGEST_HOST: usize = 253;
/// Until both sides have agreed on keys.
const ENCRYPT_WITHIN: Duration = Duration::from_secs(10);

impl Egress {
    /// Connects to a server by name or address.
    ///
    /// Errors: `Invalid` when every address lies where Ombud does not go; `Outside` when nobody answers there.
    pub async fn dial(&self, service: &'static str, host: &str, port: u16) -> Result<Line> {
        let silent = |detail: String| Error::Outside { service, temporary: true, detail };
        let host = host.trim().trim_matches(['[', ']']);
        if host.is_empty() || host.len() > LONGEST_HOST {
            return Err(refused(say!("url-not-an-address")));
        }
        let found = match host.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => self.names.lookup(host.to_owned()).await.map_err(|error| silent(format!("{host} has no address: {error}.")))?,
        };
        let allowed = |address: &IpAddr| is_public(*address) || self.is_exception(*address, Some(port));
        let reachable: Vec<IpAddr> = found.into_iter().filter(allowed).collect();
        if reachable.is_empty() {
            return Err(refused(say!("url-leads-inside")));
        }
        let mut last = String::new();
        for address in reachable {
            match timeout(CONNECT_WITHIN, TcpStream::connect((address, port))).await {
                Ok(Ok(stream)) => {
                    let is_inside = self.is_exception(address, Some(port));
                    return Ok(Line { stream, is_inside, service, host: host.to_owned() });
                }
                Ok(Err(error)) => last = error.to_string(),
                Err(_) => last = format!("nobody answered within {} seconds", CONNECT_WITHIN.as_secs()),
            }
        }
        Err(silent(format!("{host}:{port}: {last}.")))
    }
}

impl Line {
    /// Encrypts it, and makes sure that it is the server it was meant for.
    ///
    /// Errors: `Outside`, saying what is wrong with its certificate.
    pub async fn encrypted(self) -> Result<Box<dyn Stream>> {
        let Line { stream, service, host, .. } = self;
        let broken = |detail: String| Error::Outside { service, temporary: true, detail };
        let name = ServerName::try_from(host).map_err(|error| broken(error.to_string()))?;
        let config = ClientConfig::with_platform_verifier().map_err(Error::broken)?;
        match timeout(ENCRYPT_WITHIN, TlsConnector::from(Arc::new(config)).connect(name, stream)).await {
            Ok(Ok(stream)) => Ok(Box::new(stream)),
            Ok(Err(error)) => Err(broken(format!("It does not encrypt as it should: {error}."))),
            Err(_) => Err(broken(format!("It did not encrypt within {} seconds.", ENCRYPT_WITHIN.as_secs()))),
        }
    }
}
