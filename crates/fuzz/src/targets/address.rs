//! Addresses that others name: none of them leads inside.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::LazyLock,
};

use platform::egress::Egress;
use reqwest::Url;

pub const WORDS: &[&str] = &[
    "http://",
    "https://",
    "ftp://",
    "file:///",
    "127.0.0.1",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:10.0.0.1]",
    "[64:ff9b::7f00:1]",
    "169.254.169.254",
    "①②⑦.0.0.1",
    "localhost",
    "@",
    ":80",
    "#",
    "?",
    "/",
    "\\",
    "%31%32%37",
    "。",
    "0.0.0.0",
    "[fd00::1]",
    "[fe80::1%25eth0]",
    "\t",
    ".",
];

static EGRESS: LazyLock<Egress> = LazyLock::new(|| Egress::new().expect("a client"));

/// Whether an address of the old kind is of this machine or a network around it, as the standard library knows it.
fn is_inside(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_unspecified()
        || address.is_multicast()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
}

fn is_inside_v6(address: Ipv6Addr) -> bool {
    let [a, b, .., g, h] = address.segments();
    let within = |high: u16, low: u16| is_inside(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || (a & 0xfe00) == 0xfc00
        || (a & 0xffc0) == 0xfe80
        || address.to_ipv4().is_some_and(is_inside)
        || (a == 0x64 && b == 0xff9b && within(g, h))
        || (a == 0x2002 && within(b, address.segments()[2]))
}

/// Whether C's own reader of addresses would take this name for one, as some resolvers do.
fn reads_as_number(host: &str) -> bool {
    let digits = |part: &str| {
        let (hex, rest) = part.strip_prefix("0x").map_or((false, part), |rest| (true, rest));
        !part.is_empty() && rest.chars().all(|c| if hex { c.is_ascii_hexdigit() } else { c.is_ascii_digit() })
    };
    let parts: Vec<&str> = host.strip_suffix('.').unwrap_or(host).split('.').collect();
    parts.len() <= 4 && parts.iter().all(|part| digits(part))
}

pub fn address(data: &[u8]) {
    let said = String::from_utf8_lossy(data);
    if EGRESS.check(&said).is_err() {
        return;
    }
    let url = Url::parse(&said).expect("what was accepted can be read");
    assert!(matches!(url.scheme(), "http" | "https"), "{url}");
    assert!(url.username().is_empty() && url.password().is_none(), "{url}");
    let host = url.host_str().expect("a host").trim_matches(['[', ']']);
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => assert!(!is_inside(address), "{url}"),
        Ok(IpAddr::V6(address)) => assert!(!is_inside_v6(address), "{url}"),
        // a name: whatever it leads to is looked at where it is connected to
        Err(_) => assert!(!reads_as_number(host), "{url}"),
    }
    // written out and read again it leads to the same place
    assert_eq!(Url::parse(url.as_str()).ok().as_ref().and_then(Url::host_str), url.host_str());
    assert!(EGRESS.check(url.as_str()).is_ok() || url.as_str().len() > said.len(), "{url}");
}
