//! What opens a mailbox's two servers: a password for each, or a sign-in where the mailbox is kept.

use kernel::{Result, invalid, say};
use serde::{Deserialize, Serialize};

use super::mailbox::{Filled, MailServer, Settings};

/// What opens the two servers.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opening {
    Passwords(Passwords),
    SignIn(Tokens),
}

#[derive(Clone, Serialize, Deserialize)]
pub struct Passwords {
    pub incoming: String,
    pub outgoing: String,
}

/// What a provider hands out once somebody has signed in there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    /// Opens both servers, for an hour or so.
    pub access: String,
    /// Brings another one.
    pub refresh: String,
}

/// What one server is shown.
#[derive(Clone)]
pub enum Proof {
    Password(String),
    /// An access token, by SASL XOAUTH2.
    Token(String),
}

impl Opening {
    pub fn incoming(&self) -> Proof {
        match self {
            Opening::Passwords(passwords) => Proof::Password(passwords.incoming.clone()),
            Opening::SignIn(tokens) => Proof::Token(tokens.access.clone()),
        }
    }

    pub fn outgoing(&self) -> Proof {
        match self {
            Opening::Passwords(passwords) => Proof::Password(passwords.outgoing.clone()),
            Opening::SignIn(tokens) => Proof::Token(tokens.access.clone()),
        }
    }

    /// What opens a mailbox that is not known yet.
    ///
    /// Errors: `Invalid` when a password is missing.
    pub fn given(filled: &Filled) -> Result<Opening> {
        let must = |field: &str, given: &Option<String>| given.clone().ok_or_else(|| invalid(field, say!("must-not-be-empty")));
        let (incoming, outgoing) = (must("incoming_password", &filled.incoming)?, must("outgoing_password", &filled.outgoing)?);
        Ok(Opening::Passwords(Passwords { incoming, outgoing }))
    }

    /// What opens a mailbox that was set up otherwise before. What was given for a server stays with it: whoever names another one
    /// has to know its password.
    ///
    /// Errors: `Invalid` when a password is missing.
    pub fn after(&self, before: &Settings, filled: &Filled) -> Result<Opening> {
        match self {
            Opening::Passwords(known) => known.after(before, filled).map(Opening::Passwords),
            Opening::SignIn(_) if filled.has_no_password() && filled.settings.has_servers_of(before) => Ok(self.clone()),
            Opening::SignIn(_) => Opening::given(filled),
        }
    }
}

impl Passwords {
    fn after(&self, before: &Settings, filled: &Filled) -> Result<Passwords> {
        let stays = |field: &str, given: &Option<String>, known: &str, was: &MailServer, is: &MailServer| match given {
            Some(given) => Ok(given.clone()),
            None if (&was.host, was.port) == (&is.host, is.port) => Ok(known.to_owned()),
            None => Err(invalid(field, say!("must-not-be-empty"))),
        };
        let Filled { settings: now, incoming, outgoing } = filled;
        Ok(Passwords {
            incoming: stays("incoming_password", incoming, &self.incoming, &before.incoming, &now.incoming)?,
            outgoing: stays("outgoing_password", outgoing, &self.outgoing, &before.outgoing, &now.outgoing)?,
        })
    }
}

/// What SASL XOAUTH2 says, as both providers describe it.
pub fn xoauth2(user: &str, token: &str) -> String {
    format!("user={user}\x01auth=Bearer {token}\x01\x01")
}

#[cfg(test)]
mod tests {
    use super::{super::mailbox::Security, *};

    fn settings(host: &str) -> Settings {
        let server = |port| MailServer { host: host.into(), port, security: Security::Tls, user: "support@fjell.example".into() };
        let (incoming, outgoing) = (server(993), server(465));
        let (name, address) = ("Fjell".into(), "support@fjell.example".into());
        Settings { name, address, department: None, incoming, outgoing, trusted: None, signature: String::new() }
    }

    fn filled(settings: Settings, incoming: Option<&str>, outgoing: Option<&str>) -> Filled {
        Filled { settings, incoming: incoming.map(str::to_owned), outgoing: outgoing.map(str::to_owned) }
    }

    /// What one server is shown, in a word.
    fn shown(opening: &Opening) -> [String; 2] {
        [opening.incoming(), opening.outgoing()].map(|proof| match proof {
            Proof::Password(password) => password,
            Proof::Token(token) => format!("token {token}"),
        })
    }

    #[test]
    fn what_opens_a_server_stays_with_it_and_goes_to_no_other() {
        let here = settings("imap.fjell.example");
        let mut elsewhere = here.clone();
        elsewhere.incoming.host = "imap.mallory.example".into();
        let mut somebody = here.clone();
        somebody.outgoing.user = "kari@fjell.example".into();
        let passwords = Opening::given(&filled(here.clone(), Some("in"), Some("out"))).unwrap();
        let tokens = Opening::SignIn(Tokens { access: "a".into(), refresh: "r".into() });
        let after = |known: &Opening, filled: Filled| known.after(&here, &filled).ok().map(|after| shown(&after));
        let texts = |[a, b]: [&str; 2]| Some([a.to_owned(), b.to_owned()]);

        assert_eq!(after(&passwords, filled(here.clone(), None, None)), texts(["in", "out"]));
        assert_eq!(after(&passwords, filled(here.clone(), None, Some("new"))), texts(["in", "new"]));
        assert_eq!(after(&passwords, filled(elsewhere.clone(), None, Some("new"))), None);
        assert_eq!(after(&passwords, filled(elsewhere.clone(), Some("new"), None)), texts(["new", "out"]));

        assert_eq!(after(&tokens, filled(here.clone(), None, None)), texts(["token a", "token a"]));
        assert_eq!(after(&tokens, filled(elsewhere.clone(), None, None)), None, "a token is sent to nobody else");
        assert_eq!(after(&tokens, filled(somebody, None, None)), None);
        assert_eq!(after(&tokens, filled(here.clone(), Some("new"), None)), None, "half a mailbox opens nothing");
        assert_eq!(after(&tokens, filled(elsewhere, Some("new"), Some("other"))), texts(["new", "other"]));
    }

    /// Google's own example: https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
    #[test]
    fn a_token_is_said_as_the_providers_describe_it() {
        let said = xoauth2("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg");
        let example =
            "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==";
        assert_eq!(data_encoding::BASE64.encode(said.as_bytes()), example);
    }
}
