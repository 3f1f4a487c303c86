//! What can be seen without the database: settings, the data folder, the disk, the key.

use std::{
    fs::{self, Metadata},
    net::{IpAddr, SocketAddr},
    path::Path,
};

use kernel::Timestamp;

use super::{Finding, clock};
use crate::{
    backup::{self, DATABASE, KEY},
    config::Config,
};

/// Less is little: a backup, a burst of files or the database's log takes as much.
const LITTLE: u64 = 2_000_000_000;
/// Less, and writing fails soon.
const TOO_LITTLE: u64 = 200_000_000;

/// Looks at the settings and at the data folder.
pub fn house(config: &Config, now: Timestamp) -> Vec<Finding> {
    let data = Path::new(&config.data);
    let mut findings = vec![address(config), proxies(config), mail(config)];
    match fs::metadata(data) {
        Ok(found) if found.is_dir() => findings.extend([folder(data, &found), disk(data), times(data, now), key(data)]),
        _ => findings.push(Finding::fail(
            "data folder",
            format!("There is no folder {}.", data.display()),
            "Make it for the user that Ombud runs as, or name another with --data.",
        )),
    }
    findings
}

fn address(config: &Config) -> Finding {
    let about = "address";
    let Ok(url) = reqwest::Url::parse(&config.public_url) else {
        return Finding::fail(about, format!("{} is no address.", config.public_url), "Set public_url, such as https://desk.shop.example.");
    };
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let at_home = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match (url.scheme(), at_home) {
        ("https", _) => Finding::ok(about, format!("People come to {} over TLS.", config.public_url)),
        ("http", true) => Finding::warn(
            about,
            format!("{} leads to this machine only.", config.public_url),
            "For others, put a proxy with TLS in front and set public_url to its https:// address.",
        ),
        ("http", false) => Finding::fail(
            about,
            format!("{} is not encrypted: passwords and cookies can be read on the way.", config.public_url),
            "Put a proxy with TLS in front and let public_url begin with https://.",
        ),
        _ => Finding::fail(about, format!("{} is no web address.", config.public_url), "Let public_url begin with https://."),
    }
}

fn proxies(config: &Config) -> Finding {
    let about = "proxy";
    let open = config.listen.parse::<SocketAddr>().is_ok_and(|listen| !listen.ip().is_loopback());
    match (config.is_secure(), config.trusted_proxies, open) {
        (true, 0, _) => Finding::warn(
            about,
            "Ombud speaks no TLS itself, and no proxy is trusted: everybody seems to come from the proxy's address.",
            "Set trusted_proxies to the number of proxies that add to X-Forwarded-For, usually 1.",
        ),
        (_, 1.., true) => Finding::warn(
            about,
            format!("Ombud listens on {}, where somebody may reach it past the proxy and claim any address.", config.listen),
            "Listen on 127.0.0.1, or let a firewall pass nobody but the proxy.",
        ),
        (_, trusted, _) => Finding::ok(about, format!("Trusted proxies in front of {}: {trusted}.", config.listen)),
    }
}

fn mail(config: &Config) -> Finding {
    let about = "mail server";
    if config.mail_server.is_empty() {
        return Finding::warn(about, "There is none: invitations and password links are not sent.", "Set mail_server and mail_from.");
    }
    match crate::mail::Mailer::open(&config.mail_server, &config.mail_from) {
        Ok(_) => Finding::ok(about, format!("Mail leaves as {}.", config.mail_from)),
        Err(error) => Finding::fail(about, error.to_string(), "Correct mail_server and mail_from."),
    }
}

fn folder(data: &Path, found: &Metadata) -> Finding {
    let about = "data folder";
    if backup::is_half_restored(data) {
        return Finding::fail(about, format!("A restore into {} did not end.", data.display()), "Empty the folder and restore again.");
    }
    if tempfile::tempfile_in(data).is_err() {
        return Finding::fail(about, format!("{} cannot be written to.", data.display()), "Give it to the user that Ombud runs as.");
    }
    match mode(found) & 0o077 {
        0 => Finding::ok(about, format!("{} is its owner's alone.", data.display())),
        _ => Finding::warn(
            about,
            format!("Others on this machine may look into {}.", data.display()),
            format!("chmod 700 {}", data.display()),
        ),
    }
}

fn disk(data: &Path) -> Finding {
    let about = "disk space";
    let database = fs::metadata(data.join(DATABASE)).map_or(0, |file| file.len());
    let millions = |bytes: u64| bytes / 1_000_000;
    match backup::free_space(data) {
        Err(error) => Finding::warn(about, format!("It cannot be read: {error}."), "Look at df."),
        Ok(free) if free < TOO_LITTLE => {
            Finding::fail(about, format!("{} MB are free.", millions(free)), "Make room now: nothing can be stored on a full disk.")
        }
        Ok(free) if free < LITTLE.max(2 * database) => {
            let found = format!("{} MB are free; the database has {} MB.", millions(free), millions(database));
            Finding::warn(about, found, "Make room: a backup and the database's log need some.")
        }
        Ok(free) => Finding::ok(about, format!("{} MB are free.", millions(free))),
    }
}

/// The newest of the folder's files, by their own times.
fn times(data: &Path, now: Timestamp) -> Finding {
    let changed = |entry: fs::DirEntry| {
        let at = entry.metadata().ok()?.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        i64::try_from(at.as_micros()).ok()
    };
    let newest = data.read_dir().into_iter().flatten().flatten().filter_map(changed).max().unwrap_or(0);
    clock(Timestamp::from_micros(newest), now, "the newest file in the data folder")
}

fn key(data: &Path) -> Finding {
    let (about, path) = ("secret key", data.join(KEY));
    match fs::metadata(&path) {
        Err(_) => Finding::fail(
            about,
            format!("There is no {}.", path.display()),
            "Put the key from the backup back: no other opens this database. If there is none yet, “ombud setup” makes both.",
        ),
        Ok(found) if mode(&found) & 0o077 != 0 => {
            Finding::fail(about, format!("Others may read {}.", path.display()), format!("chmod 600 {}", path.display()))
        }
        Ok(found) if found.len() == 0 || found.len() % 32 != 0 => Finding::fail(
            about,
            format!("{} has {} bytes, not 32 for each key.", path.display(), found.len()),
            "Put the key from the backup back.",
        ),
        Ok(_) => Finding::ok(about, format!("{} is its owner's alone.", path.display())),
    }
}

#[cfg(unix)]
fn mode(found: &Metadata) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&found.permissions())
}
#[cfg(not(unix))]
fn mode(_: &Metadata) -> u32 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict::{self, *};

    #[test]
    fn an_address_is_encrypted_or_leads_nowhere_else() {
        for (url, verdict) in [
            ("https://desk.example", Ok),
            ("http://127.0.0.1:8080", Warn),
            ("http://localhost", Warn),
            ("http://[::1]:8080", Warn),
            ("http://desk.example", Fail),
            ("http://192.0.2.7", Fail),
            ("ftp://desk.example", Fail),
            ("desk.example", Fail),
        ] {
            let found = address(&Config { public_url: url.into(), ..Config::default() });
            assert_eq!(found.verdict, verdict, "{url}: {}", found.found);
        }
    }

    #[test]
    fn a_proxy_is_trusted_where_there_is_one_and_cannot_be_passed_by() {
        let verdict = |public_url: &str, listen: &str, trusted_proxies| -> Verdict {
            proxies(&Config { public_url: public_url.into(), listen: listen.into(), trusted_proxies, ..Config::default() }).verdict
        };
        assert_eq!(verdict("https://desk.example", "127.0.0.1:8080", 1), Ok);
        assert_eq!(verdict("https://desk.example", "127.0.0.1:8080", 0), Warn);
        assert_eq!(verdict("https://desk.example", "0.0.0.0:8080", 1), Warn);
        assert_eq!(verdict("http://127.0.0.1:8080", "127.0.0.1:8080", 0), Ok);
    }

    #[cfg(unix)]
    #[test]
    fn the_key_is_its_owners_alone_and_whole() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        assert_eq!(key(data.path()).verdict, Fail);
        for (bytes, mode, verdict) in [(32, 0o600, Ok), (64, 0o400, Ok), (32, 0o640, Fail), (31, 0o600, Fail), (0, 0o600, Fail)] {
            let path = data.path().join(KEY);
            let _ = fs::remove_file(&path);
            fs::write(&path, vec![7; bytes]).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(key(data.path()).verdict, verdict, "{bytes} bytes, {mode:o}");
        }
    }
}
