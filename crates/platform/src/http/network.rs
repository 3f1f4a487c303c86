//! Which network a request comes from, for limits and block lists.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

use super::problem::Failure;
use crate::App;

/// Where a request comes from: the address itself for IPv4, the /64 for IPv6, which one household or attacker holds whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(pub IpAddr);

/// How many proxies in front of us write `X-Forwarded-For`.
pub type Trust = usize;

impl Network {
    fn of(address: IpAddr) -> Network {
        match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                Network(IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into()))
            }
            v4 => Network(v4),
        }
    }

    /// The address the outermost trusted proxy saw; what a client wrote itself is not believed.
    fn behind(peer: IpAddr, forwarded: &str, trusted: Trust) -> Network {
        let hops: Vec<&str> = forwarded.split(',').map(str::trim).filter(|hop| !hop.is_empty()).collect();
        let seen = trusted.checked_sub(1).and_then(|back| hops.len().checked_sub(back + 1)).and_then(|at| hops[at].parse().ok());
        Network::of(seen.unwrap_or(peer))
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl FromRequestParts<App> for Network {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.0.ip());
        Ok(Network::behind(peer, &forwarded(&parts.headers), app.config().trusted_proxies))
    }
}

/// All that stands in `X-Forwarded-For`: some proxies add to the line that is there, others a line of their own below it.
fn forwarded(headers: &HeaderMap) -> String {
    // what a client put in front, in whatever letters, must not hide what follows
    let lines: Vec<_> = headers.get_all("x-forwarded-for").iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    lines.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_trusted_proxies_wrote_is_believed() {
        let peer = IpAddr::from([10, 0, 0, 1]);
        for (forwarded, trusted, network) in [
            ("", 0, "10.0.0.1"),
            ("1.2.3.4", 0, "10.0.0.1"),
            ("1.2.3.4", 1, "1.2.3.4"),
            ("6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
            ("6.6.6.6, 1.2.3.4, 10.0.0.9", 2, "1.2.3.4"),
            ("1.2.3.4", 2, "10.0.0.1"),
            ("nonsense", 1, "10.0.0.1"),
            ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::"),
            ("::ffff:1.2.3.4", 1, "1.2.3.4"),
        ] {
            assert_eq!(Network::behind(peer, forwarded, trusted).to_string(), network, "{forwarded} {trusted}");
        }
    }

    #[test]
    fn what_a_client_puts_before_the_proxys_line_hides_nothing() {
        let peer = IpAddr::from([10, 0, 0, 1]);
        for lines in
            [&[&b"1.2.3.4"[..]][..], &[b"6.6.6.6", b"1.2.3.4"], &[b"\xff", b"1.2.3.4"], &[b"\xff, 1.2.3.4"], &[b"6.6.6.6,", b",1.2.3.4 "]]
        {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", axum::http::HeaderValue::from_bytes(line).unwrap());
            }
            assert_eq!(Network::behind(peer, &forwarded(&headers), 1).to_string(), "1.2.3.4", "{headers:?}");
        }
    }
}
