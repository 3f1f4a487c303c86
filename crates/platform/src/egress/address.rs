//! Which addresses lie out in the world.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether `address` is one that everybody can reach: not this machine, not the networks around it,
/// not a group, not a way to write an IPv4 address that a router would unpack again.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    // the registry of special addresses, RFC 6890 and what came after
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 31, 196)
            | (192, 52, 193)
            | (192, 88, 99)
            | (192, 175, 48)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // all that has been given out lies in 2000::/3; mapped and compatible IPv4, NAT64, local and group addresses do not
    match address.segments() {
        // Teredo, benchmarking, ORCHID and their neighbours; documentation; 6to4
        [0x2001, 0..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x2002, ..] => false,
        // documentation, the second
        [0x3fff, 0..=0x0fff, ..] => false,
        // direct delegation of AS112
        [0x2620, 0x004f, 0x8000, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}
