//! Who keeps mailboxes that are signed in to. Sources: Google's "OAuth 2.0 for Web Server Applications" and "OAuth 2.0 Mechanism"
//! (developers.google.com/identity/protocols/oauth2/web-server, …/workspace/gmail/imap/xoauth2-protocol) and Microsoft's
//! "Authenticate an IMAP, POP or SMTP connection using OAuth" (learn.microsoft.com/exchange/client-developer).

use platform::{config::Config, keyed};

use super::super::mailbox::{MailServer, Security};

keyed! {
    /// Where a mailbox can be signed in to.
    pub enum Provider {
        Google = "google",
        Microsoft = "microsoft",
    }
}

/// What is known of one. The operator may name other addresses for `google`, `google-imap` and `google-smtp`.
struct Facts {
    title: &'static str,
    /// Where people sign in.
    authorize: [&'static str; 2],
    /// Where a code becomes tokens, and tokens become new ones.
    token: [&'static str; 2],
    scopes: &'static [&'static str],
    /// What is said beside it when people are sent there.
    asks: &'static [(&'static str, &'static str)],
    incoming: (&'static str, u16, Security),
    outgoing: (&'static str, u16, Security),
    /// As the server in front of its mailboxes names itself in what it says of senders, where it does.
    trusted: Option<&'static str>,
}

const GOOGLE: Facts = Facts {
    title: "Google",
    authorize: ["https://accounts.google.com", "/o/oauth2/v2/auth"],
    token: ["https://oauth2.googleapis.com", "/token"],
    scopes: &["openid", "email", "https://mail.google.com/"],
    // without the second, whoever signed in before is given nothing that renews
    asks: &[("access_type", "offline"), ("prompt", "consent select_account")],
    incoming: ("imap.gmail.com", 993, Security::Tls),
    outgoing: ("smtp.gmail.com", 465, Security::Tls),
    trusted: Some("mx.google.com"),
};

const MICROSOFT: Facts = Facts {
    title: "Microsoft",
    authorize: ["https://login.microsoftonline.com", "/common/oauth2/v2.0/authorize"],
    token: ["https://login.microsoftonline.com", "/common/oauth2/v2.0/token"],
    scopes: &[
        "openid",
        "email",
        "profile",
        "offline_access",
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
    ],
    asks: &[("prompt", "select_account")],
    incoming: ("outlook.office365.com", 993, Security::Tls),
    outgoing: ("smtp.office365.com", 587, Security::Starttls),
    trusted: None,
};

impl Provider {
    const fn facts(self) -> &'static Facts {
        match self {
            Provider::Google => &GOOGLE,
            Provider::Microsoft => &MICROSOFT,
        }
    }

    /// What it calls itself.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    pub fn scopes(self) -> impl Iterator<Item = &'static str> {
        self.facts().scopes.iter().copied()
    }

    /// What has to be allowed, so that mail comes and goes: people may take single permissions out.
    pub fn needs(self) -> impl Iterator<Item = &'static str> {
        self.scopes().filter(|scope| scope.starts_with("https://"))
    }

    pub fn asks(self) -> &'static [(&'static str, &'static str)] {
        self.facts().asks
    }

    pub fn trusted(self) -> Option<String> {
        self.facts().trusted.map(str::to_owned)
    }

    /// Where people sign in.
    pub fn authorize_address(self, config: &Config) -> String {
        self.address(config, self.facts().authorize)
    }

    /// Where tokens are handed out.
    pub fn token_address(self, config: &Config) -> String {
        self.address(config, self.facts().token)
    }

    fn address(self, config: &Config, [host, path]: [&str; 2]) -> String {
        format!("{}{path}", config.partner(self.key(), host))
    }

    pub fn incoming(self, config: &Config, user: &str) -> MailServer {
        self.server(config, "imap", self.facts().incoming, user)
    }

    pub fn outgoing(self, config: &Config, user: &str) -> MailServer {
        self.server(config, "smtp", self.facts().outgoing, user)
    }

    fn server(self, config: &Config, protocol: &str, (host, port, security): (&str, u16, Security), user: &str) -> MailServer {
        let user = user.to_owned();
        match config.mail_partner(&format!("{self}-{protocol}")) {
            Some(other) => {
                let security = if other.is_encrypted { Security::Tls } else { Security::None };
                MailServer { host: other.host, port: other.port, security, user }
            }
            None => MailServer { host: host.to_owned(), port, security, user },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_found_where_it_is_or_where_the_operator_says() {
        let own = Config::default();
        assert_eq!(Provider::Google.token_address(&own), "https://oauth2.googleapis.com/token");
        assert_eq!(Provider::Microsoft.authorize_address(&own), "https://login.microsoftonline.com/common/oauth2/v2.0/authorize");
        let smtp = Provider::Microsoft.outgoing(&own, "support@fjell.example");
        assert_eq!((smtp.host.as_str(), smtp.port, smtp.security), ("smtp.office365.com", 587, Security::Starttls));

        let partners = "google=http://127.0.0.1:9000, google-imap=imap://127.0.0.1:9143".to_owned();
        let beside = Config { partners, ..Config::default() };
        assert_eq!(Provider::Google.authorize_address(&beside), "http://127.0.0.1:9000/o/oauth2/v2/auth");
        let imap = Provider::Google.incoming(&beside, "support@fjell.example");
        assert_eq!((imap.host.as_str(), imap.port, imap.security), ("127.0.0.1", 9143, Security::None));
        assert_eq!(Provider::Google.outgoing(&beside, "").host, "smtp.gmail.com");
    }

    #[test]
    fn what_has_to_be_allowed_is_what_opens_the_mailbox() {
        assert_eq!(Provider::Google.needs().collect::<Vec<_>>(), ["https://mail.google.com/"]);
        assert_eq!(Provider::Microsoft.needs().count(), 2);
    }
}
