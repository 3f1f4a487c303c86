//! Configuration: one struct, read from a file, then the environment (`OMBUD_…`), then flags.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use kernel::{Error, Result};
use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::egress;

/// Everything an operator can set. `config.example.toml` is generated from this.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Where the server listens.
    pub listen: String,
    /// The address people reach this server by; links in mails and cookies follow it.
    pub public_url: String,
    /// The folder that holds the embedded database, the files and the secret key.
    pub data: String,
    /// A PostgreSQL address (`postgres://user:password@host/name`); empty means the embedded database in the data folder.
    pub database_url: String,
    /// What this process does: `all`, `web` (serves people) or `worker` (does the jobs).
    pub role: Role,
    /// A NATS server (`nats://user:password@host:4222`) through which several processes wake each other; empty means that PostgreSQL does that too.
    pub nats_url: String,
    /// How many proxies in front of this server add to X-Forwarded-For; 0 means clients connect directly.
    pub trusted_proxies: usize,
    /// Addresses in the operator's own network that shops may connect to, such as a shop system in the same house: `10.0.0.5:3000, [fd00::5]:3000`; empty means that Ombud goes to public addresses only.
    pub reachable_inside: String,
    /// Where partners are reached other than at their own address, such as a Telegram server of one's own: `telegram=http://10.0.0.5:8081`; several are separated by commas.
    pub partners: String,
    /// The name server that is asked what a domain says of itself, such as `10.0.0.53:53`; empty means the machine's own.
    pub name_server: String,
    /// What goes to the log, for example `info` or `ombud=debug,info`.
    pub log: String,
    /// The mail server that sends invitations and password links, as `smtps://user:password@host` or `smtp://host:25`; empty means such mail is kept where the demo shows it and not sent.
    pub mail_server: String,
    /// The sender of such mail.
    pub mail_from: String,
    /// An S3 bucket for files (`s3://bucket`); empty means the data folder.
    pub files_url: String,
    /// The address of an S3-compatible service that is not the cloud provider's own.
    pub files_endpoint: String,
    /// The region of that bucket.
    pub files_region: String,
    /// The access key of that bucket.
    pub files_access_key: String,
    /// The secret key of that bucket.
    pub files_secret_key: String,
    /// How many days events are kept; 0 keeps them for ever. What is audited stays in any case.
    pub events_kept_days: u32,
    /// Whether this is the demo: its shop's page and its mail can be seen by anybody.
    pub demo: bool,
}

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[default]
    All,
    Web,
    Worker,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            listen: "127.0.0.1:8080".into(),
            public_url: "http://127.0.0.1:8080".into(),
            data: "./data".into(),
            database_url: String::new(),
            role: Role::All,
            nats_url: String::new(),
            trusted_proxies: 0,
            reachable_inside: String::new(),
            partners: String::new(),
            name_server: String::new(),
            log: "info,refinery_core=warn".into(),
            mail_server: String::new(),
            mail_from: "Ombud <ombud@localhost>".into(),
            files_url: String::new(),
            files_endpoint: String::new(),
            files_region: "us-east-1".into(),
            files_access_key: String::new(),
            files_secret_key: String::new(),
            events_kept_days: 0,
            demo: false,
        }
    }
}

/// A partner's mail server, as the operator names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailPartner {
    pub host: String,
    pub port: u16,
    /// From the first byte on.
    pub is_encrypted: bool,
}

/// Which engine, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Config {
    /// Whether somebody can read the mail of Ombud itself: what nobody reads is not offered.
    pub fn mail_is_read(&self) -> bool {
        self.demo || !self.mail_server.is_empty()
    }

    /// The database these settings name.
    pub fn database(&self) -> Result<DatabaseUrl> {
        match self.database_url.as_str() {
            "" => Ok(DatabaseUrl::Sqlite(PathBuf::from(&self.data).join("ombud.sqlite"))),
            url if url.starts_with("postgres://") || url.starts_with("postgresql://") => Ok(DatabaseUrl::Postgres(url.to_owned())),
            _ => Err(Error::broken("database_url must begin with postgres://; leave it empty for the embedded database")),
        }
    }

    /// The addresses of the own network that may be reached.
    ///
    /// Errors: `Broken`, naming what is no address with a port.
    pub fn exceptions(&self) -> Result<Vec<SocketAddr>> {
        let named = self.reachable_inside.split(',').map(str::trim).filter(|address| !address.is_empty());
        let wrong =
            |address| Error::broken(format!("reachable_inside names {address}, which is no address with a port such as 10.0.0.5:3000"));
        named.map(|address| address.parse().map_err(|_| wrong(address))).collect()
    }

    /// The name server that is asked about texts, where one is named.
    ///
    /// Errors: `Broken` when it is no address with a port.
    pub fn name_server(&self) -> Result<Option<SocketAddr>> {
        let wrong = || Error::broken("name_server must be an address with a port, such as 10.0.0.53:53");
        let named = self.name_server.trim();
        if named.is_empty() { Ok(None) } else { named.parse().map(Some).map_err(|_| wrong()) }
    }

    /// Where a partner is reached: at its own address, unless the operator has another one for it.
    pub fn partner<'a>(&'a self, name: &str, own: &'a str) -> &'a str {
        self.beside(name).unwrap_or(own)
    }

    /// Where a partner's mail server is, if the operator has another one for it: `imaps://host:993`, or `imap://` in the own network.
    pub fn mail_partner(&self, name: &str) -> Option<MailPartner> {
        let url = Url::parse(self.beside(name)?).ok()?;
        let is_encrypted = matches!(url.scheme(), "imaps" | "smtps");
        Some(MailPartner { host: url.host_str()?.trim_matches(['[', ']']).to_owned(), port: url.port()?, is_encrypted })
    }

    fn beside(&self, name: &str) -> Option<&str> {
        self.named_partners().flatten().find(|(partner, _)| *partner == name).map(|(_, address)| address)
    }

    /// The partners that are named, with their addresses; none for what is not written so.
    fn named_partners(&self) -> impl Iterator<Item = Option<(&str, &str)>> {
        let all = self.partners.split(',').map(str::trim).filter(|one| !one.is_empty());
        all.map(|one| one.split_once('=').map(|(name, address)| (name.trim(), address.trim().trim_end_matches('/'))))
    }

    /// Looks whether the partners are named with addresses.
    ///
    /// Errors: `Broken`, saying how it is written.
    pub fn check_partners(&self) -> Result<()> {
        let is_address = |address: &str| {
            Url::parse(address).is_ok_and(|url| match url.scheme() {
                "http" | "https" => true,
                "imap" | "imaps" | "smtp" | "smtps" => url.has_host() && url.port().is_some(),
                _ => false,
            })
        };
        match self.named_partners().all(|named| named.is_some_and(|(name, address)| !name.is_empty() && is_address(address))) {
            true => Ok(()),
            false => Err(Error::broken("partners is written as telegram=http://10.0.0.5:8081, several separated by commas")),
        }
    }

    /// Whether a partner can reach us: over the internet, or because the operator has put it beside us.
    pub fn is_called_by(&self, name: &str) -> bool {
        self.is_reachable() || self.beside(name).is_some()
    }

    /// Whether everybody can reach us: an address on the internet, over TLS.
    pub fn is_reachable(&self) -> bool {
        let Ok(url) = Url::parse(&self.public_url) else { return false };
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let is_inside = match host.parse::<IpAddr>() {
            Ok(ip) => !egress::is_public(ip),
            Err(_) => !host.contains('.') || [".localhost", ".local", ".internal", ".lan"].iter().any(|end| host.ends_with(end)),
        };
        url.scheme() == "https" && !is_inside
    }

    /// Whether people reach us over TLS, so that cookies may insist on it.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// A full address below `public_url`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(partners: &str) -> Config {
        Config { partners: partners.to_owned(), ..Config::default() }
    }

    #[test]
    fn a_partner_is_reached_where_the_operator_says_and_else_at_its_own_address() {
        let config = with("telegram=http://10.0.0.5:8081/, sms = https://sms.example");
        assert!(config.check_partners().is_ok());
        assert_eq!(config.partner("telegram", "https://api.telegram.org"), "http://10.0.0.5:8081");
        assert_eq!(config.partner("sms", "https://api.twilio.com"), "https://sms.example");
        assert_eq!(config.partner("whatsapp", "https://graph.facebook.com"), "https://graph.facebook.com");
        assert_eq!(["telegram", "whatsapp"].map(|name| config.is_called_by(name)), [true, false]);
        assert!(with("").check_partners().is_ok());
        for wrong in [
            "google-imap=imap://10.0.0.5",
            "google-imap=imap:143",
            "telegram",
            "telegram=10.0.0.5",
            "=http://10.0.0.5",
            "telegram=file:///etc/passwd",
            "sms=http://a, telegram",
        ] {
            assert!(with(wrong).check_partners().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_partners_mail_server_is_named_with_its_port() {
        let config = with("google-imap=imap://10.0.0.5:143, google-smtp=smtps://[fd00::5]:465");
        assert!(config.check_partners().is_ok());
        let at = |host: &str, port, is_encrypted| Some(MailPartner { host: host.to_owned(), port, is_encrypted });
        assert_eq!(config.mail_partner("google-imap"), at("10.0.0.5", 143, false));
        assert_eq!(config.mail_partner("google-smtp"), at("fd00::5", 465, true));
        assert_eq!(config.mail_partner("microsoft-imap"), None);
    }

    #[test]
    fn a_name_server_is_an_address_with_a_port_or_the_machines_own() {
        let named = |name_server: &str| Config { name_server: name_server.to_owned(), ..Config::default() }.name_server();
        assert_eq!(named("").unwrap(), None);
        assert_eq!(named(" 10.0.0.53:53 ").unwrap(), Some("10.0.0.53:53".parse().unwrap()));
        for wrong in ["10.0.0.53", "ns.example:53", "udp://10.0.0.53:53"] {
            assert!(named(wrong).is_err(), "{wrong}");
        }
    }
}
